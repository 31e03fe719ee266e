#include "wire/members.h"

#include <functional>

#include "wire/limits.h"

namespace attune::wire {
namespace {

bool present(const Seat& seat) { return !seat.removed_at; }
bool gets_keys(const Member& member) { return member.role != Role::reader; }

/// How many of a person's seats fulfil `counts`.
template <class Predicate>
std::size_t seats_of(const Table& table, std::uint8_t person, Predicate counts) {
  return static_cast<std::size_t>(std::ranges::count_if(
      table.seats, [&](const Seat& seat) { return seat.member.person == person && counts(seat); }));
}

bool seen_before(const Table& table, const Member& member) {
  return std::ranges::any_of(
      table.seats, [&](const Seat& seat) { return seat.member.sign == member.sign || seat.member.box == member.box; });
}

Result<> within_limits(const Table& table) {
  for (const std::uint8_t person : {std::uint8_t{0}, std::uint8_t{1}}) {
    if (seats_of(table, person, present) > kMaxKeys) return refuse(kTooManyMembers);
    if (seats_of(table, person, [](const Seat&) { return true; }) > kMaxKeysEver) return refuse(kTooManyMembers);
  }
  return {};
}

/// One box for each of `needed`, and no other.
Result<> check_boxes(const std::vector<Box>& boxes, std::vector<SignKey> needed) {
  std::vector<SignKey> given;
  given.reserve(boxes.size());
  for (const Box& box : boxes) given.push_back(box.recipient);
  std::ranges::sort(given);
  std::ranges::sort(needed);
  if (given != needed) return refuse(kBoxes);
  return {};
}

Result<> check_founder_of_mine(const Header& header, const Genesis& genesis) {
  if (genesis.adds.size() != 1 || !genesis.pairing.zero()) return refuse(kGenesisMembers);
  const Member& only = genesis.adds.front();
  if (only.sign != header.author || only.role != Role::device || only.person != 0) return refuse(kGenesisMembers);
  if (!only.self.zero() || !only.join.zero()) return refuse(kGenesisMembers);
  if (!usable(only.box)) return refuse(kBadJoin);
  return {};
}

Result<> check_founders_of_ours(const Header& header, const Genesis& genesis) {
  if (genesis.pairing.zero()) return refuse(kGenesisMembers);
  std::array<std::optional<StreamId>, 2> selves;
  bool author_is_there = false;
  for (const Member& member : genesis.adds) {
    if (member.role == Role::reader) return refuse(kGenesisMembers);
    // Either of the two may mend what they share: persons keep their numbers in what continues it.
    if (member.sign == header.author) {
      author_is_there = member.role == Role::device && (member.person == 0 || genesis.continues.has_value());
    }
    auto& self = selves[member.person];
    if (member.self.zero() || (self && *self != member.self)) return refuse(kWrongSelf);
    self = member.self;
    if (!verify_join(member)) return refuse(kBadJoin);
  }
  if (!author_is_there || !selves[1]) return refuse(kGenesisMembers);
  if (*selves[0] == *selves[1]) return refuse(kWrongSelf);
  return {};
}

class Change {
 public:
  Change(const Table& table, const Header& header)
      : after_(table), author_key_(header.author), author_(table.member(header.author)->person), at_(header.position) {
    self_ = table.kind == StreamKind::mine ? table.stream : table.member(header.author)->self;
  }

  Result<Table> operator()(const Members& change) && {
    if (change.adds.empty() && change.removes.empty() && !change.epoch) return refuse(kNothingChanges);
    for (const SignKey& key : change.removes) TRY_VOID(remove(key));
    for (const Member& member : change.adds) TRY_VOID(add(member));
    TRY_VOID(within_limits(after_));
    if (seats_of(after_, author_, [](const Seat& seat) { return present(seat) && gets_keys(seat.member); }) == 0) {
      return refuse(kLastMember);
    }
    if (std::ranges::find(change.removes, author_key_) != change.removes.end()) return refuse(kSelfRemoval);
    TRY_VOID(start_epoch(change));
    return std::move(after_);
  }

 private:
  Result<> remove(const SignKey& key) {
    const auto seat =
        std::ranges::find_if(after_.seats, [&](const Seat& one) { return one.member.sign == key && present(one); });
    if (seat == after_.seats.end()) return refuse(kUnknownMember);
    if (seat->member.person != author_) return refuse(kOtherPersonsKey);
    seat->removed_at = at_;
    return {};
  }

