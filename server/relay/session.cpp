#include "server/relay/session.h"

#include <algorithm>

#include "server/relay/continued.h"
#include "server/relay/endpoint.h"
#include "server/relay/mail.h"
#include "server/relay/planted.h"
#include "server/relay/slot.h"

namespace attune::server {

namespace {

// Answers waiting for a device that does not read them: from the first number on nothing more is read from it, at the
// second it is let go.
constexpr std::size_t kManyAnswers = 64;
constexpr std::size_t kTooManyAnswers = 512;

const ErrorCode& error_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::full: return wire::kServerFull;
    case Outcome::busy: return wire::kSlowDown;
    case Outcome::stopping: return wire::kStopping;
    default: return wire::kServerTrouble;
  }
}

/// What followers are handed of it; none: they have to read.
std::shared_ptr<const Appended> appended(std::shared_ptr<const Proposal> proposal, After after, Budget& budget) {
  const bool events = std::ranges::none_of(proposal->controls, [](const auto& control) { return control.has_value(); });
  if (!events || !proposal->ahead.empty()) return nullptr;
  auto out = std::make_shared<Appended>(budget);
  constexpr std::uint64_t kEach = sizeof(Bytes) + sizeof(wire::RecordView) + sizeof(std::optional<wire::Control>);
  if (!out->share.resize(size_of(*proposal) + proposal->records.size() * kEach +
                         after.members.size() * sizeof(SignKey))) {
    return nullptr;
  }
  out->after = std::move(after);
  out->proposal = std::move(proposal);
  return out;
}

/// The number under which a message wants its answer.
std::optional<std::uint32_t> request_of(const wire::FromDevice& message) {
  return std::visit(
      [](const auto& one) -> std::optional<std::uint32_t> {
        if constexpr (requires { one.request; }) return one.request;
        return std::nullopt;
      },
      message);
}

}  // namespace

