#include "attune/space/signal.h"

namespace attune::space {

namespace {

Bytes associated(const SignKey& sender, std::uint64_t counter) {
  Writer out;
  out.fixed(sender);
  out.number(counter);
  return std::move(out).take();
}

}  // namespace

crypto::Key signal_key(const crypto::Key& stream_key, const Hash& session) {
  return crypto::derive(stream_key.view(), "signal", {session.view()});
}

Bytes seal_signal(const Signal& signal, const crypto::Key& key, const SignKey& sender, const Entropy& entropy) {
  Bytes plain(kSignalPlain);
  plain[0] = static_cast<std::uint8_t>(signal.say);
  std::ranges::copy(signal.token.bytes, plain.begin() + 1);
  std::ranges::copy(signal.heard.bytes, plain.begin() + 1 + SignalToken::kSize);
  Writer out;
  out.number(signal.counter);
  out.bytes(crypto::seal(key.view(), associated(sender, signal.counter), plain, entropy));
  return std::move(out).take();
}

std::optional<Signal> open_signal(ByteView bytes, const crypto::Key& key, const SignKey& sender) {
  if (bytes.size() != kSignalSize) return std::nullopt;
  Reader in(bytes);
  Signal out;
  out.counter = in.number<std::uint64_t>();
  const auto plain = crypto::open(key.view(), associated(sender, out.counter), in.bytes(in.left()));
  if (!plain || plain->size() != kSignalPlain || (*plain)[0] > static_cast<std::uint8_t>(Say::left))
    return std::nullopt;
  out.say = static_cast<Say>((*plain)[0]);
  out.token = SignalToken::copy_of(ByteView(*plain).subspan(1));
  out.heard = SignalToken::copy_of(ByteView(*plain).subspan(1 + SignalToken::kSize));
  return out;
}

}  // namespace attune::space
