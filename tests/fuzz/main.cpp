// libFuzzer's entry. Which body it feeds is named when it is compiled (cmake/Fuzz.cmake).
#include "wire/bytes.h"

namespace attune::tests {
void ATTUNE_FUZZ_BODY(ByteView bytes);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  attune::tests::ATTUNE_FUZZ_BODY({data, size});
  return 0;
}
