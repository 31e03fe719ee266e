#include "cli/paper.h"

#include <gtest/gtest.h>

#include <clocale>
#include <sstream>

namespace attune::cli {
namespace {

TEST(Paper, WrapsAtTheWidthOfTheTerminal) {
  std::ostringstream out;
  Paper paper(out, 24, false);
  paper.item("  1  ", "A thank-you from Sam, closed until you open it");
  EXPECT_EQ(out.str(), "  1  A thank-you from\n     Sam, closed until\n     you open it\n");
}

TEST(Paper, LeavesLinesWholeInAPipe) {
  std::ostringstream out;
  Paper paper(out, 0, false);
  const std::string text =
      "word and word and word and word and word and word and word and word and word and word and word";
  paper.text(text);
  EXPECT_EQ(out.str(), text + "\n");
}

TEST(Paper, KeepsTheLineEndsOfAnAnswer) {
  std::ostringstream out;
  Paper paper(out, 40, false);
  paper.text("One.\n\nTwo.", 4);
  EXPECT_EQ(out.str(), "    One.\n\n    Two.\n");
}

TEST(Paper, PutsTheHintBelowWhereThereIsNoRoomBeside) {
  std::ostringstream out;
  Paper paper(out, 30, false);
  paper.pair(" 1  ", "Short", "attune open 1");
  paper.pair(" 2  ", "Something that is longer", "attune open 2");
  EXPECT_EQ(out.str(), " 1  Short        attune open 1\n 2  Something that is longer\n    attune open 2\n");
}

TEST(Paper, LetsNobodySteerTheTerminal) {
  EXPECT_EQ(harmless("\x1b[2Jred\x1b]0;title\x07"), "[2Jred]0;title");
  EXPECT_EQ(harmless("csi \xc2\x9b"
                     "31m"),
            "csi 31m");
  EXPECT_EQ(harmless("over \xe2\x80\xae"
                     "txt"),
            "over txt");
  EXPECT_EQ(harmless("a\tb\nc\rd"), "a b\ncd");
  EXPECT_EQ(harmless("broken \xff\xe2\x28"), "broken \xef\xbf\xbd\xef\xbf\xbd(");
}

TEST(Paper, CountsColumnsAndNotBytes) {
  std::setlocale(LC_CTYPE, "C.UTF-8");
  EXPECT_EQ(columns("caf\u00e9"), 4);
  EXPECT_EQ(columns("\u65e5\u672c"), 4);
  EXPECT_EQ(columns("e\u0301"), 1);
}

}  // namespace
}  // namespace attune::cli
