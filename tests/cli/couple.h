// Two people at two terminals and a real server.
#pragma once

#include "cli/clock.h"
#include "cli/texts.h"
#include "tests/cli/program.h"

namespace attune::cli {

inline std::string words_in(const Json& view) {
  std::string out;
  for (const Json& word : list_at(view, "words")) out += word.get<std::string>() + " ";
  return out;
}

class CoupleTest : public testing::Test {
 protected:
  void SetUp() override { relay_.start(); }

  void start_both() {
    ann_.well({"start", "--name", "Ann", "--relay", relay_.address()});
    ann_.well({"invite"});
    const std::string link = text_at(ann_.view("invitation"), "link");
    ben_.run({"join", link});
    ben_.well({"join", "--yes", "--name", "Ben"});
    ann_.well({"words"});
    ben_.well({"words"});
  }
  void pair() {
    start_both();
    ASSERT_EQ(words_in(ann_.view("invitation")), words_in(ben_.view("joining")));
    ben_.well({"approve", "--yes"});
    ann_.well({"approve", "--yes"});
    ben_.well({"sync"});
    ASSERT_EQ(text_at(ann_.view("app"), "phase"), "paired");
    ASSERT_EQ(text_at(ben_.view("app"), "phase"), "paired");
  }
  /// How many things Ann has not got onto the server yet.
  std::int64_t kept_here(Person& person) { return number_at(at(person.view("app"), "sync"), "on_this_phone"); }
  std::string say(std::string_view key) const { return texts_.say(key); }

  Folder folder_;
  Texts texts_{"en"};
  Relay relay_{folder_ / "server"};
  Person ann_{folder_ / "ann", "Ann"};
  Person ben_{folder_ / "ben", "Ben"};
};

/// The same two, connected.
class PairedTest : public CoupleTest {
 protected:
  void SetUp() override {
    CoupleTest::SetUp();
    pair();
  }
  /// Refused with all of its sentences.
  void refused(Person& person, const std::vector<std::string>& words, const Trouble& trouble) {
    const Ended ended = person.run(words);
    EXPECT_EQ(ended.code, 1) << testing::PrintToString(words) << ended.out;
    const auto sentences = texts_.explain(trouble);
    EXPECT_GE(sentences.size(), 2U) << trouble.code;
    for (const std::string& sentence : sentences) {
      EXPECT_TRUE(ended.err.contains(sentence)) << testing::PrintToString(words) << sentence << ended.err;
    }
  }
  /// The line was understood, and something on it has the wrong form.
  void incomplete(Person& person, const std::vector<std::string>& words, const std::string& verb) {
    refused(person, words, {"usage-incomplete", {{"verb", " " + verb}}});
  }
  /// What a clock shows so many minutes from now.
  static std::string in_minutes(std::int64_t minutes) {
    return std::to_string(Clock().now().ms + minutes * 60'000) + "+0";
  }
  void expect_all(const std::string& printed, const std::vector<std::string>& parts) {
    for (const std::string& part : parts) EXPECT_TRUE(printed.contains(part)) << part << "\n" << printed;
  }
};

}  // namespace attune::cli
