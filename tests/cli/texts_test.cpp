#include "cli/texts.h"

#include <gtest/gtest.h>

#include <regex>

#include "cli/command_line.h"
#include "tests/cli/support.h"

namespace attune::cli {
namespace {

namespace fs = std::filesystem;

/// What a regular expression's first group finds in the shell's sources.
std::set<std::string> found_in_sources(const std::string& pattern) {
  std::set<std::string> found;
  const std::regex wanted(pattern);
  for (const auto& file : fs::recursive_directory_iterator(fs::path(ATTUNE_SOURCE_DIR) / "cli")) {
    if (file.path().extension() != ".cpp") continue;
    const std::string source = content_of(file.path());
    for (std::sregex_iterator it(source.begin(), source.end(), wanted), end; it != end; ++it) found.insert((*it)[1]);
  }
  return found;
}

TEST(Texts, ThereIsOneForEveryKeyThatTheShellNames) {
  const Texts texts("en");
  const auto keys = found_in_sources(R"re((?:say|ask|ask_lines|ask_yes|words_of)\((?:desk, )?"([a-z0-9.-]+)")re");
  EXPECT_GT(keys.size(), 40U);
  for (const std::string& key : keys) {
    if (!key.ends_with('.')) EXPECT_TRUE(texts.has(key)) << key;  // the rest of such a key is named by a view
  }
  for (const std::string& key : found_in_sources(R"re(count\("([a-z0-9.-]+)")re")) {
    EXPECT_TRUE(texts.has(key + ".one")) << key;
    EXPECT_TRUE(texts.has(key + ".other")) << key;
  }
  for (const std::string& key : help_keys()) EXPECT_TRUE(texts.has(key)) << key;
}

TEST(Texts, ThereIsASentenceForEveryTroubleOfTheShell) {
  const Texts texts("en");
  const auto codes = found_in_sources(R"re(trouble\("([a-z0-9-]+)")re");
  EXPECT_GT(codes.size(), 20U);
  for (const std::string& code : codes) {
    if (!code.ends_with("-")) EXPECT_TRUE(texts.has("error." + code + ".what")) << code;
  }
  for (const char* end : {"expired", "declined", "second-request", "different-words", "cancelled", "bad-request"}) {
    EXPECT_TRUE(texts.has(std::string("error.invitation-") + end + ".what")) << end;
  }
  for (const char* end : {"link-short", "link-altered", "link-used", "link-expired", "link-unknown", "declined",
                          "different-words", "refused", "no-answer"}) {
    EXPECT_TRUE(texts.has(std::string("error.joining-") + end + ".what")) << end;
  }
  for (const char* code : {"server-unreachable", "server-is-none", "server-untrusted", "slow-down", "bad-address"}) {
    EXPECT_TRUE(texts.has(std::string("error.") + code + ".what")) << code;
  }
}

TEST(Texts, ThereIsOneForEveryKindThatViewsName) {
  const Texts texts("en");
  for (const char* key : {"today.thanks",
                          "today.question",
                          "today.answers",
                          "today.offers",
                          "since.thanks",
                          "since.thanks-answered",
                          "since.thanks-edited",
                          "since.taken-back",
                          "since.partner-joined",
                          "since.answers-opened",
                          "today.listening",
                          "since.listening-declined",
                          "since.listened",
                          "today.suggest.thank",
                          "today.suggest.question",
                          "today.suggest.invite",
                          "today.suggest.phrase",
                          "today.first.thank",
                          "today.first.answer",
                          "today.first.phrase",
                          "question.offered",
                          "question.mine-sealed",
                          "question.not-opened",
                          "question.opening",
                          "question.opened",
                          "question.withheld",
                          "question.mine",
                          "question.theirs",
                          "reply.landed",
                          "reply.warmed",
                          "reply.smiled",
                          "thank.did",
                          "thank.says",
                          "thank.felt",
                          "ask.did",
                          "ask.says",
                          "ask.felt",
                          "month.12",
                          "weekday.6",
                          "openup.depth.3",
                          "devices.phrase"}) {
    EXPECT_TRUE(texts.has(key)) << key;
  }
}

TEST(Texts, NoSentenceOfAPersonIsALiteralOfTheShell) {
  // Three words and a full stop, in quotes: what a sentence looks like.
  const auto sentences = found_in_sources(R"re("([A-Z][a-z]+ [a-z]+ [^"\n]*\.)")re");
  EXPECT_TRUE(sentences.empty()) << *sentences.begin();
}

TEST(Texts, NameThePartnerAtTheStartAndInside) {
  Texts texts("en");
  EXPECT_EQ(texts.say("since.taken-back"), "Your partner took something back");
  EXPECT_EQ(texts.say("since.thanks"), "A thank-you from your partner");
  texts.set_partner("kim");
  EXPECT_EQ(texts.say("since.taken-back"), "kim took something back");
}

TEST(Texts, CountOneAndMany) {
  const Texts texts("en");
  EXPECT_NE(texts.count("sync.on-device", 1), texts.count("sync.on-device", 2));
  EXPECT_TRUE(texts.count("sync.on-device", 12).contains("12"));
}

TEST(Texts, FallBackToEnglish) { EXPECT_EQ(Texts("tlh").say("sync.safe"), Texts("en").say("sync.safe")); }

TEST(Texts, ExplainEvenACodeTheyDoNotKnow) {
  const auto sentences = Texts("en").explain({"brand-new-code", {}});
  ASSERT_FALSE(sentences.empty());
  EXPECT_TRUE(sentences[0].contains("brand-new-code"));
}

TEST(Texts, FillInWhatATroubleNames) {
  const auto sentences = Texts("en").explain({"home-in-use", {{"path", "/home/kim/attune"}}});
  EXPECT_TRUE(sentences[0].contains("/home/kim/attune"));
}

TEST(Texts, HoldTheDeck) {
  const Texts texts("en");
  ASSERT_GE(texts.prompts().size(), 30U);
  EXPECT_EQ(texts.prompt(texts.prompts()[3].id), texts.prompts()[3].text);
  EXPECT_EQ(texts.prompt("ou-999"), texts.say("prompt.newer"));
}

TEST(Texts, HoldTheTablesOfTheOtherPractices) {
  const Texts texts("en");
  for (const Table table : {Table::families, Table::feelings, Table::efforts, Table::gestures, Table::loves,
                            Table::touches, Table::news, Table::questions}) {
    EXPECT_GE(texts.table(table).size(), 5U);
    for (const Named& one : texts.table(table)) {
      EXPECT_FALSE(one.text.empty()) << one.id;
      EXPECT_EQ(texts.named(table, one.id), one.text);
    }
    EXPECT_EQ(texts.named(table, "of-a-newer-one"), "of-a-newer-one");
  }
  for (const Named& one : texts.table(Table::feelings)) {
    EXPECT_NE(texts.find(Table::families, one.group), nullptr) << one.id;
  }
  for (const Named& one : texts.table(Table::questions)) EXPECT_NE(texts.find(Table::news, one.group), nullptr);
  for (const char* touch : {"squeeze", "hug", "kiss", "love", "thought"}) {
    EXPECT_TRUE(texts.arrives(touch).starts_with("Your partner")) << touch;
  }
  EXPECT_EQ(texts.feeling("glad"), texts.named(Table::families, "glad"));
}

TEST(Texts, ThereIsOneForEveryKindOfTheOtherPractices) {
  const Texts texts("en");
  for (const char* kind : {"feeling", "noticed", "good-news", "tonight", "letter"}) {
    EXPECT_TRUE(texts.has(std::string("today.") + kind)) << kind;
  }
  for (const char* kind :
       {"feeling-answered", "noticed-answered", "good-news-asked", "good-news-told", "letter-closed"}) {
    EXPECT_TRUE(texts.has(std::string("since.") + kind)) << kind;
  }
  for (const char* kind : {"thanks", "noticed", "good-news", "letter"}) {
    for (const char* whose : {".by-you", ".by-other"}) EXPECT_TRUE(texts.has(std::string("story.") + kind + whose));
  }
  for (const char* kind : {"thanks", "kept", "noticed"}) EXPECT_TRUE(texts.has(std::string("jar.is.") + kind)) << kind;
  for (const char* wish : {"just-so-you-know", "ask-me", "hold-me"}) {
    for (const char* whose : {".mine", ".theirs"}) EXPECT_TRUE(texts.has(std::string("feel.wish.") + wish + whose));
  }
  for (const char* response : {"here", "asking", "holding"}) {
    EXPECT_TRUE(texts.has(std::string("feel.response.") + response)) << response;
  }
  for (const char* liking : {"love", "sometimes", "not-now"}) {
    EXPECT_TRUE(texts.has(std::string("gestures.liking.") + liking)) << liking;
  }
  for (const Named& one : texts.table(Table::efforts)) EXPECT_TRUE(texts.has("notice.group." + one.group)) << one.id;
  for (const Named& one : texts.table(Table::gestures)) EXPECT_TRUE(texts.has("gestures.group." + one.group)) << one.id;
  for (const char* state : {"held.mine", "closed.mine", "closed.theirs", "ready.theirs", "open.mine", "open.theirs"}) {
    EXPECT_TRUE(texts.has(std::string("list.letter.") + state)) << state;
  }
}

}  // namespace
}  // namespace attune::cli
