// Letters sealed until a date: what can happen. Two kinds. *Held by me*: it stands in no stream but mine until the
// first of my devices that is online after the date posts it. *Held by the app*: it is sent now, and the other's app
// keeps it closed until then; a changed app would not.
#pragma once

#include "attune/practices/given.h"

namespace attune::letters {

using log::At;
using log::EventId;
using log::Nothing;
using wire::StreamKind;

/// A letter, closed until `opens`.
struct Letter {
  std::string text;
  At opens;
  At at;
};
BOOST_DESCRIBE_STRUCT(Letter, (), (text, opens, at))

/// Held by the app.
struct Sealed {
  static constexpr std::string_view kKind = "letters.sealed";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::ours;
  struct Fields {
    std::optional<EventId> held;  ///< the event of *mine* it was held in until now
  };
  using Content = Letter;
};
BOOST_DESCRIBE_STRUCT(Sealed::Fields, (), (held))

/// Held by me, until `due`.
struct Held {
  static constexpr std::string_view kKind = "letters.held";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::mine;
  struct Fields {
    std::int64_t due = 0;  ///< ms
  };
  using Content = Letter;
};
BOOST_DESCRIBE_STRUCT(Held::Fields, (), (due))

/// One that I held is not to be posted.
struct Withdrawn {
  static constexpr std::string_view kKind = "letters.withdrawn";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::mine;
  struct Fields {
    EventId of;
  };
  using Content = Nothing;
};
BOOST_DESCRIBE_STRUCT(Withdrawn::Fields, (), (of))

using Events = boost::mp11::mp_list<Sealed, Held, Withdrawn>;

}  // namespace attune::letters
