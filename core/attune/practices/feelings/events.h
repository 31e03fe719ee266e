// Feelings · how I am: what can happen. A feeling is named by its id in content/<language>/feelings.json, which never
// changes its meaning.
#pragma once

#include "attune/practices/given.h"

namespace attune::feelings {

using log::At;
using log::EventId;
using log::Nothing;
using wire::StreamKind;

/// How the other is to take it.
enum class Wish : std::uint8_t { just_so_you_know, ask_me, hold_me };
BOOST_DESCRIBE_ENUM(Wish, just_so_you_know, ask_me, hold_me)

struct Shared {
  static constexpr std::string_view kKind = "feelings.shared";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::ours;
  using Fields = Nothing;
  struct Content {
    std::vector<std::string> feelings;  ///< one or two
    std::string line;                   ///< may be empty
    Wish wish = Wish::just_so_you_know;
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(Shared::Content, (), (feelings, line, wish, at))

/// here: I am here for you · asking: tell me more · holding: I hold you
enum class Response : std::uint8_t { here, asking, holding };
BOOST_DESCRIBE_ENUM(Response, here, asking, holding)

struct Answered {
  static constexpr std::string_view kKind = "feelings.answered";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::ours;
  struct Fields {
    EventId of;
  };
  struct Content {
    std::optional<Response> response;
    std::string words;
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(Answered::Fields, (), (of))
BOOST_DESCRIBE_STRUCT(Answered::Content, (), (response, words, at))

/// Only for me.
struct Noted {
  static constexpr std::string_view kKind = "feelings.noted";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::mine;
  using Fields = Nothing;
  struct Content {
    std::vector<std::string> feelings;
    std::string line;
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(Noted::Content, (), (feelings, line, at))

using Events = boost::mp11::mp_list<Shared, Answered, Noted>;

}  // namespace attune::feelings
