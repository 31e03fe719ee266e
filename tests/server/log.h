// Streams for tests of the relay: valid records, signed by whom the test says, each on top of the one before.
#pragma once

#include "vectors/couple.h"
#include "wire/frames.h"

namespace attune::tests {

/// A stream as its devices would have made it. What a test damages, it damages in a copy.
class Log {
 public:
  Log(const Keys& founder, const wire::Genesis& genesis);

  const wire::Record& event(const Keys& author, std::size_t content = 64);
  const wire::Record& control(const Keys& author, const wire::Control& control);

  [[nodiscard]] const StreamId& id() const { return id_; }
  [[nodiscard]] std::uint64_t head() const { return records_.size() - 1; }
  [[nodiscard]] Hash history() const { return wire::history_hash(records_.back().header); }
  [[nodiscard]] const std::vector<wire::Record>& records() const { return records_; }
  [[nodiscard]] const wire::Record& at(std::size_t position) const { return records_.at(position); }
  /// An append of the records from `first` to the newest, or to `last`.
  [[nodiscard]] wire::Append append(std::uint32_t request, std::uint64_t first) const {
    return append(request, first, head());
  }
  [[nodiscard]] wire::Append append(std::uint32_t request, std::uint64_t first, std::uint64_t last) const;
  /// The newest record is taken back, to grow another way.
  void drop_newest() { records_.pop_back(); }

 private:
  const wire::Record& add(wire::Record record, const Keys& author);

  StreamId id_;
  std::vector<wire::Record> records_;
  std::uint32_t epoch_ = 0;
  std::uint8_t filler_ = 0;
};

/// Signs the header again after a test has changed it.
void resign(wire::Record& record, const Keys& author);
wire::Append append_of(std::uint32_t request, const StreamId& stream, const std::vector<wire::Record>& records);

wire::Genesis mine_genesis(const Keys& founder);
/// *Ours* of `one` (with more devices, if given) and `other`.
wire::Genesis ours_genesis(const Keys& one, const Keys& other, const std::vector<wire::Member>& more = {});
/// Adds `key` as a device of `person`.
wire::Members adding(const Keys& key, std::uint8_t person, const StreamId& self);
/// Removes `key`; epoch 1 goes to `left`.
wire::Members removing(const Keys& key, const std::vector<Keys>& left);

inline StreamId self_of(std::uint8_t person) { return all<StreamId>(person == 0 ? 0xaa : 0xbb); }

}  // namespace attune::tests
