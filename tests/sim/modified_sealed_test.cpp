// Sealed answers against a partner with a modified client: they hold the real keys and do as they like. What they can
// not do is shown here; what remains possible to them (committing rubbish, withholding) is shown to be visible.
#include <gtest/gtest.h>

#include "sim/invariants.h"
#include "tests/sim/by_hand.h"

namespace attune::sim {
namespace {

const Said* find_said(const std::vector<Said>& all, std::string_view kind, std::uint8_t person) {
  for (const Said& said : all) {
    if (said.kind == kind && said.person == person) return &said;
  }
  return nullptr;
}

/// Opens the box of a sealed answer with the keys somebody holds.
std::optional<std::string> open_box(const Inside& holder, std::uint8_t whose, const Said& sealed) {
  space::Committed::Content content;
  log::EventId q;
  Hash c;
  if (!schema::read(sealed.content, content) || !schema::read(sealed.fields["q"], q) ||
      !schema::read(sealed.fields["c"], c)) {
    return std::nullopt;
  }
  const auto inside = space::reopen(sealing_of(holder, whose), q, c, content, content.at);
  if (!inside) return std::nullopt;
  return std::string(as_text(inside->answer));
}

constexpr std::string_view kSecret = "I was afraid you would laugh";

TEST(ModifiedPartner, CanNotReadASealedAnswerBeforeCommitting) {
  Pair couple(1);
  const std::string item = couple.offer();
  couple.noa.must("openup.answer", {{"question", item}, {"text", kSecret}});
  couple.world.settle();
  const Inside sam = look_inside(couple.sam);
  const Inside noa = look_inside(couple.noa);
  const std::string encoded = crypto::to_base64(as_bytes(kSecret));
  const std::string before = readable_text(sam);
  EXPECT_FALSE(before.contains(kSecret));
  EXPECT_FALSE(before.contains(encoded));
  const auto said = everything_said(*sam.ours, wire::StreamKind::ours);
  const Said* sealed = find_said(said, "sealed.committed", 1);
  ASSERT_NE(sealed, nullptr);
  EXPECT_EQ(open_box(sam, 1, *sealed), std::nullopt);
  EXPECT_EQ(open_box(sam, 0, *sealed), std::nullopt);
  EXPECT_EQ(open_box(noa, 1, *sealed), kSecret);  // its own author can, so there was something to read
  couple.sam.must("openup.answer", {{"question", item}, {"text", "So was I"}});
  couple.world.settle();
  EXPECT_TRUE(readable_text(look_inside(couple.sam)).contains(encoded));
}

TEST(ModifiedPartner, CanNotChangeACommittedAnswer) {
  Pair couple(2);
  const std::string item = couple.offer();
  couple.sam.go_offline();
  commit_by_hand(couple, item, "What I sealed");
  couple.world.settle();
  couple.noa.must("openup.answer", {{"question", item}, {"text", kSecret}});
  couple.world.settle();
  EXPECT_EQ(couple.question(couple.noa, item)["state"], "opening");
  open_by_hand(couple, item, "What I wish I had sealed", Bytes(32, 7));
  couple.world.settle();
  const Json seen = couple.question(couple.noa, item);
  EXPECT_EQ(seen["state"], "withheld") << seen.dump();
  EXPECT_TRUE(seen["theirs"].is_null());
  EXPECT_EQ(seen["mine"], kSecret);
}

TEST(ModifiedPartner, AnOpeningBeforeBothAreSealedIsVoid) {
  Pair couple(3);
  const std::string item = couple.offer();
  couple.sam.go_offline();
  commit_by_hand(couple, item, "What I sealed");
  couple.world.settle();
  open_by_hand(couple, item, "Read this first", Bytes(32, 7));
  couple.world.settle();
  EXPECT_EQ(couple.question(couple.noa, item)["state"], "offered");
  EXPECT_TRUE(couple.question(couple.noa, item)["theirs"].is_null());
  couple.noa.must("openup.answer", {{"question", item}, {"text", kSecret}});
  couple.world.settle();
  // The early opening does not count now either: the other's envelope is still on its way.
  EXPECT_EQ(couple.question(couple.noa, item)["state"], "opening");
  EXPECT_TRUE(couple.question(couple.noa, item)["theirs"].is_null());
  EXPECT_FALSE(opened_early(couple.noa).empty());  // and whoever looks at the log finds it
  // Sam's own phone, unmodified, opens what was sealed.
  couple.sam.go_online();
  couple.world.run_for(120'000);
  EXPECT_EQ(couple.question(couple.noa, item)["state"], "opened");
  EXPECT_EQ(couple.question(couple.noa, item)["theirs"], "What I sealed");
}

TEST(ModifiedPartner, ASecondCommitDoesNotReplaceTheFirst) {
  Pair couple(4);
  const std::string item = couple.offer();
  couple.noa.must("openup.answer", {{"question", item}, {"text", kSecret}});
  couple.sam.must("openup.answer", {{"question", item}, {"text", "First"}});
  couple.world.settle();
  couple.sam.go_offline();
  const Hash second = commit_by_hand(couple, item, "Second thoughts");
  couple.world.settle();
  const Json seen = couple.question(couple.noa, item);
  EXPECT_EQ(seen["state"], "opened");
  EXPECT_EQ(seen["theirs"], "First");
  EXPECT_TRUE(readable_text(look_inside(couple.noa)).contains(crypto::to_base64(second.view())));
}

}  // namespace
}  // namespace attune::sim
