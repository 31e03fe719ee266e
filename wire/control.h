// Control records: their skeleton is clear and of fixed layout, read by server and devices alike (PROTOCOL.md 2, 5, 7).
//
//   skeleton = kind u8 ‖ body                                    content: none (length 0)
//   member   = sign key 32 ‖ box key 32 ‖ person u8 ‖ role u8 ‖ self 32 ‖ join 64                       (162)
//   box      = recipient's sign key 32 ‖ sealed 112              (crypto_box_seal of K 32 ‖ hash 32)     (144)
//   genesis  = 1 ‖ stream kind u8 ‖ pairing 32 ‖ continues u8 [stream 32 ‖ position u64 ‖ R 32] ‖ key id 32
//              ‖ adds u8 ‖ member… ‖ boxes u8 ‖ box…
//   members  = 2 ‖ pairing 32 ‖ adds u8 ‖ member… ‖ removes u8 ‖ sign key 32… ‖ boxes u8 ‖ box…
//              ‖ epoch u8 [e + 1 u32 ‖ key id 32 ‖ sealed K_e 72]
//   erase    = 3 ‖ skeletons u8 ‖ positions u16 ‖ u64… ‖ blobs u16 ‖ 32…
//   close    = 4
//
// Flags are 0 or 1, a person 0 or 1, a role 0 to 2; anything else, a count over a limit or a byte left over is
// kBadControl. Positions of an erase rise strictly.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "wire/bytes.h"
#include "wire/errors.h"

namespace attune::wire {

enum class StreamKind : std::uint8_t { mine = 0, ours = 1 };
enum class Role : std::uint8_t { device = 0, phrase = 1, reader = 2 };
enum class ControlKind : std::uint8_t { genesis = 1, members = 2, erase = 3, close = 4 };

struct Member {
  SignKey sign;
  BoxKey box;
  std::uint8_t person = 0;  ///< 0 or 1 in *ours*, 0 in *mine*
  Role role = Role::device;
  StreamId self;  ///< that person's *mine*; zeros in the genesis of *mine* itself
  Signature join;  ///< the key's own sign("join"; self ‖ role u8 ‖ sign ‖ box); zeros where self is
  bool operator==(const Member&) const = default;
};

struct Box {
  SignKey recipient;
  Fixed<112, struct SealedKeyTag> sealed;
  bool operator==(const Box&) const = default;
};

struct Continues {
  StreamId stream;
  std::uint64_t position = 0;
  Hash history;
  bool operator==(const Continues&) const = default;
};

struct NewEpoch {
  std::uint32_t epoch = 0;
  KeyId key_id;
  Fixed<72, struct SealedOldKeyTag> old_key;  ///< nonce 24 ‖ K_e sealed under KDF(K_{e+1}, "prev-key"; stream, e)
  bool operator==(const NewEpoch&) const = default;
};

struct Genesis {
  StreamKind kind = StreamKind::mine;
  Hash pairing;  ///< H("pairing"; m1 ‖ m2 ‖ n_A); zeros in *mine*
  std::optional<Continues> continues;
  KeyId key_id;
  std::vector<Member> adds;
  std::vector<Box> boxes;
  bool operator==(const Genesis&) const = default;
};

struct Members {
  Hash pairing;  ///< of the invitation that brought the new device; zeros for a phrase, a reader or a recovery
  std::vector<Member> adds;
  std::vector<SignKey> removes;
  std::vector<Box> boxes;
  std::optional<NewEpoch> epoch;
  bool operator==(const Members&) const = default;
};

struct Erase {
  bool skeletons = false;  ///< only once the stream is closed
  std::vector<std::uint64_t> positions;
  std::vector<BlobId> blobs;
  bool operator==(const Erase&) const = default;
};

struct Close {
  bool operator==(const Close&) const = default;
};

using Control = std::variant<Genesis, Members, Erase, Close>;

Bytes encode(const Control& control);
/// Errors: kBadControl. Ask unknown_control() first: a newer kind makes a stream read-only instead.
Result<Control> decode_control(ByteView skeleton);
/// True if the first byte names a kind this program does not know.
bool unknown_control(ByteView skeleton);

/// sign("join"; self ‖ role ‖ sign ‖ box), made once per key and the same in every stream.
Signature sign_join(ByteView secret, const StreamId& self, Role role, const SignKey& sign, const BoxKey& box);
/// The signature is the key's own, and something can be boxed to the member: a box key of small order would keep
/// everybody from starting an epoch.
bool verify_join(const Member& member);
/// False for a box key of small order (RFC 7748, 6.1).
bool usable(const BoxKey& key);

}  // namespace attune::wire
