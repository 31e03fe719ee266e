// Events of the space itself. The meaning of a (kind, version) never changes.
#pragma once

#include "attune/log/plan.h"

namespace attune::space {

using log::At;
using log::EventId;
using log::Nothing;
using wire::StreamKind;

// ---- ours ----

/// A display name, by its bearer.
struct Named {
  static constexpr std::string_view kKind = "space.named";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::ours;
  using Fields = Nothing;
  struct Content {
    std::string name;
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(Named::Content, (), (name, at))

/// Its author takes something away from where it was not opened yet; an erase comes in the same batch.
struct TakenBack {
  static constexpr std::string_view kKind = "space.taken-back";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::ours;
  struct Fields {
    EventId of;
  };
  struct Content {
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(TakenBack::Fields, (), (of))
BOOST_DESCRIBE_STRUCT(TakenBack::Content, (), (at))

/// A sealed answer to the question event q (PROTOCOL.md 8).
struct Committed {
  static constexpr std::string_view kKind = "sealed.committed";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::ours;
  struct Fields {
    EventId q;
    Hash c;  ///< C
  };
  struct Content {
    std::uint32_t epoch = 0;  ///< of K of the author's *mine*
    Nonce nonce;
    Bytes box;
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(Committed::Fields, (), (q, c))
BOOST_DESCRIBE_STRUCT(Committed::Content, (), (epoch, nonce, box, at))

struct Opened {
  static constexpr std::string_view kKind = "sealed.opened";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::ours;
  struct Fields {
    EventId q;
  };
  struct Content {
    Bytes r;       ///< r32
    Bytes answer;  ///< UTF-8
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(Opened::Fields, (), (q))
BOOST_DESCRIBE_STRUCT(Opened::Content, (), (r, answer, at))

/// My yes to going on in this stream behind an earlier one that has become two (PROTOCOL.md 6). Both persons say it
/// before anything else here counts. The fields say again what the genesis names.
struct Continued {
  static constexpr std::string_view kKind = "space.continued";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = true;
  static constexpr StreamKind kStream = StreamKind::ours;
  struct Fields {
    StreamId stream;
    std::uint64_t position = 0;  ///< the last place both had in common
    Hash history;                ///< R there
  };
  struct Content {
    std::uint32_t epoch = 0;  ///< of the earlier stream at that place
    Hash key;                 ///< its key, for whoever comes later
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(Continued::Fields, (), (stream, position, history))
BOOST_DESCRIBE_STRUCT(Continued::Content, (), (epoch, key, at))

// ---- mine ----

/// The first event of *mine*: the creating device's join for other streams, which its genesis can not hold.
struct Joined {
  static constexpr std::string_view kKind = "space.joined";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::mine;
  using Fields = Nothing;
  struct Content {
    SignKey sign;
    BoxKey box;
    Signature join;
    std::string name;  ///< the person's, for their own devices; may be empty
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(Joined::Content, (), (sign, box, join, name, at))

struct MyName {
  static constexpr std::string_view kKind = "space.my-name";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::mine;
  using Fields = Nothing;
  struct Content {
    std::string name;
  };
};
BOOST_DESCRIBE_STRUCT(MyName::Content, (), (name))

struct DeviceNamed {
  static constexpr std::string_view kKind = "space.device-named";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::mine;
  struct Fields {
    SignKey key;
  };
  struct Content {
    std::string name;
    At at;
  };
};
BOOST_DESCRIBE_STRUCT(DeviceNamed::Fields, (), (key))
BOOST_DESCRIBE_STRUCT(DeviceNamed::Content, (), (name, at))

/// I opened this envelope, or watched these answers open. Never leaves *mine*.
struct EnvelopeOpened {
  static constexpr std::string_view kKind = "space.envelope-opened";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::mine;
  struct Fields {
    EventId of;
  };
  using Content = Nothing;
};
BOOST_DESCRIBE_STRUCT(EnvelopeOpened::Fields, (), (of))

/// My copy of what I had opened and its author then took back (PROTOCOL.md 7). Nothing tells the author.
struct Copied {
  static constexpr std::string_view kKind = "space.copied";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::mine;
  struct Fields {
    EventId of;
  };
  struct Content {
    schema::Json content;
  };
};
BOOST_DESCRIBE_STRUCT(Copied::Fields, (), (of))
BOOST_DESCRIBE_STRUCT(Copied::Content, (), (content))

/// "Keep it to myself": what was written before pairing is not offered again.
struct KeptToMyself {
  static constexpr std::string_view kKind = "space.kept-to-myself";
  static constexpr std::uint32_t kVersion = 1;
  static constexpr bool kNeeded = false;
  static constexpr StreamKind kStream = StreamKind::mine;
  struct Fields {
    EventId of;
  };
  using Content = Nothing;
};
BOOST_DESCRIBE_STRUCT(KeptToMyself::Fields, (), (of))

using Events = boost::mp11::mp_list<Named, TakenBack, Committed, Opened, Continued, Joined, MyName, DeviceNamed,
                                    EnvelopeOpened, Copied, KeptToMyself>;

}  // namespace attune::space
