// Arbitrary values of the wire's types for RapidCheck.
#pragma once

#include <rapidcheck.h>

#include "wire/frames.h"

namespace attune::tests {

template <class F>
F any_fixed() {
  F out;
  for (std::uint8_t& byte : out.bytes) byte = *rc::gen::arbitrary<std::uint8_t>();
  return out;
}

template <class Integer>
Integer any_number() {
  return *rc::gen::arbitrary<Integer>();
}

inline Bytes any_bytes(std::size_t most) {
  Bytes out(*rc::gen::inRange<std::size_t>(0, most + 1));
  for (std::uint8_t& byte : out) byte = *rc::gen::arbitrary<std::uint8_t>();
  return out;
}

/// Up to `most` items made by `each`.
template <class Each>
auto any_list(std::size_t most, Each each) {
  std::vector<decltype(each())> out(*rc::gen::inRange<std::size_t>(0, most + 1));
  for (auto& item : out) item = each();
  return out;
}

wire::Record any_record();
wire::Control any_control();
wire::FromDevice any_from_device();
wire::FromRelay any_from_relay();

}  // namespace attune::tests
