#include "sim/second_listening.h"

#include <array>

namespace attune::sim {

namespace {

using Events = std::vector<Said>;
using Two = std::array<const Said*, 2>;

const Json kNoTime = {{"ms", 0}, {"offset", 0}};
constexpr std::size_t kLongestPiece = 2'000;
constexpr std::size_t kLongestTopic = 500;

/// Who may make a move: whoever speaks in this turn, whoever listens, or either.
enum class Who : std::uint8_t { speaker, listener, either };
struct Step {
  std::string_view from;
  Who who;
  std::string_view move;
  std::string_view to;
};
constexpr Step kSteps[] = {
    {"speaking", Who::speaker, "piece", "spoken"},
    {"spoken", Who::listener, "said-back", "given-back"},
    {"given-back", Who::speaker, "yes", "more"},
    {"given-back", Who::speaker, "almost", "spoken"},
    {"given-back", Who::speaker, "not-yet", "spoken"},  // the third to one piece: a smaller one is offered
    {"smaller-offered", Who::either, "smaller", "speaking"},
    {"more", Who::speaker, "more", "speaking"},
    {"more", Who::speaker, "all", "making-sense"},
    {"making-sense", Who::listener, "made-sense", "imagining"},
    {"imagining", Who::listener, "imagined", "feeling-given"},
    {"feeling-given", Who::speaker, "feels-right", "turned"},
    {"feeling-given", Who::speaker, "something-else", "turned"},
};

/// What the moves so far have come to.
struct Place {
  std::string stage = "speaking";
  int turn = 0;
  int not_yet = 0;
  bool smaller = false;
};

const Step* step_from(const std::string& stage, const std::string& move) {
  for (const Step& step : kSteps) {
    if (step.from == stage && step.move == move) return &step;
  }
  return nullptr;
}

Place walk(const std::vector<std::string>& moves) {
  Place at;
  for (const std::string& move : moves) {
    at.stage = step_from(at.stage, move)->to;
    if (move == "not-yet" && ++at.not_yet == 3) at.stage = "smaller-offered";
    if (at.stage == "turned") at.stage = at.turn++ == 0 ? "speaking" : "thanking";
    if (at.stage != "speaking") continue;
    at.not_yet = 0;
    at.smaller = move == "smaller";
  }
  return at;
}

/// Has the floor at this stage; none: nobody.
std::optional<Who> holder(const std::string& stage) {
  for (const Step& step : kSteps) {
    if (step.from == stage && step.who != Who::either) return step.who;
  }
  return std::nullopt;
}

struct Sitting {
  const Said* proposed = nullptr;
  const Said* asked = nullptr;  ///< the newest naming of a time
  bool agreed = false;
  bool begun = false;
  Two ready{};
  std::array<std::optional<SignKey>, 2> device;
  const Said* out = nullptr;  ///< the first "now is good" of whoever asked first
  std::vector<std::string> moves;
  std::vector<const Said*> moved;
  const Said* time_out = nullptr;  ///< null: there is none now
  Two thanks{};
  Two keep{};
  const Said* over = nullptr;
  std::string end;

  [[nodiscard]] std::string how() const { return proposed->fields["how"]; }
  [[nodiscard]] bool table() const { return how() == "table"; }
  [[nodiscard]] int first() const {
    return proposed->fields["other_first"] == true ? 1 - proposed->person : proposed->person;
  }
  [[nodiscard]] std::string stage() const {
    if (over != nullptr) return "ended";
    if (!begun) return agreed ? "agreed" : "proposed";
    if (time_out != nullptr) return "time-out";
    const std::string at = walk(moves).stage;
    return at == "thanking" && thanks[0] != nullptr && thanks[1] != nullptr ? "keeping" : at;
  }
  [[nodiscard]] bool running() const { return begun && over == nullptr && time_out == nullptr; }
  [[nodiscard]] bool may_use(const Said& said) const {
    if (table() && said.person != proposed->person) return false;
    return !device[said.person] || *device[said.person] == said.author;
  }
  [[nodiscard]] int speaker() const { return walk(moves).turn == 0 ? first() : 1 - first(); }

  bool close(const Said& said, std::string with) {
    over = &said;
    end = std::move(with);
    return true;
  }

  bool replied(const Said& said) {
    if (begun) return false;
    const std::string reply = said.fields["reply"];
    if (reply == "declined") return close(said, "declined");
    if (reply == "agreed") {
      if (agreed || asked->person == said.person || said.fields["asked"] != asked->id) return false;
      agreed = true;
      return true;
    }
    agreed = false;
    ready = {};
    asked = &said;
    return true;
  }

  /// What both are asked now.
  [[nodiscard]] const Said* question() const { return time_out != nullptr ? time_out : asked; }

