// Two people at two terminals and a real server.
#pragma once

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

}  // namespace attune::cli
