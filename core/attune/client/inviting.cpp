// The side of an exchange that makes the link (PROTOCOL.md 9), for a partner or for another device of its own.
#include "attune/client/letters.h"

namespace attune::client {

Result<Json> Client::invite(const Invite& request, Now now) {
  if (together()) return refuse(space::kAlreadyPaired);
  if (becoming_a_couple(joining_)) return refuse(space::kJoiningNow);
  return open_invitation(request.app, space::Invited::partner, now);
}

Result<Json> Client::add_device(const AddDevice& request, Now now) {
  return open_invitation(request.app, space::Invited::own_device, now);
}

/// One at a time: asked for again it is the same link, and nobody compares the words of two.
Result<Json> Client::open_invitation(const std::string& app, space::Invited role, Now now) {
  if (!started()) return refuse(space::kNotStarted);
  expire_invitation(now);
  const bool own = role == space::Invited::own_device;
  if (nobody_comes_any_more(now)) end_invitation(InvitationEnd::expired, now);
  if (active(invitation_)) {
    if (invitation_->own() != own) return refuse(space::kInvitationOpen);
    return Json{{"link", invitation_->link}};
  }
  if (own) TRY_VOID(room_for_a_key());
  if (invitation_ && invitation_->burn) {
    // The old mailbox is not known to be empty yet; a refusal in it is kept until it is said.
    refuse_exchange(invitation_->s, invitation_->relay, space::Refusal::declined, invitation_->until);
  }
  // Nobody asks any more what has become of a slot for the one before.
  const bool owed =
      invitation_ && (invitation_->slot == SlotStep::filling || invitation_->slot == SlotStep::to_be_emptied);
  if (owed && session_ == Session::welcomed && !slot_unknown_there_) put_nothing();
  slot_emptying_.reset();
  const crypto::Key s = crypto::random_key(entropy_);
  Invitation made;
  made.state = InvitationState::waiting;
  made.s = Hash::copy_of(s.view());
  made.relay = profile_->relay;
  made.link = space::write_link(app, {.s = s.clone(), .relay = profile_->relay});
  made.until = now.ms + kInvitationMs;
  made.nonce = crypto::random_fixed<Challenge>(entropy_);
  made.own_device = own;
  const wire::Member self = space::own_member(*keys_, wire::Role::device, *profile_->mine, 0);
  made.m1 = space::encode(space::M1{.role = role,
                                    .sign = self.sign,
                                    .box = self.box,
                                    .self = self.self,
                                    .join = self.join,
                                    .nonce_hash = wire::tagged_hash("nonce", {made.nonce.view()})});
  invitation_ = std::move(made);
  keep_invitation();
  return Json{{"link", invitation_->link}};
}

Result<> Client::cancel_invitation(Now now) {
  if (!active(invitation_) || invitation_->state == InvitationState::approved) return refuse(space::kNoInvitation);
  end_invitation(InvitationEnd::cancelled, now);
  return {};
}

void Client::end_invitation(InvitationEnd why, Now) {
  invitation_->state = InvitationState::ended;
  invitation_->ended = why;
  invitation_->burn = true;
  keep_invitation();
}

void Client::expire_invitation(Now now) {
  if (!active(invitation_) || now.ms < invitation_->until) return;
  if (invitation_->state != InvitationState::approved) return end_invitation(InvitationEnd::expired, now);
  // Whether the new device has come in only all of *mine* can tell.
  if (!invitation_->own() || mine() == nullptr || !mine()->caught_up() || guest_is_in()) return;
  turn_guest_away(now);
  end_invitation(InvitationEnd::expired, now);
}

/// Approved for a partner, and what they were to come into is over, or its day is.
bool Client::nobody_comes_any_more(Now now) const {
  const bool waits = invitation_ && invitation_->state == InvitationState::approved && !invitation_->own();
  return waits && (!together() || !ours_is_of_invitation() || now.ms >= invitation_->until);
}

/// Takes back what my tap has done for whoever does not come.
void Client::turn_guest_away(Now now) {
  if (invitation_->own()) {
    if (const auto m2 = space::decode_m2(invitation_->m2)) take_out(m2->sign);
    return;
  }
  if (closed() || !ours_is_of_invitation()) return;
  // Another device of mine may have taken it up from the relay: it learns that it is over, if there is anything there.
  const bool nowhere = !ours()->in_flight && ours()->relay_next == 0;
  if (nowhere) return leave_ours(now);
  [[maybe_unused]] const auto left = close_ours(now);
}

void Client::invitation_mail(const wire::Mail& mail, Now now) {
  expire_invitation(now);  // a relay's word for what is still open is not enough
  if (!active(invitation_)) return;
  if (mail.state == wire::MailboxState::unknown) {
    invitation_->posted = false;  // the relay lost it: put it back
    mailboxes_.erase(mail.mailbox);
    mailboxes_told_.erase(mail.mailbox);
    keep_invitation();
    return;
  }
  if (invitation_->state == InvitationState::approved) return approved_mail(mail, now);
  if (mail.state != wire::MailboxState::open) return end_invitation(InvitationEnd::expired, now);
  const crypto::Key s = key_of(invitation_->s);
  const Opened found = open_all(s, mail.mails);
  if (!found.m4.empty()) {
    const bool different = found.m4.front() == static_cast<std::uint8_t>(space::Refusal::different_words);
    return end_invitation(different ? InvitationEnd::different_words : InvitationEnd::declined, now);
  }
  if (found.m2.size() > 1) return end_invitation(InvitationEnd::second_request, now);
  if (found.m2.empty()) return;
  const auto m2 = space::decode_m2(found.m2.front());
  // Another device of mine names my own stream, a partner theirs.
  const bool whose = m2 && (m2->self == *profile_->mine) == invitation_->own();
  const bool new_here = m2 && mine()->stream->table().seat(m2->sign) == nullptr;  // a key comes in once
  if (!whose || !space::check_m2(*m2, invitation_->m1) || !new_here) {
    return end_invitation(InvitationEnd::bad_request, now);
  }
  if (invitation_->state == InvitationState::compare && invitation_->m2 != found.m2.front()) {
    return end_invitation(InvitationEnd::second_request, now);
  }
  invitation_->m2 = found.m2.front();
  invitation_->partner = m2->name;
  invitation_->state = InvitationState::compare;
  keep_invitation();
  if (found.m3.empty()) {
    put_mail(s, 3, space::encode(space::make_m3(*keys_, invitation_->nonce, invitation_->m1, invitation_->m2)), false);
  }
}

/// Said "same words" here; a refusal of the other, as long as nothing of theirs has come, still counts.
void Client::approved_mail(const wire::Mail& mail, Now now) {
  const Opened found = open_all(key_of(invitation_->s), mail.mails);
  if (!found.m4.empty() && !guest_is_in()) {
    const bool declined = found.m4.front() == static_cast<std::uint8_t>(space::Refusal::declined);
    turn_guest_away(now);
    return end_invitation(declined ? InvitationEnd::declined : InvitationEnd::different_words, now);
  }
  // What was handed over may have been read before the box was emptied.
  const bool open = mail.state == wire::MailboxState::open;
  if (invitation_->own() && found.m5.empty() && (open || !invitation_->handed_over.value_or(false))) hand_over();
}

/// *ours* was made by this very invitation: another device of mine may have brought another one here meanwhile.
bool Client::ours_is_of_invitation() const {
  const Line* line = ours();
  if (line == nullptr || line->stream->empty()) return false;
  const auto& skeleton = line->stream->records().front().record.skeleton;
  const auto control = skeleton ? wire::decode_control(*skeleton) : Result<wire::Control>(refuse(wire::kBadControl));
  const auto* genesis = control ? std::get_if<wire::Genesis>(&*control) : nullptr;
  return genesis != nullptr &&
         genesis->pairing == space::pairing_hash(invitation_->m1, invitation_->m2, invitation_->nonce);
}

bool Client::guest_is_in() const {
  if (!invitation_->own()) return ours_is_of_invitation() && history_.fold().space.ours.first[1].has_value();
  const auto m2 = space::decode_m2(invitation_->m2);
  if (!m2) return false;
  const log::Stream& stream = *mine()->stream;
  const wire::Seat* seat = stream.table().seat(m2->sign);
  for (std::uint64_t at = seat == nullptr ? stream.next() : seat->added_at; at < stream.next(); ++at) {
    if (stream.view(at).header.author == m2->sign) return true;
  }
  return false;
}

/// Tells the new device what it has to find: a relay can then show it no older or other history as the whole.
void Client::hand_over() {
  const Line* own = mine();
  if (session_ != Session::welcomed || dialled_ != invitation_->relay || !own->caught_up()) return;
  const log::Stream& stream = *own->stream;
  const log::Place place{.stream = stream.id(), .position = stream.next() - 1, .history = stream.history()};
  const Hash pairing = space::pairing_hash(invitation_->m1, invitation_->m2, invitation_->nonce);
  // It waits for what is named here: only for what it can be brought into.
  const bool open = together() && !forked(*ours()) && !ours()->stream->read_only();
  const std::optional<log::Place> shared = open ? ours_place() : std::nullopt;
  put_mail(key_of(invitation_->s), 5, space::encode(space::make_m5(*keys_, pairing, place, shared)), false);
}

Result<> Client::found_ours(const space::M2& m2, Now now) {
  if (active(joining_)) {
    joining_.reset();  // only looked at, and of no use to a couple
    remove("join");
  }
  std::vector<wire::Member> members = own_members(0);
  members.push_back(
      {.sign = m2.sign, .box = m2.box, .person = 1, .role = wire::Role::device, .self = m2.self, .join = m2.join});
  log::Head head{.stream = {}, .next = 0, .history = {}, .epoch = 0};
  const Hash pairing = space::pairing_hash(invitation_->m1, invitation_->m2, invitation_->nonce);
  const wire::Record genesis =
      log::make_control(head, *keys_, space::found_ours(std::move(members), pairing, entropy_));
  Line line;
  line.stream = std::make_unique<log::Stream>(head.stream);
  TRY(batch, line.stream->check({wire::encode(genesis)}));
  line.stream->admit(std::move(batch));
  if (session_ == Session::welcomed) line.relay_next = 0;
  put_aside_ours();
  keep_line(line);
  lines_.emplace(head.stream, std::move(line));
  profile_->ours = head.stream;
  keep_profile();
  invitation_->state = InvitationState::approved;
  keep_invitation();
  rebuild_history();
  settle(now);
  return {};
}

}  // namespace attune::client