  bool was_ready(const Said& said) {
    const bool anew = said.fields.contains("anew") && !said.fields["anew"].is_null();
    if (stage() != "agreed" && stage() != "time-out") return false;
    if (said.fields["asked"] != question()->id) return false;
    if (table()) {
      if (anew || !may_use(said)) return false;
      time_out = nullptr;
      return true;
    }
    if (ready[said.person] != nullptr && !anew) return false;
    const Said*& theirs = ready[1 - said.person];
    if (anew && theirs != nullptr && said.fields["anew"] == theirs->id) theirs = nullptr;
    ready[said.person] = &said;
    device[said.person] = said.author;
    if (said.person == proposed->person && said.fields["topic"] == true && out == nullptr && !begun) out = &said;
    if (ready[0] == nullptr || ready[1] == nullptr) return true;
    begun = true;
    time_out = nullptr;
    ready = {};
    return true;
  }

  bool went_on(const Said& said) {
    const std::string move = said.fields["move"];
    const Step* step = step_from(stage(), move);
    if (!running() || step == nullptr || !may_use(said) || said.fields["step"] != moves.size()) return false;
    const int wanted = step->who == Who::speaker ? speaker() : 1 - speaker();
    if (step->who != Who::either && !table() && said.person != wanted) return false;
    moves.push_back(move);
    moved.push_back(&said);
    return true;
  }

  bool thanked(const Said& said) {
    const bool across = table() && said.fields["across"] == true;
    const Said*& whose = thanks[across ? 1 - said.person : said.person];
    if (stage() != "thanking" || !may_use(said) || whose != nullptr) return false;
    whose = &said;
    const bool both = thanks[0] != nullptr && thanks[1] != nullptr;
    return both && how() != "typed" ? close(said, "finished") : true;
  }

  bool kept(const Said& said) {
    if (stage() != "keeping" || !may_use(said) || keep[said.person] != nullptr) return false;
    keep[said.person] = &said;
    const bool both = keep[0] != nullptr && keep[1] != nullptr;
    return both || said.fields["keep"] == false ? close(said, "finished") : true;
  }

  /// False: it counts for nothing.
  bool hear(const Said& said) {
    if (over != nullptr) return false;
    if (said.kind == "listen.replied") return replied(said);
    if (said.kind == "listen.ready") return was_ready(said);
    if (said.kind == "listen.moved") return went_on(said);
    if (said.kind == "listen.thanked") return thanked(said);
    if (said.kind == "listen.kept") return kept(said);
    if (said.kind == "listen.stopped") return begun && close(said, "stopped");
    if (said.kind == "listen.idea-noted") return may_use(said) && (stage() == "thanking" || stage() == "keeping");
    if (said.kind == "listen.timed-out") {
      if (!running() || !may_use(said)) return false;
      time_out = &said;
      ready = {};
      return true;
    }
    if (said.kind != "listen.here" || table() || !device[said.person]) return false;
    device[said.person] = said.author;
    return true;
  }
};

struct SecondListening {
  std::vector<Sitting> all;
  std::vector<const Said*> ideas;
  std::map<std::string, std::string> behind;

  explicit SecondListening(const Events& ours) {
    for (const Said& said : ours) {
      if (said.kind == "listen.proposed") {
        behind[said.id] = propose(said) ? all.back().stage() : "void";
        continue;
      }
      if (!said.kind.starts_with("listen.") || said.kind == "listen.cleared") continue;
      Sitting* about = find(said.fields["session"]);
      const bool counts = about != nullptr && about->hear(said);
      if (counts && said.kind == "listen.idea-noted") ideas.push_back(&said);
      behind[said.id] = counts ? about->stage() : "void";
    }
  }
  Sitting* find(const std::string& id) {
    for (Sitting& each : all) {
      if (each.proposed->id == id) return &each;
    }
    return nullptr;
  }
  bool propose(const Said& said) {
    const bool table = said.fields["how"] == "table";
    if (!all.empty() && all.back().over == nullptr) {
      if (!table || all.back().begun) return false;
      all.back().close(said, "declined");
    }
    Sitting sitting;
    sitting.proposed = sitting.asked = &said;
    sitting.begun = table;
    if (table) sitting.device[said.person] = said.author;
    all.push_back(std::move(sitting));
    return true;
  }
};

// ---- as it is shown ----

struct Shown {
  const Events& mine;
  int person;

