#include "attune/crypto/keys.h"

#include <sodium.h>

#include "wire/tagged.h"

namespace attune::crypto {

namespace {

Bytes number(std::uint32_t value) {
  Writer out;
  out.number(value);
  return std::move(out).take();
}

}  // namespace

DeviceKeys DeviceKeys::from(ByteView sign_seed, ByteView box_secret) {
  DeviceKeys keys;
  crypto_sign_seed_keypair(keys.sign.bytes.data(), keys.sign_secret.writable().data(), sign_seed.data());
  keys.box_secret = Secret<32>(box_secret);
  crypto_scalarmult_base(keys.box.bytes.data(), box_secret.data());
  return keys;
}

DeviceKeys DeviceKeys::random(const Entropy& entropy) {
  const Key seed = random_key(entropy);
  const Key box = random_key(entropy);
  return from(seed.view(), box.view());
}

DeviceKeys DeviceKeys::clone() const { return from(sign_seed(), box_secret.view()); }

KeyId key_id(const StreamId& stream, std::uint32_t epoch, ByteView key) {
  return KeyId::copy_of(wire::tagged_hash("key-id", {stream.view(), number(epoch), key}).view());
}

wire::Box seal_key(const SignKey& recipient, const BoxKey& recipient_box, const StreamId& stream, std::uint32_t epoch,
                   ByteView key, const Entropy& entropy) {
  const Hash bound = wire::tagged_hash("box", {stream.view(), number(epoch), recipient.view()});
  Secret<64> inside;
  std::copy_n(key.begin(), 32, inside.writable().begin());
  std::copy_n(bound.bytes.begin(), 32, inside.writable().begin() + 32);

  // crypto_box_seal draws its ephemeral key itself; the same bytes are made here from the entropy handed in:
  // ephemeral public key ‖ crypto_box(m, nonce = BLAKE2b-192(ephemeral ‖ recipient)).
  const Key ephemeral = random_key(entropy);
  BoxKey ephemeral_public;
  crypto_scalarmult_base(ephemeral_public.bytes.data(), ephemeral.view().data());
  Writer both;
  both.fixed(ephemeral_public).fixed(recipient_box);
  Nonce nonce;
  crypto_generichash(nonce.bytes.data(), nonce.bytes.size(), both.view().data(), both.size(), nullptr, 0);

  wire::Box box{.recipient = recipient, .sealed = {}};
  std::copy_n(ephemeral_public.bytes.begin(), 32, box.sealed.bytes.begin());
  // Fails only for a recipient key of small order, which then can not open its box; the stream goes on for the rest.
  if (crypto_box_easy(box.sealed.bytes.data() + 32, inside.view().data(), 64, nonce.bytes.data(),
                      recipient_box.bytes.data(), ephemeral.view().data()) != 0) {
    wipe(box.sealed.bytes);
  }
  return box;
}

Result<Key> open_key(const wire::Box& box, const DeviceKeys& me, const StreamId& stream, std::uint32_t epoch,
                     const KeyId& id) {
  Secret<64> inside;
  if (crypto_box_seal_open(inside.writable().data(), box.sealed.bytes.data(), box.sealed.bytes.size(),
                           me.box.bytes.data(), me.box_secret.view().data()) != 0) {
    return refuse(kBadBox);
  }
  const Hash bound = wire::tagged_hash("box", {stream.view(), number(epoch), me.sign.view()});
  Key key(inside.view().first(32));
  // Epoch 0 is named in the genesis, which can not hold its own stream's id: zeros stand for it.
  const StreamId named = epoch == 0 ? StreamId{} : stream;
  if (!equal(bound.view(), inside.view().subspan(32)) || key_id(named, epoch, key.view()) != id) {
    return refuse(kBadBox);
  }
  return key;
}

decltype(wire::NewEpoch::old_key) seal_old_key(ByteView new_key, const StreamId& stream, std::uint32_t old_epoch,
                                               ByteView old_key, const Entropy& entropy) {
  const Key key = derive(new_key, "prev-key", {stream.view(), number(old_epoch)});
  return decltype(wire::NewEpoch::old_key)::copy_of(seal(key.view(), {}, old_key, entropy));
}

Result<Key> open_old_key(const wire::NewEpoch& epoch, ByteView new_key, const StreamId& stream) {
  const Key key = derive(new_key, "prev-key", {stream.view(), number(epoch.epoch - 1)});
  TRY(old_key, open(key.view(), {}, epoch.old_key.view()));
  if (old_key.size() != 32) return refuse(kBadBox);
  Key out(old_key);
  wipe(old_key);
  return out;
}

}  // namespace attune::crypto
