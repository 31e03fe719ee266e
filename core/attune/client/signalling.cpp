// Signals of a room two people are in at once (space/signal.h): kept in memory, believed for some seconds.
#include "attune/client/client.h"

namespace attune::client {

namespace {

// Whoever sends or replays signals makes me answer so many at once, and one a second behind them: less than a relay
// takes.
constexpr std::int64_t kAnswerEvery = 1'000;  // ms
constexpr std::int64_t kAnswersAtOnce = 4;
constexpr std::size_t kMostRetired = 64;

}  // namespace

/// The key of the room, if its first record is stored in the history that is written to now.
std::optional<crypto::Key> Client::room_key(const EventId& item) const {
  const Line* line = ours();
  if (line == nullptr || !paired() || closed() || forked(*line)) return std::nullopt;
  const auto positions = history_.positions_of(wire::StreamKind::ours, item);
  const crypto::Key* key = line->stream->key(line->stream->table().epoch);
  if (positions.empty() || key == nullptr) return std::nullopt;
  return space::signal_key(*key, line->stream->history_at(positions.front()));
}

Result<> Client::say_signal(const SaySignal& request) {
  if (!started()) return refuse(space::kNotStarted);
  if (!room_ || room_->item != request.item) {
    Room room;
    room.item = request.item;
    room.token = crypto::random_fixed<space::SignalToken>(entropy_);
    room_ = room;
  }
  room_->mine = request.say;
  const bool sent = send_signal();
  if (request.say == space::Say::left) room_.reset();
  if (!sent) return refuse(kNotConnected);
  return {};
}

bool Client::send_signal() {
  if (session_ != Session::welcomed || elsewhere() || signals_unknown_there_ == dialled_) return false;
  Line* line = ours();
  const auto key = room_key(room_->item);
  if (!key || !line->told) return false;
  const space::Signal signal{
      .counter = ++signals_said_, .say = room_->mine, .token = room_->token, .heard = room_->echo};
  send(wire::Signal{.stream = line->stream->id(), .bytes = space::seal_signal(signal, *key, keys_->sign, entropy_)});
  return true;
}

void Client::answer_signal(Now now) {
  std::int64_t& free_at = room_->answers_free_at;
  const std::int64_t most = kAnswersAtOnce * kAnswerEvery;
  if (free_at > now.ms + most) free_at = now.ms;  // the clock was set back
  if (free_at > now.ms + most - kAnswerEvery) return;
  free_at = std::max(free_at, now.ms) + kAnswerEvery;
  send_signal();
}

void Client::take(const wire::Signalled& frame, Now now) {
  // A relay hands signals only to a device that has said one (PROTOCOL.md, Signals).
  if (signals_said_ == 0) return hang_up(now, kServerFault);
  const Line* line = ours();
  if (!room_ || line == nullptr || frame.stream != line->stream->id()) return;
  const wire::Seat* seat = line->stream->table().seat(frame.from);
  const bool of_the_other =
      seat != nullptr && !seat->removed_at && seat->member.role == wire::Role::device && seat->member.person != me();
  const auto key = room_key(room_->item);
  if (!of_the_other || !key) return;
  const auto signal = space::open_signal(frame.bytes, *key, frame.from);
  if (!signal) return;
  if (signal->heard == room_->token) return believe(frame.from, *signal, now);
  // Whoever speaks has not heard this stay of mine, or it is a replay from before it: only an answer will tell.
  room_->echo = signal->token;
  answer_signal(now);
}

/// It says what only this stay of mine has told; still, it may be played back from earlier in it.
void Client::believe(const SignKey& from, const space::Signal& signal, Now now) {
  HeardFrom& heard = room_->heard[from];
  if (std::ranges::find(heard.retired, signal.token) != heard.retired.end()) return;
  const bool first = signal.token != heard.token;
  if (!first && signal.counter <= heard.counter) return;
  if (first && heard.token != space::SignalToken{}) heard.retired.push_back(heard.token);
  heard.token = room_->echo = signal.token;
  heard.counter = signal.counter;
  room_->heard_at = now.ms;
  if (room_->other != signal.say) changed();
  room_->other = signal.say;
  if (heard.retired.size() > kMostRetired) {
    // With another token of mine nothing from before is believed, so nothing of it has to be remembered.
    room_->token = crypto::random_fixed<space::SignalToken>(entropy_);
    room_->heard.clear();
  }
  if (first) answer_signal(now);
}

/// A device that has not been heard for long is not there any more, as far as one can know.
void Client::mind_the_room(Now now) {
  if (!room_ || !room_->other) return;
  const bool set_back = now.ms < room_->heard_at;
  if (now.ms - room_->heard_at < kHeardFor && !set_back) return;
  room_->other.reset();
  changed();
}

PresenceView Client::presence_view() const {
  PresenceView out;
  if (!room_) return out;
  out.item = room_->item;
  if (!room_->other) return out;
  switch (*room_->other) {
    case space::Say::here: out.other = OtherIs::here; break;
    case space::Say::paused: out.other = OtherIs::paused; break;
    case space::Say::away: out.other = OtherIs::away; break;
    case space::Say::left: out.other = OtherIs::left; break;
  }
  return out;
}

/// A relay from before signals hangs up on them. True: that may be why it did; it is told none any more.
bool Client::signals_unknown() {
  if (!room_ || signals_said_ == 0 || signals_unknown_there_ == dialled_) return false;
  signals_unknown_there_ = dialled_;
  return true;
}

}  // namespace attune::client
