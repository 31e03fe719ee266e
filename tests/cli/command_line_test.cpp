#include "cli/command_line.h"

#include <gtest/gtest.h>

#include <sstream>

#include "cli/verb_table.h"

namespace attune::cli {
namespace {

using Words = std::vector<std::string>;

TEST(CommandLine, TakesOptionsBeforeAndBehindTheVerb) {
  for (const Words& words : {Words{"--json", "--home", "/x", "today"}, Words{"today", "--home", "/x", "--json"}}) {
    const auto line = read_command_line(words);
    ASSERT_TRUE(line);
    EXPECT_EQ(line->args.verb, "today");
    EXPECT_TRUE(line->args.json);
    EXPECT_EQ(line->args.home, "/x");
    EXPECT_TRUE(line->needs_space);
  }
}

TEST(CommandLine, ReadsAnAnswerWithAndWithoutQuotes) {
  const auto loose = read_command_line({"answer", "2", "the", "old", "harbour"});
  ASSERT_TRUE(loose);
  EXPECT_EQ(loose->args.target, "2");
  EXPECT_EQ(loose->args.words, (Words{"the", "old", "harbour"}));
  const auto quoted = read_command_line({"answer", "2", "the old harbour"});
  ASSERT_TRUE(quoted);
  EXPECT_EQ(quoted->args.words, (Words{"the old harbour"}));
}

TEST(CommandLine, ReadsTextThatBeginsWithADash) {
  const auto line = read_command_line({"thank", "--did=-- you rang back"});
  ASSERT_TRUE(line);
  EXPECT_EQ(line->args.did, "-- you rang back");
}

TEST(CommandLine, ReadsAnItemThatBeginsWithADash) {
  for (const char* item : {"-UZ_93D6tGFmbvskK8DNdw", "-hZ_93D6tGFmbvskK8DNdA", "--json3D6tGFmbvskK8DNQ"}) {
    const auto line = read_command_line({"--json", "open", item, "--offline"});
    ASSERT_TRUE(line) << item;
    EXPECT_EQ(line->args.target, item);
    EXPECT_EQ(line->wants, CommandLine::Wants::verb);
  }
  const auto answer = read_command_line({"answer", "-UZ_93D6tGFmbvskK8DNdw", "the", "old", "harbour"});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->args.target, "-UZ_93D6tGFmbvskK8DNdw");
  EXPECT_EQ(answer->args.words, (Words{"the", "old", "harbour"}));
  const auto two = read_command_line({"open", "3", "-UZ_93D6tGFmbvskK8DNdw"});
  ASSERT_FALSE(two);
  EXPECT_EQ(two.error().code, "usage-option");
}

TEST(CommandLine, NamesWhatItDoesNotKnow) {
  const auto verb = read_command_line({"dance"});
  ASSERT_FALSE(verb);
  EXPECT_EQ(verb.error().code, "usage-verb");
  EXPECT_EQ(verb.error().with.at("what"), "dance");
  const auto option = read_command_line({"thank", "--loudly"});
  ASSERT_FALSE(option);
  EXPECT_EQ(option.error().code, "usage-option");
  EXPECT_EQ(option.error().with.at("what"), "--loudly");
  const auto missing = read_command_line({"thank", "--did"});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, "usage-incomplete");
}

TEST(CommandLine, HelpsWithEveryVerb) {
  const Texts texts("en");
  for (const char* verb :
       {"",       "start", "invite", "join",      "decline", "words", "approve", "recover", "today", "thank", "ask",
        "answer", "open",  "send",   "take-back", "listen",  "sync",  "watch",   "do",      "show",  "schema"}) {
    const auto line = read_command_line(*verb == '\0' ? Words{"--help"} : Words{verb, "--help"});
    ASSERT_TRUE(line) << verb;
    EXPECT_EQ(line->wants, CommandLine::Wants::help) << verb;
    std::ostringstream out;
    Paper paper(out, 80, false);
    print_help(paper, texts, line->args.verb);
    EXPECT_TRUE(out.str().contains(std::string("attune ") + verb)) << out.str();
    EXPECT_FALSE(out.str().contains("option.")) << out.str();
    EXPECT_FALSE(out.str().contains("argument.")) << out.str();
    EXPECT_FALSE(out.str().contains("verb.")) << out.str();
  }
}

