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
constexpr std::size_t kMostCandidates = 8;

}  // namespace

const crypto::DeviceKeys& Client::session_keys() const { return recovering_ ? recovering_->phrase : *keys_; }

void Client::dial(Now now) {
  const std::string& relay = recovering_ ? recovering_->relay : profile_->relay;
  if (relay.empty()) {
    redial_at_ = std::numeric_limits<std::int64_t>::max();
    return;
  }
  session_ = Session::dialling;
  redial_at_ = now.ms + kMostBackoff;
  flush();
  effects_.emplace_back(effect::Dial{.relay = relay});
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
  for (auto& [id, line] : lines_) {
    line.relay_next.reset();
    line.following = line.told = line.gave_back = false;
    line.in_flight.reset();
    line.retry_at.reset();
  }
  std::erase_if(lines_,
                [&](const auto& entry) { return !recovering_ && &entry.second != mine() && &entry.second != ours(); });
  mail_requests_.clear();
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
}

void Client::tick(Now now) {
  mind_the_clock(now);
  if (session_ == Session::offline && (profile_ || recovering_) && now.ms >= redial_at_) dial(now);
  if (invitation_ &&
      (invitation_->state == InvitationState::waiting || invitation_->state == InvitationState::compare) &&
      now.ms >= invitation_->until) {
    end_invitation(InvitationEnd::expired, now);
  }
  if (session_ == Session::welcomed && last_beat_ && now.ms >= *last_beat_ + kBeat) beat_due_ = true;
  for (auto& [id, line] : lines_) {
    if (line.retry_at && now.ms >= *line.retry_at) line.retry_at.reset();
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
  const bool may_dial = recovering_ || (profile_ && !profile_->relay.empty());
  if (session_ == Session::offline && may_dial) consider(std::max(redial_at_, now.ms + 1));
  if (session_ == Session::welcomed && last_beat_) consider(*last_beat_ + kBeat);
  if (invitation_ && invitation_->state != InvitationState::ended) consider(invitation_->until);
  for (const auto& [id, line] : lines_) {
    if (line.retry_at) consider(*line.retry_at);
  }
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
  flush();
  pump(now);
  set_alarm(now);
}

void Client::take(const wire::Challenged& frame, Now) {
  if (session_ != Session::greeting) return;
  session_ = Session::proving;
  const std::string& origin = recovering_ ? recovering_->relay : profile_->relay;
  send(wire::Prove{.signature = wire::sign_auth(session_keys().sign_secret.view(), frame.nonce, my_challenge_,
                                                session_keys().sign, origin)});
}

void Client::take(const wire::Welcome& frame, Now now) {
  if (session_ != Session::proving) return;
  session_ = Session::welcomed;
  backoff_ms_ = 0;
  changed();
  if (recovering_) return recovering_welcomed(frame, now);
  for (auto& [id, line] : lines_) line.relay_next = 0;
  for (const wire::Known& known : frame.streams) {
    if (Line* line = line_of(known.stream)) {
      line->relay_next = known.head + 1;
      if (*line->relay_next == line->stream->next() && known.history != line->stream->history()) {
        // As long as mine and yet another one: its signed head is the evidence.
        line->following = true;
        send(wire::Follow{.stream = known.stream, .from = known.head});
      }
      follow(*line);
    } else {
      met(known);
    }
  }
  beat_due_ = true;
}

void Client::follow(Line& line) {
  if (line.following) return;
  line.following = true;
  // Asking from the relay's own head, where it is behind, gets the evidence if its history is another one.
  const std::uint64_t from = line.relay_next && *line.relay_next < line.stream->next() && *line.relay_next > 0
                                 ? *line.relay_next - 1
                                 : line.stream->next();
  send(wire::Follow{.stream = line.stream->id(), .from = from});
}

bool Client::forked(const Line& line) const {
  return std::ranges::find(local_.forked, line.stream->id()) != local_.forked.end();
}

/// A shared stream the relay says I belong to: read, and taken up once it proves to be mine (pairing.cpp).
void Client::met(const wire::Known& known) {
  if (paired() || known.kind != wire::StreamKind::ours || lines_.size() >= kMostCandidates) return;
  if (std::ranges::find(profile_->left, known.stream) != profile_->left.end()) return;
  Line line;
  line.stream = std::make_unique<log::Stream>(known.stream);
  line.relay_next = known.head + 1;
  follow(lines_.emplace(known.stream, std::move(line)).first->second);
}

void Client::take(const wire::Joined& frame, Now) {
  if (session_ != Session::welcomed || recovering_) return;
  Line* line = line_of(frame.stream.stream);
  if (line == nullptr) return met(frame.stream);
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
  if (!ingest(*line, frame.records, now)) return;
  // Within a session a relay's history only grows; an earlier word of it, come again, takes nothing back.
  line->relay_next = line->told ? std::max(line->relay_next.value_or(0), frame.head + 1) : frame.head + 1;
  line->told = true;
  // The relay's word for its own head is checked like a record.
  if (frame.head < line->stream->next() && line->stream->history_at(frame.head) != frame.history) {
    return hang_up(now, kServerFault);
  }
  if (line->caught_up() && !line->stream->withheld().empty()) notice(log::kWithheld, now);
  if (recovering_) return recovering_progress(now);
  if (line->caught_up() && line != mine() && line != ours()) take_up_ours(now);
  settle(now);
}

bool Client::ingest(Line& line, const std::vector<Bytes>& raw, Now now) {
  if (raw.empty()) return true;
  const std::uint64_t from = line.stream->next();
  auto batch = line.stream->check(raw);
  if (!batch) {
    if (batch.error() != Error(log::kFork)) {
      hang_up(now, kServerFault);
      return false;
    }
    if (!forked(line)) local_.forked.push_back(line.stream->id());
    put("local", schema::to_json(local_));
    notice(log::kFork, now);
    return false;
  }
  line.stream->admit(std::move(*batch));
  after_ingest(line, from, now);
  return true;
}

void Client::after_ingest(Line& line, std::uint64_t from, Now now) {
  changed();
  if (recovering_) return;
  const wire::Seat* seat = line.stream->table().seat(keys_->sign);
  if (seat != nullptr && seat->removed_at) notice(kNotAMemberAnyMore, now);
  for (std::uint64_t at = from; at < line.stream->next(); ++at) {
    const log::Held& held = line.stream->records()[at];
    if (held.voided) notice(log::kVoid, now);
    // Sealed here and sent before a crash: known by its R. Anything else in my name is news to me.
    if (at > 0 && held.record.header.author == keys_->sign &&
        !in_flight_.contains(wire::history_hash(held.record.header))) {
      notice(log::kUnknownRecordInMyName, now);
    }
  }
  if (&line == mine()) fold_news(line, wire::StreamKind::mine, from, now);
  if (&line == ours()) fold_news(line, wire::StreamKind::ours, from, now);
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

void Client::fold_news(Line& line, wire::StreamKind kind, std::uint64_t from, Now now) {
  if (!line.stream->unlock(*keys_)) notice(log::kBadKeyBox, now);
  refresh_sealing();
  const std::size_t voided_before = history_.voided();
  const auto events = history_.follow(*line.stream, kind);
  check_place(now);
  if (history_.voided() > voided_before) notice(log::kUnreadable, now);
  if (line.stream->read_only() || !history_.newer().empty()) notice(log::kUnknownControl, now);
  changed();
  if (kind == wire::StreamKind::ours) copy_what_is_taken_back(events, now);
  for (const std::uint64_t at : line.stream->drop_erased()) {
    if (at < from) put_raw(record_row(line.stream->id(), at), wire::encode(line.stream->records()[at].record));
  }
  keep_line(line, from);
  settle(now);
}

void Client::take(const wire::Stored& frame, Now now) {
  if (const auto mail = mail_requests_.find(frame.request); mail != mail_requests_.end()) {
    if (invitation_ && space::mailbox_of(crypto::Key(invitation_->s.view())) == mail->second && !invitation_->posted) {
      invitation_->posted = true;
      keep_invitation();
      send(wire::MailFollow{.mailbox = mail->second});
    }
    mail_requests_.erase(mail);
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
      const bool whole = line.stream->next() == *line.relay_next;
      if (whole && line.stream->history() != frame.history) return hang_up(now, kServerFault);
      if (whole && line.following) notice(log::kBehind, now);
      return;
    }
    const std::uint64_t from = line.stream->next();
    auto batch = line.stream->check(sent.raw);
    if (!batch) return hang_up(now, kServerFault);
    line.stream->admit(std::move(*batch));
    remove(in_flight_row(id));
    after_ingest(line, from, now);
    if (recovering_) recovering_progress(now);
    return;
  }
}

void Client::take(const wire::Moved& frame, Now) {
  for (auto& [id, line] : lines_) {
    if (!line.in_flight || line.in_flight->request != frame.request) continue;
    // Another device of mine was faster: what waits is said behind its record, not an hour later.
    if (&line == mine() && beat(line.in_flight->raw, line.in_flight->resend)) beat_due_ = true;
    line.in_flight.reset();
    line.relay_next = frame.head + 1;
    remove(in_flight_row(id));
    changed();
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
  if (frame.request == 0) return follow_refused(now);
  if (const auto mail = mail_requests_.find(frame.request); mail != mail_requests_.end()) {
    mail_requests_.erase(mail);
    if (joining_ && (joining_->state == JoiningState::asked || joining_->state == JoiningState::looking)) {
      end_joining(JoiningEnd::link_used, now);
    } else if (invitation_ && invitation_->state == InvitationState::compare) {
      end_invitation(InvitationEnd::expired, now);
    } else if (code != nullptr) {
      notice(*code, now);
    }
    return;
  }
  for (auto& [id, line] : lines_) {
    if (!line.in_flight || line.in_flight->request != frame.request) continue;
    if (&line == mine() && beat(line.in_flight->raw, line.in_flight->resend)) beat_due_ = true;
    line.in_flight.reset();
    remove(in_flight_row(id));
    const bool excluded = code == &wire::kNotAMember || code == &wire::kNotAWriter;
    line.retry_at = now.ms + (excluded ? kRetryExcluded : kRetryRefused);
    changed();
    if (excluded) {
      notice(kNotAMemberAnyMore, now);
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

/// The relay does not know that I belong to a stream: it lost the record that says so, or I was removed.
void Client::follow_refused(Now now) {
  for (auto& [id, line] : lines_) {
    if (!line.following || line.told || line.in_flight) continue;
    line.following = false;
    const bool has_more = line.relay_next && *line.relay_next < line.stream->next();
    if (has_more && !line.gave_back) {
      line.gave_back = true;
      resend(line);
    } else {
      line.retry_at = now.ms + kRetryExcluded;
    }
  }
  changed();
}

void Client::take(const wire::Fault& frame, Now now) {
  const ErrorCode* code = wire::find_error(frame.code);
  if (code != nullptr && code != &wire::kStopping) notice(*code, now);
}

}  // namespace attune::client
