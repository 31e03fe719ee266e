// The slot beside the log of *mine* (PROTOCOL.md 11) as the relay answers for it: who fills it is in slot_filling.cpp,
// who shows what is in it in slot_showing.cpp.
#include "attune/client/client.h"

namespace attune::client {

namespace {

constexpr std::int64_t kRetrySlot = 5'000;  // ms

}  // namespace

void Client::attend_slot(Now now) {
  if (slot_retry_at_) return;
  if (mine() != nullptr && started() && !slot_unknown_there_) {
    if (fills_slot()) fill_slot(now);
    empty_slot();
  }
  fetch_snapshot();
}

/// `refused`: none if it was stored. Not what a slot was asked for: false.
bool Client::slot_answered(std::uint32_t request, const ErrorCode* refused, Now now) {
  const bool put = outgoing_ && outgoing_->request == request;
  if (!put && request != slot_request_ && request != slot_emptying_) return false;
  const bool later = refused == &wire::kSlowDown || refused == &wire::kServerTrouble || refused == &wire::kStopping;
  if (later) slot_retry_at_ = now.ms + kRetrySlot;
  if (put) {
    outgoing_->request.reset();
    if (refused == nullptr) ++outgoing_->next;
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
