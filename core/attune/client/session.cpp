// The conversation with the relay: authentication, following streams, taking in what it hands over.
#include <limits>

#include "attune/client/client.h"

namespace attune::client {

namespace {

constexpr std::int64_t kFirstBackoff = 1'000;
constexpr std::int64_t kMostBackoff = 60'000;
constexpr std::int64_t kBeat = 60 * 60 * 1'000;
constexpr std::int64_t kRetryRefused = 5'000;

/// Was this append what a private beat says, not a change of members or history given back?
bool beat(const std::vector<Bytes>& raw, bool resend) {
  const auto record = raw.empty() ? Result<wire::Record>(refuse(kServerFault)) : wire::decode_record(raw.front());
  return !resend && record && record->header.cls == wire::Class::event;
}
constexpr std::int64_t kRetryExcluded = 60 * 60 * 1'000;
constexpr std::size_t kMostLines = 8;  // read at a time
constexpr std::size_t kMostMet = 48;   // in one session: a relay need not let more than 64 be followed

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
  if (!keys_ && !recovering_) return;
  session_ = Session::greeting;
  my_challenge_ = crypto::random_fixed<Challenge>(entropy_);
  send(wire::Hello{.protocol = wire::kProtocolVersion, .key = session_keys().sign, .nonce = my_challenge_});
  changed();
  set_alarm(now);
}

void Client::disconnected(Now now) {
  session_ = Session::offline;
  refusal_waits_ = elsewhere();
  for (auto& [id, line] : lines_) {
    line.relay_next.reset();
    line.following = line.told = false;
    line.unsound.reset();
    line.in_flight.reset();
    line.retry_at.reset();
  }
  std::erase_if(lines_,
                [&](const auto& entry) { return !recovering_ && &entry.second != mine() && &entry.second != ours(); });
  known_.clear();
  met_ = 0;
  mail_requests_.clear();
  mail_retry_at_.reset();
  mailboxes_.clear();
  mailboxes_told_.clear();
  backoff_ms_ = backoff_ms_ == 0 ? kFirstBackoff : std::min(backoff_ms_ * 2, kMostBackoff);
  redial_at_ = now.ms + backoff_ms_;
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
}

void Client::tick(Now now) {
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
  changed_ = true;  // an undo may have run out
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
  }
  if (mail_retry_at_) consider(*mail_retry_at_);
  if (next && next != alarm_) effects_.emplace_back(effect::Alarm{.at_ms = *next});
  alarm_ = next;
}

void Client::received(ByteView bytes, Now now) {
  const auto frame = wire::decode_from_relay(bytes);
  if (!frame) {
    hang_up(now, kServerFault);
    return;
  }
  std::visit([&](const auto& each) { take(each, now); }, *frame);
  name_strangers(now);
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
  backoff_ms_ = 0;
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
      if (*line->relay_next == line->stream->next() && known.history != line->stream->history()) {
        // As long as mine and yet another one: its signed head is the evidence.
        line->following = true;
        send(wire::Follow{.stream = known.stream, .from = known.head});
      }
      follow(*line);
    }
  }
  beat_due_ = true;
  meet_next(now);
}

void Client::follow(Line& line) {
  if (line.following) return;
  line.following = true;
  // Asking from the relay's own head, where it is behind, gets the evidence if its history is another one.
  std::uint64_t from = line.relay_next && *line.relay_next < line.stream->next() && *line.relay_next > 0
                           ? *line.relay_next - 1
                           : line.stream->next();
  // What was withheld is asked for again.
  if (const auto withheld = line.stream->withheld(); !withheld.empty()) from = std::min(from, withheld.front());
  send(wire::Follow{.stream = line.stream->id(), .from = from});
}

bool Client::forked(const Line& line) const {
  return std::ranges::find(local_.forked, line.stream->id()) != local_.forked.end();
}

/// My key and its join are no secret, so anybody may found a stream with them. Each that is listed is read until it
/// shows that it is not mine, which its genesis does nearly always; a few at a time, and all of them in turn, so that
/// however many there are they neither fill this device nor hide the one that is.
void Client::meet_next(Now now) {
  if (session_ != Session::welcomed || recovering_ || elsewhere() || paired() || !started()) return;
  // Who may bring me in stands in the invitation I have answered, or else in *mine*: that has to be here first.
  if (joining_ && joining_->state == JoiningState::looking) return;
  const bool answered = joining_ && joining_->state != JoiningState::ended;
  if (!answered && (mine() == nullptr || !mine()->caught_up())) return;
  for (const wire::Known& known : known_) {
    if (known.kind != wire::StreamKind::ours || line_of(known.stream) != nullptr) continue;
    if (refused_.contains(known.stream)) continue;
    if (std::ranges::find(profile_->left, known.stream) != profile_->left.end()) continue;
    if (lines_.size() >= kMostLines) return;
    if (met_ == kMostMet) {
      // What was refused is still sent on this line; a new one follows the others.
      flush();
      effects_.emplace_back(effect::HangUp{});
      return disconnected(now);
    }
    ++met_;
    Line line;
    line.stream = std::make_unique<log::Stream>(known.stream);
    line.relay_next = known.head + 1;
    follow(lines_.emplace(known.stream, std::move(line)).first->second);
  }
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
    return meet_next(now);
  }
  if (line->told) return;
  // The relay had lost that I belong to it; another device gave that back.
  line->relay_next = frame.stream.head + 1;
  line->following = false;
  line->retry_at.reset();
  follow(*line);
}

