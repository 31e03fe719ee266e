// Rows for who may do what: foundings, writers, and what control records change.
#include "vectors/couple.h"
#include "vectors/invalid_rows.h"
#include "wire/limits.h"

namespace attune::tests {
namespace {

using namespace wire;

using Founding = std::function<void(Couple&, Header&, Genesis&)>;

void founding_row(std::vector<Row>& rows, StreamKind kind, const ErrorCode& code, std::string_view what,
                  Founding damage) {
  rows.push_back({code, what, [=](bool broken) {
                    Couple couple;
                    Genesis genesis = kind == StreamKind::mine ? couple.mine_genesis : couple.ours_genesis;
                    Header header = control_header(couple.phone, genesis);
                    if (broken) damage(couple, header, genesis);
                    return outcome(found(header, genesis));
                  }});
}

void ours_row(std::vector<Row>& rows, const ErrorCode& code, std::string_view what, Founding damage) {
  founding_row(rows, StreamKind::ours, code, what, std::move(damage));
}
void mine_row(std::vector<Row>& rows, const ErrorCode& code, std::string_view what, Founding damage) {
  founding_row(rows, StreamKind::mine, code, what, std::move(damage));
}

/// A control record on top of *ours*, and whether it goes through both may_write and apply.
struct Step {
  Couple couple;
  Control control;

  template <class Kind>
  Kind& as() {
    return std::get<Kind>(control);
  }
};

Result<> take(const Step& step) {
  const auto kind = static_cast<ControlKind>(step.control.index() + 1);
  TRY_VOID(may_write(step.couple.ours, step.couple.next, kind));
  return outcome(apply(step.couple.ours, step.couple.next, step.control, Couple::earlier()));
}

void step_row(std::vector<Row>& rows, const ErrorCode& code, std::string_view what, Control (*sound)(const Couple&),
              std::function<void(Step&)> damage) {
  rows.push_back({code, what, [=](bool broken) {
                    Step step;
                    step.control = sound(step.couple);
                    if (broken) damage(step);
                    return take(step);
                  }});
}

Control adding(const Couple& couple) { return couple.adding(); }
Control removing(const Couple& couple) { return couple.removing(); }
Control erasing(const Couple&) { return Erase{.skeletons = false, .positions = {1, 4}, .blobs = {}}; }
Control closing(const Couple&) { return Close{}; }

/// May this event be written?
void event_row(std::vector<Row>& rows, const ErrorCode& code, std::string_view what,
               std::function<void(Couple&)> damage) {
  rows.push_back({code, what, [=](bool broken) {
                    Couple couple;
                    couple.next.cls = Class::event;
                    if (broken) damage(couple);
                    return may_write(couple.ours, couple.next, std::nullopt);
                  }});
}

/// A box key with which no secret can be shared (RFC 7748, section 6.1).
BoxKey small_order() {
  BoxKey out;
  out.bytes[0] = 1;
  return out;
}

/// `count` more devices of `person` in the table, the first `gone` of them removed again.
void crowd(Table& table, std::uint8_t person, std::size_t count, std::size_t gone) {
  for (std::size_t i = 0; i < count; ++i) {
    Seat seat;
    seat.member.person = person;
    seat.member.sign.bytes = {0xee, static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i >> 8)};
    seat.member.box.bytes = {0xdd, static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i >> 8)};
    if (i < gone) seat.removed_at = 5;
    table.seats.push_back(seat);
  }
}

void add_genesis_field_rows(std::vector<Row>& rows) {
  mine_row(rows, kGenesisFields, "an event", [](Couple&, Header& h, Genesis&) { h.cls = Class::event; });
  mine_row(rows, kGenesisFields, "position 1", [](Couple&, Header& h, Genesis&) { h.position = 1; });
  mine_row(rows, kGenesisFields, "names a stream", [](Couple&, Header& h, Genesis&) { h.stream = all<StreamId>(1); });
  mine_row(rows, kGenesisFields, "names a predecessor", [](Couple&, Header& h, Genesis&) { h.prev = all<Hash>(1); });
  mine_row(rows, kGenesisFields, "epoch 1", [](Couple&, Header& h, Genesis&) { h.epoch = 1; });
  mine_row(rows, kGenesisFields, "a content", [](Couple&, Header& h, Genesis&) { h.content_length = 1; });
}

