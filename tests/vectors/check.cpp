#include "vectors/check.h"

#include <sodium.h>

#include "vectors/expect.h"
#include "vectors/sections.h"
#include "wire/members.h"
#include "wire/tagged.h"

namespace attune::tests {

using namespace wire;

namespace {

/// libsodium's 64-byte secret key of a seed.
Bytes secret_of(const Entry& entry) {
  const Bytes seed = entry.bytes("seed");
  Bytes out(crypto_sign_SECRETKEYBYTES);
  SignKey key;
  if (seed.size() == crypto_sign_SEEDBYTES) crypto_sign_seed_keypair(key.bytes.data(), out.data(), seed.data());
  return out;
}

void check_primitives(const Json& wire, Expect& expect) {
  each_of(wire, "hash", expect, [&](const Entry& entry) {
    expect.same(tagged_hash(entry.text("tag"), {entry.bytes("x")}).view(), entry.bytes("out"), "out");
  });
  each_of(wire, "kdf", expect, [&](const Entry& entry) {
    expect.same(tagged_kdf(entry.fixed<Hash>("key").view(), entry.text("tag"), {entry.bytes("x")}).view(),
                entry.bytes("out"), "out");
  });
  each_of(wire, "sign", expect, [&](const Entry& entry) {
    const Bytes x = entry.bytes("x");
    const auto wanted = entry.fixed<Signature>("signature");
    expect.same(tagged_sign(secret_of(entry), entry.text("tag"), {x}).view(), wanted.view(), "signature");
    expect.that(tagged_verify(entry.fixed<SignKey>("key"), wanted, entry.text("tag"), {x}), "the signature is valid");
  });
  each_of(wire, "joins", expect, [&](const Entry& entry) {
    const Member member = read_member(entry);
    expect.same(sign_join(secret_of(entry), member.self, member.role, member.sign, member.box).view(),
                member.join.view(), "join");
    expect.that(verify_join(member), "the join is valid");
  });
  each_of(wire, "auths", expect, [&](const Entry& entry) {
    const auto key = entry.fixed<SignKey>("key");
    const auto relay = entry.fixed<Challenge>("relay");
    const auto device = entry.fixed<Challenge>("device");
    const auto wanted = entry.fixed<Signature>("signature");
    const std::string origin = entry.text("origin");
    expect.same(sign_auth(secret_of(entry), relay, device, key, origin).view(), wanted.view(), "signature");
    expect.that(verify_auth(wanted, relay, device, key, origin), "the signature is valid");
  });
}

void check_records(const Json& wire, Expect& expect) {
  each_of(wire, "records", expect, [&](const Entry& entry) {
    Record record;
    Header& header = record.header;
    const Bytes skeleton = entry.bytes("skeleton");
    const Bytes content = entry.bytes("content");
    header.cls = entry.number("class") == 1 ? Class::control : Class::event;
    header.stream = entry.fixed<StreamId>("stream");
    header.position = entry.number("position");
    header.prev = entry.fixed<Hash>("prev");
    header.epoch = entry.small<std::uint32_t>("epoch");
    header.author = entry.fixed<SignKey>("author");
    header.nonce = entry.fixed<Nonce>("nonce");
    header.skeleton_length = entry.small<std::uint32_t>("skeleton_length");
    header.content_length = entry.small<std::uint32_t>("content_length");
    header.skeleton_hash = skeleton_hash(skeleton);
    header.content_hash = content_hash(content);
    record.signature = sign_header(secret_of(entry), header);
    if (!skeleton.empty()) record.skeleton = skeleton;
    if (!content.empty()) record.content = content;

    expect.same(header.skeleton_hash.view(), entry.bytes("skeleton_hash"), "skeleton hash");
    expect.same(header.content_hash.view(), entry.bytes("content_hash"), "content hash");
    expect.same(encode(header), entry.bytes("header"), "header");
    expect.same(record.signature.view(), entry.bytes("signature"), "signature");
    expect.same(history_hash(header).view(), entry.bytes("history"), "R");
    expect.same(stream_of(header).view(), entry.bytes("stream_of"), "stream");
    expect.same(encode(record), entry.bytes("record"), "record");
    const auto back = decode_record(entry.bytes("record"));
    expect.that(back && *back == record, "is read back the same");
    expect.that(verify_header(header, record.signature), "the signature is valid");
  });
}

void check_layouts(const Json& wire, Expect& expect) {
  each_of(wire, "controls", expect, [&](const Entry& entry) {
    const Control control = read_control(entry.text("control"), entry.inside("fields"));
    const Bytes wanted = entry.bytes("bytes");
    expect.same(encode(control), wanted, "bytes");
    const auto back = decode_control(wanted);
    expect.that(back && *back == control, "is read back the same");
  });
  each_of(wire, "frames", expect, [&](const Entry& entry) {
    const Bytes wanted = entry.bytes("bytes");
    if (entry.text("from") == "device") {
      const FromDevice message = read_from_device(entry.text("type"), entry.inside("fields"));
      expect.same(encode(message), wanted, "bytes");
      const auto back = decode_from_device(wanted);
      expect.that(back && *back == message, "is read back the same");
    } else {
      const FromRelay message = read_from_relay(entry.text("type"), entry.inside("fields"));
      expect.same(encode(message), wanted, "bytes");
      const auto back = decode_from_relay(wanted);
      expect.that(back && *back == message, "is read back the same");
    }
  });
}

}  // namespace

Outcome check_vectors(std::string_view json) {
  Expect expect;
  const Json all = Json::parse(json.begin(), json.end(), nullptr, false);
  expect.at("vectors.json");
  expect.that(all.is_object() && all.contains("wire"), "is a file of vectors");
  if (!all.is_object() || !all.contains("wire")) return std::move(expect).take();
  const Json& wire = all["wire"];
  check_primitives(wire, expect);
  check_records(wire, expect);
  check_layouts(wire, expect);
  check_chains(wire, expect);
  check_invalid(wire, expect);
  return std::move(expect).take();
}

}  // namespace attune::tests
