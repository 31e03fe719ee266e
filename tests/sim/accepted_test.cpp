// The simulator's book of what screens have accepted: it misses what is lost, and nothing else.
#include "sim/accepted.h"

#include <gtest/gtest.h>

#include "tests/sim/pair.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kHour = 3'600'000;

struct Book {
  Pair couple;
  Accepted accepted;

  explicit Book(std::uint64_t seed) : couple(seed) {}
  /// Noa asks for this, and the book is told.
  Json ask(std::string command, Json args, std::int64_t hold_ms = 0) {
    Json reply = couple.noa.command(command, args, hold_ms);
    accepted.note(
        1, couple.noa,
        {.asked = {.command = std::move(command), .args = std::move(args), .can_wait = true}, .reply = reply});
    return reply;
  }
  Violations nowhere() {
    const Inside sam = look_inside(couple.sam);
    const Inside noa = look_inside(couple.noa);
    return accepted.nowhere({&sam, &noa});
  }
};

/// Noa seals an answer and takes that back at once; power fails so many effects after the tap. Was it undone?
bool undone_as_power_failed(std::size_t effects) {
  SCOPED_TRACE("after " + std::to_string(effects));
  Book book(100 + effects);
  Device& noa = book.couple.noa;
  const std::string question = book.couple.offer();
  const Json id =
      book.ask("openup.answer", {{"question", question}, {"text", "On second thought"}}, 5'000)["value"]["command"];
  noa.lose_power_after(effects);
  book.ask("space.undo", {{"command", id}});
  const bool died = !noa.running();
  noa.lose_power_after(std::nullopt);
  noa.restart();
  book.couple.world.run_for(kHour);
  EXPECT_EQ(book.nowhere(), Violations{});
  return died && book.couple.question(noa, question)["mine"].is_null();
}

TEST(AcceptedBook, WhatAPhoneDiedUndoingIsNotMissed) {
  bool undone = false;
  for (std::size_t effects = 0; effects < 4; ++effects) undone = undone_as_power_failed(effects) || undone;
  EXPECT_TRUE(undone);
}

TEST(AcceptedBook, WhatIsLostIsMissed) {
  Book book(110);
  book.ask("cherish.thank", {{"did", "You waited"}, {"says", ""}, {"felt", ""}}, 5'000);
  EXPECT_EQ(book.nowhere(), Violations{"Noa: cherish.thank was accepted, and is nowhere"});
  book.couple.world.run_for(kHour);
  EXPECT_EQ(book.nowhere(), Violations{});
}

}  // namespace
}  // namespace attune::sim
