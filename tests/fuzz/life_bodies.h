// What fuzzers feed to whole devices, relays and couples: the simulator's world, driven by bytes. The same bodies run
// over the kept corpora in sim_tests.
#pragma once

#include "fuzz/bodies.h"

namespace attune::tests {

/// A command or a view of a device of a couple, by number, and its arguments.
void fuzz_command(ByteView bytes);
/// An event that a partner with a changed client has sealed: length of the skeleton u16 ‖ skeleton ‖ content.
void fuzz_event(ByteView bytes);
/// A row of a device's own storage, by number, and what lies in it instead.
void fuzz_row(ByteView bytes);
/// What a relay says to a device: (length u16 ‖ message)…
void fuzz_device_session(ByteView bytes);
/// What a member of two streams says to the relay: (length u16 ‖ message)…
void fuzz_relay_session(ByteView bytes);
/// The choices of a day in a couple's life.
void fuzz_day(ByteView bytes);

inline constexpr FuzzTarget kLifeFuzzTargets[] = {
    {"command", fuzz_command},
    {"event", fuzz_event},
    {"row", fuzz_row},
    {"device-session", fuzz_device_session},
    {"relay-session", fuzz_relay_session},
    {"day", fuzz_day},
};

}  // namespace attune::tests