  [[nodiscard]] const Said* newest(std::string_view kind, std::string_view field, const std::string& value) const {
    const Said* out = nullptr;
    for (const Said& said : mine) {
      if (said.kind == kind && said.fields[field] == value) out = &said;
    }
    return out;
  }
  static Json time(const Said* said) {
    return said == nullptr || said->content.is_null() ? kNoTime : said->content["at"];
  }
  [[nodiscard]] Json thanks_text(const Said* thanks) const {
    if (thanks == nullptr) return nullptr;
    const Said* copy = newest("space.copied", "of", thanks->id);
    const Json& from = !thanks->content.is_null() || copy == nullptr ? thanks->content : copy->content["content"];
    return from.is_null() || from["text"].get<std::string>().size() > kLongestPiece ? Json() : from["text"];
  }
  [[nodiscard]] Json pieces(const Sitting& sitting) const {
    Json out = Json::array();
    if (sitting.how() != "typed") return out;
    for (const Said* moved : sitting.moved) {
      if (moved->content.is_null() || moved->content["text"].get<std::string>().size() > kLongestPiece) continue;
      out.push_back({{"move", moved->fields["move"]},
                     {"by_me", moved->person == person},
                     {"text", moved->content["text"]},
                     {"at", moved->content["at"]}});
    }
    return out;
  }
  void add_topic(const Sitting& sitting, Json& out) const {
    out["about"] = nullptr;
    out["words"] = "";
    const Said* kept = newest("listen.topic-kept", "session", sitting.proposed->id);
    const Said* from = sitting.out != nullptr ? sitting.out : sitting.proposed->person == person ? kept : nullptr;
    if (from == nullptr || from->content.is_null()) return;
    if (from->content["words"].get<std::string>().size() > kLongestTopic) return;
    out["about"] = from->content["about"];
    out["words"] = from->content["words"];
  }
  [[nodiscard]] Json open(const Sitting& sitting) const {
    const auto me = static_cast<std::size_t>(person);
    const std::size_t other = 1 - me;
    const Place at = walk(sitting.moves);
    const auto holds = sitting.running() ? holder(sitting.stage()) : std::nullopt;
    const bool speak = sitting.speaker() == person;
    const bool named = !sitting.asked->content.is_null();
    Json out = {{"item", sitting.proposed->id},
                {"how", sitting.how()},
                {"stage", sitting.stage()},
                {"by_me", sitting.proposed->person == person},
                {"asked_by_me", sitting.asked->person == person},
                {"when", named ? sitting.asked->content["when"] : Json()},
                {"at", time(sitting.asked)},
                {"mark", "safe"},
                {"seconds", sitting.proposed->fields["seconds"]},
                {"asked", sitting.question()->id},
                {"i_am_ready", sitting.ready[me] != nullptr},
                {"other_ready", sitting.ready[other] == nullptr ? Json() : Json(sitting.ready[other]->id)},
                {"other_ready_at", sitting.ready[other] == nullptr ? Json() : time(sitting.ready[other])},
                {"floor", !holds                              ? "nobody"
                          : (*holds == Who::speaker) == speak ? "mine"
                                                              : "theirs"},
                {"i_speak", speak},
                {"first_turn", at.turn == 0},
                {"smaller", at.smaller},
                {"not_yet", at.not_yet},
                {"step", sitting.moves.size()},
                {"pieces", pieces(sitting)},
                {"until", nullptr},
                {"time_out_by_me", sitting.time_out != nullptr && sitting.time_out->person == person},
                {"my_thanks", thanks_text(sitting.thanks[me])},
                {"their_thanks", thanks_text(sitting.thanks[other])},
                {"i_keep", sitting.keep[me] == nullptr ? Json() : sitting.keep[me]->fields["keep"]}};
    if (sitting.time_out != nullptr && !sitting.time_out->content.is_null()) {
      out["until"] = sitting.time_out->content["until"];
    }
    add_topic(sitting, out);
    return out;
  }
  [[nodiscard]] Json thank_you(const Said* thanks) const {
    const Json text = thanks_text(thanks);
    return text.is_null() ? Json() : Json{{"item", thanks->id}, {"text", text}};
  }
  [[nodiscard]] Json held(const Sitting& sitting) const {
    const auto me = static_cast<std::size_t>(person);
    const auto yes = [](const Said* said) { return said != nullptr && said->fields["keep"] == true; };
    const bool stays = yes(sitting.keep[0]) && yes(sitting.keep[1]);
    const Said* felt = newest("listen.felt-understood", "session", sitting.proposed->id);
    return {{"item", sitting.proposed->id},
            {"how", sitting.how()},
            {"end", sitting.end},
            {"ended_by_me", sitting.over->person == person},
            {"at", time(sitting.over)},
            {"mark", "safe"},
            {"my_thanks", thank_you(sitting.thanks[me])},
            {"their_thanks", thank_you(sitting.thanks[1 - me])},
            {"pieces", stays ? pieces(sitting) : Json::array()},
            {"understood", felt == nullptr ? Json() : felt->content["score"]}};
  }
};

}  // namespace

Json second_listening(const Events& ours, const Events& mine, int person) {
  const SecondListening second(ours);
  const Shown shown{.mine = mine, .person = person};
  Json out = {{"open", nullptr}, {"held", Json::array()}, {"ideas", Json::array()}};
  for (std::size_t i = second.all.size(); i-- > 0;) {
    const Sitting& sitting = second.all[i];
    if (sitting.over == nullptr) out["open"] = shown.open(sitting);
    if (sitting.over != nullptr && sitting.end != "declined") out["held"].push_back(shown.held(sitting));
  }
  for (std::size_t i = second.ideas.size(); i-- > 0;) {
    const Said& idea = *second.ideas[i];
    if (idea.content.is_null() || idea.content["text"].get<std::string>().size() > kLongestTopic) continue;
    out["ideas"].push_back({{"item", idea.id},
                            {"by_me", idea.person == person},
                            {"text", idea.content["text"]},
                            {"at", idea.content["at"]},
                            {"mark", "safe"}});
  }
  return out;
}

std::map<std::string, std::string> stages_behind(const Events& ours) { return SecondListening(ours).behind; }

}  // namespace attune::sim
