// Noticed · "I noticed": what can happen. An effort is one of content/<language>/cherish.json, or in somebody's own
// words.
#pragma once

#include "attune/practices/given.h"

namespace attune::noticed {

using log::At;
using log::EventId;
using log::Nothing;
using practices::Tap;
using wire::StreamKind;

struct Sent {
  static constexpr std::string_view kKind = "noticed.sent";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::ours;
  using Fields = Nothing;
  struct Content {
    std::optional<std::string> effort;  ///< its id
    std::string words;                  ///< in one's own words, where there is no id
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(Sent::Content, (), (effort, words, at))

struct Answered {
  static constexpr std::string_view kKind = "noticed.answered";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::ours;
  struct Fields {
    EventId of;
  };
  struct Content {
    std::optional<Tap> tap;
    std::string words;
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(Answered::Fields, (), (of))
BOOST_DESCRIBE_STRUCT(Answered::Content, (), (tap, words, at))

/// An effort of the other's that I put on my list in my own words.
struct EffortAdded {
  static constexpr std::string_view kKind = "noticed.effort-added";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::mine;
  using Fields = Nothing;
  struct Content {
    std::string text;
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(EffortAdded::Content, (), (text, at))

/// Whether an effort stands on my list: one of the content, or one of my own. All do before anything is said.
struct EffortListed {
  static constexpr std::string_view kKind = "noticed.effort-listed";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::mine;
  struct Fields {
    std::optional<std::string> effort;
    std::optional<EventId> own;
    bool listed = true;
  };
  using Content = Nothing;
};
BOOST_DESCRIBE_STRUCT(EffortListed::Fields, (), (effort, own, listed))

using Events = boost::mp11::mp_list<Sent, Answered, EffortAdded, EffortListed>;

}  // namespace attune::noticed