void Client::take(const wire::Records& frame, Now now) {
  Line* line = line_of(frame.stream);
  if (line == nullptr || !line->following) return;
  changed();
  const std::size_t devices = line == mine() ? line->stream->table().seats.size() : 0;
  if (!ingest(*line, frame.records, now)) return;
  // Another device of mine has come: it may be the one that brought me in.
  if (line == mine() && line->stream->table().seats.size() != devices) refused_.clear();
  // Within a session a relay's history only grows; an earlier word of it, come again, takes nothing back.
  line->relay_next = line->told ? std::max(line->relay_next.value_or(0), frame.head + 1) : frame.head + 1;
  line->told = true;
  // The relay's word for its own head is checked like a record.
  if (frame.head < line->stream->next() && line->stream->history_at(frame.head) != frame.history) {
    return hang_up(now, kServerFault);
  }
  if (line->caught_up()) name_withheld(now);
  if (recovering_) return recovering_progress(now);
  take_up_ours(now);
  settle(now);
}

bool Client::ingest(Line& line, const std::vector<Bytes>& raw, Now now) {
  if (raw.empty()) return true;
  const std::uint64_t from = line.stream->next();
  std::optional<wire::Record> against;
  auto batch = line.stream->check(raw, &against);
  if (!batch) {
    if (batch.error() != Error(log::kFork)) {
      hang_up(now, kServerFault);
      return false;
    }
    if (!recovering_ && &line != mine() && &line != ours()) {
      const StreamId id = line.stream->id();
      refused_.insert(id);
      lines_.erase(id);
      return false;
    }
    // The first contradiction is kept, signed as it is; what it contradicts is a record of mine.
    if (!forked(line)) {
      local_.forked.push_back(line.stream->id());
      put("local", schema::to_json(local_));
      against->skeleton.reset();
      against->content.reset();
      put_raw(evidence_row(line.stream->id()), wire::encode(*against));
    }
    notice(log::kFork, now);
    return false;
  }
  const auto filled = line.stream->admit(std::move(*batch));
  after_ingest(line, from, filled, now);
  return true;
}

/// Across both streams, since there is one sentence for it; it goes once everything has come, or an erase for it: a
/// relay that is being given history back may hold a record before it holds what erased its content.
void Client::name_withheld(Now now) {
  const bool any = std::ranges::any_of(lines_, [&](const auto& entry) {
    const bool counts = recovering_ || &entry.second == mine() || &entry.second == ours();
    return counts && !entry.second.stream->withheld().empty();
  });
  if (any) {
    notice(log::kWithheld, now);
  } else if (notices_.erase(std::string(log::kWithheld.name)) > 0) {
    remove("n/" + std::string(log::kWithheld.name));
    changed();
  }
}

void Client::after_ingest(Line& line, std::uint64_t from, const std::vector<std::uint64_t>& filled, Now now) {
  changed();
  // What others founded with my key in it says nothing of me; it is named once it proves to be mine, from its
  // beginning.
  if (recovering_ || (&line != mine() && &line != ours())) return;
  if (removed(line)) notice(kNotAMemberAnyMore, now);
  look_for_strangers(line, from, now);
  for (const std::uint64_t at : filled) {
    put_raw(record_row(line.stream->id(), at), wire::encode(line.stream->records()[at].record));
  }
  if (&line == mine()) fold_news(line, wire::StreamKind::mine, from, now);
  if (&line == ours()) fold_news(line, wire::StreamKind::ours, from, now);
}

