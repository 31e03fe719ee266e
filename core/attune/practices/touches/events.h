// Touches: what can happen. When one was sent is a field: a minute lies between two, and thirty fit a day.
#pragma once

#include "attune/practices/given.h"

namespace attune::touches {

using log::At;
using log::EventId;
using log::Nothing;
using wire::StreamKind;

/// love: “I love you”, ready-made or in one's own words · thought: I am thinking of you
enum class Touch : std::uint8_t { squeeze, hug, kiss, love, thought };
BOOST_DESCRIBE_ENUM(Touch, squeeze, hug, kiss, love, thought)

struct Sent {
  static constexpr std::string_view kKind = "touches.sent";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::ours;
  struct Fields {
    std::int64_t ms = 0;      ///< as in At
    std::int32_t offset = 0;
  };
  struct Content {
    Touch touch = Touch::squeeze;
    std::string words;  ///< of love; may be empty
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(Sent::Fields, (), (ms, offset))
BOOST_DESCRIBE_STRUCT(Sent::Content, (), (touch, words, at))

/// I have felt this one, and all before it. Never leaves *mine*.
struct Felt {
  static constexpr std::string_view kKind = "touches.felt";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::mine;
  struct Fields {
    EventId of;
  };
  using Content = Nothing;
};
BOOST_DESCRIBE_STRUCT(Felt::Fields, (), (of))

/// Until then none is shown to me as it comes. Never leaves *mine*.
struct Muted {
  static constexpr std::string_view kKind = "touches.muted";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::mine;
  struct Fields {
    std::int64_t until = 0;  ///< ms; in the past: not muted any more
  };
  using Content = Nothing;
};
BOOST_DESCRIBE_STRUCT(Muted::Fields, (), (until))

using Events = boost::mp11::mp_list<Sent, Felt, Muted>;

}  // namespace attune::touches
