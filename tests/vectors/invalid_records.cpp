// Rows for records: layout, hashes, signatures, and the signature of a connection.
#include <functional>

#include "vectors/couple.h"
#include "vectors/invalid_rows.h"
#include "wire/frames.h"
#include "wire/tagged.h"

namespace attune::tests {
namespace {

using namespace wire;

Record sample() {
  const Couple couple;
  return event_record(couple.phone, couple.next, all<Fixed<40, struct Part>>(1).view(),
                      all<Fixed<50, struct Part>>(2).view());
}

/// A row about the bytes of a record.
void bytes_row(std::vector<Row>& rows, const ErrorCode& code, std::string_view what,
               std::function<void(Bytes&)> damage) {
  rows.push_back({code, what, [damage = std::move(damage)](bool broken) {
                    Bytes bytes = encode(sample());
                    if (broken) damage(bytes);
                    return outcome(decode_record(bytes));
                  }});
}

void hash_row(std::vector<Row>& rows, const ErrorCode& code, std::string_view what,
              std::function<void(Record&)> damage) {
  rows.push_back({code, what, [damage = std::move(damage)](bool broken) {
                    Record record = sample();
                    if (broken) damage(record);
                    return check_hashes(record);
                  }});
}

void signature_row(std::vector<Row>& rows, std::string_view what, std::function<void(Record&)> damage) {
  rows.push_back({kBadSignature, what, [damage = std::move(damage)](bool broken) -> Result<> {
                    Record record = sample();
                    if (broken) damage(record);
                    if (!verify_header(record.header, record.signature)) return refuse(kBadSignature);
                    return {};
                  }});
}

/// What a connection signs, with a place for each part that must be bound.
struct Auth {
  Challenge relay = all<Challenge>(1);
  Challenge device = all<Challenge>(2);
  SignKey key = keys_of(1).sign;
  std::string_view origin = "https://attune.example";
};

void auth_row(std::vector<Row>& rows, std::string_view what, std::function<void(Auth&, Signature&)> damage) {
  rows.push_back({kNotAuthenticated, what, [damage = std::move(damage)](bool broken) -> Result<> {
                    Auth seen;
                    Signature signature = sign_auth(keys_of(1).secret, seen.relay, seen.device, seen.key, seen.origin);
                    if (broken) damage(seen, signature);
                    if (!verify_auth(signature, seen.relay, seen.device, seen.key, seen.origin)) {
                      return refuse(kNotAuthenticated);
                    }
                    return {};
                  }});
}

}  // namespace

void add_record_rows(std::vector<Row>& rows) {
  bytes_row(rows, kTruncated, "no bytes at all", [](Bytes& b) { b.clear(); });
  bytes_row(rows, kTruncated, "half a header", [](Bytes& b) { b.resize(kHeaderSize - 1); });
  bytes_row(rows, kTruncated, "half a signature", [](Bytes& b) { b.resize(kHeaderSize + kSignatureSize - 1); });
  bytes_row(rows, kTruncated, "a piece of signature as long as the skeleton",
            [](Bytes& b) { b.resize(kHeaderSize + 40); });
  bytes_row(rows, kTruncated, "half a skeleton", [](Bytes& b) { b.resize(kHeaderSize + kSignatureSize + 39); });
  bytes_row(rows, kTruncated, "half a content", [](Bytes& b) { b.pop_back(); });
  bytes_row(rows, kTrailingBytes, "one byte more than it says", [](Bytes& b) { b.push_back(0); });
  bytes_row(rows, kVersion, "version 2", [](Bytes& b) { b[0] = 2; });
  bytes_row(rows, kVersion, "version 0", [](Bytes& b) { b[0] = 0; });
  bytes_row(rows, kClass, "class 2", [](Bytes& b) { b[1] = 2; });
  bytes_row(rows, kReservedBits, "first reserved byte", [](Bytes& b) { b[2] = 1; });
  bytes_row(rows, kReservedBits, "second reserved byte", [](Bytes& b) { b[3] = 0x80; });
  bytes_row(rows, kTooLarge, "a skeleton over its limit", [](Bytes& b) { b[136] = 1, b[137] = 0x40; });
  bytes_row(rows, kTooLarge, "a content over its limit", [](Bytes& b) { b[140] = 1, b[142] = 2; });

  hash_row(rows, kSkeletonHash, "another skeleton", [](Record& r) { r.skeleton->front() ^= 1; });
  hash_row(rows, kSkeletonHash, "another skeleton hash", [](Record& r) { r.header.skeleton_hash.bytes[31] ^= 1; });
  hash_row(rows, kSkeletonHash, "no skeleton, and a hash of something", [](Record& r) {
    r.skeleton.reset();
    r.header.skeleton_length = 0;
  });
  hash_row(rows, kContentHash, "another content", [](Record& r) { r.content->back() ^= 0x80; });
  hash_row(rows, kContentHash, "no content, and a hash of something", [](Record& r) {
    r.content.reset();
    r.header.content_length = 0;
  });

  signature_row(rows, "a header changed after signing", [](Record& r) { ++r.header.position; });
  signature_row(rows, "a signature changed", [](Record& r) { r.signature.bytes[10] ^= 4; });
  signature_row(rows, "another author", [](Record& r) { r.header.author = keys_of(2).sign; });
  signature_row(rows, "a key of small order", [](Record& r) {
    r.header.author = all<SignKey>(0);
    r.signature = {};
  });
  signature_row(rows, "signed as something else than a record",
                [](Record& r) { r.signature = tagged_sign(keys_of(1).secret, "record", {encode(r.header)}); });

  auth_row(rows, "the relay's nonce of another connection", [](Auth& a, Signature&) { a.relay = all<Challenge>(9); });
  auth_row(rows, "the device's nonce of another connection", [](Auth& a, Signature&) { a.device = all<Challenge>(9); });
  auth_row(rows, "somebody else's key", [](Auth& a, Signature&) { a.key = keys_of(2).sign; });
  auth_row(rows, "signed for another relay", [](Auth& a, Signature&) { a.origin = "https://attune.example:8443"; });
  auth_row(rows, "a signature changed", [](Auth&, Signature& s) { s.bytes[0] ^= 1; });
}

}  // namespace attune::tests
