// The device that lets another one in fills the slot beside the log of *mine* for it (PROTOCOL.md 11): with the fold,
// and the records that views need of it now, once the other has a seat in both streams.
//
// An ordinary day writes nothing there. What was put is told of by a letter in the exchange's mailbox, and only while
// nothing has been erased since: else the slot is emptied, and the other waits for the log.
#include "attune/client/client.h"
#include "attune/client/shown.h"
#include "attune/client/slot_bytes.h"
#include "attune/log/planted.h"

namespace attune::client {

namespace {

constexpr std::uint32_t kMostTries = 3;                ///< a line that breaks each time is left alone
constexpr int kRounds = 8;                             ///< a view that asks more often is shown when all is here
constexpr std::size_t kMostRecords = 8 * 1024 * 1024;  ///< bytes of them

}  // namespace

bool Client::fills_slot() const {
  if (!invitation_ || !invitation_->own()) return false;
  if (invitation_->slot == SlotStep::filling) return invitation_->state != InvitationState::ended;
  return !invitation_->slot && invitation_->state == InvitationState::approved;
}

/// Of a log that takes its time to come, and only while there is no doubt about it: nothing waits for what is named
/// here but for what it can be brought into.
bool Client::is_worth_a_snapshot() const {
  if (coming_over()) return false;  // it has not all of it itself
  const auto records = whole_records();
  if (!records || *records < log::planted().slot_from) return false;
  return !paired() || (together() && !forked(*ours()) && !ours()->stream->read_only() && tables_agree());
}

/// *Mine* and *ours* name the same devices of this person: no change is half done.
bool Client::tables_agree() const {
  const wire::Table& own = mine()->stream->table();
  const wire::Table& shared = ours()->stream->table();
  const auto writes = [](const wire::Seat& seat) { return !seat.removed_at && seat.member.role != wire::Role::reader; };
  return std::ranges::all_of(
             own.seats,
             [&](const wire::Seat& seat) { return !writes(seat) || shared.member(seat.member.sign) != nullptr; }) &&
         std::ranges::all_of(shared.seats, [&](const wire::Seat& seat) {
           return !writes(seat) || seat.member.person != me() || own.member(seat.member.sign) != nullptr;
         });
}

std::uint64_t Client::erasures() const {
  return mine()->stream->erasures() + (ours() != nullptr ? ours()->stream->erasures() : 0);
}

/// Both streams hold the record that brings the new device in: with it come its keys, so what is left can be opened.
bool Client::guest_is_seated(const SignKey& guest) const {
  const auto seats = [&](const Line* line) {
    return line->caught_up() && !line->in_flight && line->stream->table().member(guest) != nullptr;
  };
  return seats(mine()) && (!together() || seats(ours()));
}

void Client::fill_slot(Now now) {
  const auto m2 = space::decode_m2(invitation_->m2);
  const wire::Seat* seat = m2 ? mine()->stream->table().seat(m2->sign) : nullptr;
  const bool in_vain = !m2 || passed_over_.contains(m2->sign) || (seat != nullptr && seat->removed_at);
  if (in_vain || now.ms >= invitation_->until) return leave_slot_empty();
  if (!is_worth_a_snapshot()) return;
  if (!outgoing_) {
    if (!guest_is_seated(m2->sign)) return;
    const std::uint32_t tries = invitation_->slot_tries.value_or(0) + 1;
    if (tries <= kMostTries) outgoing_ = snapshot_for(*m2, now);
    if (!outgoing_) return leave_slot_empty();
    invitation_->slot_tries = tries;
    invitation_->slot = SlotStep::filling;
    keep_invitation();
  }
  // What was erased since may be in it.
  if (outgoing_->erasures != erasures()) return leave_slot_empty();
  if (outgoing_->request) return;
  if (outgoing_->next == outgoing_->pieces.size()) {
    return put_mail(crypto::Key(invitation_->s.view()), 6, outgoing_->letter, false);
  }
  outgoing_->request = next_request_++;
  send(wire::SlotPut{.request = *outgoing_->request,
                     .stream = *profile_->mine,
                     .id = outgoing_->id,
                     .piece = static_cast<std::uint8_t>(outgoing_->next),
                     .count = static_cast<std::uint8_t>(outgoing_->pieces.size()),
                     .bytes = outgoing_->pieces[outgoing_->next]});
}

/// The other comes in without; what was put is taken away again.
void Client::leave_slot_empty() {
  outgoing_.reset();
  invitation_->slot = invitation_->slot == SlotStep::filling ? SlotStep::to_be_emptied : SlotStep::over;
  invitation_->burn = invitation_->burn || invitation_->state == InvitationState::joined;
  keep_invitation();
}

void Client::empty_slot() {
  if (!invitation_ || !invitation_->own() || slot_emptying_) return;
  const bool put = invitation_->slot == SlotStep::filling || invitation_->slot == SlotStep::told;
  const bool ended = put && invitation_->state == InvitationState::ended;
  if (invitation_->slot != SlotStep::to_be_emptied && !ended) return;
  slot_emptying_ = put_nothing();
}

std::uint32_t Client::put_nothing() {
  const std::uint32_t request = next_request_++;
  send(wire::SlotPut{.request = request, .stream = *profile_->mine, .id = {}, .piece = 0, .count = 0, .bytes = {}});
  return request;
}

/// The letter lies in the mailbox. If it is fetched late it has to be there: the box goes with its day.
void Client::slot_told_of() {
  outgoing_.reset();
  invitation_->slot = SlotStep::told;
  keep_invitation();
}

/// What views need is found by looking at all of them on a device that has nothing but the fold, until none asks for
/// more. One that asks for very much is left to when all is here.
std::optional<Client::Outgoing> Client::snapshot_for(const space::M2& guest, Now now) {
  if (!whole_records()) return std::nullopt;
  SlotState state{.fold = folded(), .records = {}};
  std::size_t bytes = 0;
  const auto take = [&](wire::StreamKind kind, const Line& line, std::uint64_t position) {
    const Bytes& row = line.stream->row(position);
    if (state.records.emplace(SlotState::Place(kind, position), row).second) bytes += row.size();
  };
  for (auto [line, kind] : {std::pair(mine(), wire::StreamKind::mine), std::pair(ours(), wire::StreamKind::ours)}) {
    if (line == nullptr) continue;
    take(kind, *line, line->stream->next() - 1);
    for (const std::uint64_t position : line->stream->gone().of_keys) take(kind, *line, position);
  }
  auto reader = std::make_unique<Client>(entropy_);
  Client& other = *reader;
  if (!other.boot_early(rows_of(state, *profile_, entropy_))) return std::nullopt;
  other.take_missed();
  const auto look = [&](const auto& ask) {
    for (int round = 0; round < kRounds; ++round) {
      ask();
      std::vector<Row> rows;
      bool too_many = bytes > kMostRecords;
      for (auto [line, kind] : {std::pair(mine(), wire::StreamKind::mine), std::pair(ours(), wire::StreamKind::ours)}) {
        if (line == nullptr) continue;
        const auto missed = other.lines_.at(line->stream->id()).stream->take_missed();
        too_many = too_many || missed.size() > log::Stream::kMostMissed;
        for (const std::uint64_t position : missed) {
          if (too_many) break;
          take(kind, *line, position);
          rows.push_back({.key = record_row(line->stream->id(), position), .value = line->stream->row(position)});
        }
      }
      if (rows.empty() || too_many) return;
      other.hand_over(std::move(rows));
      other.changed();
    }
  };
  look([&] {
    other.my_name();
    other.person_name(0);
    other.person_name(1);
  });
  for (const std::string_view name : kNamesOfTheSaid) {
    look([&] { [[maybe_unused]] const auto seen = other.view(name, Json::object(), now); });
  }
  const log::Stream& own = *mine()->stream;
  const std::uint32_t epoch = own.table().epoch;
  const crypto::Key* key = own.key(epoch);
  if (key == nullptr) return std::nullopt;
  reader.reset();  // of ten years it is large, and so is each of what follows
  const Bytes inside = encode(std::exchange(state, {}));
  // Epoch 0 is named in the genesis, which can not hold its own stream's id.
  const KeyId key_id = crypto::key_id(epoch == 0 ? StreamId{} : own.id(), epoch, key->view());
  Outgoing out;
  out.letter = space::encode(space::make_m6(
      *keys_, space::pairing_hash(invitation_->m1, invitation_->m2, invitation_->nonce), state_hash(inside), epoch,
      key_id, crypto::seal_key(guest.sign, guest.box, own.id(), epoch, key->view(), entropy_)));
  out.erasures = erasures();
  const Bytes sealed = seal_slot(*key, own.id(), epoch, *keys_, inside, entropy_);
  if (sealed.size() > std::size_t{log::planted().slot_piece} * wire::kMaxSlotPieces) return std::nullopt;
  out.id = crypto::random_fixed<Hash>(entropy_);
  for (ByteView rest(sealed); !rest.empty();) {
    const ByteView piece = rest.first(std::min<std::size_t>(rest.size(), log::planted().slot_piece));
    out.pieces.emplace_back(piece.begin(), piece.end());
    rest = rest.subspan(piece.size());
  }
  return out;
}

}  // namespace attune::client