  Result<> add(const Member& member) {
    if (after_.kind == StreamKind::mine && member.person != 0) return refuse(kPersonOfStream);
    if (member.person != author_) return refuse(kOtherPersonsKey);
    if (member.self != self_) return refuse(kWrongSelf);
    if (seen_before(after_, member)) return refuse(kKeyUsedBefore);
    if (!verify_join(member)) return refuse(kBadJoin);
    after_.seats.push_back(Seat{.member = member, .added_at = at_, .removed_at = std::nullopt});
    return {};
  }

  Result<> start_epoch(const Members& change) {
    if (!change.removes.empty() && !change.epoch) return refuse(kRemovalNeedsEpoch);
    if (change.epoch) {
      if (change.epoch->epoch != std::uint64_t{after_.epoch} + 1) return refuse(kEpochStep);
      after_.epoch = change.epoch->epoch;
      after_.key_id = change.epoch->key_id;
    }
    std::vector<SignKey> needed;
    for (const Seat& seat : after_.seats) {
      const bool asked = change.epoch ? present(seat) : seat.added_at == at_;
      if (!asked || !gets_keys(seat.member)) continue;
      needed.push_back(seat.member.sign);
    }
    return check_boxes(change.boxes, std::move(needed));
  }

  Table after_;
  SignKey author_key_;
  std::uint8_t author_;  ///< the person
  std::uint64_t at_;
  StreamId self_;
};

Result<> check_erase(const Table& table, const Header& header, const Erase& erase, const EarlierAt& earlier) {
  if (erase.skeletons && !table.closed) return refuse(kEraseSkeletons);
  const bool whole = table.closed && table.kind == StreamKind::mine;
  const std::uint8_t person = table.seat(header.author)->member.person;
  for (const std::uint64_t position : erase.positions) {
    if (position >= header.position) return refuse(kEraseTarget);
    const auto target = earlier(position);
    if (!target || (target->cls != Class::event && !whole)) return refuse(kEraseTarget);
    const Seat* author = table.seat(target->author);
    if (author == nullptr || author->member.person != person) return refuse(kEraseTarget);
  }
  return {};
}

}  // namespace

const Seat* Table::seat(const SignKey& key) const {
  const auto found = std::ranges::find_if(seats, [&](const Seat& one) { return one.member.sign == key; });
  return found == seats.end() ? nullptr : &*found;
}

const Member* Table::member(const SignKey& key) const {
  const Seat* found = seat(key);
  return found != nullptr && present(*found) ? &found->member : nullptr;
}

Result<Table> found(const Header& header, const Genesis& genesis) {
  if (header.cls != Class::control || header.position != 0 || !header.stream.zero() || !header.prev.zero() ||
      header.epoch != 0 || header.content_length != 0) {
    return refuse(kGenesisFields);
  }
  Table out;
  out.kind = genesis.kind;
  out.stream = stream_of(header);
  out.key_id = genesis.key_id;
  std::vector<SignKey> needed;
  for (const Member& member : genesis.adds) {
    if (seen_before(out, member)) return refuse(kKeyUsedBefore);
    out.seats.push_back(Seat{.member = member, .added_at = 0, .removed_at = std::nullopt});
    needed.push_back(member.sign);
  }
  TRY_VOID(within_limits(out));
  if (genesis.kind == StreamKind::mine) {
    TRY_VOID(check_founder_of_mine(header, genesis));
  } else {
    TRY_VOID(check_founders_of_ours(header, genesis));
  }
  TRY_VOID(check_boxes(genesis.boxes, std::move(needed)));
  return out;
}

Result<> may_write(const Table& table, const Header& header, std::optional<ControlKind> control) {
  const Member* author = table.member(header.author);
  if (author == nullptr) return refuse(kNotAWriter);
  if (author->role == Role::reader) return refuse(kReaderRole);
  if (author->role == Role::phrase && control != ControlKind::members) return refuse(kPhraseWritesMembersOnly);
  if (table.closed && control != ControlKind::erase) return refuse(kStreamClosed);
  if (header.epoch != table.epoch) return refuse(kOldEpoch);
  return {};
}

Result<Table> apply(const Table& table, const Header& header, const Control& control, const EarlierAt& earlier) {
  if (table.member(header.author) == nullptr) return refuse(kNotAWriter);
  if (header.content_length != 0) return refuse(kBadControl);
  if (std::holds_alternative<Genesis>(control)) return refuse(kSecondGenesis);
  if (const auto* members = std::get_if<Members>(&control)) return Change(table, header)(*members);
  Table out = table;
  if (const auto* erase = std::get_if<Erase>(&control)) {
    TRY_VOID(check_erase(table, header, *erase, earlier));
  } else {
    out.closed = true;
  }
  return out;
}

}  // namespace attune::wire
