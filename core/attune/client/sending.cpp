// Sending: records are sealed and signed when they are sent, on top of the newest confirmed one (PROTOCOL.md 3).
#include "attune/client/client.h"
#include "attune/client/giving_back.h"

namespace attune::client {

namespace {

constexpr std::size_t kMostMineRecords = 16;  // PROTOCOL.md 13
constexpr std::size_t kMostUnanswered = 4 * wire::kMaxAppendRecords;  // older ones have long been decided

/// The record that brought this key in began an epoch, as a recovery does even where it removes nobody.
bool came_with_an_epoch(const log::Stream& stream, const SignKey& key) {
  const wire::Seat* seat = stream.table().seat(key);
  if (seat == nullptr) return false;
  const auto control = wire::decode_control(*stream.records()[seat->added_at].record.skeleton);
  const auto* members = control ? std::get_if<wire::Members>(&*control) : nullptr;
  return members != nullptr && members->epoch.has_value();
}

/// Did one of `own` let this device in, or let in whoever did, and so on, though *mine* knows none of these yet?
bool let_in_by(const wire::Table& own, const log::Stream& shared, const SignKey& key) {
  const wire::Seat* seat = shared.table().seat(key);
  while (seat != nullptr && seat->added_at > 0 && own.seat(seat->member.sign) == nullptr) {
    seat = shared.table().seat(shared.view(seat->added_at).header.author);
  }
  return seat != nullptr && own.member(seat->member.sign) != nullptr;
}

}  // namespace

void Client::pump(Now now) {
  change_relay(now);
  if (session_ != Session::welcomed || recovering_) return;
  expire_invitation(now);
  attend_mailboxes();
  flush();
  if (elsewhere()) return;
  // *mine* first: a change of members is finished there before the shared stream learns of it.
  if (Line* line = mine()) pump_line(*line, wire::StreamKind::mine, now);
  if (Line* line = ours()) pump_line(*line, wire::StreamKind::ours, now);
  if (Line* line = successor()) pump_successor(*line);
  attend_slot(now);
  attend_push(now);
  flush();
}

void Client::pump_line(Line& line, wire::StreamKind kind, Now now) {
  if (line.in_flight || line.retry_at || !line.relay_next) return;
  if (forked(line)) {
    if (kind == wire::StreamKind::ours) send_close_of_fork(line);
    return;
  }
  if (kind == wire::StreamKind::ours && coming_over()) {
    // It is only read, until it is here as far as the device that let this one in has vouched for it.
    if (!line.following) follow(line);  // unlisted, too: the record that took this one out may stand there
    return;
  }
  // A relay that does not know me is new to the stream, or has lost what brought me in: it is not asked for anything
  // before it has that back. Who was put out gives nothing back.
  if (!seated(line) && !line.following) {
    if (!removed(line)) resend(line, now);
    return;
  }
  if (line.stream->table().member(keys_->sign) == nullptr && line.told) return;
  if (!line.following) return follow(line);
  if (!line.told) return;
  // The relay's history was compared on arrival: it is a beginning of mine, so what it lost is given back unchanged.
  if (*line.relay_next < line.stream->next()) return resend(line, now);
  if (!line.caught_up() || line.stream->table().closed) return;
  if (kind == wire::StreamKind::ours && profile_->closing.value_or(false)) {
    send_control(line, kind, now);  // whatever else is wrong with it, one can leave
    return;
  }
  if (line.stream->read_only()) return;
  if (!history_.followed(*line.stream, kind)) return;  // what is withheld may forbid what waits
  // Which devices are mine has to be known up to the newest before anything more is said to the other.
  if (kind == wire::StreamKind::ours && mine()->more_to_come()) return;
  if (line.stream->key(line.stream->table().epoch) == nullptr) return;
  if (send_control(line, kind, now)) return;
  if (kind == wire::StreamKind::mine) {
    send_mine(line, now);
  } else {
    send_ours(line, now);
  }
}

void Client::resend(Line& line, Now now) {
  if (line.unsound == line.relay_next) return;  // named already; a device with a sound copy may give it back
  const auto back = give_back(*line.stream, *line.relay_next, seated(line) ? std::nullopt : std::optional(keys_->sign));
  if (back.records.empty()) {
    line.unsound = line.relay_next;
    return notice(wire::kBadSignature, now);
  }
  append(line, back.records, false, true, back.ahead);
}

bool Client::send_control(Line& line, wire::StreamKind kind, Now now) {
  const auto control = kind == wire::StreamKind::mine ? owed_by_mine(now) : owed_by_ours(now);
  if (!control) return false;
  log::Head head = log::Head::of(*line.stream);
  append(line, {log::make_control(head, *keys_, *control)}, false, false);
  return true;
}

std::optional<wire::Control> Client::owed_by_mine(Now now) {
  Line& line = *mine();
  // Who goes makes room for who comes.
  std::vector<SignKey> removes;
  for (const SignKey& key : profile_->removing.value_or(std::vector<SignKey>{})) {
    if (line.stream->table().member(key) != nullptr) removes.push_back(key);
  }
  if (!removes.empty()) return space::replace_members(*line.stream, {}, std::move(removes), entropy_);
  if (profile_->removing) {
    profile_->removing.reset();
    keep_profile();
  }
  if (auto addition = next_addition(now)) return addition;
  // A new phrase replaces the old one: first the new one is in, then the old one goes.
  std::vector<SignKey> phrases;
  for (const wire::Seat& seat : line.stream->table().seats) {
    if (!seat.removed_at && seat.member.role == wire::Role::phrase) phrases.push_back(seat.member.sign);
  }
  if (phrases.size() < 2) return std::nullopt;
  phrases.pop_back();
  return space::replace_members(*line.stream, {}, std::move(phrases), entropy_);
}

std::vector<wire::Member> Client::own_members(std::uint8_t person) const {
  std::vector<wire::Member> out;
  for (const wire::Seat& seat : mine()->stream->table().seats) {
    if (seat.removed_at || seat.member.role == wire::Role::reader) continue;
    wire::Member member = seat.member;
    member.person = person;
    member.self = *profile_->mine;
    if (seat.added_at == 0) {
      // The creating device's join for other streams stands in the first event of *mine*.
      const auto& joined = history_.fold().space.mine.joined;
      if (member.sign == keys_->sign) {
        member = space::own_member(*keys_, wire::Role::device, *profile_->mine, person);
      } else if (joined) {
        const auto content = log::content_of<space::Joined>(history_, *joined);
        if (!content || content->sign != member.sign) continue;
        member.join = content->join;
      } else {
        continue;
      }
    }
    out.push_back(member);
  }
  return out;
}

std::optional<wire::Control> Client::owed_by_ours(Now now) {
  const Line& line = *ours();
  const wire::Table& table = line.stream->table();
  if (profile_->closing.value_or(false)) return wire::Close{};
  const wire::Table& own = mine()->stream->table();
  // Whoever was put out of *mine* changes nothing here: another device does, with a key that this one never sees.
  if (!mine()->caught_up() || own.member(keys_->sign) == nullptr) return std::nullopt;
  std::vector<wire::Member> adds;
  std::vector<SignKey> removes;
  for (const wire::Member& member : own_members(me())) {
    if (table.seat(member.sign) == nullptr) adds.push_back(member);
  }
  for (const wire::Seat& seat : table.seats) {
    if (seat.removed_at || seat.member.person != me() || seat.member.role == wire::Role::reader) continue;
    if (own.member(seat.member.sign) != nullptr) continue;
    // What brings a device into *mine* may arrive just behind what brings it in here, as name_strangers knows. And a
    // relay may keep it back: then it is not for me to put out whom another device of mine has let in.
    const bool unheard_of = own.seat(seat.member.sign) == nullptr;
    if (unheard_of && (seat.added_at >= compared_ || let_in_by(own, *line.stream, seat.member.sign))) continue;
    removes.push_back(seat.member.sign);
  }
  adds = addable(*line.stream, std::move(adds), removes, now);
  const bool epoch = std::ranges::any_of(
      adds, [&](const wire::Member& member) { return came_with_an_epoch(*mine()->stream, member.sign); });
  if (!removes.empty() || epoch)
    return space::replace_members(*line.stream, std::move(adds), std::move(removes), entropy_);
  if (!adds.empty()) return space::add_members(*line.stream, std::move(adds), {}, entropy_);
  return std::nullopt;
}

void Client::send_ours(Line& line, Now now) {
  const crypto::Key& key = *line.stream->key(line.stream->table().epoch);
  log::Head head = log::Head::of(*line.stream);
  // One command at a time, decided on the confirmed shared state. What is private may wait for its beat and still count
  // here: rules across streams do not depend on their order.
  const Projection seen = project(true);
  const Overlay contents(history_, seen);
  for (auto at = queue_.begin(); at != queue_.end();) {
    const Queued queued = at->second;
    ++at;
    if (!queued.to_ours) continue;
    if (queued.not_before > now.ms) return;  // what comes after it may build on it
    const auto planned = plan(queued, seen.fold, contents);
    // An id that somebody else's record has used up would make of this a record that says nothing.
    const auto used_up = [&](const log::NewEvent& event) { return history_.taken(wire::StreamKind::ours, event.id); };
    if (!planned || std::ranges::any_of(planned->events, used_up)) {
      refuse_later(queued, now);
      if (!queued.system) queue_openings(now);  // a taking back that came too late has held up what is owed
      at = queue_.upper_bound(queued.number);
      continue;
    }
    if (planned->events.empty()) {
      drop_command(queued.number);
      continue;
    }
    std::vector<wire::Record> records;
    bool wake = false;
    for (const log::NewEvent& event : planned->events) {
      records.push_back(log::seal_event(head, key.view(), *keys_, log::plain_ours(event), entropy_));
      wake = wake || event.wake;
    }
    wire::Erase erase;
    for (const EventId& gone : planned->erases) {
      std::ranges::copy(history_.positions_of(wire::StreamKind::ours, gone), std::back_inserter(erase.positions));
    }
    std::ranges::sort(erase.positions);
    if (!erase.positions.empty()) records.push_back(log::make_control(head, *keys_, erase));
    return append(line, std::move(records), wake, false);
  }
}

void Client::send_mine(Line& line, Now now) {
  if (!beat_due_) return;
  const Projection& seen = projection();
  const Projection settled = project(true);
  std::vector<log::NewEvent> events;
  std::vector<log::Unhurried> copies;
  std::vector<Queued> refused;
  std::vector<std::uint64_t> nothing_left;  // another device of mine has said it already
  for (const auto& [number, queued] : queue_) {
    if (queued.to_ours) continue;
    const auto planned = seen.plans.find(number);
    if (planned == seen.plans.end()) {
      refused.push_back(queued);
      continue;
    }
    // What builds on something that is still to be sent waits for what becomes of that.
    if (!settled.plans.contains(number)) continue;
    const std::vector<log::NewEvent>& waiting = planned->second.events;
    if (waiting.empty() || history_.taken(wire::StreamKind::mine, waiting.front().id)) {
      nothing_left.push_back(number);
    } else if (waiting.front().kind == space::Copied::kKind) {
      const EventId& id = waiting.front().id;
      copies.push_back({.event = waiting.front(), .pieces_there = history_.pieces_of_unfinished(id, keys_->sign)});
    } else if (!fits_a_beat(waiting)) {
      refused.push_back(queued);
    } else {
      std::ranges::copy(waiting, std::back_inserter(events));
    }
  }
  // Copies of what was opened and then taken back fill what room there is. A record more at the next beat would tell
  // the relay, and with it perhaps the author, that there was something to copy.
  std::vector<log::Plain> plains = log::plain_mine(events, ours_place(), copies);
  while (plains.size() > kMostMineRecords) {
    events.pop_back();
    plains = log::plain_mine(events, ours_place(), copies);
  }
  log::Head head = log::Head::of(*line.stream);
  const crypto::Key& key = *line.stream->key(line.stream->table().epoch);
  std::vector<wire::Record> records;
  for (const log::Plain& plain : plains) records.push_back(log::seal_event(head, key.view(), *keys_, plain, entropy_));
  beat_due_ = false;
  last_beat_ = now.ms;
  append(line, std::move(records), false, false);
  for (const std::uint64_t number : nothing_left) drop_command(number);
  for (const Queued& queued : refused) refuse_later(queued, now);
}

bool Client::fits_a_beat(const std::vector<log::NewEvent>& events) const {
  return log::plain_mine(events, ours_place()).size() <= kMostMineRecords;
}

std::optional<log::Place> Client::ours_place() const {
  const Line* line = ours();
  if (line == nullptr || line->stream->empty()) return std::nullopt;
  if (const auto& told = local_.handed_over; told && coming_over() && told->position >= line->stream->next()) {
    return log::Place{.stream = told->stream, .position = told->position, .history = told->history};
  }
  return log::Place{
      .stream = line->stream->id(), .position = line->stream->next() - 1, .history = line->stream->history()};
}

void Client::append(Line& line, std::vector<wire::Record> records, bool wake, bool resend,
                    const std::vector<wire::Record>& ahead) {
  InFlight flight{.request = next_request_++, .raw = {}, .resend = resend};
  for (const wire::Record& record : records) flight.raw.push_back(wire::encode(record));
  if (!resend) {
    for (const wire::Record& record : records) line.unanswered.push_back(wire::history_hash(record.header));
    if (line.unanswered.size() > kMostUnanswered) {
      line.unanswered.erase(line.unanswered.begin(), line.unanswered.end() - kMostUnanswered);
    }
    keep_unanswered(line);
  }
  wire::Append message{
      .request = flight.request, .stream = line.stream->id(), .wake = wake, .records = flight.raw, .ahead = {}};
  for (const wire::Record& record : ahead) message.ahead.push_back(wire::encode(record));
  send(message);
  line.in_flight = std::move(flight);
}

}  // namespace attune::client
