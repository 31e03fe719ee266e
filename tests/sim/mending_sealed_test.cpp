// Sealed answers where the history has become two.
#include <gtest/gtest.h>

#include "tests/sim/two_histories.h"

namespace attune::sim {
namespace {

TEST(Mending, AnAnswerThatWasSealedAndNotOpenedByBothStaysShutAndIsKeptByItsAuthor) {
  std::string item;
  TwoHistories scene(917, 1, [&](Pair& couple) {
    item = couple.offer();
    couple.sam.must("openup.answer", {{"question", item}, {"text", "Sealed by Sam before"}});
    couple.world.settle();
  });
  Pair& couple = scene.couple;
  // In Noa's history both have answered: Sam's phone is away, so only Noa's seal is there.
  couple.noa.must("openup.answer", {{"question", item}, {"text", "Sealed by Noa behind it"}});
  couple.world.settle();
  scene.meet();
  couple.sam.must("space.mend");
  couple.world.settle();
  confirm(couple.noa);
  couple.world.run_for(2 * kHour);
  for (Device* device : {&couple.sam, &couple.noa}) {
    const Json question = couple.question(*device, item);
    EXPECT_EQ(question["state"], "not-opened") << device->name();
    EXPECT_EQ(question["theirs"], nullptr) << device->name();
    EXPECT_EQ(device->command("openup.answer", {{"question", item}, {"text", "Again"}})["code"],
              device == &couple.sam ? "already-sealed" : "question-left-behind");
  }
  // Nothing of either is opened, whatever else is said.
  couple.world.run_for(5 * kHour);
  for (Device* device : {&couple.sam, &couple.noa}) {
    EXPECT_EQ(couple.question(*device, item)["theirs"], nullptr);
    const Json kept = device->see("openup")["written"];
    ASSERT_EQ(kept.size(), 1U) << device->name();
    EXPECT_EQ(kept[0]["text"], device == &couple.sam ? "Sealed by Sam before" : "Sealed by Noa behind it");
    EXPECT_EQ(device->see("offers")["offers"].size(), 2U);
  }
  // Asked again, it is a new question, sealed for the new stream.
  const std::string again = couple.offer();
  couple.sam.must("openup.answer", {{"question", again}, {"text", "Now then"}});
  couple.noa.must("openup.answer", {{"question", again}, {"text", "And mine"}});
  couple.world.run_for(kMinute);
  EXPECT_EQ(couple.question(couple.sam, again)["state"], "opened");
  EXPECT_EQ(couple.question(couple.sam, again)["theirs"], "And mine");
}

TEST(Mending, AnswersThatBothHadOpenedStayOpen) {
  std::string item;
  TwoHistories scene(918, 1, [&](Pair& couple) {
    item = couple.offer();
    couple.sam.must("openup.answer", {{"question", item}, {"text", "Sam's"}});
    couple.noa.must("openup.answer", {{"question", item}, {"text", "Noa's"}});
    couple.world.settle();
  });
  Pair& couple = scene.couple;
  scene.meet();
  couple.sam.must("space.mend");
  couple.world.settle();
  confirm(couple.noa);
  couple.world.run_for(2 * kHour);
  EXPECT_EQ(couple.question(couple.sam, item)["state"], "opened");
  EXPECT_EQ(couple.question(couple.sam, item)["theirs"], "Noa's");
  EXPECT_EQ(couple.question(couple.noa, item)["theirs"], "Sam's");
}

TEST(Mending, AnUnansweredQuestionFromBeforeTellsNobodyWhetherTheOtherHadSealed) {
  std::string item;
  TwoHistories scene(919, 1, [&](Pair& couple) { item = couple.offer(); });
  Pair& couple = scene.couple;
  scene.meet();
  couple.sam.must("space.mend");
  couple.world.settle();
  confirm(couple.noa);
  couple.world.run_for(2 * kHour);
  for (Device* device : {&couple.sam, &couple.noa}) {
    EXPECT_EQ(couple.question(*device, item)["state"], "not-opened");
  }
}

}  // namespace
}  // namespace attune::sim