RelaySession::RelaySession(Relay& relay, Entrance entrance, std::function<void()> wake)
    : relay_(relay),
      entrance_(std::move(entrance)),
      inbox_(std::make_shared<Inbox>(std::move(wake))),
      messages_(relay.policy().messages_per_second * 10, 10'000) {}

RelaySession::~RelaySession() {
  inbox_->close();
  if (present_) relay_.presence().leave(key_);
  for (const Topic& topic : topics_) relay_.bus().unsubscribe(topic, *inbox_);
}

// ---- what the device says ----

void RelaySession::receive(ByteView message, Time now) {
  if (state_ == State::ended) return;
  if (out_.size() > kTooManyAnswers) return end(wire::kSlowDown);
  auto decoded = wire::decode_from_device(message);
  if (!decoded) return end(decoded.error().code());
  if (!admit(*decoded, now)) return;
  if (present_) relay_.presence().hear(key_, now);
  std::visit([&](auto& one) { on(std::move(one), now); }, *decoded);
}

// Is it this message's turn, and has the device not sent too much?
bool RelaySession::admit(const wire::FromDevice& message, Time now) {
  const bool hello = std::holds_alternative<wire::Hello>(message);
  const bool prove = std::holds_alternative<wire::Prove>(message);
  if (hello != (state_ == State::greeting) || prove != (state_ == State::challenged)) {
    end(wire::kNotAuthenticated);
    return false;
  }
  const bool in_time = messages_.take(now);
  if (const std::optional<std::uint32_t> request = request_of(message)) {
    if (in_time && in_flight_ < relay_.policy().requests_in_flight) return true;
    refuse_request(*request, wire::kSlowDown);
    return false;
  }
  if (!in_time) end(wire::kSlowDown);
  return in_time;
}

void RelaySession::on(const wire::Hello& message, Time) {
  key_ = message.key;
  device_nonce_ = message.nonce;
  state_ = State::challenged;
  say(wire::Challenged{.nonce = entrance_.nonce});
}

bool RelaySession::signed_by_key(const wire::Prove& message) const {
  if (planted_bugs.accept_any_proof) return true;
  return std::ranges::any_of(relay_.policy().origins, [&](const std::string& origin) {
    return wire::verify_auth(message.signature, entrance_.nonce, device_nonce_, key_, origin);
  });
}

void RelaySession::on(const wire::Prove& message, Time now) {
  // One try for each challenge, and not for long.
  if (now - entrance_.now > wire::kChallengeSeconds * 1000 || !signed_by_key(message)) {
    return end(wire::kNotAuthenticated);
  }
  state_ = State::proven;
  if (relay_.policy().push_key) {
    relay_.presence().arrive(key_, now);
    present_ = true;
  }
  listen(Topic::of(key_));
  wire::Welcome welcome;
  if (!read([&](Reading& store) { welcome.streams = store.streams_of(key_); })) return;
  for (const wire::Known& known : welcome.streams) known_.insert(known.stream);
  say(welcome);
}

void RelaySession::on(wire::Append message, Time now) {
  const std::uint32_t request = message.request;
  std::uint64_t waiting = 0;
  for (const Bytes& shown : message.ahead) waiting += shown.size();
  auto examined = examine(key_, std::move(message));
  if (!examined) return refuse_request(request, examined.error().code());
  waiting += size_of(*examined);
  const auto share = std::make_shared<Share>(relay_.in_flight());
  if (!share->resize(waiting)) return refuse_request(request, wire::kSlowDown);
  const auto proposal = std::make_shared<const Proposal>(std::move(*examined));
  const std::uint64_t first = proposal->records.front().header.position;
  pending_[proposal->stream].insert(first);
  if (const auto followed = streams_.find(proposal->stream); followed != streams_.end()) {
    followed->second.pending(first);
  }
  ++in_flight_;

  const auto answer = std::make_shared<Answer>();
  answer->request = request;
  answer->stream = proposal->stream;
  answer->first = first;
  const Founding founding{.token = entrance_.token, .allowance = entrance_.allowance.get(), .now = now};
  relay_.store().write(
      [proposal, answer, founding, allowance = entrance_.allowance, inbox = inbox_,
       &policy = relay_.policy()](Writing& store) {
        answer->decision = append(store, *proposal, policy, founding);
        if (planted_bugs.acknowledge_before_commit) inbox->answer(*answer);
      },
      [proposal, answer, share, now, inbox = inbox_, &relay = relay_](Outcome outcome) {
        if (outcome != Outcome::committed) answer->decision = Decision::refusal(error_of(outcome));
        std::optional<After> after = std::exchange(answer->decision.after, std::nullopt);
        // The device's own answer first: it must not take its own record for news.
        if (!planted_bugs.acknowledge_before_commit) inbox->answer(*answer);
        if (!after) return;
        relay.bus().publish(Topic::of(answer->stream), appended(proposal, std::move(*after), relay.handed_on()));
        for (const SignKey& key : answer->decision.joined) relay.bus().publish(Topic::of(key));
        for (const SignKey& key : answer->decision.woken) relay.waker().news(key, now);
      });
}

void RelaySession::on(const wire::Follow& message, Time) {
  std::optional<wire::StreamKind> kind;
  std::optional<std::uint64_t> last;
  const bool fine = read([&](Reading& store) {
    const auto stream = store.stream(message.stream);
    if (!stream) return;
    const bool seated = stream->table.seat(key_) != nullptr;
    if (!seated) last = readable_as_continued(store, key_, message.stream);
    if (seated || last) kind = stream->table.kind;
  });
  if (!fine) return;
  if (!kind) return refuse_request(0, wire::kNotAMember);
  const auto known = streams_.find(message.stream);
  if (known == streams_.end() && streams_.size() >= relay_.policy().followed_streams) {
    return refuse_request(0, wire::kSlowDown);
  }
  if (known != streams_.end()) streams_.erase(known);
  Following& following = streams_.try_emplace(message.stream, message.from, *kind, last).first->second;
  if (const auto waiting = pending_.find(message.stream); waiting != pending_.end()) {
    for (const std::uint64_t first : waiting->second) following.pending(first);
  }
  listen(Topic::of(message.stream));
}

void RelaySession::on(const wire::MailPut& message, Time now) {
  ++in_flight_;
  const auto answer = std::make_shared<Answer>();
  answer->request = message.request;
  const Founding founding{.token = entrance_.token, .allowance = entrance_.allowance.get(), .now = now};
  relay_.store().write(
      [answer, founding, message, key = key_, allowance = entrance_.allowance, &policy = relay_.policy()](
          Writing& store) { answer->decision = put_mail(store, message, key, policy, founding); },
      [answer, mailbox = message.mailbox, inbox = inbox_, &bus = relay_.bus()](Outcome outcome) {
        if (outcome != Outcome::committed) answer->decision = Decision::refusal(error_of(outcome));
        inbox->answer(*answer);
        if (answer->decision.kind == Decision::Kind::stored) bus.publish(Topic::of(mailbox));
      });
}

void RelaySession::on(const wire::MailFollow& message, Time) {
  if (!mailboxes_.contains(message.mailbox) && mailboxes_.size() >= relay_.policy().followed_mailboxes) {
    return refuse_request(0, wire::kSlowDown);
  }
  listen(Topic::of(message.mailbox));
  mailboxes_[message.mailbox] = true;
}

void RelaySession::on(const wire::MailBurn& message, Time) {
  relay_.store().write([id = message.mailbox](Writing& store) { store.burn(id); },
                       [id = message.mailbox, &bus = relay_.bus()](Outcome outcome) {
                         if (outcome == Outcome::committed) bus.publish(Topic::of(id));
                       });
}

void RelaySession::keep(std::uint32_t request, std::function<Result<>(Writing&)> work) {
  ++in_flight_;
  const auto answer = std::make_shared<Answer>();
  answer->request = request;
  relay_.store().write(
      [answer, work = std::move(work)](Writing& store) {
        const Result<> done = work(store);
        answer->decision = done ? Decision::done() : Decision::refusal(done.error().code());
      },
      [answer, inbox = inbox_](Outcome outcome) {
        if (outcome != Outcome::committed) answer->decision = Decision::refusal(error_of(outcome));
        inbox->answer(*answer);
      });
}

void RelaySession::on(const wire::PushKeyAsk&, Time) {
  const std::optional<P256Key>& key = relay_.policy().push_key;
  say(key ? wire::PushKey{.available = true, .key = *key} : wire::PushKey{});
}

void RelaySession::on(const wire::PushSet& message, Time) {
  if (!relay_.policy().push_key) return refuse_request(message.request, wire::kPushOff);
  if (!read_endpoint(message.endpoint, relay_.policy().push_local)) {
    return refuse_request(message.request, wire::kPushEndpoint);
  }
  const Subscription subscription{.endpoint = message.endpoint, .p256dh = message.p256dh, .auth = message.auth};
  keep(message.request, [key = key_, subscription](Writing& store) -> Result<> {
    if (store.streams_of(key).empty()) return refuse(wire::kNotAMember);
    store.subscribe(key, subscription);
    return {};
  });
}

void RelaySession::on(const wire::PushClear& message, Time) {
  keep(message.request, [key = key_](Writing& store) -> Result<> {
    store.unsubscribe(key);
    store.set_wake_times(key, {});
    return {};
  });
}

void RelaySession::on(const wire::WakeAt& message, Time now) {
  if (!relay_.policy().push_key) return refuse_request(message.request, wire::kPushOff);
  std::vector<std::uint64_t> times = message.times;
  std::erase_if(times, [&](std::uint64_t time) { return time <= seconds_of(now); });
  keep(message.request, [key = key_, times](Writing& store) -> Result<> {
    if (store.streams_of(key).empty()) return refuse(wire::kNotAMember);
    store.set_wake_times(key, times);
    return {};
  });
}

void RelaySession::on(wire::SlotPut message, Time now) {
  const auto share = std::make_shared<Share>(relay_.in_flight());
  if (!share->resize(message.bytes.size())) return refuse_request(message.request, wire::kSlowDown);
  const std::uint32_t request = message.request;
  const Founding founding{.token = entrance_.token, .allowance = entrance_.allowance.get(), .now = now};
  keep(request, [put = std::move(message), share, key = key_, founding, allowance = entrance_.allowance,
                 &policy = relay_.policy()](Writing& store) { return put_slot(store, put, key, policy, founding); });
}

/// One at a time: a device that does not read takes no memory.
void RelaySession::on(const wire::SlotGet& message, Time) {
  if (slot_due_) return refuse_request(message.request, wire::kSlowDown);
  slot_due_ = message;
}

// ---- what the device is told ----

void RelaySession::say(const wire::FromRelay& message) { out_.push_back(wire::encode(message)); }

void RelaySession::refuse_request(std::uint32_t request, const ErrorCode& error) {
  say(wire::Refused{.request = request, .code = error.number});
}

void RelaySession::end(const ErrorCode& error) {
  if (state_ == State::ended) return;
  say(wire::Fault{.code = error.number});
  state_ = State::ended;
}

void RelaySession::listen(const Topic& topic) {
  if (topics_.insert(topic).second) relay_.bus().subscribe(topic, inbox_);
}

bool RelaySession::read(const std::function<void(Reading&)>& work) {
  try {
    relay_.store().read(work);
    return true;
  } catch (const StoreTrouble&) {
    end(wire::kServerTrouble);
    return false;
  }
}

void RelaySession::stop() {
  take_in();
  end(wire::kStopping);
}

bool RelaySession::ready() const {
  return in_flight_ < relay_.policy().requests_in_flight && out_.size() < kManyAnswers;
}

std::optional<Bytes> RelaySession::next(Time now, std::size_t batch_bytes) {
  take_in();
  if (out_.empty() && state_ == State::proven) announce_joined();
  if (out_.empty() && state_ == State::proven) announce_mail(now);
  if (out_.empty() && state_ == State::proven) hand_out_slot(now, batch_bytes);
  if (out_.empty() && state_ == State::proven) deliver(batch_bytes);
  if (out_.empty() && state_ == State::proven) hand_out_signal();
  if (out_.empty()) return std::nullopt;
  Bytes message = std::move(out_.front());
  out_.pop_front();
  return message;
}

void RelaySession::take_in() {
  auto [answers, news] = inbox_->take();
  for (const Answer& answer : answers) take_in(answer);
  for (News& one : news) take_in(std::move(one));
}

void RelaySession::take_in(const Answer& answer) {
  --in_flight_;
  const Decision& decision = answer.decision;
  if (!answer.stream.zero()) {
    auto& waiting = pending_[answer.stream];
    if (const auto found = waiting.find(answer.first); found != waiting.end()) waiting.erase(found);
    if (waiting.empty()) pending_.erase(answer.stream);
    if (const auto followed = streams_.find(answer.stream); followed != streams_.end()) {
      followed->second.decided(answer.first, decision);
    }
    if (decision.kind == Decision::Kind::stored) {
      known_.insert(answer.stream);
    } else {
      membership_due_ = true;  // somebody else may have founded it meanwhile
    }
  }
  if (state_ == State::ended) return;
  switch (decision.kind) {
    case Decision::Kind::stored:
      return say(wire::Stored{.request = answer.request, .head = decision.head, .history = decision.history});
    case Decision::Kind::moved:
      return say(wire::Moved{.request = answer.request, .head = decision.head, .history = decision.history});
    case Decision::Kind::refused: return say(wire::Refused{.request = answer.request, .code = decision.code});
  }
}

void RelaySession::take_in(News news) {
  const Topic& topic = news.topic;
  switch (topic.kind) {
    case Topic::Kind::key: membership_due_ = true; return;
    case Topic::Kind::mailbox: mailboxes_[MailboxId{topic.id}] = true; return;
    case Topic::Kind::signals: return;  // signals come by themselves
    case Topic::Kind::stream:
      if (const auto found = streams_.find(StreamId{topic.id}); found != streams_.end()) {
        found->second.news(std::move(news.appended));
      }
  }
}

void RelaySession::announce_joined() {
  if (!std::exchange(membership_due_, false)) return;
  std::vector<wire::Known> streams;
  if (!read([&](Reading& store) { streams = store.streams_of(key_); })) return;
  for (const wire::Known& known : streams) {
    // Its own append, stored but not answered yet, is no news either.
    if (pending_.contains(known.stream) || !known_.insert(known.stream).second) continue;
    say(wire::Joined{.stream = known});
  }
}

void RelaySession::announce_mail(Time now) {
  for (auto& [id, due] : mailboxes_) {
    if (!std::exchange(due, false)) continue;
    std::optional<Mailbox> box;
    if (read([&](Reading& store) { box = store.mailbox(id); })) say(mail_of(id, box, now));
    return;
  }
}

void RelaySession::hand_out_slot(Time now, std::size_t batch_bytes) {
  if (!slot_due_) return;
  const wire::SlotGet get = *std::exchange(slot_due_, std::nullopt);
  if (batch_bytes < wire::kMaxSlotPiece) return refuse_request(get.request, wire::kSlowDown);  // others have the memory
  std::optional<Result<wire::Slot>> piece;
  if (!read([&](Reading& store) { piece = slot_of(store, get, key_, now); })) return;
  if (!*piece) return refuse_request(get.request, piece->error().code());
  say(**piece);
}

// One batch. *mine* first: what brings a device into it stands there before it does in *ours*, and has to be known
// before it. Else from the stream after the one served last: none may starve another.
void RelaySession::deliver(std::size_t batch_bytes) {
  for (const auto wanted : {wire::StreamKind::mine, wire::StreamKind::ours}) {
    for (std::size_t tried = 0; tried < streams_.size(); ++tried) {
      auto at = turn_ ? streams_.upper_bound(*turn_) : streams_.begin();
      if (at == streams_.end()) at = streams_.begin();
      turn_ = at->first;
      if (!at->second.due || at->second.kind != wanted) continue;
      Following& following = at->second;
      std::optional<wire::Records> batch;
      if (const auto appended = following.take_appended(key_)) {
        batch = following.next(*appended, batch_bytes);
      } else if (!read([&](Reading& store) { batch = following.next(store, at->first, key_, batch_bytes); })) {
        return;
      }
      if (batch) return say(*batch);
    }
  }
}

}  // namespace attune::server
