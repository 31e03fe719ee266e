// Inviting and joining, what both sides of PROTOCOL.md 9 have in common: each step is kept before it is sent.
#include "attune/client/letters.h"

namespace attune::client {

void Client::keep_invitation() {
  put("invite", schema::to_json(*invitation_));
  changed();
}

void Client::keep_joining() {
  put("join", schema::to_json(*joining_));
  changed();
}

void Client::keep_refusals() {
  if (refusals_.empty()) {
    remove("refusals");
  } else {
    put("refusals", schema::to_json(refusals_));
  }
  changed();
}

void Client::refuse_exchange(const Hash& s, const std::string& relay, space::Refusal reason, std::int64_t until) {
  refusals_.push_back({.s = s, .relay = relay, .reason = static_cast<std::uint8_t>(reason), .until = until});
  refusal_waits_ = false;
  keep_refusals();
}

void Client::put_mail(const crypto::Key& s, std::uint8_t kind, ByteView body, bool create) {
  const MailboxId mailbox = space::mailbox_of(s);
  const Mailing putting{.mailbox = mailbox, .kind = kind};
  if (mail_retry_at_) return;
  if (std::ranges::any_of(mail_requests_, [&](const auto& entry) { return entry.second == putting; })) return;
  const std::uint32_t request = next_request_++;
  mail_requests_[request] = putting;
  send(wire::MailPut{
      .request = request, .mailbox = mailbox, .create = create, .mail = space::seal_mail(s, kind, body, entropy_)});
}

Result<> Client::same_words(const SameWords& request, Now now) {
  if (request.words.empty()) return refuse(space::kNoInvitation);
  if (active(joining_) && joining_->state == JoiningState::compare && request.words == joining_view().words) {
    joining_->state = JoiningState::approved;
    keep_joining();
    if (joining_->own()) {
      meet_mine();
      take_up_mine(now);
    } else {
      take_up_ours(now);
    }
    return {};
  }
  expire_invitation(now);
  if (!active(invitation_) || invitation_->state != InvitationState::compare) return refuse(space::kNoInvitation);
  if (request.words != invitation_view().words) return refuse(space::kNoInvitation);
  const auto m2 = space::decode_m2(invitation_->m2);
  if (!m2) return refuse(space::kBadMail);
  if (!invitation_->own() && together()) return refuse(space::kAlreadyPaired);  // by another device of mine
  if (!invitation_->own()) return found_ours(*m2, now);
  profile_->enrolling.push_back(
      schema::to_json(Enrolling{.sign = m2->sign,
                                .box = m2->box,
                                .role = static_cast<std::uint8_t>(wire::Role::device),
                                .join = m2->join,
                                .pairing = space::pairing_hash(invitation_->m1, invitation_->m2, invitation_->nonce)}));
  keep_profile();
  invitation_->state = InvitationState::approved;
  keep_invitation();
  hand_over();
  return {};
}

Result<> Client::different_words(Now now) {
  const bool compares =
      active(joining_) && (joining_->state == JoiningState::compare || joining_->state == JoiningState::approved);
  if (compares && !(joining_->own() && started())) {
    refuse_exchange(joining_->s, joining_->relay, space::Refusal::different_words,
                    joining_->until.value_or(now.ms + kInvitationMs));
    end_joining(JoiningEnd::different_words, now);
    return {};
  }
  if (!active(invitation_) || invitation_->state != InvitationState::compare) return refuse(space::kNoInvitation);
  refuse_exchange(invitation_->s, invitation_->relay, space::Refusal::different_words, invitation_->until);
  invitation_->state = InvitationState::ended;
  invitation_->ended = InvitationEnd::different_words;
  keep_invitation();
  return {};
}

void Client::mail_stored(const Mailing& put) {
  if (put.kind == 5 && active(invitation_) && space::mailbox_of(key_of(invitation_->s)) == put.mailbox) {
    invitation_->handed_over = true;
    return keep_invitation();
  }
  if (put.kind == 6 && fills_slot() && space::mailbox_of(key_of(invitation_->s)) == put.mailbox) return slot_told_of();
  if (put.kind == 4) {
    std::erase_if(refusals_, [&](const Refusing& each) { return space::mailbox_of(key_of(each.s)) == put.mailbox; });
    return keep_refusals();
  }
  if (put.kind != 1 || !invitation_ || invitation_->posted) return;
  if (space::mailbox_of(key_of(invitation_->s)) != put.mailbox) return;
  invitation_->posted = true;
  keep_invitation();
  send(wire::MailFollow{.mailbox = put.mailbox});
}

/// Only a mailbox that is gone or full ends its exchange. Whatever else a relay has against a mail may pass: the
/// mailbox is then asked for anew, and what is missing in it is put again.
void Client::mail_refused(const Mailing& put, const ErrorCode& why, Now now) {
  changed();
  if (&why != &wire::kMailboxGone && &why != &wire::kMailboxFull) {
    mail_retry_at_ = now.ms + kRetryMail;
    refusal_waits_ = put.kind == 4;
    return notice(why, now);
  }
  if (put.kind == 4) return mail_stored(put);  // nobody is left there to be told
  if (put.kind == 6) {
    if (fills_slot()) leave_slot_empty();
    return;
  }
  if (put.kind == 5) {
    const bool waits = active(invitation_) && space::mailbox_of(key_of(invitation_->s)) == put.mailbox;
    if (!waits || guest_is_in()) return;
    turn_guest_away(now);  // without this letter it can not come in
    return end_invitation(InvitationEnd::expired, now);
  }
  if (active(joining_) && space::mailbox_of(key_of(joining_->s)) == put.mailbox) {
    return end_joining(JoiningEnd::link_used, now);
  }
  const bool open =
      invitation_ && (invitation_->state == InvitationState::waiting || invitation_->state == InvitationState::compare);
  if (open && space::mailbox_of(key_of(invitation_->s)) == put.mailbox) end_invitation(InvitationEnd::expired, now);
}

void Client::attend_mailboxes() {
  for (const Refusing& each : refusals_) {
    if (each.relay == dialled_) put_mail(key_of(each.s), 4, ByteView(&each.reason, 1), false);
  }
  if (invitation_ && invitation_->relay == dialled_) {
    const crypto::Key s = key_of(invitation_->s);
    const MailboxId mailbox = space::mailbox_of(s);
    const bool asked =
        std::ranges::any_of(mail_requests_, [&](const auto& entry) { return entry.second.mailbox == mailbox; });
    // The other is in once their first record is; then nobody needs the box any more, but for one letter perhaps.
    if (invitation_->state == InvitationState::approved && mine() != nullptr && guest_is_in()) {
      invitation_->state = InvitationState::joined;
      const bool letter = invitation_->slot == SlotStep::filling || invitation_->slot == SlotStep::told;
      invitation_->burn = !letter;
      keep_invitation();
    }
    if (invitation_->burn) {
      // Kept until the relay says that it is empty: the line may break before it has heard.
      if (burning_.insert(mailbox).second) {
        send(wire::MailBurn{.mailbox = mailbox});
        if (mailboxes_.insert(mailbox).second) send(wire::MailFollow{.mailbox = mailbox});
      }
    } else if (active(invitation_)) {
      // A relay lets its members make mailboxes: *mine* has to be there first.
      const bool member = mine() != nullptr && mine()->told;
      if (!invitation_->posted && !asked && member && invitation_->state != InvitationState::approved) {
        put_mail(s, 1, invitation_->m1, true);
      } else if (invitation_->posted && !asked && mailboxes_.insert(mailbox).second) {
        send(wire::MailFollow{.mailbox = mailbox});
      }
      const bool let_in = invitation_->own() && invitation_->state == InvitationState::approved;
      if (let_in && !invitation_->handed_over.value_or(false)) hand_over();
    }
  }
  if (!joining_ || joining_->relay != dialled_) return;
  const crypto::Key s = key_of(joining_->s);
  const MailboxId mailbox = space::mailbox_of(s);
  if (active(joining_) && mailboxes_.insert(mailbox).second) send(wire::MailFollow{.mailbox = mailbox});
}

void Client::take(const wire::Mail& frame, Now now) {
  if (mailboxes_.contains(frame.mailbox)) mailboxes_told_.insert(frame.mailbox);
  // Only the relay that an exchange goes through has a say in it.
  const auto about = [&](const auto& exchange) {
    return active(exchange) && exchange->relay == dialled_ && space::mailbox_of(key_of(exchange->s)) == frame.mailbox;
  };
  const bool over = frame.state != wire::MailboxState::open;
  if (over && burning_.contains(frame.mailbox) && invitation_ && invitation_->burn &&
      space::mailbox_of(key_of(invitation_->s)) == frame.mailbox) {
    invitation_->burn = false;
    keep_invitation();
  }
  if (about(invitation_)) invitation_mail(frame, now);
  if (about(joining_)) joining_mail(frame, now);
}

}  // namespace attune::client
