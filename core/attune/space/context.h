// What a practice is handed with a command or a view: who I am, what the space knows, where contents are read.
#pragma once

#include "attune/space/sealed.h"
#include "attune/space/state.h"

namespace attune::space {

struct Context {
  std::uint8_t me = 0;  ///< my person in *ours*
  SignKey device;       ///< the key of this device of mine
  bool paired = false;
  Now now;  ///< the shell's clock: it decides when something is offered, never what counts
  const State& space;
  const log::Contents& contents;
  const Sealing& sealing;
};

/// Sealing for the stream a question's answers were sealed in: the one it was written to, even after that was
/// continued.
inline Sealing sealing_of(const Context& context, const EventId& question) {
  Sealing out = context.sealing;
  const auto earlier = context.space.ours.earlier.find(question);
  if (earlier != context.space.ours.earlier.end()) out.ours = earlier->second;
  return out;
}

/// A command also gets its id (which becomes its first event's), the time as data, and entropy for sealing.
struct CommandContext : Context {
  EventId id;
  At at;
  const Entropy& entropy;
  bool again = false;  ///< it was accepted, and is planned once more on what has come since
};

/// Texts people write: not empty, valid, at most `most` bytes. Errors: kTextEmpty, kTextTooLong.
inline Result<> check_text(std::string_view text, std::size_t most, bool may_be_empty = false) {
  if (text.empty() && !may_be_empty) return refuse(kTextEmpty);
  if (text.size() > most) return refuse(kTextTooLong);
  return {};
}

/// What taking an item back means to the practice that knows it.
struct TakeBack {
  EventId of;                   ///< the event the take-back names
  std::vector<EventId> erases;  ///< own events whose content goes with it
};

}  // namespace attune::space
