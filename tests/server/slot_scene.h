// The slot of somebody's *mine*, with two devices of theirs to use it.
#pragma once

#include "server/device.h"

namespace attune::tests {

inline constexpr std::size_t kPiece = 1000;

struct SlotScene {
  explicit SlotScene(server::Policy policy = {}) : world(server::MemoryStore::Commit::at_once, std::move(policy)) {
    mine.control(world.phone, adding(world.laptop, 0, mine.id()));
    world.store_log(mine, world.phone);
    phone.arrive();
    laptop.arrive();
  }

  World world;
  Log mine{world.phone, mine_genesis(world.phone)};
  Device phone{world.relay, world.phone};
  Device laptop{world.relay, world.laptop};
  std::uint32_t request = 100;

  [[nodiscard]] wire::SlotPut piece(std::uint8_t at, std::uint8_t of, std::uint8_t id = 9) const {
    return {
        .request = 1, .stream = mine.id(), .id = all<Hash>(id), .piece = at, .count = of, .bytes = Bytes(kPiece, at)};
  }
  [[nodiscard]] wire::SlotPut nothing() const {
    return {.request = 1, .stream = mine.id(), .id = {}, .piece = 0, .count = 0, .bytes = {}};
  }
  /// The code of the refusal, or "".
  std::string put(Device& by, const wire::SlotPut& message) {
    by.send(message);
    return answer(by);
  }
  static std::string answer(Device& by) {
    for (const wire::FromRelay& said : by.hear()) {
      if (const auto* refused = std::get_if<wire::Refused>(&said))
        return std::string(wire::find_error(refused->code)->name);
      if (std::holds_alternative<wire::Stored>(said) || std::holds_alternative<wire::Slot>(said)) return "";
    }
    return "no answer";
  }
  /// What a device is told of a piece; a refusal counts as nothing.
  wire::Slot get(Device& by, std::uint8_t at) {
    by.send(wire::SlotGet{.request = ++request, .stream = mine.id(), .piece = at});
    for (const wire::FromRelay& said : by.hear()) {
      if (const auto* slot = std::get_if<wire::Slot>(&said)) {
        EXPECT_EQ(slot->request, request);
        return *slot;
      }
    }
    return {};
  }
  void fill() {
    for (std::uint8_t at = 0; at < 2; ++at) EXPECT_EQ(put(phone, piece(at, 2)), "");
  }
  /// Whoever has this key asks for the first piece, and then wants to put one. The codes.
  std::vector<std::string> refused_to(const Keys& keys) {
    Device device(world.relay, keys);
    device.arrive();
    device.send(wire::SlotGet{.request = 5, .stream = mine.id(), .piece = 0});
    std::vector<std::string> out = {answer(device)};
    out.push_back(put(device, piece(0, 1)));
    return out;
  }
  void add(const Keys& key, wire::Role role) {
    wire::Members change;
    change.adds = {member_of(key, 0, role, mine.id())};
    if (role != wire::Role::reader) change.boxes = {{.recipient = key.sign, .sealed = {}}};
    mine.control(world.phone, change);
    phone.send(mine.append(50, mine.head()));
    EXPECT_EQ(answer(phone), "");
  }
};

}  // namespace attune::tests
