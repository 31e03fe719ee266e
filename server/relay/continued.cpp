#include "server/relay/continued.h"

#include <algorithm>

#include "wire/limits.h"

namespace attune::server {

namespace {

constexpr std::size_t kMostSteps = 32;  // streams looked at for one question

std::optional<wire::Continues> continued_by(Reading& store, const Stream& stream) {
  const std::vector<Bytes> first = store.records(stream, 0, 0, 1, wire::kMaxBatchBytes);
  const auto record =
      first.empty() ? Result<wire::Record>(refuse(wire::kUnknownStream)) : wire::decode_record(first[0]);
  if (!record || !record->skeleton) return std::nullopt;
  const auto control = wire::decode_control(*record->skeleton);
  const auto* genesis = control ? std::get_if<wire::Genesis>(&*control) : nullptr;
  return genesis == nullptr ? std::nullopt : genesis->continues;
}

}  // namespace

std::optional<std::uint64_t> readable_as_continued(Reading& store, const SignKey& key, const StreamId& stream) {
  std::vector<StreamId> from;
  for (const wire::Known& known : store.streams_of(key)) {
    if (known.kind == wire::StreamKind::ours) from.push_back(known.stream);
  }
  std::optional<std::uint64_t> out;
  for (std::size_t at = 0; at < from.size() && at < kMostSteps; ++at) {
    const std::optional<Stream> later = store.stream(from[at]);
    const auto continues = later ? continued_by(store, *later) : std::nullopt;
    const std::optional<Stream> earlier = continues ? store.stream(continues->stream) : std::nullopt;
    if (!earlier || continues->position > earlier->head) continue;
    const std::optional<wire::Header> there = store.header(*earlier, continues->position);
    const wire::Seat* founder = earlier->table.seat(later->founder);
    const bool sound = there && wire::history_hash(*there) == continues->history && founder != nullptr &&
                       founder->added_at <= continues->position;
    if (!sound) continue;
    if (continues->stream == stream) {
      out = std::max(out.value_or(0), continues->position);
    } else if (std::ranges::find(from, continues->stream) == from.end()) {
      from.push_back(continues->stream);
    }
  }
  return out;
}

}  // namespace attune::server
