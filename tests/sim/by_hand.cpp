#include "tests/sim/by_hand.h"

#include "attune/practices/cherish/events.h"

namespace attune::sim {

log::EventId event_id_of(const std::string& text) {
  log::EventId out;
  EXPECT_TRUE(schema::read(Json(text), out));
  return out;
}

space::Sealing sealing_of(const Inside& inside, std::uint8_t person) {
  const log::Stream* mine = inside.mine.get();
  return {.ours = inside.ours->id(),
          .me = person,
          .mine_epoch = mine->table().epoch,
          .mine_key = [mine](std::uint32_t epoch) { return mine->key(epoch); }};
}

/// Sam's keys commit to one answer by hand while Sam's own phone is off.
Hash commit_by_hand(Pair& couple, const std::string& item, std::string_view text) {
  const Inside sam = look_inside(couple.sam);
  Hand hand(couple.world, sam.keys);
  log::Head head = log::Head::of(*sam.ours);
  const auto sealed = space::seal_answer(sealing_of(sam, 0), event_id_of(item), text, {}, entropy_of(couple.world));
  auto event = log::make<space::Committed>(fresh_id(couple.world), {.q = event_id_of(item), .c = sealed->commitment},
                                           sealed->content);
  event.size = log::Size::sealed;
  EXPECT_EQ(hand.append(sam.ours->id(), {make_event(couple.world, sam, head, event)}), "");
  return sealed->commitment;
}

/// …and open with any text they like, on top of what Noa's phone has.
void open_by_hand(Pair& couple, const std::string& item, std::string_view text, const Bytes& r32) {
  const Inside sam = look_inside(couple.sam);
  const Inside noa = look_inside(couple.noa);
  Hand hand(couple.world, sam.keys);
  log::Head head = log::Head::of(*noa.ours);
  auto event = log::make<space::Opened>(fresh_id(couple.world), {.q = event_id_of(item)},
                                        {.r = r32, .answer = Bytes(text.begin(), text.end()), .at = {}});
  event.size = log::Size::sealed;
  EXPECT_EQ(hand.append(sam.ours->id(), {make_event(couple.world, sam, head, event)}), "");
}

Removed::Removed(std::uint64_t seed) : couple(seed) {
  const std::string words = couple.sams_words();
  couple.thank(couple.sam, "Before it was lost");
  couple.world.run_for(2 * 60 * 60 * 1'000);
  lost = look_inside(couple.sam);
  for (const log::Held& held : lost.ours->records()) old_records.push_back(held.record);
  couple.sam.go_offline();
  fresh = &couple.world.add("Sam's new phone");
  fresh->must("space.recover", {{"words", words}, {"relay", couple.world.relay_address()}});
  couple.world.settle();
  fresh->must("space.recover-finish", {{"keep", Json::array()}});
  couple.world.settle();
  couple.thank(*fresh, "After it was lost");
  couple.world.settle();
}

wire::Record Removed::late_thanks() {
  const Inside now = look_inside(*fresh);
  log::Head head = log::Head::of(*now.ours);
  head.epoch = lost.ours->table().epoch;
  const auto event = log::make<cherish::Thanked>(fresh_id(couple.world), {},
                                                 {.did = "From the thief", .says = "", .felt = "", .at = {}});
  return make_event(couple.world, lost, head, event);
}

}  // namespace attune::sim
