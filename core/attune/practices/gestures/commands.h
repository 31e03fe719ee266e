// Gestures: what one may ask for, and why it is refused.
#pragma once

#include "attune/practices/gestures/state.h"

namespace attune::gestures {

inline constexpr ErrorCode kOneGesture{1350, "one-gesture", "A gesture is one of the list, or one of your own."};
inline constexpr ErrorCode kMenuFull{1351, "menu-full", "The menu has room for 200 gestures."};

inline constexpr std::size_t kMaxGesture = 200;  ///< bytes of one in my own words

/// Says how I like a gesture; alone, it is kept in *mine*. Changed without a word to the other, who sees it where they
/// look. Errors: one-gesture, bad-content-id, unknown-item, menu-full.
struct Say {
  static constexpr std::string_view kName = "gestures.say";
  std::optional<std::string> gesture;
  std::optional<EventId> own;
  Liking liking = Liking::love;
};
BOOST_DESCRIBE_STRUCT(Say, (), (gesture, own, liking))

/// Puts one of my own on the menu. Errors: text-empty, text-too-long, menu-full.
struct Add {
  static constexpr std::string_view kName = "gestures.add";
  std::string text;
  Liking liking = Liking::love;
};
BOOST_DESCRIBE_STRUCT(Add, (), (text, liking))

/// Shows the other what I kept of my menu while I was alone. Errors: not-paired.
struct ShowKept {
  static constexpr std::string_view kName = "gestures.show-kept";
};
BOOST_DESCRIBE_STRUCT(ShowKept, (), ())

using Commands = boost::mp11::mp_list<Say, Add, ShowKept>;

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Say& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Add& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const ShowKept& command);

/// What I kept alone and the other can not see yet.
std::vector<Entry> not_shown(const space::Context& context, const State& state);

inline constexpr const ErrorCode* kErrors[] = {&kOneGesture, &kMenuFull};

}  // namespace attune::gestures
