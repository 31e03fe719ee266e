#include "cli/command_line.h"

#include <gtest/gtest.h>

#include <sstream>

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
       {"",    "start",  "invite", "join", "decline",   "words", "approve", "recover", "today", "thank",
        "ask", "answer", "open",   "send", "take-back", "sync",  "watch",   "do",      "show",  "schema"}) {
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

TEST(CommandLine, WithoutAVerbItHelps) { EXPECT_EQ(read_command_line({})->wants, CommandLine::Wants::help); }

}  // namespace
}  // namespace attune::cli
