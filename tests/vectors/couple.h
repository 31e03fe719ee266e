// A couple for tests of the wire: keys, members and streams that are valid, to be broken in one place at a time.
#pragma once

#include "wire/members.h"

namespace attune::tests {

struct Keys {
  SignKey sign;
  BoxKey box;
  Bytes secret;  ///< libsodium's 64-byte Ed25519 secret key
};

/// The same keys for the same number.
Keys keys_of(std::uint8_t number);

/// N bytes of the same value.
template <class F>
F all(std::uint8_t value) {
  F out;
  out.bytes.fill(value);
  return out;
}

wire::Member member_of(const Keys& keys, std::uint8_t person, wire::Role role, const StreamId& self);
wire::Box box_for(const Keys& keys);

/// A control record's header, hashes and lengths in place.
wire::Header control_header(const Keys& author, const wire::Control& control);
wire::Record event_record(const Keys& author, const wire::Header& on_top_of, ByteView skeleton, ByteView content);

/// Person 0 has a phone, a laptop and a recovery phrase in *ours*, person 1 a phone. Person 0 also added a reader.
struct Couple {
  Keys phone = keys_of(1);
  Keys laptop = keys_of(2);
  Keys phrase = keys_of(3);
  Keys reader = keys_of(4);
  Keys other = keys_of(5);      ///< person 1's phone
  Keys fresh = keys_of(6);      ///< not seen in any stream yet
  Keys stranger = keys_of(7);   ///< never a member
  StreamId self = all<StreamId>(0xaa);
  StreamId other_self = all<StreamId>(0xbb);

  wire::Genesis mine_genesis;
  wire::Genesis ours_genesis;
  wire::Table mine;             ///< after its genesis
  wire::Table ours;             ///< as described, at position 9
  wire::Header next;            ///< an empty header of `phone` at position 10 of *ours*, epoch current

  Couple();
  /// A change of members by `phone` that adds `fresh` as a device.
  [[nodiscard]] wire::Members adding() const;
  /// A change of members by `phone` that removes `laptop` and starts epoch 1.
  [[nodiscard]] wire::Members removing() const;
  /// Positions 1 and 10 are events of `phone`, 2 a control record of `phone`, 3 an event of `other`, 4 of `laptop`, 5
  /// of `stranger`.
  [[nodiscard]] static wire::EarlierAt earlier();
};

}  // namespace attune::tests