void add_mine_rows(std::vector<Row>& rows) {
  mine_row(rows, kGenesisMembers, "nobody", [](Couple&, Header&, Genesis& g) { g.adds.clear(); });
  mine_row(rows, kGenesisMembers, "two members",
           [](Couple& c, Header&, Genesis& g) { g.adds.push_back(member_of(c.laptop, 0, Role::device, {})); });
  mine_row(rows, kGenesisMembers, "a pairing", [](Couple&, Header&, Genesis& g) { g.pairing = all<Hash>(1); });
  mine_row(rows, kGenesisMembers, "somebody else", [](Couple& c, Header& h, Genesis&) { h.author = c.laptop.sign; });
  mine_row(rows, kGenesisMembers, "a phrase", [](Couple&, Header&, Genesis& g) { g.adds[0].role = Role::phrase; });
  mine_row(rows, kGenesisMembers, "a person 1", [](Couple&, Header&, Genesis& g) { g.adds[0].person = 1; });
  mine_row(rows, kGenesisMembers, "a self", [](Couple&, Header&, Genesis& g) { g.adds[0].self = all<StreamId>(1); });
  mine_row(rows, kGenesisMembers, "a join", [](Couple&, Header&, Genesis& g) { g.adds[0].join = all<Signature>(1); });
  mine_row(rows, kBadJoin, "a box key of small order",
           [](Couple&, Header&, Genesis& g) { g.adds[0].box = small_order(); });
  mine_row(rows, kBoxes, "no box", [](Couple&, Header&, Genesis& g) { g.boxes.clear(); });
}

void add_ours_rows(std::vector<Row>& rows) {
  ours_row(rows, kGenesisMembers, "no pairing", [](Couple&, Header&, Genesis& g) { g.pairing = {}; });
  ours_row(rows, kGenesisMembers, "a reader",
           [](Couple& c, Header&, Genesis& g) { g.adds.push_back(member_of(c.reader, 0, Role::reader, c.self)); });
  ours_row(rows, kGenesisMembers, "its author is no member",
           [](Couple& c, Header& h, Genesis&) { h.author = c.fresh.sign; });
  ours_row(rows, kGenesisMembers, "its author is a phrase",
           [](Couple& c, Header& h, Genesis&) { h.author = c.phrase.sign; });
  ours_row(rows, kGenesisMembers, "its author is person 1",
           [](Couple& c, Header& h, Genesis&) { h.author = c.other.sign; });
  ours_row(rows, kGenesisMembers, "its author is a phrase, and it continues another",
           [](Couple& c, Header& h, Genesis& g) {
             h.author = c.phrase.sign;
             g.continues = Continues{};
           });
  ours_row(rows, kGenesisMembers, "nobody of person 1", [](Couple&, Header&, Genesis& g) {
    g.adds.pop_back();
    g.boxes.pop_back();
  });
  ours_row(rows, kWrongSelf, "no self",
           [](Couple& c, Header&, Genesis& g) { g.adds[3] = member_of(c.other, 1, Role::device, {}); });
  ours_row(rows, kWrongSelf, "two selves of one person", [](Couple& c, Header&, Genesis& g) {
    g.adds[1] = member_of(c.laptop, 0, Role::device, all<StreamId>(0xcc));
  });
  ours_row(rows, kWrongSelf, "one self for both persons",
           [](Couple& c, Header&, Genesis& g) { g.adds[3] = member_of(c.other, 1, Role::device, c.self); });
  ours_row(rows, kBadJoin, "a join for another role", [](Couple& c, Header&, Genesis& g) {
    g.adds[1].join = sign_join(c.laptop.secret, c.self, Role::phrase, c.laptop.sign, c.laptop.box);
  });
  ours_row(rows, kBadJoin, "a join of somebody else", [](Couple& c, Header&, Genesis& g) {
    g.adds[3].join = sign_join(c.phone.secret, c.other_self, Role::device, c.other.sign, c.other.box);
  });
  ours_row(rows, kBadJoin, "a box key put under a sound join",
           [](Couple& c, Header&, Genesis& g) { g.adds[3].box = c.fresh.box; });
  ours_row(rows, kBoxes, "a box short", [](Couple&, Header&, Genesis& g) { g.boxes.pop_back(); });
  ours_row(rows, kBoxes, "a box twice", [](Couple&, Header&, Genesis& g) { g.boxes[1] = g.boxes[0]; });
  ours_row(rows, kBoxes, "a box for a stranger",
           [](Couple& c, Header&, Genesis& g) { g.boxes.push_back(box_for(c.stranger)); });
  ours_row(rows, kKeyUsedBefore, "a key twice", [](Couple&, Header&, Genesis& g) { g.adds.push_back(g.adds[0]); });
  ours_row(rows, kTooManyMembers, "seventeen keys of one person", [](Couple& c, Header&, Genesis& g) {
    for (std::uint8_t i = 0; i < kMaxKeys - 2; ++i) {
      const Keys one = keys_of(static_cast<std::uint8_t>(100 + i));
      g.adds.push_back(member_of(one, 0, Role::device, c.self));
      g.boxes.push_back(box_for(one));
    }
  });
}

