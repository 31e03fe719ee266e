// Going on together behind a fork: one proposes, the other says yes, and what both have in common goes on in another
// stream (PROTOCOL.md 6; what makes a proposal one that can be put to a person is space/mending.h's to say).
#include <ranges>

#include "attune/client/client.h"
#include "attune/log/writer.h"
#include "attune/practices/newest_first.h"

namespace attune::client {

namespace {

constexpr std::uint64_t kLookBack = 64;  // positions looked through for a time to show

/// When the newest thing up to a place was said, as its author wrote it. None: nothing with a time near it.
std::optional<At> said_at(const log::Stream& stream, std::uint64_t position) {
  for (std::uint64_t back = 0; back < kLookBack && back <= position; ++back) {
    const wire::Record& record = stream.records()[position - back].record;
    const crypto::Key* key = stream.key(record.header.epoch);
    if (record.header.cls != wire::Class::event || !record.content || key == nullptr) continue;
    const auto text = log::open_content(stream.id(), record, key->view());
    const auto json = text ? log::read_content(wire::StreamKind::ours, *text, 0) : Result<Json>(refuse(kServerFault));
    At at;
    if (json && json->is_object() && json->contains("at") && schema::read((*json)["at"], at)) return at;
  }
  return std::nullopt;
}

/// Two devices of mine that write the same thing again write it once.
EventId id_again(const EventId& event) {
  return EventId::copy_of(wire::tagged_hash("again", {event.view()}).view().first(EventId::kSize));
}

}  // namespace

const Client::Line* Client::successor() const {
  if (recovering_ || !profile_ || !profile_->mending) return nullptr;
  const auto at = lines_.find(profile_->mending->stream);
  return at == lines_.end() ? nullptr : &at->second;
}
Client::Line* Client::successor() { return const_cast<Line*>(std::as_const(*this).successor()); }  // NOLINT

// ---- where the two histories part ----

/// What contradicts mine says where, and whether the place before it is still the same.
void Client::part_at(const Line& line, const wire::Record& against) {
  const std::uint64_t at = against.header.position;
  const log::Stream& stream = *line.stream;
  const bool follows_mine = at > 0 && at <= stream.next() && against.header.prev == stream.history_at(at - 1);
  const std::uint64_t parted = follows_mine ? at : std::max<std::uint64_t>(at, 2) - 1;
  if (local_.parted && *local_.parted <= parted && !follows_mine) return;
  local_.parted = std::min(local_.parted.value_or(parted), parted);
  local_.parted_there = follows_mine && local_.parted == parted;
  put("local", schema::to_json(local_));
}

/// The relay is asked for what stands further back, until it shows the first record that is another than mine.
void Client::seek_parting(Line& line) {
  if (local_.parted_there.value_or(false) || !local_.parted || *local_.parted <= 1) return;
  const std::uint64_t from = *local_.parted > seek_step_ ? *local_.parted - seek_step_ : 0;
  if (seek_step_ > *local_.parted) return;  // asked from the beginning already
  seek_step_ *= 2;
  line.following = true;
  send(wire::Follow{.stream = line.stream->id(), .from = from});
}

/// The last place of *ours* that can be proposed. None: no second history is known of.
std::optional<std::uint64_t> Client::common_place() const {
  const Line* line = ours();
  if (line == nullptr || line->stream->empty() || closed()) return std::nullopt;
  const log::Stream& stream = *line->stream;
  std::uint64_t parted = local_.parted.value_or(stream.next());
  bool known = forked(*line);
  // What a person has scanned or typed of the other phone: only their own tap makes it count.
  if (const auto other = local_.step_check ? space::read_step_code(*local_.step_check)
                                           : Result<log::Place>(refuse(space::kBadStepCode))) {
    const bool differs = other->stream == stream.id() && other->position < stream.next() &&
                         stream.history_at(other->position) != other->history;
    if (differs) parted = std::min(parted, other->position);
    known = known || differs;
  }
  if (!known || parted == 0) return std::nullopt;
  const std::uint64_t back = places_missed_ == 0 ? 1 : std::uint64_t{1} << std::min<std::uint32_t>(places_missed_, 32);
  const std::uint64_t place = std::min(parted > back ? parted - back : 0, stream.next() - 1);
  // What is not read yet can not be vouched for.
  const std::uint64_t read = history_.folded_to(wire::StreamKind::ours);
  if (read == 0) return std::nullopt;
  return std::min(place, read - 1);
}

// ---- proposing and saying yes ----

void Client::stop_writing(const StreamId& id) {
  if (std::ranges::find(local_.forked, id) != local_.forked.end()) return;
  local_.forked.push_back(id);
  put("local", schema::to_json(local_));
}

Result<> Client::mend(Now now) {
  if (!paired()) return refuse(space::kNotPaired);
  if (closed()) return refuse(space::kReadingOnly);
  if (const Line* line = successor(); line != nullptr && !forked(*line)) {
    if (profile_->mending->confirmed || agreed_by_me(*line)) return {};
    return refuse(space::kNothingToMend);  // what the other proposes waits for a yes of its own
  }
  return propose(now);
}

Result<> Client::propose(Now now) {
  const auto place = common_place();
  if (!place || mine() == nullptr) return refuse(space::kNothingToMend);
  const log::Stream& stream = *ours()->stream;
  std::vector<wire::Member> members = space::members_at(stream, *place);
  const wire::Table& own = mine()->stream->table();
  std::erase_if(
      members, [&](const wire::Member& member) { return member.person == me() && own.member(member.sign) == nullptr; });
  const bool in_it = std::ranges::any_of(members, [&](const auto& member) { return member.sign == keys_->sign; });
  if (!in_it) return refuse(space::kNothingToMend);
  const At at{.ms = now.ms, .offset = now.offset_minutes};
  TRY(founded, space::found_behind(stream, *place, std::move(members), *keys_, at, entropy_));
  give_up_successor();
  stop_writing(stream.id());
  const StreamId id = founded->id();
  Line line;
  line.stream = std::move(founded);
  if (session_ == Session::welcomed && !elsewhere()) line.relay_next = 0;
  keep_line(line);
  lines_.emplace(id, std::move(line));
  profile_->mending = Mending{.stream = id, .mine = true, .confirmed = true, .posted = false};
  keep_profile();
  changed();
  return {};
}

Result<> Client::mend_confirm(const MendConfirm& request, Now now) {
  const Line* line = successor();
  if (line == nullptr || closed() || profile_->mending->stream != request.stream) {
    return refuse(space::kNothingToMend);
  }
  if (profile_->mending->confirmed || forked(*line)) return {};
  profile_->mending->confirmed = true;
  keep_profile();
  stop_writing(*profile_->ours);
  changed();
  go_on_in_successor(now);
  return {};
}

/// A yes of mine, by a device that still belongs to me.
bool Client::agreed_by_me(const Line& line) const {
  const auto by = space::agreed_in(*line.stream).by[me()];
  return by && mine() != nullptr && mine()->stream->table().member(*by) != nullptr;
}

/// What the relay lists for my key while I have a space: it may be what the other proposes.
void Client::meet_successor() {
  if (session_ != Session::welcomed || recovering_ || elsewhere() || !together() || ours()->stream->empty()) return;
  if (coming_over()) return;  // it names a place that may still be on its way here
  constexpr std::size_t kMostLines = 8;
  constexpr std::size_t kMostMet = 48;
  for (const wire::Known& known : known_) {
    if (known.kind != wire::StreamKind::ours || line_of(known.stream) != nullptr) continue;
    if (refused_.contains(known.stream) || earlier_.contains(known.stream)) continue;
    if (std::ranges::find(profile_->left, known.stream) != profile_->left.end()) continue;
    if (lines_.size() >= kMostLines || met_ >= kMostMet) return;
    ++met_;
    Line line;
    line.stream = std::make_unique<log::Stream>(known.stream);
    line.relay_next = known.head + 1;
    follow(lines_.emplace(known.stream, std::move(line)).first->second);
  }
}

void Client::mind_successor(Now now) {
  if (recovering_ || !started() || !together() || ours()->stream->empty()) return;
  take_up_earlier(now);
  if (coming_over()) return;
  std::vector<StreamId> looked_at;
  for (const auto& [id, line] : lines_) {
    if (!kept(line) && !fetched(line)) looked_at.push_back(id);
  }
  bool let_go = false;
  for (const StreamId& id : looked_at) {
    if (weigh(id, lines_.at(id), now)) continue;
    let_go = true;
    lines_.erase(id);
  }
  if (Line* line = successor()) {
    // Its keys may just have come.
    [[maybe_unused]] const auto unlocked = line->stream->unlock(*keys_);
    if (line->told && !profile_->mending->posted) {
      profile_->mending->posted = true;
      keep_profile();
    }
    if (line->stream->table().closed) {
      give_up_successor();
    } else {
      go_on_in_successor(now);
    }
  }
  if (let_go) meet_successor();
}

/// False: it is nothing to me, or not any more.
bool Client::weigh(const StreamId& id, Line& line, Now now) {
  // A box that does not open is as good as none: it will not be found to fit.
  [[maybe_unused]] const auto unlocked = line.stream->unlock(*keys_);
  const auto verdict = space::judge(*line.stream, *ours()->stream, mine()->stream->table(), *profile_->mine);
  if (verdict == space::Verdict::not_yet) return true;
  if (verdict == space::Verdict::fits) {
    if (!line.caught_up()) return true;
    const Line* other = successor();
    // What I have said yes to I hold on to, or both of us might go on in two.
    const bool bound = other != nullptr && profile_->mending->confirmed && !profile_->mending->mine;
    const bool both = space::agreed_in(*line.stream).both() && agreed_by_me(line);
    if (other != nullptr && !forked(*other) && !both) {
      if (bound || !space::goes_before(*line.stream, *other->stream)) {
        refused_.insert(id);
        return false;
      }
    }
    give_up_successor();
    profile_->mending = Mending{.stream = id, .mine = false, .confirmed = false, .posted = true};
    keep_profile();
    keep_line(line);
    changed();
    return true;
  }
  refused_.insert(id);
  if (verdict == space::Verdict::refused) notice(kMendRefused, now);
  if (verdict == space::Verdict::another_history) {
    // A device of ours signed a place that mine contradicts: that is a second history, whoever showed it.
    const std::uint64_t at = space::continued_by(*line.stream)->position;
    if (!forked(*ours())) notice(log::kFork, now);
    if (!local_.parted || at < *local_.parted) {
      local_.parted = at;
      local_.parted_there.reset();
    }
    ++places_missed_;
    stop_writing(ours()->stream->id());
    put("local", schema::to_json(local_));
    const Line* mine_too = successor();
    const bool in_vain = mine_too != nullptr && profile_->mending->mine &&
                         space::continued_by(*mine_too->stream)->position >= *local_.parted;
    // The tap was for mending, wherever that begins: what I named is not the other's either.
    if (in_vain) {
      [[maybe_unused]] const auto again = propose(now);
    }
  }
  return false;
}

void Client::give_up_successor() {
  if (!profile_ || !profile_->mending) return;
  const StreamId id = profile_->mending->stream;
  if (const Line* line = line_of(id)) {
    for (std::uint64_t at = 0; at < line->stream->next(); ++at) remove(record_row(id, at));
    remove(in_flight_row(id));
  }
  profile_->left.push_back(id);
  profile_->mending.reset();
  keep_profile();
  lines_.erase(id);
  changed();
}

/// A device of mine that has no place any more is taken out before I say yes: nothing is said before that.
std::optional<wire::Control> Client::owed_by_successor(const Line& line) {
  const wire::Table& own = mine()->stream->table();
  std::vector<SignKey> removes;
  for (const wire::Seat& seat : line.stream->table().seats) {
    if (!seat.removed_at && seat.member.person == me() && own.member(seat.member.sign) == nullptr) {
      removes.push_back(seat.member.sign);
    }
  }
  if (removes.empty()) return std::nullopt;
  return space::replace_members(*line.stream, {}, std::move(removes), entropy_);
}

void Client::pump_successor(Line& line) {
  if (line.in_flight || line.retry_at || !line.relay_next || forked(line)) return;
  if (!seated(line) && !line.following) {
    if (removed(line)) return;
    std::vector<wire::Record> records;
    for (const log::Held& held : line.stream->records()) records.push_back(held.record);
    // The other's phone is called: it is asked something.
    return append(line, std::move(records), true, true);
  }
  if (!line.following) return follow(line);
  if (!line.told || !line.caught_up() || line.stream->table().closed) return;
  log::Head head = log::Head::of(*line.stream);
  if (profile_->closing.value_or(false)) {
    return append(line, {log::make_control(head, *keys_, wire::Close{})}, false, false);
  }
  const crypto::Key* key = line.stream->key(line.stream->table().epoch);
  if (!profile_->mending->confirmed || agreed_by_me(line) || key == nullptr || !mine()->caught_up()) return;
  if (mine()->stream->table().member(keys_->sign) == nullptr) return;
  if (const auto owed = owed_by_successor(line)) {
    return append(line, {log::make_control(head, *keys_, *owed)}, false, false);
  }
  const space::Agreed agreed = space::agreed_in(*line.stream);
  if (!agreed.handed_on) return;
  const log::NewEvent yes =
      space::yes_to(*space::continued_by(*line.stream), *agreed.handed_on, crypto::random_fixed<EventId>(entropy_));
  append(line, {log::seal_event(head, key->view(), *keys_, log::plain_ours(yes), entropy_)}, true, false);
}

// ---- going on ----

/// Both have said yes: what is common is the beginning, and what waits here is sent in the new stream.
void Client::go_on_in_successor(Now now) {
  const Line* line = successor();
  if (line == nullptr || !together() || line->stream->table().closed) return;
  if (!space::agreed_in(*line->stream).both()) return;
  if (!profile_->mending->confirmed && !agreed_by_me(*line)) return;
  const StreamId before = *profile_->ours;
  const auto continues = space::continued_by(*line->stream);
  const std::uint64_t from = history_.behind() + continues->position + 1;
  const std::vector<practices::LeftOut> left = left_out(history_.fold(), history_, from);
  const std::vector<EventId> taken_back = took_back(history_.fold(), from);

  if (!profile_->earlier) profile_->earlier.emplace();
  profile_->earlier->push_back(before);
  profile_->left.push_back(before);
  profile_->ours = profile_->mending->stream;
  profile_->mending.reset();
  keep_profile();
  earlier_.emplace(before, std::move(lines_.at(before).stream));
  lines_.erase(before);
  local_.looked = std::min(local_.looked, from);
  local_.step_check.reset();
  local_.parted.reset();
  local_.parted_there.reset();
  seek_step_ = 1;
  places_missed_ = 0;
  put("local", schema::to_json(local_));
  if (notices_.erase(std::string(log::kFork.name)) > 0) remove("n/" + std::string(log::kFork.name));
  rebuild_history();
  beat_due_ = true;  // which stream is ours now is told to my other devices
  for (const practices::LeftOut& each : left) write_again(each, now);
  for (const EventId& item : taken_back) {
    [[maybe_unused]] const auto again =
        enqueue(TakeItemBack::kName, schema::to_json(TakeItemBack{.item = item}), 0, now, false);
  }
  settle(now);
}

std::optional<wire::Continues> Client::missing_earlier() const {
  if (recovering_ || ours() == nullptr) return std::nullopt;
  const log::Stream* next = ours()->stream.get();
  while (const auto continues = space::continued_by(*next)) {
    const auto at = earlier_.find(continues->stream);
    if (at == earlier_.end()) return continues;
    next = at->second.get();
  }
  return std::nullopt;
}

/// A device that came in behind the place is handed what stands before it, by the relay and with the key that was
/// handed on. R there says that it is that history and no other.
void Client::fetch_earlier() {
  const auto missing = missing_earlier();
  if (session_ != Session::welcomed || elsewhere() || !missing || earlier_refused_) return;
  auto at = lines_.find(missing->stream);
  if (at == lines_.end()) {
    Line line;
    line.stream = std::make_unique<log::Stream>(missing->stream);
    at = lines_.emplace(missing->stream, std::move(line)).first;
  }
  follow(at->second);
}

void Client::take_up_earlier(Now now) {
  const auto missing = missing_earlier();
  const auto at = missing ? lines_.find(missing->stream) : lines_.end();
  if (at == lines_.end()) return fetch_earlier();
  Line& line = at->second;
  if (line.stream->next() <= missing->position) return;
  if (line.stream->history_at(missing->position) != missing->history) return hang_up(now, kServerFault);
  keep_line(line);
  if (!profile_->earlier) profile_->earlier.emplace();
  profile_->earlier->insert(profile_->earlier->begin(), missing->stream);
  profile_->left.push_back(missing->stream);
  keep_profile();
  earlier_.emplace(missing->stream, std::move(lines_.at(missing->stream).stream));
  lines_.erase(missing->stream);
  rebuild_history();
  local_.looked = history_.behind() + ours()->stream->next();
  put("local", schema::to_json(local_));
  settle(now);
  fetch_earlier();
}

/// Earlier streams are the beginning of the history. False: one of them is not here, or can not be read to its end.
bool Client::follow_earlier() {
  if (missing_earlier()) return earlier_refused_;
  std::vector<std::pair<log::Stream*, std::uint64_t>> chain;
  const log::Stream* next = ours()->stream.get();
  while (const auto continues = space::continued_by(*next)) {
    log::Stream& stream = *earlier_.at(continues->stream);
    if (const auto told = space::agreed_in(*next).handed_on; told && stream.key(told->epoch) == nullptr) {
      // A key that is not the one of that place opens nothing: then the history waits, as for any key that is missing.
      [[maybe_unused]] const auto learned = stream.learn(told->epoch, told->key);
    }
    [[maybe_unused]] const auto unlocked = stream.unlock(*keys_);
    chain.emplace_back(&stream, continues->position);
    next = &stream;
  }
  for (const auto& [stream, last] : chain | std::views::reverse) {
    if (!history_.go_on_behind(*stream, last)) return false;
  }
  return true;
}

void Client::forget_earlier() {
  give_up_successor();
  profile_->earlier.reset();
  earlier_.clear();
  earlier_refused_ = false;
}

void Client::let_go_earlier(const EventId& event) {
  const auto place = history_.earlier_place(event);
  const auto stream = place ? earlier_.find(place->first) : earlier_.end();
  if (stream == earlier_.end() || !stream->second->let_go(place->second)) return;
  put_raw(record_row(place->first, place->second), wire::encode(stream->second->records()[place->second].record));
}

/// What is not to be read any more since it is over, and stands where no `erase` reaches it.
void Client::let_go_behind() {
  if (earlier_.empty() || ours() == nullptr) return;
  const space::Context with = context(history_.fold(), history_);
  practices::for_each([&]<class P>(P) {
    const auto& state = history_.fold().practices.of<P>();
    if constexpr (requires { P::gone_behind(with, state); }) {
      for (const EventId& event : P::gone_behind(with, state)) let_go_earlier(event);
    }
  });
}

/// What was taken back in this stream and stands in an earlier one: no `erase` reaches it there, so each app lets go of
/// it by itself, of all wordings it had.
void Client::let_go_earlier(const std::vector<EventId>& events) {
  if (earlier_.empty()) return;
  const space::State& space = history_.fold().space;
  const space::Context with = context(history_.fold(), history_);
  for (const auto& [of, by] : space.ours.taken_back) {
    if (std::ranges::find(events, by) == events.end() || !history_.earlier_place(of)) continue;
    let_go_earlier(of);
    for (const EventId& other : history_.earlier_events()) {
      practices::for_each([&]<class P>(P) {
        if (P::item_of(with, history_.fold().practices.template of<P>(), other) == of) let_go_earlier(other);
      });
    }
  }
}

void Client::write_again(const practices::LeftOut& left, Now now) {
  if (!left.again) return;
  Queued queued{.number = next_number_,
                .id = id_again(left.event),
                .name = left.again->first,
                .args = left.again->second,
                .at = {.ms = now.ms, .offset = now.offset_minutes},
                .not_before = 0,
                .system = false,
                .kept = true,
                .to_ours = false};
  if (history_.taken(wire::StreamKind::mine, queued.id)) return;
  ++next_number_;
  put(command_row(queued.number), schema::to_json(queued));
  queue_.emplace(queued.number, std::move(queued));
  changed();
}

std::vector<practices::LeftOut> Client::left_out(const Fold& fold, const log::Contents& contents,
                                                 std::uint64_t from) const {
  std::vector<practices::LeftOut> out;
  const space::Context with = context(fold, contents);
  practices::for_each(
      [&]<class P>(P) { std::ranges::move(P::left_out(with, fold.practices.of<P>(), from), std::back_inserter(out)); });
  return out;
}

/// Items that I took back behind a place although they stand before it: they would come back otherwise.
std::vector<EventId> Client::took_back(const Fold& fold, std::uint64_t from) const {
  std::vector<EventId> out;
  const space::Context with = context(fold, history_);
  const auto& wrote = fold.space.ours.wrote;
  for (const auto& [of, by] : fold.space.ours.taken_back) {
    const auto item = wrote.find(of);
    const auto taken = wrote.find(by);
    if (item == wrote.end() || taken == wrote.end() || taken->second.person != me()) continue;
    if (item->second.position >= from || taken->second.position < from) continue;
    practices::for_each([&]<class P>(P) {
      if (const auto found = P::item_of(with, fold.practices.of<P>(), of)) out.push_back(*found);
    });
  }
  return out;
}

// ---- views ----

MendingView Client::mending_view() {
  MendingView out;
  if (!started() || recovering_ || !together() || ours() == nullptr) return out;
  std::optional<std::uint64_t> place;
  if (const Line* line = successor(); line != nullptr && !forked(*line)) {
    const bool waiting = profile_->mending->confirmed || agreed_by_me(*line);
    out.state = waiting ? MendingState::waiting : MendingState::asked;
    out.stream = profile_->mending->stream;
    place = space::continued_by(*line->stream)->position;
  } else if ((place = common_place())) {
    out.state = MendingState::possible;
  } else if (profile_->earlier) {
    out.state = MendingState::done;
    return out;
  }
  if (!place || *place >= ours()->stream->next()) return out;
  out.until = said_at(*ours()->stream, *place);
  for (const auto& each : left_out(history_.fold(), history_, history_.behind() + *place + 1)) {
    ++(each.by_me ? out.mine : out.theirs);
  }
  return out;
}

EarlierView Client::earlier_view() {
  EarlierView out;
  if (!started() || recovering_ || ours() == nullptr || !profile_->earlier) return out;
  const std::vector<StreamId>& ids = *profile_->earlier;
  for (std::size_t at = 0; at < ids.size(); ++at) {
    History whole;
    whole.follow(*mine()->stream, wire::StreamKind::mine);
    std::uint64_t last = 0;
    bool there = true;
    for (std::size_t each = 0; each <= at && there; ++each) {
      const auto stream = earlier_.find(ids[each]);
      const bool newest = each + 1 == ids.size();
      const auto next = newest ? earlier_.end() : earlier_.find(ids[each + 1]);
      there = stream != earlier_.end() && (newest || next != earlier_.end());
      if (!there) break;
      last = space::continued_by(newest ? *ours()->stream : *next->second)->position;
      if (each < at) {
        there = whole.go_on_behind(*stream->second, last);
      } else {
        whole.follow(*stream->second, wire::StreamKind::ours);
      }
    }
    if (!there) continue;
    space::Sealing sealing = sealing_;
    sealing.ours = ids[at];
    const space::Context with{.me = me(),
                              .device = keys_->sign,
                              .paired = false,
                              .now = now_,
                              .space = whole.fold().space,
                              .contents = whole,
                              .sealing = sealing};
    practices::for_each([&]<class P>(P) {
      for (auto& left : P::left_out(with, whole.fold().practices.of<P>(), whole.behind() + last + 1)) {
        out.items.push_back({.event = left.event,
                             .kind = left.kind,
                             .prompt = std::move(left.prompt),
                             .by_me = left.by_me,
                             .text = std::move(left.text),
                             .at = left.at});
      }
    });
  }
  practices::newest_first(out.items, [](const LeftOutView& left) { return left.event; });
  return out;
}

}  // namespace attune::client
