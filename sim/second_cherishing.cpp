#include "sim/second_cherishing.h"

#include <set>

namespace attune::sim {

namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kDay = 24 * 60 * kMinute;

const Json kNoTime = {{"ms", 0}, {"offset", 0}};

struct Second {
  const std::vector<Said>& ours;
  const std::vector<Said>& mine;
  int person;
  std::int64_t now;
  Json awaiting = Json::array();

  [[nodiscard]] bool mine_says(const std::string& kind, const std::string& of) const {
    return std::ranges::any_of(mine, [&](const Said& said) { return said.kind == kind && said.fields["of"] == of; });
  }

  [[nodiscard]] bool taken_back(const Said& item) const {
    return std::ranges::any_of(ours, [&](const Said& said) {
      return said.kind == "space.taken-back" && said.person == item.person && said.fields["of"] == item.id &&
             said.position > item.position;
    });
  }

  /// What stands in it, as far as I can read it; from my copy, if there is one.
  [[nodiscard]] Json content(const Said& item) const {
    for (const Said& said : mine) {
      if (said.kind == "space.copied" && said.fields["of"] == item.id) return said.content["content"];
    }
    return item.content;
  }

  /// What all of them show alike. `words` are the fields that show only once it is open.
  [[nodiscard]] Json seen(const Said& item, const Json& closed) const {
    const bool by_me = item.person == person;
    const bool opened = by_me || mine_says("space.envelope-opened", item.id);
    const Json said = content(item);
    Json out = closed;
    out.update({{"item", item.id},
                {"by_me", by_me},
                {"at", said.is_null() ? kNoTime : said["at"]},
                {"mark", "safe"},
                {"opened", opened},
                {"taken_back", "no"}});
    if (taken_back(item)) out["taken_back"] = opened && !by_me && !said.is_null() ? "kept-by-me" : "gone";
    if (opened && out["taken_back"] != "gone" && !said.is_null()) {
      for (const auto& [field, value] : closed.items()) {
        if (said.contains(field)) out[field] = said[field];
      }
    }
    return out;
  }

  /// The newest answer of the other to it.
  [[nodiscard]] const Said* answer(const Said& item, const std::string& kind) const {
    const Said* out = nullptr;
    for (const Said& said : ours) {
      const bool to_it = said.kind == kind && said.fields["of"] == item.id && said.position > item.position;
      if (to_it && said.person != item.person) out = &said;
    }
    return out;
  }

  [[nodiscard]] Json answer_seen(const Said& item, const std::string& kind, std::vector<std::string> fields) const {
    const Said* said = answer(item, kind);
    if (said == nullptr || said->content.is_null()) return nullptr;
    Json out = {{"at", said->content["at"]}, {"by_me", said->person == person}};
    for (const std::string& field : fields) out[field] = said->content[field];
    return out;
  }

  void awaits(const char* kind, const Json& one) {
    if (one["opened"] == false && one["taken_back"] == "no") awaiting.push_back({kind, one["item"]});
  }

  Json feelings() {
    Json out = {{"shared", Json::array()}, {"noted", Json::array()}};
    for (auto said = ours.rbegin(); said != ours.rend(); ++said) {
      if (said->kind != "feelings.shared") continue;
      Json one = seen(*said, {{"feelings", Json::array()}, {"line", ""}, {"wish", "just-so-you-know"}});
      one["answer"] = answer_seen(*said, "feelings.answered", {"response", "words"});
      awaits("feeling", one);
      out["shared"].push_back(one);
    }
    for (auto said = mine.rbegin(); said != mine.rend(); ++said) {
      if (said->kind != "feelings.noted" || said->content.is_null()) continue;
      Json one = said->content;
      one.update({{"item", said->id}, {"mark", "safe"}});
      out["noted"].push_back(one);
    }
    return out;
  }

  Json noticed() {
    Json out = {
        {"noticed", Json::array()}, {"recent", Json::array()}, {"own", Json::array()}, {"hidden", Json::array()}};
    for (auto said = ours.rbegin(); said != ours.rend(); ++said) {
      if (said->kind != "noticed.sent") continue;
      Json one = seen(*said, {{"effort", nullptr}, {"words", ""}});
      one["answer"] = answer_seen(*said, "noticed.answered", {"tap", "words"});
      awaits("noticed", one);
      const Json again = {{"effort", one["effort"]}, {"words", one["words"]}};
      const bool there = std::ranges::find(out["recent"], again) != out["recent"].end();
      const bool readable = !one["effort"].is_null() || one["words"] != "";
      if (one["by_me"] == true && readable && !there && out["recent"].size() < 6) out["recent"].push_back(again);
      out["noticed"].push_back(one);
    }
    std::set<std::string> hidden;
    std::set<std::string> own_hidden;
    for (const Said& said : mine) {
      if (said.kind != "noticed.effort-listed") continue;
      std::set<std::string>& of = said.fields["own"].is_null() ? hidden : own_hidden;
      const std::string id = said.fields[said.fields["own"].is_null() ? "effort" : "own"];
      if (said.fields["listed"] == true) {
        of.erase(id);
      } else {
        of.insert(id);
      }
    }
    for (auto said = mine.rbegin(); said != mine.rend(); ++said) {
      if (said->kind != "noticed.effort-added") continue;
      out["own"].push_back({{"item", said->id},
                            {"text", said->content["text"]},
                            {"listed", !own_hidden.contains(said->id)},
                            {"mark", "safe"}});
    }
    out["hidden"] = hidden;
    return out;
  }

