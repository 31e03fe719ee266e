// How many signals there may be, and what they cost whoever does not read.
#include "server/relay/signals.h"
#include "server/signal_scene.h"

namespace attune::tests {
namespace {

using namespace wire;
using server::Policy;
using server::Signals;

Signals::Signal signal_of(std::uint8_t sender, std::uint8_t stream, std::uint8_t what) {
  return std::make_shared<const Signalled>(
      Signalled{.stream = all<StreamId>(stream), .from = all<SignKey>(sender), .bytes = Bytes(1, what)});
}

TEST(Signals, KeepTheNewestOfEachSenderInItsTurn) {
  Signals waiting;
  for (std::uint8_t what = 1; what <= 3; ++what) {
    waiting.add(signal_of(1, 1, what));
    waiting.add(signal_of(2, 1, what));
  }
  waiting.add(signal_of(1, 2, 4));
  EXPECT_EQ(*waiting.take(), *signal_of(1, 1, 3));
  EXPECT_EQ(*waiting.take(), *signal_of(2, 1, 3));
  EXPECT_EQ(*waiting.take(), *signal_of(1, 2, 4)) << "of another stream";
  EXPECT_EQ(waiting.take(), nullptr);
}

TEST(Signals, OfTooManySendersGiveWayOldestFirst) {
  Signals waiting;
  constexpr std::uint8_t kSenders = Signals::kMost + 3;
  for (std::uint8_t sender = 0; sender < kSenders; ++sender) waiting.add(signal_of(sender, 1, 1));
  for (std::uint8_t sender = 3; sender < kSenders; ++sender) EXPECT_EQ(*waiting.take(), *signal_of(sender, 1, 1));
  EXPECT_EQ(waiting.take(), nullptr);
}

TEST(Signal, OnlyTheNewestOfASenderWaitsForWhoDoesNotRead) {
  SignalScene scene;
  Device& phone = scene.enters(scene.world.phone);
  Device& other = scene.enters(scene.world.other);
  phone.hear();
  other.hear();
  const int before = other.wakings();
  for (int i = 0; i < 1'000; ++i) {
    phone.now = phone.now + 100;
    scene.says(phone, static_cast<std::uint8_t>(i));
  }
  EXPECT_EQ(other.wakings(), before + 1);
  EXPECT_EQ(signals_to(other), std::vector{scene.said_by(scene.world.phone, 999 % 256)});
  EXPECT_FALSE(phone.session().ended());
}

TEST(Signal, IsTakenTwentyTimesAtOnceAndThenTenTimesASecond) {
  SignalScene scene;
  Device& other = scene.enters(scene.world.other);
  Device& phone = scene.enters(scene.world.phone);
  std::size_t heard = signals_to(other).size();  // the one it came in with
  const auto say = [&](int times) {
    for (int i = 0; i < times; ++i) {
      scene.says(phone, 1);
      heard += signals_to(other).size();
    }
  };
  say(30);
  EXPECT_EQ(heard, 20U);
  phone.now = kNow + 99;
  say(1);
  EXPECT_EQ(heard, 20U);
  phone.now = kNow + 100;
  say(2);
  EXPECT_EQ(heard, 21U);
  phone.now = kNow + 1'100;
  say(30);
  EXPECT_EQ(heard, 31U);
  EXPECT_TRUE(phone.hears_nothing()) << "what is dropped is no fault";
  EXPECT_FALSE(phone.session().ended());
}

TEST(Signal, CountsAmongAllThatAConnectionMaySay) {
  Policy policy;
  policy.messages_per_second = 3;
  SignalScene scene(SignalScene::Commit::at_once, policy);
  Device& phone = scene.arrives(scene.world.phone);  // two of thirty messages
  for (int i = 0; i < 28; ++i) scene.says(phone, 1);
  EXPECT_TRUE(phone.hears_nothing());
  scene.says(phone, 1);
  EXPECT_EQ(phone.expect<Fault>().code, kSlowDown.number);
  EXPECT_TRUE(phone.session().ended());
}

TEST(Signal, OfMoreThanItsBytesEndsTheConnectionAndReachesNobody) {
  SignalScene scene;
  Device& phone = scene.enters(scene.world.phone);
  Device& other = scene.enters(scene.world.other);
  phone.hear();
  Bytes huge = encode(FromDevice(Signal{.stream = scene.log.id(), .bytes = Bytes(kMaxSignal)}));
  phone.send_raw(huge);
  EXPECT_EQ(signals_to(other).size(), 1U);
  ++huge[33];
  huge.push_back(0);
  phone.send_raw(huge);
  EXPECT_EQ(phone.expect<Fault>().code, kTooLarge.number);
  EXPECT_TRUE(phone.session().ended());
  EXPECT_TRUE(other.hears_nothing());
}

TEST(Signal, BringsAConnectionIntoNoMoreRoomsThanItMayFollowStreams) {
  Policy policy;
  policy.followed_streams = 1;
  SignalScene scene(SignalScene::Commit::at_once, policy);
  const Log mine(scene.world.phone, mine_genesis(scene.world.phone));
  scene.world.store_log(mine, scene.world.phone);
  {
    Device phone(scene.world.relay, scene.world.phone);
    phone.arrive();
    const std::size_t before = scene.world.bus.size();
    for (const StreamId& stream : {mine.id(), scene.log.id(), mine.id()}) {
      phone.send(Signal{.stream = stream, .bytes = Bytes(1)});
    }
    EXPECT_EQ(scene.world.bus.size(), before + 1);
  }
  EXPECT_EQ(scene.world.bus.size(), 0U);
}

TEST(Signal, IsSaidNoMoreOnceTheServerStops) {
  SignalScene scene;
  Device& phone = scene.enters(scene.world.phone);
  Device& other = scene.enters(scene.world.other);
  scene.says(phone, 1);
  other.session().stop();
  EXPECT_EQ(other.expect<Fault>().code, kStopping.number);
  EXPECT_TRUE(other.hears_nothing());
}

}  // namespace
}  // namespace attune::tests
