// How all of a log comes over to a new device of the same person, and what it may do before it is there.
//
// Every batch is checked on arrival and kept at once, so that a line that breaks costs nothing of it: of *mine* from
// "same words" on, of *ours* from its genesis on. *Mine* is taken up whole (own_devices.cpp). *Ours* is shown, and
// written to on this phone, from its first batch; nothing is sent to it, no opening, no control record, no epoch, until
// it has come as far as the device that let this one in has vouched for, with the record that brought this one in.
#include <algorithm>

#include "attune/client/client.h"

namespace attune::client {

namespace {

constexpr std::uint64_t kMuch = 512;  // entries still to come; fewer are one message of the relay

}  // namespace

/// The *mine* of the device I have compared words with, as long as it is not taken up.
std::optional<StreamId> Client::mine_to_be() const {
  if (recovering_ || started() || !active(joining_) || !joining_->own()) return std::nullopt;
  if (joining_->state != JoiningState::approved) return std::nullopt;
  const auto m1 = space::decode_m1(joining_->m1);
  return m1 ? std::optional(m1->self) : std::nullopt;
}

/// Its records are kept as they come.
bool Client::stays(const Line& line) const { return kept(line) || line.stream->id() == mine_to_be(); }

/// Nothing comes of it.
void Client::forget_mine_to_be() {
  if (const auto id = mine_to_be()) drop_line(*id);
  drop_ahead();
}

void Client::drop_line(const StreamId& id) {
  const auto at = lines_.find(id);
  if (at == lines_.end()) return;
  for (std::uint64_t row = 0; row < at->second.stored; ++row) remove(record_row(id, row));
  lines_.erase(at);
}

/// Is it here? Then it is like any other device's. A stream that turns out not to be the one is let go.
void Client::come_over(Now now) {
  const Line& line = *ours();
  const StreamId id = *profile_->ours;
  const Fit found = fit(*line.stream);
  if (found == Fit::no) {
    refused_.insert(id);
    drop_ours(now);
    drop_ahead();  // what it was vouched to be has not come, and does not
    if (removed(*mine())) {  // nothing more comes here
      joining_.reset();
      remove("join");
    }
    return;
  }
  const auto& vouched = local_.handed_over;
  const bool here = !vouched || vouched->stream != id || vouched->position < line.stream->next();
  if (found != Fit::yes || !here || !line.caught_up() || line.folding || mine()->folding) return;
  local_.looked = std::max(local_.looked, history_.behind() + line.stream->next());
  put("local", schema::to_json(local_));
  joining_.reset();
  remove("join");
  changed();
  settle(now);
  meet_successor();
}

std::optional<ComingView> Client::coming_view() const {
  if (recovering_ || (!started() && !ahead_)) return std::nullopt;
  ComingView out;
  bool much = (coming_over() && paired()) || ahead_;
  const auto known = [&](const StreamId& id) -> std::uint64_t {
    const auto& told = local_.handed_over;
    const auto seen = ahead_ ? ahead_->lines_.find(id) : lines_.end();
    return std::max(coming_over() && told && told->stream == id ? told->position + 1 : 0,
                    ahead_ && seen != ahead_->lines_.end() ? seen->second.stream->next() : 0);
  };
  for (const auto& [id, line] : lines_) {
    if (!stays(line) && !fetched(line)) continue;
    const std::uint64_t total = std::max({line.relay_next.value_or(0), line.stream->next(), known(id)});
    out.done += line.stream->next();
    out.total += total;
    out.reading = out.reading || line.folding;
    much = much || (line.told && !forked(line) && total - line.stream->next() > kMuch);
  }
  if (ahead_) {
    out.checking = true;
    out.entering = !started();
    for (const auto& [id, line] : ahead_->lines_) out.total += lines_.contains(id) ? 0 : line.stream->next();
  }
  out.reading = out.reading && out.done == out.total;
  const bool folding = std::ranges::any_of(lines_, [](const auto& entry) { return entry.second.folding; });
  if (!much && !folding) return std::nullopt;
  return out;
}

}  // namespace attune::client