  Json goodnews() {
    Json out = Json::array();
    for (auto said = ours.rbegin(); said != ours.rend(); ++said) {
      if (said->kind != "goodnews.shared") continue;
      Json one = seen(*said, {{"sort", "joy"}, {"text", ""}});
      one["asked"] = answer_seen(*said, "goodnews.asked", {"questions", "words"});
      if (!one["asked"].is_null()) one["asked"].erase("by_me");
      one["told"] = nullptr;
      one["evening"] = "none";
      bool asked = false;
      for (const Said& since : ours) {
        if (since.position < said->position || since.fields.value("of", "") != said->id) continue;
        const bool by_teller = since.person == said->person;
        if (since.kind == "goodnews.asked" && !by_teller) asked = true;
        if (since.kind == "goodnews.told" && by_teller && asked) {
          one["told"] =
              since.content.is_null() ? Json() : Json{{"words", since.content["words"]}, {"at", since.content["at"]}};
        }
        if (since.kind != "goodnews.tonight") continue;
        if (since.fields["talked"] == true && one["evening"] == "wanted") one["evening"] = "talked";
        if (since.fields["talked"] == false && !by_teller && one["evening"] == "none") one["evening"] = "wanted";
      }
      if (one["evening"] == "wanted" && !taken_back(*said)) awaiting.push_back({"tonight", said->id});
      if (one["taken_back"] == "gone") one.update({{"told", nullptr}, {"evening", "none"}});
      one["felt_good"] = said->person == person && mine_says("goodnews.felt-good", said->id);
      one["offered"] = static_cast<unsigned>(crypto::from_base64(said->id)->front());
      awaits("good-news", one);
      out.push_back(one);
    }
    return {{"news", out}};
  }

  /// The touches that count: a minute lies between two of one person, and thirty fit a day; the newest 120 are known.
  Json touches() {
    std::vector<const Said*> count;
    for (const Said& said : ours) {
      if (said.kind != "touches.sent") continue;
      const auto day = [](const Said& of) {
        const std::int64_t local =
            of.fields["ms"].get<std::int64_t>() + of.fields["offset"].get<std::int64_t>() * kMinute;
        return (local - ((local % kDay) + kDay) % kDay) / kDay;
      };
      std::size_t that_day = 0;
      bool too_soon = false;
      for (const Said* earlier : count) {
        if (earlier->person != said.person) continue;
        const std::int64_t between = earlier->fields["ms"].get<std::int64_t>() - said.fields["ms"].get<std::int64_t>();
        too_soon = too_soon || std::abs(between) < kMinute;
        if (day(*earlier) == day(said)) ++that_day;
      }
      if (too_soon || that_day >= 30) continue;
      if (count.size() == 120) count.erase(count.begin());
      count.push_back(&said);
    }
    Json out = Json::array();
    bool felt = false;
    for (auto at = count.rbegin(); at != count.rend(); ++at) {
      const Said& said = **at;
      const bool by_me = said.person == person;
      felt = felt || (!by_me && mine_says("touches.felt", said.id));
      if (taken_back(said) || said.content.is_null()) continue;
      Json one = said.content;
      one.update({{"item", said.id}, {"by_me", by_me}, {"mark", "safe"}, {"felt", !by_me && felt}});
      out.push_back(one);
    }
    return {{"touches", out}};
  }

  /// A menu as somebody filled it in, in the order in which its gestures came.
  [[nodiscard]] Json menu(const std::vector<Said>& said, const std::string& kind, int whose) const {
    std::vector<std::pair<Json, Json>> entries;  // which gesture, and what is shown of it
    for (const Said& each : said) {
      if (each.kind != kind || (kind == "gestures.said" && each.person != whose)) continue;
      const bool first = each.fields["gesture"].is_null() && each.fields["own"].is_null();
      const Json which = first ? Json{nullptr, each.id} : Json{each.fields["gesture"], each.fields["own"]};
      Json one = {{"gesture", which[0]},
                  {"own", which[1]},
                  {"text", which[1].is_null() ? Json("") : each.content["text"]},
                  {"liking", each.content["liking"]},
                  {"at", each.content["at"]},
                  {"mark", "safe"}};
      const auto at = std::ranges::find(entries, which, [](const auto& entry) { return entry.first; });
      if (at != entries.end()) {
        at->second = one;
      } else if (first || !which[0].is_null()) {
        entries.emplace_back(which, one);
      }
    }
    Json out = Json::array();
    for (const auto& [which, one] : entries) {
      if (one["liking"] != "not-said") out.push_back(one);
    }
    return out;
  }

