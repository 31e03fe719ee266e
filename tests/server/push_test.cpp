// Being woken, from what a device asks for to what its push service is sent; without a network, in the test's own time.
#include "server/push/pusher.h"

#include "server/device.h"
#include "server/push_device.h"

namespace attune::tests {
namespace {

using namespace wire;
using server::MemoryStore;
using server::P256Pair;
using server::Policy;
using server::Pusher;
using server::PushIdentity;
using server::PushReply;
using server::PushRequest;
using server::PushSink;
using server::Reading;
using server::Subscription;
using server::Time;

constexpr std::int64_t kMinute = 60'000;

// A push service that answers when the test says so.
class Service final : public PushSink {
 public:
  void send(PushRequest request, std::function<void(PushReply)> done) override {
    requests.push_back(std::move(request));
    waiting_.push_back(std::move(done));
  }
  void answer(PushReply reply) {
    for (const auto& done : std::exchange(waiting_, {})) done(reply);
  }
  std::vector<PushRequest> requests;

 private:
  std::vector<std::function<void(PushReply)>> waiting_;
};

Policy waking(const P256Pair& key) {
  Policy out;
  out.push_key = key.public_key();
  return out;
}

struct Scene {
  P256Pair key = P256Pair::make();
  World world{MemoryStore::Commit::at_once, waking(key)};
  Service service;
  Pusher pusher{world.relay, service, PushIdentity{.key = key, .contact = "mailto:host@attune.example"}};
  Log ours{world.phone, ours_genesis(world.phone, world.other, {member_of(world.laptop, 0, Role::device, self_of(0))})};
  PushDevice phone_push{"https://push.example/phone"};
  PushDevice laptop_push{"https://push.example/laptop"};
  PushDevice other_push{"https://push.example/other"};
  Time now = kNow;

  Scene() { world.store_log(ours, world.phone); }

