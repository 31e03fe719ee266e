#include "sim/listening.h"

#include <algorithm>
#include <array>

namespace attune::sim {

namespace {

constexpr std::int64_t kHourMs = 60 * 60 * 1'000;
/// Where little is offered mostly nothing is done: who only listens seldom taps.
constexpr std::uint64_t kLeastDrawn = 600;

bool stands(const Json& open, std::initializer_list<std::string_view> stages) {
  return std::ranges::find(stages, open["stage"].get_ref<const std::string&>()) != stages.end();
}
bool before(const Json& open) { return stands(open, {"proposed", "agreed"}); }
bool is_here(const Json& open) { return open["where"] == "here"; }
bool at_table(const Json& open) { return open["how"] == "table"; }

/// Whose turn it is has this device in their hands.
bool may_move(const Json& open, std::string_view stage) {
  if (!is_here(open) || open["stage"] != stage) return false;
  return at_table(open) ? open["floor"] != "nobody" : open["floor"] == "mine";
}

Json a_time(Person& who, const Json& open) {
  const auto later = static_cast<std::int64_t>(who.dice().below(24)) * kHourMs;
  return {{"ms", open["at"]["ms"].get<std::int64_t>() + later}, {"offset", 60}};
}

/// What a move is made of; typed sessions need words.
Json with_words(Person& who, const Json& open) {
  return open["how"] == "typed" ? Json{{"text", who.some_text()}} : Json::object();
}

std::string heard(Person& who, const Json& open) {
  // Whoever was not understood once is often not understood again.
  const std::uint32_t not_yet = open["not_yet"] > 0 ? 65 : 25;
  if (who.dice().chance(not_yet)) return "not-yet";
  return who.dice().chance(20) ? "almost" : "yes";
}

/// One thing to do in a session that is open: `step` goes with every move.
struct Turn {
  std::string_view command;
  std::uint32_t weight;
  bool (*offered)(const Json& open);
  Json (*more)(Person&, const Json& open);
  bool move = false;
};

Json nothing_more(Person&, const Json&) { return Json::object(); }

constexpr std::array kTurns = {
    Turn{"listen.topic", 60, [](const Json& open) { return before(open) && open["by_me"] == true; },
         [](Person& who, const Json&) {
           const std::array abouts = {"hear", "good", "us"};
           Json out = {{"about", abouts[who.dice().below(abouts.size())]}};
           if (who.dice().chance(80)) out["words"] = who.some_text();
           return out;
         }},
    Turn{"listen.agree", 500,
         [](const Json& open) { return open["stage"] == "proposed" && open["asked_by_me"] == false; },
         [](Person& who, const Json&) { return who.dice().chance(70) ? Json{{"now", true}} : Json::object(); }},
    Turn{"listen.decline", 8, before, nothing_more},
    Turn{"listen.postpone", 8, before, [](Person& who, const Json& open) { return Json{{"when", a_time(who, open)}}; }},
    Turn{"listen.ready", 500,
         [](const Json& open) {
           return stands(open, {"agreed", "time-out"}) && open["i_am_ready"] == false && is_here(open);
         },
         [](Person& who, const Json& open) {
           const bool anew = !at_table(open) && who.dice().chance(10) && !open["other_ready"].is_null();
           return anew ? Json{{"anew", open["other_ready"]}} : Json::object();
         }},
    Turn{"listen.here", 100, [](const Json& open) { return open["where"] == "on-another"; }, nothing_more},
    Turn{"listen.piece", 600, [](const Json& open) { return may_move(open, "speaking"); }, with_words, true},
    Turn{"listen.say-back", 600, [](const Json& open) { return may_move(open, "spoken"); }, with_words, true},
    Turn{"listen.confirm", 600, [](const Json& open) { return may_move(open, "given-back"); },
         [](Person& who, const Json& open) {
           const std::string said = heard(who, open);
           Json out = {{"heard", said}};
           if (said == "almost" || who.dice().chance(20)) out.update(with_words(who, open));
           return out;
         },
         true},
    Turn{"listen.smaller", 300, [](const Json& open) { return is_here(open) && open["stage"] == "smaller-offered"; },
         nothing_more, true},
    Turn{"listen.more", 600, [](const Json& open) { return may_move(open, "more"); },
         [](Person& who, const Json&) { return Json{{"more", who.dice().chance(30)}}; }, true},
    Turn{"listen.make-sense", 600, [](const Json& open) { return may_move(open, "making-sense"); }, with_words, true},
    Turn{"listen.imagine", 600, [](const Json& open) { return may_move(open, "imagining"); }, with_words, true},
    Turn{"listen.name-feeling", 600, [](const Json& open) { return may_move(open, "feeling-given"); },
         [](Person& who, const Json& open) {
           const bool right = who.dice().chance(70);
           Json out = {{"right", right}};
           if (!right) out.update(with_words(who, open));
           return out;
         },
         true},
    Turn{"listen.time-out", 8,
         [](const Json& open) { return !before(open) && open["stage"] != "time-out" && is_here(open); },
         [](Person& who, const Json&) { return Json{{"minutes", 15 + who.dice().below(24 * 60 - 14)}}; }},
    Turn{"listen.stop", 4, [](const Json& open) { return !before(open); }, nothing_more},
    Turn{"listen.idea", 40, [](const Json& open) { return stands(open, {"thanking", "keeping"}); },
         [](Person& who, const Json&) { return Json{{"text", who.some_text().substr(0, 400)}}; }},
    Turn{"listen.thank", 600,
         [](const Json& open) {
           const bool mine = open["my_thanks"].is_null();
           return is_here(open) && open["stage"] == "thanking" && (mine || at_table(open));
         },
         [](Person& who, const Json& open) {
           Json out = Json::object();
           if (!open["my_thanks"].is_null()) out["across"] = true;
           if (who.dice().chance(60)) out["text"] = who.some_text();
           return out;
         }},
    Turn{"listen.keep", 600,
         [](const Json& open) { return is_here(open) && open["stage"] == "keeping" && open["i_keep"].is_null(); },
         [](Person& who, const Json&) { return Json{{"keep", who.dice().chance(70)}}; }},
};

Asked propose(Person& who) {
  const std::array hows = {"two-phones", "typed", "table"};
  Json args = {{"how", hows[who.dice().below(hows.size())]}};
  if (who.dice().chance(30)) args["other_first"] = true;
  if (who.dice().chance(20)) args["when"] = {{"ms", 1'800'000'000'000}, {"offset", 60}};
  if (who.dice().chance(30)) args["seconds"] = 15 + who.dice().below(166);
  return Asked{"listen.propose", std::move(args), true};
}

Asked in_session(Person& who, const Turn& turn, const Json& open) {
  Json args = turn.more(who, open);
  args["session"] = open["item"];
  args["asked"] = open["asked"];
  if (turn.move) args["step"] = open["step"];
  return Asked{std::string(turn.command), std::move(args)};
}

std::optional<Asked> go_on(Person& who, const Json& open) {
  std::vector<const Turn*> offered;
  std::uint64_t all = 0;
  for (const Turn& turn : kTurns) {
    if (!turn.offered(open)) continue;
    offered.push_back(&turn);
    all += turn.weight;
  }
  std::uint64_t at = who.dice().below(std::max(all, kLeastDrawn));
  for (const Turn* turn : offered) {
    if (at < turn->weight) return in_session(who, *turn, open);
    at -= turn->weight;
  }
  if (before(open) && who.dice().chance(1)) return Asked{"listen.propose", {{"how", "table"}}, true};
  return std::nullopt;
}

/// A session that is over: how it felt, and the thank-yous that stay.
std::optional<Asked> look_back(Person& who, const Json& held) {
  const Json& theirs = held["their_thanks"];
  const Json& mine = held["my_thanks"];
  if (held["understood"].is_null() && who.dice().chance(60)) {
    return Asked{"listen.understood", {{"session", held["item"]}, {"score", 1 + who.dice().below(7)}}};
  }
  if (!theirs.is_null() && who.dice().chance(50)) return Asked{"space.open-item", {{"item", theirs["item"]}}};
  if (mine.is_null() || mine["can_take_back"] == false) return std::nullopt;
  return Asked{"space.take-back", {{"item", mine["item"]}}, true};
}

}  // namespace

std::optional<Asked> take_a_turn(Person& who) {
  const Json seen = who.see("listen");
  if (!seen["open"].is_null()) return go_on(who, seen["open"]);
  const Json* held = who.dice().chance(25) ? who.some_of(seen["held"]) : nullptr;
  return held == nullptr ? propose(who) : look_back(who, *held);
}

std::optional<Asked> tap_out_of_turn(Person& who) {
  const Json seen = who.see("listen");
  const bool over = seen["open"].is_null();
  Json made_up = {{"item", "AAAAAAAAAAAAAAAAAAAAAA"},
                  {"asked", "AAAAAAAAAAAAAAAAAAAAAA"},
                  {"other_ready", nullptr},
                  {"step", 0},
                  {"how", "typed"},
                  {"at", {{"ms", 0}}},
                  {"my_thanks", nullptr},
                  {"not_yet", 0}};
  if (over && !seen["held"].empty()) made_up["item"] = seen["held"][0]["item"];
  Json open = over ? made_up : seen["open"];
  if (who.dice().chance(30)) open["how"] = "typed";
  const Turn& turn = kTurns[who.dice().below(kTurns.size())];
  const bool offered = !over && turn.offered(seen["open"]);
  if (offered && !turn.move) return std::nullopt;
  Asked out = in_session(who, turn, open);
  if (turn.move && (offered || who.dice().chance(40))) {
    const auto step = open["step"].get<std::uint64_t>();
    out.args["step"] = who.dice().chance(50) && step > 0 ? step - 1 : step + 1;
  }
  if (turn.command == "listen.time-out" && who.dice().chance(50)) out.args["minutes"] = who.dice().below(15);
  return out;
}

bool has_words(const Asked& asked) { return asked.args.value("text", "") != "" || asked.args.value("words", "") != ""; }

}  // namespace attune::sim
