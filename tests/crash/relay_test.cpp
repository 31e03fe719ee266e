// kill -9 of the real relay, a hundred times in the midst of its work: nothing it has called stored is missing
// afterwards, and nothing is torn.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <map>
#include <random>
#include <thread>
#include <utility>

#include "server/attuned.h"
#include "server/folder.h"

namespace attune::tests {
namespace {

using namespace wire;
using Clock = std::chrono::steady_clock;

constexpr int kKills = 100;
constexpr std::uint8_t kWriters = 6;
constexpr int kMostAnswers = 40;
constexpr std::uint64_t kMostRecords = 5;

// One device that appends as fast as it is answered, and what it was told.
class Writer {
 public:
  Writer(std::uint8_t number, std::uint64_t seed)
      : keys_(keys_of(number)), log_(keys_, mine_genesis(keys_)), random_(seed) {}

  /// Appends until the server is gone.
  void run(const Attuned& attuned, std::atomic<int>& answers) {
    Client client = attuned.client();
    const auto welcome = client.arrive(keys_, attuned.origin());
    if (!welcome) return;
    std::uint64_t next = known(*welcome);
    for (std::uint32_t request = 1;; ++request) {
      const std::uint64_t last = next + random_() % kMostRecords;
      while (log_.head() < last) write_one();
      client.send(log_.append(request, next, last));
      const auto stored = client.expect<Stored>();
      if (!stored) return;
      next = stored->head + 1;
      acknowledged_ = next;
      ++answers;
    }
  }

  /// Everything acknowledged is there, and what is there since `from` is this device's own log, unbroken.
  void check(const Attuned& attuned, std::uint64_t from) const {
    Client client = attuned.client();
    const auto welcome = client.arrive(keys_, attuned.origin());
    ASSERT_TRUE(welcome);
    const std::uint64_t stored = known(*welcome);
    ASSERT_GE(stored, acknowledged_);
    if (stored == 0) return;
    ASSERT_EQ(welcome->streams[0].history, history_hash(log_.at(stored - 1).header));
    client.send(Follow{.stream = log_.id(), .from = from});
    for (std::uint64_t at = from; at < stored;) {
      const auto batch = client.expect<Records>();
      ASSERT_TRUE(batch);
      for (const Bytes& record : batch->records) ASSERT_EQ(record, as_stored(at++, stored));
    }
  }
  /// What was called stored since the last time.
  void check_newest(const Attuned& attuned) { check(attuned, std::exchange(checked_, acknowledged_)); }

  [[nodiscard]] std::uint64_t acknowledged() const { return acknowledged_; }

 private:
  static std::uint64_t known(const Welcome& welcome) {
    return welcome.streams.empty() ? 0 : welcome.streams[0].head + 1;
  }
  /// Mostly an event, of any size; now and then what was written before is erased.
  void write_one() {
    if (log_.head() > 8 && random_() % 16 == 0) {
      const std::uint64_t gone = 1 + random_() % log_.head();
      if (log_.at(gone).header.cls == Class::event && erased_.emplace(gone, log_.head() + 1).second) {
        log_.control(keys_, Erase{.skeletons = false, .positions = {gone}, .blobs = {}});
        return;
      }
    }
    log_.event(keys_, 16 + random_() % 8'000);
  }
  /// The record at this position of a stream of so many: without its content if the erase of it is among them.
  [[nodiscard]] Bytes as_stored(std::uint64_t position, std::uint64_t records) const {
    Record record = log_.at(position);
    const auto erased = erased_.find(position);
    if (erased != erased_.end() && erased->second < records) record.content.reset();
    return encode(record);
  }

  Keys keys_;
  Log log_;
  std::mt19937_64 random_;
  std::map<std::uint64_t, std::uint64_t> erased_;  ///< position → that of its erase
  std::uint64_t acknowledged_ = 0;  ///< so many records were said to be stored
  std::uint64_t checked_ = 0;       ///< so many of them were looked at after a crash
};

/// Killed after so many answers and a moment more, in the midst of the next ones.
void kill_at_work(Attuned& attuned, std::vector<Writer>& writers, std::mt19937_64& random) {
  std::atomic<int> answers = 0;
  std::vector<std::jthread> threads;
  for (Writer& writer : writers) threads.emplace_back([&] { writer.run(attuned, answers); });
  const int enough = 1 + static_cast<int>(random() % kMostAnswers);
  while (answers < enough) std::this_thread::yield();
  const auto moment = Clock::now() + std::chrono::microseconds(random() % 3'000);
  while (Clock::now() < moment) std::this_thread::yield();
  attuned.program().signal(SIGKILL);
  EXPECT_EQ(attuned.program().wait(), -SIGKILL);
}

TEST(Crash, NothingAcknowledgedIsLostWheneverTheServerIsKilled) {
  const auto seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  const Folder folder;
  std::vector<Writer> writers;
  for (std::uint8_t i = 0; i < kWriters; ++i) writers.emplace_back(static_cast<std::uint8_t>(30 + i), random());
  const auto began = Clock::now();
  for (int kills = 0; kills < kKills && !HasFailure(); ++kills) {
    Attuned attuned(folder.path());
    for (Writer& writer : writers) writer.check_newest(attuned);
    kill_at_work(attuned, writers, random);
  }
  const Attuned attuned(folder.path());
  std::uint64_t acknowledged = 0;
  for (const Writer& writer : writers) {
    writer.check(attuned, 0);
    acknowledged += writer.acknowledged();
  }
  EXPECT_GT(acknowledged, static_cast<std::uint64_t>(kKills));
  std::printf("crash: %d kills of attuned, %llu records acknowledged, %.1f s\n", kKills,
              static_cast<unsigned long long>(acknowledged),
              std::chrono::duration<double>(Clock::now() - began).count());
}

}  // namespace
}  // namespace attune::tests
