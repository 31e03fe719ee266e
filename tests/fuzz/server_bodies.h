// What fuzzers feed to the server: its settings file and the targets of requests. (Its messages are the wire's; a whole
// session is in life_bodies.h.) The same bodies run over the kept corpora in server_tests.
#pragma once

#include "fuzz/bodies.h"

namespace attune::tests {

void fuzz_settings(ByteView bytes);
void fuzz_web_path(ByteView bytes);

inline constexpr FuzzTarget kServerFuzzTargets[] = {
    {"settings", fuzz_settings},
    {"web-path", fuzz_web_path},
};

}  // namespace attune::tests
