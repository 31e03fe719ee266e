// What a device keeps, row by row, and the key it is wrapped with.
//
//   format            u32: 1
//   wrap              the wrapping key; a lock will wrap this one row and nothing else
//   profile           Profile                          sealed
//   invite / join     Invitation / Joining             sealed
//   refusals          list of Refusing                 sealed
//   c/<number>        Queued: a command not yet in the log           sealed
//   d/<key>           a draft; d/refused/<id>: Refused, as text      sealed
//   n/<code>          Notice                           sealed
//   local             Local                            sealed
//   push              Push                             sealed
//   snapshot          what the events add up to, up to a place of each stream (snapshot.cpp)   sealed in pieces
//   ahead             another device's snapshot, as it lay in the slot (slot_showing.cpp)   sealed as there
//   r/<stream>/<position>   a record as the relay stores it (encrypted by its stream's key)
//   f/<stream>        R of records sealed here whose answer has not come
//   e/<stream>        after a fork: header and signature of the first record that contradicts r/
#pragma once

#include <map>

#include "attune/crypto/secret.h"
#include "attune/log/plan.h"
#include "attune/shell.h"
#include "wire/frames.h"

namespace attune::client {

using log::At;
using log::EventId;
using schema::Json;

/// A stream that could continue *ours*, on its way to both persons' yes (PROTOCOL.md 6). Its records are kept.
struct Mending {
  StreamId stream;
  bool mine = false;       ///< this device proposed it
  bool confirmed = false;  ///< this device's yes: said there, or to be said
  bool posted = false;     ///< the relay has what this device proposed
};
BOOST_DESCRIBE_STRUCT(Mending, (), (stream, mine, confirmed, posted))

struct Profile {
  Hash sign_seed;
  Hash box_secret;
  std::string relay;
  std::string name;                 ///< what was typed at the start; may be empty
  std::optional<StreamId> mine;
  std::optional<StreamId> ours;
  std::vector<StreamId> left;       ///< shared streams this device does not follow any more
  std::vector<Json> enrolling;      ///< Enrolling: own keys to be added to *mine*
  std::optional<std::vector<SignKey>> removing;  ///< own keys to be taken out of *mine*, and then of *ours*
  std::optional<bool> closing;                   ///< *ours* was left by a tap; its `close` may not be stored yet
  std::optional<bool> close_said;                ///< on a history of the relay's that is not mine
  std::optional<std::vector<StreamId>> earlier;  ///< streams that *ours* continues, oldest first
  std::optional<Mending> mending;
};
BOOST_DESCRIBE_STRUCT(Profile, (),
                      (sign_seed, box_secret, relay, name, mine, ours, left, enrolling, removing, closing, close_said,
                       earlier, mending))

/// A key of mine (a recovery phrase, another device) on its way into *mine*. Its secret is not here.
struct Enrolling {
  SignKey sign;
  BoxKey box;
  std::uint8_t role = 1;
  Signature join;
  std::optional<Hash> pairing;  ///< of the exchange that brought a device
};
BOOST_DESCRIBE_STRUCT(Enrolling, (), (sign, box, role, join, pairing))

/// A place in a stream that another device of mine vouched for.
struct HandedOver {
  StreamId stream;
  std::uint64_t position = 0;
  Hash history;
};
BOOST_DESCRIBE_STRUCT(HandedOver, (), (stream, position, history))

struct Queued {
  std::uint64_t number = 0;
  EventId id;
  std::string name;
  Json args;
  At at;
  std::int64_t not_before = 0;  ///< until then it can be undone
  bool system = false;         ///< owed by the space itself, not asked for by a person
  bool kept = false;           ///< accepted; the stream it writes to is settled
  bool to_ours = false;        ///< that stream
};
BOOST_DESCRIBE_STRUCT(Queued, (), (number, id, name, args, at, not_before, system, kept, to_ours))

/// A command that was accepted and could not be sent any more, kept for the words in it.
struct Refused {
  std::string command;
  Json args;
  At at;
};
BOOST_DESCRIBE_STRUCT(Refused, (), (command, args, at))
inline constexpr std::string_view kRefusedDraft = "refused/";

struct Notice {
  std::string id;
  std::string code;
  At at;
};
BOOST_DESCRIBE_STRUCT(Notice, (), (id, code, at))

/// Small things of this device alone.
struct Local {
  std::uint64_t looked = 0;                ///< first position of *ours* not yet looked at
  std::optional<std::string> step_check;   ///< a code of the other phone, to be checked on arrival
  std::vector<StreamId> forked;            ///< writing to these has stopped
  std::optional<HandedOver> handed_over;   ///< of *ours*, by the device that added this one; checked when it is here
  std::optional<std::uint64_t> parted;  ///< after a fork: the lowest place of *ours* known to be another elsewhere
  std::optional<bool> parted_there;  ///< and the place before it is known to be the same
};
BOOST_DESCRIBE_STRUCT(Local, (), (looked, step_check, forked, handed_over, parted, parted_there))

/// Where this device is woken. The relay keeps it too, for as long as it is a member.
struct Push {
  std::string endpoint;
  P256Key p256dh;
  PushSecret auth;
  P256Key key;  ///< the relay's, which the push service lets ring
  bool off = false;  ///< to be withdrawn; the relay may not know yet
  /// When it is to ring without any news: seconds since 1970, rising. Empty: those of before are to be withdrawn.
  std::optional<std::vector<std::uint64_t>> times;
};
BOOST_DESCRIBE_STRUCT(Push, (), (endpoint, p256dh, auth, key, off, times))

/// Seals rows with the device's wrapping key, each bound to its own name.
class Vault {
 public:
  Vault() = default;
  explicit Vault(crypto::Key key) : key_(std::move(key)) {}
  [[nodiscard]] Bytes seal(std::string_view row, const Json& value, const Entropy& entropy) const;
  /// What may be megabytes: 16 random bytes ‖ pieces of 64 KiB, each sealed under nonce = these ‖ index u32 ‖ last u32
  /// (as PROTOCOL.md 13 has it for blobs). A browser makes a function fast between two calls of it, never within one.
  [[nodiscard]] Bytes seal_long(std::string_view row, ByteView bytes, const Entropy& entropy) const;
  /// Errors: storage-corrupt.
  [[nodiscard]] Result<Bytes> open_long(std::string_view row, Bytes sealed) const;
  /// Errors: storage-corrupt.
  [[nodiscard]] Result<Json> open(std::string_view row, ByteView sealed) const;
  [[nodiscard]] const crypto::Key& key() const { return key_; }

 private:
  crypto::Key key_;
};

std::string record_row(const StreamId& stream, std::uint64_t position);
std::string in_flight_row(const StreamId& stream);
std::string evidence_row(const StreamId& stream);
std::string command_row(std::uint64_t number);

}  // namespace attune::client
