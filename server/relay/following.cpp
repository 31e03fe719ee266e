#include "server/relay/following.h"

#include <utility>

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
  if (const auto to = reach(out.head)) {
    out.records = store.records(*stream, cursor_, *to, wire::kMaxBatchRecords, batch_bytes);
    return told(std::move(out));
  }
  // Nothing to deliver. Worth saying only once, or when a relay that is behind this device has caught up a little.
  const bool news = out.head != told_head_ && cursor_ > out.head + 1;
  if (told_ && !news) return std::nullopt;
  return told(std::move(out));
}

std::shared_ptr<const Appended> Following::take_appended(const SignKey& key) {
  const std::shared_ptr<const Appended> out = std::exchange(appended_, nullptr);
  if (!out || !told_) return nullptr;
  pass_over_own();
  const After& after = out->after;
  const bool all_it_lacks = out->first() <= cursor_ && cursor_ <= after.head + 1;
  // Who was told of a newer head meanwhile, by what was read, is not told of an older one.
  const bool newest = told_head_ <= after.head;
  return all_it_lacks && newest && std::ranges::find(after.members, key) != after.members.end() ? out : nullptr;
}

std::optional<wire::Records> Following::next(const Appended& appended, std::size_t batch_bytes) {
  due = false;
  const After& after = appended.after;
  const auto to = reach(after.head);
  if (!to) return std::nullopt;
  wire::Records out{.stream = after.stream, .head = after.head, .history = after.history, .records = {}};
  std::size_t bytes = 0;
  for (std::uint64_t at = cursor_; at <= *to; ++at) {
    const Bytes& record = appended.proposal->encoded[at - appended.first()];
    bytes += record.size();
    if (!out.records.empty() && bytes > batch_bytes) break;
    out.records.push_back(record);
  }
  return told(std::move(out));
}

std::optional<std::uint64_t> Following::reach(std::uint64_t head) {
  pass_over_own();
  std::uint64_t to = head;
  for (const Range& range : own_) {
    if (range.first > cursor_) to = std::min(to, range.first - 1);
  }
  for (const std::uint64_t first : pending_) {
    if (first <= cursor_) return std::nullopt;
    to = std::min(to, first - 1);
  }
  return cursor_ <= to ? std::optional(to) : std::nullopt;
}

wire::Records Following::told(wire::Records message) {
  if (!message.records.empty()) {
    cursor_ += message.records.size();
    due = cursor_ <= message.head;
  }
  told_ = true;
  told_head_ = message.head;
  return message;
}

}  // namespace attune::server
