// Letters: what one may ask for, and why it is refused.
#pragma once

#include "attune/practices/letters/state.h"

namespace attune::letters {

inline constexpr ErrorCode kBadDate{1360, "bad-letter-date", "A letter waits for a date within the next ten years."};
inline constexpr ErrorCode kPosted{1361, "letter-posted", "This letter has been posted; it can be taken back."};

inline constexpr ErrorCode kClosed{1362, "letter-closed", "This letter stays closed until its date."};

inline constexpr std::size_t kMaxLetter = 8'000;                              ///< bytes
inline constexpr std::int64_t kLongest = 3'653LL * 24 * 60 * 60'000;          ///< ms from now

/// Seals a letter until a date. With `held_by_me` it stays in *mine* until then (also before there is anybody to send
/// it to). Errors: not-paired (held by the app), text-empty, text-too-long, bad-letter-date.
struct Seal {
  static constexpr std::string_view kName = "letters.seal";
  std::string text;
  At opens;
  bool held_by_me = false;
};
BOOST_DESCRIBE_STRUCT(Seal, (), (text, opens, held_by_me))

/// One that I hold is not posted. Errors: unknown-item, letter-posted.
struct Withdraw {
  static constexpr std::string_view kName = "letters.withdraw";
  static constexpr bool kOnlyEnds = true;
  EventId item;
};
BOOST_DESCRIBE_STRUCT(Withdraw, (), (item))

using Commands = boost::mp11::mp_list<Seal, Withdraw>;

/// Posts a letter whose date has come. Nobody can ask for it.
struct Post {
  static constexpr std::string_view kName = "letters.post";
  EventId held;
};
BOOST_DESCRIBE_STRUCT(Post, (), (held))
using OwnAccord = boost::mp11::mp_list<Post>;

Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Seal& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Withdraw& command);
Result<log::Plan> plan(const space::CommandContext& context, const State& state, const Post& command);

/// The letter that is to be posted now.
std::optional<Post> owed(const space::Context& context, const State& state);
/// When the next one is; ms. None: none is held.
std::optional<std::int64_t> next_due(const space::Context& context, const State& state);

/// May its envelope be opened now? Errors: letter-closed.
Result<> may_open(const space::Context& context, const State& state, const EventId& item);

/// What may be written, and is read.
Result<> check(const Letter& letter);

inline constexpr const ErrorCode* kErrors[] = {&kBadDate, &kPosted, &kClosed};

}  // namespace attune::letters
