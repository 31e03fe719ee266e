#include "sim/deeds.h"

#include <array>
#include <numeric>

#include "sim/listening.h"

namespace attune::sim {

namespace {

constexpr std::int64_t kHoldMs = 5'000;
constexpr std::uint32_t kHeldPercent = 30;
constexpr std::uint32_t kAmissPercent = 8;  ///< of what is tapped in a listening session

using Drawn = std::optional<Asked>;

Json wording(std::string did, std::string says, std::string felt) {
  return {{"did", std::move(did)}, {"says", std::move(says)}, {"felt", std::move(felt)}};
}

/// The command about one of what a view lists.
Drawn about(Person& person, std::string_view view, std::string_view list, std::string command, bool can_wait,
            std::string_view as = "item") {
  const Json seen = person.see(view);
  const Json* one = person.some_of(seen[list]);
  if (one == nullptr) return std::nullopt;
  return Asked{.command = std::move(command), .args = {{as, (*one)["item"]}}, .can_wait = can_wait};
}

Drawn with(Drawn asked, const Json& more) {
  if (asked) asked->args.update(more);
  return asked;
}

constexpr std::int64_t kHour = 60 * 60 * 1'000;

std::string one_of(Person& who, std::span<const std::string_view> names) {
  return std::string(names[who.dice().below(names.size())]);
}

std::string some_feeling(Person& who) {
  static constexpr std::array<std::string_view, 5> kFeelings = {"glad-content", "calm-settled", "low-flat",
                                                                "uneasy-tense", "warm-close"};
  return one_of(who, kFeelings);
}

std::string some_effort(Person& who) {
  static constexpr std::array<std::string_view, 4> kEfforts = {"ef-bins", "ef-dentist", "ef-shopping", "ef-peace"};
  return one_of(who, kEfforts);
}

std::string some_gesture(Person& who) {
  static constexpr std::array<std::string_view, 4> kGestures = {"ge-hand", "ge-tea", "ge-note", "ge-walk"};
  return one_of(who, kGestures);
}

std::string some_liking(Person& who) {
  static constexpr std::array<std::string_view, 4> kLikings = {"love", "sometimes", "not-now", "not-said"};
  return one_of(who, kLikings);
}

/// Seals a letter that waits for some hours, or for days.
Drawn seal_letter(Person& who) {
  const std::int64_t opens = who.now().ms + static_cast<std::int64_t>(1 + who.dice().below(80)) * kHour;
  return Asked{
      "letters.seal",
      {{"text", who.some_text()}, {"opens", {{"ms", opens}, {"offset", 60}}}, {"held_by_me", who.dice().chance(50)}},
      true};
}

/// Changes how one likes a gesture, mostly one of the content, now and then one of one's own.
Drawn say_gesture(Person& who) {
  const Json seen = who.see("gestures");
  const Json* own = who.some_of(seen["mine"]);
  if (own != nullptr && !(*own)["own"].is_null()) {
    return Asked{"gestures.say", {{"own", (*own)["own"]}, {"liking", some_liking(who)}}, true};
  }
  return Asked{"gestures.say", {{"gesture", some_gesture(who)}, {"liking", some_liking(who)}}, true};
}

constexpr std::array kDeeds = {
    Deed{"thanks the other", 14,
         [](Person& who) -> Drawn {
           return Asked{"cherish.thank", wording(who.some_text(), who.some_text(), who.some_text()), true};
         }},
    Deed{"keeps something good", 6,
         [](Person& who) -> Drawn { return Asked{"cherish.keep", wording(who.some_text(), "", who.some_text())}; }},
    Deed{"writes for themselves", 4,
         [](Person& who) -> Drawn {
           return Asked{"openup.write", {{"prompt", who.some_prompt()}, {"text", who.some_text()}}};
         }},
    Deed{"offers a question", 8,
         [](Person& who) -> Drawn { return Asked{"openup.offer", {{"prompt", who.some_prompt()}}, true}; }},
    Deed{
        "takes another name", 2,
        [](Person& who) -> Drawn { return Asked{"space.rename", {{"name", "Name " + who.some_text().substr(0, 6)}}}; }},
    Deed{"names the device", 2,
         [](Person& who) -> Drawn {
           return Asked{"space.name-device", {{"name", "Phone " + who.some_text().substr(0, 6)}}};
         }},
    Deed{"writes half a sentence", 2,
         [](Person& who) -> Drawn { return Asked{"space.draft", {{"key", "half"}, {"text", who.some_text()}}}; }},
    Deed{"looks at everything", 2, [](Person&) -> Drawn { return Asked{"space.looked"}; }},
    Deed{"undoes what was sent", 8,
         [](Person& who) -> Drawn {
           const Json undo = who.see("app")["undo"];
           if (!undo.is_object()) return std::nullopt;
           return Asked{"space.undo", {{"command", undo["command"]}}};
         }},
    Deed{"keeps something to themselves", 1,
         [](Person& who) { return about(who, "cherish", "kept", "space.keep-to-myself", false); }},
    Deed{"sends what was kept", 3,
         [](Person& who) { return about(who, "cherish", "kept", "cherish.send-kept", true); }},
    Deed{"opens a thank-you", 8, [](Person& who) { return about(who, "cherish", "thanks", "space.open-item", false); }},
    Deed{"answers a thank-you", 8,
         [](Person& who) {
           return with(about(who, "cherish", "thanks", "cherish.answer", true),
                       {{"tap", "warmed"}, {"words", who.some_text()}});
         }},
    Deed{"edits a thank-you", 5,
         [](Person& who) {
           return with(about(who, "cherish", "thanks", "cherish.edit", true),
                       wording(who.some_text(), who.some_text(), ""));
         }},
    Deed{"takes a thank-you back", 3,
         [](Person& who) { return about(who, "cherish", "thanks", "space.take-back", true); }},
    Deed{"sends what was written", 3,
         [](Person& who) { return about(who, "openup", "written", "openup.send-written", true); }},
    Deed{"answers a question", 16,
         [](Person& who) {
           return with(about(who, "openup", "questions", "openup.answer", true, "question"),
                       {{"text", who.some_text()}});
         }},
    Deed{"passes on a question", 2,
         [](Person& who) { return about(who, "openup", "questions", "openup.pass", false, "question"); }},
    Deed{"opens both answers", 3,
         [](Person& who) { return about(who, "openup", "questions", "space.open-item", false); }},
    Deed{"takes an answer or a question back", 4,
         [](Person& who) { return about(who, "openup", "questions", "space.take-back", true); }},
    Deed{"notes how they are", 3,
         [](Person& who) -> Drawn {
           return Asked{"feelings.note", {{"feelings", {some_feeling(who)}}, {"line", who.some_text()}}};
         }},
    Deed{"shares how they are", 4,
         [](Person& who) -> Drawn {
           return Asked{"feelings.share",
                        {{"feelings", {some_feeling(who)}}, {"line", who.some_text()}, {"wish", "hold-me"}},
                        true};
         }},
    Deed{"looks how the other is", 4,
         [](Person& who) { return about(who, "feelings", "shared", "space.open-item", false); }},
    Deed{"answers how the other is", 4,
         [](Person& who) {
           return with(about(who, "feelings", "shared", "feelings.answer", true),
                       {{"response", "holding"}, {"words", who.some_text()}});
         }},
    Deed{"takes back how they are", 1,
         [](Person& who) { return about(who, "feelings", "shared", "space.take-back", true); }},
    Deed{"notices", 4,
         [](Person& who) -> Drawn {
           if (who.dice().chance(30)) return Asked{"noticed.notice", {{"words", who.some_text()}}, true};
           return Asked{"noticed.notice", {{"effort", some_effort(who)}}, true};
         }},
    Deed{"looks at what was noticed", 4,
         [](Person& who) { return about(who, "noticed", "noticed", "space.open-item", false); }},
    Deed{"answers what was noticed", 3,
         [](Person& who) {
           return with(about(who, "noticed", "noticed", "noticed.answer", true), {{"tap", "smiled"}});
         }},
    Deed{"takes back what they noticed", 1,
         [](Person& who) { return about(who, "noticed", "noticed", "space.take-back", true); }},
    Deed{"puts an effort on their list", 1,
         [](Person& who) -> Drawn { return Asked{"noticed.add-effort", {{"text", who.some_text().substr(0, 60)}}}; }},
    Deed{"changes their list of efforts", 2,
         [](Person& who) -> Drawn {
           const Json seen = who.see("noticed");
           const Json* own = who.some_of(seen["own"]);
           if (own == nullptr || who.dice().chance(50)) {
             return Asked{"noticed.list-effort", {{"effort", some_effort(who)}, {"listed", who.dice().chance(50)}}};
           }
           return Asked{"noticed.list-effort", {{"own", (*own)["item"]}, {"listed", who.dice().chance(50)}}};
         }},
    Deed{"shares good news", 4,
         [](Person& who) -> Drawn {
           return Asked{"goodnews.share", {{"sort", "luck"}, {"text", who.some_text()}}, true};
         }},
    Deed{"looks at good news", 4, [](Person& who) { return about(who, "goodnews", "news", "space.open-item", false); }},
    Deed{"asks about good news", 4,
         [](Person& who) {
           return with(about(who, "goodnews", "news", "goodnews.ask", true),
                       {{"questions", {"nq-luck-1"}}, {"words", who.some_text()}});
         }},
    Deed{"tells of good news", 3,
         [](Person& who) {
           return with(about(who, "goodnews", "news", "goodnews.tell", true), {{"words", who.some_text()}});
         }},
    Deed{"wants to hear tonight", 3,
         [](Person& who) { return about(who, "goodnews", "news", "goodnews.tonight", true); }},
    Deed{"has talked about it", 2, [](Person& who) { return about(who, "goodnews", "news", "goodnews.talked", true); }},
    Deed{"marks that it felt good", 2,
         [](Person& who) { return about(who, "goodnews", "news", "goodnews.felt-good", false); }},
    Deed{"takes good news back", 1,
         [](Person& who) { return about(who, "goodnews", "news", "space.take-back", true); }},
    Deed{"sends a touch", 6,
         [](Person& who) -> Drawn {
           if (who.dice().chance(40)) return Asked{"touches.send", {{"touch", "love"}, {"words", "Still"}}, true};
           return Asked{"touches.send", {{"touch", "hug"}}, true};
         }},
    Deed{"feels a touch", 4, [](Person& who) { return about(who, "touches", "touches", "touches.feel", false); }},
    Deed{"wants no touches for a while", 1,
         [](Person& who) -> Drawn { return Asked{"touches.mute", {{"until", who.now().ms + 3 * kHour}}}; }},
    Deed{"takes a touch back", 1,
         [](Person& who) { return about(who, "touches", "touches", "space.take-back", true); }},
    Deed{"says how they like a gesture", 4, say_gesture},
    Deed{"adds a gesture of their own", 1,
         [](Person& who) -> Drawn {
           return Asked{"gestures.add", {{"text", who.some_text().substr(0, 60)}, {"liking", "love"}}, true};
         }},
    Deed{"shows the gestures they kept", 1,
         [](Person&) -> Drawn { return Asked{"gestures.show-kept", Json::object(), true}; }},
    Deed{"seals a letter", 4, seal_letter},
    Deed{"opens a letter", 3, [](Person& who) { return about(who, "letters", "letters", "space.open-item", false); }},
    Deed{"withdraws a letter", 1,
         [](Person& who) { return about(who, "letters", "letters", "letters.withdraw", false); }},
    Deed{"takes a letter back", 1,
         [](Person& who) { return about(who, "letters", "letters", "space.take-back", true); }},
    Deed{"hides a time from their jar", 1,
         [](Person& who) -> Drawn {
           const std::int64_t to = who.now().ms - static_cast<std::int64_t>(who.dice().below(200)) * kHour;
           return Asked{"cherish.hide-span", {{"from", to - 5 * kHour}, {"to", to}}};
         }},
    Deed{"shows a time in their jar again", 1,
         [](Person& who) { return about(who, "jar", "hidden", "cherish.show-span", false); }},
    Deed{"listens, or is listened to", 24, take_a_turn},
    Deed{"taps what is not offered", 3, tap_out_of_turn},
};

const Deed& draw(Dice& dice) {
  constexpr std::uint32_t kAll = std::accumulate(kDeeds.begin(), kDeeds.end(), 0U,
                                                 [](std::uint32_t sum, const Deed& deed) { return sum + deed.weight; });
  std::uint64_t at = dice.below(kAll);
  for (const Deed& deed : kDeeds) {
    if (at < deed.weight) return deed;
    at -= deed.weight;
  }
  return kDeeds.back();
}

std::optional<Done> ask(Dice& dice, Device& device, Drawn asked) {
  if (!asked) return std::nullopt;
  const std::int64_t hold = asked->can_wait && dice.chance(kHeldPercent) ? kHoldMs : 0;
  Json reply = device.command(asked->command, asked->args, hold);
  return Done{.asked = std::move(*asked), .reply = std::move(reply)};
}

}  // namespace

std::string Person::some_text() {
  static constexpr std::array<std::string_view, 8> kWords = {"morning", "tea",    "håndkle",           "語",
                                                             "quiet",   "“door”", "the long way home", "💛"};
  std::string out = std::to_string(dice_.below(1'000'000));
  const std::uint64_t words = dice_.chance(5) ? 80 : dice_.below(6);
  for (std::uint64_t i = 0; i < words; ++i) out += " " + std::string(kWords[dice_.below(kWords.size())]);
  return out;
}

std::string Person::some_prompt() {
  const std::uint64_t number = 1 + dice_.below(30);
  return std::string(number < 10 ? "ou-00" : "ou-0") + std::to_string(number);
}

const Json* Person::some_of(const Json& list) { return list.empty() ? nullptr : &list[dice_.below(list.size())]; }

std::span<const Deed> deeds() { return kDeeds; }

std::optional<Done> do_something(Dice& dice, Device& device) {
  Person person(dice, device);
  return ask(dice, device, draw(dice).draw(person));
}

std::optional<Done> go_on_listening(Dice& dice, Device& device) {
  Person person(dice, device);
  return ask(dice, device, dice.chance(kAmissPercent) ? tap_out_of_turn(person) : take_a_turn(person));
}

}  // namespace attune::sim
