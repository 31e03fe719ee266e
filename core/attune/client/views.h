// Views of the space and of what is joined from practices. Names of fields are what screens and `show` print.
#pragma once

#include "attune/client/rows.h"
#include "attune/practices/facts.h"

namespace attune::client {

enum class Phase : std::uint8_t { fresh, alone, paired, recovering, joining };
BOOST_DESCRIBE_ENUM(Phase, fresh, alone, paired, recovering, joining)
enum class Connection : std::uint8_t { offline, connecting, online };
BOOST_DESCRIBE_ENUM(Connection, offline, connecting, online)
enum class RecoveryState : std::uint8_t { none, shown, confirmed };
BOOST_DESCRIBE_ENUM(RecoveryState, none, shown, confirmed)
enum class InvitationState : std::uint8_t { none, waiting, compare, approved, joined, ended };
BOOST_DESCRIBE_ENUM(InvitationState, none, waiting, compare, approved, joined, ended)
enum class InvitationEnd : std::uint8_t { expired, declined, second_request, different_words, cancelled, bad_request };
BOOST_DESCRIBE_ENUM(InvitationEnd, expired, declined, second_request, different_words, cancelled, bad_request)
enum class JoiningState : std::uint8_t { none, looking, asked, compare, approved, ended };
BOOST_DESCRIBE_ENUM(JoiningState, none, looking, asked, compare, approved, ended)
enum class JoiningEnd : std::uint8_t {
  already_started,
  link_short,
  link_altered,
  link_used,
  link_expired,
  link_unknown,
  declined,
  different_words,
  refused,
  no_answer
};
BOOST_DESCRIBE_ENUM(JoiningEnd, already_started, link_short, link_altered, link_used, link_expired, link_unknown,
                    declined, different_words, refused, no_answer)
enum class RecoveringState : std::uint8_t { none, connecting, reading, devices, finishing, failed };
BOOST_DESCRIBE_ENUM(RecoveringState, none, connecting, reading, devices, finishing, failed)
enum class StepCheck : std::uint8_t { none, same, different, not_there_yet };
BOOST_DESCRIBE_ENUM(StepCheck, none, same, different, not_there_yet)

/// What a relay holds and this device has not read yet, as long as it is much: after being let in, or after a long
/// while away. Entries are records of all streams.
struct ComingView {
  std::uint64_t done = 0;   ///< entries that are here and checked
  std::uint64_t total = 0;  ///< of so many
  bool reading = false;     ///< all are here; what they say is not read to its end
  bool checking = false;  ///< what is shown is what another device of mine has seen; here it is still being checked
  bool entering = false;  ///< and this device is not one of mine yet: space.decline stops bringing it in
};
BOOST_DESCRIBE_STRUCT(ComingView, (), (done, total, reading, checking, entering))

struct SyncView {
  Connection connection = Connection::offline;
  std::uint32_t on_this_phone = 0;  ///< things the relay has not stored yet
  std::uint32_t resting = 0;  ///< of these, private ones that leave at the next beat
  bool busy = false;  ///< connected, and something is still unanswered or about to leave by itself
  std::optional<ComingView> coming;  ///< none: nearly everything is here and read
};
BOOST_DESCRIBE_STRUCT(SyncView, (), (connection, on_this_phone, resting, busy, coming))

struct UndoView {
  EventId command;
  std::string kind;  ///< the command's name
  std::int64_t until = 0;  ///< ms
};
BOOST_DESCRIBE_STRUCT(UndoView, (), (command, kind, until))

struct AppView {
  Phase phase = Phase::fresh;
  std::optional<std::string> name;
  std::optional<std::string> partner;  ///< none: "your partner"
  std::string relay;
  SyncView sync;
  RecoveryState recovery = RecoveryState::none;
  InvitationState invitation = InvitationState::none;
  std::uint32_t offers = 0;
  bool reading_only = false;
  bool closed = false;  ///< the shared space is over, by whoever's tap: it can be read, and another one begun
  std::vector<Notice> notices;
  std::optional<UndoView> undo;
};
BOOST_DESCRIBE_STRUCT(AppView, (),
                      (phase, name, partner, relay, sync, recovery, invitation, offers, reading_only, closed, notices,
                       undo))

struct InvitationView {
  InvitationState state = InvitationState::none;
  bool own_device = false;  ///< for another device of mine; `partner` is then what it calls itself
  std::string link;
  std::vector<std::string> link_words;  ///< what the link holds, to be typed with the relay's address; 24
  std::string relay;
  std::int64_t until = 0;
  std::vector<std::string> words;
  std::optional<std::string> partner;
  std::optional<InvitationEnd> ended;
};
BOOST_DESCRIBE_STRUCT(InvitationView, (), (state, own_device, link, link_words, relay, until, words, partner, ended))

struct JoiningView {
  JoiningState state = JoiningState::none;
  std::string relay;
  bool ready = false;  ///< the invitation was found at its server, so that it can be accepted
  bool own_device = false;  ///< the link makes this another device of the person who made it
  bool answered = false;    ///< my name and keys may have gone to whoever made the link
  std::vector<std::string> words;
  std::uint64_t done = 0;  ///< records that have come over to this new device
  std::uint64_t total = 0;  ///< of so many; 0: not known yet
  std::optional<JoiningEnd> ended;
};
BOOST_DESCRIBE_STRUCT(JoiningView, (), (state, relay, ready, own_device, answered, words, done, total, ended))

struct RecoveryView {
  RecoveryState state = RecoveryState::none;
  std::vector<std::string> words;
  std::string relay;
  std::vector<std::uint32_t> ask;  ///< three places, 1 to 12
  std::vector<std::string> choices;  ///< words to tap from, the right ones among them
};
BOOST_DESCRIBE_STRUCT(RecoveryView, (), (state, words, relay, ask, choices))

struct DeviceView {
  SignKey key;
  std::string name;
  std::optional<At> added;
  std::optional<At> changed;  ///< when it was last named; never when it was last used
  bool this_one = false;
  bool phrase = false;
  bool removing = false;  ///< its removal is not stored yet
};
BOOST_DESCRIBE_STRUCT(DeviceView, (), (key, name, added, changed, this_one, phrase, removing))

struct RecoveringView {
  RecoveringState state = RecoveringState::none;
  std::uint64_t done = 0;
  std::uint64_t total = 0;
  std::vector<DeviceView> devices;
  std::optional<std::string> code;
};
BOOST_DESCRIBE_STRUCT(RecoveringView, (), (state, done, total, devices, code))

struct DevicesView {
  std::vector<DeviceView> devices;
};
BOOST_DESCRIBE_STRUCT(DevicesView, (), (devices))

struct StepView {
  std::uint64_t position = 0;
  std::uint64_t newest = 0;
  std::vector<std::string> words;
  std::string code;
  StepCheck check = StepCheck::none;
};
BOOST_DESCRIBE_STRUCT(StepView, (), (position, newest, words, code, check))

/// unknown: the relay has not said · unavailable: it wakes nobody · off · on_this_phone: the relay does not know yet ·
/// on · stale: the relay rings with another key now, subscribe again · refused: `code` says why
enum class NotificationsState : std::uint8_t { unknown, unavailable, off, on_this_phone, on, stale, refused };
BOOST_DESCRIBE_ENUM(NotificationsState, unknown, unavailable, off, on_this_phone, on, stale, refused)
struct NotificationsView {
  NotificationsState state = NotificationsState::unknown;
  std::optional<std::string> key;  ///< what to subscribe with (RFC 8292), base64url
  std::optional<std::string> code;
  std::vector<std::uint64_t> times;  ///< when this device is woken without any news: seconds since 1970, rising
  bool times_told = false;  ///< the relay keeps just these, as far as it is known here
};
BOOST_DESCRIBE_STRUCT(NotificationsView, (), (state, key, code, times, times_told))

/// What the other's device says of the room both are in. unknown: it was not heard for fifteen seconds, or never; it
/// may be there all the same.
enum class OtherIs : std::uint8_t { unknown, here, paused, away, left };
BOOST_DESCRIBE_ENUM(OtherIs, unknown, here, paused, away, left)
struct PresenceView {
  std::optional<EventId> item;  ///< the room this device is in
  OtherIs other = OtherIs::unknown;
};
BOOST_DESCRIBE_STRUCT(PresenceView, (), (item, other))

/// possible: a second history is known of, and I may propose to mend · waiting: for the other's yes · asked: the other
/// proposes, and waits for mine · done: the space goes on behind an earlier one
enum class MendingState : std::uint8_t { none, possible, waiting, asked, done };
BOOST_DESCRIBE_ENUM(MendingState, none, possible, waiting, asked, done)
struct MendingView {
  MendingState state = MendingState::none;
  std::optional<StreamId> stream;  ///< of the proposal, to be confirmed by
  std::optional<At> until;  ///< of the last thing that both have and keep
  std::uint32_t mine = 0;  ///< things of mine behind it, as this phone has them
  std::uint32_t theirs = 0;
};
BOOST_DESCRIBE_STRUCT(MendingView, (), (state, stream, until, mine, theirs))

/// What mending left out, as this phone has it: readable, no part of what goes on.
struct LeftOutView {
  EventId event;
  practices::OfferKind kind = practices::OfferKind::thanks;
  std::optional<std::string> prompt;
  bool by_me = false;
  std::string text;
  At at;
};
BOOST_DESCRIBE_STRUCT(LeftOutView, (), (event, kind, prompt, by_me, text, at))
struct EarlierView {
  std::vector<LeftOutView> items;  ///< newest first
};
BOOST_DESCRIBE_STRUCT(EarlierView, (), (items))

struct OffersView {
  std::vector<practices::Offer> offers;
};
BOOST_DESCRIBE_STRUCT(OffersView, (), (offers))

struct DraftView {
  std::string text;
};
BOOST_DESCRIBE_STRUCT(DraftView, (), (text))

/// One part of what was written, by the name it has in the command.
struct RefusedText {
  std::string field;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(RefusedText, (), (field, text))
struct RefusedView {
  std::string draft;  ///< its key: `space.draft` with an empty text lets it go
  std::optional<std::string> command;  ///< the name of what was asked for; none: kept by an older Attune
  std::optional<At> at;
  std::vector<RefusedText> texts;
};
BOOST_DESCRIBE_STRUCT(RefusedView, (), (draft, command, at, texts))
/// What was accepted and then could not be sent any more, newest first.
struct UnsentView {
  std::vector<RefusedView> refused;
};
BOOST_DESCRIBE_STRUCT(UnsentView, (), (refused))

/// Arguments of views.
struct StepArgs {
  std::optional<std::uint64_t> position;
};
BOOST_DESCRIBE_STRUCT(StepArgs, (), (position))
struct DraftArgs {
  std::string key;
};
BOOST_DESCRIBE_STRUCT(DraftArgs, (), (key))

}  // namespace attune::client
