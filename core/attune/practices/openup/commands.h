// Open up: what one may ask for, and why it is refused.
#pragma once

#include "attune/practices/openup/state.h"
#include "attune/space/context.h"

namespace attune::openup {

inline constexpr ErrorCode kBadPrompt{1100, "bad-prompt", "This is not the id of a question."};
inline constexpr ErrorCode kOfferedAlready{1101, "offered-already", "This question is on the table already."};
inline constexpr ErrorCode kSentAlready{1102, "answer-sent-already", "This answer was sent before."};
inline constexpr ErrorCode kLeftBehind{1103, "question-left-behind",
                                       "This question was open when the space was mended; it can be asked again."};

/// Puts a question of the deck on the table for both.
/// Errors: not-paired, bad-prompt, offered-already (while it is open).
struct Offer {
  static constexpr std::string_view kName = "openup.offer";
  std::string prompt;
};
BOOST_DESCRIBE_STRUCT(Offer, (), (prompt))

/// Seals my answer. Errors: unknown-item, already-sealed, taken-back-already, question-left-behind,
/// text-empty, answer-too-long.
struct Answer {
  static constexpr std::string_view kName = "openup.answer";
  EventId question;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(Answer, (), (question, text))

/// Lets a question go by; only I know. Errors: unknown-item, already-sealed.
struct Pass {
  static constexpr std::string_view kName = "openup.pass";
  EventId question;
};
BOOST_DESCRIBE_STRUCT(Pass, (), (question))

/// Answers a question for myself, in *mine*; with `keep` it is never offered to be sent. Errors: bad-prompt,
/// text-empty, answer-too-long, text-too-long (for a beat).
struct Write {
  static constexpr std::string_view kName = "openup.write";
  std::string prompt;
  std::string text;
  std::optional<bool> keep;
};
BOOST_DESCRIBE_STRUCT(Write, (), (prompt, text, keep))

/// Offers a question together with the answer I wrote before, sealed.
/// Errors: not-paired, unknown-item, answer-sent-already.
struct SendWritten {
  static constexpr std::string_view kName = "openup.send-written";
  EventId item;
};
BOOST_DESCRIBE_STRUCT(SendWritten, (), (item))

using Commands = boost::mp11::mp_list<Offer, Answer, Pass, Write, SendWritten>;

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Offer& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Answer& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Pass& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Write& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const SendWritten& command);

/// By the question: my sealed answer, or the question I offered while I have not answered it; whatever the other sealed
/// for it then stays closed for ever. None: nothing of mine.
std::optional<space::TakeBack> take_back(const space::Context& context, const State& state, const EventId& item);

inline constexpr const ErrorCode* kErrors[] = {&kBadPrompt, &kOfferedAlready, &kSentAlready, &kLeftBehind};

}  // namespace attune::openup
