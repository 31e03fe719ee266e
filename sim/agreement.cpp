#include "sim/agreement.h"

#include <set>

#include "sim/listened.h"
#include "sim/second_fold.h"

namespace attune::sim {

namespace {

void compare(Violations& out, const std::string& who, const std::string& what, const Json& one, const Json& other) {
  if (one == other) return;
  const Json difference = Json::diff(one, other);
  out.push_back(who + ", " + what + ": " + difference.dump().substr(0, 600));
}

/// The view of a device without what its screen alone decides.
Json seen(Device& device, std::string_view name) {
  Json view = device.see(name);
  if (name == "openup") {
    for (Json& question : view["questions"]) question.erase("can_take_back");
  }
  if (name == "listen" && !view["open"].is_null()) view["open"].erase("where");
  // What these say of the time by a clock of its own.
  if (name == "touches") {
    for (const char* by_the_clock : {"muted_until", "next_at", "left_today"}) view.erase(by_the_clock);
  }
  if (name == "devices") {
    for (Json& each : view["devices"]) each.erase("this_one");
  }
  return view;
}

/// A view without what depends on whether the date of a letter has come.
void by_no_clock(std::string_view name, Json& view) {
  const auto of_a_letter = [](const Json& row) { return row["kind"].get<std::string>().starts_with("letter"); };
  const auto leave_out = [&](Json& rows) {
    Json kept = Json::array();
    std::ranges::copy_if(rows, std::back_inserter(kept), std::not_fn(of_a_letter));
    rows = kept;
  };
  if (name == "letters") {
    for (Json& letter : view["letters"]) {
      for (const char* by_the_clock : {"state", "text"}) letter.erase(by_the_clock);
    }
  } else if (name == "today") {
    leave_out(view["awaiting"]);
    leave_out(view["since"]);
  } else if (name == "story") {
    leave_out(view["moments"]);
  }
}

/// The listening sessions without what the second fold leaves out.
Json listened(Device& device) {
  Json out = seen(device, "listen");
  for (Json& each : out["held"]) {
    for (const char* thanks : {"my_thanks", "their_thanks"}) {
      if (!each[thanks].is_null()) each[thanks].erase("can_take_back");
    }
  }
  return out;
}

/// What both know of their listening sessions: how far the open one is, and of those that are over how each ended and
/// what was kept.
Json listened_together(Device& device) {
  const Json listen = device.see("listen");
  Json out = {{"open", nullptr}, {"held", Json::array()}};
  const auto said = [](const Json& pieces) {
    Json all = Json::array();
    for (const Json& piece : pieces) all.push_back({piece["move"], piece["text"]});
    return all;
  };
  if (const Json& open = listen["open"]; !open.is_null()) {
    out["open"] = {open["item"], open["how"], open["stage"], open["step"], open["not_yet"], said(open["pieces"])};
  }
  for (const Json& held : listen["held"]) out["held"].push_back({held["item"], held["end"], said(held["pieces"])});
  return out;
}

/// What both people know: thanks that are open on either side and not taken back, answers open on both, by item.
Json shared(Device& device) {
  Json out = Json::object();
  for (const Json& thanks : device.see("cherish")["thanks"]) {
    if (thanks["opened"] == false || thanks["taken_back"] != "no") continue;
    out[thanks["item"].get<std::string>()] = {thanks["did"], thanks["says"], thanks["felt"], thanks["edited"],
                                              thanks["answer"].is_null() ? Json() : thanks["answer"]["words"]};
  }
  for (const Json& question : device.see("openup")["questions"]) {
    if (question["state"] != "opened") continue;
    std::vector<std::string> both = {question["mine"], question["theirs"]};
    std::ranges::sort(both);
    out[question["item"].get<std::string>()] = {question["prompt"], both};
  }
  return out;
}

}  // namespace

Violations unlike_the_second_fold(Device& device, const Inside& inside) {
  Violations out;
  const Json expected = second_fold(inside, device.now().ms);
  for (const char* view :
       {"cherish", "openup", "feelings", "noticed", "goodnews", "touches", "gestures", "letters", "jar"})
    compare(out, device.name(), view, seen(device, view), expected[view]);
  compare(out, device.name(), "listen", listened(device), expected["listen"]);
  std::vector<std::pair<std::string, std::string>> awaiting;
  for (const Json& each : device.see("today")["awaiting"]) awaiting.emplace_back(each["kind"], each["item"]);
  std::ranges::sort(awaiting);
  compare(out, device.name(), "today", Json(awaiting), expected["awaiting"]);
  return out;
}

Violations unlike_each_other(Device& one, Device& other) {
  Violations out;
  for (const char* view : {"cherish", "openup", "listen", "feelings", "noticed", "goodnews", "touches", "gestures",
                           "letters", "jar", "today", "story", "step", "offers", "devices"}) {
    Json here = seen(one, view);
    Json there = seen(other, view);
    // Whether the date of a letter has come is a matter of the clock each phone has.
    if (one.now().ms != other.now().ms) {
      by_no_clock(view, here);
      by_no_clock(view, there);
    }
    compare(out, one.name() + " and " + other.name(), view, here, there);
  }
  return out;
}

Violations unlike_the_partner(Device& one, Device& other, Compared least) {
  Violations out;
  const std::string who = one.name() + " and " + other.name();
  const Json here = shared(one);
  const Json there = shared(other);
  std::size_t compared = 0;
  for (const auto& [item, content] : here.items()) {
    // What one of the two has not opened yet is on one side only.
    if (!there.contains(item)) continue;
    compare(out, who, item, content, there[item]);
    ++compared;
  }
  if (compared == 0 && least == Compared::something)
    out.push_back(who + " have nothing open on both sides: nothing was compared");
  compare(out, who, "listen", listened_together(one), listened_together(other));
  compare(out, who, "step", one.see("step"), other.see("step"));
  return out;
}

Violations accusations(Device& device) {
  // A command that came too late is told to its writer; it accuses nobody.
  static const std::set<std::string> kHarmless = {"refused-later"};
  Violations out;
  const Json app = device.see("app");
  for (const Json& notice : app["notices"]) {
    if (!kHarmless.contains(notice["code"]))
      out.push_back(device.name() + " says: " + notice["code"].get<std::string>());
  }
  if (app["sync"]["on_this_phone"] != 0) out.push_back(device.name() + " still holds: " + app["sync"].dump());
  if (app["sync"]["connection"] != "online") out.push_back(device.name() + " is not online");
  return out;
}

Violations everything_wrong(RandomCouple& couple) {
  Violations out;
  const auto add = [&](Violations more) { out.insert(out.end(), more.begin(), more.end()); };
  for (Device* device : couple.devices()) {
    add(accusations(*device));
    add(unlike_the_second_fold(*device));
    add(unsigned_records(*device));
    add(private_in_ours(*device));
    add(opened_early(*device));
    add(lost_by_the_relay(*device, couple.world.store().state()));
    add(wrong_in_listening(*device, look_inside(*device), couple.world.store().state()));
  }
  for (const auto& own : couple.people) add(unlike_each_other(*own[0], *own[1]));
  for (Device* sams : couple.people[0]) {
    for (Device* noas : couple.people[1]) add(unlike_the_partner(*sams, *noas));
  }
  return out;
}

}  // namespace attune::sim
