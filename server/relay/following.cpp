#include "server/relay/following.h"

namespace attune::server {

void Following::pass_over_own() {
  std::ranges::sort(own_, {}, &Range::first);
  for (const Range& range : own_) {
    if (range.first <= cursor_ && cursor_ <= range.last) cursor_ = range.last + 1;
  }
  std::erase_if(own_, [&](const Range& range) { return range.last < cursor_; });
}

std::optional<wire::Records> Following::next(Reading& store, const StreamId& id, const SignKey& key,
                                             std::size_t batch_bytes) {
  due = false;
  const std::optional<Stream> stream = store.stream(id);
  if (!stream) return std::nullopt;
  const wire::Seat* seat = stream->table.seat(key);
  if (seat == nullptr && !last_) return std::nullopt;

  wire::Records out{.stream = id, .head = stream->head, .history = stream->history, .records = {}};
  if (seat == nullptr || seat->removed_at) {
    // The record that removes a device is the last it may read; of what was continued, the place behind which it was.
    out.head = seat == nullptr ? std::min(*last_, stream->head) : *seat->removed_at;
    if (const auto last = store.header(*stream, out.head)) out.history = wire::history_hash(*last);
  }
  pass_over_own();
  std::uint64_t to = out.head;
  for (const Range& range : own_) {
    if (range.first > cursor_) to = std::min(to, range.first - 1);
  }
  bool waits = false;
  for (const std::uint64_t first : pending_) {
    if (first <= cursor_) waits = true;
    if (first > cursor_) to = std::min(to, first - 1);
  }
  if (!waits && cursor_ <= to) {
    out.records = store.records(*stream, cursor_, to, wire::kMaxBatchRecords, batch_bytes);
    cursor_ += out.records.size();
    due = cursor_ <= out.head;
  } else {
    // Nothing to deliver. Worth saying only once, or when a relay that is behind this device has caught up a little.
    const bool news = out.head != told_head_ && cursor_ > out.head + 1;
    if (told_ && !news) return std::nullopt;
  }
  told_ = true;
  told_head_ = out.head;
  return out;
}

}  // namespace attune::server
