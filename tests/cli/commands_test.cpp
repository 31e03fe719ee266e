// Every command of the practices has a verb that gives it, with arguments as the schema names them.
#include "cli/command_line.h"
#include "cli/engine.h"
#include "tests/cli/desk.h"

namespace attune::cli {
namespace {

using Words = std::vector<std::string>;

/// An item by a name, as long as an id.
std::string item(std::string name) {
  name.resize(22, 'A');
  return name;
}

const std::map<std::string, Words>& lines() {
  static const std::map<std::string, Words> kLines{
      {"cherish.thank", {"thank", "--did", "You rang back"}},
      {"cherish.keep", {"thank", "--keep", "--did", "You rang back"}},
      {"cherish.send-kept", {"send", item("kept")}},
      {"cherish.edit", {"edit", item("thanks"), "--felt", "Lighter"}},
      {"cherish.answer", {"answer", item("thanks"), "--tap", "warmed"}},
      {"cherish.hide-span", {"jar", "hide", "2025-02-01", "2025-02-14"}},
      {"cherish.show-span", {"jar", "show", item("span")}},
      {"feelings.note", {"feel", "tired", "worried", "--line", "The visit"}},
      {"feelings.share", {"feel", "glad-proud", "--share", "just-so-you-know"}},
      {"feelings.answer", {"answer", item("feeling"), "--response", "holding", "Come", "here"}},
      {"gestures.say", {"gestures", "say", "ge-tea", "not-now"}},
      {"gestures.add", {"gestures", "add", "A nap on my shoulder", "sometimes"}},
      {"gestures.show-kept", {"gestures", "show"}},
      {"goodnews.share", {"news", "share", "work", "They", "liked", "the", "plan"}},
      {"goodnews.ask",
       {"news", "ask", item("news"), "--question", "nq-work-1", "--question", "nq-work-2", "And", "you"}},
      {"goodnews.tell", {"news", "tell", item("news"), "On", "the", "stairs"}},
      {"goodnews.tonight", {"news", "tonight", item("news")}},
      {"goodnews.talked", {"news", "talked", item("news")}},
      {"goodnews.felt-good", {"news", "felt-good", item("news")}},
      {"letters.seal", {"letter", "write", "2026-01-01", "--held-by-me", "When", "you", "read", "this"}},
      {"letters.withdraw", {"letter", "withdraw", item("letter")}},
      {"noticed.notice", {"notice", "ef-dishes"}},
      {"noticed.answer", {"answer", item("noticed"), "Any", "time"}},
      {"noticed.add-effort", {"notice", "add", "You", "water", "the", "herbs"}},
      {"noticed.list-effort", {"notice", "hide", "ef-bins"}},
      {"openup.offer", {"ask", "ou-004"}},
      {"openup.answer", {"answer", item("question"), "The", "harbour"}},
      {"openup.pass", {"answer", item("question"), "--pass"}},
      {"openup.write", {"answer", "ou-004", "The", "harbour"}},
      {"openup.send-written", {"send", item("written")}},
      {"touches.send", {"touch", "love", "lo-plain"}},
      {"touches.feel", {"touch"}},
      {"touches.mute", {"touch", "quiet", "12"}},
  };
  return kLines;
}

class EveryCommand : public VerbTest {
 protected:
  EveryCommand() : schema_(parse_json(schema_text())) {
    reachable();
    const auto one = [](const std::string& name, bool mine = false) {
      return Json{{"item", item(name)}, {"by_me", mine}, {"opened", true}, {"taken_back", "no"}, {"at", at_evening()}};
    };
    auto& views = engine_->views;
    views["cherish"] = {{"thanks", {one("thanks")}}, {"kept", {one("kept")}}};
    views["openup"] = {{"questions", {one("question")}}, {"written", {one("written")}}};
    views["feelings"] = {{"shared", {one("feeling")}}, {"noted", Json::array()}};
    views["noticed"] = {{"noticed", {one("noticed")}}, {"own", Json::array()}};
    views["goodnews"] = {{"news", {one("news")}}};
    Json letter = one("letter", true);
    letter["state"] = "held";
    views["letters"] = {{"letters", {letter}}};
    views["touches"] = {{"touches", {{{"item", item("touch")}, {"touch", "hug"}, {"by_me", false}, {"felt", false}}}}};
    views["jar"] = {{"entries", Json::array()}, {"hidden", {{{"item", item("span")}, {"from", 1}, {"to", 2}}}}};
  }

