// The slot beside the log of *mine* (PROTOCOL.md 11) as the relay answers for it: who fills it is in slot_filling.cpp,
// who shows what is in it in slot_showing.cpp.
#include "attune/client/client.h"

namespace attune::client {

namespace {

constexpr std::int64_t kFirstRetry = 5'000;  // ms
constexpr std::int64_t kMostRetry = 5 * 60'000;

}  // namespace

void Client::attend_slot(Now now) {
  if (slot_retry_at_) return;
  if (mine() != nullptr && started() && !slot_unknown_there_) {
    fills_slot() ? fill_slot(now) : outgoing_.reset();
    empty_slot();
  }
  fetch_snapshot();
}

/// `refused`: none if it was stored. Not what a slot was asked for: false.
bool Client::slot_answered(std::uint32_t request, const ErrorCode* refused, Now now) {
  const bool put = outgoing_ && outgoing_->request == request;
  if (!put && request != slot_request_ && request != slot_emptying_) return false;
  const bool later = refused == &wire::kSlowDown || refused == &wire::kServerTrouble || refused == &wire::kStopping;
  slot_wait_ms_ = later ? std::clamp(2 * slot_wait_ms_, kFirstRetry, kMostRetry) : 0;
  if (later) slot_retry_at_ = now.ms + slot_wait_ms_;
  if (put) {
    outgoing_->request.reset();
    if (refused == nullptr) ++outgoing_->next;
    // What lies there then is another device's, or nothing.
    if (refused == &wire::kSlotPiece) invitation_->slot.reset();
    if (refused != nullptr && !later) leave_slot_empty();
  } else if (slot_request_ == request) {
    slot_request_.reset();
    slot_passed_over_ = slot_passed_over_ || !later;
  } else {
    slot_emptying_.reset();
    if (!later && invitation_) {
      invitation_->slot = SlotStep::over;
      keep_invitation();
    }
  }
  return true;
}

/// A relay from before these messages hangs up on them. True: that may be why it did; it is not asked again.
bool Client::slot_unknown() {
  const bool put = slot_emptying_ || (outgoing_ && outgoing_->request);
  if (!put && !slot_request_) return false;
  slot_unknown_there_ = true;
  slot_passed_over_ = true;
  if (put && invitation_) {  // then there is nothing in it, either
    leave_slot_empty();
    invitation_->slot = SlotStep::over;
    keep_invitation();
  }
  return true;
}

void Client::forget_slot_session() {
  outgoing_.reset();
  slot_request_.reset();
  slot_emptying_.reset();
  slot_retry_at_.reset();
  slot_passed_over_ = slot_unknown_there_;
}

}  // namespace attune::client
