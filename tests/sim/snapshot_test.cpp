// A device that begins where its snapshot ends is the device that begins at the genesis. A snapshot that is damaged, or
// of another fold, costs time and nothing else.
#include <gtest/gtest.h>

#include <ranges>

#include "attune/client/shown.h"
#include "sim/agreement.h"
#include "tests/sim/pair.h"
#include "tests/sim/planting.h"

namespace attune::sim {
namespace {

/// A snapshot with every change, for one scene.
class Often {
 public:
  explicit Often(unsigned every = 1) : before_(std::exchange(log::planted().snapshot_every, every)) {}
  ~Often() { log::planted().snapshot_every = before_; }
  Often(const Often&) = delete;
  Often& operator=(const Often&) = delete;

 private:
  unsigned before_;
};

using Disk = std::map<std::string, Bytes>;

client::Vault vault_of(const Disk& disk) { return client::Vault(crypto::Key(disk.at("wrap"))); }

struct Opened {
  std::string views;  ///< every view's reply
  Bytes state;  ///< what the fold comes to, as the snapshot it keeps now says
  bool read = false;  ///< it began where a snapshot ends
};

/// Every view's reply; `ask` puts the question.
template <class Ask>
std::string views_of(Ask ask) {
  std::string out;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, client::Views>>(
      [&]<class V>(boost::mp11::mp_identity<V>) {
        const Json args = V::kName == "draft" ? Json{{"key", "half"}} : Json::object();
        out += std::string(V::kName) + ask(V::kName, schema::text(args)) + "\n";
      });
  return out;
}

std::vector<Row> rows_of(const Disk& disk) {
  std::vector<Row> out;
  for (const auto& [key, value] : disk) out.push_back({.key = key, .value = value});
  return out;
}

Opened look_at(Core& core, const Disk& disk, Now now);

/// Opens a device on this disk, away from the world.
Opened open(Disk disk, Now now) {
  Dice dice(1);
  auto core = Core::open(rows_of(disk), now, [&dice](std::span<std::uint8_t> out) { dice.fill(out); });
  if (!core) return {.views = std::string(core.error().name()), .state = {}, .read = false};
  return look_at(*core, disk, now);
}

Opened look_at(Core& core, const Disk& disk, Now now) {
  Opened out;
  out.views = views_of([&](std::string_view name, const std::string& args) { return core.view(name, args, now); });
  core.take_effects();
  const auto kept = [&] {
    for (const Effect& effect : core.take_effects()) {
      const auto* store = std::get_if<effect::Store>(&effect);
      if (store == nullptr) continue;
      for (const Row& row : store->rows) {
        if (row.key != "snapshot") continue;
        const auto bytes = vault_of(disk).open_long("snapshot", *row.value);
        if (bytes) out.state = *bytes;
      }
    }
  };
  {
    const Often as_usual;  // one more record than the snapshot is of would be needed: none is kept
    core.disconnected(now);
    kept();
    out.read = out.state.empty();
  }
  const Often always(0);
  core.disconnected(now);
  kept();
  return out;
}

/// All but the records, and of these the newest of each stream.
std::vector<Row> newest_of(const Disk& disk, std::size_t most) {
  std::map<std::string, std::vector<Row>> streams;
  std::vector<Row> out;
  for (const auto& [key, value] : disk) {
    Row row{.key = key, .value = value};
    (key.starts_with("r/") ? streams[key.substr(0, key.size() - 16)] : out).push_back(std::move(row));
  }
  for (const auto& [stream, rows] : streams) {
    std::ranges::copy(rows | std::views::drop(rows.size() - std::min(most, rows.size())), std::back_inserter(out));
  }
  return out;
}

struct OpenedEarly {
  std::string views;  ///< while older records were not here; a view got those that it asked for
  std::size_t fetched = 0;
  Opened whole;
};

/// The same with as few records as will do.
OpenedEarly open_early(const Disk& disk, Now now) {
  Dice dice(1);
  const auto entropy = [&dice](std::span<std::uint8_t> out) { dice.fill(out); };
  OpenedEarly out;
  for (std::size_t most = 1; most <= 2 * disk.size(); most *= 2) {
    auto core = Core::open_early(newest_of(disk, most), entropy);
    if (!core) continue;
    out.views = views_of([&](std::string_view name, const std::string& args) {
      for (;;) {
        const std::string seen = core->view(name, args, now);
        const Json reply = *schema::parse(seen);
        if (!reply.contains("rows")) return seen;
        std::vector<Row> more;
        for (const Json& key : reply["rows"]) more.push_back({.key = key, .value = disk.at(key.get<std::string>())});
        out.fetched += more.size();
        core->hand_over(std::move(more));
      }
    });
    core->hand_over(rows_of(disk));
    EXPECT_TRUE(core->open_whole(now).has_value());
    out.whole = look_at(*core, disk, now);
    return out;
  }
  ADD_FAILURE() << "opens never";
  return out;
}

/// What `app` says of the network is another thing before anything was dialled.
std::string without_app(const std::string& views) {
  const std::size_t at = views.find("app{");
  return at == std::string::npos ? views : views.substr(0, at) + views.substr(views.find('\n', at) + 1);
}

Opened open_without(Disk disk, Now now) {
  disk.erase("snapshot");
  return open(std::move(disk), now);
}

TEST(Snapshot, AnyLifeComesToTheSameFromItAsFromTheBeginning) {
  for (const std::uint64_t seed : {11U, 12U, 13U}) {
    const Often often(seed == 11 ? 1 : 7);
    RandomCouple couple(seed);
    couple.live(70);
    for (const bool rested : {false, true}) {
      if (rested) couple.rest();
      for (const Device* device : couple.devices()) {
        SCOPED_TRACE(device->name() + " of " + std::to_string(seed));
        ASSERT_TRUE(device->disk().contains("snapshot"));
        const Opened with = open(device->disk(), device->now());
        const Opened without = open_without(device->disk(), device->now());
        EXPECT_EQ(with.views, without.views);
        EXPECT_EQ(with.state, without.state);
        EXPECT_FALSE(without.read);
      }
    }
    const Violations wrong = everything_wrong(couple);
    EXPECT_TRUE(wrong.empty()) << wrong.size() << ", the first: " << wrong.front();
  }
}

TEST(Snapshot, ShowsBeforeTheRestIsHereWhatItShowsInTheEnd) {
  std::size_t fetched = 0;
  for (const std::uint64_t seed : {14U, 15U, 16U}) {
    const Often often(9);
    RandomCouple couple(seed);
    couple.live(60);
    for (const bool rested : {false, true}) {
      if (rested) couple.rest();
      for (const Device* device : couple.devices()) {
        SCOPED_TRACE(device->name() + " of " + std::to_string(seed));
        const Opened at_once = open(device->disk(), device->now());
        if (!at_once.read) continue;
        const OpenedEarly early = open_early(device->disk(), device->now());
        EXPECT_EQ(without_app(early.views), without_app(at_once.views));
        EXPECT_EQ(early.whole.views, at_once.views);
        EXPECT_EQ(early.whole.state, at_once.state);
        fetched += early.fetched;
      }
    }
  }
  EXPECT_GT(fetched, 0U) << "nothing old was ever asked for";
}

TEST(Snapshot, OpensNothingEarlyThatIsNotItsOwn) {
  const Often often;
  Pair couple(93);
  couple.thank(couple.sam, "For the early one");
  couple.world.settle();
  const Disk& disk = couple.noa.disk();
  Dice dice(1);
  const auto entropy = [&dice](std::span<std::uint8_t> out) { dice.fill(out); };
  EXPECT_TRUE(Core::open_early(newest_of(disk, 4), entropy).has_value());
  Disk without = disk;
  without.erase("snapshot");
  EXPECT_FALSE(Core::open_early(newest_of(without, 4), entropy).has_value());
  Disk cut = disk;
  cut["snapshot"].resize(cut["snapshot"].size() / 2);
  EXPECT_FALSE(Core::open_early(newest_of(cut, 4), entropy).has_value());
  EXPECT_FALSE(Core::open_early(newest_of(disk, 0), entropy).has_value());
  EXPECT_FALSE(Core::open_early({}, entropy).has_value());
  Disk altered = disk;
  const auto last =
      std::ranges::find_if(altered | std::views::reverse, [](const auto& row) { return row.first.starts_with("r/"); });
  altered.at(last->first)[60] ^= 1;
  EXPECT_FALSE(Core::open_early(newest_of(altered, 1), entropy).has_value());
}

TEST(Snapshot, NamesWhatIsMissingInTheEnd) {
  const Often often;
  Pair couple(94);
  for (int i = 0; i < 3; ++i) couple.thank(couple.sam, "For the missing one");
  couple.world.settle();
  const Disk& disk = couple.noa.disk();
  Dice dice(1);
  const std::vector<Row> newest = newest_of(disk, 4);
  auto core = Core::open_early(newest, [&dice](std::span<std::uint8_t> out) { dice.fill(out); });
  ASSERT_TRUE(core.has_value());
  Disk gap = disk;
  const auto older = std::ranges::find_if(
      gap, [&](const auto& row) { return std::ranges::find(newest, row.first, &Row::key) == newest.end(); });
  ASSERT_NE(older, gap.end());
  gap.erase(older);
  core->hand_over(rows_of(gap));
  const auto whole = core->open_whole(couple.noa.now());
  ASSERT_FALSE(whole.has_value());
  EXPECT_EQ(whole.error().name(), "storage-corrupt");
}

TEST(Snapshot, OfALongLogIsKeptAndReadBegunFrom) {
  Pair couple(91);
  const Often often(20);
  for (int i = 0; i < 30; ++i) couple.thank(couple.sam, "Thanks number " + std::to_string(i));
  couple.world.settle();
  couple.noa.restart();
  couple.world.settle();
  const Opened opened = open(couple.noa.disk(), couple.noa.now());
  EXPECT_TRUE(couple.noa.disk().contains("snapshot"));
  EXPECT_EQ(opened.views, open_without(couple.noa.disk(), couple.noa.now()).views);
}

struct Kept {
  Disk disk;
  Now now;
  std::string views;
};

Kept device_with_a_snapshot() {
  const Often often;
  Pair couple(92);
  const std::string item = couple.offer();
  couple.thank(couple.sam, "For the snapshot");
  couple.world.settle();
  Kept out{.disk = couple.noa.disk(), .now = couple.noa.now(), .views = {}};
  out.views = open_without(out.disk, out.now).views;
  const Opened with = open(out.disk, out.now);
  EXPECT_TRUE(with.read);
  EXPECT_EQ(with.views, out.views);
  return out;
}

TEST(Snapshot, ThatIsCutOffOrAlteredIsPassedOver) {
  const Kept kept = device_with_a_snapshot();
  const Bytes& whole = kept.disk.at("snapshot");
  for (std::size_t i = 0; i < 40; ++i) {
    Disk disk = kept.disk;
    disk["snapshot"].resize(i * whole.size() / 40);
    const Opened cut = open(std::move(disk), kept.now);
    EXPECT_EQ(cut.views, kept.views) << i;
    EXPECT_FALSE(cut.read) << i;
    disk = kept.disk;
    disk["snapshot"][i * whole.size() / 40] ^= 1;
    const Opened altered = open(std::move(disk), kept.now);
    EXPECT_EQ(altered.views, kept.views) << i;
    EXPECT_FALSE(altered.read) << i;
  }
}

TEST(Snapshot, ThatSaysLessOrMoreThanItsVersionDoesIsPassedOver) {
  const Kept kept = device_with_a_snapshot();
  const client::Vault vault = vault_of(kept.disk);
  Dice dice(3);
  const auto entropy = [&dice](std::span<std::uint8_t> out) { dice.fill(out); };
  const Bytes inside = *vault.open_long("snapshot", kept.disk.at("snapshot"));
  for (std::size_t length = 0; length < inside.size(); length += 1 + inside.size() / 60) {
    Disk disk = kept.disk;
    disk["snapshot"] = vault.seal_long("snapshot", ByteView(inside).first(length), entropy);
    const Opened opened = open(std::move(disk), kept.now);
    EXPECT_EQ(opened.views, kept.views) << length;
    EXPECT_FALSE(opened.read) << length;
  }
  Bytes longer = inside;
  longer.push_back(0);
  Disk disk = kept.disk;
  disk["snapshot"] = vault.seal_long("snapshot", longer, entropy);
  EXPECT_FALSE(open(std::move(disk), kept.now).read);
}

TEST(Snapshot, OfAnotherFoldIsPassedOverAndReplaced) {
  const Kept kept = device_with_a_snapshot();
  const client::Vault vault = vault_of(kept.disk);
  Dice dice(4);
  Bytes inside = *vault.open_long("snapshot", kept.disk.at("snapshot"));
  inside[0] ^= 1;  // the version stands first
  Disk disk = kept.disk;
  disk["snapshot"] = vault.seal_long("snapshot", inside, [&dice](std::span<std::uint8_t> out) { dice.fill(out); });
  const Opened opened = open(std::move(disk), kept.now);
  EXPECT_EQ(opened.views, kept.views);
  EXPECT_FALSE(opened.read);
  EXPECT_EQ(Hash::copy_of(opened.state), Hash::copy_of(*vault.open_long("snapshot", kept.disk.at("snapshot"))));
}

TEST(Snapshot, OfAnotherHistoryIsPassedOver) {
  const Kept kept = device_with_a_snapshot();
  Disk disk = kept.disk;
  // The newest record of *ours* is gone from the disk: what the snapshot is of is not what is here.
  const auto last =
      std::ranges::find_if(disk | std::views::reverse, [](const auto& row) { return row.first.starts_with("r/"); });
  disk.erase(last->first);
  const Opened opened = open(disk, kept.now);
  EXPECT_FALSE(opened.read);
  EXPECT_EQ(opened.views, open_without(disk, kept.now).views);
}

TEST(Snapshot, OfAnyLengthIsReadOnlyWhole) {
  constexpr std::size_t kPiece = 64 * 1024;
  Dice dice(5);
  const auto entropy = [&dice](std::span<std::uint8_t> out) { dice.fill(out); };
  const client::Vault vault(crypto::random_key(entropy));
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, kPiece - 1, kPiece, kPiece + 1, 3 * kPiece}) {
    SCOPED_TRACE(size);
    Bytes inside(size);
    dice.fill(inside);
    const Bytes sealed = vault.seal_long("snapshot", inside, entropy);
    const auto opened = vault.open_long("snapshot", sealed);
    ASSERT_TRUE(opened.has_value());
    EXPECT_EQ(*opened, inside);
    EXPECT_FALSE(vault.open_long("profile", sealed).has_value());
    for (std::size_t pieces = 0; 16 + pieces * (kPiece + 16) < sealed.size(); ++pieces) {
      const std::size_t border = 16 + pieces * (kPiece + 16);
      EXPECT_FALSE(vault.open_long("snapshot", Bytes(sealed.begin(), sealed.begin() + border)).has_value())
          << "cut at " << border;
      Bytes altered = sealed;
      altered[border] ^= 1;
      EXPECT_FALSE(vault.open_long("snapshot", altered).has_value()) << "altered at " << border;
    }
    Bytes longer = sealed;
    longer.resize(longer.size() + 16);
    EXPECT_FALSE(vault.open_long("snapshot", longer).has_value());
  }
}

TEST(Snapshot, LosesNothingWhateverTheMomentThePowerFails) {
  for (std::size_t effects = 0; effects < 12; ++effects) {
    SCOPED_TRACE("after " + std::to_string(effects));
    const Often often;
    Pair couple(70 + effects);
    couple.thank(couple.noa, "Before");
    couple.world.settle();
    couple.sam.lose_power_after(effects);
    couple.noa.command("cherish.thank", {{"did", "Meanwhile"}, {"says", ""}, {"felt", ""}});
    couple.sam.command("cherish.thank", {{"did", "Just before it went dark"}, {"says", ""}, {"felt", ""}});
    couple.world.run_for(60'000);
    couple.sam.lose_power_after(std::nullopt);
    couple.sam.restart();
    couple.world.run_for(120'000);
    for (Device* device : {&couple.sam, &couple.noa}) {
      EXPECT_EQ(notices(*device), std::vector<std::string>{}) << device->name();
      EXPECT_EQ(unlike_the_second_fold(*device), Violations{});
    }
    EXPECT_EQ(open(couple.sam.disk(), couple.sam.now()).state, open_without(couple.sam.disk(), couple.sam.now()).state);
  }
}

}  // namespace
}  // namespace attune::sim
