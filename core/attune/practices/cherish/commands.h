// Cherish: what one may ask for, and why it is refused.
#pragma once

#include "attune/practices/cherish/state.h"
#include "attune/space/context.h"

namespace attune::cherish {

inline constexpr ErrorCode kEmptyAnswer{1000, "empty-answer", "An answer is a tap, words, or both."};
inline constexpr ErrorCode kOwnThanks{1001, "own-thanks", "One's own thanks are answered by the other."};
inline constexpr ErrorCode kSentAlready{1002, "sent-already", "This was sent before."};
inline constexpr ErrorCode kStillClosed{1003, "still-closed", "The envelope has not been opened yet."};

inline constexpr ErrorCode kBadSpan{1004, "bad-span", "A time to hide ends after it begins."};

inline constexpr std::size_t kMaxWording = 2000;  ///< bytes of each of the three parts
inline constexpr std::size_t kMaxWords = 2000;    ///< bytes of an answer

/// What may be written, and is read: an app that was changed may have written anything. Errors: text-empty (what was
/// done has to be said), text-too-long.
Result<> check_wording(const Wording& wording);

/// Sends thanks; alone, keeps them in *mine* to be offered after pairing.
/// Errors: text-empty (what was done has to be said), text-too-long.
struct Thank {
  static constexpr std::string_view kName = "cherish.thank";
  std::string did;
  std::string says;
  std::string felt;
};
BOOST_DESCRIBE_STRUCT(Thank, (), (did, says, felt))

/// Keeps thanks in the jar. Errors: text-empty, text-too-long.
struct Keep {
  static constexpr std::string_view kName = "cherish.keep";
  std::string did;
  std::string says;
  std::string felt;
};
BOOST_DESCRIBE_STRUCT(Keep, (), (did, says, felt))

/// Errors: unknown-item, not-paired, sent-already.
struct SendKept {
  static constexpr std::string_view kName = "cherish.send-kept";
  EventId item;
};
BOOST_DESCRIBE_STRUCT(SendKept, (), (item))

/// A new wording; the earlier one stays readable. Errors: unknown-item, not-yours, taken-back-already, text-…
struct Edit {
  static constexpr std::string_view kName = "cherish.edit";
  EventId item;
  std::string did;
  std::string says;
  std::string felt;
};
BOOST_DESCRIBE_STRUCT(Edit, (), (item, did, says, felt))

/// Errors: unknown-item, own-thanks, still-closed, taken-back-already, empty-answer, text-too-long.
struct Answer {
  static constexpr std::string_view kName = "cherish.answer";
  EventId item;
  std::optional<Tap> tap;
  std::optional<std::string> words;
};
BOOST_DESCRIBE_STRUCT(Answer, (), (item, tap, words))

/// The jar shows me nothing from this time any more; ms, both ends with it. Errors: bad-span.
struct HideSpan {
  static constexpr std::string_view kName = "cherish.hide-span";
  std::int64_t from = 0;
  std::int64_t to = 0;
};
BOOST_DESCRIBE_STRUCT(HideSpan, (), (from, to))

/// And does again. Errors: unknown-item.
struct ShowSpan {
  static constexpr std::string_view kName = "cherish.show-span";
  EventId item;
};
BOOST_DESCRIBE_STRUCT(ShowSpan, (), (item))

using Commands = boost::mp11::mp_list<Thank, Keep, SendKept, Edit, Answer, HideSpan, ShowSpan>;

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Thank& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Keep& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const SendKept& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Edit& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Answer& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const HideSpan& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const ShowSpan& command);

/// Thanks of mine that can be taken back, with every wording they had. None: not thanks of mine.
std::optional<space::TakeBack> take_back(const space::Context& context, const State& state, const EventId& item);

inline constexpr const ErrorCode* kErrors[] = {&kEmptyAnswer, &kOwnThanks, &kSentAlready, &kStillClosed, &kBadSpan};

}  // namespace attune::cherish
