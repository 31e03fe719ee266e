// Cherish · thanks that land: what can happen.
#pragma once

#include "attune/practices/facts.h"

namespace attune::cherish {

using log::At;
using log::EventId;
using practices::Tap;
using wire::StreamKind;

/// What you did → what it says about you → how it felt for me (Algoe 2016: praising the other's qualities lands).
struct Wording {
  std::string did;
  std::string says;
  std::string felt;
  At at;
};
BOOST_DESCRIBE_STRUCT(Wording, (), (did, says, felt, at))

struct Thanked {
  static constexpr std::string_view kKind = "cherish.thanked";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::ours;
  struct Fields {
    std::optional<EventId> kept;  ///< the event of *mine* it was kept in before
  };
  using Content = Wording;
};
BOOST_DESCRIBE_STRUCT(Thanked::Fields, (), (kept))

struct Edited {
  static constexpr std::string_view kKind = "cherish.edited";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::ours;
  struct Fields {
    EventId of;
  };
  using Content = Wording;
};
BOOST_DESCRIBE_STRUCT(Edited::Fields, (), (of))

struct Answered {
  static constexpr std::string_view kKind = "cherish.answered";
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

/// Kept for the jar, or written alone: in *mine*.
struct Kept {
  static constexpr std::string_view kKind = "cherish.kept";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::mine;
  struct Fields {
    bool offer = false;  ///< written to be sent, before there was anyone to send it to
  };
  using Content = Wording;
};
BOOST_DESCRIBE_STRUCT(Kept::Fields, (), (offer))

/// The jar shows me nothing from this time, and shaking it finds nothing there. Only for me.
struct SpanHidden {
  static constexpr std::string_view kKind = "cherish.span-hidden";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::mine;
  struct Fields {
    std::int64_t from = 0;  ///< ms
    std::int64_t to = 0;    ///< ms, with it
  };
  using Content = log::Nothing;
};
BOOST_DESCRIBE_STRUCT(SpanHidden::Fields, (), (from, to))

struct SpanShown {
  static constexpr std::string_view kKind = "cherish.span-shown";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::mine;
  struct Fields {
    EventId of;
  };
  using Content = log::Nothing;
};
BOOST_DESCRIBE_STRUCT(SpanShown::Fields, (), (of))

using Events = boost::mp11::mp_list<Thanked, Edited, Answered, Kept, SpanHidden, SpanShown>;

}  // namespace attune::cherish
