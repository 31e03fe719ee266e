// The side of an exchange that was given the link (PROTOCOL.md 9).
#include "attune/client/letters.h"

namespace attune::client {

Result<> Client::join(const Join& request, Now now) {
  if (together()) return refuse(space::kAlreadyPaired);
  if (recovering_) return refuse(space::kAlreadyStarted);
  TRY(link, space::read_link(request.link));
  if (active(invitation_) && invitation_->s == Hash::copy_of(link.s.view())) return refuse(space::kOwnLink);
  if (active(joining_) && joining_->s == Hash::copy_of(link.s.view())) return {};
  if (active(joining_)) go_back();
  if (!started()) {
    forget_mine_to_be();
    // A key comes into a stream once, and an earlier attempt may have seen this one taken out again.
    take_new_keys();
    if (session_ != Session::offline) {
      flush();
      effects_.emplace_back(effect::HangUp{});
      disconnected(now);
      backoff_ms_ = 0;
    }
  }
  refused_.clear();
  Joining made;
  made.state = JoiningState::looking;
  made.s = Hash::copy_of(link.s.view());
  made.relay = link.relay;
  made.until = now.ms + kInvitationMs;
  joining_ = std::move(made);
  keep_profile();
  keep_joining();
  if (session_ == Session::offline) dial(now);
  return {};
}

void Client::take_new_keys() {
  if (!profile_) profile_.emplace();
  keys_ = crypto::DeviceKeys::random(entropy_);
  profile_->sign_seed = Hash::copy_of(keys_->sign_seed());
  profile_->box_secret = Hash::copy_of(keys_->box_secret.view());
}

Result<> Client::accept(const Accept& request, Now now) {
  if (together()) return refuse(space::kAlreadyPaired);
  if (!active(joining_) || joining_->state != JoiningState::looking) return refuse(space::kNoInvitation);
  if (joining_->m1.empty() || session_ != Session::welcomed) return refuse(kNotConnected);
  const std::string name = request.name.value_or("");
  if (name.size() > space::kMaxName) return refuse(space::kNameTooLong);
  // One exchange at a time: two would leave each of the couple in a space of their own, both waiting. A device of my
  // own that I have said "same words" to is on its way in, unless *mine* now leaves the relay it waits at.
  if (active(invitation_)) {
    const bool let_in = invitation_->own() && invitation_->state == InvitationState::approved;
    if (let_in && joining_->relay != invitation_->relay && !guest_is_in()) turn_guest_away(now);
    if (!let_in || joining_->relay != invitation_->relay) end_invitation(InvitationEnd::cancelled, now);
  }
  // From here on that relay is the one of *mine*: what was only looked at has been chosen.
  const bool elsewhere_before = elsewhere();
  if (joining_->own()) {
    profile_->relay = joining_->relay;  // and *mine* is that of the device I am let in by
    keep_profile();
  } else if (!started()) {
    TRY_VOID(start(name, joining_->relay, now));
  } else if (elsewhere_before) {
    joining_->earlier_relay = profile_->relay;
    profile_->relay = joining_->relay;
    keep_profile();
  }
  if (elsewhere_before) take_up_streams(now);
  TRY(m1, space::decode_m1(joining_->m1));
  const StreamId& own_stream = joining_->own() ? m1.self : *profile_->mine;
  const wire::Member self = space::own_member(*keys_, wire::Role::device, own_stream, 0);
  const space::M2 m2 = space::make_m2(*keys_, self.self, self.join, crypto::random_fixed<Challenge>(entropy_),
                                      joining_->m1, joining_->own() ? name : my_name().value_or(name));
  joining_->m2 = space::encode(m2);
  joining_->state = JoiningState::asked;
  keep_joining();
  put_mail(key_of(joining_->s), 2, joining_->m2, false);
  return {};
}

Result<> Client::decline(Now now) {
  if (!active(joining_)) return refuse(space::kNoInvitation);
  if (joining_->own() && started()) {
    // In already: what it gives up is only the wait for the shared space.
    if (paired()) drop_ours(now);
    joining_.reset();
    remove("join");
    meet_next(now);
    return {};
  }
  // Who has said "same words" and waits for the other may still think better of it.
  refuse_exchange(joining_->s, joining_->relay, space::Refusal::declined,
                  joining_->until.value_or(now.ms + kInvitationMs));
  end_joining(JoiningEnd::declined, now);
  return {};
}

void Client::end_joining(JoiningEnd why, Now now) {
  forget_mine_to_be();
  joining_->state = JoiningState::ended;
  joining_->ended = why;
  keep_joining();
  go_back();
  refused_.clear();  // what did not belong to this exchange may have been brought by another device of mine
  meet_next(now);
}

void Client::go_back() {
  if (!started() && joining_->own()) {
    profile_->relay.clear();
    return keep_profile();
  }
  if (together() || joining_->earlier_relay.empty()) return;
  profile_->relay = joining_->earlier_relay;
  keep_profile();
}

void Client::joining_mail(const wire::Mail& mail, Now now) {
  take_letter_of_snapshot(mail);
  const JoiningState state = joining_->state;
  if (joining_->own() && started()) return;  // I am in; what becomes of the box is nothing to me
  const bool handed_over = joining_->m5.has_value();
  const bool burnt = mail.state == wire::MailboxState::burnt;
  // What it was for has been read; the rest is for *mine* to say, or for whoever made the link, by emptying it.
  if (handed_over && !burnt && mail.state != wire::MailboxState::open) return;
  if (mail.state == wire::MailboxState::unknown) return end_joining(JoiningEnd::link_unknown, now);
  if (mail.state == wire::MailboxState::expired) return end_joining(JoiningEnd::link_expired, now);
  if (burnt) {
    // Whoever made the link empties the box when I am in, and then I look no more, or to end this. Others with the link
    // can empty it, too: a space that has been made meanwhile counts.
    const bool made = std::ranges::any_of(known_, [&](const wire::Known& known) { return may_be_ours(known); });
    if (state == JoiningState::approved && !joining_->own() && made) return;
    return end_joining(state == JoiningState::looking ? JoiningEnd::link_used : JoiningEnd::refused, now);
  }
  const Opened found = open_all(key_of(joining_->s), mail.mails);
  if (found.m1.empty()) return end_joining(JoiningEnd::link_altered, now);
  if (!found.m4.empty()) {
    const bool different = found.m4.front() == static_cast<std::uint8_t>(space::Refusal::different_words);
    if (state == JoiningState::looking) return end_joining(JoiningEnd::link_used, now);
    return end_joining(different ? JoiningEnd::different_words : JoiningEnd::refused, now);
  }
  if (state == JoiningState::looking) {
    const auto m1 = space::decode_m1(found.m1.front());
    if (!m1 || !space::check_m1(*m1)) return end_joining(JoiningEnd::link_altered, now);
    joining_->own_device = m1->role == space::Invited::own_device;
    // What is begun here stays this device's own: two lives do not become one.
    if (joining_->own() && started()) return end_joining(JoiningEnd::already_started, now);
    if (!found.m2.empty()) return end_joining(JoiningEnd::link_used, now);
    joining_->m1 = found.m1.front();
    return keep_joining();
  }
  if (std::ranges::find(found.m2, joining_->m2) == found.m2.end()) {
    // Mine is not in the box (the line broke before it was stored): put it again, unless another one came first.
    if (!found.m2.empty()) return end_joining(JoiningEnd::link_used, now);
    return put_mail(key_of(joining_->s), 2, joining_->m2, false);
  }
  const auto m1 = space::decode_m1(joining_->m1);
  if (state == JoiningState::asked && !found.m3.empty()) {
    const auto m3 = space::decode_m3(found.m3.front());
    if (!m1 || !m3 || !space::check_m3(*m3, *m1, joining_->m1, joining_->m2)) {
      return end_joining(JoiningEnd::link_used, now);
    }
    joining_->m3 = found.m3.front();
    joining_->state = JoiningState::compare;
    keep_joining();
  }
  const auto m3 = space::decode_m3(joining_->m3);
  if (!joining_->own() || joining_->m5 || !m1 || !m3) return;
  // Whoever has the link can put something here that only looks like it.
  const Hash pairing = space::pairing_hash(joining_->m1, joining_->m2, m3->nonce);
  const auto theirs = std::ranges::find_if(found.m5, [&](const Bytes& body) {
    const auto m5 = space::decode_m5(body, m1->self);
    return m5 && space::check_m5(*m5, *m1, pairing);
  });
  if (theirs == found.m5.end()) return;
  joining_->m5 = *theirs;
  keep_joining();
  take_up_mine(now);
}

}  // namespace attune::client
