// Good news: what can happen. Answers to good news predict well-being more than answers to bad news (Gable 2004, 2006).
#pragma once

#include "attune/practices/given.h"

namespace attune::goodnews {

using log::At;
using log::EventId;
using log::Nothing;
using wire::StreamKind;

enum class Sort : std::uint8_t { work, body, people, luck, effort, joy };
BOOST_DESCRIBE_ENUM(Sort, work, body, people, luck, effort, joy)

struct Shared {
  static constexpr std::string_view kKind = "goodnews.shared";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::ours;
  using Fields = Nothing;
  struct Content {
    Sort sort = Sort::joy;
    std::string text;
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(Shared::Content, (), (sort, text, at))

/// The other asks about it: with questions of the content, by their ids, or in own words.
struct Asked {
  static constexpr std::string_view kKind = "goodnews.asked";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::ours;
  struct Fields {
    EventId of;
  };
  struct Content {
    std::vector<std::string> questions;
    std::string words;
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(Asked::Fields, (), (of))
BOOST_DESCRIBE_STRUCT(Asked::Content, (), (questions, words, at))

/// Whoever shared it answers.
struct Told {
  static constexpr std::string_view kKind = "goodnews.told";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::ours;
  struct Fields {
    EventId of;
  };
  struct Content {
    std::string words;
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(Told::Fields, (), (of))
BOOST_DESCRIBE_STRUCT(Told::Content, (), (words, at))

/// "Tell me tonight", said by the other; over once either says that they have talked about it.
struct Tonight {
  static constexpr std::string_view kKind = "goodnews.tonight";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::ours;
  struct Fields {
    EventId of;
    bool talked = false;
  };
  struct Content {
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(Tonight::Fields, (), (of, talked))
BOOST_DESCRIBE_STRUCT(Tonight::Content, (), (at))

/// "That felt good": how the answer was taken, for whoever shared it alone.
struct FeltGood {
  static constexpr std::string_view kKind = "goodnews.felt-good";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::mine;
  struct Fields {
    EventId of;
    bool good = true;
  };
  using Content = Nothing;
};
BOOST_DESCRIBE_STRUCT(FeltGood::Fields, (), (of, good))

using Events = boost::mp11::mp_list<Shared, Asked, Told, Tonight, FeltGood>;

}  // namespace attune::goodnews
