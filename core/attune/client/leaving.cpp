// Leaving the shared space, alone and at once (PROTOCOL.md 5, 7).
#include "attune/client/client.h"

namespace attune::client {

bool Client::closed() const {
  const Line* line = ours();
  return profile_ && line != nullptr && (line->stream->table().closed || profile_->closing.value_or(false));
}

bool Client::close_unsaid() const {
  return closed() && !ours()->stream->table().closed && !profile_->close_said.value_or(false);
}

void Client::leave_ours(Now now) {
  if (ours() == nullptr) return;
  refused_.clear();  // what was none that continues mine may yet be the one I share
  profile_->left.push_back(*profile_->ours);
  drop_ours(now);
}

/// Nothing of it stays here; the words of what was still to be sent to it are kept.
void Client::drop_ours(Now now) {
  drop_line(*profile_->ours);
  profile_->ours.reset();
  profile_->closing.reset();  // a tap that was for this space closes no other
  profile_->close_said.reset();
  forget_earlier();
  keep_profile();
  rebuild_history();
  std::vector<Queued> orphaned;
  for (const auto& [number, queued] : queue_) {
    if (queued.to_ours) orphaned.push_back(queued);
  }
  for (const Queued& queued : orphaned) refuse_later(queued, now);
}

/// The tap counts at once; the record that says so to the other goes out when the relay can be reached.
Result<> Client::close_ours(Now now) {
  if (!paired()) return refuse(space::kNotPaired);
  if (closed()) return refuse(space::kReadingOnly);
  profile_->closing = true;
  keep_profile();
  changed();
  settle(now);
  refused_.clear();  // what was none that continues mine may yet be the one I share
  meet_next(now);  // another device of mine may have begun another one
  return {};
}

/// Where the relay's history is not mine, mine can not be closed there. The other may be on the relay's: it is closed
/// on top of what the relay says is newest, which nobody has to believe for that.
void Client::send_close_of_fork(Line& line) {
  if (!profile_->closing.value_or(false) || profile_->close_said.value_or(false)) return;
  if (!line.relay_next || *line.relay_next == 0) return;
  log::Head head{.stream = line.stream->id(),
                 .next = *line.relay_next,
                 .history = line.relay_history,
                 .epoch = line.stream->table().epoch};
  const wire::Record record = log::make_control(head, *keys_, wire::Close{});
  append(line, {record}, false, false);
  line.in_flight->leaving = true;
}

void Client::put_aside_ours() {
  if (ours() == nullptr) return;
  profile_->left.push_back(*profile_->ours);
  lines_.erase(*profile_->ours);
  profile_->ours.reset();
  profile_->closing.reset();
  profile_->close_said.reset();
  forget_earlier();
  keep_profile();
  local_.looked = 0;
  local_.step_check.reset();
  local_.parted.reset();
  local_.parted_there.reset();
  put("local", schema::to_json(local_));
  rebuild_history();
}

}  // namespace attune::client
