// Messages between a device and a relay: one WebSocket binary message each, type u8 ‖ body.
//
// A connection begins hello → challenge → prove → welcome. Then the device follows streams and mailboxes and appends.
// A followed stream is delivered from the asked position on, in order, first what is stored, then live; `records`
// with none inside says how far the relay's history goes. The relay does not send a connection what it appended
// itself on it. Records travel as record.h encodes them.
//
// Messages marked *push*, *slot* or *signal* came later than the rest of this version. A relay says them only to a
// device that has said one; a relay from before hangs up on a device that does, with the fault kBadFrame.
#pragma once

#include <string>
#include <variant>

#include "wire/control.h"
#include "wire/record.h"

namespace attune::wire {

// ---- device → relay ----
struct Hello {                 // 0x01 protocol u8 ‖ key 32 ‖ nonce 32
  std::uint8_t protocol = kProtocolVersion;
  SignKey key;
  Challenge nonce;
  bool operator==(const Hello&) const = default;
};
struct Prove {                 // 0x02 signature 64: sign("auth"; relay nonce ‖ device nonce ‖ key ‖ origin dialled)
  Signature signature;
  bool operator==(const Prove&) const = default;
};
struct Append {                // 0x03 request u32 ‖ stream 32 ‖ wake u8 ‖ count u8 ‖ (length u32 ‖ record)…
                               //      ‖ count u8 ‖ (length u32 ‖ control record)…
  std::uint32_t request = 0;
  StreamId stream;             ///< R(0) also when the first record is the genesis
  bool wake = false;           ///< PROTOCOL.md 18
  std::vector<Bytes> records;  ///< 1..64
  /// Control records that lie further on than all of these, positions rising: shown, not stored, ≤ 80. History given
  /// back needs them where it depends on what the next appends will bring: an `erase` for each content that is gone,
  /// the `members` by which the sender, or who erased, came in. With the records 1 MiB at most.
  std::vector<Bytes> ahead;
  bool operator==(const Append&) const = default;
};
struct Follow {                // 0x04 stream 32 ‖ from u64
  StreamId stream;
  std::uint64_t from = 0;      ///< the first position wanted
  bool operator==(const Follow&) const = default;
};
struct MailPut {               // 0x06 request u32 ‖ mailbox 32 ‖ length u32 ‖ bytes; answered by stored or refused
  std::uint32_t request = 0;
  MailboxId mailbox;
  bool create = false;         // one u8 behind the mailbox: only the inviter makes a box
  Bytes mail;
  bool operator==(const MailPut&) const = default;
};
struct MailFollow {            // 0x07 mailbox 32; answered by `mail` now and at every change
  MailboxId mailbox;
  bool operator==(const MailFollow&) const = default;
};
struct MailBurn {              // 0x08 mailbox 32
  MailboxId mailbox;
  bool operator==(const MailBurn&) const = default;
};
struct PushKeyAsk {            // 0x09 (push); answered by `push key`
  bool operator==(const PushKeyAsk&) const = default;
};
struct PushSet {               // 0x0A (push) request u32 ‖ length u16 ‖ endpoint ‖ p256dh 65 ‖ auth 16;
                               //      answered by stored or refused
  std::uint32_t request = 0;
  std::string endpoint;        ///< printable ASCII, 1..512; this device's one subscription from now on
  P256Key p256dh;
  PushSecret auth;
  bool operator==(const PushSet&) const = default;
};
struct PushClear {             // 0x0B (push) request u32; stored or refused. Takes the wake-up times along
  std::uint32_t request = 0;
  bool operator==(const PushClear&) const = default;
};
struct WakeAt {                // 0x0C (push) request u32 ‖ count u8 ‖ u64…; stored or refused
  std::uint32_t request = 0;
  std::vector<std::uint64_t> times;  ///< seconds since 1970, rising, ≤ 16; in place of those before
  bool operator==(const WakeAt&) const = default;
};
struct SlotPut {  // 0x0D (slot) request u32 ‖ stream 32 ‖ id 32 ‖ piece u8 ‖ count u8 ‖ length u32 ‖ bytes;
                  //      answered by stored or refused
  std::uint32_t request = 0;
  StreamId stream;  ///< a *mine*
  Hash id;  ///< of all pieces together, chosen by the device
  std::uint8_t piece = 0;  ///< 0, 1, … in order; the first takes the place of whatever the slot held
  std::uint8_t count = 0;  ///< 0, without id and bytes: the slot is emptied
  Bytes bytes;  ///< 1 .. 256 KiB
  bool operator==(const SlotPut&) const = default;
};
struct SlotGet {  // 0x0E (slot) request u32 ‖ stream 32 ‖ piece u8; answered by slot or refused
  std::uint32_t request = 0;
  StreamId stream;
  std::uint8_t piece = 0;
  bool operator==(const SlotGet&) const = default;
};
struct Signal {  // 0x0F (signal) stream 32 ‖ length u16 ‖ bytes; handed on, neither stored nor answered (PROTOCOL.md
                 // 13)
  StreamId stream;
  Bytes bytes;  ///< 1 .. 256, sealed by the devices
  bool operator==(const Signal&) const = default;
};

// ---- relay → device ----
struct Challenged {  // 0x81 relay nonce 32
  Challenge nonce;
  bool operator==(const Challenged&) const = default;
};
struct Known {  // stream 32 ‖ kind u8 ‖ head u64 ‖ R 32
  StreamId stream;
  StreamKind kind = StreamKind::mine;
  std::uint64_t head = 0;
  Hash history;  ///< R(head)
  bool operator==(const Known&) const = default;
};
struct Welcome {  // 0x82 count u16 (≤ 1,024) ‖ known…: the streams this key is a member of
  std::vector<Known> streams;
  bool operator==(const Welcome&) const = default;
};
struct Stored {  // 0x83 request u32 ‖ head u64 ‖ R 32; only after the commit (zeros for mail, push and slot)
  std::uint32_t request = 0;
  std::uint64_t head = 0;
  Hash history;
  bool operator==(const Stored&) const = default;
};
struct Moved {  // 0x84 request u32 ‖ head u64 ‖ R 32: the head is another one; nothing was stored
  std::uint32_t request = 0;
  std::uint64_t head = 0;
  Hash history;
  bool operator==(const Moved&) const = default;
};
struct Refused {  // 0x85 request u32 ‖ code u16 (errors.h); nothing was stored
  std::uint32_t request = 0;
  std::uint16_t code = 0;
  bool operator==(const Refused&) const = default;
};
struct Records {  // 0x86 stream 32 ‖ head u64 ‖ R 32 ‖ count u16 ‖ (length u32 ‖ record)…
  StreamId stream;
  std::uint64_t head = 0;  ///< the relay's newest position
  Hash history;  ///< R(head)
  std::vector<Bytes> records;  ///< ≤ 512 and ≤ 1 MiB
  bool operator==(const Records&) const = default;
};
enum class MailboxState : std::uint8_t { open = 0, burnt = 1, expired = 2, unknown = 3 };
struct Mail {  // 0x87 mailbox 32 ‖ state u8 ‖ count u8 ‖ (length u32 ‖ bytes)…
  MailboxId mailbox;
  MailboxState state = MailboxState::unknown;
  std::vector<Bytes> mails;
  bool operator==(const Mail&) const = default;
};
struct Joined {  // 0x88 known: this connection's key has just become a member of a stream
  Known stream;
  bool operator==(const Joined&) const = default;
};
struct Fault {  // 0x89 code u16; the relay hangs up after it
  std::uint16_t code = 0;
  bool operator==(const Fault&) const = default;
};
struct PushKey {  // 0x8A (push) available u8 ‖ key 65: what to subscribe with (RFC 8292); zeros if not
  bool available = false;
  P256Key key;
  bool operator==(const PushKey&) const = default;
};
struct Slot {  // 0x8B (slot) request u32 ‖ id 32 ‖ piece u8 ‖ count u8 ‖ length u32 ‖ bytes
  std::uint32_t request = 0;
  Hash id;
  std::uint8_t piece = 0;
  std::uint8_t count = 0;  ///< 0, without id and bytes: the slot holds nothing whole, or not so many pieces
  Bytes bytes;  ///< 1 .. 256 KiB
  bool operator==(const Slot&) const = default;
};
struct Signalled {  // 0x8C (signal) stream 32 ‖ key 32 ‖ length u16 ‖ bytes
  StreamId stream;
  SignKey from;  ///< the key that the connection it came by has proven
  Bytes bytes;  ///< 1 .. 256
  bool operator==(const Signalled&) const = default;
};

using FromDevice = std::variant<Hello, Prove, Append, Follow, MailPut, MailFollow, MailBurn, PushKeyAsk, PushSet,
                                PushClear, WakeAt, SlotPut, SlotGet, Signal>;
using FromRelay =
    std::variant<Challenged, Welcome, Stored, Moved, Refused, Records, Mail, Joined, Fault, PushKey, Slot, Signalled>;

Bytes encode(const FromDevice& message);
Bytes encode(const FromRelay& message);
/// Errors: kBadFrame, kTooLarge, kBatchSize, kOtherProtocol (a Hello of another version). Nothing is allocated for
/// more than the frame holds.
Result<FromDevice> decode_from_device(ByteView bytes);
Result<FromRelay> decode_from_relay(ByteView bytes);

/// What `Prove` signs: sign("auth"; relay nonce ‖ device nonce ‖ key ‖ origin), the origin dialled as ASCII text such
/// as "https://attune.example" (scheme, host, port unless it is the scheme's own; no path).
Signature sign_auth(ByteView secret, const Challenge& relay, const Challenge& device, const SignKey& key,
                    std::string_view origin);
bool verify_auth(const Signature& signature, const Challenge& relay, const Challenge& device, const SignKey& key,
                 std::string_view origin);

}  // namespace attune::wire
