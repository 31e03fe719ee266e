// The few facts every practice exports, joined by Today, Us and the offers after pairing.
#pragma once

#include "attune/log/plan.h"

namespace attune::practices {

/// Of what I wrote: kept on this phone, or stored by the relay. Never "delivered", never "read".
enum class Mark : std::uint8_t { on_this_phone, safe };
BOOST_DESCRIBE_ENUM(Mark, on_this_phone, safe)

/// Something that happened and may be news, a thing to do, or part of the story.
enum class MomentKind : std::uint8_t {
  thanks,
  thanks_answered,
  thanks_edited,
  question,
  answers,
  taken_back,
  listening,
  listening_declined,
  listened
};
BOOST_DESCRIBE_ENUM(MomentKind, thanks, thanks_answered, thanks_edited, question, answers, taken_back, listening,
                    listening_declined, listened)
struct Moment {
  MomentKind kind = MomentKind::thanks;
  log::EventId item;              ///< what a screen opens
  log::EventId event;             ///< the event itself
  std::optional<std::string> prompt;
  bool by_me = false;
  bool awaits_me = false;         ///< stands under "awaits you"
  bool story = false;             ///< stands in the story of Us
  log::At at;
};

/// Which moments are asked for. Today wants few of a log of ten years, and finds them without reading what was written:
/// what awaits me, what the other did at `looked` or behind it, and what I did last. All others may be left out.
struct Asked {
  std::optional<std::uint64_t> looked;  ///< none: every moment there is
};

/// Something written before pairing that can be sent now, one by one.
enum class OfferKind : std::uint8_t { thanks, answer, listening };
BOOST_DESCRIBE_ENUM(OfferKind, thanks, answer, listening)
struct Offer {
  log::EventId item;
  OfferKind kind = OfferKind::thanks;
  std::optional<std::string> prompt;
  std::string text;
  log::At at;
};
BOOST_DESCRIBE_STRUCT(Offer, (), (item, kind, prompt, text, at))

/// Something said in a history that mending left out: readable where it is, no part of what goes on.
struct LeftOut {
  log::EventId event;
  OfferKind kind = OfferKind::thanks;
  std::optional<std::string> prompt;
  bool by_me = false;
  std::string text;
  log::At at;
  /// The command that writes it again for me alone, so that it is offered to be sent. None: not mine, or offered
  /// anyway.
  std::optional<std::pair<std::string, nlohmann::json>> again;
};

}  // namespace attune::practices