  void subscribe(const Keys& keys, const PushDevice& push) {
    Device device(world.relay, keys);
    device.arrive().send(push.set(1));
    EXPECT_EQ(device.expect<Stored>().request, 1U);
  }
  void subscribe_all() {
    subscribe(world.phone, phone_push);
    subscribe(world.laptop, laptop_push);
    subscribe(world.other, other_push);
  }
  /// `by` writes something that the other would want to notice, or something else.
  void write(const Keys& by, bool wake = true) {
    ours.event(by);
    Append append = ours.append(7, ours.head());
    append.wake = wake;
    Device device(world.relay, by);
    device.now = now;
    device.arrive().send(append);
    device.expect<Stored>();
  }
  /// Targets called by now.
  std::vector<std::string> called(std::int64_t later_ms = 0) {
    now = now + later_ms;
    service.requests.clear();
    pusher.tick(now);
    std::vector<std::string> out;
    for (const PushRequest& request : service.requests) out.push_back(request.endpoint.target);
    std::ranges::sort(out);
    return out;
  }
  std::optional<Subscription> subscription(const Keys& keys) {
    std::optional<Subscription> out;
    world.store.read([&](Reading& store) { out = store.subscription(keys.sign); });
    return out;
  }
  std::vector<std::uint64_t> times(const Keys& keys) {
    std::vector<std::uint64_t> out;
    world.store.read([&](Reading& store) { out = store.wake_times(keys.sign); });
    return out;
  }
  Device device(const Keys& keys) {
    Device out(world.relay, keys);
    out.now = now;
    out.arrive();
    return out;
  }
  [[nodiscard]] std::uint64_t seconds(std::int64_t later) const {
    return static_cast<std::uint64_t>(now.ms / 1000 + later);
  }
};

using Targets = std::vector<std::string>;

TEST(Push, WhatOnePersonWritesWakesTheOthersDevicesAndNoneOfTheirOwn) {
  Scene scene;
  scene.subscribe_all();
  scene.write(scene.world.other);
  EXPECT_EQ(scene.called(), (Targets{"/laptop", "/phone"}));
  scene.service.answer({.status = 201});
  scene.write(scene.world.phone);
  EXPECT_EQ(scene.called(kMinute), Targets{"/other"});
}

TEST(Push, WithoutTheWakeBitNobodyIsWoken) {
  Scene scene;
  scene.subscribe_all();
  scene.write(scene.world.other, false);
  EXPECT_TRUE(scene.called().empty());
}

TEST(Push, WhatIsOnesOwnWakesNobody) {
  Scene scene;
  scene.subscribe_all();
  const Log mine(scene.world.phone, mine_genesis(scene.world.phone));
  Append append = mine.append(1, 0);
  append.wake = true;
  Device phone = scene.device(scene.world.phone);
  phone.send(append);
  phone.expect<Stored>();
  EXPECT_TRUE(scene.called().empty());
}

TEST(Push, ARefusedAppendWakesNobody) {
  Scene scene;
  scene.subscribe_all();
  Append append = scene.ours.append(1, 0);
  append.wake = true;
  Device phone = scene.device(scene.world.phone);
  phone.send(append);
  phone.expect<Moved>();
  EXPECT_TRUE(scene.called().empty());
}

TEST(Push, ACallSaysWakeUpAndNothingElseInOneSizeForAll) {
  Scene scene;
  scene.subscribe_all();
  scene.write(scene.world.phone);
  ASSERT_EQ(scene.called().size(), 1U);
  const PushRequest first = scene.service.requests[0];
  EXPECT_EQ(scene.other_push.open(first.body), "wake up");
  EXPECT_FALSE(scene.phone_push.open(first.body));
  const std::map<std::string, std::string> headers(first.headers.begin(), first.headers.end());
  EXPECT_EQ(headers.at("TTL"), "86400");
  EXPECT_EQ(headers.at("Urgency"), "normal");
  EXPECT_EQ(headers.at("Topic"), "attune");
  EXPECT_EQ(headers.at("Content-Encoding"), "aes128gcm");
  EXPECT_EQ(
      vouched_contact(headers.at("Authorization"), scene.key.public_key(), "https://push.example", scene.seconds(0)),
      "mailto:host@attune.example");

  // A time of its own looks the same.
  Device other = scene.device(scene.world.other);
  other.send(WakeAt{.request = 2, .times = {scene.seconds(600)}});
  other.expect<Stored>();
  scene.service.answer({.status = 201});
  ASSERT_EQ(scene.called(10 * kMinute).size(), 1U);
  const PushRequest second = scene.service.requests[0];
  EXPECT_EQ(second.body.size(), first.body.size());
  EXPECT_NE(second.body, first.body);
  EXPECT_EQ(scene.other_push.open(second.body), "wake up");
  std::map<std::string, std::string> again(second.headers.begin(), second.headers.end());
  again["Authorization"] = headers.at("Authorization");
  EXPECT_EQ(again, headers);
}

TEST(Push, ManyThingsWithinAMinuteAreTwoCallsAtMost) {
  Scene scene;
  scene.subscribe_all();
  scene.write(scene.world.phone);
  EXPECT_EQ(scene.called().size(), 1U);
  scene.service.answer({.status = 201});
  for (int i = 0; i < 20; ++i) scene.write(scene.world.phone);
  EXPECT_TRUE(scene.called(30'000).empty());
  EXPECT_EQ(scene.called(30'000).size(), 1U);
  scene.service.answer({.status = 201});
  EXPECT_TRUE(scene.called(10 * kMinute).empty());
}

TEST(Push, WhoAnswersMeanwhileIsNotCalled) {
  Scene scene;
  scene.subscribe_all();
  Device other = scene.device(scene.world.other);
  scene.write(scene.world.phone);
  EXPECT_TRUE(scene.called().empty());
  other.now = scene.now + 5000;
  other.send(Follow{.stream = scene.ours.id(), .from = 0});
  EXPECT_TRUE(scene.called(15'000).empty());
}

TEST(Push, AConnectionThatHasEndedIsNoPresence) {
  Scene scene;
  scene.subscribe_all();
  {
    const Device other = scene.device(scene.world.other);
  }
  scene.write(scene.world.phone);
  EXPECT_EQ(scene.called().size(), 1U);
}

TEST(Push, ASubscriptionThatTheServiceHasEndedIsForgotten) {
  for (const int status : {404, 410}) {
    Scene scene;
    scene.subscribe_all();
    scene.write(scene.world.phone);
    EXPECT_EQ(scene.called().size(), 1U);
    scene.service.answer({.status = status});
    EXPECT_FALSE(scene.subscription(scene.world.other));
    scene.write(scene.world.phone);
    EXPECT_TRUE(scene.called(10 * kMinute).empty());
  }
}

TEST(Push, ANewSubscriptionOutlivesTheEndOfTheOneBefore) {
  Scene scene;
  scene.subscribe_all();
  scene.write(scene.world.phone);
  EXPECT_EQ(scene.called().size(), 1U);
  const PushDevice fresh("https://push.example/fresh");
  scene.subscribe(scene.world.other, fresh);
  scene.service.answer({.status = 410});
  EXPECT_EQ(scene.subscription(scene.world.other), fresh.subscription());
}

TEST(Push, AServiceThatIsBusyOrAwayIsTriedAgainAndAppendsGoOn) {
  for (const int status : {0, 429, 500, 503}) {
    Scene scene;
    scene.subscribe_all();
    scene.write(scene.world.phone);
    EXPECT_EQ(scene.called().size(), 1U);
    scene.write(scene.world.phone);
    scene.service.answer({.status = status, .retry_after_s = 120});
    EXPECT_TRUE(scene.called(119'999).empty());
    EXPECT_EQ(scene.called(1), Targets{"/other"});
    EXPECT_TRUE(scene.subscription(scene.world.other));
  }
}

TEST(Push, AServiceThatRefusesOneCallIsNotAskedForThatAgain) {
  for (const int status : {400, 401, 403, 413}) {
    Scene scene;
    scene.subscribe_all();
    scene.write(scene.world.phone);
    EXPECT_EQ(scene.called().size(), 1U);
    scene.service.answer({.status = status});
    EXPECT_TRUE(scene.called(60 * kMinute).empty());
    EXPECT_TRUE(scene.subscription(scene.world.other));
  }
}

TEST(Push, AKeyThatNothingCanBeSealedToIsForgotten) {
  Scene scene;
  Device other = scene.device(scene.world.other);
  PushSet set = scene.other_push.set(1);
  set.p256dh.bytes[64] ^= 1;
  other.send(set);
  other.expect<Stored>();
  {
    const Device gone = std::move(other);
  }
  scene.write(scene.world.phone);
  EXPECT_TRUE(scene.called().empty());
  EXPECT_FALSE(scene.subscription(scene.world.other));
}

TEST(Push, ClearedItIsOverAndTheTimesAreGoneToo) {
  Scene scene;
  scene.subscribe_all();
  Device other = scene.device(scene.world.other);
  other.send(WakeAt{.request = 2, .times = {scene.seconds(60)}});
  other.expect<Stored>();
  other.send(PushClear{.request = 3});
  EXPECT_EQ(other.expect<Stored>().request, 3U);
  EXPECT_FALSE(scene.subscription(scene.world.other));
  EXPECT_TRUE(scene.times(scene.world.other).empty());
  {
    const Device gone = std::move(other);
  }
  scene.write(scene.world.phone);
  EXPECT_TRUE(scene.called(10 * kMinute).empty());
}

// ---- times ----

TEST(WakeUpTimes, AreCalledOnceWithinAMinuteOfThem) {
  Scene scene;
  scene.subscribe_all();
  Device other = scene.device(scene.world.other);
  other.send(
      WakeAt{.request = 2, .times = {scene.seconds(-5), scene.seconds(0), scene.seconds(600), scene.seconds(900)}});
  other.expect<Stored>();
  EXPECT_EQ(scene.times(scene.world.other), (std::vector{scene.seconds(600), scene.seconds(900)}))
      << "past ones are dropped";
  EXPECT_TRUE(scene.called(599'000).empty());
  EXPECT_TRUE(scene.called(500).empty());
  bool rang = false;
  for (int second = 0; second < 60; ++second) {
    const auto called = scene.called(1000);
    EXPECT_FALSE(rang && !called.empty()) << "once";
    rang = rang || called == Targets{"/other"};
    scene.service.answer({.status = 201});
  }
  EXPECT_TRUE(rang);
  EXPECT_EQ(scene.times(scene.world.other).size(), 1U);
}

TEST(WakeUpTimes, OfANewListReplaceThoseOfTheOldOne) {
  Scene scene;
  scene.subscribe_all();
  Device other = scene.device(scene.world.other);
  other.send(WakeAt{.request = 2, .times = {scene.seconds(100), scene.seconds(200)}});
  other.expect<Stored>();
  other.send(WakeAt{.request = 3, .times = {scene.seconds(300)}});
  other.expect<Stored>();
  EXPECT_EQ(scene.times(scene.world.other), std::vector{scene.seconds(300)});
  EXPECT_TRUE(scene.called(290'000).empty());
  other.send(WakeAt{.request = 4, .times = {}});
  other.expect<Stored>();
  EXPECT_TRUE(scene.called(60'000).empty());
}

TEST(WakeUpTimes, ThatPassedWhileTheServerWasDownAreRungUpToAnHourLate) {
  for (const std::int64_t late : {59 * kMinute, 61 * kMinute}) {
    Scene scene;
    scene.subscribe_all();
    Device other = scene.device(scene.world.other);
    other.send(WakeAt{.request = 2, .times = {scene.seconds(10)}});
    other.expect<Stored>();
    EXPECT_EQ(scene.called(10'000 + late).size(), late < 60 * kMinute ? 1U : 0U);
    EXPECT_TRUE(scene.times(scene.world.other).empty());
  }
}

TEST(WakeUpTimes, WithoutASubscriptionCallNobody) {
  Scene scene;
  Device other = scene.device(scene.world.other);
  other.send(WakeAt{.request = 2, .times = {scene.seconds(10)}});
  other.expect<Stored>();
  EXPECT_TRUE(scene.called(20'000).empty());
  EXPECT_TRUE(scene.times(scene.world.other).empty());
}

// ---- who may ask ----

TEST(Subscribing, TheKeyIsToldToWhoAsks) {
  Scene scene;
  Device other = scene.device(scene.world.other);
  other.send(PushKeyAsk{});
  EXPECT_EQ(other.expect<PushKey>(), (PushKey{.available = true, .key = scene.key.public_key()}));
}

TEST(Subscribing, ARelayThatWakesNobodySaysSoAndStillForgets) {
  World world;
  world.store_log(Log(world.phone, ours_genesis(world.phone, world.other)), world.phone);
  Device phone = world.device(world.phone);
  phone.arrive().send(PushKeyAsk{});
  EXPECT_EQ(phone.expect<PushKey>(), PushKey{});
  phone.send(PushDevice("https://push.example/x").set(4));
  EXPECT_EQ(phone.expect<Refused>(), (Refused{.request = 4, .code = kPushOff.number}));
  phone.send(WakeAt{.request = 5, .times = {}});
  EXPECT_EQ(phone.expect<Refused>(), (Refused{.request = 5, .code = kPushOff.number}));
  phone.send(PushClear{.request = 6});
  EXPECT_EQ(phone.expect<Stored>().request, 6U);
}

TEST(Subscribing, WhoBelongsToNoStreamIsRefused) {
  Scene scene;
  Device stranger = scene.device(scene.world.stranger);
  stranger.send(PushDevice("https://push.example/x").set(4));
  EXPECT_EQ(stranger.expect<Refused>(), (Refused{.request = 4, .code = kNotAMember.number}));
  stranger.send(WakeAt{.request = 5, .times = {scene.seconds(10)}});
  EXPECT_EQ(stranger.expect<Refused>(), (Refused{.request = 5, .code = kNotAMember.number}));
}

TEST(Subscribing, AnAddressThatMayNotBeCalledIsRefused) {
  Scene scene;
  Device other = scene.device(scene.world.other);
  for (const char* address : {"https://127.0.0.1/x", "http://push.example/x", "https://relay:8420/x", "nonsense"}) {
    other.send(PushDevice(address).set(4));
    EXPECT_EQ(other.expect<Refused>(), (Refused{.request = 4, .code = kPushEndpoint.number})) << address;
  }
  EXPECT_FALSE(scene.subscription(scene.world.other));
}

TEST(Subscribing, RequestsNotYetAnsweredCountLikeAnyOthers) {
  P256Pair key = P256Pair::make();
  Policy policy = waking(key);
  policy.requests_in_flight = 1;
  World world(MemoryStore::Commit::when_asked, policy);
  Device phone = world.device(world.phone);
  phone.arrive().send(PushClear{.request = 1});
  phone.send(PushClear{.request = 2});
  EXPECT_EQ(phone.expect<Refused>(), (Refused{.request = 2, .code = kSlowDown.number}));
  world.store.commit();
  EXPECT_EQ(phone.expect<Stored>().request, 1U);
}

// ---- the end ----

TEST(LettingGo, ADeviceThatIsRemovedLeavesNothingByWhichToCallIt) {
  Scene scene;
  scene.subscribe_all();
  Device laptop = scene.device(scene.world.laptop);
  laptop.send(WakeAt{.request = 1, .times = {scene.seconds(1000)}});
  laptop.expect<Stored>();
  scene.ours.control(scene.world.phone, removing(scene.world.laptop, {scene.world.phone, scene.world.other}));
  Device phone = scene.device(scene.world.phone);
  phone.send(scene.ours.append(2, scene.ours.head()));
  phone.expect<Stored>();
  EXPECT_FALSE(scene.subscription(scene.world.laptop));
  EXPECT_TRUE(scene.times(scene.world.laptop).empty());
  EXPECT_TRUE(scene.subscription(scene.world.phone));
  EXPECT_TRUE(scene.subscription(scene.world.other));
}

TEST(LettingGo, WithTheEndOfTheirSpaceGoesWhatWokeTheTwoUnlessTheyHaveAnother) {
  Scene scene;
  scene.subscribe_all();
  const Log mine(scene.world.phone, mine_genesis(scene.world.phone));
  scene.world.store_log(mine, scene.world.phone);
  scene.ours.control(scene.world.other, Close{});
  Device other = scene.device(scene.world.other);
  other.send(scene.ours.append(2, scene.ours.head()));
  other.expect<Stored>();
  EXPECT_FALSE(scene.subscription(scene.world.other));
  EXPECT_FALSE(scene.subscription(scene.world.laptop));
  EXPECT_TRUE(scene.subscription(scene.world.phone)) << "the phone still has a space of its own";
}

// ---- the key ----

TEST(PushIdentity, IsMadeOnceAndKept) {
  MemoryStore store;
  const auto first = server::PushIdentity::load(store, "mailto:a@b.example");
  ASSERT_TRUE(first);
  EXPECT_EQ(first->contact, "mailto:a@b.example");
  EXPECT_EQ(server::PushIdentity::load(store, "")->key.public_key(), first->key.public_key());
}

TEST(PushIdentity, ThatTheStoreCanNotKeepIsNone) {
  MemoryStore store;
  store.fail_with(server::Outcome::full);
  EXPECT_FALSE(server::PushIdentity::load(store, ""));
}

}  // namespace
}  // namespace attune::tests
