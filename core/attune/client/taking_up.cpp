// Which shared stream is ours: the ones a relay lists for my key are read until each proves to be mine or not.
#include "attune/client/client.h"

namespace attune::client {

namespace {

constexpr std::size_t kMostLines = 8;  // read at a time
constexpr std::size_t kMostMet = 48;   // in one session: a relay need not let more than 64 be followed

/// The genesis that the inviter's tap makes, as far as the exchange has come: the two who compare words, each exactly
/// as they had said, and nobody else as the guest. `self` is no secret, so anybody can sign a join over it: a further
/// key of person 1 would be the inviter's, writing in the guest's name. Nobody but the guest's own device can bring one
/// in later.
bool founded_for_us(const log::Stream& stream, const Joining& joining) {
  const auto genesis = space::genesis_of(stream);
  const auto m1 = space::decode_m1(joining.m1);
  const auto m2 = space::decode_m2(joining.m2);
  if (!genesis || !m1 || !m2 || stream.records().front().record.header.author != m1->sign) return false;
  if (!joining.m3.empty()) {
    const auto m3 = space::decode_m3(joining.m3);
    if (!m3 || genesis->pairing != space::pairing_hash(joining.m1, joining.m2, m3->nonce)) return false;
  }
  const auto is = [](const wire::Member& member, const auto& said, std::uint8_t person) {
    return member.sign == said.sign && member.box == said.box && member.self == said.self && member.person == person &&
           member.role == wire::Role::device;
  };
  const auto guest = [&](const wire::Member& member) { return is(member, *m2, 1); };
  const auto inviter = [&](const wire::Member& member) { return is(member, *m1, 0); };
  const auto of_the_inviter = [](const wire::Member& member) { return member.person == 0; };
  return std::ranges::any_of(genesis->adds, guest) && std::ranges::any_of(genesis->adds, inviter) &&
         std::ranges::all_of(genesis->adds, [&](const auto& each) { return of_the_inviter(each) || guest(each); });
}

}  // namespace

/// My key and its join are no secret, so anybody may found a stream with them. Each that is listed is read until it
/// shows that it is not mine, which its genesis does nearly always; a few at a time, and all of them in turn, so that
/// however many there are they neither fill this device nor hide the one that is.
void Client::meet_next(Now now) {
  if (session_ != Session::welcomed || recovering_ || elsewhere() || together() || !started()) return;
  // Who may bring me in stands in the invitation I have answered, or else in *mine*: that has to be here first.
  if (joining_ && joining_->state == JoiningState::looking) return;
  const bool answered = becoming_a_couple(joining_);
  if (!answered && (mine() == nullptr || !mine()->caught_up())) return;
  for (const wire::Known& known : known_) {
    if (!may_be_ours(known) || line_of(known.stream) != nullptr) continue;
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

bool Client::may_be_ours(const wire::Known& known) const {
  return known.kind == wire::StreamKind::ours && !refused_.contains(known.stream) && known.stream != profile_->ours &&
         std::ranges::find(profile_->left, known.stream) == profile_->left.end();
}

Client::Fit Client::fit(const log::Stream& stream) const {
  if (stream.empty()) return Fit::perhaps;
  if (becoming_a_couple(joining_)) {
    if (joining_->state == JoiningState::looking || !founded_for_us(stream, *joining_)) return Fit::no;
    return joining_->state == JoiningState::approved ? Fit::yes : Fit::perhaps;
  }
  // Only another device of mine can have brought me in: it founded the stream, or it wrote the record that added me.
  // My join is no secret; whoever saw it can put my key into a stream of their own, and gets nothing by it.
  const wire::Table& own = mine()->stream->table();
  if (const wire::Seat* seat = stream.table().seat(keys_->sign)) {
    const SignKey by = stream.view(seat->added_at).header.author;
    const bool device = !seat->removed_at && seat->member.role == wire::Role::device;
    const bool brought_in = by != keys_->sign && own.seat(by) != nullptr;
    return device && seat->member.self == *profile_->mine && brought_in ? Fit::yes : Fit::no;
  }
  // Not added yet: then devices of mine, and nobody else, are one of the two who founded it.
  const auto genesis = space::genesis_of(stream);
  bool of_mine = false;
  for (const wire::Member& member : genesis ? genesis->adds : std::vector<wire::Member>()) {
    if (member.self != *profile_->mine) continue;
    if (own.seat(member.sign) == nullptr) return Fit::no;
    of_mine = true;
  }
  return of_mine ? Fit::perhaps : Fit::no;
}

/// Two devices of mine, neither knowing of the other's, may each have begun a shared space. Nothing is closed or merged
/// by itself: each goes on in its own until its person closes one of the two, and then meets the other.
void Client::name_second_space(Now now) {
  const Line* own = mine();
  if (recovering_ || !together() || own == nullptr || !own->caught_up() || !ours()->caught_up()) return;
  if (coming_over() || own->folding) return;
  const auto& seen = history_.ours_seen();
  if (!seen || seen->stream == *profile_->ours || seen->stream == second_space_) return;
  if (line_of(seen->stream) != nullptr) return;  // it is still looked at: it may continue mine
  // What is over is named by old records, too. What goes on lists this device.
  const bool goes_on = std::ranges::find(known_, seen->stream, &wire::Known::stream) != known_.end() &&
                       std::ranges::find(profile_->left, seen->stream) == profile_->left.end();
  if (!goes_on) return;
  second_space_ = seen->stream;
  notice(space::kTwoSpaces, now);
}

/// This one is ours from now on.
void Client::take_up(const StreamId& id, Now now) {
  // What stood here before another device of mine brought me in, its person has seen there.
  const bool seen_elsewhere = !becoming_a_couple(joining_);
  const auto& vouched = local_.handed_over;
  const bool comes = coming_over() && vouched && vouched->stream == id;
  put_aside_ours();
  profile_->ours = id;
  keep_profile();
  Line& line = *ours();
  if (seen_elsewhere) {
    local_.looked = line.stream->next();
    if (comes) local_.looked = std::max(local_.looked, vouched->position + 1);
    put("local", schema::to_json(local_));
  }
  if (active(joining_) && !comes) {
    joining_.reset();
    remove("join");
  }
  if (active(invitation_) && !invitation_->own()) end_invitation(InvitationEnd::cancelled, now);
  compared_ = compare_to_ = 0;
  after_ingest(line, 0, {}, now);
}

void Client::take_up_ours(Now now) {
  if (coming_over() && paired()) return come_over(now);
  if (together() || !started()) return;
  if (close_unsaid() && !ours()->retry_at) return;  // first it is said that the one before is over
  for (auto at = lines_.begin(); at != lines_.end();) {
    const StreamId id = at->first;
    Line& line = at->second;
    ++at;
    if (kept(line)) continue;
    const Fit found = fit(*line.stream);
    // The device that let this one in has vouched for so much of it; a relay may show less, as if that were all.
    const auto& vouched = local_.handed_over;
    if (coming_over() && vouched && vouched->stream == id && found != Fit::no && !line.stream->empty()) {
      take_up(id, now);
      return come_over(now);
    }
    if (found == Fit::yes && vouched && vouched->stream == id && vouched->position >= line.stream->next()) continue;
    if (found == Fit::yes && line.caught_up()) return take_up(id, now);
    // An exchange may go on to what makes it mine; without one, what is read to its end has said all.
    if (found == Fit::no || (found == Fit::perhaps && line.caught_up() && !becoming_a_couple(joining_))) {
      refused_.insert(id);
      lines_.erase(id);
    }
  }
  meet_next(now);
}

}  // namespace attune::client
