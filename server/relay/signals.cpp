#include "server/relay/signals.h"

#include "server/relay/session.h"

namespace attune::server {

bool writes_in(Reading& store, const StreamId& id, const SignKey& key) {
  const std::optional<Stream> stream = store.stream(id);
  if (!stream) return false;
  wire::Header event;
  event.author = key;
  event.epoch = stream->table.epoch;
  return wire::may_write(stream->table, event, std::nullopt).has_value();
}

void RelaySession::on(wire::Signal message, Time now) {
  if (!signals_.take(now)) return;
  bool writer = false;
  if (!read([&](Reading& store) { writer = writes_in(store, message.stream, key_); }) || !writer) return;
  const Topic room = Topic::signals_of(message.stream);
  if (!topics_.contains(room) && rooms_ < relay_.policy().followed_streams) {
    ++rooms_;
    listen(room);
  }
  relay_.bus().hand_on(room,
                       std::make_shared<const wire::Signalled>(
                           wire::Signalled{.stream = message.stream, .from = key_, .bytes = std::move(message.bytes)}),
                       *inbox_);
}

// Whether the key may still write is asked now: since the signal came it may have been removed, or the stream closed.
void RelaySession::hand_out_signal() {
  while (const Signals::Signal signal = inbox_->take_signal()) {
    if (!streams_.contains(signal->stream)) continue;
    bool writer = false;
    if (!read([&](Reading& store) { writer = writes_in(store, signal->stream, key_); })) return;
    if (writer) return say(*signal);
  }
}

}  // namespace attune::server
