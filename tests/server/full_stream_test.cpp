// A stream that has reached its size: nothing is written any more, but what is there can be taken away.
#include "server/device.h"

namespace attune::tests {
namespace {

using namespace wire;
using server::Policy;

constexpr std::uint64_t kRoom = 100'000;

struct Full {
  World world{server::MemoryStore::Commit::at_once, [] {
                Policy policy;
                policy.stream_bytes = kRoom;
                return policy;
              }()};
  Log ours{world.phone, ours_genesis(world.phone, world.other, {member_of(world.laptop, 0, Role::device, self_of(0))})};
  Device phone{world.relay, world.phone};
  std::uint32_t request = 1;

  Full() {
    ours.event(world.phone, kRoom - 6'000);
    world.store_log(ours, world.phone);
    phone.arrive();
  }
  [[nodiscard]] std::uint64_t bytes() const { return world.store.state().streams.at(ours.id()).stream.bytes; }
  /// Sends what the log has grown by; takes it back if it is refused. The code, or "".
  std::string send(std::uint64_t first) {
    phone.send(ours.append(request++, first));
    for (const FromRelay& said : phone.hear()) {
      if (const auto* refused = std::get_if<Refused>(&said)) {
        while (ours.head() >= first) ours.drop_newest();
        return std::string(find_error(refused->code)->name);
      }
    }
    return "";
  }
  std::string write(std::size_t content) {
    ours.event(world.phone, content);
    return send(ours.head());
  }
  std::string erase(std::size_t blobs) {
    ours.control(world.phone, Erase{.skeletons = false, .positions = {1}, .blobs = std::vector<BlobId>(blobs)});
    return send(ours.head());
  }
};

TEST(FullStream, TakesNoMoreEventsButErasesAndRemovesDevices) {
  Full full;
  while (full.write(64).empty()) {
  }
  ASSERT_LE(full.bytes(), kRoom);
  EXPECT_EQ(full.erase(100), "");
  EXPECT_GT(full.bytes(), kRoom);
  EXPECT_EQ(full.write(1), "server-full");
  full.ours.control(full.world.phone, removing(full.world.laptop, {full.world.phone, full.world.other}));
  EXPECT_EQ(full.send(full.ours.head()), "");
}

TEST(FullStream, ControlRecordsHaveAnEndToo) {
  Full full;
  int taken = 0;
  while (full.erase(kMaxEraseBlobs).empty() && taken < 100) ++taken;
  EXPECT_GT(taken, 0);
  EXPECT_LT(taken, 4);
  EXPECT_LE(full.bytes(), kRoom + kRoom / 16);
  EXPECT_EQ(full.erase(kMaxEraseBlobs), "server-full");
}

TEST(FullStream, AnEventHasNoShareInWhatIsKeptForControlRecords) {
  Full full;
  const std::uint64_t first = full.ours.head() + 1;
  full.ours.control(full.world.phone, Erase{.skeletons = false, .positions = {1}, .blobs = std::vector<BlobId>(100)});
  full.ours.event(full.world.phone, 4'000);
  EXPECT_EQ(full.send(first), "server-full");
  full.ours.event(full.world.phone, 2'000);
  full.ours.control(full.world.phone, Erase{.skeletons = false, .positions = {1}, .blobs = std::vector<BlobId>(128)});
  EXPECT_EQ(full.send(first), "") << "the event still fits, and what follows it is control alone";
}

}  // namespace
}  // namespace attune::tests
