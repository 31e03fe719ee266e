// attune_bench FOLDER ROUNDS [FIGURE…]: the relay's figures, each beside its reference, as lines of JSON for
// tests/bench/run.mjs, which judges them. The folder lies on the disk that is measured; what is made in it is removed.
#include <nlohmann/json.hpp>

#include <cstdio>
#include <exception>
#include <set>

#include "bench/relay/attuned.h"
#include "bench/relay/disk.h"
#include "bench/relay/loads.h"
#include "bench/relay/redis.h"
#include "wire/tagged.h"

namespace {

using namespace attune::bench;

constexpr std::size_t kCouples = 100;
constexpr std::size_t kRecords = 900;  // of each couple, more than a round takes
constexpr std::size_t kAppends = 1500;
constexpr double kSeconds = 2;
constexpr std::size_t kIdleCouples = 5'000;

/// A folder in the given one, gone with this.
class Place {
 public:
  Place(const std::filesystem::path& in, const char* name) : path_(in / name) {
    std::filesystem::create_directories(path_);
  }
  ~Place() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// One figure of all rounds.
struct Figure {
  std::string figure;
  std::string unit;
  std::string reference;
  nlohmann::json budget;  ///< "at most" or "at least" so many times the reference, "bytes"; none: only shown beside it
  std::vector<double> runs = {};
  std::vector<double> references = {};

  void add(double value, double beside) {
    runs.push_back(value);
    references.push_back(beside);
  }
  void print() const {
    const nlohmann::json line = {
        {"figure", figure},         {"unit", unit},    {"runs", runs}, {"reference", reference},
        {"references", references}, {"budget", budget}};
    std::printf("%s\n", line.dump().c_str());
  }
};

/// What one relay does under the three loads.
struct Measured {
  double append = 0;  ///< ms, p50
  double rows = 0;  ///< a second
  double delivery = 0;  ///< ms, p99
};

/// What the disk itself did in between.
struct Disk {
  double append = 0;  ///< ms, p50
  double rows = 0;  ///< a second, of SQLite
  double paced = 0;  ///< ms, p99
};

std::vector<Couple> couples_who_wrote(std::uint32_t first, std::size_t count, std::size_t records, By by) {
  std::vector<Couple> out;
  for (std::size_t i = 0; i < count; ++i) {
    out.push_back(make_couple(first + static_cast<std::uint32_t>(i)));
    write_records(out.back(), records, by);
  }
  return out;
}

class Bench {
 public:
  explicit Bench(std::filesystem::path folder) : folder_(std::move(folder)) {}

  void appends(std::size_t rounds);
  void idle(std::size_t rounds);

 private:
  Measured of_attuned(Disk& disk);
  Measured of_redis(double rate);

  std::filesystem::path folder_;
  std::vector<Couple> alone_;
  std::vector<Couple> couples_;
};

Measured Bench::of_attuned(Disk& disk) {
  const Place place(folder_, "attuned");
  std::vector<Couple> all = alone_;
  all.insert(all.end(), couples_.begin(), couples_.end());
  found_streams(place.path(), all);
  const Attuned attuned(place.path());
  Measured out;
  settle(folder_);
  {
    Devices one(attuned, alone_, Devices::Which::first);
    out.append = percentile(one_at_a_time(one, kAppends), 50);
    disk.append =
        percentile(raw_appends(folder_, {alone_[0].records.begin(), alone_[0].records.begin() + kAppends}), 50);
  }
  Devices both(attuned, couples_, Devices::Which::both);
  disk.rows = sqlite_rows(folder_, alone_[0].records, kSeconds);
  settle(folder_);
  out.rows = all_at_once(both, kCouples, kSeconds);
  settle(folder_);
  out.delivery = percentile(delivered_at(both, kCouples, out.rows / 10, kSeconds), 99);
  settle(folder_);
  disk.paced = percentile(raw_appends_at(folder_, alone_[0].records, out.rows / 10, kSeconds), 99);
  return out;
}

Measured Bench::of_redis(double rate) {
  const Place place(folder_, "redis");
  const RedisServer server(place.path());
  Measured out;
  settle(folder_);
  {
    Redis one(server, alone_);
    out.append = percentile(one_at_a_time(one, kAppends), 50);
  }
  Redis both(server, couples_);
  settle(folder_);
  out.rows = all_at_once(both, kCouples, kSeconds);
  settle(folder_);
  out.delivery = percentile(delivered_at(both, kCouples, rate, kSeconds), 99);
  return out;
}

void Bench::appends(std::size_t rounds) {
  alone_ = couples_who_wrote(1'000'000, 1, kAppends, By::first);
  couples_ = couples_who_wrote(0, kCouples, kRecords, By::turns);
  Figure append{"one durable append, p50", "ms", "append + fdatasync", {{"at most", 3}}};
  Figure rows{"100 couples at once", "rows/s", "SQLite, a commit each", {{"at least", 2}}};
  Figure delivery{"to the partner's socket, p99", "ms", "one durable append, p50", {{"at most", 5}}};
  Figure delivery_disk{"to the partner's socket, p99", "ms", "append + fdatasync at that pace, p99", nullptr};
  Figure append_beside{"one durable append, p50", "ms", "Redis Streams", nullptr};
  Figure rows_beside{"100 couples at once", "rows/s", "Redis Streams", nullptr};
  Figure delivery_beside{"to the partner's socket, p99", "ms", "Redis Streams", nullptr};
  for (std::size_t round = 0; round < rounds; ++round) {
    Disk disk;
    const Measured ours = of_attuned(disk);
    const Measured redis = of_redis(ours.rows / 10);
    append.add(ours.append, disk.append);
    rows.add(ours.rows, disk.rows);
    delivery.add(ours.delivery, ours.append);
    delivery_disk.add(ours.delivery, disk.paced);
    append_beside.add(ours.append, redis.append);
    rows_beside.add(ours.rows, redis.rows);
    delivery_beside.add(ours.delivery, redis.delivery);
  }
  for (const Figure* figure :
       {&append, &rows, &delivery, &delivery_disk, &append_beside, &rows_beside, &delivery_beside}) {
    figure->print();
  }
}

void Bench::idle(std::size_t rounds) {
  const Place place(folder_, "idle");
  const std::vector<Couple> couples = couples_who_wrote(0, kIdleCouples, 0, By::turns);
  found_streams(place.path(), couples);
  Figure memory{"memory of an idle connection", "bytes", "", {{"bytes", 12'000}}};
  for (std::size_t round = 0; round < rounds; ++round) memory.runs.push_back(memory_of_idle(place.path(), couples));
  memory.print();
}

}  // namespace

int main(int count, char** words) {
  if (count < 3 || !attune::wire::initialise()) return 2;
  const std::size_t rounds = std::strtoul(words[2], nullptr, 10);
  const std::set<std::string> wanted(words + 3, words + count);
  try {
    if (raise_open_files() < 2 * kIdleCouples + 100) {
      std::fprintf(stderr, "Too few files may be open at once for 10,000 connections (ulimit -Hn).\n");
      return 1;
    }
    Bench bench(std::filesystem::absolute(words[1]));
    if (wanted.empty() || wanted.contains("appends")) bench.appends(rounds);
    if (wanted.empty() || wanted.contains("idle")) bench.idle(rounds);
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "%s\n", problem.what());
    return 1;
  }
  return 0;
}
