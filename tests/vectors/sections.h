// Parts of check.cpp.
#pragma once

#include "vectors/expect.h"
#include "wire/control.h"
#include "wire/frames.h"

namespace attune::tests {

wire::Member read_member(const Entry& entry);
wire::Control read_control(const std::string& kind, const Entry& fields);
wire::FromDevice read_from_device(const std::string& type, const Entry& fields);
wire::FromRelay read_from_relay(const std::string& type, const Entry& fields);

/// Whole streams, record by record, as a reader and a server take them.
void check_chains(const Json& wire, Expect& expect);
/// Broken input and the refusal it must meet.
void check_invalid(const Json& wire, Expect& expect);

}  // namespace attune::tests
