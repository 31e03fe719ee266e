// Signals: who hears them, and who does not.
#include "server/signal_scene.h"

namespace attune::tests {
namespace {

using namespace wire;
using Said = std::vector<Signalled>;

TEST(Signal, IsHandedToTheOthersInTheRoomAndAnsweredToNobody) {
  SignalScene scene;
  Device& phone = scene.enters(scene.world.phone);
  Device& other = scene.enters(scene.world.other);
  EXPECT_EQ(signals_to(phone), Said{scene.said_by(scene.world.other, 0)}) << "it was there first";
  scene.says(phone, 1);
  EXPECT_EQ(signals_to(other), Said{scene.said_by(scene.world.phone, 1)});
  scene.says(other, 2);
  EXPECT_EQ(signals_to(phone), Said{scene.said_by(scene.world.other, 2)});
  EXPECT_TRUE(other.hears_nothing());
}

TEST(Signal, IsStoredNowhereAndNotHandedToWhoComesLater) {
  SignalScene scene(SignalScene::Commit::when_asked);
  Device& phone = scene.enters(scene.world.phone);
  scene.says(phone, 1);
  EXPECT_FALSE(scene.world.store.commit()) << "nothing waits to be stored";
  Device& other = scene.enters(scene.world.other);
  EXPECT_TRUE(other.hears_nothing());
}

TEST(Signal, ReachesTheOtherDevicesAndConnectionsOfThatPersonAsWell) {
  SignalScene scene;
  Device& phone = scene.enters(scene.world.phone);
  Device& laptop = scene.enters(scene.world.laptop);
  Device& again = scene.enters(scene.world.phone);
  phone.hear();
  laptop.hear();
  scene.says(phone, 3);
  EXPECT_EQ(signals_to(laptop), Said{scene.said_by(scene.world.phone, 3)});
  EXPECT_EQ(signals_to(again), Said{scene.said_by(scene.world.phone, 3)});
  EXPECT_TRUE(phone.hears_nothing());
}

// A client from before knows no such message, and would hang up.
TEST(Signal, ReachesNoConnectionThatHasNotSaidOneItself) {
  SignalScene scene;
  Device& phone = scene.enters(scene.world.phone);
  Device& silent = scene.follows(scene.world.other);
  Device& other = scene.enters(scene.world.other);
  phone.hear();
  scene.says(phone, 1);
  EXPECT_EQ(signals_to(other).size(), 1U);
  EXPECT_TRUE(silent.hears_nothing()) << "another connection of that key has";
}

TEST(Signal, ReachesNoConnectionThatDoesNotFollowTheStream) {
  SignalScene scene;
  Device& phone = scene.enters(scene.world.phone);
  Device& other = scene.arrives(scene.world.other);
  scene.says(other, 0);
  EXPECT_EQ(signals_to(phone).size(), 1U);
  scene.says(phone, 1);
  EXPECT_TRUE(other.hears_nothing());
  other.send(Follow{.stream = scene.log.id(), .from = 2});
  other.expect<Records>();
  EXPECT_TRUE(other.hears_nothing());
  scene.says(phone, 2);
  EXPECT_EQ(signals_to(other), Said{scene.said_by(scene.world.phone, 2)});
}

TEST(Signal, StaysInTheRoomOfItsStream) {
  SignalScene scene;
  const Log mine(scene.world.phone, mine_genesis(scene.world.phone));
  scene.world.store_log(mine, scene.world.phone);
  Device& phone = scene.enters(scene.world.phone);
  Device& again = scene.follows(scene.world.phone);
  for (Device* device : {&phone, &again}) {
    device->send(Follow{.stream = mine.id(), .from = 1});
    device->send(Signal{.stream = mine.id(), .bytes = Bytes(1)});
    device->hear();
  }
  phone.hear();
  scene.says(phone, 1);
  EXPECT_TRUE(again.hears_nothing());
  phone.send(Signal{.stream = mine.id(), .bytes = Bytes(2)});
  EXPECT_EQ(signals_to(again), (Said{{.stream = mine.id(), .from = scene.world.phone.sign, .bytes = Bytes(2)}}));
}

TEST(Signal, IsNeitherTakenFromNorHandedToWhoWritesNoEventsThere) {
  SignalScene scene;
  Device& phone = scene.enters(scene.world.phone);
  for (const Keys* keys : {&scene.world.stranger, &scene.reader, &scene.world.phrase}) {
    Device& outside = scene.enters(*keys);
    scene.says(outside, 1);
    EXPECT_TRUE(phone.hears_nothing());
    scene.says(phone, 2);
    EXPECT_TRUE(outside.hears_nothing()) << "and is told nothing of its own";
    EXPECT_FALSE(outside.session().ended());
  }
}

TEST(Signal, OfAStreamThatDoesNotExistIsDropped) {
  SignalScene scene;
  Device& phone = scene.arrives(scene.world.phone);
  const std::size_t before = scene.world.bus.size();
  phone.send(Signal{.stream = all<StreamId>(0x77), .bytes = Bytes(64)});
  EXPECT_TRUE(phone.hears_nothing());
  EXPECT_EQ(scene.world.bus.size(), before);
}

TEST(Signal, IsNotTakenFromARemovedDeviceNorHandedToIt) {
  SignalScene scene;
  Device& phone = scene.enters(scene.world.phone);
  Device& laptop = scene.enters(scene.world.laptop);
  Device& other = scene.enters(scene.world.other);
  scene.log.control(scene.world.phone,
                    removing(scene.world.laptop, {scene.world.phone, scene.world.phrase, scene.world.other}));
  scene.append(phone);
  for (Device* device : {&phone, &laptop, &other}) device->hear();
  scene.says(laptop, 1);
  EXPECT_TRUE(phone.hears_nothing());
  EXPECT_TRUE(other.hears_nothing());
  scene.says(phone, 2);
  EXPECT_TRUE(laptop.hears_nothing());
  EXPECT_EQ(signals_to(other), Said{scene.said_by(scene.world.phone, 2)}) << "the others are in the next epoch";
}

TEST(Signal, ThatWaitsForADeviceIsNotHandedToItOnceItIsRemoved) {
  SignalScene scene;
  Device& phone = scene.enters(scene.world.phone);
  Device& laptop = scene.enters(scene.world.laptop);
  scene.says(phone, 1);
  scene.log.control(scene.world.phone,
                    removing(scene.world.laptop, {scene.world.phone, scene.world.phrase, scene.world.other}));
  scene.append(phone);
  const auto heard = laptop.hear();
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(std::get<Records>(heard[0]).head, scene.log.head());
}

TEST(Signal, IsHandedOnNoMoreAfterTheClose) {
  SignalScene scene;
  Device& phone = scene.enters(scene.world.phone);
  Device& other = scene.enters(scene.world.other);
  phone.hear();
  scene.says(phone, 1);
  scene.log.control(scene.world.phone, Close{});
  scene.append(phone);
  phone.expect<Stored>();
  scene.says(phone, 2);
  const auto heard = other.hear();
  ASSERT_EQ(heard.size(), 1U) << "neither the one that waited nor the later one";
  EXPECT_TRUE(std::holds_alternative<Records>(heard[0]));
  scene.says(other, 3);
  EXPECT_TRUE(phone.hears_nothing());
}

TEST(Signal, WaitsForNoCommit) {
  SignalScene scene(SignalScene::Commit::when_asked);
  Device& phone = scene.enters(scene.world.phone);
  Device& other = scene.enters(scene.world.other);
  phone.hear();
  scene.log.event(scene.world.phone);
  scene.append(phone);
  scene.says(phone, 1);
  EXPECT_EQ(signals_to(other), Said{scene.said_by(scene.world.phone, 1)});
  scene.says(other, 2);
  EXPECT_EQ(signals_to(phone), Said{scene.said_by(scene.world.other, 2)}) << "while its own append is under way";
  EXPECT_TRUE(scene.world.store.commit());
  other.expect<Records>();
}

TEST(Signal, ComesBehindTheRecordsThatAreThere) {
  SignalScene scene;
  Device& phone = scene.enters(scene.world.phone);
  Device& other = scene.enters(scene.world.other);
  scene.says(phone, 1);
  for (int i = 0; i < 2; ++i) {
    scene.log.event(scene.world.phone);
    scene.append(phone);
  }
  EXPECT_EQ(other.expect<Records>().records.size(), 2U);
  EXPECT_EQ(other.expect<Signalled>(), scene.said_by(scene.world.phone, 1));
}

}  // namespace
}  // namespace attune::tests
