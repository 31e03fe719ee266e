// Being woken (PROTOCOL.md 18): the relay is told where to ring, and says itself what it rings with.
#include <algorithm>
#include <functional>
#include <utility>

#include "attune/client/client.h"

namespace attune::client {

namespace {

constexpr std::uint8_t kUncompressed = 4;  // SEC 1, 2.3.3: 4 ‖ x ‖ y

}  // namespace

Result<> Client::push_ask() {
  if (!started()) return refuse(space::kNotStarted);
  push_wanted_ = true;
  push_unknown_there_ = false;
  changed();
  return {};
}

Result<> Client::push_set(const PushSet& request) {
  if (!started()) return refuse(space::kNotStarted);
  const bool sound = !request.endpoint.empty() && request.endpoint.size() <= wire::kMaxEndpoint &&
                     request.key.size() == P256Key::kSize && request.p256dh.size() == P256Key::kSize &&
                     request.auth.size() == PushSecret::kSize && request.p256dh.front() == kUncompressed;
  if (!sound) return refuse(kBadArguments);
  // An address that has moved is called at the same times.
  std::optional<std::vector<std::uint64_t>> times = push_ && !push_->off ? std::move(push_->times) : std::nullopt;
  push_ = Push{.endpoint = request.endpoint,
               .p256dh = P256Key::copy_of(request.p256dh),
               .auth = PushSecret::copy_of(request.auth),
               .key = P256Key::copy_of(request.key),
               .off = false,
               .times = std::move(times)};
  push_told_ = times_told_ = false;
  push_request_.reset();  // an answer that is under way is of what was before
  times_request_.reset();
  push_refused_.reset();
  put("push", schema::to_json(*push_));
  changed();
  return {};
}

Result<> Client::push_clear() {
  if (!push_) return {};
  push_->off = true;
  push_->times.reset();  // the relay drops them with the address
  push_told_ = times_told_ = false;
  push_request_.reset();
  times_request_.reset();
  put("push", schema::to_json(*push_));
  changed();
  return {};
}

Result<> Client::wake_at(const WakeAt& request) {
  if (!started()) return refuse(space::kNotStarted);
  const std::vector<std::uint64_t>& times = request.times;
  const bool rises = std::ranges::adjacent_find(times, std::greater_equal()) == times.end();
  if (!rises || times.size() > wire::kMaxWakeTimes || (!times.empty() && times.back() > wire::kMaxWakeTime)) {
    return refuse(kBadArguments);
  }
  if (!push_ || push_->off) return refuse(kNotCalled);
  if (push_->times.value_or(std::vector<std::uint64_t>{}) == times) return {};
  push_->times = times;
  times_told_ = false;
  times_request_.reset();
  put("push", schema::to_json(*push_));
  changed();
  return {};
}

/// Asked anew in each session, and told anew: a relay put back to an older copy does not know any more where to ring.
void Client::attend_push(Now now) {
  if (push_unknown_there_ || push_request_ || (!push_ && !push_wanted_)) return;
  if (mine() == nullptr || !mine()->told) return;  // a relay keeps it for its members
  if (!push_key_) {
    if (!push_asked_) send(wire::PushKeyAsk{});
    push_asked_ = true;
    return;
  }
  if (!push_) return;
  if (push_told_) return attend_wake_times(now);
  const bool stale = push_key_->key != push_->key;
  if (!push_->off && (!push_key_->available || stale)) return;
  push_request_ = next_request_++;
  if (push_->off) {
    send(wire::PushClear{.request = *push_request_});
  } else {
    send(wire::PushSet{
        .request = *push_request_, .endpoint = push_->endpoint, .p256dh = push_->p256dh, .auth = push_->auth});
  }
}

/// After the address, without which the relay could call nobody; anew in each session like that.
void Client::attend_wake_times(Now now) {
  if (push_->off || push_refused_ || !push_->times || times_told_ || times_request_) return;
  times_request_ = next_request_++;
  wire::WakeAt message{.request = *times_request_, .times = *push_->times};
  std::erase_if(message.times, [&](std::uint64_t time) { return std::cmp_less_equal(time, now.ms / 1000); });
  send(message);
}

void Client::take(const wire::PushKey& frame, Now now) {
  if (!push_asked_) return hang_up(now, kServerFault);
  push_key_ = frame;
  changed();
}

/// None: the answer is of something else.
bool Client::push_answered(std::uint32_t request, const ErrorCode* refused) {
  if (times_request_ == request) {
    times_request_.reset();
    times_told_ = true;
    if (refused != nullptr) {
      push_refused_ = std::string(refused->name);
    } else if (push_->times && push_->times->empty()) {
      push_->times.reset();
      put("push", schema::to_json(*push_));
    }
    changed();
    return true;
  }
  if (push_request_ != request) return false;
  push_request_.reset();
  push_told_ = true;
  push_refused_.reset();
  if (refused != nullptr) {
    push_refused_ = std::string(refused->name);
  } else if (push_->off) {
    push_.reset();
    remove("push");
  }
  changed();
  return true;
}

void Client::forget_push_session() {
  push_asked_ = push_told_ = times_told_ = false;
  push_key_.reset();
  push_request_.reset();
  times_request_.reset();
}

NotificationsView Client::notifications_view() const {
  NotificationsView out;
  out.code = push_refused_;
  if (push_key_ && push_key_->available) out.key = crypto::to_base64(push_key_->key.view());
  const bool none_there = push_unknown_there_ || (push_key_ && !push_key_->available);
  if (push_) out.times = push_->times.value_or(std::vector<std::uint64_t>{});
  out.times_told = times_told_ && !push_refused_;
  using State = NotificationsState;
  if (!push_ || push_->off) {
    out.state = none_there ? State::unavailable : out.key ? State::off : State::unknown;
  } else if (none_there) {
    out.state = State::unavailable;
  } else if (push_key_ && push_key_->key != push_->key) {
    out.state = State::stale;
  } else if (push_refused_) {
    out.state = State::refused;
  } else {
    out.state = push_told_ ? State::on : State::on_this_phone;
  }
  return out;
}

}  // namespace attune::client
