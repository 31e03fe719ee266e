// Listen: what can happen in a listening session (LISTENING.md).
//
// A session is named by its first event. Everything that moves the floor is an event in *ours*; a pause is a signal and
// leaves none. Pieces are contents: their authors erase them when the session is over, unless both want to keep them.
#pragma once

#include "attune/log/plan.h"

namespace attune::listen {

using log::At;
using log::EventId;
using log::Nothing;
using wire::StreamKind;

/// two_phones: spoken, each with a phone · typed: the same rules, with written pieces · table: one phone between both,
/// written by its owner for both
enum class How : std::uint8_t { two_phones, typed, table };
BOOST_DESCRIBE_ENUM(How, two_phones, typed, table)

/// What the one who asked wants to talk about: something I would like you to hear, something good, just us.
enum class About : std::uint8_t { hear, good, us };
BOOST_DESCRIBE_ENUM(About, hear, good, us)

/// What moves a session on once it has begun; who may, and where, stands in state.h.
enum class Move : std::uint8_t {
  piece,  ///< a small piece has been said
  said_back,  ///< the listener has given back what they heard
  yes,  ///< "yes, that's it"
  almost,  ///< and what was missed
  not_yet,
  smaller,  ///< after three "not yet": a smaller piece
  more,  ///< there is more
  all,  ///< that was all
  made_sense,  ///< "that makes sense because…"
  imagined,  ///< "I imagine you feel…"
  feels_right,
  something_else,  ///< and what it is instead
};
BOOST_DESCRIBE_ENUM(Move, piece, said_back, yes, almost, not_yet, smaller, more, all, made_sense, imagined, feels_right,
                    something_else)

/// One of the two asks. A session at the table has begun with it.
struct Proposed {
  static constexpr std::string_view kKind = "listen.proposed";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = true;
  static constexpr StreamKind kStream = StreamKind::ours;
  struct Fields {
    How how = How::two_phones;
    bool other_first = false;  ///< the one who is asked speaks first
    std::uint16_t seconds = 0;  ///< how long a piece is
  };
  struct Content {
    std::optional<At> when;  ///< none: now
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(Proposed::Fields, (), (how, other_first, seconds))
BOOST_DESCRIBE_STRUCT(Proposed::Content, (), (when, at))

enum class Reply : std::uint8_t { agreed, declined, postponed };
BOOST_DESCRIBE_ENUM(Reply, agreed, declined, postponed)

/// Before it begins. Declined by the one who asked: withdrawn. Whoever postpones asks anew. A yes is to the time it
/// names, by the event that asked for it: to another one that came in between nobody has agreed.
struct Replied {
  static constexpr std::string_view kKind = "listen.replied";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = true;
  static constexpr StreamKind kStream = StreamKind::ours;
  struct Fields {
    EventId session;
    EventId asked;  ///< the event that named the time, or a postponing one
    Reply reply = Reply::agreed;
  };
  struct Content {
    std::optional<At> when;  ///< of a postponed one
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(Replied::Fields, (), (session, asked, reply))
BOOST_DESCRIBE_STRUCT(Replied::Content, (), (when, at))

/// "Now is good", on this device: before it begins, and after a time-out.
struct Ready {
  static constexpr std::string_view kKind = "listen.ready";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = true;
  static constexpr StreamKind kStream = StreamKind::ours;
  struct Fields {
    EventId session;
    EventId asked;  ///< the event that named the time, or the time-out
    std::optional<EventId> anew;  ///< the other's "now is good" that was long ago: they are asked once more
    bool topic = false;  ///< it says what it is to be about
  };
  struct Content {
    std::optional<About> about;  ///< of the one who asked first, once the other has agreed
    std::string words;
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(Ready::Fields, (), (session, asked, anew, topic))
BOOST_DESCRIBE_STRUCT(Ready::Content, (), (about, words, at))

struct Moved {
  static constexpr std::string_view kKind = "listen.moved";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = true;
  static constexpr StreamKind kStream = StreamKind::ours;
  struct Fields {
    EventId session;
    std::uint32_t step = 0;  ///< how many moves there were when it was made
    Move move = Move::piece;
  };
  struct Content {
    std::string text;  ///< of a typed session; otherwise empty
    At at;  ///< of a typed one; otherwise zeros
  };
};
BOOST_DESCRIBE_STRUCT(Moved::Fields, (), (session, step, move))
BOOST_DESCRIBE_STRUCT(Moved::Content, (), (text, at))

struct TimedOut {
  static constexpr std::string_view kKind = "listen.timed-out";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = true;
  static constexpr StreamKind kStream = StreamKind::ours;
  struct Fields {
    EventId session;
  };
  struct Content {
    At until;
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(TimedOut::Fields, (), (session))
BOOST_DESCRIBE_STRUCT(TimedOut::Content, (), (until, at))

struct Stopped {
  static constexpr std::string_view kKind = "listen.stopped";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = true;
  static constexpr StreamKind kStream = StreamKind::ours;
  struct Fields {
    EventId session;
  };
  struct Content {
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(Stopped::Fields, (), (session))
BOOST_DESCRIBE_STRUCT(Stopped::Content, (), (at))

struct Thanked {
  static constexpr std::string_view kKind = "listen.thanked";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = true;
  static constexpr StreamKind kStream = StreamKind::ours;
  struct Fields {
    EventId session;
    bool across = false;  ///< at the table: of the one who sits across from the phone's owner
  };
  struct Content {
    std::string text;
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(Thanked::Fields, (), (session, across))
BOOST_DESCRIBE_STRUCT(Thanked::Content, (), (text, at))

/// Whether what was typed is to be kept.
struct Kept {
  static constexpr std::string_view kKind = "listen.kept";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = true;
  static constexpr StreamKind kStream = StreamKind::ours;
  struct Fields {
    EventId session;
    bool keep = false;
  };
  struct Content {
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(Kept::Fields, (), (session, keep))
BOOST_DESCRIBE_STRUCT(Kept::Content, (), (at))

/// I take part with this device from now on.
struct Here {
  static constexpr std::string_view kKind = "listen.here";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = true;
  static constexpr StreamKind kStream = StreamKind::ours;
  struct Fields {
    EventId session;
  };
  using Content = Nothing;
};
BOOST_DESCRIBE_STRUCT(Here::Fields, (), (session))

/// A topic for a talk at another time.
struct IdeaNoted {
  static constexpr std::string_view kKind = "listen.idea-noted";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::ours;
  struct Fields {
    EventId session;
  };
  struct Content {
    std::string text;
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(IdeaNoted::Fields, (), (session))
BOOST_DESCRIBE_STRUCT(IdeaNoted::Content, (), (text, at))

/// The erase in the same append takes away the oldest so many of the author's pieces, and the topic, if it was theirs.
struct Cleared {
  static constexpr std::string_view kKind = "listen.cleared";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::ours;
  struct Fields {
    EventId session;
    std::uint32_t pieces = 0;
  };
  using Content = Nothing;
};
BOOST_DESCRIBE_STRUCT(Cleared::Fields, (), (session, pieces))

/// What it is to be about, until it goes out with my "now is good".
struct TopicKept {
  static constexpr std::string_view kKind = "listen.topic-kept";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::mine;
  struct Fields {
    EventId session;
  };
  struct Content {
    About about = About::us;
    std::string words;
  };
};
BOOST_DESCRIBE_STRUCT(TopicKept::Fields, (), (session))
BOOST_DESCRIBE_STRUCT(TopicKept::Content, (), (about, words))

/// How understood I felt, for me alone.
struct FeltUnderstood {
  static constexpr std::string_view kKind = "listen.felt-understood";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::mine;
  struct Fields {
    EventId session;
  };
  struct Content {
    std::uint8_t score = 0;  ///< 1..7
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(FeltUnderstood::Fields, (), (session))
BOOST_DESCRIBE_STRUCT(FeltUnderstood::Content, (), (score, at))

using Events = boost::mp11::mp_list<Proposed, Replied, Ready, Moved, TimedOut, Stopped, Thanked, Kept, Here, IdeaNoted,
                                    Cleared, TopicKept, FeltUnderstood>;

}  // namespace attune::listen