void add_writer_rows(std::vector<Row>& rows) {
  event_row(rows, kNotAWriter, "a stranger", [](Couple& c) { c.next.author = c.stranger.sign; });
  event_row(rows, kNotAWriter, "a removed device", [](Couple& c) {
    c.ours = *apply(c.ours, c.next, c.removing(), Couple::earlier());
    c.next.author = c.laptop.sign;
    c.next.epoch = 1;
  });
  event_row(rows, kReaderRole, "a reader", [](Couple& c) { c.next.author = c.reader.sign; });
  event_row(rows, kPhraseWritesMembersOnly, "an event of a phrase", [](Couple& c) { c.next.author = c.phrase.sign; });
  event_row(rows, kStreamClosed, "an event after the end", [](Couple& c) { c.ours.closed = true; });
  event_row(rows, kOldEpoch, "an epoch gone by", [](Couple& c) { c.ours.epoch = 1; });
  event_row(rows, kOldEpoch, "an epoch to come", [](Couple& c) { c.next.epoch = 1; });
  step_row(rows, kPhraseWritesMembersOnly, "an end by a phrase", closing,
           [](Step& s) { s.couple.next.author = s.couple.phrase.sign; });
  step_row(rows, kStreamClosed, "a second end", closing, [](Step& s) { s.couple.ours.closed = true; });
  step_row(rows, kBadControl, "an end with content", closing, [](Step& s) { s.couple.next.content_length = 256; });
  step_row(rows, kSecondGenesis, "a second genesis", closing, [](Step& s) { s.control = s.couple.ours_genesis; });
  rows.push_back({kNotAWriter, "a change by a stranger that nobody asked about before", [](bool broken) {
                    Couple couple;
                    if (broken) couple.next.author = couple.stranger.sign;
                    return outcome(apply(couple.ours, couple.next, Close{}, Couple::earlier()));
                  }});
}

