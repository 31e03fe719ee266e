// Sizes, sealed events, key boxes, and whole streams as one device reads them.
#include "attune/log/writer.h"
#include "vectors/core/parts.h"

namespace attune::tests {

namespace {

void check_sizes(const Json& core, Expect& expect) {
  expect.at("sizes");
  const Entry sizes = Entry(core, expect).inside("sizes");
  expect.that(sizes.number("sealed_content") == crypto::kSealedContent, "a sealed answer's content");
  expect.that(sizes.number("mine_skeleton") == crypto::kMineSkeleton, "a skeleton of mine");
  expect.that(sizes.number("mine_content") == crypto::kMineContent, "a content of mine");
  static_cast<void>(sizes.list("ours", [&](const Entry& entry) {
    const std::size_t text = entry.number("text");
    const std::size_t size = crypto::ours_content_size(text);
    expect.that(size == entry.number("size"), std::to_string(text) + " bytes take " + std::to_string(size));
    return 0;
  }));
}

void check_events(const Json& core, Expect& expect) {
  each_of(core, "events", expect, [&](const Entry& entry) {
    log::Head head{.stream = entry.fixed<StreamId>("stream"),
                   .next = entry.number("position"),
                   .history = entry.fixed<Hash>("prev"),
                   .epoch = entry.small<std::uint32_t>("epoch")};
    const StreamId stream = head.stream;
    const Bytes key = exactly<32>(entry, "key");
    const auto author = device_keys(entry, "author_seed", "author_box_secret");
    const log::Plain plain{.skeleton = entry.text("skeleton"),
                           .content = entry.text("content"),
                           .skeleton_size = entry.small<std::size_t>("skeleton_size"),
                           .content_size = entry.small<std::size_t>("content_size")};
    const auto record = log::seal_event(head, key, author, plain, entropy_of(entry.bytes("entropy")));
    expect.same(record.header.nonce.view(), entry.bytes("nonce"), "nonce");
    expect.same(wire::encode(record), entry.bytes("record"), "record");

    const auto wanted = wire::decode_record(entry.bytes("record"));
    expect.that(wanted.has_value(), "is a record");
    if (!wanted) return;
    expect.that(log::open_skeleton(stream, *wanted, key) == plain.skeleton, "the skeleton opens");
    expect.that(log::open_content(stream, *wanted, key) == plain.content, "the content opens");
    wire::Record changed = *wanted;
    changed.content = flipped(*wanted->content, 1);
    expect.that(log::open_content(stream, changed, key) == refuse(crypto::kUnsealable), "a changed content stays shut");
    changed = *wanted;
    ++changed.header.position;
    expect.that(log::open_skeleton(stream, changed, key) == refuse(crypto::kUnsealable),
                "a skeleton put under another header stays shut");
    std::swap(changed.skeleton, changed.content);
    changed.header = wanted->header;
    expect.that(log::open_skeleton(stream, changed, key) == refuse(crypto::kUnsealable),
                "a content is not taken for a skeleton");
  });
}

void check_keys(const Json& core, Expect& expect) {
  each_of(core, "boxes", expect, [&](const Entry& entry) {
    const auto stream = entry.fixed<StreamId>("stream");
    const auto epoch = entry.small<std::uint32_t>("epoch");
    const Bytes key = exactly<32>(entry, "key");
    const auto id = entry.fixed<KeyId>("key_id");
    const auto me = device_keys(entry, "recipient_seed", "recipient_box_secret");
    expect.same(me.sign.view(), entry.bytes("recipient"), "recipient");
    expect.same(me.box.view(), entry.bytes("recipient_box"), "recipient's box key");
    expect.same(crypto::key_id(stream, epoch, key).view(), id.view(), "key id");
    const auto box = crypto::seal_key(me.sign, me.box, stream, epoch, key, entropy_of(entry.bytes("ephemeral")));
    expect.same(box.sealed.view(), entry.bytes("sealed"), "sealed");

    const auto opened = crypto::open_key(box, me, stream, epoch, id);
    expect.that(opened && std::ranges::equal(opened->view(), key), "the box opens");
    expect.that(!crypto::open_key(box, me, stream, epoch + 1, id), "a box of another epoch is refused");
    KeyId other = id;
    other.bytes[0] ^= 1;
    expect.that(!crypto::open_key(box, me, stream, epoch, other), "a box with another key than named is refused");
    wire::Box changed = box;
    changed.sealed.bytes[50] ^= 1;
    expect.that(!crypto::open_key(changed, me, stream, epoch, id), "a changed box is refused");
  });
  each_of(core, "old_keys", expect, [&](const Entry& entry) {
    const auto stream = entry.fixed<StreamId>("stream");
    const auto old_epoch = entry.small<std::uint32_t>("old_epoch");
    const Bytes new_key = exactly<32>(entry, "new_key");
    const Bytes old_key = exactly<32>(entry, "old_key");
    const auto sealed = crypto::seal_old_key(new_key, stream, old_epoch, old_key, entropy_of(entry.bytes("nonce")));
    expect.same(sealed.view(), entry.bytes("sealed"), "sealed");
    wire::NewEpoch epoch{.epoch = old_epoch + 1, .key_id = {}, .old_key = sealed};
    const auto opened = crypto::open_old_key(epoch, new_key, stream);
    expect.that(opened && std::ranges::equal(opened->view(), old_key), "the old key opens");
    ++epoch.epoch;
    expect.that(!crypto::open_old_key(epoch, new_key, stream), "for another epoch it stays shut");
  });
}

/// What an event of the chain says, if it is one and its parts are there.
void check_texts(const log::Stream& stream, std::size_t position, const Entry& entry, Expect& expect) {
  if (entry.none("texts")) return;
  const Entry texts = entry.inside("texts");
  const wire::Record& record = stream.records()[position].record;
  const crypto::Key* key = stream.key(record.header.epoch);
  expect.that(key != nullptr, "its key is known");
  if (key == nullptr) return;
  expect.that(log::open_skeleton(stream.id(), record, key->view()) == texts.text("skeleton"), "its skeleton opens");
  expect.that(log::open_content(stream.id(), record, key->view()) == texts.text("content"), "its content opens");
}

}  // namespace

void check_sealing(const Json& core, Expect& expect) {
  check_sizes(core, expect);
  check_events(core, expect);
  check_keys(core, expect);
}

void check_streams(const Json& wire, Expect& expect) {
  each_of(wire, "chains", expect, [&](const Entry& chain) {
    log::Stream stream(chain.fixed<StreamId>("stream"));
    const auto records = chain.list("records", [](const Entry& entry) { return entry.bytes("record"); });
    auto batch = stream.check(records);
    expect.that(batch.has_value(), batch ? "passes" : batch.error().name());
    if (!batch) return;
    expect.that(std::ranges::none_of(batch->records, &log::Held::voided), "nothing of it is void");
    stream.admit(std::move(*batch));
    expect.that(stream.unlock(device_keys(chain, "reader_seed", "reader_box_secret")).has_value(), "its boxes open");
    std::uint32_t epoch = 0;
    for (const Bytes& wanted : chain.byte_list("keys")) {
      const crypto::Key* key = stream.key(epoch++);
      expect.that(key != nullptr && std::ranges::equal(key->view(), wanted), "key of an epoch");
    }
    std::size_t position = 0;
    static_cast<void>(chain.list("records", [&](const Entry& entry) {
      check_texts(stream, position++, entry, expect);
      return 0;
    }));
  });
}

}  // namespace attune::tests
