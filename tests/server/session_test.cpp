// What one connection sees: coming in, being turned away, limits.
#include "server/device.h"

namespace attune::tests {
namespace {

using namespace wire;
using server::Entrance;
using server::MemoryStore;
using server::Outcome;
using server::Policy;

Prove proof(const Keys& keys, const Challenge& relay, const Challenge& device, std::string_view origin) {
  return Prove{.signature = sign_auth(keys.secret, relay, device, keys.sign, origin)};
}

struct Door {
  World world;
  Device device{world.relay, world.phone};
  Challenge own = all<Challenge>(0x22);

  Challenge hello() {
    device.send(Hello{.protocol = kProtocolVersion, .key = world.phone.sign, .nonce = own});
    return device.expect<Challenged>().nonce;
  }
  void is_turned_away(const ErrorCode& code) {
    EXPECT_EQ(device.expect<Fault>().code, code.number);
    EXPECT_TRUE(device.session().ended());
    EXPECT_FALSE(device.session().proven());
    device.send(Follow{});
    EXPECT_TRUE(device.hears_nothing());
  }
};

TEST(Door, AKeyThatProvesItselfIsWelcome) {
  Door door;
  door.device.send(proof(door.world.phone, door.hello(), door.own, kOrigin));
  EXPECT_TRUE(door.device.expect<Welcome>().streams.empty());
  EXPECT_TRUE(door.device.session().proven());
}

TEST(Door, AProofForAnotherAddressDoesNotOpenThisRelay) {
  Door door;
  door.device.send(proof(door.world.phone, door.hello(), door.own, "https://other.example"));
  door.is_turned_away(kNotAuthenticated);
}

TEST(Door, AProofOfAnotherKeyDoesNotOpen) {
  Door door;
  door.device.send(proof(door.world.stranger, door.hello(), door.own, kOrigin));
  door.is_turned_away(kNotAuthenticated);
}

TEST(Door, AProofForAnotherChallengeDoesNotOpen) {
  Door door;
  door.hello();
  door.device.send(proof(door.world.phone, all<Challenge>(0x99), door.own, kOrigin));
  door.is_turned_away(kNotAuthenticated);
}

TEST(Door, AChallengeIsWorthOneTryOnly) {
  Door door;
  const Challenge nonce = door.hello();
  door.device.send(Prove{});
  door.is_turned_away(kNotAuthenticated);
  door.device.send(proof(door.world.phone, nonce, door.own, kOrigin));
  EXPECT_FALSE(door.device.session().proven());
}

TEST(Door, AChallengeIsWorthThirtySeconds) {
  Door door;
  const Challenge nonce = door.hello();
  door.device.now = kNow + kChallengeSeconds * 1000 + 1;
  door.device.send(proof(door.world.phone, nonce, door.own, kOrigin));
  door.is_turned_away(kNotAuthenticated);
}

TEST(Door, NothingIsAnsweredBeforeTheProof) {
  for (const FromDevice& early : std::vector<FromDevice>{
           Append{.request = 1, .stream = {}, .wake = false, .records = {Bytes(1)}, .ahead = {}}, Follow{}, MailPut{},
           MailFollow{}, MailBurn{}, Prove{}, Signal{.stream = {}, .bytes = Bytes(1)}}) {
    Door door;
    door.device.send(early);
    door.is_turned_away(kNotAuthenticated);
  }
}

TEST(Door, ASecondGreetingEndsTheConnection) {
  World world;
  Device device(world.relay, world.phone);
  device.arrive().send(Hello{.protocol = kProtocolVersion, .key = world.other.sign, .nonce = {}});
  EXPECT_EQ(device.expect<Fault>().code, kNotAuthenticated.number);
}

TEST(Door, AnotherProtocolIsNamed) {
  Door door;
  door.device.send(Hello{.protocol = kProtocolVersion + 1, .key = door.world.phone.sign, .nonce = door.own});
  door.is_turned_away(kOtherProtocol);
}

TEST(Door, EveryConfiguredAddressOpens) {
  Policy policy;
  policy.origins = {"https://attune.example", kOrigin};
  World world(MemoryStore::Commit::at_once, policy);
  EXPECT_TRUE(Device(world.relay, world.phone).arrive().session().proven());
}

struct RawRow {
  const ErrorCode* code;
  const char* what;
  Bytes message;
};

TEST(Session, AMessageThatIsNoneEndsTheConnectionWithItsCode) {
  Append large{.request = 1, .stream = {}, .wake = false, .records = {Bytes(kMaxRecord + 1)}, .ahead = {}};
  Append many{
      .request = 1, .stream = {}, .wake = false, .records = std::vector<Bytes>(kMaxAppendRecords + 1), .ahead = {}};
  const std::vector<RawRow> rows = {
      {&kBadFrame, "nothing", {}},
      {&kBadFrame, "an unknown type", {0x55}},
      {&kBadFrame, "a message of the relay's own", encode(FromRelay(Fault{}))},
      {&kBadFrame, "a message cut short", {0x04, 1, 2, 3}},
      {&kBatchSize, "an append of nothing", encode(FromDevice(Append{}))},
      {&kBatchSize, "an append of too many records", encode(FromDevice(many))},
      {&kTooLarge, "a record that is too large", encode(FromDevice(large))},
  };
  for (const RawRow& row : rows) {
    SCOPED_TRACE(row.what);
    World world;
    Device device(world.relay, world.phone);
    device.arrive().send_raw(row.message);
    EXPECT_EQ(device.expect<Fault>().code, row.code->number);
    EXPECT_TRUE(device.session().ended());
  }
}

TEST(Session, WhoAsksTooOftenIsToldToSlowDown) {
  Policy policy;
  policy.messages_per_second = 2;
  World world(MemoryStore::Commit::at_once, policy);
  const Log log(world.phone, mine_genesis(world.phone));
  Device device(world.relay, world.phone);
  device.arrive();  // two of twenty messages
  for (int i = 0; i < 18; ++i) {
    device.send(log.append(1, 0));
    device.hear();
  }
  device.send(log.append(99, 0));
  EXPECT_EQ(device.expect<Refused>().code, kSlowDown.number);
  device.now = kNow + 500;  // worth one message
  device.send(log.append(100, 0));
  device.expect<Moved>();
  device.send(Follow{.stream = log.id(), .from = 0});
  EXPECT_EQ(device.expect<Fault>().code, kSlowDown.number);
}

TEST(Session, WhoDoesNotWaitForAnswersIsReadNoFurther) {
  Policy policy;
  policy.requests_in_flight = 3;
  World world(MemoryStore::Commit::when_asked, policy);
  Log log(world.phone, mine_genesis(world.phone));
  Device device(world.relay, world.phone);
  device.arrive();
  for (std::uint32_t request = 0; request < 3; ++request) {
    EXPECT_TRUE(device.session().ready());
    device.send(log.append(request, request));
    log.event(world.phone);
  }
  EXPECT_FALSE(device.session().ready());
  device.send(log.append(3, 3));
  EXPECT_EQ(device.expect<Refused>().code, kSlowDown.number);
  world.store.commit();
  for (int i = 0; i < 3; ++i) device.expect<Stored>();
  EXPECT_TRUE(device.session().ready());
}

TEST(Session, TheMemoryForWaitingRecordsIsShared) {
  Policy policy;
  policy.bytes_in_flight = 6000;
  World world(MemoryStore::Commit::when_asked, policy);
  Log one(world.phone, mine_genesis(world.phone));
  Log two(world.other, mine_genesis(world.other));
  one.event(world.phone, 4000);
  two.event(world.other, 4000);
  Device phone(world.relay, world.phone);
  Device other(world.relay, world.other);
  phone.arrive().send(one.append(1, 0));
  other.arrive().send(two.append(2, 0));
  EXPECT_EQ(other.expect<Refused>().code, kSlowDown.number);
  world.store.commit();
  phone.expect<Stored>();
  other.send(two.append(3, 0));
  world.store.commit();
  other.expect<Stored>();
  EXPECT_EQ(world.relay.in_flight().used(), 0U);
}

TEST(Session, AnAddressFoundsSoManyStreamsADay) {
  World world;
  const auto allowance = std::make_shared<server::Allowance>(1, 1);
  Device phone(world.relay, world.phone, Entrance{.nonce = {}, .now = {}, .token = false, .allowance = allowance});
  Device other(world.relay, world.other, Entrance{.nonce = {}, .now = {}, .token = false, .allowance = allowance});
  phone.arrive().send(Log(world.phone, mine_genesis(world.phone)).append(1, 0));
  phone.expect<Stored>();
  const Log log(world.other, mine_genesis(world.other));
  other.arrive().send(log.append(2, 0));
  EXPECT_EQ(other.expect<Refused>().code, kSlowDown.number);
  other.now = kNow + 24LL * 60 * 60 * 1000;
  other.send(log.append(3, 0));
  other.expect<Stored>();
}

TEST(Session, StopSaysSoAfterTheLastAnswers) {
  World world(MemoryStore::Commit::when_asked);
  Device phone(world.relay, world.phone);
  phone.arrive().send(Log(world.phone, mine_genesis(world.phone)).append(1, 0));
  world.store.commit();
  phone.session().stop();
  phone.expect<Stored>();
  EXPECT_EQ(phone.expect<Fault>().code, kStopping.number);
}

// Whoever stops a server settles its store first (tests/server/network_test.cpp): a commit that comes later still has
// nobody to tell.
TEST(Session, WhatIsCommittedAfterItsStopIsNotSaidAndIsThereTheNextTime) {
  World world(MemoryStore::Commit::when_asked);
  const Log log(world.phone, mine_genesis(world.phone));
  Device phone(world.relay, world.phone);
  phone.arrive().send(log.append(1, 0));
  EXPECT_TRUE(phone.hears_nothing());
  phone.session().stop();
  EXPECT_EQ(phone.expect<Fault>().code, kStopping.number);
  EXPECT_TRUE(world.store.commit());
  EXPECT_TRUE(phone.hears_nothing()) << "nothing is said behind the farewell";
  EXPECT_TRUE(phone.session().ended());
  Device again(world.relay, world.phone);
  again.arrive();
  ASSERT_EQ(again.welcome.streams.size(), 1U);
  EXPECT_EQ(again.welcome.streams[0].stream, log.id());
}

struct OutcomeRow {
  Outcome outcome;
  const ErrorCode* code;
};

TEST(Session, WhatTheStoreCouldNotDoIsRefusedAndReadingGoesOn) {
  for (const OutcomeRow& row : {OutcomeRow{Outcome::full, &kServerFull}, OutcomeRow{Outcome::trouble, &kServerTrouble},
                                OutcomeRow{Outcome::busy, &kSlowDown}, OutcomeRow{Outcome::stopping, &kStopping}}) {
    World world;
    Log log(world.phone, mine_genesis(world.phone));
    world.store_log(log, world.phone);
    log.event(world.phone);
    world.store.fail_with(row.outcome);
    Device phone(world.relay, world.phone);
    phone.arrive().send(log.append(5, 1));
    EXPECT_EQ(phone.expect<Refused>().code, row.code->number);
    phone.send(Follow{.stream = log.id(), .from = 0});
    EXPECT_EQ(phone.expect<Records>().records.size(), 1U);
    world.store.fail_with(Outcome::committed);
    phone.send(log.append(6, 1));
    EXPECT_EQ(phone.expect<Stored>().head, 1U);
  }
}

TEST(Session, AnAcknowledgementComesAfterTheCommitAndNeverBefore) {
  World world(MemoryStore::Commit::when_asked);
  const Log log(world.phone, mine_genesis(world.phone));
  Device phone(world.relay, world.phone);
  phone.arrive().send(log.append(1, 0));
  EXPECT_TRUE(phone.hears_nothing());
  world.store.crash();
  EXPECT_TRUE(phone.hears_nothing());
  Device again(world.relay, world.phone);
  again.arrive();
  EXPECT_TRUE(again.welcome.streams.empty());
  again.send(log.append(2, 0));
  EXPECT_TRUE(again.hears_nothing());
  EXPECT_TRUE(world.store.commit());
  EXPECT_EQ(again.expect<Stored>().head, 0U);
}

TEST(Session, NothingIsLeftInTheBusWhenItEnds) {
  World world;
  {
    const Log log(world.phone, mine_genesis(world.phone));
    Device phone(world.relay, world.phone);
    phone.arrive().send(log.append(1, 0));
    phone.send(Follow{.stream = log.id(), .from = 0});
    phone.send(MailFollow{.mailbox = all<MailboxId>(1)});
    EXPECT_EQ(world.bus.size(), 3U);
  }
  EXPECT_EQ(world.bus.size(), 0U);
}

// ---- registration ----

struct Admission {
  server::Registration registration;
  bool token;
  bool member;  ///< of a *mine* here already
  bool taken;
};

TEST(Registration, WhoMayFoundAStream) {
  using enum server::Registration;
  for (const Admission& row : {Admission{open, false, false, true}, Admission{token, false, false, false},
                               Admission{token, true, false, true}, Admission{closed, false, false, false},
                               Admission{closed, true, false, false}, Admission{closed, false, true, true}}) {
    World world;
    const Log mine(world.phone, mine_genesis(world.phone));
    if (row.member) world.store_log(mine, world.phone);
    const_cast<Policy&>(world.relay.policy()).registration = row.registration;
    Device phone(world.relay, world.phone, Entrance{.nonce = {}, .now = {}, .token = row.token, .allowance = {}});
    phone.arrive().send(Log(world.phone, ours_genesis(world.phone, world.other)).append(1, 0));
    if (row.taken) {
      phone.expect<Stored>();
    } else {
      EXPECT_EQ(phone.expect<Refused>().code, kRegistrationClosed.number);
    }
  }
}

TEST(Registration, AClosedServerTakesOneSpaceOfTheirOwnFromWhomeverACoupleBringsIn) {
  World world;
  world.store_log(Log(world.phone, ours_genesis(world.phone, world.other)), world.phone);
  const_cast<Policy&>(world.relay.policy()).registration = server::Registration::closed;
  Device other(world.relay, world.other);
  other.arrive().send(Log(world.other, mine_genesis(world.other)).append(1, 0));
  other.expect<Stored>();
  Genesis second = mine_genesis(world.other);
  second.key_id = all<KeyId>(9);
  other.send(Log(world.other, second).append(2, 0));
  EXPECT_EQ(other.expect<Refused>().code, kRegistrationClosed.number);
  second.continues = Continues{.stream = all<StreamId>(1), .position = 3, .history = all<Hash>(2)};
  other.send(Log(world.other, second).append(3, 0));
  other.expect<Stored>();
}

}  // namespace
}  // namespace attune::tests
