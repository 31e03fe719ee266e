// Gestures · the menu: what can happen. A gesture is one of content/<language>/cherish.json by its id, or, in one's own
// words, the event it was written in first.
#pragma once

#include "attune/practices/given.h"

namespace attune::gestures {

using log::At;
using log::EventId;
using wire::StreamKind;

/// not_said: taken from the menu again
enum class Liking : std::uint8_t { love, sometimes, not_now, not_said };
BOOST_DESCRIBE_ENUM(Liking, love, sometimes, not_now, not_said)

/// What I like, as the other sees it. Neither `gesture` nor `own`: a gesture of my own, named by this event.
struct Said {
  static constexpr std::string_view kKind = "gestures.said";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::ours;
  struct Fields {
    std::optional<std::string> gesture;
    std::optional<EventId> own;
    std::optional<EventId> kept;  ///< the event of *mine* one of my own was kept in before
  };
  struct Content {
    Liking liking = Liking::not_said;
    std::string text;  ///< of one of my own
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(Said::Fields, (), (gesture, own, kept))
BOOST_DESCRIBE_STRUCT(Said::Content, (), (liking, text, at))

/// The same while there is nobody to see it: in *mine*.
struct Kept {
  static constexpr std::string_view kKind = "gestures.kept";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::mine;
  using Fields = Said::Fields;
  using Content = Said::Content;
};

using Events = boost::mp11::mp_list<Said, Kept>;

}  // namespace attune::gestures
