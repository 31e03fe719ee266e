// Another device of the same person: let in by one that is there already (PROTOCOL.md 9), taken out by any other.
#include "attune/client/client.h"

namespace attune::client {

namespace {

/// The record that brought this key in says which exchange it was for, and who wrote it.
bool let_in(const log::Stream& stream, const wire::Seat& seat, const SignKey& by, const Hash& pairing) {
  const wire::Record& record = stream.records()[seat.added_at].record;
  const auto control = wire::decode_control(*record.skeleton);
  const auto* members = control ? std::get_if<wire::Members>(&*control) : nullptr;
  return members != nullptr && record.header.author == by && members->pairing == pairing;
}

}  // namespace

void Client::meet_mine() {
  if (session_ != Session::welcomed || recovering_ || elsewhere() || started()) return;
  if (!active(joining_) || !joining_->own() || joining_->state != JoiningState::approved) return;
  const auto m1 = space::decode_m1(joining_->m1);
  if (!m1) return;
  for (const wire::Known& known : known_) {
    if (known.stream != m1->self || line_of(known.stream) != nullptr) continue;
    Line line;
    line.stream = std::make_unique<log::Stream>(known.stream);
    line.relay_next = known.head + 1;
    line.relay_history = known.history;
    follow(lines_.emplace(known.stream, std::move(line)).first->second);
  }
}

/// Its words were compared, its record names this exchange, and the history holds what it stood at: then it is mine.
void Client::take_up_mine(Now now) {
  if (started() || !active(joining_) || !joining_->own() || joining_->state != JoiningState::approved) return;
  const auto m1 = space::decode_m1(joining_->m1);
  const auto m3 = space::decode_m3(joining_->m3);
  if (!m1 || !m3 || !joining_->m5) return;
  Line* line = line_of(m1->self);
  if (line == nullptr || !line->caught_up()) return;
  const log::Stream& stream = *line->stream;
  const wire::Seat* seat = stream.table().seat(keys_->sign);
  if (seat == nullptr) return;
  if (seat->removed_at) {  // taken out again before it was in
    return end_joining(JoiningEnd::refused, now);
  }
  const Hash pairing = space::pairing_hash(joining_->m1, joining_->m2, m3->nonce);
  const auto m5 = space::decode_m5(*joining_->m5, m1->self);
  const bool vouched = m5 && space::check_m5(*m5, *m1, pairing);
  if (vouched && m5->mine.position >= stream.next()) return;  // the rest is still to come
  const bool whole = vouched && stream.history_at(m5->mine.position) == m5->mine.history;
  if (!whole || !let_in(stream, *seat, m1->sign, pairing)) {
    notice(kServerFault, now);
    return end_joining(JoiningEnd::refused, now);
  }
  profile_->mine = m1->self;
  keep_profile();
  if (m5->ours) {
    local_.handed_over =
        HandedOver{.stream = m5->ours->stream, .position = m5->ours->position, .history = m5->ours->history};
    put("local", schema::to_json(local_));
    wait_for_what_is_shown();
  }
  const auto m2 = space::decode_m2(joining_->m2);
  const std::string name = m2 ? m2->name : "";
  if (!m5->ours) {
    joining_.reset();
    remove("join");
  }
  history_ = History();
  compared_ = compare_to_ = 0;
  after_ingest(*line, 0, {}, now);
  if (!name.empty()) {
    [[maybe_unused]] const auto named =
        enqueue(NameDevice::kName, schema::to_json(NameDevice{.name = name, .key = keys_->sign}), 0, now, false);
  }
  beat_due_ = true;
  meet_next(now);
}

Result<> Client::remove_device(const RemoveDevice& request, Now now) {
  if (!started()) return refuse(space::kNotStarted);
  if (request.key == keys_->sign) return refuse(space::kThisDevice);
  if (mine()->stream->table().member(request.key) == nullptr) return refuse(space::kUnknownItem);
  take_out(request.key);
  // Who has not come in yet does not any more, and its link is good for nobody else.
  const bool waits = active(invitation_) && invitation_->own() && invitation_->state == InvitationState::approved;
  const auto m2 = space::decode_m2(waits ? invitation_->m2 : Bytes());
  if (m2 && m2->sign == request.key) end_invitation(InvitationEnd::cancelled, now);
  return {};
}

/// Kept until *mine* says so; from there it follows for *ours*. What waits to be added is not added any more.
void Client::take_out(const SignKey& key) {
  std::erase_if(profile_->enrolling, [&](const Json& json) {
    const auto enrolling = schema::from_json<Enrolling>(json);
    return enrolling && enrolling->sign == key;
  });
  if (!profile_->removing) profile_->removing.emplace();
  if (!being_removed(key)) profile_->removing->push_back(key);
  keep_profile();
  changed();
}

std::optional<wire::Control> Client::next_addition(Now now) {
  const log::Stream& stream = *mine()->stream;
  while (!profile_->enrolling.empty()) {
    const auto enrolling = schema::from_json<Enrolling>(profile_->enrolling.front());
    if (enrolling && stream.table().seat(enrolling->sign) == nullptr) {
      const wire::Member member{.sign = enrolling->sign,
                                .box = enrolling->box,
                                .person = 0,
                                .role = static_cast<wire::Role>(enrolling->role),
                                .self = *profile_->mine,
                                .join = enrolling->join};
      const auto allowed = may_change(stream, {member}, {});
      // One for each record, since a record names one exchange.
      if (allowed) return space::add_members(stream, {member}, enrolling->pairing.value_or(Hash{}), entropy_);
      notice(allowed.error().code(), now);
      const bool waits = active(invitation_) && invitation_->own() && !invitation_->m2.empty();
      const auto m2 = space::decode_m2(waits ? invitation_->m2 : Bytes());
      if (m2 && m2->sign == member.sign) end_invitation(InvitationEnd::bad_request, now);
    }
    profile_->enrolling.erase(profile_->enrolling.begin());
    keep_profile();
    changed();
  }
  return std::nullopt;
}

Result<> Client::room_for_a_key() const {
  const std::vector<wire::Seat>& seats = mine()->stream->table().seats;
  const auto there = [&](const wire::Seat& seat) { return !seat.removed_at && !being_removed(seat.member.sign); };
  const std::size_t coming = profile_->enrolling.size();
  const auto now = static_cast<std::size_t>(std::ranges::count_if(seats, there)) + coming;
  if (now >= wire::kMaxKeys || seats.size() + coming >= wire::kMaxKeysEver) return refuse(wire::kTooManyMembers);
  return {};
}

Result<> Client::may_change(const log::Stream& stream, const std::vector<wire::Member>& adds,
                            const std::vector<SignKey>& removes) const {
  wire::Header header;
  header.author = keys_->sign;
  header.position = stream.next();
  wire::Members change;
  change.adds = adds;
  change.removes = removes;
  const auto box = [&](const wire::Member& member) {
    if (member.role != wire::Role::reader) change.boxes.push_back({.recipient = member.sign, .sealed = {}});
  };
  if (!removes.empty()) {
    change.epoch.emplace().epoch = stream.table().epoch + 1;
    for (const wire::Seat& seat : stream.table().seats) {
      if (!seat.removed_at && std::ranges::find(removes, seat.member.sign) == removes.end()) box(seat.member);
    }
  }
  for (const wire::Member& member : adds) box(member);
  const auto after = wire::apply(stream.table(), header, change,
                                 [](std::uint64_t) -> std::optional<wire::Earlier> { return std::nullopt; });
  if (!after) return std::unexpected(after.error());
  return {};
}

/// The other may have used up a box key of mine on purpose: that must not hold up all I have to say.
std::vector<wire::Member> Client::addable(const log::Stream& stream, std::vector<wire::Member> adds,
                                          const std::vector<SignKey>& removes, Now now) {
  if (adds.empty() || may_change(stream, adds, removes)) return adds;
  std::vector<wire::Member> out;
  for (const wire::Member& member : adds) {
    out.push_back(member);
    const auto allowed = may_change(stream, out, removes);
    if (allowed) continue;
    out.pop_back();
    if (passed_over_.insert(member.sign).second) notice(allowed.error().code(), now);
  }
  return out;
}

bool Client::being_removed(const SignKey& key) const {
  return profile_ && profile_->removing && std::ranges::find(*profile_->removing, key) != profile_->removing->end();
}

}  // namespace attune::client
