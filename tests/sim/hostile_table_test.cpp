// What a hostile relay does, what the person it does it to reads, and what stays usable: one row for each deed, done to
// real devices. The rows are written down as well; scripts/hostile-table.mjs makes the threat model's table of them.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "sim/agreement.h"
#include "sim/invariants.h"
#include "tests/sim/hostile_scene.h"

namespace attune::sim {
namespace {

constexpr std::int64_t kMinute = 60 * 1'000;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr auto kOurs = wire::StreamKind::ours;
constexpr auto kMine = wire::StreamKind::mine;

/// What comes of a deed for the device it is done to.
struct Comes {
  std::string_view notice = {};  ///< the code of what is read; empty: nothing is said
  Goes ours = Goes::on;  ///< writing to the other
  Goes mine = Goes::on;  ///< writing for oneself
  bool heals = true;  ///< everything is there once the relay is honest
  std::string_view screen = {};  ///< where no notice says it: a key of texts.json
};

struct Row {
  std::string_view deed;  ///< as the table says it
  void (*does)(Scene&);
  std::optional<Comes> ours = {};  ///< done to the shared stream; none: it is no deed for that
  std::optional<Comes> mine = {};  ///< done to what is one person's alone
  bool whole = false;  ///< it is done to both at once
};

// ---- deeds ----

Bytes handed(const wire::Records& records) { return wire::encode(wire::FromRelay(records)); }

/// Hands on every batch with its newest record changed.
template <class Change>
void alter_newest(Scene& scene, Change change) {
  scene.hand([change](wire::Records records) -> std::vector<Bytes> {
    if (!records.records.empty()) {
      auto record = wire::decode_record(records.records.back());
      change(*record);
      records.records.back() = wire::encode(*record);
    }
    return {handed(records)};
  });
  scene.write(scene.sam);
}

/// Every event on its way loses a part.
template <class Lose>
void lose_parts(Scene& scene, Lose lose) {
  scene.hand([lose](wire::Records records) -> std::vector<Bytes> {
    for (Bytes& raw : records.records) {
      auto record = wire::decode_record(raw);
      if (record->header.cls != wire::Class::event) continue;
      lose(*record);
      raw = wire::encode(*record);
    }
    return {handed(records)};
  });
  scene.write(scene.sam);
}

void drop(Scene& scene) {
  scene.hand([dropped = false](wire::Records records) mutable -> std::vector<Bytes> {
    if (!records.records.empty() && !std::exchange(dropped, true)) return {};
    return {handed(records)};
  });
  scene.write(scene.sam);
  scene.write(scene.sam, "More news");
}

void delay(Scene& scene) {
  scene.victim->hold_line(2 * kHour);
  scene.write(scene.sam);
  scene.world.run_for(2 * kHour);
}

void repeat(Scene& scene) {
  scene.hand([all = std::vector<Bytes>()](wire::Records records) mutable -> std::vector<Bytes> {
    if (all.size() < 40) all.push_back(handed(records));
    std::vector<Bytes> out = all;  // everything it ever said, again and again
    out.push_back(handed(records));
    return out;
  });
  scene.write(scene.sam);
  scene.write(scene.sam, "More news");
}

void reorder(Scene& scene) {
  scene.hand([held_back = Bytes()](wire::Records records) mutable -> std::vector<Bytes> {
    if (records.records.empty()) return {handed(records)};
    if (held_back.empty()) {
      held_back = handed(records);
      return {};
    }
    return {handed(records), held_back};
  });
  scene.write(scene.sam);
  scene.write(scene.sam, "More news");
}

void truncate(Scene& scene) {
  scene.hand([](const wire::Records& records) -> std::vector<Bytes> {
    Bytes out = handed(records);
    out.pop_back();
    return {out};
  });
  scene.write(scene.sam);
}

void alter_header(Scene& scene) {
  alter_newest(scene, [](wire::Record& record) { record.header.prev.bytes[0] ^= 1; });
}
void alter_signature(Scene& scene) {
  alter_newest(scene, [](wire::Record& record) { record.signature.bytes[0] ^= 1; });
}
void alter_skeleton(Scene& scene) {
  alter_newest(scene, [](wire::Record& record) {
    if (record.skeleton) record.skeleton->back() ^= 1;
  });
}
void alter_content(Scene& scene) {
  alter_newest(scene, [](wire::Record& record) {
    if (record.content && !record.content->empty()) record.content->back() ^= 1;
  });
}

/// The signature of an entry that later ones vouch for: it is looked at when the entry is to be given back.
void alter_older_signature(Scene& scene) {
  const std::uint64_t at = scene.before.streams[scene.stream].rows.size() + 1;
  scene.victim->go_offline();
  for (int i = 0; i < 3; ++i) scene.write(scene.sam);
  scene.hand([at](wire::Records records) -> std::vector<Bytes> {
    for (Bytes& raw : records.records) {
      auto record = wire::decode_record(raw);
      if (record->header.position == at) record->signature.bytes[0] ^= 1;
      raw = wire::encode(*record);
    }
    return {handed(records)};
  });
  scene.victim->go_online();
  scene.world.run_for(2 * kMinute);
  for (Device* device : scene.devices()) {
    if (device != scene.victim) device->go_offline();
  }
  scene.roll_back();
  scene.world.run_for(5 * kMinute);
}

/// A record that follows the newest and is signed, by a key that nobody let in.
void insert(Scene& scene) {
  const auto stranger = std::make_shared<crypto::DeviceKeys>(crypto::DeviceKeys::random(entropy_of(scene.world)));
  scene.hand([stranger](wire::Records records) -> std::vector<Bytes> {
    if (records.records.empty()) return {handed(records)};
    const wire::Header newest = wire::decode_record(records.records.back())->header;
    log::Head head{.stream = records.stream,
                   .next = newest.position + 1,
                   .history = wire::history_hash(newest),
                   .epoch = newest.epoch};
    const wire::Erase erase{.skeletons = false, .positions = {1}, .blobs = {}};
    records.records.push_back(wire::encode(log::make_control(head, *stranger, erase)));
    records.head = head.next - 1;
    records.history = head.history;
    return {handed(records)};
  });
  scene.write(scene.sam);
}

/// A true record of Sam's other stream.
void replay_across(Scene& scene) {
  const Inside sam = look_inside(scene.sam);
  const log::Stream& other = scene.kind == kOurs ? *sam.mine : *sam.ours;
  scene.hand([stray = wire::encode(other.records().back().record)](wire::Records records) -> std::vector<Bytes> {
    if (!records.records.empty()) records.records.push_back(stray);
    return {handed(records)};
  });
  scene.write(scene.sam);
}

/// Sam is shown one signed history, the other device another; nobody who has seen the first is there meanwhile.
void fork(Scene& scene) {
  Device& other = *std::exchange(scene.victim, &scene.sam);
  for (Device* device : scene.devices()) {
    if (device != &scene.sam) device->go_offline();
  }
  scene.write(scene.sam, "In Sam's history");
  scene.sam.go_offline();
  scene.roll_back();
  other.go_online();
  scene.world.run_for(2 * kMinute);
  scene.write(other, "In the other's history");
  scene.sam.go_online();
  scene.world.run_for(2 * kMinute);
}

/// Nobody else is there to give back what was called safe.
void leave_only_sam(Scene& scene) {
  scene.victim = &scene.sam;
  scene.write(scene.sam);
  for (Device* device : scene.devices()) {
    if (device != &scene.sam) device->go_offline();
  }
}

void roll_back(Scene& scene) {
  leave_only_sam(scene);
  scene.roll_back();
  scene.world.run_for(2 * kMinute);
}

void roll_back_for_good(Scene& scene) {
  leave_only_sam(scene);
  scene.roll_back();
  scene.world.store().fail_with(server::Outcome::trouble);
  scene.world.run_for(2 * kMinute);
}

void restore_backup(Scene& scene) {
  leave_only_sam(scene);
  scene.world.restore_relay(scene.before);
  scene.world.run_for(2 * kMinute);
}

/// What Sam's phone writes is handed on, and never what the tablet wrote before it.
void withhold_device(Scene& scene) {
  const SignKey tablet = look_inside(scene.tablet).keys.sign;
  scene.hand([tablet](wire::Records records) -> std::vector<Bytes> {
    std::erase_if(records.records, [&](const Bytes& raw) { return wire::decode_record(raw)->header.author == tablet; });
    return {handed(records)};
  });
  scene.write(scene.tablet);
  scene.write(scene.sam, "More news");
}

void withhold_person(Scene& scene) {
  scene.hand(scene.nothing_newer());
  scene.write(scene.sam);
  if (scene.kind != kOurs) return;
  EXPECT_NE(scene.sam.see("step")["words"], scene.victim->see("step")["words"]);
  scene.victim->must("space.check-step", {{"code", scene.sam.see("step")["code"]}});
  EXPECT_EQ(scene.victim->see("step")["check"], "not-there-yet");
}

void withhold_contents(Scene& scene) {
  lose_parts(scene, [](wire::Record& record) { record.content.reset(); });
}

void withhold_entries_but_headers(Scene& scene) {
  lose_parts(scene, [](wire::Record& record) {
    record.skeleton.reset();
    record.content.reset();
  });
}

void be_gone(Scene& scene) {
  scene.world.crash_relay();
  scene.world.run_for(2 * kMinute);
}

void be_full(Scene& scene) {
  scene.world.store().fail_with(server::Outcome::full);
  scene.write(*scene.victim, "Waits");
}

void store_nothing(Scene& scene) {
  scene.world.store().fail_with(server::Outcome::trouble);
  scene.write(*scene.victim, "Waits");
}

/// Says that it knows nobody of that key.
void deny(Scene& scene) {
  scene.world.meddle([&scene](const Device& to, Bytes message) -> std::vector<Bytes> {
    const auto frame = wire::decode_from_relay(message);
    if (&to != scene.victim || !frame) return {message};
    const auto no = [](std::uint32_t request) {
      return std::vector<Bytes>{
          wire::encode(wire::FromRelay(wire::Refused{.request = request, .code = wire::kNotAMember.number}))};
    };
    if (std::holds_alternative<wire::Welcome>(*frame)) return {wire::encode(wire::FromRelay(wire::Welcome{}))};
    if (const auto* moved = std::get_if<wire::Moved>(&*frame)) return no(moved->request);
    if (const auto* stored = std::get_if<wire::Stored>(&*frame)) return no(stored->request);
    if (std::holds_alternative<wire::Records>(*frame)) return no(0);
    return {message};
  });
  scene.victim->restart();
  scene.world.run_for(2 * kMinute);
}

/// Sam's tablet lets a third device in, and that one writes to Noa; of *mine*, which says whose it is, Sam's phone is
/// handed this much.
void bring_a_device(Scene& scene, Handing handing) {
  scene.victim = &scene.sam;
  scene.sam.go_offline();
  Device& third = scene.let_in(scene.tablet, "new phone");
  scene.couple.thank(third, "From the new phone");
  scene.world.run_for(kMinute);
  scene.hand(std::move(handing));
  scene.sam.go_online();
  scene.world.run_for(5 * kMinute);
}

void hand_mine_late(Scene& scene) {
  bring_a_device(scene, [](const wire::Records&) { return std::vector<Bytes>{}; });
}

void deny_news_of_mine(Scene& scene) { bring_a_device(scene, scene.nothing_newer()); }

// ---- the table ----

constexpr Comes kNothing;
constexpr Comes kHealsAtOnce{.notice = "server-fault"};
constexpr Comes kNoLine{.notice = "server-fault", .ours = Goes::waits, .mine = Goes::waits};  ///< it hangs up each time
constexpr Comes kBehind{.notice = "relay-behind"};
constexpr std::optional<Comes> kNoDeed;

const std::vector<Row>& table() {
  static const std::vector<Row> rows = {
      {"leaves out an entry and hands out those behind it", drop, kHealsAtOnce, kHealsAtOnce},
      {"holds everything up for two hours", delay, kNothing, kNothing},
      {"says everything again and again", repeat, kNothing, kNothing},
      {"hands out entries in another order", reorder, kHealsAtOnce, kHealsAtOnce},
      {"cuts its messages short", truncate, kNoLine, kNoLine},
      {"alters the header of an entry", alter_header, kNoLine, kNoLine},
      {"alters the signature of an entry", alter_signature, kNoLine, kNoLine},
      {"alters the signature of an older entry, then loses both", alter_older_signature,
       Comes{.notice = "bad-signature", .ours = Goes::waits}, Comes{.notice = "bad-signature", .mine = Goes::waits}},
      {"alters what an entry is", alter_skeleton, kNoLine, kNoLine},
      {"alters the words of an entry", alter_content, kNoLine, kNoLine},
      {"puts in an entry that neither of you wrote", insert, kNoLine, kNoLine},
      {"puts in a true entry of the other stream", replay_across, kNoLine, kNoLine},
      {"shows each device a signed history of its own", fork,
       Comes{.notice = "fork", .ours = Goes::over, .heals = false},
       Comes{.notice = "fork-of-mine", .mine = Goes::waits, .heals = false}},
      {"goes back to an older copy of itself, after it said *stored*", roll_back, kBehind, kBehind},
      {"goes back to an older copy of itself and takes nothing back", roll_back_for_good,
       Comes{.notice = "server-trouble", .ours = Goes::waits, .mine = Goes::waits},
       Comes{.notice = "server-trouble", .ours = Goes::waits, .mine = Goes::waits}},
      {"is restored from a backup, honestly", restore_backup, kBehind, kNoDeed, true},
      {"hands out nothing that one device wrote, and what others wrote behind it", withhold_device, kNoLine, kNoDeed},
      {"hands out nothing that the other wrote", withhold_person,
       Comes{.ours = Goes::waits, .screen = "step.not-yet.title"},
       Comes{.notice = "", .ours = Goes::waits, .mine = Goes::waits}},
      {"hands out entries without their words", withhold_contents, Comes{.notice = "withheld"},
       Comes{.notice = "withheld"}},
      {"hands out the headers of entries alone", withhold_entries_but_headers,
       Comes{.notice = "withheld", .ours = Goes::waits}, Comes{.notice = "withheld", .mine = Goes::waits}},
      {"does not answer", be_gone,
       Comes{.notice = "", .ours = Goes::waits, .mine = Goes::waits, .screen = "sync.unreachable"}, kNoDeed, true},
      {"says that it has no room", be_full, Comes{.notice = "server-full", .ours = Goes::waits, .mine = Goes::waits},
       kNoDeed, true},
      {"stores nothing", store_nothing, Comes{.notice = "server-trouble", .ours = Goes::waits, .mine = Goes::waits},
       kNoDeed, true},
      {"says that this device does not belong to the space", deny,
       Comes{.notice = "not-a-member", .ours = Goes::waits, .mine = Goes::waits}, kNoDeed, true},
      {"hands out a new device’s entries before *mine*, which says whose it is", hand_mine_late, kNoDeed,
       Comes{.notice = "", .mine = Goes::waits}},
      {"hands out a new device’s entries, and says that *mine* has nothing new", deny_news_of_mine, kNoDeed,
       Comes{.notice = "unknown-record-in-my-name", .ours = Goes::waits, .mine = Goes::waits}},
  };
  return rows;
}

// ---- what is looked at ----

/// What the views show that a screen reads and an export is made of.
void expect_readable(Device& device) {
  const std::string shown = device.see("cherish").dump() + device.see("openup").dump();
  const bool noas = device.name() == "Noa";
  for (const std::string_view each : {"Said before", "Sam answered before", "Noa answered before"}) {
    EXPECT_NE(shown.find(each), std::string::npos) << each;
  }
  EXPECT_NE(shown.find(noas ? "Noa kept before" : "Kept before"), std::string::npos);
}

void expect_goes(Device& device, World& world, std::string_view command, Goes goes) {
  const std::string_view list = command == "cherish.thank" ? "thanks" : "kept";
  const Json reply = device.command(command, {{"did", "Meanwhile"}, {"says", ""}, {"felt", ""}});
  world.run_for(62 * kMinute);
  if (goes == Goes::over) {
    EXPECT_EQ(reply.value("code", ""), "reading-only") << command << reply;
    return;
  }
  EXPECT_EQ(reply["ok"], true) << command << reply;
  EXPECT_EQ(mark_of(device, list, "Meanwhile"), goes == Goes::on ? "safe" : "on-this-phone") << command;
}

void expect_healed(Scene& scene, const Comes& comes) {
  scene.be_honest();
  for (Device* device : scene.devices()) {
    SCOPED_TRACE(device->name());
    EXPECT_EQ(unlike_the_second_fold(*device), Violations{});
    // What the chain vouches for is kept as it was handed out; the others' copies are sound (PROTOCOL.md 4).
    const bool keeps_unsound = device == scene.victim && comes.notice == "bad-signature";
    EXPECT_EQ(unsigned_records(*device).empty(), !keeps_unsound);
    EXPECT_EQ(lost_by_the_relay(*device, scene.world.store().state()), Violations{});
    EXPECT_EQ(device->see("app")["reading_only"], false);
    expect_readable(*device);
  }
  for (const char* list : {"thanks", "kept"}) EXPECT_EQ(mark_of(*scene.victim, list, "Meanwhile"), "safe") << list;
  EXPECT_EQ(unlike_each_other(scene.sam, scene.tablet), Violations{});
  for (Device* device : {&scene.sam, &scene.noa}) {
    Device& other = device == &scene.sam ? scene.noa : scene.sam;
    device->must("space.check-step", {{"code", other.see("step")["code"]}});
    EXPECT_EQ(device->see("step")["check"], "same") << device->name();
  }
  EXPECT_EQ(unlike_the_partner(scene.sam, scene.noa), Violations{});
}

/// One may go at any moment, whatever the relay does; the other learns of it as soon as the relay lets it.
void expect_leaving(const Row& row, wire::StreamKind kind) {
  Scene scene(kind);
  row.does(scene);
  scene.victim->must("space.close");
  EXPECT_EQ(scene.victim->see("app")["closed"], true);
  expect_readable(*scene.victim);
  scene.be_honest();
  for (Device* device : {&scene.sam, &scene.noa}) EXPECT_EQ(device->see("app")["closed"], true) << device->name();
}

void expect_row(const Row& row, wire::StreamKind kind, const Comes& comes) {
  SCOPED_TRACE(std::string(row.deed) + (kind == kOurs ? " (ours)" : " (mine)"));
  Scene scene(kind);
  row.does(scene);
  const std::vector<std::string> read =
      comes.notice.empty() ? std::vector<std::string>{} : std::vector<std::string>{std::string(comes.notice)};
  EXPECT_EQ(notices(*scene.victim), read);
  if (comes.screen == "sync.unreachable") EXPECT_EQ(scene.victim->see("app")["sync"]["connection"], "offline");
  EXPECT_EQ(scene.victim->see("app")["reading_only"], comes.ours == Goes::over || comes.mine == Goes::over);
  expect_readable(*scene.victim);
  expect_goes(*scene.victim, scene.world, "cherish.keep", comes.mine);
  expect_goes(*scene.victim, scene.world, "cherish.thank", comes.ours);
  EXPECT_EQ(notices(*scene.victim), read);
  if (comes.heals) expect_healed(scene, comes);
  expect_leaving(row, kind);
}

std::string_view name_of(Goes goes) { return goes == Goes::on ? "on" : goes == Goes::waits ? "waits" : "over"; }

/// What each row was found to be is written down, and scripts/hostile-table.mjs makes the threat model's table of it. A
/// row has a file of its own, since the rows may be tried by several processes.
class HostileTable : public testing::TestWithParam<std::size_t> {
 protected:
  void write_down(const Json& found) const {
    const std::filesystem::path folder = std::filesystem::path(ATTUNE_BINARY_DIR) / "hostile-table";
    std::filesystem::create_directories(folder);
    std::ofstream out(folder / (std::to_string(GetParam() + 1) + ".json"));
    out << found.dump(1) << "\n";
    EXPECT_TRUE(out.good());
  }
};

TEST_P(HostileTable, ComesToWhatTheTableSays) {
  const Row& row = table()[GetParam()];
  Json found = Json::array();
  for (const wire::StreamKind kind : {kOurs, kMine}) {
    const std::optional<Comes>& comes = kind == kOurs ? row.ours : row.mine;
    if (!comes) continue;
    expect_row(row, kind, *comes);
    found.push_back({{"deed", row.deed},
                     {"on", row.whole       ? "both"
                            : kind == kOurs ? "ours"
                                            : "mine"},
                     {"notice", comes->notice},
                     {"screen", comes->screen},
                     {"ours", name_of(comes->ours)},
                     {"mine", name_of(comes->mine)},
                     {"heals", comes->heals}});
  }
  write_down({{"row", GetParam() + 1}, {"of", table().size()}, {"found", found}});
}

INSTANTIATE_TEST_SUITE_P(HostileRelay, HostileTable, testing::Range(std::size_t{0}, table().size()),
                         [](const auto& row) { return "Row" + std::to_string(row.param + 1); });

}  // namespace
}  // namespace attune::sim
