// The conversation with the relay: dialling, authentication, following streams, and what its answers mean.
#include <algorithm>
#include <limits>

#include "attune/client/client.h"

namespace attune::client {

namespace {

constexpr std::int64_t kFirstBackoff = 1'000;
constexpr std::int64_t kMostBackoff = 60'000;
constexpr std::int64_t kGoodSession =
    30'000;  ///< one that lasted so long has shown that it is worth dialling again soon
constexpr std::int64_t kBeat = 60 * 60 * 1'000;
constexpr std::int64_t kFirstRetryRefused = 5'000;
constexpr std::int64_t kMostRetryRefused = 5 * 60 * 1'000;
constexpr std::int64_t kRetryExcluded = 60 * 60 * 1'000;

/// Was this append what a private beat says, not a change of members or history given back?
bool beat(const std::vector<Bytes>& raw, bool resend) {
  const auto record = raw.empty() ? Result<wire::Record>(refuse(kServerFault)) : wire::decode_record(raw.front());
  return !resend && record && record->header.cls == wire::Class::event;
}

/// Refused for now, whatever it was: it may be taken later.
bool passing(const ErrorCode* code) {
  return code == &wire::kSlowDown || code == &wire::kServerFull || code == &wire::kServerTrouble ||
         code == &wire::kStopping;
}

}  // namespace

const crypto::DeviceKeys& Client::session_keys() const { return recovering_ ? recovering_->phrase : *keys_; }

const std::string& Client::relay_wanted() const {
  if (recovering_) return recovering_->relay;
  if (joining_ && joining_->state == JoiningState::looking) return joining_->relay;
  for (const Refusing& each : refusals_) {
    const bool its_turn = !refusal_waits_ || profile_->relay.empty();
    if (each.relay != profile_->relay && its_turn) return each.relay;
  }
  return profile_->relay;
}

void Client::change_relay(Now now) {
  if (session_ == Session::offline || (!profile_ && !recovering_) || dialled_ == relay_wanted()) return;
  flush();
  effects_.emplace_back(effect::HangUp{});
  const bool waits = refusal_waits_;
  disconnected(now);
  refusal_waits_ = waits;
  backoff_ms_ = 0;
  dial(now);
}

void Client::dial(Now now) {
  dialled_ = relay_wanted();
  if (dialled_.empty()) {
    redial_at_ = std::numeric_limits<std::int64_t>::max();
    return;
  }
  session_ = Session::dialling;
  dialled_at_ = now.ms;
  redial_at_ = now.ms + kMostBackoff;
  flush();
  effects_.emplace_back(effect::Dial{.relay = dialled_});
  changed();
}

void Client::hang_up(Now now, const ErrorCode& why) {
  notice(why, now);
  flush();
  effects_.emplace_back(effect::HangUp{});
  disconnected(now);
}

void Client::send(const wire::FromDevice& frame) {
  flush();
  effects_.emplace_back(effect::Send{.frame = wire::encode(frame)});
}

void Client::connected(Now now) {
  now_ = now;
  if (!keys_ && !recovering_) return;
  session_ = Session::greeting;
  my_challenge_ = crypto::random_fixed<Challenge>(entropy_);
  keep_snapshot();
  send(wire::Hello{.protocol = wire::kProtocolVersion, .key = session_keys().sign, .nonce = my_challenge_});
  changed();
  set_alarm(now);
}

void Client::disconnected(Now now) {
  now_ = now;
  // A welcome alone proves little: whoever breaks off right behind it would be dialled every second, with a beat each.
  if (session_ == Session::welcomed && now.ms - dialled_at_ >= kGoodSession) backoff_ms_ = 0;
  session_ = Session::offline;
  refusal_waits_ = elsewhere();
  for (auto& [id, line] : lines_) {
    line.relay_next.reset();
    line.following = line.told = false;
    line.unsound.reset();
    line.in_flight.reset();
    line.retry_at.reset();
  }
  std::erase_if(lines_, [&](const auto& entry) { return !recovering_ && !stays(entry.second); });
  known_.clear();
  met_ = 0;
  mail_requests_.clear();
  forget_push_session();
  forget_slot_session();
  mail_retry_at_.reset();
  mailboxes_.clear();
  mailboxes_told_.clear();
  burning_.clear();
  backoff_ms_ = backoff_ms_ == 0 ? kFirstBackoff : std::min(backoff_ms_ * 2, kMostBackoff);
  redial_at_ = now.ms + backoff_ms_;
  keep_snapshot();
  changed();
  set_alarm(now);
}

/// The wall clock may be set back under us: nothing waits longer than it has to at most.
void Client::mind_the_clock(Now now) {
  redial_at_ = std::min(redial_at_, now.ms + kMostBackoff);
  if (last_beat_) last_beat_ = std::min(*last_beat_, now.ms);
  for (auto& [number, queued] : queue_) queued.not_before = std::min(queued.not_before, now.ms + kMostHold);
  for (auto& [id, line] : lines_) {
    if (line.retry_at) line.retry_at = std::min(*line.retry_at, now.ms + kRetryExcluded);
  }
  if (mail_retry_at_) mail_retry_at_ = std::min(*mail_retry_at_, now.ms + kRetryMail);
  if (slot_retry_at_) slot_retry_at_ = std::min(*slot_retry_at_, now.ms + kRetryMail);
}

void Client::tick(Now now) {
  now_ = now;
  mind_the_clock(now);
  if (session_ == Session::offline && (profile_ || recovering_) && now.ms >= redial_at_) dial(now);
  expire_invitation(now);
  if (joining_ && joining_->state == JoiningState::looking && joining_->until && now.ms >= *joining_->until) {
    end_joining(JoiningEnd::link_expired, now);
  }
  if (std::erase_if(refusals_, [&](const Refusing& each) { return now.ms >= each.until; }) > 0) keep_refusals();
  if (session_ == Session::welcomed && last_beat_ && now.ms >= *last_beat_ + kBeat) beat_due_ = true;
  for (auto& [id, line] : lines_) {
    if (line.retry_at && now.ms >= *line.retry_at) line.retry_at.reset();
  }
  if (mail_retry_at_ && now.ms >= *mail_retry_at_) {
    mail_retry_at_.reset();
    mailboxes_.clear();
    mailboxes_told_.clear();
  }
  if (slot_retry_at_ && now.ms >= *slot_retry_at_) slot_retry_at_.reset();
  mind_the_room(now);
  changed_ = true;  // an undo may have run out
  queue_own_accord(now);  // a date may have come
  fold_on(now);
  mind_ahead();
  pump(now);
  set_alarm(now);
}

void Client::set_alarm(Now now) {
  mind_the_clock(now);
  std::optional<std::int64_t> next;
  const auto consider = [&](std::int64_t at) {
    if (at > now.ms && (!next || at < *next)) next = at;
  };
  for (const auto& [number, queued] : queue_) consider(queued.not_before);
  const bool may_dial = (recovering_ || profile_) && !relay_wanted().empty();
  if (session_ == Session::offline && may_dial) consider(std::max(redial_at_, now.ms + 1));
  if (session_ == Session::welcomed && last_beat_) consider(*last_beat_ + kBeat);
  if (invitation_ && invitation_->state != InvitationState::ended) consider(invitation_->until);
  if (joining_ && joining_->state == JoiningState::looking && joining_->until) consider(*joining_->until);
  for (const Refusing& each : refusals_) consider(each.until);
  for (const auto& [id, line] : lines_) {
    if (line.retry_at) consider(*line.retry_at);
    if (line.folding) consider(now.ms + 1);
  }
  if (room_ && room_->other) consider(room_->heard_at + kHeardFor);
  if (together()) {
    const space::Context with = context(history_.fold(), history_);
    practices::for_each([&]<class P>(P) {
      if constexpr (requires { P::next_due(with, history_.fold().practices.of<P>()); }) {
        if (const auto due = P::next_due(with, history_.fold().practices.of<P>())) consider(*due);
      }
    });
  }
  if (mail_retry_at_) consider(*mail_retry_at_);
  if (slot_retry_at_) consider(*slot_retry_at_);
  if (next && next != alarm_) effects_.emplace_back(effect::Alarm{.at_ms = *next});
  alarm_ = next;
}

void Client::received(ByteView bytes, Now now) {
  now_ = now;
  const auto frame = wire::decode_from_relay(bytes);
  if (!frame) {
    hang_up(now, kServerFault);
    return;
  }
  std::visit([&](const auto& each) { take(each, now); }, *frame);
  name_strangers(now);
  name_second_space(now);
  mind_ahead();
  flush();
  pump(now);
  set_alarm(now);
}

void Client::take(const wire::Challenged& frame, Now) {
  if (session_ != Session::greeting) return;
  session_ = Session::proving;
  send(wire::Prove{.signature = wire::sign_auth(session_keys().sign_secret.view(), frame.nonce, my_challenge_,
                                                session_keys().sign, dialled_)});
}

void Client::take(const wire::Welcome& frame, Now now) {
  if (session_ != Session::proving) return;
  session_ = Session::welcomed;
  changed();
  if (recovering_) return recovering_welcomed(frame, now);
  known_ = frame.streams;
  if (!elsewhere()) take_up_streams(now);
}

void Client::take_up_streams(Now now) {
  for (auto& [id, line] : lines_) line.relay_next = 0;
  for (const wire::Known& known : known_) {
    if (Line* line = line_of(known.stream)) {
      line->relay_next = known.head + 1;
      line->relay_history = known.history;
      follow(*line);
    }
  }
  beat_due_ = true;
  meet_mine();
  meet_next(now);
  earlier_refused_ = false;
  fetch_earlier();
  meet_successor();
}

void Client::follow(Line& line) {
  if (line.following) return;
  line.following = true;
  // Asking from the relay's own head, where it is behind or is as long as mine and yet another one, gets the evidence:
  // a signed record. Its word alone would accuse it.
  const std::uint64_t next = line.stream->next();
  const std::uint64_t theirs = line.relay_next.value_or(0);
  const bool another = theirs == next && line.relay_history != line.stream->history();
  std::uint64_t from = theirs > 0 && (theirs < next || another) ? theirs - 1 : next;
  // What was withheld is asked for again.
  if (const auto withheld = line.stream->withheld(); !withheld.empty()) from = std::min(from, withheld.front());
  send(wire::Follow{.stream = line.stream->id(), .from = from});
}

bool Client::forked(const Line& line) const {
  return std::ranges::find(local_.forked, line.stream->id()) != local_.forked.end();
}

bool Client::seated(const Line& line) const {
  const wire::Seat* seat = line.stream->table().seat(session_keys().sign);
  return seat != nullptr && line.relay_next && seat->added_at < *line.relay_next;
}

bool Client::removed(const Line& line) const {
  const wire::Seat* seat = line.stream->table().seat(session_keys().sign);
  return seat != nullptr && seat->removed_at;
}

void Client::take(const wire::Joined& frame, Now now) {
  if (session_ != Session::welcomed || recovering_ || elsewhere()) return;
  Line* line = line_of(frame.stream.stream);
  if (line == nullptr) {
    if (known_.size() < wire::kMaxStreams) known_.push_back(frame.stream);
    meet_mine();
    meet_next(now);
    return meet_successor();
  }
  if (line->told) return;
  // The relay had lost that I belong to it; another device gave that back.
  line->relay_next = frame.stream.head + 1;
  line->relay_history = frame.stream.history;
  line->following = false;
  line->retry_at.reset();
  follow(*line);
}

void Client::take(const wire::Records& frame, Now now) {
  Line* line = line_of(frame.stream);
  if (line == nullptr || !line->following) return;
  changed();
  const std::size_t devices = line == mine() ? line->stream->table().seats.size() : 0;
  const bool taken = ingest(*line, frame.records, now);
  line = line_of(frame.stream);
  if (line == nullptr) return;
  // The relay's word for its own head is checked like a record. Of two histories it is the other's, and no new fault.
  const bool another = frame.head < line->stream->next() && line->stream->history_at(frame.head) != frame.history;
  if (!taken && !forked(*line)) return;
  if (forked(*line) && (!taken || another)) {
    line->relay_next = frame.head + 1;
    line->relay_history = frame.history;
    if (!taken && line == ours()) seek_parting(*line);
    return;
  }
  line->relay_history = frame.history;
  // Another device of mine has come: it may be the one that brought me in.
  if (line == mine() && line->stream->table().seats.size() != devices) refused_.clear();
  // Within a session a relay's history only grows; an earlier word of it, come again, takes nothing back.
  line->relay_next = line->told ? std::max(line->relay_next.value_or(0), frame.head + 1) : frame.head + 1;
  line->told = true;
  if (another) return hang_up(now, kServerFault);
  if (line->caught_up()) name_withheld(now);
  if (recovering_) return recovering_progress(now);
  take_up_mine(now);
  take_up_ours(now);
  mind_successor(now);
  settle(now);
}

void Client::take(const wire::Stored& frame, Now now) {
  if (push_answered(frame.request, nullptr) || slot_answered(frame.request, nullptr, now)) return;
  if (const auto mail = mail_requests_.find(frame.request); mail != mail_requests_.end()) {
    const Mailing put = mail->second;
    mail_requests_.erase(mail);
    mail_stored(put);
    changed();
    return;
  }
  for (auto& [id, line] : lines_) {
    if (!line.in_flight || line.in_flight->request != frame.request) continue;
    const InFlight sent = std::move(*line.in_flight);
    line.in_flight.reset();
    line.refused_ms = 0;
    line.relay_next = frame.head + 1;
    line.relay_history = frame.history;
    changed();
    if (&line == mine()) taken_in();
    if (sent.leaving) {
      profile_->close_said = true;
      keep_profile();
      return take_up_ours(now);
    }
    if (sent.resend) {
      const auto last = wire::decode_record(sent.raw.back());
      const bool honest =
          last && last->header.position == frame.head && wire::history_hash(last->header) == frame.history;
      if (!honest) return hang_up(now, kServerFault);
      if (&line == successor() && !profile_->mending->posted) {
        profile_->mending->posted = true;
        return keep_profile();
      }
      if (line.stream->next() == *line.relay_next && line.following) notice(log::kBehind, now);
      return;
    }
    const std::uint64_t from = line.stream->next();
    auto batch = line.stream->check(sent.raw);
    if (!batch) return hang_up(now, kServerFault);
    line.stream->admit(std::move(*batch));
    after_ingest(line, from, {}, now);
    if (recovering_) return recovering_progress(now);
    if (closed()) take_up_ours(now);  // what waits for it was seen while the end of the one before was said
    return mind_successor(now);
  }
}

/// The relay has something of mine: that it takes in nobody new is said of me no more.
void Client::taken_in() {
  const std::string id(wire::kRegistrationClosed.name);
  if (notices_.erase(id) > 0) remove("n/" + id);
}

/// The relay knows the stream, but not that I belong to it. What it holds is compared; if that is a beginning of mine,
/// it is given the rest.
void Client::moved_away(Line& line, const wire::Moved& frame, Now now) {
  if (frame.head < line.stream->next() && line.stream->history_at(frame.head) == frame.history) {
    if (*line.relay_next == frame.head + 1) return hang_up(now, kServerFault);  // that is where it was offered more
    line.relay_next = frame.head + 1;
    notice(log::kBehind, now);
    return;
  }
  line.following = true;
  send(wire::Follow{.stream = line.stream->id(), .from = std::min(frame.head, line.stream->next())});
}

void Client::take(const wire::Moved& frame, Now now) {
  for (auto& [id, line] : lines_) {
    if (!line.in_flight || line.in_flight->request != frame.request) continue;
    // Another device of mine was faster: what waits is said behind its record, not an hour later.
    if (&line == mine() && beat(line.in_flight->raw, line.in_flight->resend)) beat_due_ = true;
    const bool stranger = line.in_flight->resend && !seated(line);
    forget_unanswered(line, *line.in_flight);
    line.in_flight.reset();
    changed();
    if (stranger) return moved_away(line, frame, now);
    line.relay_next = frame.head + 1;
    line.relay_history = frame.history;
    if (forked(line)) return;
    // The records in between are on their way to a follower; where nothing is behind mine, ask for the evidence.
    if (!line.following || *line.relay_next <= line.stream->next()) {
      line.following = line.told = false;
      follow(line);
    }
    return;
  }
}

void Client::take(const wire::Refused& frame, Now now) {
  const ErrorCode* code = wire::find_error(frame.code);
  if (frame.request == 0) return follow_refused(code, now);
  const ErrorCode* why = code == nullptr ? &kServerFault : code;
  if (push_answered(frame.request, why) || slot_answered(frame.request, why, now)) return;
  if (const auto mail = mail_requests_.find(frame.request); mail != mail_requests_.end()) {
    const Mailing put = mail->second;
    mail_requests_.erase(mail);
    return mail_refused(put, code == nullptr ? kServerFault : *code, now);
  }
  for (auto& [id, line] : lines_) {
    if (!line.in_flight || line.in_flight->request != frame.request) continue;
    if (&line == mine() && beat(line.in_flight->raw, line.in_flight->resend)) beat_due_ = true;
    forget_unanswered(line, *line.in_flight);
    const bool stranger = line.in_flight->resend && !seated(line);
    if (line.in_flight->leaving && !passing(code)) {
      // The relay's own history does not let me close it; here it is closed all the same.
      profile_->close_said = true;
      keep_profile();
    }
    line.in_flight.reset();
    const bool excluded = code == &wire::kNotAMember || code == &wire::kNotAWriter;
    line.refused_ms = std::clamp(line.refused_ms * 2, kFirstRetryRefused, kMostRetryRefused);
    line.retry_at = now.ms + (excluded ? kRetryExcluded : line.refused_ms);
    changed();
    if (removed(line)) {
      notice(kNotAMemberAnyMore, now);
    } else if (excluded && stranger) {
      // Nobody is put out by the relay's word. The record that removed me, if there is one, is still handed out to me.
      line.following = line.told = false;
      follow(line);
    } else if (code != nullptr) {
      notice(*code, now);
    } else {
      notice(kServerFault, now);
    }
    if (recovering_) {
      recovering_->state = RecoveringState::failed;
      recovering_->code = std::string(code == nullptr ? kServerFault.name : code->name);
    }
    return;
  }
}

/// The relay hands out nothing of some stream; it does not say which. Where it has what brought me in, it is another
/// one.
void Client::follow_refused(const ErrorCode* code, Now now) {
  const bool excluded = code == &wire::kNotAMember;
  for (auto& [id, line] : lines_) {
    if (!line.following || line.told || line.in_flight || (excluded && seated(line))) continue;
    line.following = false;
    line.retry_at = now.ms + kRetryExcluded;
    if (fetched(line)) {
      earlier_refused_ = true;
      rebuild_history();
      continue;
    }
    if (code != nullptr && (&line == mine() || &line == ours())) notice(*code, now);
  }
  changed();
}

void Client::take(const wire::Fault& frame, Now now) {
  const ErrorCode* code = wire::find_error(frame.code);
  if (code == &wire::kBadFrame && (slot_unknown() || signals_unknown())) return changed();
  if (code == &wire::kBadFrame && push_asked_ && !push_key_) {
    // A relay from before these messages hangs up on them: it is not asked a second time.
    push_unknown_there_ = true;
    return changed();
  }
  // On a slow line the proof may come when the challenge is over: nothing is wrong but the line, and it is dialled
  // again.
  const std::int64_t since = now.ms - dialled_at_;  // below 0: the clock was set back
  const bool late = code == &wire::kNotAuthenticated && (since < 0 || since > wire::kChallengeSeconds * 1000);
  if (code != nullptr && code != &wire::kStopping && !late) notice(*code, now);
}

}  // namespace attune::client
