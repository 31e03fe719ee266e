// Tables of a fold: entries in the order of their keys, laid flat in blocks.
//
// A log of ten years puts a hundred thousand entries in. Here that takes no allocation each, a copy is a few moves of
// memory, and going through them is the same on every machine (PROTOCOL.md 15 wants no unordered container). Nobody who
// chooses the keys can make it slow: a search is two halvings, and an insertion moves one block at most.
#pragma once

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>
#include <vector>

#include "wire/bytes.h"

namespace attune::log {

/// Is `a` before `b`? For ids eight bytes at a time, in the order that comparing byte by byte gives.
template <class K>
bool before(const K& a, const K& b) {
  return a < b;
}
template <std::size_t N, class Tag>
  requires(N % 8 == 0)
bool before(const Fixed<N, Tag>& a, const Fixed<N, Tag>& b) {
  for (std::size_t at = 0; at < N; at += 8) {
    std::uint64_t one = 0;
    std::uint64_t other = 0;
    std::memcpy(&one, a.bytes.data() + at, 8);
    std::memcpy(&other, b.bytes.data() + at, 8);
    if (one == other) continue;
    if constexpr (std::endian::native == std::endian::little) {
      one = __builtin_bswap64(one);
      other = __builtin_bswap64(other);
    }
    return one < other;
  }
  return false;
}
template <class A, class B>
bool before(const std::pair<A, B>& a, const std::pair<A, B>& b) {
  if (before(a.first, b.first)) return true;
  return !before(b.first, a.first) && before(a.second, b.second);
}

/// What SortedMap and SortedSet have in common. `KeyOf` gives an entry's key.
template <class Entry, class K, class KeyOf>
class Blocks {
 public:
  template <bool constant>
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = Entry;
    using difference_type = std::ptrdiff_t;
    using Ref = std::conditional_t<constant, const Entry&, Entry&>;
    using reference = Ref;
    using pointer = std::remove_reference_t<Ref>*;
    using Owner = std::conditional_t<constant, const Blocks, Blocks>;

    Iterator() = default;
    Iterator(Owner* owner, std::size_t block, std::size_t index) : owner_(owner), block_(block), index_(index) {}
    operator Iterator<true>() const  // NOLINT: as every container's
      requires(!constant)
    {
      return {owner_, block_, index_};
    }
    Ref operator*() const { return owner_->blocks_[block_][index_]; }
    pointer operator->() const { return &**this; }
    Iterator& operator++() {
      if (++index_ == owner_->blocks_[block_].size()) {
        ++block_;
        index_ = 0;
      }
      return *this;
    }
    Iterator operator++(int) {
      Iterator old = *this;
      ++*this;
      return old;
    }
    bool operator==(const Iterator&) const = default;

   private:
    Owner* owner_ = nullptr;
    std::size_t block_ = 0;
    std::size_t index_ = 0;
  };
  using iterator = Iterator<false>;
  using const_iterator = Iterator<true>;

  [[nodiscard]] const_iterator begin() const { return {this, 0, 0}; }
  [[nodiscard]] const_iterator end() const { return {this, blocks_.size(), 0}; }
  [[nodiscard]] iterator begin() { return {this, 0, 0}; }
  [[nodiscard]] iterator end() { return {this, blocks_.size(), 0}; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }

  [[nodiscard]] const_iterator find(const K& key) const {
    const auto [block, index, there] = place(key);
    return there ? const_iterator(this, block, index) : end();
  }
  [[nodiscard]] iterator find(const K& key) {
    const auto [block, index, there] = place(key);
    return there ? iterator(this, block, index) : end();
  }
  [[nodiscard]] bool contains(const K& key) const { return place(key).there; }

  /// Behind all others; false, and nothing is done, if it does not belong there.
  bool append(Entry entry) {
    if (size_ > 0 && !before(KeyOf{}(blocks_.back().back()), KeyOf{}(entry))) return false;
    put(size_ == 0 ? Place{} : Place{.block = blocks_.size() - 1, .index = blocks_.back().size()}, std::move(entry));
    return true;
  }