  /// The arguments this command was given by a line. Discarded: it was not given.
  Json given(const std::string& command, const Words& words) {
    auto line = read_command_line(words);
    if (!line) return Json(Json::value_t::discarded);
    args_ = line->args;
    diary_.clear();
    const auto ended = run(line->verb);
    EXPECT_EQ(ended, Exit::done) << testing::PrintToString(words) << (ended ? "" : ended.error().code);
    const std::string start = "command " + command + " ";
    const auto found = std::ranges::find_if(diary_, [&](const std::string& entry) { return entry.starts_with(start); });
    return found == diary_.end() ? Json(Json::value_t::discarded) : parse_json(found->substr(start.size()));
  }

  /// Whether a value is one of those that an enumeration of the schema has; anything else fits.
  bool fits(const Json& value, Json schema) {
    if (at(schema, "anyOf").is_array()) schema = at(schema, "anyOf")[0];
    const std::string name =
        text_at(schema, "$ref").substr(0, 8) == "#/$defs/" ? text_at(schema, "$ref").substr(8) : "";
    const Json& values = at(at(at(schema_, "$defs"), name), "enum");
    return !values.is_array() || std::ranges::find(values, value) != values.end();
  }

  Json schema_;
};

TEST_F(EveryCommand, OfThePracticesIsGivenByAVerb) {
  std::size_t walked = 0;
  for (const Json& command : list_at(schema_, "commands")) {
    const std::string name = text_at(command, "name");
    const std::string practice = name.substr(0, name.find('.'));
    // Those of a space and of devices have verbs that ask first, and listening has steps and tests of its own.
    if (practice == "space" || practice == "signal" || practice == "listen") continue;
    const auto line = lines().find(name);
    ASSERT_NE(line, lines().end()) << name << " has no verb";
    const Json args = given(name, line->second);
    ASSERT_TRUE(args.is_object()) << name << " was not given by " << testing::PrintToString(line->second);
    const Json& schema = at(command, "args");
    for (const auto& [key, value] : args.items()) {
      ASSERT_TRUE(at(schema, "properties").contains(key)) << name << " knows no " << key;
      EXPECT_TRUE(fits(value, at(at(schema, "properties"), key))) << name << " " << key << " " << value;
    }
    for (const Json& key : list_at(schema, "required")) EXPECT_TRUE(args.contains(key)) << name << " needs " << key;
    ++walked;
  }
  EXPECT_EQ(walked, lines().size()) << "a line for a command that there is not";
}

TEST_F(EveryCommand, IsGivenWhatStandsOnTheLine) {
  const auto args = [&](const char* name) { return given(name, lines().at(name)).dump(); };
  EXPECT_EQ(args("feelings.note"), R"({"feelings":["low-tired","uneasy-worried"],"line":"The visit"})");
  EXPECT_EQ(args("goodnews.ask"),
            R"({"item":")" + item("news") + R"(","questions":["nq-work-1","nq-work-2"],"words":"And you"})");
  EXPECT_EQ(args("touches.send"), R"({"touch":"love","words":"I love you."})");
  EXPECT_EQ(args("touches.mute").substr(0, 17), R"({"until":17411618)") << "twelve hours from now";
  EXPECT_EQ(args("letters.seal"),
            R"({"text":"When you read this","opens":{"ms":1767222000000,"offset":60},"held_by_me":true})");
  EXPECT_EQ(args("cherish.hide-span"), R"({"from":1738364400000,"to":1739573999999})") << "both days with it";
}

TEST_F(EveryCommand, TakesWordsThatAreAlsoNamesOfSteps) {
  EXPECT_EQ(given("noticed.notice", {"notice", "how", "you", "show", "and", "add", "--offline"}).dump(),
            R"({"words":"how you show and add"})");
  EXPECT_EQ(given("touches.send", {"--offline", "touch", "love", "be", "quiet", "with", "me"}).dump(),
            R"({"touch":"love","words":"be quiet with me"})");
  EXPECT_EQ(given("noticed.notice", {"--home", "notice", "notice", "add-ons", "hide"}).dump(),
            R"({"words":"add-ons hide"})");
  EXPECT_EQ(given("noticed.add-effort", {"notice", "add", "tell", "hide"}).dump(), R"({"text":"tell hide"})");
}

}  // namespace
}  // namespace attune::cli
