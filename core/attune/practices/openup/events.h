// Open up · one sealed question: what can happen. The sealed answers themselves are the space's (space/sealed.h).
#pragma once

#include "attune/log/plan.h"

namespace attune::openup {

using log::At;
using log::EventId;
using log::Nothing;
using wire::StreamKind;

/// One question of the deck, offered by either. `prompt` is its id in the deck, which never changes its meaning.
struct Offered {
  static constexpr std::string_view kKind = "openup.offered";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::ours;
  struct Fields {
    std::string prompt;
    std::optional<EventId> written;  ///< the event of *mine* the answer was written in before
  };
  struct Content {
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(Offered::Fields, (), (prompt, written))
BOOST_DESCRIBE_STRUCT(Offered::Content, (), (at))

/// Passing is silent: it never leaves *mine*.
struct Passed {
  static constexpr std::string_view kKind = "openup.passed";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::mine;
  struct Fields {
    EventId q;
  };
  using Content = Nothing;
};
BOOST_DESCRIBE_STRUCT(Passed::Fields, (), (q))

/// A question answered for oneself.
struct Written {
  static constexpr std::string_view kKind = "openup.written";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::mine;
  struct Fields {
    std::string prompt;
  };
  struct Content {
    std::string text;
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(Written::Fields, (), (prompt))
BOOST_DESCRIBE_STRUCT(Written::Content, (), (text, at))

using Events = boost::mp11::mp_list<Offered, Passed, Written>;

}  // namespace attune::openup
