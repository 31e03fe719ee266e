// The one bit push ever uses (PROTOCOL.md 18): set for what a person would want to notice, and for nothing else.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "attune/client/requests.h"
#include "attune/practices/registry.h"
#include "attune/space/events.h"
#include "sim/inside.h"
#include "tests/sim/couple.h"
#include "tests/sim/forking.h"
#include "tests/sim/relay_eye.h"
#include "tests/sim/wake.h"

namespace attune::sim::wake {
namespace {

constexpr std::int64_t kHour = 60 * 60 * 1'000;

Json wording(std::string did) { return {{"did", std::move(did)}, {"says", ""}, {"felt", ""}}; }

Json kept(Couple& c) {
  c.sam.must("cherish.keep", wording("You rang"));
  return c.sam.see("cherish")["kept"][0]["item"];
}

Json written(Couple& c) {
  c.sam.must("openup.write", {{"prompt", "ou-001"}, {"text", "A quiet one"}});
  return c.sam.see("openup")["written"][0]["item"];
}

/// Noa's device has read the twelve words that Sam confirmed.
void until_recovered(Couple& c) {
  c.start();
  c.sam.must("space.phrase-confirm", {{"picks", c.picks()}});
  c.world.settle();
  c.noa.must("space.recover", {{"words", c.words}, {"relay", c.world.relay_address()}});
  c.world.settle();
}

/// Sam has noticed that the relay has another history.
void until_two_histories(Couple& c) {
  c.pair();
  show_two_histories(c.world, c.sam, c.noa, [](Device& device) { device.must("cherish.thank", wording("Two")); });
  meet_again(c.world, c.sam);
}

Asked paired(Couple& c, Json args = Json::object()) {
  c.pair();
  return {.device = c.sam, .args = std::move(args)};
}

/// A third device, which has just been given the words of paired Sam.
Asked coming_back(Couple& c) {
  c.pair();
  c.sam.must("space.phrase-confirm", {{"picks", c.picks()}});
  c.world.settle();
  Device& fresh = c.world.add("sam's new phone");
  fresh.must("space.recover", {{"words", c.words}, {"relay", c.world.relay_address()}});
  c.world.settle();
  return {.device = fresh, .args = {{"keep", Json::array()}}};
}

std::vector<Row> rows_of_the_rest() {
  return {
      {"space.start", Heard::nothing,
       [](Couple& c) { return Asked{.device = c.sam, .args = {{"name", "Sam"}, {"relay", c.world.relay_address()}}}; }},
      {"space.invite", Heard::nothing,
       [](Couple& c) {
         c.start();
         return Asked{.device = c.sam, .args = {{"app", "https://app.example"}}};
       }},
      {"space.cancel-invitation", Heard::nothing,
       [](Couple& c) {
         c.start();
         c.link();
         return Asked{.device = c.sam};
       }},
      {"space.join", Heard::nothing,
       [](Couple& c) {
         c.start();
         return Asked{.device = c.noa, .args = {{"link", c.link()}}};
       }},
      {"space.accept", Heard::nothing,
       [](Couple& c) {
         c.start();
         c.noa.must("space.join", {{"link", c.link()}});
         c.world.settle();
         return Asked{.device = c.noa, .args = {{"name", "Noa"}}};
       }},
      {"space.decline", Heard::nothing,
       [](Couple& c) {
         c.start();
         c.noa.must("space.join", {{"link", c.link()}});
         c.world.settle();
         return Asked{.device = c.noa};
       }},
      {"space.same-words", Heard::silently,
       [](Couple& c) {
         c.start();
         c.until_words();
         c.noa.must("space.same-words", {{"words", c.noa.see("joining")["words"]}});
         c.world.settle();
         return Asked{.device = c.sam, .args = {{"words", c.sam.see("invitation")["words"]}}};
       }},
      {"space.different-words", Heard::nothing,
       [](Couple& c) {
         c.start();
         c.until_words();
         return Asked{.device = c.sam};
       }},
      {"space.phrase-show", Heard::nothing, [](Couple& c) { return paired(c); }},
      {"space.phrase-confirm", Heard::silently,
       [](Couple& c) {
         c.pair();
         return Asked{.device = c.sam, .args = {{"picks", c.picks()}}};
       }},
      {"space.phrase-later", Heard::nothing,
       [](Couple& c) {
         c.pair();
         c.picks();
         return Asked{.device = c.sam};
       }},
      {"space.recover", Heard::nothing,
       [](Couple& c) {
         c.start();
         c.sam.must("space.phrase-confirm", {{"picks", c.picks()}});
         c.world.settle();
         return Asked{.device = c.noa, .args = {{"words", c.words}, {"relay", c.world.relay_address()}}};
       }},
      {"space.recover-finish", Heard::silently, [](Couple& c) { return coming_back(c); }},
      {"space.recover-cancel", Heard::nothing,
       [](Couple& c) {
         until_recovered(c);
         return Asked{.device = c.noa};
       }},
      {"space.open-item", Heard::nothing,
       [](Couple& c) {
         c.pair();
         return Asked{.device = c.noa, .args = {{"item", c.thank()}}};
       }},
      {"space.take-back", Heard::silently,
       [](Couple& c) {
         c.pair();
         return Asked{.device = c.sam, .args = {{"item", c.thank()}}};
       }},
      {"space.keep-to-myself", Heard::nothing,
       [](Couple& c) {
         c.pair();
         return Asked{.device = c.sam, .args = {{"item", kept(c)}}};
       }},
      {"space.rename", Heard::silently, [](Couple& c) { return paired(c, {{"name", "Samuel"}}); }},
      {"space.name-device", Heard::nothing, [](Couple& c) { return paired(c, {{"name", "The old one"}}); }},
      {"space.add-device", Heard::nothing, [](Couple& c) { return paired(c, {{"app", "https://app.example"}}); }},
      {"space.remove-device", Heard::silently,
       [](Couple& c) {
         c.pair();
         c.sam.must("space.phrase-confirm", {{"picks", c.picks()}});
         c.world.settle();
         Json key;
         for (const Json& device : c.sam.see("devices")["devices"]) {
           if (device["phrase"] == true) key = device["key"];
         }
         return Asked{.device = c.sam, .args = {{"key", key}}};
       }},
      {"space.push-ask", Heard::nothing, [](Couple& c) { return paired(c); }},
      {"space.push-set", Heard::nothing,
       [](Couple& c) {
         return paired(c, {{"endpoint", "https://push.example/1"},
                           {"p256dh", crypto::to_base64(Bytes(65, 4))},
                           {"auth", crypto::to_base64(Bytes(16, 1))},
                           {"key", crypto::to_base64(Bytes(65, 4))}});
       }},
      {"space.push-clear", Heard::nothing, [](Couple& c) { return paired(c); }},
      {"space.wake-at", Heard::nothing,
       [](Couple& c) {
         c.pair();
         c.sam.must("space.push-set", {{"endpoint", "https://push.example/1"},
                                       {"p256dh", crypto::to_base64(Bytes(65, 4))},
                                       {"auth", crypto::to_base64(Bytes(16, 1))},
                                       {"key", crypto::to_base64(Bytes(65, 4))}});
         return Asked{.device = c.sam, .args = {{"times", {4'000'000'000}}}};
       }},
      {"space.close", Heard::silently, [](Couple& c) { return paired(c); }},
      {"space.mend", Heard::wakes,
       [](Couple& c) {
         until_two_histories(c);
         return Asked{.device = c.sam};
       }},
      {"space.mend-confirm", Heard::wakes,
       [](Couple& c) {
         until_two_histories(c);
         c.sam.must("space.mend");
         c.world.settle();
         return Asked{.device = c.noa, .args = {{"stream", c.noa.see("mending")["stream"]}}};
       }},
      {"space.looked", Heard::nothing, [](Couple& c) { return paired(c); }},
      {"space.check-step", Heard::nothing,
       [](Couple& c) {
         c.pair();
         return Asked{.device = c.noa, .args = {{"code", c.sam.see("step")["code"]}}};
       }},
      {"space.undo", Heard::nothing,
       [](Couple& c) {
         c.pair();
         const Json sent = c.sam.must("cherish.thank", wording("Too soon"), 5'000);
         return Asked{.device = c.sam, .args = {{"command", sent["command"]}}};
       }},
      {"space.dismiss", Heard::nothing, [](Couple& c) { return paired(c, {{"notice", "relay-behind"}}); }},
      {"space.draft", Heard::nothing, [](Couple& c) { return paired(c, {{"key", "half"}, {"text", "Half"}}); }},
      {"cherish.thank", Heard::wakes, [](Couple& c) { return paired(c, wording("You rang")); }},
      {"cherish.keep", Heard::nothing, [](Couple& c) { return paired(c, wording("You rang")); }},
      {"cherish.send-kept", Heard::wakes,
       [](Couple& c) {
         c.pair();
         return Asked{.device = c.sam, .args = {{"item", kept(c)}}};
       }},
      {"cherish.edit", Heard::silently,
       [](Couple& c) {
         c.pair();
         Json args = wording("You called");
         args["item"] = c.thank();
         return Asked{.device = c.sam, .args = std::move(args)};
       }},
      {"cherish.answer", Heard::wakes,
       [](Couple& c) {
         c.pair();
         const Json item = c.thank();
         c.noa.must("space.open-item", {{"item", item}});
         return Asked{.device = c.noa, .args = {{"item", item}, {"tap", "warmed"}}};
       }},
      {"openup.offer", Heard::wakes, [](Couple& c) { return paired(c, {{"prompt", "ou-001"}}); }},
      {"openup.answer", Heard::wakes,
       [](Couple& c) {
         c.pair();
         return Asked{.device = c.noa, .args = {{"question", c.question()}, {"text", "A quiet one"}}};
       }},
      {"openup.pass", Heard::nothing,
       [](Couple& c) {
         c.pair();
         return Asked{.device = c.noa, .args = {{"question", c.question()}}};
       }},
      {"openup.write", Heard::nothing,
       [](Couple& c) { return paired(c, {{"prompt", "ou-001"}, {"text", "A quiet one"}}); }},
      {"openup.send-written", Heard::wakes,
       [](Couple& c) {
         c.pair();
         return Asked{.device = c.sam, .args = {{"item", written(c)}}};
       }},
  };
}

const std::vector<Row>& table() {
  static const std::vector<Row> rows = [] {
    std::vector<Row> out = rows_of_the_rest();
    add_cherishing_rows(out);
    add_listening_rows(out);
    return out;
  }();
  return rows;
}

/// The shared streams that Sam's first device and the asked one know of: ours, and what might continue it.
std::set<StreamId> shared(const Couple& c, const Device& asked) {
  std::set<StreamId> out;
  for (const Device* device : {static_cast<const Device*>(&c.sam), &asked}) {
    if (!device->disk().contains("profile")) continue;
    const client::Profile profile = look_inside(*device).profile;
    if (profile.ours) out.insert(*profile.ours);
    if (profile.mending) out.insert(profile.mending->stream);
  }
  return out;
}

class Waking : public testing::TestWithParam<std::size_t> {};

TEST_P(Waking, IsDecidedByWhatTheCommandSays) {
  const Row& row = table()[GetParam()];
  Couple couple;
  const Asked asked = row.scene(couple);
  RelayEye eye(couple.world);
  asked.device.must(row.command, asked.args);
  couple.world.run_for(kHour + 60'000);  // past the beat
  const auto ours = shared(couple, asked.device);
  bool heard = false;
  bool woke = false;
  for (const SeenAppend& append : eye.appends) {
    heard = heard || ours.contains(append.stream);
    woke = woke || append.wake;
    EXPECT_TRUE(ours.contains(append.stream) || !append.wake) << "something private sets the bit";
    EXPECT_TRUE(append.from == &asked.device || !append.wake) << "the other's device answers by itself, and loudly";
  }
  EXPECT_EQ(heard, row.heard != Heard::nothing);
  EXPECT_EQ(woke, row.heard == Heard::wakes);
}

INSTANTIATE_TEST_SUITE_P(Of, Waking, testing::Range(std::size_t{0}, table().size()),
                         [](const testing::TestParamInfo<std::size_t>& each) {
                           std::string name(table()[each.param].command);
                           std::ranges::replace(name, '.', '_');
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

template <class List, class Each>
void for_each_type(Each each) {
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, List>>(each);
}

TEST(Wake, IsSettledForEveryCommandThereIs) {
  std::set<std::string_view> settled;
  for (const Row& row : table()) settled.insert(row.command);
  std::set<std::string_view> all;
  const auto name = [&]<class C>(boost::mp11::mp_identity<C>) { all.insert(C::kName); };
  for_each_type<client::SpaceRequests>(name);
  practices::for_each([&]<class P>(P) { for_each_type<typename P::Commands>(name); });
  EXPECT_EQ(settled, all);
}

/// A life in which each kind of event of the shared stream comes to be.
void live(Couple& c) {
  c.pair();
  const Json kept_one = kept(c);
  const Json written_one = written(c);
  c.sam.must("cherish.send-kept", {{"item", kept_one}});
  c.sam.must("openup.send-written", {{"item", written_one}});
  const Json thanks = c.thank();
  c.noa.must("space.open-item", {{"item", thanks}});
  c.noa.must("cherish.answer", {{"item", thanks}, {"words", "Gladly"}});
  Json edited = wording("You called");
  edited["item"] = thanks;
  c.sam.must("cherish.edit", edited);
  c.world.settle();
  c.sam.must("space.take-back", {{"item", thanks}});
  for (const Json& question : c.noa.see("openup")["questions"]) {
    c.noa.must("openup.answer", {{"question", question["item"]}, {"text", "A loud one"}});
  }
  c.sam.must("space.rename", {{"name", "Samuel"}});
  live_cherishing(c);
  live_listening(c);
  c.world.run_for(kHour);
}

/// Which bit each kind of event of *ours* came with, as far as the relay saw it.
std::map<std::string, std::set<bool>> bits_by_kind(Couple& c, const RelayEye& eye) {
  const Inside inside = look_inside(c.sam);
  std::map<std::uint64_t, bool> bit;
  for (const SeenAppend& append : eye.appends) {
    if (append.stream != inside.ours->id()) continue;
    for (const wire::Header& header : append.records) {
      const bool stored = inside.ours->history_at(header.position) == wire::history_hash(header);
      if (stored) bit[header.position] = append.wake;
    }
  }
  std::map<std::string, std::set<bool>> out;
  for (const Said& said : everything_said(*inside.ours, wire::StreamKind::ours)) {
    out[said.kind].insert(bit.at(said.position));
  }
  return out;
}

TEST(Wake, IsSetForWordsAndForNoOpeningNameEditOrTakeBack) {
  const std::map<std::string, std::set<bool>> expected = {
      {"cherish.thanked", {true}},       {"cherish.answered", {true}}, {"openup.offered", {true}},
      {"sealed.committed", {true}},      {"cherish.edited", {false}},  {"sealed.opened", {false}},
      {"space.taken-back", {false}},     {"space.named", {false}},     {"listen.proposed", {true}},
      {"listen.replied", {false, true}}, {"listen.ready", {true}},     {"listen.moved", {false}},
      {"listen.timed-out", {true}},      {"listen.stopped", {false}},  {"listen.thanked", {false}},
      {"listen.kept", {false}},          {"listen.here", {false}},     {"listen.idea-noted", {false}},
      {"listen.cleared", {false}},       {"feelings.shared", {true}},  {"feelings.answered", {true}},
      {"noticed.sent", {true}},          {"noticed.answered", {true}}, {"goodnews.shared", {true}},
      {"goodnews.asked", {true}},        {"goodnews.told", {true}},    {"goodnews.tonight", {false, true}},
      {"touches.sent", {true}},          {"gestures.said", {false}},   {"letters.sealed", {true}},
  };
  Couple couple;
  RelayEye eye(couple.world);
  live(couple);
  EXPECT_EQ(bits_by_kind(couple, eye), expected);
  std::set<std::string> all;
  const auto shared_kind = [&]<class E>(boost::mp11::mp_identity<E>) {
    if (E::kStream == wire::StreamKind::ours) all.emplace(E::kKind);
  };
  for_each_type<space::Events>(shared_kind);
  practices::for_each([&]<class P>(P) { for_each_type<typename P::Events>(shared_kind); });
  std::set<std::string> seen;
  for (const auto& [kind, bits] : expected) seen.insert(kind);
  seen.emplace(space::Continued::kKind);  // in no life of one stream: the rows of space.mend are about it
  EXPECT_EQ(seen, all) << "every kind of the shared stream is settled";
}

}  // namespace
}  // namespace attune::sim::wake
