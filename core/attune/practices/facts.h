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
  listened,
  feeling,
  feeling_answered,
  noticed,
  noticed_answered,
  good_news,
  good_news_asked,
  good_news_told,
  tonight,
  letter,
  letter_closed
};
BOOST_DESCRIBE_ENUM(MomentKind, thanks, thanks_answered, thanks_edited, question, answers, taken_back, listening,
                    listening_declined, listened, feeling, feeling_answered, noticed, noticed_answered, good_news,
                    good_news_asked, good_news_told, tonight, letter, letter_closed)
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

/// no · gone: nothing to read · kept_by_me: I had opened it, my copy is shown
enum class TakenBackView : std::uint8_t { no, gone, kept_by_me };
BOOST_DESCRIBE_ENUM(TakenBackView, no, gone, kept_by_me)

/// Three ways to answer with a tap; words can come with it or alone.
enum class Tap : std::uint8_t { landed, warmed, smiled };
BOOST_DESCRIBE_ENUM(Tap, landed, warmed, smiled)

/// Something written before pairing that can be sent now, one by one; or of which mending says that it was left out.
enum class OfferKind : std::uint8_t { thanks, answer, listening, feeling, noticed, good_news, letter };
BOOST_DESCRIBE_ENUM(OfferKind, thanks, answer, listening, feeling, noticed, good_news, letter)
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

/// Something good that was said to me or that I kept: what the jar holds.
enum class TreasureKind : std::uint8_t { thanks, kept, noticed };
BOOST_DESCRIBE_ENUM(TreasureKind, thanks, kept, noticed)
struct Treasure {
  log::EventId item;
  TreasureKind kind = TreasureKind::thanks;
  std::string text;  ///< what was done
  std::string says;
  std::string felt;
  std::optional<std::string> effort;  ///< its id in the content, where there is no text
  log::At at;
};
BOOST_DESCRIBE_STRUCT(Treasure, (), (item, kind, text, says, felt, effort, at))

}  // namespace attune::practices
