// Inviting and joining: both sides of PROTOCOL.md 9, step by step, each step kept before it is sent.
#include "attune/client/client.h"

namespace attune::client {

namespace {

constexpr std::int64_t kInvitationMs = wire::kMailboxSeconds * 1'000;

crypto::Key key_of(const Hash& s) { return crypto::Key(s.view()); }

/// Everything in a mailbox that its key opens, by kind; what it does not open is nobody's of ours.
struct Opened {
  std::vector<Bytes> m1;
  std::vector<Bytes> m2;
  std::vector<Bytes> m3;
  std::vector<std::uint8_t> m4;
  std::vector<Bytes> m5;
};

Opened open_all(const crypto::Key& s, const std::vector<Bytes>& mails) {
  Opened out;
  const auto add = [](std::vector<Bytes>& to, Bytes body) {
    if (std::ranges::find(to, body) == to.end()) to.push_back(std::move(body));
  };
  for (const Bytes& mail : mails) {
    auto letter = space::open_mail(s, mail);
    if (!letter) continue;
    if (letter->kind == 1) add(out.m1, std::move(letter->body));
    if (letter->kind == 2) add(out.m2, std::move(letter->body));
    if (letter->kind == 3) add(out.m3, std::move(letter->body));
    if (letter->kind == 4 && letter->body.size() == 1) out.m4.push_back(letter->body[0]);
    if (letter->kind == 5) add(out.m5, std::move(letter->body));
  }
  return out;
}

}  // namespace

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

// ---- the inviter ----

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

// ---- the guest ----

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

// ---- both ----

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
