// History given back to a relay that lost more of it than one append holds: what is shown with an append, and what is
// believed of that.
#include <functional>

#include "server/device.h"

namespace attune::tests {
namespace {

using namespace wire;

const Erase kErasesTwo{.skeletons = false, .positions = {2}, .blobs = {}};

// *Ours* of a phone and the other's phone, of which the relay holds the genesis and one event. Lost: the phone's event
// at 2, which the erase at 4 takes away; a laptop comes at 5, a phrase by the laptop at 6, by the phrase a fresh device
// at 7, whose event at 8 the erase of the phrase's newest device at 9 takes away.
struct Scene {
  World world;
  Log ours{world.phone, ours_genesis(world.phone, world.other)};

  Scene() {
    ours.event(world.phone);  // 1
    world.store_log(ours, world.phone);
    ours.event(world.phone);  // 2
    ours.event(world.other);  // 3
    ours.control(world.phone, kErasesTwo);  // 4
    ours.control(world.phone, adding(world.laptop, 0, self_of(0)));  // 5
    ours.control(world.laptop, phrase_of(world));  // 6
    ours.control(world.phrase, adding(world.fresh, 0, self_of(0)));  // 7
    ours.event(world.laptop);  // 8
    ours.control(world.fresh, Erase{.skeletons = false, .positions = {8}, .blobs = {}});  // 9
  }
  static Members phrase_of(const World& world) {
    Members out;
    out.adds = {member_of(world.phrase, 0, Role::phrase, self_of(0))};
    out.boxes = {box_for(world.phrase)};
    return out;
  }
  /// The records from `first` to `last`, contents that are erased by now left out, with these of the log shown.
  [[nodiscard]] Append given(std::uint64_t first, std::uint64_t last, const std::vector<std::size_t>& shown) const {
    std::vector<Record> records;
    for (std::uint64_t at = first; at <= last; ++at) {
      records.push_back(ours.at(at));
      if (at == 2 || at == 8) records.back().content.reset();
    }
    Append out = append_of(7, ours.id(), records);
    for (const std::size_t at : shown) out.ahead.push_back(encode(ours.at(at)));
    return out;
  }
  /// "stored", "moved" or the code.
  std::string answer(const Keys& keys, const Append& append) {
    Device device(world.relay, keys);
    device.arrive().send(append);
    for (const FromRelay& said : device.hear()) {
      if (std::holds_alternative<Stored>(said)) return "stored";
      if (std::holds_alternative<Moved>(said)) return "moved";
      if (const auto* refused = std::get_if<Refused>(&said)) return std::string(find_error(refused->code)->name);
    }
    return "nothing";
  }
};

TEST(GivenBack, AContentMayBeGoneIfTheEraseThatTookItIsShown) {
  Scene s;
  EXPECT_EQ(s.answer(s.world.other, s.given(2, 3, {4})), "stored");
  EXPECT_EQ(s.answer(s.world.other, s.given(4, 9, {})), "stored");
  Device other(s.world.relay, s.world.other);
  other.arrive().send(Follow{.stream = s.ours.id(), .from = 2});
  const auto batch = other.expect<Records>();
  ASSERT_EQ(batch.records.size(), 8U);
  EXPECT_FALSE(decode_record(batch.records[0])->content);
  EXPECT_EQ(batch.history, s.ours.history());
}

TEST(GivenBack, WhatIsShownIsNotStored) {
  Scene s;
  ASSERT_EQ(s.answer(s.world.phone, s.given(2, 3, {4, 5})), "stored");
  EXPECT_EQ(s.world.store.state().streams.at(s.ours.id()).stream.head, 3U);
  EXPECT_EQ(s.world.store.state().streams.at(s.ours.id()).stream.table.seat(s.world.laptop.sign), nullptr);
}

/// A control record like that at `at`, but for what `change` does to it.
Bytes forged(const Scene& s, std::size_t at, const Keys& author, const Control& what,
             const std::function<void(Record&)>& change = {}) {
  Record record = s.ours.at(at);
  record.header.author = author.sign;
  record.skeleton = encode(what);
  record.header.skeleton_length = static_cast<std::uint32_t>(record.skeleton->size());
  record.header.skeleton_hash = skeleton_hash(*record.skeleton);
  if (change) change(record);
  resign(record, author);
  return encode(record);
}

std::string with_ahead(Scene& s, const Keys& keys, Append append, Bytes ahead) {
  append.ahead.push_back(std::move(ahead));
  return s.answer(keys, append);
}

TEST(GivenBack, WhoErasedMayHaveComeInFurtherOnIfThatIsShownToo) {
  Scene s;
  ASSERT_EQ(s.answer(s.world.phone, s.given(2, 6, {})), "stored");
  EXPECT_EQ(s.answer(s.world.phone, s.given(7, 8, {9})), "stored") << "in with the append itself";
  Scene further;
  EXPECT_EQ(with_ahead(further, further.world.other, further.given(2, 3, {5, 6, 7}),
                       forged(further, 9, further.world.fresh, kErasesTwo)),
            "stored");
}

TEST(GivenBack, ADeviceTheRelayHasNotHeardOfGivesBackIfItShowsWhoBroughtItIn) {
  Scene s;
  EXPECT_EQ(s.answer(s.world.fresh, s.given(2, 3, {4, 5, 6, 7})), "stored");
  EXPECT_EQ(s.answer(s.world.fresh, s.given(4, 5, {6, 7})), "stored");
  EXPECT_EQ(s.answer(s.world.fresh, s.given(6, 6, {7})), "stored");
  EXPECT_EQ(s.answer(s.world.fresh, s.given(7, 9, {})), "stored");
}

TEST(GivenBack, SoItMayFoundTheStreamOnAnEmptyRelay) {
  Scene s;
  s.world.store.restore({});
  EXPECT_EQ(s.answer(s.world.fresh, s.given(0, 1, {5, 6, 7})), "stored");
  EXPECT_EQ(s.answer(s.world.fresh, s.given(2, 4, {5, 6, 7})), "stored");
}

TEST(GivenBack, SuchADeviceIsToldHowFarTheRelayGot) {
  Scene s;
  EXPECT_EQ(s.answer(s.world.fresh, s.given(0, 1, {5, 6, 7})), "moved");
  EXPECT_EQ(s.answer(s.world.fresh, s.given(0, 7, {})), "moved") << "what brought it in is in the append itself";
  EXPECT_EQ(s.answer(s.world.fresh, s.given(3, 3, {5, 6, 7})), "moved");
}

struct Row {
  const ErrorCode* code;
  const char* what;
  std::function<std::string(Scene&)> answer;
};

const std::vector<Row>& rows() {
  static const std::vector<Row> all_rows = {
      {&kContentMissing, "nothing is shown", [](Scene& s) { return s.answer(s.world.other, s.given(2, 3, {})); }},
      {&kContentMissing, "an erase of something else",
       [](Scene& s) { return s.answer(s.world.other, s.given(2, 3, {9})); }},
      {&kContentMissing, "an erase by the other person",
       [](Scene& s) {
         return with_ahead(s, s.world.other, s.given(2, 3, {}), forged(s, 4, s.world.other, kErasesTwo));
       }},
      {&kContentMissing, "an erase by a stranger",
       [](Scene& s) {
         return with_ahead(s, s.world.other, s.given(2, 3, {}), forged(s, 4, s.world.stranger, kErasesTwo));
       }},
      {&kContentMissing, "an erase by a device nothing is shown of",
       [](Scene& s) {
         return with_ahead(s, s.world.other, s.given(2, 3, {}), forged(s, 6, s.world.laptop, kErasesTwo));
       }},
      {&kContentMissing, "an erase by a device that the other person brought in as their own",
       [](Scene& s) {
         Append append = s.given(2, 3, {});
         append.ahead.push_back(forged(s, 5, s.world.other, adding(s.world.laptop, 0, self_of(0))));
         return with_ahead(s, s.world.other, append, forged(s, 6, s.world.laptop, kErasesTwo));
       }},
      {&kContentMissing, "a skeleton that is gone by what is only shown",
       [](Scene& s) {
         Record event = s.ours.at(2);
         event.content.reset();
         event.skeleton.reset();
         return with_ahead(s, s.world.phone, append_of(7, s.ours.id(), {event}),
                           forged(s, 4, s.world.phone, Erase{.skeletons = true, .positions = {2}, .blobs = {}}));
       }},
      {&kNotAMember, "a device nothing is shown of",
       [](Scene& s) { return s.answer(s.world.fresh, s.given(2, 3, {4})); }},
      {&kNotAMember, "a link of the chain is missing",
       [](Scene& s) { return s.answer(s.world.fresh, s.given(2, 3, {4, 5, 7})); }},
      {&kNotAMember, "a device that asks where the relay is without showing who it is",
       [](Scene& s) { return s.answer(s.world.fresh, s.given(0, 1, {})); }},
      {&kNotAMember, "a stranger brought in by a stranger",
       [](Scene& s) {
         return with_ahead(s, s.world.stranger, s.given(2, 3, {4}),
                           forged(s, 5, s.world.stranger, adding(s.world.stranger, 0, self_of(0))));
       }},
      {&kNotAMember, "a device brought in for the other person",
       [](Scene& s) {
         return with_ahead(s, s.world.fresh, s.given(2, 3, {4}),
                           forged(s, 5, s.world.other, adding(s.world.fresh, 0, self_of(0))));
       }},
      {&kBadSignature, "what is shown is not signed by its author",
       [](Scene& s) {
         Record erase = s.ours.at(4);
         erase.signature.bytes[5] ^= 1;
         return with_ahead(s, s.world.other, s.given(2, 3, {}), encode(erase));
       }},
      {&kBadControl, "an event is shown",
       [](Scene& s) { return with_ahead(s, s.world.other, s.given(2, 2, {}), encode(s.ours.at(3))); }},
      {&kBadControl, "a close is shown",
       [](Scene& s) { return with_ahead(s, s.world.other, s.given(2, 3, {}), forged(s, 4, s.world.phone, Close{})); }},
      {&kSkeletonHash, "what is shown is not what its header names",
       [](Scene& s) {
         Record erase = s.ours.at(4);
         (*erase.skeleton)[4] ^= 1;
         return with_ahead(s, s.world.other, s.given(2, 3, {}), encode(erase));
       }},
      {&kWrongStream, "what is shown is of another stream",
       [](Scene& s) {
         return with_ahead(
             s, s.world.other, s.given(2, 3, {}),
             forged(s, 4, s.world.phone, kErasesTwo, [](Record& record) { record.header.stream = all<StreamId>(8); }));
       }},
      {&kBadFrame, "what is shown does not lie behind",
       [](Scene& s) { return with_ahead(s, s.world.other, s.given(2, 4, {}), encode(s.ours.at(4))); }},
      {&kBadFrame, "what is shown does not rise",
       [](Scene& s) { return s.answer(s.world.fresh, s.given(2, 3, {4, 6, 5, 7})); }},
      {&kTruncated, "what is shown is cut short",
       [](Scene& s) { return with_ahead(s, s.world.other, s.given(2, 3, {}), Bytes(100, std::uint8_t{1})); }},
  };
  return all_rows;
}

TEST(GivenBack, NothingElseThatIsShownHelps) {
  for (const Row& row : rows()) {
    SCOPED_TRACE(row.what);
    Scene scene;
    const auto before = scene.world.store.state().streams.at(scene.ours.id()).stream;
    EXPECT_EQ(row.answer(scene), row.code->name);
    EXPECT_EQ(scene.world.store.state().streams.at(scene.ours.id()).stream, before);
  }
}

TEST(GivenBack, ARemovedDeviceIsToldNothingWhateverItShows) {
  World world;
  Log ours(world.phone, ours_genesis(world.phone, world.other, {member_of(world.laptop, 0, Role::device, self_of(0))}));
  ours.event(world.phone);
  ours.control(world.phone, removing(world.laptop, {world.phone, world.other}));
  ours.event(world.phone);
  world.store_log(ours, world.phone);
  Device laptop(world.relay, world.laptop);
  laptop.arrive().send(ours.append(7, 0));
  EXPECT_EQ(laptop.expect<Refused>().code, kNotAMember.number);
  ours.event(world.phone);
  laptop.send(ours.append(8, 4));
  EXPECT_EQ(laptop.expect<Refused>().code, kNotAMember.number);
  // Nor does it bring in a key that is told: what it signs after its removal is nobody's word.
  ours.control(world.laptop, adding(world.fresh, 0, self_of(0)));
  Device fresh(world.relay, world.fresh);
  Append asks = ours.append(9, 0, 1);
  asks.ahead = {encode(ours.at(5))};
  fresh.arrive().send(asks);
  EXPECT_EQ(fresh.expect<Refused>().code, kNotAMember.number);
}

}  // namespace
}  // namespace attune::tests
