// How far one connection has been given one stream.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "server/relay/appended.h"
#include "server/store/store.h"

namespace attune::server {

/// What the connection itself appends is not delivered to it. While such an append is not decided yet, delivery waits
/// in front of it; once stored, its positions are passed over.
class Following {
 public:
  /// `last`: for whoever is no member and may read up to there (continued.h).
  Following(std::uint64_t from, wire::StreamKind kind, std::optional<std::uint64_t> last = std::nullopt)
      : kind(kind), cursor_(from), last_(last) {}

  /// An append of this connection was handed to the store, or decided.
  void pending(std::uint64_t first) { pending_.push_back(first); }
  void decided(std::uint64_t first, const Decision& decision) {
    if (const auto found = std::ranges::find(pending_, first); found != pending_.end()) pending_.erase(found);
    if (decision.kind == Decision::Kind::stored && decision.head >= cursor_) own_.push_back({first, decision.head});
    // A client that never reads can not make this grow: it is then given again what it has, which is harmless.
    if (own_.size() > kMostRanges) own_.erase(own_.begin());
    due = true;
  }

  /// There is more in the stream. With what was appended: if that is all `key` lacks, nothing need be read.
  void news(std::shared_ptr<const Appended> appended) {
    appended_ = std::move(appended);
    due = true;
  }
  /// What was appended, if `key` is a member and has been told everything before it. None: the store has to be asked.
  std::shared_ptr<const Appended> take_appended(const SignKey& key);

  /// The next message for `key`, or none; `due` then says whether there is more.
  std::optional<wire::Records> next(Reading& store, const StreamId& id, const SignKey& key, std::size_t batch_bytes);
  /// The same from what take_appended() gave.
  std::optional<wire::Records> next(const Appended& appended, std::size_t batch_bytes);

  const wire::StreamKind kind;
  bool due = true;

 private:
  struct Range {
    std::uint64_t first, last;
  };
  static constexpr std::size_t kMostRanges = 64;

  void pass_over_own();
  /// The last position that may be delivered now; none: nothing.
  std::optional<std::uint64_t> reach(std::uint64_t head);
  wire::Records told(wire::Records message);

  std::uint64_t cursor_;
  std::optional<std::uint64_t> last_;
  bool told_ = false;  ///< at least one message was sent
  std::uint64_t told_head_ = 0;
  std::vector<std::uint64_t> pending_;
  std::vector<Range> own_;
  std::shared_ptr<const Appended> appended_;
};

}  // namespace attune::server
