#include "tests/sim/sitting.h"

#include <set>

namespace attune::sim {

namespace {

bool is_move(std::string_view command) {
  static const std::set<std::string_view> moves = {"piece", "say-back",   "confirm", "smaller",
                                                   "more",  "make-sense", "imagine", "name-feeling"};
  return moves.contains(command);
}

}  // namespace

void Sitting::ask(std::string_view how) {
  session = sam.must("listen.propose", {{"how", how}})["command"];
  world.settle();
}

Json Sitting::gives(Device& device, std::string_view command, Json more) {
  more["session"] = session;
  const Json now = open(device);
  if (!more.contains("asked")) more["asked"] = now.is_null() ? session : now["asked"];
  if (is_move(command) && !more.contains("step")) more["step"] = now.is_null() ? Json(0) : now["step"];
  return device.command("listen." + std::string(command), std::move(more));
}

void Sitting::must_give(Device& device, std::string_view command, Json more) {
  const Json reply = gives(device, command, std::move(more));
  ASSERT_EQ(reply["ok"], true) << device.name() << " " << command << " " << reply;
  world.settle();
}

Device& Sitting::at_turn() {
  const Json now = open(sam);
  return now["how"] == "table" || now["floor"] != "theirs" ? sam : noa;
}

bool Sitting::go_on() {
  const Json now = open(sam);
  if (now.is_null()) return false;
  const std::string at = now["stage"];
  const bool table = now["how"] == "table";
  const Json words = now["how"] == "typed" ? Json{{"text", "Typed at step " + now["step"].dump()}} : Json::object();
  if (at == "proposed") {
    must_give(noa, "agree");
  } else if (at == "agreed" || at == "time-out") {
    must_give(now["i_am_ready"] == true ? noa : sam, "ready");
  } else if (at == "thanking") {
    const bool sams = now["my_thanks"].is_null();
    must_give(sams || table ? sam : noa, "thank", {{"text", sams ? "From Sam" : "From Noa"}, {"across", !sams}});
  } else if (at == "keeping") {
    must_give(now["i_keep"].is_null() ? sam : noa, "keep", {{"keep", true}});
  } else {
    static const std::map<std::string, std::string> next = {
        {"speaking", "piece"},     {"spoken", "say-back"},
        {"given-back", "confirm"}, {"smaller-offered", "smaller"},
        {"more", "more"},          {"making-sense", "make-sense"},
        {"imagining", "imagine"},  {"feeling-given", "name-feeling"},
    };
    Json more =
        at == "speaking" || at == "spoken" || at == "making-sense" || at == "imagining" ? words : Json::object();
    if (at == "given-back") more["heard"] = "yes";
    if (at == "more") more["more"] = false;
    if (at == "feeling-given") more["right"] = true;
    must_give(at_turn(), next.at(at), more);
  }
  return !testing::Test::HasFatalFailure();
}

void Sitting::until(std::string_view wanted) {
  for (int steps = 0; steps < 40 && stage() != wanted; ++steps) {
    if (!go_on()) break;
  }
  ASSERT_EQ(stage(), wanted);
}

void Sitting::misunderstand() {
  for (int times = 0; times < 3; ++times) {
    until("given-back");
    must_give(at_turn(), "confirm", {{"heard", "not-yet"}});
  }
}

bool finds(const Device& device, const std::string& words) {
  const Inside inside = look_inside(device);
  if (readable_text(inside).contains(words)) return true;
  for (const Said& said : everything_said(*inside.mine, wire::StreamKind::mine)) {
    if ((said.fields.dump() + said.content.dump()).contains(words)) return true;
  }
  const client::Vault vault{crypto::Key(device.disk().at("wrap"))};
  for (const auto& [key, value] : device.disk()) {
    if (key.starts_with("r/") || key.starts_with("d/refused/")) continue;
    const auto json = vault.open(key, value);
    if (json && json->dump().contains(words)) return true;
  }
  return false;
}

}  // namespace attune::sim
