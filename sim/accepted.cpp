#include "sim/accepted.h"

#include <set>

#include "sim/listening.h"

namespace attune::sim {

namespace {

/// Done by another device of the same person already, these leave nothing to say; and in a listening session a tap that
/// came too late is passed over.
bool may_leave_nothing(const Asked& asked) {
  if (asked.command.starts_with("listen.")) return !has_words(asked);
  static const std::set<std::string> kMay = {
      "space.open-item",  "space.keep-to-myself", "touches.send",     "touches.feel",    "touches.mute",
      "gestures.say",     "gestures.show-kept",   "goodnews.tonight", "goodnews.talked", "goodnews.felt-good",
      "letters.withdraw", "noticed.list-effort",  "cherish.show-span"};
  return kMay.contains(asked.command);
}

}  // namespace

void Accepted::note(std::size_t person, const Device& device, const Done& done) {
  const bool accepted = device.running() && done.reply["ok"] == true;
  if (done.asked.command == "space.undo") {
    // A device that died over it may have undone it first, and says so to nobody.
    if (accepted || !device.running()) {
      const std::string undone = done.asked.args["command"];
      std::erase_if(given_, [&](const Given& each) { return each.id == undone; });
    }
    return;
  }
  if (!accepted || !done.reply["value"].is_object() || !done.reply["value"]["command"].is_string()) return;
  given_.push_back({.person = person, .on = &device, .id = done.reply["value"]["command"], .asked = done.asked});
}

Violations Accepted::nowhere(const std::array<const Inside*, 2>& insides) const {
  std::array<std::set<std::string>, 2> said;
  for (std::size_t person = 0; person < insides.size(); ++person) {
    const Inside& inside = *insides[person];
    for (const Said& each : everything_said(*inside.mine, wire::StreamKind::mine)) said[person].insert(each.id);
    for (const Said& each : everything_said(*inside.ours, wire::StreamKind::ours)) {
      if (each.person == inside.person()) said[person].insert(each.id);
    }
  }
  Violations out;
  for (const Given& each : given_) {
    const bool kept = said[each.person].contains(each.id) || each.on->disk().contains("d/refused/" + each.id);
    if (!kept && !may_leave_nothing(each.asked)) {
      out.push_back(each.on->name() + ": " + each.asked.command + " was accepted, and is nowhere");
    }
  }
  return out;
}

}  // namespace attune::sim
