#include "sim/second_fold.h"

#include "attune/space/sealed.h"
#include "sim/second_cherishing.h"
#include "sim/second_listening.h"

namespace attune::sim {

namespace {

using Events = std::vector<Said>;

const Json kNoTime = {{"ms", 0}, {"offset", 0}};

/// A wording anybody can write: something was done, and no part is longer than there is room for.
bool sound(const Json& wording) {
  for (const char* part : {"did", "says", "felt"}) {
    if (!wording.contains(part) || !wording[part].is_string()) return false;
    if (wording[part].get_ref<const std::string&>().size() > 2'000) return false;
  }
  return wording["did"] != "";
}

/// One person's answer to one question.
struct Answer {
  const Said* sealed = nullptr;
  const Said* opened = nullptr;
  bool taken_back_too_late = false;
};

struct Answers {
  std::array<Answer, 2> of;  ///< by person
  bool question_gone = false;
};

struct SecondFold {
  const Inside& me;
  Events ours;
  Events mine;
  int person;

  explicit SecondFold(const Inside& inside) : me(inside), person(inside.person()) {
    mine = everything_said(*me.mine, wire::StreamKind::mine);
    if (me.ours) ours = everything_said(*me.ours, wire::StreamKind::ours);
  }

  [[nodiscard]] bool did(const std::string& kind, const std::string& of) const {
    for (const Said& said : mine) {
      if (said.kind == kind && said.fields.value("of", said.fields.value("q", "")) == of) return true;
    }
    return false;
  }

  [[nodiscard]] const Said* find(const std::string& id) const {
    for (const Said& said : ours) {
      if (said.id == id) return &said;
    }
    return nullptr;
  }

  /// Both answers to a question, by walking through everything.
  [[nodiscard]] Answers answers(const std::string& question) const {
    Answers both;
    bool asked = false;
    for (const Said& said : ours) {
      Answer& own = both.of[said.person];
      Answer& other = both.of[1 - said.person];
      if (said.id == question) asked = true;
      if (said.kind == "sealed.committed" && said.fields["q"] == question && asked && own.sealed == nullptr) {
        own.sealed = &said;
      } else if (said.kind == "sealed.opened" && said.fields["q"] == question) {
        if (own.sealed != nullptr && other.sealed != nullptr && own.opened == nullptr) own.opened = &said;
      } else if (said.kind == "space.taken-back") {
        const Said* target = find(said.fields["of"]);
        const bool both_sealed = own.sealed != nullptr && other.sealed != nullptr;
        if (asked && target != nullptr && target->id == question && target->person == said.person && !both_sealed) {
          asked = false;
          both.question_gone = true;
        }
        if (own.sealed == nullptr || said.fields["of"] != own.sealed->id) continue;
        if (other.sealed == nullptr) {
          own = Answer{};
        } else {
          own.taken_back_too_late = true;
        }
      }
    }
    return both;
  }

  /// Was this thank-you taken back by who said it?
  [[nodiscard]] bool taken_back(const Said& item) const {
    for (const Said& said : ours) {
      if (said.kind == "space.taken-back" && said.person == item.person && said.fields["of"] == item.id &&
          said.position > item.position) {
        return true;
      }
    }
    return false;
  }

  // ---- cherish ----

  [[nodiscard]] Json wordings(const Said& thanks) const {
    for (const Said& said : mine) {
      if (said.kind == "space.copied" && said.fields["of"] == thanks.id) return said.content["content"];
    }
    Json out = Json::array();
    if (!thanks.content.is_null() && sound(thanks.content)) out.push_back(thanks.content);
    for (const Said& said : ours) {
      const bool edit = said.kind == "cherish.edited" && said.fields["of"] == thanks.id &&
                        said.person == thanks.person && said.position > thanks.position;
      if (edit && !said.content.is_null() && sound(said.content)) out.push_back(said.content);
    }
    return out;
  }

  [[nodiscard]] Json thanks_seen(const Said& thanks) const {
    const bool by_me = thanks.person == person;
    const bool opened = by_me || did("space.envelope-opened", thanks.id);
    Json all = wordings(thanks);
    Json out = {{"item", thanks.id},  {"by_me", by_me},   {"at", all.empty() ? kNoTime : all[0]["at"]},
                {"mark", "safe"},     {"opened", opened}, {"did", ""},
                {"says", ""},         {"felt", ""},       {"edited", Json::array()},
                {"taken_back", "no"}, {"answer", nullptr}};
    if (taken_back(thanks)) out["taken_back"] = opened && !by_me && !all.empty() ? "kept-by-me" : "gone";
    if (opened && out["taken_back"] != "gone" && !all.empty()) {
      for (const char* part : {"did", "says", "felt"}) out[part] = all.back()[part];
      for (std::size_t i = 0; i + 1 < all.size(); ++i) out["edited"].push_back(all[i]);
    }
    for (const Said& said : ours) {
      if (said.kind != "cherish.answered" || said.fields["of"] != thanks.id || said.person == thanks.person) continue;
      if (said.position < thanks.position || said.content.is_null()) continue;
      out["answer"] = said.content;
      out["answer"]["by_me"] = !by_me;
    }
    return out;
  }

  [[nodiscard]] Json cherish() const {
    Json out = {{"thanks", Json::array()}, {"kept", Json::array()}};
    for (std::size_t i = ours.size(); i-- > 0;) {
      if (ours[i].kind == "cherish.thanked") out["thanks"].push_back(thanks_seen(ours[i]));
    }
    for (std::size_t i = mine.size(); i-- > 0;) {
      const Said& kept = mine[i];
      if (kept.kind != "cherish.kept") continue;
      bool sent = false;
      for (const Said& said : ours) {
        sent = sent || (said.kind == "cherish.thanked" && said.person == person && said.fields["kept"] == kept.id);
      }
      Json one = kept.content;
      one.update({{"item", kept.id}, {"mark", "safe"}, {"sent", sent}, {"offered", kept.fields["offer"]}});
      out["kept"].push_back(one);
    }
    return out;
  }

  // ---- open up ----

  [[nodiscard]] Json my_own(const std::string& question, const Answer& answer) const {
    space::Committed::Content content;
    log::EventId q;
    Hash c;
    if (!schema::read(answer.sealed->content, content) || !schema::read(Json(question), q) ||
        !schema::read(answer.sealed->fields["c"], c)) {
      return nullptr;
    }
    const log::Stream* stream = me.mine.get();
    const space::Sealing sealing{.ours = me.ours->id(),
                                 .me = static_cast<std::uint8_t>(person),
                                 .mine_epoch = stream->table().epoch,
                                 .mine_key = [stream](std::uint32_t epoch) { return stream->key(epoch); }};
    const auto inside = space::reopen(sealing, q, c, content, content.at);
    if (!inside) return nullptr;
    return std::string(as_text(inside->answer));
  }

  /// The text an opening shows if it is the one that was sealed.
  [[nodiscard]] Json shown(const std::string& question, int whose, const Answer& answer) const {
    if (answer.opened->content.is_null()) return nullptr;
    log::EventId q;
    Hash c;
    Bytes r;
    Bytes text;
    if (!schema::read(Json(question), q) || !schema::read(answer.sealed->fields["c"], c) ||
        !schema::read(answer.opened->content["r"], r) || !schema::read(answer.opened->content["answer"], text)) {
      return false;
    }
    if (text.size() > 4'096) return false;
    if (space::commitment(me.ours->id(), q, static_cast<std::uint8_t>(whose), r, text) != c) return false;
    return std::string(as_text(text));
  }

  /// Their answer as I keep it, should they have taken away what I watched open.
  [[nodiscard]] Json copied(const std::string& question) const {
    for (const Said& said : mine) {
      if (said.kind == "space.copied" && said.fields["of"] == question) return said.content["content"];
    }
    return nullptr;
  }

  [[nodiscard]] Json question_seen(const Said& asked, const Answers& both) const {
    const Answer& own = both.of[static_cast<std::size_t>(person)];
    const Answer& other = both.of[static_cast<std::size_t>(1 - person)];
    const bool by_me = asked.person == person;
    Json out = {{"item", asked.id},
                {"prompt", asked.fields["prompt"]},
                {"by_me", by_me},
                {"at", asked.content.is_null() ? kNoTime : asked.content["at"]},
                {"mark", "safe"},
                {"state", "offered"},
                {"seen", did("space.envelope-opened", asked.id)},
                {"sealed_at", nullptr},
                {"opened_at", nullptr},
                {"mine", nullptr},
                {"theirs", nullptr}};
    if (own.sealed != nullptr) {
      out["sealed_at"] = own.sealed->content.is_null() ? Json() : own.sealed->content["at"];
      out["mine"] = my_own(asked.id, own);
      out["state"] = other.sealed == nullptr                                ? "mine-sealed"
                     : own.taken_back_too_late || other.taken_back_too_late ? "not-opened"
                                                                            : "opening";
    }
    if (own.opened != nullptr && other.opened != nullptr) {
      const Json mine_shown = shown(asked.id, person, own);
      const Json copy = copied(asked.id);
      const bool gone = other.opened->content.is_null() && !copy.is_null();
      const Json theirs = gone ? copy["theirs"] : shown(asked.id, 1 - person, other);
      out["mine"] = mine_shown;
      out["theirs"] = theirs.is_string() ? theirs : Json();  // another text than the sealed one is not shown
      out["state"] = theirs.is_string() ? "opened" : "withheld";
      const auto later = [&](const Json& at) {
        if (out["opened_at"].is_null() || out["opened_at"]["ms"] < at["ms"]) out["opened_at"] = at;
      };
      if (!own.opened->content.is_null()) later(own.opened->content["at"]);
      if (!other.opened->content.is_null()) later(other.opened->content["at"]);
      if (gone) later(copy["at"]);
    }
    return out;
  }

  [[nodiscard]] Json openup() const {
    Json out = {{"questions", Json::array()}, {"written", Json::array()}};
    for (std::size_t i = ours.size(); i-- > 0;) {
      const Said& asked = ours[i];
      if (asked.kind != "openup.offered") continue;
      const Answers both = answers(asked.id);
      if (both.question_gone) continue;
      if (did("openup.passed", asked.id) && both.of[static_cast<std::size_t>(person)].sealed == nullptr) continue;
      out["questions"].push_back(question_seen(asked, both));
    }
    for (std::size_t i = mine.size(); i-- > 0;) {
      const Said& written = mine[i];
      if (written.kind != "openup.written") continue;
      bool sent = false;
      for (const Said& said : ours) {
        const bool from_it = said.kind == "openup.offered" && said.fields["written"] == written.id;
        sent = sent || (from_it && said.person == person);
      }
      Json one = written.content;
      one.update({{"item", written.id}, {"prompt", written.fields["prompt"]}, {"mark", "safe"}, {"sent", sent}});
      out["written"].push_back(one);
    }
    return out;
  }

  using Awaiting = std::vector<std::pair<std::string, std::string>>;
  [[nodiscard]] Awaiting awaiting(const Json& cherish, const Json& openup, const Json& listen) const {
    Awaiting out;
    const auto may_be_sent = [&](const Json& written) {
      const std::string item = written["item"];
      if (me.ours && written["sent"] == false && !did("space.kept-to-myself", item)) out.emplace_back("offers", item);
    };
    for (const Json& kept : cherish["kept"]) {
      if (kept["offered"] == true) may_be_sent(kept);
    }
    for (const Json& written : openup["written"]) may_be_sent(written);
    for (const Json& thanks : cherish["thanks"]) {
      if (thanks["opened"] == false && thanks["taken_back"] == "no") out.emplace_back("thanks", thanks["item"]);
    }
    for (const Json& question : openup["questions"]) {
      if (question["state"] == "offered" && question["by_me"] == false) out.emplace_back("question", question["item"]);
      if (question["state"] == "opened" && question["seen"] == false) out.emplace_back("answers", question["item"]);
    }
    if (const Json& open = listen["open"]; !open.is_null()) {
      const bool waits_for_them = open["stage"] == "proposed" && open["asked_by_me"] == true;
      if (!waits_for_them) out.emplace_back("listening", open["item"]);
    }
    return out;
  }
};

}  // namespace

Json second_fold(const Inside& inside, std::int64_t now_ms) {
  const SecondFold fold(inside);
  const Json cherish = fold.cherish();
  const Json openup = fold.openup();
  const Json listen = second_listening(fold.ours, fold.mine, fold.person);
  Json out = second_cherishing(fold.ours, fold.mine, fold.person, now_ms, cherish);
  auto awaiting = fold.awaiting(cherish, openup, listen);
  for (const Json& one : out["awaiting"]) awaiting.emplace_back(one[0], one[1]);
  std::ranges::sort(awaiting);
  out.update({{"cherish", cherish}, {"openup", openup}, {"listen", listen}, {"awaiting", awaiting}});
  return out;
}

}  // namespace attune::sim
