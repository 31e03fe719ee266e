// Cherish · thanks that land: what can happen.
#pragma once

#include "attune/log/plan.h"

namespace attune::cherish {

using log::At;
using log::EventId;
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

/// Three ways to answer with a tap; words can come with it or alone.
enum class Tap : std::uint8_t { landed, warmed, smiled };
BOOST_DESCRIBE_ENUM(Tap, landed, warmed, smiled)

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

using Events = boost::mp11::mp_list<Thanked, Edited, Answered, Kept>;

}  // namespace attune::cherish
