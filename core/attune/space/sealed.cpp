#include "attune/space/sealed.h"

#include "wire/tagged.h"

namespace attune::space {

namespace {

constexpr std::size_t kInside = 4130;  // r32 ‖ u16 ‖ 4,096

crypto::Key box_key(const Sealing& sealing, const crypto::Key& mine, const EventId& q) {
  const std::uint8_t person = sealing.me;
  return crypto::derive(mine.view(), "sealed-box", {sealing.ours.view(), q.view(), ByteView(&person, 1)});
}

}  // namespace

Hash commitment(const StreamId& ours, const EventId& q, std::uint8_t person, ByteView r32, ByteView answer) {
  return wire::tagged_hash("sealed", {ours.view(), q.view(), ByteView(&person, 1), r32, answer});
}

Result<SealedAnswer> seal_answer(const Sealing& sealing, const EventId& q, std::string_view answer, At at,
                                 const Entropy& entropy) {
  if (answer.empty()) return refuse(kTextEmpty);
  if (answer.size() > kMaxAnswer) return refuse(kAnswerTooLong);
  const crypto::Key* mine = sealing.mine_key(sealing.mine_epoch);
  if (mine == nullptr) return refuse(crypto::kUnsealable);
  const crypto::Key r32 = crypto::random_key(entropy);
  Writer writer;
  writer.bytes(r32.view()).number(static_cast<std::uint16_t>(answer.size())).bytes(attune::as_bytes(answer));
  Bytes inside = std::move(writer).take();
  inside.resize(kInside);
  SealedAnswer out;
  out.commitment = commitment(sealing.ours, q, sealing.me, r32.view(), attune::as_bytes(answer));
  out.content.epoch = sealing.mine_epoch;
  out.content.nonce = crypto::random_fixed<Nonce>(entropy);
  out.content.box =
      crypto::seal_with(box_key(sealing, *mine, q).view(), out.content.nonce, out.commitment.view(), inside);
  out.content.at = at;
  crypto::wipe(inside);
  return out;
}

Result<Opened::Content> reopen(const Sealing& sealing, const EventId& q, const Hash& commitment,
                               const Committed::Content& content, At at) {
  const crypto::Key* mine = sealing.mine_key(content.epoch);
  if (mine == nullptr) return refuse(crypto::kUnsealable);
  TRY(inside, crypto::open_with(box_key(sealing, *mine, q).view(), content.nonce, commitment.view(), content.box));
  Reader in(inside);
  const ByteView r32 = in.bytes(32);
  const ByteView answer = in.bytes(in.number<std::uint16_t>());
  if (in.failed()) return refuse(crypto::kUnsealable);
  return Opened::Content{.r = Bytes(r32.begin(), r32.end()), .answer = Bytes(answer.begin(), answer.end()), .at = at};
}

}  // namespace attune::space