  [[nodiscard]] Json gestures(bool paired) const {
    const bool said = std::ranges::any_of(
        ours, [&](const Said& each) { return each.kind == "gestures.said" && each.person == person; });
    if (!paired && !said) {
      return {{"mine", menu(mine, "gestures.kept", 0)}, {"theirs", Json::array()}, {"not_shown", 0}};
    }
    unsigned not_shown = 0;
    for (const Json& kept : menu(mine, "gestures.kept", 0)) {
      const bool shown = std::ranges::any_of(ours, [&](const Said& each) {
        if (each.kind != "gestures.said" || each.person != person) return false;
        return kept["own"].is_null() ? each.fields["gesture"] == kept["gesture"] : each.fields["kept"] == kept["own"];
      });
      if (!shown) ++not_shown;
    }
    return {{"mine", menu(ours, "gestures.said", person)},
            {"theirs", menu(ours, "gestures.said", 1 - person)},
            {"not_shown", not_shown}};
  }

  Json letters() {
    Json out = Json::array();
    std::set<std::pair<int, std::string>> posted;
    for (const Said& said : ours) {
      if (said.kind != "letters.sealed") continue;
      const Json& held = said.fields["held"];
      if (held.is_string() && !posted.emplace(said.person, held).second) continue;
      Json one = seen(said, {{"text", ""}, {"opens", kNoTime}});
      const Json letter = content(said);
      one["opens"] = letter.is_null() ? kNoTime : letter["opens"];
      const bool waits = one["opens"]["ms"] > now;
      one["held_by_me"] = held.is_string();
      one["state"] = waits ? "closed" : one["opened"] == true ? "open" : "ready";
      if (waits && one["by_me"] == false) one["text"] = "";
      if (!waits) awaits("letter", one);
      out.push_back(one);
    }
    for (const Said& said : mine) {
      if (said.kind != "letters.held" || mine_says("letters.withdrawn", said.id)) continue;
      if (posted.contains({person, said.id})) continue;
      Json one = said.content;
      one.update({{"item", said.id},
                  {"by_me", true},
                  {"mark", "safe"},
                  {"opened", true},
                  {"state", "held"},
                  {"held_by_me", true},
                  {"taken_back", "no"}});
      out.push_back(one);
    }
    sort(out);
    return {{"letters", out}};
  }

  /// Newest first.
  static void sort(Json& list) {
    std::vector<Json> all = list;
    std::ranges::sort(all, [](const Json& a, const Json& b) {
      const auto key = [](const Json& one) {
        return std::pair(one["at"]["ms"].get<std::int64_t>(), *crypto::from_base64(one["item"].get<std::string>()));
      };
      return key(b) < key(a);
    });
    list = all;
  }

  [[nodiscard]] Json jar(const Json& cherish, const Json& noticed) const {
    Json out = {{"entries", Json::array()}, {"hidden", Json::array()}};
    for (const Said& said : mine) {
      if (said.kind != "cherish.span-hidden" || mine_says("cherish.span-shown", said.id)) continue;
      out["hidden"].push_back({{"item", said.id}, {"from", said.fields["from"]}, {"to", said.fields["to"]}});
    }
    const auto add = [&](const char* kind, const Json& one, Json text, Json says, Json felt, Json effort) {
      for (const Json& span : out["hidden"]) {
        if (span["from"] <= one["at"]["ms"] && one["at"]["ms"] <= span["to"]) return;
      }
      out["entries"].push_back({{"item", one["item"]},
                                {"kind", kind},
                                {"text", std::move(text)},
                                {"says", std::move(says)},
                                {"felt", std::move(felt)},
                                {"effort", std::move(effort)},
                                {"at", one["at"]}});
    };
    for (const Json& thanks : cherish["thanks"]) {
      if (thanks["by_me"] == true || thanks["did"] == "") continue;
      add("thanks", thanks, thanks["did"], thanks["says"], thanks["felt"], nullptr);
    }
    for (const Json& kept : cherish["kept"]) {
      if (kept["sent"] == false) add("kept", kept, kept["did"], kept["says"], kept["felt"], nullptr);
    }
    for (const Json& one : noticed["noticed"]) {
      if (one["by_me"] == true || (one["effort"].is_null() && one["words"] == "")) continue;
      add("noticed", one, one["words"], "", "", one["effort"]);
    }
    sort(out["entries"]);
    return out;
  }
};

}  // namespace

Json second_cherishing(const std::vector<Said>& ours, const std::vector<Said>& mine, int person, std::int64_t now_ms,
                       const Json& cherish) {
  Second second{.ours = ours, .mine = mine, .person = person, .now = now_ms};
  const Json noticed = second.noticed();
  Json out = {{"feelings", second.feelings()},
              {"noticed", noticed},
              {"goodnews", second.goodnews()},
              {"touches", second.touches()},
              {"gestures", second.gestures(!ours.empty())},
              {"letters", second.letters()},
              {"jar", second.jar(cherish, noticed)}};
  out["awaiting"] = second.awaiting;
  return out;
}

}  // namespace attune::sim
