// Noticed: what one may ask for, and why it is refused.
#pragma once

#include "attune/practices/noticed/state.h"

namespace attune::noticed {

inline constexpr ErrorCode kOneEffort{1320, "one-effort", "An effort is one of the list, or in your own words."};
inline constexpr ErrorCode kListFull{1321, "effort-list-full", "The list has room for 100 efforts of your own."};

inline constexpr std::size_t kMaxEffort = 200;  ///< bytes of an effort in one's own words
inline constexpr std::size_t kMostOwn = 100;

/// Tells the other that I noticed. Errors: not-paired, one-effort, bad-content-id, text-too-long.
struct Notice {
  static constexpr std::string_view kName = "noticed.notice";
  std::optional<std::string> effort;
  std::optional<std::string> words;
};
BOOST_DESCRIBE_STRUCT(Notice, (), (effort, words))

/// Errors: unknown-item, own-item, taken-back-already, not-opened-yet, nothing-said, text-too-long.
struct Answer {
  static constexpr std::string_view kName = "noticed.answer";
  EventId item;
  std::optional<Tap> tap;
  std::optional<std::string> words;
};
BOOST_DESCRIBE_STRUCT(Answer, (), (item, tap, words))

/// Puts an effort of the other's on my list, in my own words. Errors: text-empty, text-too-long, effort-list-full.
struct AddEffort {
  static constexpr std::string_view kName = "noticed.add-effort";
  std::string text;
};
BOOST_DESCRIBE_STRUCT(AddEffort, (), (text))

/// Puts one on my list or takes it from there. Errors: one-effort, bad-content-id, unknown-item.
struct ListEffort {
  static constexpr std::string_view kName = "noticed.list-effort";
  std::optional<std::string> effort;
  std::optional<EventId> own;
  bool listed = true;
};
BOOST_DESCRIBE_STRUCT(ListEffort, (), (effort, own, listed))

using Commands = boost::mp11::mp_list<Notice, Answer, AddEffort, ListEffort>;

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Notice& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Answer& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const AddEffort& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const ListEffort& command);

/// What may be written, and is read.
Result<> check(const Sent::Content& content);

inline constexpr const ErrorCode* kErrors[] = {&kOneEffort, &kListFull};

}  // namespace attune::noticed
