// Who may do what in a stream: the table that control records make (PROTOCOL.md 3-5, 7).
//
// Server and devices apply the same records with this code; there is no other access list. Every function returns a
// new table or the reason why not; nothing is changed halfway.
#pragma once

#include <functional>

#include "wire/control.h"
#include "wire/record.h"

namespace attune::wire {

struct Seat {
  Member member;
  std::uint64_t added_at = 0;                    ///< position
  std::optional<std::uint64_t> removed_at;       ///< position; none: still a member
  bool operator==(const Seat&) const = default;
};

struct Table {
  StreamKind kind = StreamKind::mine;
  StreamId stream;
  std::vector<Seat> seats;  ///< in the order they were added; removed ones stay (a key appears once, for ever)
  std::uint32_t epoch = 0;
  KeyId key_id;
  bool closed = false;
  bool operator==(const Table&) const = default;

  [[nodiscard]] const Seat* seat(const SignKey& key) const;    ///< removed ones too; null: never was a member
  [[nodiscard]] const Member* member(const SignKey& key) const; ///< present members only
};

/// What an erase needs to know of an earlier record: its author's person and whether it is an event. None: no such.
struct Earlier {
  Class cls = Class::event;
  SignKey author;
};
using EarlierAt = std::function<std::optional<Earlier>(std::uint64_t position)>;

/// The table a genesis makes. Rules: position 0, zeros for stream and prev, epoch 0, content none, author among adds.
/// *mine*: exactly one add, role device, person 0, self and join zeros, no pairing.
/// *ours*: persons 0 and 1 both present, the author a device of person 0 (of either, if it continues a stream), every
/// join valid, one `self` per person and the two different, neither zeros; pairing not zeros.
/// Either: one box for each add, keys (of signing and of boxes) once, no reader.
/// Errors: kGenesisFields, kGenesisMembers, kBadJoin, kWrongSelf, kBoxes, kKeyUsedBefore, kTooManyMembers.
Result<Table> found(const Header& header, const Genesis& genesis);

/// May this author write a record of this class (and, for control records, kind) at the head of this table?
/// Errors: kNotAWriter, kReaderRole, kPhraseWritesMembersOnly, kStreamClosed, kOldEpoch.
Result<> may_write(const Table& table, const Header& header, std::optional<ControlKind> control);

/// The table after a control record that may_write allowed. Errors: the control rules of errors.h.
/// A control record has no content (kBadControl).
/// members: adds and removes are of the author's person (a reader counts as of the person who added it, either may);
/// self is the author's person's own stream (in *mine* that stream itself); joins valid; keys never seen here before;
/// a removal brings epoch e + 1 in the same record; boxes: with a new epoch one for each remaining and added device or
/// phrase, without one for each added device or phrase; a person keeps at least one device or phrase, 16 keys at most.
/// Nobody removes the key they write with: it would make the key that is to keep it out. Removes come before adds.
/// erase: own person's earlier events only; of a closed *mine* control records as well.
Result<Table> apply(const Table& table, const Header& header, const Control& control, const EarlierAt& earlier);

}  // namespace attune::wire
