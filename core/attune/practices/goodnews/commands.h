// Good news: what one may ask for, and why it is refused.
#pragma once

#include "attune/practices/goodnews/state.h"

namespace attune::goodnews {

inline constexpr ErrorCode kTwoQuestions{1330, "two-questions", "One question or two at a time."};
inline constexpr ErrorCode kNothingAsked{1331, "nothing-asked", "The other has not asked anything about it."};
inline constexpr ErrorCode kNotTonight{1332, "not-for-tonight", "Nobody asked to hear of it tonight."};

inline constexpr std::size_t kMostQuestions = 2;
inline constexpr std::size_t kMaxNews = 2000;  ///< bytes

/// Errors: not-paired, text-empty, text-too-long.
struct Share {
  static constexpr std::string_view kName = "goodnews.share";
  Sort sort = Sort::joy;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(Share, (), (sort, text))

/// Asks about the other's. Errors: unknown-item, own-item, taken-back-already, not-opened-yet, two-questions,
/// bad-content-id, nothing-said, text-too-long.
struct Ask {
  static constexpr std::string_view kName = "goodnews.ask";
  EventId item;
  std::vector<std::string> questions;
  std::optional<std::string> words;
};
BOOST_DESCRIBE_STRUCT(Ask, (), (item, questions, words))

/// Answers what was asked about mine. Errors: unknown-item, not-yours, taken-back-already, nothing-asked, text-empty,
/// text-too-long.
struct Tell {
  static constexpr std::string_view kName = "goodnews.tell";
  EventId item;
  std::string words;
};
BOOST_DESCRIBE_STRUCT(Tell, (), (item, words))

/// "Tell me tonight"; said already, it is so. Errors: unknown-item, own-item, taken-back-already, not-opened-yet.
struct TellTonight {
  static constexpr std::string_view kName = "goodnews.tonight";
  EventId item;
};
BOOST_DESCRIBE_STRUCT(TellTonight, (), (item))

/// We have talked about it: it leaves Today, for both. Errors: unknown-item, not-for-tonight.
struct Talked {
  static constexpr std::string_view kName = "goodnews.talked";
  static constexpr bool kOnlyEnds = true;
  EventId item;
};
BOOST_DESCRIBE_STRUCT(Talked, (), (item))

/// "That felt good", only for me. Errors: unknown-item, not-yours, nothing-asked.
struct MarkGood {
  static constexpr std::string_view kName = "goodnews.felt-good";
  EventId item;
};
BOOST_DESCRIBE_STRUCT(MarkGood, (), (item))

using Commands = boost::mp11::mp_list<Share, Ask, Tell, TellTonight, Talked, MarkGood>;

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Share& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Ask& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Tell& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const TellTonight& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Talked& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const MarkGood& command);

/// What may be written, and is read.
Result<> check(const Shared::Content& content);
Result<> check(const Asked::Content& content);

inline constexpr const ErrorCode* kErrors[] = {&kTwoQuestions, &kNothingAsked, &kNotTonight};

}  // namespace attune::goodnews
