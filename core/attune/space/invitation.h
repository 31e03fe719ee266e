// Inviting a partner, or a device of one's own: messages through a mailbox nobody else can read, and four words that
// are compared (PROTOCOL.md 9).
//
//   link fragment  join=1.<s base64url>.<relay address, percent-encoded>
//   mailbox id = KDF(s, "mailbox") · mail key = KDF(s, "mail")
//   mail  XChaCha20-Poly1305 under the mail key, AAD = mailbox id, of kind u8 ‖ length u16 ‖ body ‖ zeros (1,024 bytes)
//   m1 (1) role u8 ‖ sign 32 ‖ box 32 ‖ self 32 ‖ join 64 ‖ H("nonce"; n_A) 32
//   m2 (2) sign 32 ‖ box 32 ‖ self 32 ‖ join 64 ‖ n_B 32 ‖ H("m1"; m1) 32 ‖ name length u8 ‖ name and zeros 80
//          ‖ signature 64                                                      (an own device: self is A's)
//   m3 (3) n_A 32 ‖ H("m1m2"; m1 ‖ m2) 32 ‖ signature 64
//   m4 (4) reason u8
//   m5 (5) position u64 ‖ R 32 ‖ ours u8 ‖ stream 32 ‖ position u64 ‖ R 32 ‖ signature 64: sign("m5"; pairing ‖ the
//          rest), to an own device after the tap: where A's streams stand, *mine* first; ours 0: zeros follow
//   m6 (6) state hash 32 ‖ epoch u32 ‖ key id 32 ‖ sealed 112 ‖ signature 64: sign("m6"; pairing ‖ the rest), to an own
//          device that a snapshot waits for: what it has to be, and the box of the key of *mine* it is sealed under
//
// Security. The words are the first 44 bits of H("words"; m1 ‖ m2 ‖ n_A). A is bound to n_A by m1 before it sees m2; B
// sends m2 before it sees n_A; so neither, nor anybody between them, can search for words that match. Whoever has the
// link can only make A see one wrong request, whose words differ.
#pragma once

#include "attune/crypto/keys.h"
#include "attune/log/reading.h"
#include "attune/space/errors.h"
#include "attune/space/words.h"
#include "wire/control.h"
#include "wire/limits.h"

namespace attune::space {

inline constexpr std::size_t kMaxName = 80;

struct Link {
  crypto::Key s;
  std::string relay;
};
std::string write_link(std::string_view app_origin, const Link& link);
/// s as twenty-four words, to be typed where nothing can be scanned or pasted; the relay's address is typed with them.
std::vector<std::string> link_words(const Link& link);
/// A whole link, its fragment, or its words with the relay's address behind them.
/// Errors: kLinkShort, kLinkAltered, kLinkNewer, kBadRelay.
Result<Link> read_link(std::string_view text);
/// "https://host[:port]", or http for the loopback only; the path, if any, is dropped. Errors: kBadRelay.
Result<std::string> read_relay(std::string_view text);

MailboxId mailbox_of(const crypto::Key& s);

enum class Invited : std::uint8_t { partner = 0, own_device = 1 };
enum class Refusal : std::uint8_t { declined = 1, different_words = 2 };

struct M1 {
  Invited role = Invited::partner;
  SignKey sign;
  BoxKey box;
  StreamId self;
  Signature join;
  Hash nonce_hash;
};
struct M2 {
  SignKey sign;
  BoxKey box;
  StreamId self;
  Signature join;
  Challenge nonce;
  Hash m1_hash;
  std::string name;
  Signature signature;
};
struct M3 {
  Challenge nonce;
  Hash hash;
  Signature signature;
};

/// Where the streams of the device that adds another one stand. What the new one is shown later has to hold this.
struct M5 {
  log::Place mine;
  std::optional<log::Place> ours;
  Signature signature;
};

/// The snapshot that the device which adds another one has left in the slot of *mine* (PROTOCOL.md 11). Older devices
/// know no such letter and pass it over.
struct M6 {
  Hash state;
  std::uint32_t epoch = 0;
  KeyId key_id;
  wire::Box box;  ///< the epoch's key, for the new device
  Signature signature;
};

/// The plain bytes of a message: what is hashed. `kind` is the first byte of the mail.
Bytes encode(const M1& message);
Bytes encode(const M2& message);
Bytes encode(const M3& message);
Bytes encode(const M5& message);
Bytes encode(const M6& message);
/// Errors: kBadMail.
Result<M1> decode_m1(ByteView body);
Result<M2> decode_m2(ByteView body);
Result<M3> decode_m3(ByteView body);
/// `mine` is the stream of m1's self. Errors: kBadMail.
Result<M5> decode_m5(ByteView body, const StreamId& mine);
/// `recipient`: the new device's key, which does not travel. Errors: kBadMail.
Result<M6> decode_m6(ByteView body, const SignKey& recipient);

struct Letter {
  std::uint8_t kind = 0;
  Bytes body;
};
Bytes seal_mail(const crypto::Key& s, std::uint8_t kind, ByteView body, const Entropy& entropy);
/// Errors: kBadMail.
Result<Letter> open_mail(const crypto::Key& s, ByteView mail);

M2 make_m2(const crypto::DeviceKeys& keys, const StreamId& self, const Signature& join, const Challenge& nonce,
           ByteView m1, std::string name);
M3 make_m3(const crypto::DeviceKeys& keys, const Challenge& nonce, ByteView m1, ByteView m2);
M5 make_m5(const crypto::DeviceKeys& keys, const Hash& pairing, const log::Place& mine,
           const std::optional<log::Place>& ours);
M6 make_m6(const crypto::DeviceKeys& keys, const Hash& pairing, const Hash& state, std::uint32_t epoch,
           const KeyId& key_id, const wire::Box& box);
/// m1 as B finds it: the join is the key's own. Errors: kBadMail.
Result<> check_m1(const M1& m1);
/// m2 as A finds it: signed, answering this m1, its join the key's own. Errors: kBadMail.
Result<> check_m2(const M2& m2, ByteView m1_body);
/// m3 as B finds it: n_A is the one m1 promised, both messages are the ones B knows. Errors: kBadMail.
Result<> check_m3(const M3& m3, const M1& m1, ByteView m1_body, ByteView m2_body);
/// m5 as the new device finds it: signed by the one it compared words with, for this very exchange. Errors: kBadMail.
Result<> check_m5(const M5& m5, const M1& m1, const Hash& pairing);
/// m6 in the same way. Errors: kBadMail.
Result<> check_m6(const M6& m6, const M1& m1, const Hash& pairing);

std::vector<std::string> compare_words(ByteView m1, ByteView m2, const Challenge& nonce_a);
/// H("pairing"; m1 ‖ m2 ‖ n_A), held by the genesis of *ours*.
Hash pairing_hash(ByteView m1, ByteView m2, const Challenge& nonce_a);

}  // namespace attune::space
