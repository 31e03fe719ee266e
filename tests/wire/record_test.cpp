// The promises of record.h beyond layout: what is signed, what is hashed, what erasing may take away.
#include "wire/record.h"

#include <gtest/gtest.h>

#include "vectors/couple.h"
#include "wire/tagged.h"

namespace attune::tests {
namespace {

using namespace wire;

Record sample() {
  const Couple couple;
  return event_record(couple.phone, couple.next, Bytes(40, std::uint8_t{1}), Bytes(50, std::uint8_t{2}));
}

TEST(Record, TheHeaderHas208BytesAndTheAuthenticatedPartEndsBeforeTheHashes) {
  const Bytes bytes = encode(sample().header);
  EXPECT_EQ(bytes.size(), kHeaderSize);
  Header other = sample().header;
  other.skeleton_hash = all<Hash>(9);
  other.content_hash = all<Hash>(8);
  const Bytes changed = encode(other);
  EXPECT_TRUE(std::equal(bytes.begin(), bytes.begin() + kAssociatedSize, changed.begin()));
  EXPECT_NE(bytes[kAssociatedSize], changed[kAssociatedSize]);
}

TEST(Record, EveryBitOfTheHeaderIsSignedAndChangesTheHistory) {
  const Record record = sample();
  const Bytes bytes = encode(record.header);
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    Bytes flipped = bytes;
    flipped[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    const auto header = decode_header(flipped);
    if (!header) continue;
    EXPECT_FALSE(verify_header(*header, record.signature)) << "bit " << bit;
    EXPECT_NE(history_hash(*header), history_hash(record.header)) << "bit " << bit;
  }
}

TEST(Record, ErasingContentAndSkeletonBreaksNeitherHashesNorSignatureNorHistory) {
  Record record = sample();
  const Hash before = history_hash(record.header);
  record.content.reset();
  EXPECT_TRUE(check_hashes(record).has_value());
  record.skeleton.reset();
  EXPECT_TRUE(check_hashes(record).has_value());
  EXPECT_TRUE(verify_header(record.header, record.signature));
  EXPECT_EQ(history_hash(record.header), before);
}

TEST(Record, TheSignatureIsNoPartOfTheHistory) {
  Record record = sample();
  const Hash before = history_hash(record.header);
  record.signature = {};
  EXPECT_EQ(history_hash(record.header), before);
}

TEST(Record, AGenesisBelongsToTheStreamItFounds) {
  const Couple couple;
  const Header first = control_header(couple.phone, couple.mine_genesis);
  EXPECT_EQ(stream_of(first).view().size(), 32u);
  EXPECT_EQ(Hash::copy_of(stream_of(first).view()), history_hash(first));
  EXPECT_EQ(stream_of(couple.next), couple.next.stream);
}

TEST(Tagged, NoTagOrPurposeIsTakenForAnother) {
  const Couple couple;
  const Bytes x(32, std::uint8_t{7});
  EXPECT_NE(tagged_hash("a", {x}), tagged_hash("b", {x}));
  EXPECT_NE(tagged_hash("a", {x}), tagged_kdf(x, "a", {}));
  EXPECT_NE(tagged_hash("ab", {as_bytes("c")}), tagged_hash("a", {as_bytes("bc")}));
  EXPECT_EQ(tagged_hash("a", {as_bytes("bc")}), tagged_hash("a", {as_bytes("b"), as_bytes("c")}));
  const Signature signature = tagged_sign(couple.phone.secret, "m2", {x});
  EXPECT_TRUE(tagged_verify(couple.phone.sign, signature, "m2", {x}));
  EXPECT_FALSE(tagged_verify(couple.phone.sign, signature, "m3", {x}));
}

}  // namespace
}  // namespace attune::tests
