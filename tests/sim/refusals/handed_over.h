// What a relay, or a partner with a modified client, hands to a device.
#pragma once

#include "attune/log/writer.h"
#include "attune/space/enrol.h"
#include "sim/inside.h"
#include "tests/sim/refusals/row.h"
#include "wire/frames.h"

namespace attune::sim::refusals {

/// The device asks again how the stream stands; the relay's answer becomes what `forge` makes of it. The notices shown
/// then.
std::string handed_over(Couple& c, Device& to, const StreamId& stream, std::function<void(wire::Records&)> forge);
/// As if the relay held one record more.
void add_to(wire::Records& frame, const wire::Record& record);

/// What the hand of one device can make, whatever its core would do.
struct Hand {
  Couple& c;
  Inside inside;
  Entropy entropy = [this](std::span<std::uint8_t> out) { c.world.dice().fill(out); };
  log::Head head = log::Head::of(*inside.ours);

  Hand(Couple& couple, const Device& device) : c(couple), inside(look_inside(device)) {}
  Hand(const Hand&) = delete;
  Hand& operator=(const Hand&) = delete;

  wire::Record event(std::string_view skeleton) {
    return log::seal_event(
        head, inside.ours->key(head.epoch)->view(), inside.keys,
        {.skeleton = std::string(skeleton), .content = "{}", .skeleton_size = 256, .content_size = 256}, entropy);
  }
  wire::Record control(const wire::Control& what) { return log::make_control(head, inside.keys, what); }
  wire::Members new_epoch() { return space::replace_members(*inside.ours, {}, {}, entropy); }
};

inline constexpr std::string_view kAnEvent = R"({"id":"AAAAAAAAAAAAAAAAAAAAAA","k":"some.thing","v":1,"f":{}})";

}  // namespace attune::sim::refusals
