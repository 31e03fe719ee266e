// Feelings: what one may ask for, and why it is refused.
#pragma once

#include "attune/practices/feelings/state.h"

namespace attune::feelings {

inline constexpr ErrorCode kBadFeelings{1310, "bad-feelings", "Name one feeling or two."};

inline constexpr std::size_t kMostFeelings = 2;
inline constexpr std::size_t kMaxLine = 500;  ///< bytes of the line that goes with them

/// Notes how I am, for me alone. Errors: bad-feelings, bad-content-id, text-too-long.
struct Note {
  static constexpr std::string_view kName = "feelings.note";
  std::vector<std::string> feelings;
  std::optional<std::string> line;
};
BOOST_DESCRIBE_STRUCT(Note, (), (feelings, line))

/// Shares how I am, with how the other is to take it. Errors: not-paired, bad-feelings, bad-content-id, text-too-long.
struct Share {
  static constexpr std::string_view kName = "feelings.share";
  std::vector<std::string> feelings;
  std::optional<std::string> line;
  Wish wish = Wish::just_so_you_know;
};
BOOST_DESCRIBE_STRUCT(Share, (), (feelings, line, wish))

/// Errors: unknown-item, own-item, taken-back-already, not-opened-yet, nothing-said, text-too-long.
struct Answer {
  static constexpr std::string_view kName = "feelings.answer";
  EventId item;
  std::optional<Response> response;
  std::optional<std::string> words;
};
BOOST_DESCRIBE_STRUCT(Answer, (), (item, response, words))

using Commands = boost::mp11::mp_list<Note, Share, Answer>;

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Note& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Share& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Answer& command);

/// What may be written, and is read.
Result<> check(const Shared::Content& content);
Result<> check(const Noted::Content& content);

inline constexpr const ErrorCode* kErrors[] = {&kBadFeelings};

}  // namespace attune::feelings