/// Sealed here and sent before a crash, a record of mine is known by its R. Anything else in my name is news to me.
void Client::look_for_strangers(Line& line, std::uint64_t from, Now now) {
  const std::size_t waiting = line.unanswered.size();
  for (std::uint64_t at = from; at < line.stream->next(); ++at) {
    const log::Held& held = line.stream->records()[at];
    if (held.voided) notice(log::kVoid, now);
    if (at == 0 || held.record.header.author != keys_->sign) {
      line.unanswered.clear();  // a place that another record has taken is none that mine can turn up in
    } else if (std::erase(line.unanswered, wire::history_hash(held.record.header)) == 0) {
      notice(log::kUnknownRecordInMyName, now);
    }
  }
  if (line.unanswered.size() != waiting) keep_unanswered(line);
}

void Client::keep_unanswered(const Line& line) {
  if (line.unanswered.empty()) return remove(in_flight_row(line.stream->id()));
  Writer row;
  for (const Hash& history : line.unanswered) row.fixed(history);
  put_raw(in_flight_row(line.stream->id()), std::move(row).take());
}

/// The relay says that it has not stored these.
void Client::forget_unanswered(Line& line, const InFlight& flight) {
  if (flight.resend) return;
  for (const Bytes& raw : flight.raw) {
    const auto record = wire::decode_record(raw);
    if (record) std::erase(line.unanswered, wire::history_hash(record->header));
  }
  keep_unanswered(line);
}

/// Every record of *mine* names where *ours* stood for the device that wrote it: two places of my own that contradict
/// each other show a fork without anybody comparing words.
void Client::check_place(Now now) {
  const auto& seen = history_.ours_seen();
  Line* line = ours();
  if (!seen || line == nullptr || seen->stream != line->stream->id() || seen->position >= line->stream->next()) return;
  if (line->stream->history_at(seen->position) == seen->history || forked(*line)) return;
  local_.forked.push_back(line->stream->id());
  put("local", schema::to_json(local_));
  notice(log::kFork, now);
}

/// A record that counts as mine, by a key that *mine* has never known, was written by no device of mine. Looked at one
/// message later than it came, and with all of *mine* here: what brings a device into *mine* may arrive just behind the
/// first thing it says in *ours*.
void Client::name_strangers(Now now) {
  const Line* shared = ours();
  const Line* own = mine();
  if (recovering_ || shared == nullptr || own == nullptr) return;
  for (; own->caught_up() && compared_ < compare_to_; ++compared_) {
    const SignKey& author = shared->stream->records()[compared_].record.header.author;
    const wire::Seat* seat = shared->stream->table().seat(author);
    if (seat == nullptr || seat->member.person != me() || own->stream->table().seat(author) != nullptr) continue;
    notice(log::kUnknownRecordInMyName, now);
  }
  compare_to_ = shared->stream->next();
}

void Client::fold_news(Line& line, wire::StreamKind kind, std::uint64_t from, Now now) {
  if (!line.stream->unlock(*keys_)) notice(log::kBadKeyBox, now);
  refresh_sealing();
  const std::size_t voided_before = history_.voided();
  const auto events = history_.follow(*line.stream, kind);
  check_place(now);
  if (history_.voided() > voided_before) notice(log::kUnreadable, now);
  if (line.stream->read_only() || !history_.newer().empty()) notice(log::kUnknownControl, now);
  changed();
  if (kind == wire::StreamKind::ours) copy_what_goes(taken_away(line, events), now);
  for (const std::uint64_t at : line.stream->drop_erased()) {
    if (at < from) put_raw(record_row(line.stream->id(), at), wire::encode(line.stream->records()[at].record));
  }
  keep_line(line, from);
  settle(now);
}

void Client::take(const wire::Stored& frame, Now now) {
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
    line.relay_next = frame.head + 1;
    changed();
    if (sent.resend) {
      const auto last = wire::decode_record(sent.raw.back());
      const bool honest =
          last && last->header.position == frame.head && wire::history_hash(last->header) == frame.history;
      if (!honest) return hang_up(now, kServerFault);
      if (line.stream->next() == *line.relay_next && line.following) notice(log::kBehind, now);
      return;
    }
    const std::uint64_t from = line.stream->next();
    auto batch = line.stream->check(sent.raw);
    if (!batch) return hang_up(now, kServerFault);
    line.stream->admit(std::move(*batch));
    after_ingest(line, from, {}, now);
    if (recovering_) recovering_progress(now);
    return;
  }
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
    line.in_flight.reset();
    const bool excluded = code == &wire::kNotAMember || code == &wire::kNotAWriter;
    line.retry_at = now.ms + (excluded ? kRetryExcluded : kRetryRefused);
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
    if (code != nullptr && (&line == mine() || &line == ours())) notice(*code, now);
  }
  changed();
}

void Client::take(const wire::Fault& frame, Now now) {
  const ErrorCode* code = wire::find_error(frame.code);
  if (code != nullptr && code != &wire::kStopping) notice(*code, now);
}

}  // namespace attune::client
