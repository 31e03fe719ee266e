#include "attune/log/sorted.h"

#include <bit>

namespace attune::log {

namespace {

/// Entries of a block: with fewer there are more blocks to be moved at each new one, with more each entry moves
/// further.
constexpr std::size_t kMost = 128;

/// Is `a` before `b`, byte by byte? Looked at are eight at a time.
bool before(const std::uint8_t* a, const std::uint8_t* b, std::size_t size) {
  for (; size >= 8; a += 8, b += 8, size -= 8) {
    std::uint64_t one = 0;
    std::uint64_t other = 0;
    std::memcpy(&one, a, 8);
    std::memcpy(&other, b, 8);
    if (one == other) continue;
    const bool little = std::endian::native == std::endian::little;
    const int first = (little ? std::countr_zero(one ^ other) : std::countl_zero(one ^ other)) / 8;  // that differs
    return a[first] < b[first];
  }
  for (; size > 0; ++a, ++b, --size) {
    if (*a != *b) return *a < *b;
  }
  return false;
}

/// How many of the entries, `stride` bytes each, `passed` is true of. It is of the first of them only.
template <class Passed>
std::size_t count_while(const Bytes& entries, std::size_t stride, Passed passed) {
  std::size_t from = 0;
  for (std::size_t left = entries.size() / stride; left > 0;) {
    const std::size_t half = left / 2;
    if (passed(entries.data() + (from + half) * stride)) {
      from += half + 1;
      left -= half + 1;
    } else {
      left = half;
    }
  }
  return from;
}

}  // namespace

Blocks::Place Blocks::place(const void* key) const {
  Place out;
  if (blocks_.empty()) return out;
  const auto* wanted = static_cast<const std::uint8_t*>(key);
  const std::size_t begun =
      count_while(firsts_, key_size_, [&](const std::uint8_t* first) { return !before(wanted, first, key_size_); });
  out.block = begun == 0 ? 0 : begun - 1;
  out.index = count_while(blocks_[out.block], entry_size_,
                          [&](const std::uint8_t* entry) { return before(entry, wanted, key_size_); });
  out.there = out.index < size_of(out.block) && !before(wanted, at(out.block, out.index), key_size_);
  return out;
}

Blocks::Place Blocks::place_behind(const void* key) const {
  if (blocks_.empty()) return {};
  const std::size_t last = blocks_.size() - 1;
  const std::size_t size = size_of(last);
  return {.block = last,
          .index = size,
          .there = !before(at(last, size - 1), static_cast<const std::uint8_t*>(key), key_size_)};
}

Blocks::Place Blocks::put(Place at, const void* entry) {
  if (blocks_.empty()) begin_block(0);
  if (size_of(at.block) == kMost) at = make_room(at);
  const auto* bytes = static_cast<const std::uint8_t*>(entry);
  Bytes& block = blocks_[at.block];
  block.insert(block.begin() + static_cast<std::ptrdiff_t>(at.index * entry_size_), bytes, bytes + entry_size_);
  if (at.index == 0) std::copy_n(bytes, key_size_, firsts_.data() + at.block * key_size_);
  ++size_;
  return at;
}

/// An empty one; its first key is not known yet.
void Blocks::begin_block(std::size_t before) {
  Bytes block;
  block.reserve(kMost * entry_size_);
  blocks_.insert(blocks_.begin() + static_cast<std::ptrdiff_t>(before), std::move(block));
  firsts_.insert(firsts_.begin() + static_cast<std::ptrdiff_t>(before * key_size_), key_size_, 0);
}

/// What comes in order begins another block; a full one in the middle is halved.
Blocks::Place Blocks::make_room(Place at) {
  const std::size_t next = at.block + 1;
  begin_block(next);
  const bool last = next + 1 == blocks_.size() && at.index == kMost;
  const std::size_t half = last ? kMost : kMost / 2;
  if (!last) {
    Bytes& full = blocks_[at.block];
    const auto middle = full.begin() + static_cast<std::ptrdiff_t>(half * entry_size_);
    blocks_[next].assign(middle, full.end());
    full.erase(middle, full.end());
    std::copy_n(blocks_[next].data(), key_size_, firsts_.data() + next * key_size_);
  }
  if (at.index >= half) return {.block = next, .index = at.index - half};
  return at;
}

}  // namespace attune::log
