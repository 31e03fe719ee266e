// A room in an *ours*: a phone and a laptop of one person, the phone of the other, and keys that write no events there.
#pragma once

#include <list>

#include "server/device.h"

namespace attune::tests {

struct SignalScene {
  using Commit = server::MemoryStore::Commit;

  explicit SignalScene(Commit commit = Commit::at_once, server::Policy policy = {}) : world(commit, std::move(policy)) {
    wire::Members reads;
    reads.adds = {member_of(reader, 0, wire::Role::reader, self_of(0))};
    log.control(world.phone, reads);
    world.store_log(log, world.phone);
  }

  World world;
  Keys reader = keys_of(4);
  Log log{world.phone, ours_genesis(world.phone, world.other,
                                    {member_of(world.laptop, 0, wire::Role::device, self_of(0)),
                                     member_of(world.phrase, 0, wire::Role::phrase, self_of(0))})};
  std::list<Device> devices;

  Device& arrives(const Keys& keys) { return devices.emplace_back(world.relay, keys).arrive(); }
  /// Arrives, follows from behind the newest record, and hears how far it goes, or that it may not.
  Device& follows(const Keys& keys) {
    Device& device = arrives(keys);
    device.send(wire::Follow{.stream = log.id(), .from = log.head() + 1});
    EXPECT_EQ(device.hear().size(), 1U);
    return device;
  }
  /// Follows, and has said a signal.
  Device& enters(const Keys& keys) {
    Device& device = follows(keys);
    says(device, 0);
    return device;
  }
  void says(Device& device, std::uint8_t what) {
    device.send(wire::Signal{.stream = log.id(), .bytes = Bytes(64, what)});
  }
  [[nodiscard]] wire::Signalled said_by(const Keys& keys, std::uint8_t what) const {
    return {.stream = log.id(), .from = keys.sign, .bytes = Bytes(64, what)};
  }
  /// `by` writes the newest record of the log, and is answered once that is stored.
  void append(Device& by) { by.send(log.append(9, log.head())); }
};

/// Everything a device is told, which must be signals.
inline std::vector<wire::Signalled> signals_to(Device& device) {
  std::vector<wire::Signalled> out;
  for (const wire::FromRelay& message : device.hear()) {
    const auto* signal = std::get_if<wire::Signalled>(&message);
    EXPECT_NE(signal, nullptr) << "something else: " << message.index();
    if (signal != nullptr) out.push_back(*signal);
  }
  return out;
}

}  // namespace attune::tests
