// Signals (PROTOCOL.md, Signals): what devices that are in the same room say to each other and nobody keeps. A room is
// of one stream; in it are the connections that follow the stream and have said a signal of it. A signal goes to those
// whose key may write there when it is handed out, once or not at all.
#pragma once

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "server/store/store.h"

namespace attune::server {

/// May this key write events in the stream now? So not a reader, a phrase, a removed device, or anybody after `close`.
bool writes_in(Reading& store, const StreamId& stream, const SignKey& key);

/// Those that wait for one connection: the newest of each sender, from few senders. The longest waiting goes first, and
/// gives way where one is too many.
class Signals {
 public:
  using Signal = std::shared_ptr<const wire::Signalled>;
  static constexpr std::size_t kMost = 8;

  void add(Signal signal) {
    const auto of_the_same = [&](const Signal& each) {
      return each->from == signal->from && each->stream == signal->stream;
    };
    if (const auto older = std::ranges::find_if(waiting_, of_the_same); older != waiting_.end()) {
      *older = std::move(signal);
      return;
    }
    if (waiting_.size() == kMost) waiting_.erase(waiting_.begin());
    waiting_.push_back(std::move(signal));
  }
  /// None: none waits.
  Signal take() {
    if (waiting_.empty()) return nullptr;
    Signal out = std::move(waiting_.front());
    waiting_.erase(waiting_.begin());
    return out;
  }

 private:
  std::vector<Signal> waiting_;
};

}  // namespace attune::server
