// What a fuzzer feeds: every decoder of the wire, with what must hold for whatever it accepts. The same bodies run over
// the kept corpora in wire_tests. Those of the core, of the server and of whole lives stand in core_bodies.h,
// server_bodies.h and life_bodies.h.
#pragma once

#include "wire/bytes.h"

namespace attune::tests {

/// Each aborts the program if a promise is broken.
void fuzz_record(ByteView bytes);
void fuzz_control(ByteView bytes);
void fuzz_from_device(ByteView bytes);
void fuzz_from_relay(ByteView bytes);

struct FuzzTarget {
  const char* name;  ///< also of its folder in tests/fuzz/corpus
  void (*body)(ByteView bytes);
};
inline constexpr FuzzTarget kFuzzTargets[] = {
    {"record", fuzz_record},
    {"control", fuzz_control},
    {"from-device", fuzz_from_device},
    {"from-relay", fuzz_from_relay},
};

}  // namespace attune::tests
