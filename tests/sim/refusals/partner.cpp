// What a partner with a modified client, who holds real keys, hands over.
#include "attune/log/errors.h"
#include "tests/sim/refusals/handed_over.h"

namespace attune::sim::refusals {

namespace {

/// Something more in *ours* by Noa's hand, as Sam's device finds it.
void hand_row(std::vector<Row>& rows, const ErrorCode& expected, const char* what,
              std::function<wire::Record(Couple&, Hand&, bool broken)> make) {
  rows.push_back({expected, what, [make = std::move(make)](Couple& c, bool broken) {
                    c.pair();
                    Hand hand(c, c.noa);
                    const wire::Record record = make(c, hand, broken);
                    return handed_over(c, c.sam, hand.inside.ours->id(),
                                       [&](wire::Records& frame) { add_to(frame, record); });
                  }});
}

/// The same record with another skeleton of a control record, hashed and signed as it should be.
wire::Record say(const Hand& hand, wire::Record record, Bytes skeleton) {
  record.header.skeleton_length = static_cast<std::uint32_t>(skeleton.size());
  record.header.skeleton_hash = wire::skeleton_hash(skeleton);
  record.skeleton = std::move(skeleton);
  record.signature = wire::sign_header(hand.inside.keys.sign_secret.view(), record.header);
  return record;
}

}  // namespace

void add_partner_rows(std::vector<Row>& rows) {
  hand_row(rows, log::kVoid, "ARecordThatBreaksTheRules", [](Couple&, Hand& hand, bool broken) {
    wire::Record record = hand.control(hand.new_epoch());
    return broken ? say(hand, record, Bytes{2}) : record;
  });
  hand_row(rows, log::kUnreadable, "AnEventThatIsNone",
           [](Couple&, Hand& hand, bool broken) { return hand.event(broken ? "no event" : kAnEvent); });
  hand_row(rows, log::kUnknownControl, "AControlRecordOfANewerVersion", [](Couple&, Hand& hand, bool broken) {
    wire::Record record = hand.control(hand.new_epoch());
    return broken ? say(hand, record, Bytes{9}) : record;
  });
  hand_row(rows, log::kUnknownControl, "AnEventOfANewerVersionThatIsNeeded", [](Couple&, Hand& hand, bool broken) {
    return hand.event(broken ? R"({"id":"AAAAAAAAAAAAAAAAAAAAAA","k":"some.thing","v":1,"n":true,"f":{}})" : kAnEvent);
  });
  hand_row(rows, log::kBadKeyBox, "ABoxThatDoesNotHoldItsKey", [](Couple& c, Hand& hand, bool broken) {
    wire::Members change = hand.new_epoch();
    const SignKey sams = look_inside(c.sam).keys.sign;
    if (broken) std::ranges::find(change.boxes, sams, &wire::Box::recipient)->sealed.bytes[50] ^= 1;
    return hand.control(change);
  });
  rows.push_back({log::kUnknownRecordInMyName, "ARecordInMyNameThatIKnowNothingOf", [](Couple& c, bool broken) {
                    c.pair();
                    Hand hand(c, broken ? c.sam : c.noa);
                    const wire::Record record = hand.event(kAnEvent);
                    return handed_over(c, c.sam, hand.inside.ours->id(),
                                       [&](wire::Records& frame) { add_to(frame, record); });
                  }});
  rows.push_back({log::kNoKey, "ARecoveryPhraseThatWasGivenNoKey", [](Couple& c, bool broken) {
                    c.start();
                    c.sam.must("space.phrase-confirm", {{"picks", c.picks()}});
                    c.world.settle();
                    const Inside inside = look_inside(c.sam);
                    const Entropy entropy = [&c](std::span<std::uint8_t> out) { c.world.dice().fill(out); };
                    wire::Members change = space::replace_members(*inside.mine, {}, {}, entropy);
                    for (wire::Box& box : change.boxes) {
                      if (broken && box.recipient != inside.keys.sign) box.sealed.bytes[50] ^= 1;
                    }
                    log::Head head = log::Head::of(*inside.mine);
                    const wire::Record record = log::make_control(head, inside.keys, change);
                    c.world.meddle([&](const Device& device, Bytes message) {
                      auto frame = wire::decode_from_relay(message);
                      auto* records = frame ? std::get_if<wire::Records>(&*frame) : nullptr;
                      if (&device == &c.noa && records != nullptr) {
                        add_to(*records, record);
                        message = wire::encode(*frame);
                      }
                      return std::vector<Bytes>{message};
                    });
                    c.noa.must("space.recover", {{"words", c.words}, {"relay", c.world.relay_address()}});
                    c.world.settle();
                    const Json recovering = c.noa.see("recovering");
                    EXPECT_EQ(recovering["state"], broken ? "failed" : "devices");
                    return recovering["code"].is_null() ? std::string() : recovering["code"].get<std::string>();
                  }});
}

}  // namespace attune::sim::refusals