TEST(CommandLine, KnowsTheStepsOfAVerbAndHelpsWithEach) {
  const Texts texts("en");
  for (const char* step : {"propose",  "topic",   "agree",   "decline", "postpone",   "ready",   "here",    "piece",
                           "say-back", "confirm", "smaller", "more",    "make-sense", "imagine", "feeling", "time-out",
                           "stop",     "thank",   "idea",    "keep",    "understood", "show"}) {
    const auto line = read_command_line({"listen", step, "--help"});
    ASSERT_TRUE(line) << step;
    EXPECT_EQ(line->wants, CommandLine::Wants::help) << step;
    EXPECT_EQ(line->args.verb, std::string("listen ") + step);
    std::ostringstream out;
    Paper paper(out, 80, false);
    print_help(paper, texts, line->args.verb);
    EXPECT_TRUE(out.str().starts_with(std::string("attune listen ") + step)) << out.str();
    for (const char* key : {"option.", "argument.", "step.", "value."}) EXPECT_FALSE(out.str().contains(key)) << step;
    std::ostringstream all;
    Paper list(all, 80, false);
    print_help(list, texts, "listen");
    EXPECT_TRUE(all.str().contains(std::string("  ") + step + " ")) << all.str();
  }
}

TEST(CommandLine, HelpsWithEveryVerbThatHasStepsAndEachOfThem) {
  const Texts texts("en");
  for (const Spec& spec : specs()) {
    std::vector<std::string> names{spec.name};
    for (const Spec& step : spec.steps) names.push_back(std::string(spec.name) + " " + step.name);
    for (const std::string& name : names) {
      std::ostringstream out;
      Paper paper(out, 80, false);
      print_help(paper, texts, name);
      EXPECT_TRUE(out.str().starts_with("attune " + name)) << out.str();
      for (const char* key : {"option.", "argument.", "step.", "verb.", "value."}) {
        EXPECT_FALSE(out.str().contains(key)) << name << out.str();
      }
    }
  }
}

TEST(CommandLine, ReadsWordsBehindAStepThatAreAlsoNamesOfSteps) {
  const auto line = read_command_line({"listen", "piece", "stop", "the", "today", "show", "--json"});
  ASSERT_TRUE(line);
  EXPECT_EQ(line->args.verb, "listen piece");
  EXPECT_EQ(line->args.words, (Words{"stop", "the", "today", "show"}));
  EXPECT_TRUE(line->args.json);
  const auto confirm = read_command_line({"listen", "confirm", "almost", "the", "last", "part"});
  ASSERT_TRUE(confirm);
  EXPECT_EQ(confirm->args.target, "almost");
  EXPECT_EQ(confirm->args.words, (Words{"the", "last", "part"}));
}

TEST(CommandLine, NamesWhatAStepDoesNotKnow) {
  const auto step = read_command_line({"listen", "louder"});
  ASSERT_FALSE(step);
  EXPECT_EQ(step.error().code, "usage-option");
  EXPECT_EQ(step.error().with.at("verb"), " listen");
  const auto option = read_command_line({"listen", "agree", "--minutes", "5"});
  ASSERT_FALSE(option);
  EXPECT_EQ(option.error().with.at("what"), "--minutes");
  EXPECT_EQ(option.error().with.at("verb"), " listen agree");
  const auto minutes = read_command_line({"listen", "time-out", "--minutes", "soon"});
  ASSERT_FALSE(minutes);
  EXPECT_EQ(minutes.error().code, "usage-incomplete");
  EXPECT_EQ(minutes.error().with.at("verb"), " listen time-out");
}

TEST(CommandLine, WithoutAVerbItHelps) { EXPECT_EQ(read_command_line({})->wants, CommandLine::Wants::help); }

}  // namespace
}  // namespace attune::cli
