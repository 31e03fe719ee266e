// Commands of the space itself, by name and arguments. Each comment lists its refusals.
#pragma once

#include "attune/client/rows.h"
#include "attune/space/signal.h"

namespace attune::client {

#define ATTUNE_NAME(text) static constexpr std::string_view kName = text

/// Begins alone. already-started, bad-address, name-too-long.
struct Start {
  ATTUNE_NAME("space.start");
  std::optional<std::string> name;
  std::string relay;
};
BOOST_DESCRIBE_STRUCT(Start, (), (name, relay))
struct Rename {
  ATTUNE_NAME("space.rename");
  std::string name;
};
BOOST_DESCRIBE_STRUCT(Rename, (), (name))
/// Names a device of one's own; without a key this one. name-too-long, unknown-item.
struct NameDevice {
  ATTUNE_NAME("space.name-device");
  std::string name;
  std::optional<SignKey> key;
};
BOOST_DESCRIBE_STRUCT(NameDevice, (), (name, key))
/// Makes a link by which a fresh device becomes another of mine, good for 24 hours. not-started, invitation-open,
/// too-many-members.
struct AddDevice {
  ATTUNE_NAME("space.add-device");
  std::string app;
};
BOOST_DESCRIBE_STRUCT(AddDevice, (), (app))
/// Takes a device, or the recovery phrase, out of all streams; what follows is sealed with keys it never gets.
/// unknown-item, this-device.
struct RemoveDevice {
  ATTUNE_NAME("space.remove-device");
  SignKey key;
};
BOOST_DESCRIBE_STRUCT(RemoveDevice, (), (key))
/// Closes the shared space, alone and for good; the other sees that it is closed and nothing else. What was said stays
/// readable here. not-paired, reading-only (closed already).
struct Close {
  ATTUNE_NAME("space.close");
};
BOOST_DESCRIBE_STRUCT(Close, (), ())
/// Proposes to go on together behind the last place that both have in common. Nothing is decided before the other has
/// said yes. not-paired, reading-only (closed), nothing-to-mend (no second history is known of, or this device came in
/// behind that place).
struct Mend {
  ATTUNE_NAME("space.mend");
};
BOOST_DESCRIBE_STRUCT(Mend, (), ())
/// My yes to the proposal that was on the screen. nothing-to-mend (there is none, or another by now).
struct MendConfirm {
  ATTUNE_NAME("space.mend-confirm");
  StreamId stream;
};
BOOST_DESCRIBE_STRUCT(MendConfirm, (), (stream))
/// Makes a link good for 24 hours; `app` is the address the link leads to. already-paired (unless that space is
/// closed), not-started, joining-now, invitation-open.
struct Invite {
  ATTUNE_NAME("space.invite");
  std::string app;
};
BOOST_DESCRIBE_STRUCT(Invite, (), (app))
struct CancelInvitation {
  ATTUNE_NAME("space.cancel-invitation");
};
BOOST_DESCRIBE_STRUCT(CancelInvitation, (), ())
/// Reads a link and looks for its mailbox; nothing of mine goes to its relay before accept. link-short, link-altered,
/// link-newer, bad-address, already-paired, own-link.
struct Join {
  ATTUNE_NAME("space.join");
  std::string link;
};
BOOST_DESCRIBE_STRUCT(Join, (), (link))
/// Answers the link that is looked at; an invitation of one's own ends by it. no-invitation, not-connected,
/// name-too-long, already-paired.
struct Accept {
  ATTUNE_NAME("space.accept");
  std::optional<std::string> name;
};
BOOST_DESCRIBE_STRUCT(Accept, (), (name))
struct Decline {
  ATTUNE_NAME("space.decline");
};
BOOST_DESCRIBE_STRUCT(Decline, (), ())
/// `words`: the four that were on the screen, so that the tap is for no other exchange. no-invitation, already-paired
/// (by another device of mine meanwhile).
struct SameWords {
  ATTUNE_NAME("space.same-words");
  std::vector<std::string> words;
};
BOOST_DESCRIBE_STRUCT(SameWords, (), (words))
struct DifferentWords {
  ATTUNE_NAME("space.different-words");
};
BOOST_DESCRIBE_STRUCT(DifferentWords, (), ())
/// not-started, too-many-members.
struct PhraseShow {
  ATTUNE_NAME("space.phrase-show");
};
BOOST_DESCRIBE_STRUCT(PhraseShow, (), ())
struct Pick {
  std::uint32_t place = 0;
  std::string word;
};
BOOST_DESCRIBE_STRUCT(Pick, (), (place, word))
/// Three of the words, tapped. wrong-pick, no-phrase-shown, too-many-members.
struct PhraseConfirm {
  ATTUNE_NAME("space.phrase-confirm");
  std::vector<Pick> picks;
};
BOOST_DESCRIBE_STRUCT(PhraseConfirm, (), (picks))
struct PhraseLater {
  ATTUNE_NAME("space.phrase-later");
};
BOOST_DESCRIBE_STRUCT(PhraseLater, (), ())
/// word-count, unknown-word, word-checksum, bad-address, already-started.
struct Recover {
  ATTUNE_NAME("space.recover");
  std::string words;
  std::string relay;
};
BOOST_DESCRIBE_STRUCT(Recover, (), (words, relay))
struct RecoverFinish {
  ATTUNE_NAME("space.recover-finish");
  std::vector<SignKey> keep;
};
BOOST_DESCRIBE_STRUCT(RecoverFinish, (), (keep))
struct RecoverCancel {
  ATTUNE_NAME("space.recover-cancel");
};
BOOST_DESCRIBE_STRUCT(RecoverCancel, (), ())
struct OpenItem {
  ATTUNE_NAME("space.open-item");
  EventId item;
};
BOOST_DESCRIBE_STRUCT(OpenItem, (), (item))
/// unknown-item, not-yours, taken-back-already, too-late.
struct TakeItemBack {
  ATTUNE_NAME("space.take-back");
  EventId item;
};
BOOST_DESCRIBE_STRUCT(TakeItemBack, (), (item))
struct KeepToMyself {
  ATTUNE_NAME("space.keep-to-myself");
  EventId item;
};
BOOST_DESCRIBE_STRUCT(KeepToMyself, (), (item))
struct Looked {
  ATTUNE_NAME("space.looked");
};
BOOST_DESCRIBE_STRUCT(Looked, (), ())
/// bad-step-code, not-paired.
struct CheckStep {
  ATTUNE_NAME("space.check-step");
  std::string code;
};
BOOST_DESCRIBE_STRUCT(CheckStep, (), (code))
/// Asks the relay what a phone subscribes with to be woken; the answer stands in the view. not-started.
struct PushAsk {
  ATTUNE_NAME("space.push-ask");
};
BOOST_DESCRIBE_STRUCT(PushAsk, (), ())
/// What the phone's push service gave: where to ring, its two keys, and the relay's key it was asked for with.
/// not-started, bad-arguments.
struct PushSet {
  ATTUNE_NAME("space.push-set");
  std::string endpoint;
  Bytes p256dh;
  Bytes auth;
  Bytes key;
};
BOOST_DESCRIBE_STRUCT(PushSet, (), (endpoint, p256dh, auth, key))
struct PushClear {
  ATTUNE_NAME("space.push-clear");
};
BOOST_DESCRIBE_STRUCT(PushClear, (), ())
/// When this device is to be woken without any news, in place of the times before: seconds since 1970, rising, at most
/// 16. The relay learns them, and nothing of what they are for. They go with the subscription.
/// not-started, bad-arguments, not-called (there is no subscription).
struct WakeAt {
  ATTUNE_NAME("space.wake-at");
  std::vector<std::uint64_t> times;
};
BOOST_DESCRIBE_STRUCT(WakeAt, (), (times))
/// Tells the other's device, if it is in the room of this item too, that I am here, have paused, am away or have left;
/// a room says so every few seconds. Nothing of it is kept or queued. not-started, not-connected.
struct SaySignal {
  ATTUNE_NAME("signal.say");
  EventId item;
  space::Say say = space::Say::here;
};
BOOST_DESCRIBE_STRUCT(SaySignal, (), (item, say))
/// too-late-to-undo.
struct Undo {
  ATTUNE_NAME("space.undo");
  EventId command;
};
BOOST_DESCRIBE_STRUCT(Undo, (), (command))
struct Dismiss {
  ATTUNE_NAME("space.dismiss");
  std::string notice;
};
BOOST_DESCRIBE_STRUCT(Dismiss, (), (notice))
/// Keeps half a sentence; empty text forgets it. A key "practice.item.…" names what it is for: once that is over, it
/// goes.
struct PutDraft {
  ATTUNE_NAME("space.draft");
  std::string key;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(PutDraft, (), (key, text))

#undef ATTUNE_NAME

using SpaceRequests =
    boost::mp11::mp_list<Start, Rename, NameDevice, AddDevice, RemoveDevice, Close, Mend, MendConfirm, Invite,
                         CancelInvitation, Join, Accept, Decline, SameWords, DifferentWords, PhraseShow, PhraseConfirm,
                         PhraseLater, Recover, RecoverFinish, RecoverCancel, OpenItem, TakeItemBack, KeepToMyself,
                         Looked, CheckStep, PushAsk, PushSet, PushClear, WakeAt, SaySignal, Undo, Dismiss, PutDraft>;

}  // namespace attune::client
