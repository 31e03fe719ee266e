// The snapshot that waits for a new device in the slot beside the log of *mine* (PROTOCOL.md 11).
//
// The device that lets another one in leaves it once the other has a seat in both streams: the fold, and the records
// that views need of it now. The other shows it while all of the log comes and is checked from the genesis. It only
// shows it: what is taken up, decided, sealed and sent is decided on the log alone, in another object, which never
// learns what the snapshot says. So a snapshot that is wrong costs what it showed, and nothing that it says can stay.
#include <algorithm>

#include "attune/client/shown.h"
#include "attune/client/slot_bytes.h"
#include "attune/client/snapshot.h"
#include "attune/log/planted.h"

namespace attune::client {

namespace {

constexpr std::int64_t kRetrySlot = 5'000;
constexpr int kRounds = 8;                             ///< a view that asks more often is shown when all is here
constexpr std::size_t kMostRecords = 8 * 1024 * 1024;  ///< bytes of them

/// Is this a view of what was said, and of nothing else that a device knows?
bool shows_what_was_said(std::string_view name) {
  bool out = false;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, ViewsOfTheSaid>>(
      [&]<class V>(boost::mp11::mp_identity<V>) { out = out || name == V::kName; });
  return out;
}

/// The rows of a device that has stored this state and nothing else: `of` may be another one of the same person.
std::vector<Row> rows_of(const SlotState& state, const Profile& of, const Entropy& entropy) {
  const Vault vault(crypto::random_key(entropy));
  Profile profile;
  profile.sign_seed = of.sign_seed;
  profile.box_secret = of.box_secret;
  profile.mine = of.mine;
  profile.ours = of.ours;
  Local local;
  Writer format;
  format.number(std::uint32_t{1});
  std::vector<Row> out;
  for (const auto& [place, record] : state.records) {
    const auto& [kind, position] = place;
    const auto& stream = kind == wire::StreamKind::ours ? of.ours : of.mine;
    if (!stream) continue;
    if (kind == wire::StreamKind::ours) local.looked = position + 1;  // its person has looked at it elsewhere
    out.push_back({.key = record_row(*stream, position), .value = record});
  }
  out.push_back({.key = "format", .value = std::move(format).take()});
  out.push_back({.key = "wrap", .value = Bytes(vault.key().view().begin(), vault.key().view().end())});
  out.push_back({.key = "profile", .value = vault.seal("profile", schema::to_json(profile), entropy)});
  out.push_back({.key = "local", .value = vault.seal("local", schema::to_json(local), entropy)});
  out.push_back({.key = "snapshot", .value = vault.seal_long("snapshot", state.fold, entropy)});
  return out;
}

}  // namespace

// ---- the device that lets another one in ----

/// There is one to be left: for a device that is coming in, and of a log that takes its time to come.
bool Client::leaves_snapshot() const {
  if (!active(invitation_) || !invitation_->own() || invitation_->state != InvitationState::approved) return false;
  if (invitation_->slot_told.value_or(false) || slot_given_up_ || slot_unknown_there_) return false;
  // It waits for what is named here: only for what it can be brought into.
  const bool open = !paired() || (together() && !forked(*ours()) && !ours()->stream->read_only());
  const auto records = open ? whole_records() : std::nullopt;
  return records && *records >= log::planted().slot_from;
}

/// Both streams hold the record that brings the new device in: with it come its keys, so what is left can be opened.
bool Client::guest_is_seated(const SignKey& guest) const {
  const auto seats = [&](const Line* line) {
    return line->caught_up() && !line->in_flight && line->stream->table().member(guest) != nullptr;
  };
  return seats(mine()) && (!together() || seats(ours()));
}

void Client::leave_snapshot(Now now) {
  const auto m2 = space::decode_m2(invitation_->m2);
  if (!m2 || passed_over_.contains(m2->sign) || now.ms >= invitation_->until) {
    slot_given_up_ = true;
    return;
  }
  if (!left_) {
    if (!guest_is_seated(m2->sign)) return;
    left_ = snapshot_to_leave(now);
    if (!left_) {
      slot_given_up_ = true;
      return;
    }
    invitation_->slot_left = true;
    keep_invitation();
  }
  if (left_->request) return;
  const StreamId& stream = *profile_->mine;
  if (left_->next < left_->pieces.size()) {
    left_->request = next_request_++;
    send(wire::SlotPut{.request = *left_->request,
                       .stream = stream,
                       .id = left_->id,
                       .piece = static_cast<std::uint8_t>(left_->next),
                       .count = static_cast<std::uint8_t>(left_->pieces.size()),
                       .bytes = left_->pieces[left_->next]});
    return;
  }
  const log::Stream& own = *mine()->stream;
  const std::uint32_t epoch = left_->epoch;
  const crypto::Key* key = own.key(epoch);
  if (key == nullptr) return;
  // Epoch 0 is named in the genesis, which can not hold its own stream's id.
  const KeyId id = crypto::key_id(epoch == 0 ? StreamId{} : stream, epoch, key->view());
  const wire::Box box = crypto::seal_key(m2->sign, m2->box, stream, epoch, key->view(), entropy_);
  const Hash pairing = space::pairing_hash(invitation_->m1, invitation_->m2, invitation_->nonce);
  put_mail(crypto::Key(invitation_->s.view()), 6,
           space::encode(space::make_m6(*keys_, pairing, left_->state, epoch, id, box)), false);
}

/// What views need is found by looking at all of them on a device that has nothing but the fold, until none asks for
/// more. One that asks for very much is left to when all is here.
std::optional<Client::Left> Client::snapshot_to_leave(Now now) {
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
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, ViewsOfTheSaid>>(
      [&]<class V>(boost::mp11::mp_identity<V>) {
        look([&] { [[maybe_unused]] const auto seen = other.view(V::kName, Json::object(), now); });
      });
  const log::Stream& own = *mine()->stream;
  Left out;
  out.epoch = own.table().epoch;
  const crypto::Key* key = own.key(out.epoch);
  if (key == nullptr) return std::nullopt;
  reader.reset();  // of ten years it is large, and so is each of what follows
  const Bytes inside = encode(std::exchange(state, {}));
  out.state = state_hash(inside);
  const Bytes sealed = seal_slot(*key, own.id(), out.epoch, *keys_, inside, entropy_);
  if (sealed.size() > std::size_t{log::planted().slot_piece} * wire::kMaxSlotPieces) return std::nullopt;
  out.id = crypto::random_fixed<Hash>(entropy_);
  for (ByteView rest(sealed); !rest.empty();) {
    const ByteView piece = rest.first(std::min<std::size_t>(rest.size(), log::planted().slot_piece));
    out.pieces.emplace_back(piece.begin(), piece.end());
    rest = rest.subspan(piece.size());
  }
  return out;
}

/// What was left is not left for ever: whoever it was for has taken it by then, or does not come.
void Client::empty_slot(Now now) {
  const bool over = invitation_ && (invitation_->state == InvitationState::ended || now.ms >= invitation_->until);
  if (!invitation_ || !invitation_->slot_left.value_or(false) || !over || slot_emptying_ || slot_unknown_there_) return;
  slot_emptying_ = next_request_++;
  send(wire::SlotPut{
      .request = *slot_emptying_, .stream = *profile_->mine, .id = {}, .piece = 0, .count = 0, .bytes = {}});
}

// ---- the new device ----

/// The letter may come at any time once words are there to be compared; whoever has the link can put something here
/// that only looks like it.
void Client::take_letter_of_snapshot(const wire::Mail& mail) {
  if (!active(joining_) || !joining_->own() || joining_->m6 || mail.state != wire::MailboxState::open) return;
  const auto m1 = space::decode_m1(joining_->m1);
  const auto m3 = space::decode_m3(joining_->m3);
  if (!m1 || !m3) return;
  const Hash pairing = space::pairing_hash(joining_->m1, joining_->m2, m3->nonce);
  for (const Bytes& each : mail.mails) {
    const auto letter = space::open_mail(crypto::Key(joining_->s.view()), each);
    if (!letter || letter->kind != 6) continue;
    const auto m6 = space::decode_m6(letter->body, keys_->sign);
    if (!m6 || !space::check_m6(*m6, *m1, pairing)) continue;
    joining_->m6 = letter->body;
    return keep_joining();
  }
}

void Client::fetch_snapshot() {
  const bool let_in = active(joining_) && joining_->own() && joining_->state == JoiningState::approved;
  if (!let_in || !joining_->m6 || joining_->slot_over.value_or(false)) return;
  if (ahead_ || slot_request_ || slot_passed_over_ || slot_retry_at_) return;
  const auto m1 = space::decode_m1(joining_->m1);
  if (!m1) return;
  slot_request_ = next_request_++;
  send(wire::SlotGet{
      .request = *slot_request_, .stream = m1->self, .piece = static_cast<std::uint8_t>(fetched_.pieces)});
}

void Client::take(const wire::Slot& frame, Now) {
  if (!slot_request_ || frame.request != *slot_request_) return;
  slot_request_.reset();
  if (!active(joining_)) return;  // the log was faster
  const bool first = fetched_.pieces == 0;
  if (first) fetched_.id = frame.id;
  const bool goes_on = frame.count != 0 && frame.piece == fetched_.pieces && frame.id == fetched_.id;
  if (!goes_on) {
    // Nothing whole is there, or another one than what has come of it: there is the log.
    fetched_ = {};
    slot_passed_over_ = true;
    return;
  }
  fetched_.sealed.insert(fetched_.sealed.end(), frame.bytes.begin(), frame.bytes.end());
  if (++fetched_.pieces < frame.count) return fetch_snapshot();
  Bytes sealed = std::move(std::exchange(fetched_, {}).sealed);
  if (!open_ahead(sealed)) {
    joining_->slot_over = true;
    return keep_joining();
  }
  put_raw("ahead", std::move(sealed));
  changed();
  // Nobody else is to read it.
  const auto m1 = space::decode_m1(joining_->m1);
  send(wire::SlotPut{.request = next_request_++, .stream = m1->self, .id = {}, .piece = 0, .count = 0, .bytes = {}});
}

/// Is it what the device that lets this one in has vouched for, to the last byte? Then views are shown from it.
bool Client::open_ahead(const Bytes& sealed) {
  if (!active(joining_) || !joining_->m6 || !keys_) return false;
  const auto m1 = space::decode_m1(joining_->m1);
  const auto m6 = space::decode_m6(*joining_->m6, keys_->sign);
  if (!m1 || !m6) return false;
  const auto key = crypto::open_key(m6->box, *keys_, m1->self, m6->epoch, m6->key_id);
  if (!key) return false;
  const auto inside = open_slot(*key, m1->self, m6->epoch, m1->sign, sealed);
  if (!inside || (state_hash(*inside) != m6->state && !log::planted().skip_state_hash)) return false;
  const auto state = decode_slot_state(*inside);
  if (!state) return false;
  Profile of;
  of.sign_seed = Hash::copy_of(keys_->sign_seed());
  of.box_secret = Hash::copy_of(keys_->box_secret.view());
  of.mine = m1->self;
  of.ours = ours_of(state->fold);
  auto client = std::make_unique<Client>(entropy_);
  if (!client->boot_early(rows_of(*state, of, entropy_))) return false;
  client->take_missed();
  ahead_ = std::move(client);
  return true;
}

/// It goes once all of the log is here and read, or nothing comes of it.
void Client::mind_ahead() {
  if (!ahead_) return;
  const bool comes = active(joining_) && joining_->own();
  const bool folding = started() && std::ranges::any_of(lines_, [](const auto& entry) { return entry.second.folding; });
  if (comes || folding) return;
  drop_ahead();
}

void Client::drop_ahead() {
  if (ahead_) remove("ahead");
  ahead_.reset();
  fetched_ = {};
  slot_request_.reset();
  slot_passed_over_ = false;
  changed();
}

/// A view of what was said as the other device saw it, with what waits on this one. None: as it is here.
std::optional<Json> Client::view_ahead(std::string_view name, Now now) {
  if (!ahead_ || recovering_ || !shows_what_was_said(name)) return std::nullopt;
  const auto number = [](const auto& entry) { return entry.first; };
  if (!std::ranges::equal(ahead_->queue_, queue_, {}, number, number)) {
    ahead_->queue_ = queue_;
    ahead_->changed();
  }
  auto seen = ahead_->view(name, Json::object(), now);
  const bool whole = ahead_->take_missed().empty();
  return seen && whole ? std::optional(std::move(*seen)) : std::nullopt;
}

/// What was asked for makes sense on what is shown, and was refused on what is here.
bool Client::waits_for_the_rest(std::string_view name, const Json& args, Now now) {
  if (!ahead_ || recovering_) return false;
  const Queued asked{.number = 0,
                     .id = crypto::random_fixed<EventId>(entropy_),
                     .name = std::string(name),
                     .args = args,
                     .at = {.ms = now.ms, .offset = now.offset_minutes}};
  const Projection& seen = ahead_->projection();
  const Overlay contents(ahead_->history_, seen);
  const bool makes_sense = ahead_->plan(asked, seen.fold, contents).has_value();
  const bool missed = !ahead_->take_missed().empty();
  return makes_sense || missed;
}

// ---- both ----

void Client::attend_slot(Now now) {
  if (slot_retry_at_) return;
  if (mine() != nullptr && started()) {
    if (leaves_snapshot()) leave_snapshot(now);
    empty_slot(now);
  }
  fetch_snapshot();
}

/// `refused`: none if it was stored. Not what a slot was asked for: false.
bool Client::slot_answered(std::uint32_t request, const ErrorCode* refused, Now now) {
  const bool later = refused == &wire::kSlowDown || refused == &wire::kServerTrouble || refused == &wire::kStopping;
  if (later && (request == slot_request_ || request == slot_emptying_ || (left_ && left_->request == request))) {
    slot_retry_at_ = now.ms + kRetrySlot;
  }
  if (left_ && left_->request == request) {
    left_->request.reset();
    if (refused == nullptr) {
      ++left_->next;
    } else if (!later) {
      left_.reset();
      slot_given_up_ = true;
    }
    return true;
  }
  if (slot_request_ == request) {
    slot_request_.reset();
    slot_passed_over_ = slot_passed_over_ || !later;
    return true;
  }
  if (slot_emptying_ != request) return false;
  slot_emptying_.reset();
  if (!later && invitation_) {
    invitation_->slot_left.reset();
    keep_invitation();
  }
  return true;
}

/// A relay from before these messages hangs up on them. True: that may be why it did; it is not asked again.
bool Client::slot_unknown() {
  if (!slot_request_ && !slot_emptying_ && (!left_ || !left_->request)) return false;
  slot_unknown_there_ = true;
  slot_passed_over_ = true;
  return true;
}

void Client::forget_slot_session() {
  left_.reset();
  slot_request_.reset();
  slot_emptying_.reset();
  slot_retry_at_.reset();
  slot_given_up_ = false;
  slot_passed_over_ = slot_unknown_there_;
}

}  // namespace attune::client