void add_change_rows(std::vector<Row>& rows) {
  step_row(rows, kNothingChanges, "nothing", adding, [](Step& s) { s.control = Members{}; });
  step_row(rows, kOtherPersonsKey, "adds a device of the other person", adding,
           [](Step& s) { s.as<Members>().adds[0] = member_of(s.couple.fresh, 1, Role::device, s.couple.other_self); });
  step_row(rows, kOtherPersonsKey, "removes a device of the other person", removing,
           [](Step& s) { s.as<Members>().removes[0] = s.couple.other.sign; });
  step_row(rows, kWrongSelf, "names the other person's stream", adding,
           [](Step& s) { s.as<Members>().adds[0] = member_of(s.couple.fresh, 0, Role::device, s.couple.other_self); });
  step_row(rows, kKeyUsedBefore, "a key that is a member", adding,
           [](Step& s) { s.as<Members>().adds[0] = member_of(s.couple.laptop, 0, Role::device, s.couple.self); });
  step_row(rows, kKeyUsedBefore, "a key that was a member", adding, [](Step& s) {
    s.couple.ours = *apply(s.couple.ours, s.couple.next, s.couple.removing(), Couple::earlier());
    s.couple.next.epoch = 1;
    s.couple.next.position = 11;
    s.as<Members>().adds[0] = member_of(s.couple.laptop, 0, Role::device, s.couple.self);
  });
  step_row(rows, kKeyUsedBefore, "a box key that is a member's", adding, [](Step& s) {
    Keys mixed = s.couple.fresh;
    mixed.box = s.couple.other.box;
    s.as<Members>().adds[0] = member_of(mixed, 0, Role::device, s.couple.self);
  });
  step_row(rows, kBadJoin, "a join changed", adding, [](Step& s) { s.as<Members>().adds[0].join.bytes[5] ^= 1; });
  step_row(rows, kBadJoin, "a box key of small order, properly signed", adding, [](Step& s) {
    Keys weak = s.couple.fresh;
    weak.box = small_order();
    s.as<Members>().adds[0] = member_of(weak, 0, Role::device, s.couple.self);
  });
  step_row(rows, kUnknownMember, "removes a stranger", removing,
           [](Step& s) { s.as<Members>().removes[0] = s.couple.stranger.sign; });
  step_row(rows, kUnknownMember, "removes a key twice", removing,
           [](Step& s) { s.as<Members>().removes.push_back(s.couple.laptop.sign); });
  step_row(rows, kUnknownMember, "removes what it adds", removing, [](Step& s) {
    s.as<Members>().adds = s.couple.adding().adds;
    s.as<Members>().removes.push_back(s.couple.fresh.sign);
  });
  step_row(rows, kRemovalNeedsEpoch, "a removal without an epoch", removing,
           [](Step& s) { s.as<Members>().epoch.reset(); });
  step_row(rows, kEpochStep, "an epoch left out", removing, [](Step& s) { s.as<Members>().epoch->epoch = 2; });
  step_row(rows, kEpochStep, "the same epoch again", removing, [](Step& s) { s.as<Members>().epoch->epoch = 0; });
  step_row(rows, kEpochStep, "an epoch behind the last one", removing, [](Step& s) {
    s.couple.ours.epoch = s.couple.next.epoch = 0xffffffff;
    s.as<Members>().epoch->epoch = 0;
  });
  step_row(rows, kBoxes, "no box for the added device", adding, [](Step& s) { s.as<Members>().boxes.clear(); });
  step_row(rows, kBoxes, "a box for one who has the key", adding,
           [](Step& s) { s.as<Members>().boxes.push_back(box_for(s.couple.other)); });
  step_row(rows, kBoxes, "the other person's box left out", removing,
           [](Step& s) { s.as<Members>().boxes.pop_back(); });
  step_row(rows, kBoxes, "a box for the removed device", removing,
           [](Step& s) { s.as<Members>().boxes.push_back(box_for(s.couple.laptop)); });
  step_row(rows, kBoxes, "a box for a reader", removing,
           [](Step& s) { s.as<Members>().boxes.push_back(box_for(s.couple.reader)); });
  step_row(rows, kLastMember, "the last key of a person", removing, [](Step& s) {
    s.as<Members>().removes = {s.couple.phone.sign, s.couple.laptop.sign, s.couple.phrase.sign};
  });
  step_row(rows, kSelfRemoval, "a device that takes itself out", removing, [](Step& s) {
    s.as<Members>().removes = {s.couple.phone.sign};
    std::erase_if(s.as<Members>().boxes, [&](const Box& box) { return box.recipient == s.couple.phone.sign; });
    s.as<Members>().boxes.push_back(box_for(s.couple.laptop));
  });
  step_row(rows, kTooManyMembers, "a seventeenth key", adding,
           [](Step& s) { crowd(s.couple.ours, 0, kMaxKeys - 4, 0); });
  step_row(rows, kTooManyMembers, "a 1,025th key ever", adding,
           [](Step& s) { crowd(s.couple.ours, 0, kMaxKeysEver - 4, kMaxKeysEver - 4); });
  rows.push_back({kPersonOfStream, "a second person in one's own stream", [](bool broken) {
                    Couple couple;
                    couple.next.position = 1;
                    Members change = couple.adding();
                    const StreamId self = couple.mine.stream;
                    change.adds[0] = member_of(couple.fresh, broken ? 1 : 0, Role::device, self);
                    return outcome(apply(couple.mine, couple.next, change, Couple::earlier()));
                  }});
  rows.push_back({kWrongSelf, "another stream as self in one's own", [](bool broken) {
                    Couple couple;
                    couple.next.position = 1;
                    Members change = couple.adding();
                    change.adds[0] =
                        member_of(couple.fresh, 0, Role::device, broken ? couple.self : couple.mine.stream);
                    return outcome(apply(couple.mine, couple.next, change, Couple::earlier()));
                  }});
}

void add_erase_rows(std::vector<Row>& rows) {
  step_row(rows, kEraseTarget, "the other person's event", erasing, [](Step& s) { s.as<Erase>().positions = {3}; });
  step_row(rows, kEraseTarget, "a control record", erasing, [](Step& s) { s.as<Erase>().positions = {2}; });
  step_row(rows, kEraseTarget, "a control record of a closed ours", erasing, [](Step& s) {
    s.couple.ours.closed = true;
    s.as<Erase>().positions = {2};
  });
  step_row(rows, kEraseTarget, "a position nobody wrote", erasing, [](Step& s) { s.as<Erase>().positions = {7}; });
  step_row(rows, kEraseTarget, "an event of one who never was a member", erasing,
           [](Step& s) { s.as<Erase>().positions = {5}; });
  step_row(rows, kEraseTarget, "itself", erasing, [](Step& s) { s.as<Erase>().positions = {10}; });
  step_row(rows, kEraseSkeletons, "skeletons before the end", erasing, [](Step& s) { s.as<Erase>().skeletons = true; });
}

}  // namespace

void add_founding_rows(std::vector<Row>& rows) {
  add_genesis_field_rows(rows);
  add_mine_rows(rows);
  add_ours_rows(rows);
}

void add_member_rows(std::vector<Row>& rows) {
  add_writer_rows(rows);
  add_change_rows(rows);
  add_erase_rows(rows);
}

}  // namespace attune::tests
