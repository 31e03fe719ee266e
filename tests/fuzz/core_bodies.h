// What fuzzers feed to the core's readers: what somebody types or scans, mails, and the JSON inside a record. The same
// bodies run over the kept corpora in core_tests.
#pragma once

#include "fuzz/bodies.h"

namespace attune::tests {

void fuzz_link(ByteView bytes);
void fuzz_phrase(ByteView bytes);
void fuzz_step_code(ByteView bytes);
void fuzz_mail(ByteView bytes);
void fuzz_skeleton(ByteView bytes);
void fuzz_content(ByteView bytes);
void fuzz_json(ByteView bytes);

inline constexpr FuzzTarget kCoreFuzzTargets[] = {
    {"link", fuzz_link},         {"phrase", fuzz_phrase},   {"step-code", fuzz_step_code}, {"mail", fuzz_mail},
    {"skeleton", fuzz_skeleton}, {"content", fuzz_content}, {"json", fuzz_json},
};

}  // namespace attune::tests
