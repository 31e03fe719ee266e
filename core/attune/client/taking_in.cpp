// What a relay hands over: checked, folded, kept, and whatever is wrong with it named.
#include "attune/client/client.h"
#include "attune/log/planted.h"

namespace attune::client {

bool Client::ingest(Line& line, const std::vector<Bytes>& raw, Now now) {
  if (raw.empty()) return true;
  const std::uint64_t from = line.stream->next();
  std::optional<wire::Record> against;
  auto batch = line.stream->check(raw, &against);
  if (!batch) {
    if (batch.error() != Error(log::kFork)) {
      // Of two histories this one is held on to: what goes on in the other does not fit, and that is no new fault.
      if (!forked(line)) hang_up(now, kServerFault);
      return false;
    }
    if (!recovering_ && !kept(line)) {
      const StreamId id = line.stream->id();
      refused_.insert(id);
      drop_line(id);
      return false;
    }
    // The first contradiction is kept, signed as it is; what it contradicts is a record of mine.
    if (!forked(line)) {
      local_.forked.push_back(line.stream->id());
      put("local", schema::to_json(local_));
      against->skeleton.reset();
      against->content.reset();
      put_raw(evidence_row(line.stream->id()), wire::encode(*against));
    }
    if (&line == ours()) part_at(line, *against);
    notice(&line == mine() ? kForkOfMine : log::kFork, now);
    return false;
  }
  const bool ends = &line == ours() && batch->table.closed && !line.stream->table().closed;
  if (ends) refused_.clear();  // what was none that continues mine may yet be the one I share
  const auto filled = line.stream->admit(std::move(*batch));
  after_ingest(line, from, filled, now);
  return true;
}

/// Across both streams, since there is one sentence for it; it goes once everything has come, or an erase for it: a
/// relay that is being given history back may hold a record before it holds what erased its content.
void Client::name_withheld(Now now) {
  const bool any = std::ranges::any_of(lines_, [&](const auto& entry) {
    const bool counts = recovering_ || &entry.second == mine() || &entry.second == ours();
    return counts && !entry.second.stream->withheld().empty();
  });
  if (any) {
    notice(log::kWithheld, now);
  } else if (notices_.erase(std::string(log::kWithheld.name)) > 0) {
    remove("n/" + std::string(log::kWithheld.name));
    changed();
  }
}

void Client::after_ingest(Line& line, std::uint64_t from, const std::vector<std::uint64_t>& filled, Now now) {
  changed();
  // What others founded with my key in it says nothing of me; it is named once it proves to be mine, from its
  // beginning.
  if (recovering_ || !stays(line)) return;
  if (kept(line)) {
    if (removed(line)) notice(kNotAMemberAnyMore, now);
    if (removed(line) && &line == mine() && coming_over() && !paired()) {  // nothing more comes here
      joining_.reset();
      remove("join");
    }
    look_for_strangers(line, from, now);
  }
  for (const std::uint64_t at : filled) {
    put_raw(record_row(line.stream->id(), at), line.stream->row(at));
  }
  if (&line == mine()) fold_news(line, wire::StreamKind::mine, now);
  if (&line == ours()) fold_news(line, wire::StreamKind::ours, now);
  keep_line(line);  // a successor says nothing before both have agreed, and what comes over nothing before it is in
}

/// Sealed here and sent before a crash, a record of mine is known by its R. Anything else in my name is news to me.
void Client::look_for_strangers(Line& line, std::uint64_t from, Now now) {
  const std::size_t waiting = line.unanswered.size();
  for (std::uint64_t at = from; at < line.stream->next(); ++at) {
    if (line.stream->voided(at)) notice(log::kVoid, now);
    if (at == 0 || line.stream->view(at).header.author != keys_->sign) {
      line.unanswered.clear();  // a place that another record has taken is none that mine can turn up in
    } else if (std::erase(line.unanswered, line.stream->history_at(at)) == 0) {
      notice(log::kUnknownRecordInMyName, now);
    }
  }
  if (line.unanswered.size() != waiting) keep_unanswered(line);
}

void Client::keep_unanswered(const Line& line) {
  if (line.unanswered.empty() || log::planted().forget_sent) return remove(in_flight_row(line.stream->id()));
  Writer row;
  for (const Hash& history : line.unanswered) row.fixed(history);
  put_raw(in_flight_row(line.stream->id()), std::move(row).take());
}

/// The relay says that it has not stored these.
void Client::forget_unanswered(Line& line, const InFlight& flight) {
  if (flight.resend) return;
  for (const Bytes& raw : flight.raw) {
    const auto record = wire::decode_record(raw);
    if (record) std::erase(line.unanswered, wire::history_hash(record->header));
  }
  keep_unanswered(line);
}

/// Every record of *mine* names where *ours* stood for the device that wrote it, and so does a device that lets
/// another in: two places of my own that contradict each other show a fork without anybody comparing words.
void Client::check_place(Now now) {
  Line* line = ours();
  if (line == nullptr || forked(*line)) return;
  const auto contradicts = [&](const auto& seen) {
    return seen && seen->stream == line->stream->id() && seen->position < line->stream->next() &&
           line->stream->history_at(seen->position) != seen->history;
  };
  const auto& seen = history_.ours_seen();
  std::optional<std::uint64_t> parted = contradicts(seen) ? std::optional(seen->position) : std::nullopt;
  if (const auto& told = local_.handed_over; contradicts(told)) {
    parted = std::min(parted.value_or(told->position), told->position);
  }
  if (const Line* shown = ahead_ ? ahead_->ours() : nullptr) {
    const HandedOver place{
        .stream = shown->stream->id(), .position = shown->stream->next() - 1, .history = shown->stream->history()};
    if (contradicts(std::optional(place))) parted = std::min(parted.value_or(place.position), place.position);
  }
  if (!parted) return;
  local_.parted = std::min(local_.parted.value_or(*parted), *parted);
  local_.forked.push_back(line->stream->id());
  put("local", schema::to_json(local_));
  notice(log::kFork, now);
}

/// A record that counts as mine, by a key that *mine* has never known, was written by no device of mine. Looked at one
/// message later than it came, and with all of *mine* here: what brings a device into *mine* may arrive just behind the
/// first thing it says in *ours*. Until then the relay is asked once more what *mine* holds.
void Client::name_strangers(Now now) {
  const Line* shared = ours();
  Line* own = mine();
  if (recovering_ || shared == nullptr || own == nullptr) return;
  for (; own->caught_up() && compared_ < compare_to_; ++compared_) {
    const SignKey author = shared->stream->view(compared_).header.author;
    const wire::Seat* seat = shared->stream->table().seat(author);
    if (seat == nullptr || seat->member.person != me() || own->stream->table().seat(author) != nullptr) continue;
    notice(log::kUnknownRecordInMyName, now);
  }
  compare_to_ = shared->stream->next();
  const bool stranger = std::ranges::any_of(shared->stream->table().seats, [&](const wire::Seat& seat) {
    const bool new_here = seat.added_at >= compared_ && seat.member.person == me() && !seat.removed_at;
    return new_here && own->stream->table().seat(seat.member.sign) == nullptr;
  });
  if (!stranger || !own->caught_up()) return;
  own->following = own->told = false;
  follow(*own);
}

void Client::fold_news(Line& line, wire::StreamKind kind, Now now) {
  if (!line.stream->unlock(*keys_)) notice(log::kBadKeyBox, now);
  refresh_sealing();
  fold_slice(line, kind, now);
}

/// What has come is folded so much at a time that whoever waits for an answer gets it in between: the key of ten years
/// comes with their last records, and then they can be read all at once.
void Client::fold_slice(Line& line, wire::StreamKind kind, Now now) {
  if (kind == wire::StreamKind::ours && mine()->folding) {  // what was opened stands there
    line.folding = true;
    return keep_line(line);
  }
  const std::uint64_t voided_before = history_.voided();
  // What continues another stream says nothing before that is here.
  const bool waits = kind == wire::StreamKind::ours && missing_earlier() && !earlier_refused_;
  const std::uint64_t end = history_.folded_to(kind) + log::planted().fold_slice;
  const auto events = waits ? std::vector<EventId>{} : history_.follow(*line.stream, kind, end);
  line.folding = history_.folded_to(kind) == end && end < line.stream->next();
  check_place(now);
  if (history_.voided() > voided_before) notice(log::kUnreadable, now);
  if (line.stream->read_only() || !history_.newer().empty()) notice(log::kUnknownControl, now);
  changed();
  if (kind == wire::StreamKind::ours) {
    copy_what_goes(taken_away(line, events), now);
    let_go_earlier(events);
  }
  // Before it is known what was opened of it, nothing goes.
  const bool known = !line.folding && (!coming_over() || history_.followed(*line.stream, kind));
  if (known) {
    for (const std::uint64_t at : line.stream->drop_erased()) {
      if (at < line.stored) put_raw(record_row(line.stream->id(), at), line.stream->row(at));
    }
  }
  keep_line(line);
  keep_snapshot();
  settle(now);
}

void Client::fold_on(Now now) {
  if (recovering_) return;
  if (Line* line = mine(); line != nullptr && line->folding) fold_slice(*line, wire::StreamKind::mine, now);
  if (Line* line = ours(); line != nullptr && line->folding) fold_slice(*line, wire::StreamKind::ours, now);
  if (coming_over() && paired()) come_over(now);
}

}  // namespace attune::client
