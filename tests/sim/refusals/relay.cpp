// What a relay hands over that is no honest one, or that has lost something.
#include "attune/client/errors.h"
#include "attune/log/errors.h"
#include "attune/space/errors.h"
#include "tests/sim/refusals/handed_over.h"

namespace attune::sim::refusals {

void add_relay_rows(std::vector<Row>& rows) {
  const auto fork = [](Couple& c, bool broken) {
    // Another record at the place of the newest one, signed by Noa as well.
    const Json item = c.thank();
    c.noa.must("cherish.thank", said("You called"));
    c.world.settle();
    Hand hand(c, c.noa);
    const auto& held = hand.inside.ours->records();
    wire::Record record = held.back().record;
    if (broken) {
      hand.head.next = held.size() - 1;
      hand.head.history = hand.inside.ours->history_at(held.size() - 2);
      record = hand.event(kAnEvent);
    }
    return handed_over(c, c.sam, hand.inside.ours->id(), [&](wire::Records& frame) { add_to(frame, record); });
  };
  rows.push_back({log::kFork, "TwoHistoriesOfOnePlace", [fork](Couple& c, bool broken) {
                    c.pair();
                    return fork(c, broken);
                  }});
  rows.push_back({client::kForkOfMine, "TwoHistoriesOfWhatIsOnlyMine", [](Couple& c, bool broken) {
                    // Another record at the place of the newest one, by the same device: one of its two lives wrote it.
                    c.pair();
                    c.sam.must("cherish.keep", said("You called"));
                    c.world.run_for(2 * 3'600'000);
                    Hand hand(c, c.sam);
                    const log::Stream& mine = *hand.inside.mine;
                    wire::Record record = mine.records().back().record;
                    if (broken) {
                      hand.head = log::Head::of(mine);
                      hand.head.next -= 1;
                      hand.head.history = mine.history_at(hand.head.next - 1);
                      record = hand.control(wire::Erase{.skeletons = false, .positions = {1}, .blobs = {}});
                    }
                    return handed_over(c, c.sam, mine.id(), [&](wire::Records& frame) { add_to(frame, record); });
                  }});
  item_row(rows, space::kReadingOnly, "WritingWhereTwoHistoriesAre", [fork](Couple& c, bool broken) {
    fork(c, broken);
    return c.sam.command("cherish.thank", said("You rang"));
  });
  rows.push_back({client::kServerFault, "ARecordLeftOut", [](Couple& c, bool broken) {
                    c.pair();
                    Hand hand(c, c.noa);
                    wire::Record record = hand.event(kAnEvent);
                    if (broken) record = hand.event(kAnEvent);
                    return handed_over(c, c.sam, hand.inside.ours->id(),
                                       [&](wire::Records& frame) { add_to(frame, record); });
                  }});
  rows.push_back({client::kServerFault, "AWordForItsOwnHistoryThatIsNotSo", [](Couple& c, bool broken) {
                    c.pair();
                    return handed_over(c, c.sam, look_inside(c.sam).ours->id(), [&](wire::Records& frame) {
                      if (broken) frame.history.bytes[0] ^= 1;
                    });
                  }});
  rows.push_back({client::kServerFault, "AMessageThatIsNone", [](Couple& c, bool broken) {
                    c.pair();
                    bool once = broken;
                    c.world.meddle([&](const Device& device, Bytes message) {
                      if (&device == &c.sam && std::exchange(once, false)) message = {0xff};
                      return std::vector<Bytes>{message};
                    });
                    c.sam.restart();
                    c.world.settle();
                    return notices(c.sam);
                  }});
  rows.push_back({log::kWithheld, "ATextThatNobodyErasedIsNotHandedOut", [](Couple& c, bool broken) {
                    c.pair();
                    const StreamId ours = look_inside(c.sam).ours->id();
                    c.world.meddle([&](const Device& device, Bytes message) {
                      auto frame = wire::decode_from_relay(message);
                      auto* records = frame ? std::get_if<wire::Records>(&*frame) : nullptr;
                      if (!broken || &device != &c.noa || records == nullptr || records->stream != ours) {
                        return std::vector<Bytes>{message};
                      }
                      for (Bytes& raw : records->records) {
                        wire::Record record = *wire::decode_record(raw);
                        if (record.header.cls == wire::Class::event) record.content.reset();
                        raw = wire::encode(record);
                      }
                      return std::vector<Bytes>{wire::encode(*frame)};
                    });
                    c.thank();
                    return notices(c.noa);
                  }});
  rows.push_back({log::kBehind, "ARelayThatHadLostItsNewestRecords", [](Couple& c, bool broken) {
                    c.pair();
                    auto backup = c.world.store().state();
                    c.thank();
                    if (!broken) backup = c.world.store().state();
                    c.world.restore_relay(std::move(backup));
                    c.world.run_for(120'000);
                    const std::string sams = notices(c.sam);
                    return sams.empty() ? notices(c.noa) : sams;
                  }});
}

}  // namespace attune::sim::refusals