 protected:
  struct Place {
    std::size_t block = 0;
    std::size_t index = 0;
    bool there = false;
  };
  [[nodiscard]] Place place(const K& key) const {
    Place out;
    if (blocks_.empty()) return out;
    const auto next =
        std::upper_bound(firsts_.begin(), firsts_.end(), key, [](const K& a, const K& b) { return before(a, b); });
    out.block = next == firsts_.begin() ? 0 : static_cast<std::size_t>(next - firsts_.begin()) - 1;
    const std::vector<Entry>& block = blocks_[out.block];
    const auto at = std::lower_bound(block.begin(), block.end(), key,
                                     [](const Entry& a, const K& b) { return before(KeyOf{}(a), b); });
    out.index = static_cast<std::size_t>(at - block.begin());
    out.there = at != block.end() && !before(key, KeyOf{}(*at));
    return out;
  }
  iterator put(Place at, Entry entry) {
    if (blocks_.empty()) {
      blocks_.emplace_back();
      firsts_.emplace_back();
    }
    if (blocks_[at.block].size() == kMost) at = make_room(at);
    std::vector<Entry>& block = blocks_[at.block];
    block.insert(block.begin() + static_cast<std::ptrdiff_t>(at.index), std::move(entry));
    if (at.index == 0) firsts_[at.block] = KeyOf{}(block.front());
    ++size_;
    return {this, at.block, at.index};
  }

 private:
  static constexpr std::size_t kMost = 256;

  /// What comes in order begins another block; a full one in the middle is halved.
  Place make_room(Place at) {
    const auto next = static_cast<std::ptrdiff_t>(at.block) + 1;
    std::vector<Entry>& full = blocks_[at.block];
    std::vector<Entry> upper;
    upper.reserve(kMost);
    const bool last = next == static_cast<std::ptrdiff_t>(blocks_.size()) && at.index == kMost;
    const std::size_t half = last ? kMost : kMost / 2;
    std::move(full.begin() + static_cast<std::ptrdiff_t>(half), full.end(), std::back_inserter(upper));
    full.erase(full.begin() + static_cast<std::ptrdiff_t>(half), full.end());
    firsts_.insert(firsts_.begin() + next, upper.empty() ? K{} : KeyOf{}(upper.front()));
    blocks_.insert(blocks_.begin() + next, std::move(upper));
    if (at.index >= half) return {.block = at.block + 1, .index = at.index - half};
    return at;
  }

  std::vector<std::vector<Entry>> blocks_;
  std::vector<K> firsts_;  ///< of each block
  std::size_t size_ = 0;
};

template <class K, class V>
struct FirstOf {
  const K& operator()(const std::pair<K, V>& entry) const { return entry.first; }
};

/// std::map as far as folds and views use it. References are good until the next insertion.
template <class K, class V>
class SortedMap : public Blocks<std::pair<K, V>, K, FirstOf<K, V>> {
 public:
  using Base = Blocks<std::pair<K, V>, K, FirstOf<K, V>>;
  /// Nothing is done if the key is there already; the second is whether it was not.
  std::pair<typename Base::iterator, bool> emplace(const K& key, V value) {
    const auto at = this->place(key);
    if (at.there) return {typename Base::iterator(this, at.block, at.index), false};
    return {this->put(at, {key, std::move(value)}), true};
  }
  V& operator[](const K& key) {
    const auto at = this->place(key);
    if (at.there) return typename Base::iterator(this, at.block, at.index)->second;
    return this->put(at, {key, V{}})->second;
  }
};

template <class K>
struct Itself {
  const K& operator()(const K& key) const { return key; }
};

/// std::set as far as folds and views use it.
template <class K>
class SortedSet : public Blocks<K, K, Itself<K>> {
 public:
  using Base = Blocks<K, K, Itself<K>>;
  /// Was it not there before?
  bool insert(const K& key) {
    const auto at = this->place(key);
    if (!at.there) this->put(at, key);
    return !at.there;
  }
};

}  // namespace attune::log
