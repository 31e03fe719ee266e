#include "attune/client/giving_back.h"

#include <map>
#include <set>

namespace attune::client {

namespace {

/// What would have to be shown with the records [from, end).
class Ahead {
 public:
  Ahead(const log::Stream& stream, const std::optional<SignKey>& sender) : stream_(stream), sender_(sender) {
    for (std::uint64_t position = 0; position < stream.next(); ++position) {
      const wire::RecordView record = stream.view(position);
      if (record.header.cls != wire::Class::control || stream.voided(position) || !record.skeleton) continue;
      const auto control = wire::decode_control(*record.skeleton);
      const auto* erase = control ? std::get_if<wire::Erase>(&*control) : nullptr;
      if (erase == nullptr) continue;
      for (const std::uint64_t at : erase->positions) erased_by_.emplace(at, position);
    }
  }

  [[nodiscard]] std::set<std::uint64_t> behind(std::uint64_t from, std::uint64_t end) const {
    std::set<std::uint64_t> out;
    for (std::uint64_t at = from; at < end; ++at) {
      const wire::RecordView record = stream_.view(at);
      const auto by = erased_by_.find(at);
      if (record.content || record.header.content_length == 0 || by == erased_by_.end() || by->second < end) continue;
      out.insert(by->second);
      come_in(stream_.view(by->second).header.author, end, out);
    }
    if (sender_) come_in(*sender_, end, out);
    return out;
  }

 private:
  /// By which record `key` came in, and whoever wrote that, back to somebody who is in before `end`.
  void come_in(const SignKey& key, std::uint64_t end, std::set<std::uint64_t>& out) const {
    const wire::Seat* seat = stream_.table().seat(key);
    if (seat == nullptr || seat->added_at < end || !out.insert(seat->added_at).second) return;
    come_in(stream_.view(seat->added_at).header.author, end, out);
  }

  const log::Stream& stream_;
  const std::optional<SignKey>& sender_;
  std::map<std::uint64_t, std::uint64_t> erased_by_;  ///< position → of the first erase that names it
};

}  // namespace

GivenBack give_back(const log::Stream& stream, std::uint64_t from, const std::optional<SignKey>& sender) {
  const Ahead ahead(stream, sender);
  GivenBack out;
  std::set<std::uint64_t> shown;
  std::size_t bytes = 0;
  for (std::uint64_t at = from; at < stream.next() && out.records.size() < wire::kMaxAppendRecords; ++at) {
    const wire::Record& record = stream.records()[at].record;
    if (!wire::verify_header(record.header, record.signature)) break;
    const std::set<std::uint64_t> needed = ahead.behind(from, at + 1);
    bytes += stream.row(at).size();
    std::size_t together = bytes;
    for (const std::uint64_t position : needed) together += stream.row(position).size();
    const bool fits = together <= wire::kMaxBatchBytes && needed.size() <= wire::kMaxAppendAhead;
    if (!fits && !out.records.empty()) break;
    out.records.push_back(record);
    shown = fits ? needed : std::set<std::uint64_t>{};
  }
  for (const std::uint64_t position : shown) out.ahead.push_back(stream.records()[position].record);
  return out;
}

}  // namespace attune::client
