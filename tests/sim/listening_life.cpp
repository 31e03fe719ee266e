#include "tests/sim/listening_life.h"

#include "attune/log/reading.h"

namespace attune::sim {

ListeningLog::ListeningLog(RandomCouple& couple)
    : inside_(look_inside(*couple.people[0][0])), next_(inside_.ours->next()) {
  for (std::size_t person = 0; person < couple.people.size(); ++person) {
    for (Device* device : couple.people[person]) seats_[look_inside(*device).keys.sign] = {device, person};
  }
}

void ListeningLog::note(const Row& row) {
  if (!row.value || row.key != client::record_row(inside_.ours->id(), next_)) return;
  const auto record = wire::decode_record(*row.value);
  ++next_;
  if (!record || record->header.cls != wire::Class::event) return;
  const crypto::Key* key = inside_.ours->key(record->header.epoch);
  const auto skeleton = log::open_skeleton(inside_.ours->id(), *record, key->view());
  if (skeleton) hear(Json::parse(*skeleton), record->header.author);
}

void ListeningLog::hear(const Json& event, const SignKey& author) {
  const auto [device, person] = seats_.at(author);
  if (event["k"] == "listen.proposed") {
    session_ = event["id"];
    devices_ = {};
    if (event["f"]["how"] == "table") devices_[person] = device;
  }
  if (event["k"] == "listen.ready" || event["k"] == "listen.here") devices_[person] = device;
}

ListeningLife::ListeningLife(std::uint64_t seed, std::size_t commands) : couple(seed), log_(couple) {
  couple.world.watch_disks([this](const Device&, const Row& row) {
    log_.note(row);
    written_ = true;
  });
  couple.world.after_each_step([this] {
    if (std::exchange(written_, false)) look();
  });
  couple.live(commands, [this](Dice& dice, Device& device) { return act(dice, device); });
  couple.world.after_each_step({});
  couple.world.watch_disks({});
  couple.rest();
}

/// Where there is nothing to do somebody else has something to do.
std::optional<Done> ListeningLife::act(Dice& dice, Device& device) {
  auto done = go_on_listening(dice, device);
  for (Device* other : couple.devices()) {
    if (!done) done = go_on_listening(dice, *other);
  }
  look();
  if (!done) return done;
  const Json& args = done->asked.args;
  const bool ok = done->reply["ok"] == true;
  if (!ok && done->asked.command.starts_with("listen.")) refused.insert(done->reply["code"]);
  static const std::set<std::string> not_pieces = {"listen.thank", "listen.idea"};
  if (ok && args.contains("text") && !not_pieces.contains(done->asked.command)) {
    typed[args["session"]].insert(args["text"]);
  }
  return done;
}

void ListeningLife::look() {
  std::array<bool, 2> holds{};
  for (std::size_t person = 0; person < holds.size(); ++person) {
    Device* device = log_.device(person);
    if (device == nullptr || !device->running()) return;
    const Json open = device->see("listen")["open"];
    holds[person] = !open.is_null() && open["item"] == log_.session() && open["floor"] == "mine";
  }
  if (holds[0] || holds[1]) ++looked;
  if (!holds[0] || !holds[1]) return;
  two_floors.push_back("at " + std::to_string(couple.world.now().ms) + " both hold the floor of " + log_.session());
}

}  // namespace attune::sim
