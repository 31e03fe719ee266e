// A new device shows what the one that lets it in has seen (PROTOCOL.md 11), while all of the log comes and is checked
// from the genesis.
//
// It only shows it: what is taken up, decided, sealed and sent is decided on the log alone, in another object, which
// never learns what the snapshot says. So a snapshot that is wrong costs what it showed, and nothing that it says can
// stay.
#include <algorithm>

#include "attune/client/client.h"
#include "attune/client/shown.h"
#include "attune/client/slot_bytes.h"
#include "attune/client/snapshot.h"
#include "attune/log/planted.h"

namespace attune::client {

/// The letter may come at any time once words are there to be compared; whoever has the link can put something here
/// that only looks like it.
void Client::take_letter_of_snapshot(const wire::Mail& mail) {
  if (!active(joining_) || !joining_->own() || ahead_ || mail.state != wire::MailboxState::open) return;
  const auto m1 = space::decode_m1(joining_->m1);
  const auto m3 = space::decode_m3(joining_->m3);
  if (!m1 || !m3) return;
  const Hash pairing = space::pairing_hash(joining_->m1, joining_->m2, m3->nonce);
  std::optional<Bytes> found;
  for (const Bytes& each : mail.mails) {
    const auto letter = space::open_mail(crypto::Key(joining_->s.view()), each);
    if (!letter || letter->kind != 6) continue;
    const auto m6 = space::decode_m6(letter->body, keys_->sign);
    // Of several the last one: after a broken line the snapshot may be another one.
    if (!m6 || !space::check_m6(*m6, *m1, pairing)) continue;
    found = letter->body;
  }
  if (!found || joining_->m6 == found) return;
  joining_->m6 = std::move(found);
  keep_joining();
}

void Client::fetch_snapshot() {
  const bool let_in = active(joining_) && joining_->own() && joining_->state == JoiningState::approved;
  if (!let_in || !joining_->m6 || joining_->slot_over.value_or(false)) return;
  if (ahead_ || slot_request_ || slot_passed_over_ || slot_retry_at_) return;
  const auto m1 = space::decode_m1(joining_->m1);
  if (!m1 || (started() && profile_->mine != m1->self)) return;
  slot_request_ = next_request_++;
  send(wire::SlotGet{
      .request = *slot_request_, .stream = m1->self, .piece = static_cast<std::uint8_t>(incoming_.pieces)});
}

void Client::take(const wire::Slot& frame, Now) {
  if (!slot_request_ || frame.request != *slot_request_) return;
  slot_request_.reset();
  if (!active(joining_)) {  // the log was faster
    incoming_ = {};
    return;
  }
  const bool first = incoming_.pieces == 0;
  if (first) incoming_.id = frame.id;
  const bool goes_on = frame.count != 0 && frame.piece == incoming_.pieces && frame.id == incoming_.id;
  if (!goes_on) {
    // Nothing whole is there, or another one than what has come of it: there is the log.
    incoming_ = {};
    slot_passed_over_ = true;
    return;
  }
  incoming_.sealed.insert(incoming_.sealed.end(), frame.bytes.begin(), frame.bytes.end());
  if (++incoming_.pieces < frame.count) return fetch_snapshot();
  Bytes sealed = std::move(std::exchange(incoming_, {}).sealed);
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
  wait_for_what_is_shown();
  return true;
}

/// The place of *ours* that is shown is vouched for like the one of m5, and may be a later one: this device is not
/// there before that has come, and a history that contradicts it is another one.
void Client::wait_for_what_is_shown() {
  auto& told = local_.handed_over;
  if (!ahead_ || !told) return;
  const auto seen = ahead_->lines_.find(told->stream);
  if (seen == ahead_->lines_.end() || seen->second.stream->next() <= told->position + 1) return;
  told->position = seen->second.stream->next() - 1;
  told->history = seen->second.stream->history();
  put("local", schema::to_json(local_));
}

/// It goes once all of the log is here and read, or nothing comes of it.
void Client::mind_ahead() {
  if (!ahead_) return;
  const bool comes = active(joining_) && joining_->own();
  const bool folding = started() && std::ranges::any_of(lines_, [](const auto& entry) { return entry.second.folding; });
  if (comes || folding) return;
  drop_ahead();
}

/// For good: the relay may have kept what lay in the slot.
void Client::drop_ahead() {
  if (ahead_) remove("ahead");
  if (active(joining_) && joining_->m6) {
    joining_->slot_over = true;
    keep_joining();
  }
  ahead_.reset();
  incoming_ = {};
  slot_request_.reset();
  slot_passed_over_ = false;
  changed();
}

/// A view of what was said as the other device saw it, with what waits on this one. None: as it is here.
std::optional<Json> Client::view_ahead(std::string_view name, Now now) {
  if (!ahead_ || recovering_ || std::ranges::find(kNamesOfTheSaid, name) == kNamesOfTheSaid.end()) return std::nullopt;
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
bool Client::waits_for_the_rest(Error refused, std::string_view name, const Json& args, Now now) {
  if (!ahead_ || recovering_) return false;
  if (refused == space::kNotStarted || (refused == space::kNotPaired && ahead_->paired())) return true;
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

}  // namespace attune::client
