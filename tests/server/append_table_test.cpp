// One row for every refusal of an append, each a sound append with one thing wrong. A code the relay can give and that
// no row gives fails the last test.
#include <functional>
#include <set>

#include "server/device.h"

namespace attune::tests {
namespace {

using namespace wire;

// *Ours* of a phone, a laptop and a phrase with the other's phone; two events. And the phone's *mine*, not posted yet.
struct Scene {
  World world;
  Log ours;
  Log mine;
  Keys device;  ///< who sends

  Scene()
      : ours(world.phone, ours_genesis(world.phone, world.other,
                                       {member_of(world.laptop, 0, Role::device, self_of(0)),
                                        member_of(world.phrase, 0, Role::phrase, self_of(0))})),
        mine(world.phone, mine_genesis(world.phone)),
        device(world.phone) {
    ours.event(world.phone);
    ours.event(world.other);
    world.store_log(ours, world.phone);
  }
  /// An append of what this scene's log has grown by.
  [[nodiscard]] Append grown() const { return ours.append(7, 3); }
  /// The phone's next event, changed before it is signed again.
  Append changed(const std::function<void(Record&)>& change) {
    Record record = ours.event(world.phone);
    change(record);
    resign(record, world.phone);
    return append_of(7, ours.id(), {record});
  }
  Append control(const Keys& author, const Control& what) {
    device = author;
    ours.control(author, what);
    return grown();
  }
  Append genesis(const Genesis& what, const std::function<void(Record&)>& change = {}) {
    const Log log(world.phone, what);
    Record record = log.at(0);
    if (change) change(record);
    resign(record, world.phone);
    return append_of(7, history_of(record), {record});
  }
  static StreamId history_of(const Record& record) { return StreamId{history_hash(record.header).bytes}; }
  Append raw(Bytes record) const {
    return Append{.request = 7, .stream = ours.id(), .wake = false, .records = {std::move(record)}, .ahead = {}};
  }
};

struct Row {
  const ErrorCode* code;
  const char* what;
  std::function<Append(Scene&)> make;
};

Members recovery(const Keys& fresh, const Scene& scene) {
  Members out = adding(fresh, 0, self_of(0));
  out.removes = {scene.world.laptop.sign};
  out.boxes = {box_for(scene.world.phone), box_for(scene.world.phrase), box_for(fresh), box_for(scene.world.other)};
  out.epoch = NewEpoch{.epoch = 1, .key_id = all<KeyId>(5), .old_key = {}};
  return out;
}

const std::vector<Row>& rows() {
  static const std::vector<Row> all_rows = {
      // ---- layout ----
      {&kTruncated, "a record cut short",
       [](Scene& s) {
         Bytes bytes = encode(s.ours.event(s.world.phone));
         bytes.resize(100);
         return s.raw(bytes);
       }},
      {&kTrailingBytes, "a byte behind the record",
       [](Scene& s) {
         Bytes bytes = encode(s.ours.event(s.world.phone));
         bytes.push_back(0);
         return s.raw(bytes);
       }},
      {&kVersion, "another version",
       [](Scene& s) {
         Bytes bytes = encode(s.ours.event(s.world.phone));
         bytes[0] = 2;
         return s.raw(bytes);
       }},
      {&kClass, "neither event nor control",
       [](Scene& s) {
         Bytes bytes = encode(s.ours.event(s.world.phone));
         bytes[1] = 2;
         return s.raw(bytes);
       }},
      {&kReservedBits, "a zero field that is not",
       [](Scene& s) {
         Bytes bytes = encode(s.ours.event(s.world.phone));
         bytes[3] = 1;
         return s.raw(bytes);
       }},
      {&kTooLarge, "a length over the limit",
       [](Scene& s) {
         Bytes bytes = encode(s.ours.event(s.world.phone));
         bytes[139] = 0xff;
         return s.raw(bytes);
       }},
      {&kSkeletonHash, "another skeleton than the header names",
       [](Scene& s) { return s.changed([](Record& record) { record.skeleton->front() ^= 1; }); }},
      {&kContentHash, "another content than the header names",
       [](Scene& s) { return s.changed([](Record& record) { record.content->front() ^= 1; }); }},
      {&kBadSignature, "a signature of somebody else",
       [](Scene& s) {
         Record record = s.ours.event(s.world.phone);
         resign(record, s.world.stranger);
         return append_of(7, s.ours.id(), {record});
       }},
      {&kBadSignature, "a bad signature behind a good one",
       [](Scene& s) {
         s.ours.event(s.world.phone);
         Append append = s.grown();
         Record record = s.ours.event(s.world.phone);
         record.signature.bytes[63] ^= 1;
         append.records.push_back(encode(record));
         return append;
       }},
      {&kBadControl, "a control record that is none",
       [](Scene& s) {
         return s.changed([](Record& record) {
           record.header.cls = Class::control;
           record.header.content_length = 0;
           record.content.reset();
         });
       }},
      {&kBadControl, "a control record with a content",
       [](Scene& s) {
         const Control close = Close{};
         return s.changed([&](Record& record) {
           record.header.cls = Class::control;
           record.skeleton = encode(close);
           record.header.skeleton_length = 1;
           record.header.skeleton_hash = skeleton_hash(*record.skeleton);
         });
       }},
      {&kBadFrame, "records that do not follow each other",
       [](Scene& s) {
         s.ours.event(s.world.phone);
         s.ours.event(s.world.phone);
         Append append = s.grown();
         std::swap(append.records[0], append.records[1]);
         return append;
       }},
      {&kBadFrame, "a record on top of another one than the one before it",
       [](Scene& s) {
         s.ours.event(s.world.phone);
         Append append = s.grown();
         Record next = s.ours.event(s.world.phone);
         next.header.prev = all<Hash>(9);
         resign(next, s.world.phone);
         append.records.push_back(encode(next));
         return append;
       }},
      // ---- strict append ----
      {&kGenesisFields, "a first record that names a stream",
       [](Scene& s) { return s.changed([](Record& record) { record.header.position = 0; }); }},
      {&kGenesisFields, "a stream that begins with an event",
       [](Scene& s) {
         Record record = s.ours.event(s.world.phone);
         record.header.position = 0;
         record.header.stream = {};
         record.header.prev = {};
         resign(record, s.world.phone);
         return append_of(7, Scene::history_of(record), {record});
       }},
      {&kWrongStream, "a record of another stream",
       [](Scene& s) {
         s.ours.event(s.world.phone);
         Append append = s.grown();
         append.stream = s.mine.id();
         return append;
       }},
      {&kUnknownStream, "a stream whose beginning nobody has posted",
       [](Scene& s) {
         s.mine.event(s.world.phone);
         return s.mine.append(7, 1);
       }},
      {&kNotAWriter, "a record of a stranger",
       [](Scene& s) {
         s.device = s.world.stranger;
         s.ours.event(s.world.stranger);
         return s.grown();
       }},
      {&kNotAWriter, "a record of a device after its removal",
       [](Scene& s) {
         s.ours.control(s.world.phone, removing(s.world.laptop, {s.world.phone, s.world.phrase, s.world.other}));
         s.ours.event(s.world.laptop);
         return s.grown();
       }},
      {&kNotAMember, "a stranger who re-sends what others wrote",
       [](Scene& s) {
         s.device = s.world.stranger;
         s.ours.event(s.world.phone);
         return s.grown();
       }},
      {&kNotAMember, "a stranger who asks where the stream is",
       [](Scene& s) {
         s.device = s.world.stranger;
         return s.ours.append(7, 1);
       }},
      {&kOldEpoch, "an epoch that is not the current one",
       [](Scene& s) { return s.changed([](Record& record) { record.header.epoch = 1; }); }},
      {&kOldEpoch, "the epoch before a removal",
       [](Scene& s) {
         s.ours.control(s.world.phone, removing(s.world.laptop, {s.world.phone, s.world.phrase, s.world.other}));
         Append append = s.grown();
         Record late = s.ours.event(s.world.phone);
         late.header.epoch = 0;
         resign(late, s.world.phone);
         append.records.push_back(encode(late));
         return append;
       }},
      {&kStreamClosed, "an event after the close",
       [](Scene& s) {
         s.ours.control(s.world.phone, Close{});
         s.ours.event(s.world.phone);
         return s.grown();
       }},
      {&kPhraseWritesMembersOnly, "an event of a recovery phrase",
       [](Scene& s) {
         s.device = s.world.phrase;
         s.ours.event(s.world.phrase);
         return s.grown();
       }},
      {&kContentMissing, "a content that is missing and not erased",
       [](Scene& s) { return s.changed([](Record& record) { record.content.reset(); }); }},
      {&kContentMissing, "a skeleton that is missing though only contents are erased",
       [](Scene& s) {
         Record event = s.ours.event(s.world.phone);
         event.content.reset();
         event.skeleton.reset();
         const Record erase = s.ours.control(s.world.phone, Erase{.skeletons = false, .positions = {3}, .blobs = {}});
         return append_of(7, s.ours.id(), {event, erase});
       }},
      {&kContentMissing, "a control record without its skeleton",
       [](Scene& s) {
         Record close = s.ours.control(s.world.phone, Close{});
         close.skeleton.reset();
         return append_of(7, s.ours.id(), {close});
       }},
      // ---- control rules (each check of wire/members.h has its own rows in tests/vectors) ----
      {&kKeyUsedBefore, "a key that is a member already",
       [](Scene& s) { return s.control(s.world.phone, adding(s.world.laptop, 0, self_of(0))); }},
      {&kOtherPersonsKey, "a device for the other person",
       [](Scene& s) { return s.control(s.world.phone, adding(s.world.fresh, 1, self_of(1))); }},
      {&kBadJoin, "a new key that did not sign",
       [](Scene& s) {
         Members members = adding(s.world.fresh, 0, self_of(0));
         members.adds[0].join = {};
         return s.control(s.world.phone, members);
       }},
      {&kUnknownMember, "a removal of a stranger",
       [](Scene& s) { return s.control(s.world.phone, removing(s.world.stranger, {s.world.phone})); }},
      {&kRemovalNeedsEpoch, "a removal without a new epoch",
       [](Scene& s) {
         Members members;
         members.removes = {s.world.laptop.sign};
         return s.control(s.world.phone, members);
       }},
      {&kEpochStep, "a skipped epoch",
       [](Scene& s) {
         Members members = removing(s.world.laptop, {s.world.phone, s.world.phrase, s.world.other});
         members.epoch->epoch = 2;
         return s.control(s.world.phone, members);
       }},
      {&kBoxes, "a new epoch without the other's box",
       [](Scene& s) { return s.control(s.world.phone, removing(s.world.laptop, {s.world.phone, s.world.phrase})); }},
      {&kLastMember, "the other removes the only device they have",
       [](Scene& s) {
         return s.control(s.world.other, removing(s.world.other, {s.world.phone, s.world.laptop, s.world.phrase}));
       }},
      {&kSelfRemoval, "a device that takes itself out",
       [](Scene& s) {
         return s.control(s.world.phone, removing(s.world.phone, {s.world.laptop, s.world.phrase, s.world.other}));
       }},
      {&kTooManyMembers, "more keys than one person may have",
       [](Scene& s) {
         Members members;
         for (std::uint8_t i = 0; i < kMaxKeys; ++i) {
           const Keys keys = keys_of(static_cast<std::uint8_t>(100 + i));
           members.adds.push_back(member_of(keys, 0, Role::device, self_of(0)));
           members.boxes.push_back(box_for(keys));
         }
         return s.control(s.world.phone, members);
       }},
      {&kWrongSelf, "a device that names another stream as its own",
       [](Scene& s) { return s.control(s.world.phone, adding(s.world.fresh, 0, self_of(1))); }},
      {&kSecondGenesis, "a second genesis",
       [](Scene& s) { return s.control(s.world.phone, mine_genesis(s.world.phone)); }},
      {&kGenesisMembers, "*ours* of one person",
       [](Scene& s) {
         Genesis genesis = ours_genesis(s.world.phone, s.world.other);
         genesis.adds.pop_back();
         genesis.boxes.pop_back();
         return s.genesis(genesis);
       }},
      {&kEraseTarget, "an erasure of what the other wrote",
       [](Scene& s) { return s.control(s.world.phone, Erase{.skeletons = false, .positions = {2}, .blobs = {}}); }},
      {&kEraseTarget, "an erasure of what is still to come",
       [](Scene& s) { return s.control(s.world.phone, Erase{.skeletons = false, .positions = {1, 9}, .blobs = {}}); }},
      {&kEraseSkeletons, "skeletons erased in an open stream",
       [](Scene& s) { return s.control(s.world.phone, Erase{.skeletons = true, .positions = {1}, .blobs = {}}); }},
      {&kNothingChanges, "a change of members that changes nothing",
       [](Scene& s) { return s.control(s.world.phone, Members{}); }},
      {&kPersonOfStream, "a second person in *mine*",
       [](Scene& s) {
         s.mine.control(s.world.phone, adding(s.world.fresh, 1, s.mine.id()));
         return s.mine.append(7, 0);
       }},
      {&kReaderRole, "a record of a reader",
       [](Scene& s) {
         Members reader;
         reader.adds = {member_of(s.world.fresh, 0, Role::reader, self_of(0))};
         s.ours.control(s.world.phone, reader);
         s.ours.event(s.world.fresh);
         return s.grown();
       }},
      // ---- limits ----
      {&kServerFull, "a stream that has reached its size",
       [](Scene& s) {
         s.ours.event(s.world.phone, kMaxContent);
         return s.grown();
       }},
      {&kRegistrationClosed, "more streams than one device may found",
       [](Scene& s) {
         for (std::uint8_t i = 0; i < 15; ++i) {
           Genesis genesis = ours_genesis(s.world.phone, s.world.other);
           genesis.pairing = all<Hash>(static_cast<std::uint8_t>(50 + i));
           s.world.store_log(Log(s.world.phone, genesis), s.world.phone);
         }
         return s.mine.append(7, 0);
       }},
  };
  return all_rows;
}

TEST(Append, EveryWrongAppendIsRefusedWithItsCodeAndStoresNothing) {
  for (const Row& row : rows()) {
    SCOPED_TRACE(row.what);
    Scene scene;
    if (row.code == &kServerFull) const_cast<server::Policy&>(scene.world.relay.policy()).stream_bytes = 100'000;
    const Append append = row.make(scene);
    Device device(scene.world.relay, scene.device);
    device.arrive();
    const std::size_t streams = scene.world.store.state().streams.size();
    const auto before = scene.world.store.state().streams.at(scene.ours.id()).stream;
    device.send(append);
    const auto refused = device.expect<Refused>();
    const ErrorCode* given = find_error(refused.code);
    EXPECT_EQ(refused.code, row.code->number) << (given != nullptr ? given->name : "no code at all");
    EXPECT_EQ(refused.request, 7U);
    EXPECT_EQ(scene.world.store.state().streams.at(scene.ours.id()).stream, before);
    EXPECT_EQ(scene.world.store.state().streams.size(), streams);
  }
}

// The twin of the table: what it damages is taken when it is whole.
TEST(Append, TheSameAppendsAreTakenWhenNothingIsWrong) {
  Scene s;
  Device phone(s.world.relay, s.world.phone);
  phone.arrive();
  s.ours.event(s.world.phone);
  s.ours.control(s.world.phone, adding(s.world.fresh, 0, self_of(0)));
  s.ours.control(s.world.phone, Erase{.skeletons = false, .positions = {1}, .blobs = {}});
  s.ours.event(s.world.phone);
  phone.send(s.grown());
  EXPECT_EQ(phone.expect<Stored>().head, 6U);
  phone.send(s.mine.append(8, 0));
  EXPECT_EQ(phone.expect<Stored>().history, s.mine.history());
}

TEST(Append, ARecoveryPhraseBringsInANewDeviceAndALostOneOut) {
  Scene s;
  Device phrase(s.world.relay, s.world.phrase);
  phrase.arrive();
  ASSERT_EQ(phrase.welcome.streams.size(), 1U);
  s.ours.control(s.world.phrase, recovery(s.world.fresh, s));
  phrase.send(s.grown());
  EXPECT_EQ(phrase.expect<Stored>().head, 3U);
  EXPECT_EQ(Device(s.world.relay, s.world.fresh).arrive().welcome.streams.size(), 1U);
  EXPECT_TRUE(Device(s.world.relay, s.world.laptop).arrive().welcome.streams.empty());
}

TEST(Append, EveryCodeTheRelayGivesHasARow) {
  std::set<std::uint16_t> given;
  for (const Row& row : rows()) given.insert(row.code->number);
  // Those of the connection, of mailboxes, push and slots: session_test, mail_test, push_test, slot_test.
  const std::set<std::uint16_t> elsewhere = {kBatchSize.number,     kNotAuthenticated.number, kSlowDown.number,
                                             kMailboxFull.number,   kMailboxGone.number,      kStopping.number,
                                             kServerTrouble.number, kOtherProtocol.number,    kPushOff.number,
                                             kPushEndpoint.number,  kSlotPiece.number};
  for (const ErrorCode* code : all_errors()) {
    EXPECT_TRUE(given.contains(code->number) || elsewhere.contains(code->number)) << code->name;
  }
}

}  // namespace
}  // namespace attune::tests
