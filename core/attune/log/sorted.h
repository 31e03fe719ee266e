// Tables of a fold: entries in the order of their keys, laid flat in blocks.
//
// A log of ten years puts a hundred thousand entries in. Here that takes no allocation each, a copy is a few moves of
// memory, and going through them is the same on every machine (PROTOCOL.md 15 wants no unordered container). Nobody who
// chooses the keys can make it slow: a search is two halvings, and an insertion moves one block at most.
//
// What lies in a table is bytes to it, so that one compiled search and one insertion serve all of them.
#pragma once

#include <type_traits>
#include <utility>
#include <vector>

#include "wire/bytes.h"

namespace attune::log {

/// std::pair whose bytes may be moved as they are, which its assignment does not allow.
template <class A, class B>
struct Pair {
  using first_type = A;
  using second_type = B;
  A first;
  B second;
  bool operator==(const Pair&) const = default;
};

/// May a table be in the order of these keys? It is that of their bytes.
template <class K>
inline constexpr bool kIsKey = false;
template <std::size_t N, class Tag>
inline constexpr bool kIsKey<Fixed<N, Tag>> = true;
template <std::size_t N, class Tag>
inline constexpr bool kIsKey<Pair<std::uint8_t, Fixed<N, Tag>>> = true;

/// The entries as bytes: each begins with its key.
class Blocks {
 public:
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }

 protected:
  Blocks(std::size_t entry_size, std::size_t key_size) : entry_size_(entry_size), key_size_(key_size) {}
  struct Place {
    std::size_t block = 0;
    std::size_t index = 0;
    bool there = false;
  };
  /// Where the entry of this key is, or would be.
  [[nodiscard]] Place place(const void* key) const;
  /// The place behind all others, if this key belongs there: otherwise `there` is set.
  [[nodiscard]] Place place_behind(const void* key) const;
  /// Where it is then.
  Place put(Place at, const void* entry);
  [[nodiscard]] std::size_t blocks() const { return blocks_.size(); }
  [[nodiscard]] std::size_t size_of(std::size_t block) const { return blocks_[block].size() / entry_size_; }
  [[nodiscard]] const std::uint8_t* at(std::size_t block, std::size_t index) const {
    return blocks_[block].data() + index * entry_size_;
  }

 private:
  void begin_block(std::size_t before);
  Place make_room(Place at);

  std::size_t entry_size_;
  std::size_t key_size_;
  std::size_t size_ = 0;
  std::vector<Bytes> blocks_;
  Bytes firsts_;  ///< the first key of each block
};

/// What SortedMap and SortedSet have in common.
template <class Entry, class K>
class Table : public Blocks {
  static_assert(kIsKey<K> && std::is_trivially_copyable_v<Entry> && std::is_standard_layout_v<Entry>);

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
    using Owner = std::conditional_t<constant, const Table, Table>;

    Iterator() = default;
    Iterator(Owner* owner, std::size_t block, std::size_t index) : owner_(owner), block_(block), index_(index) {}
    operator Iterator<true>() const  // NOLINT: as every container's
      requires(!constant)
    {
      return {owner_, block_, index_};
    }
    Ref operator*() const { return owner_->entry(block_, index_); }
    pointer operator->() const { return &**this; }
    Iterator& operator++() {
      if (++index_ == owner_->size_of(block_)) {
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

  Table() : Blocks(sizeof(Entry), sizeof(K)) {}

  [[nodiscard]] const_iterator begin() const { return {this, 0, 0}; }
  [[nodiscard]] const_iterator end() const { return {this, blocks(), 0}; }
  [[nodiscard]] iterator begin() { return {this, 0, 0}; }
  [[nodiscard]] iterator end() { return {this, blocks(), 0}; }

  [[nodiscard]] const_iterator find(const K& key) const {
    const Place found = place(&key);
    return found.there ? const_iterator(this, found.block, found.index) : end();
  }
  [[nodiscard]] iterator find(const K& key) {
    const Place found = place(&key);
    return found.there ? iterator(this, found.block, found.index) : end();
  }
  [[nodiscard]] bool contains(const K& key) const { return place(&key).there; }

  /// Behind all others; false, and nothing is done, if it does not belong there.
  bool append(const Entry& entry) {
    const Place behind = place_behind(&entry);
    if (!behind.there) put(behind, &entry);
    return !behind.there;
  }

 protected:
  iterator put_in(Place at, const Entry& entry) {
    const Place now = put(at, &entry);
    return {this, now.block, now.index};
  }

 private:
  [[nodiscard]] const Entry& entry(std::size_t block, std::size_t index) const {
    return *reinterpret_cast<const Entry*>(at(block, index));  // NOLINT: put there as one
  }
  [[nodiscard]] Entry& entry(std::size_t block, std::size_t index) {
    return const_cast<Entry&>(std::as_const(*this).entry(block, index));  // NOLINT
  }
};

/// std::map as far as folds and views use it. References are good until the next insertion.
template <class K, class V>
class SortedMap : public Table<Pair<K, V>, K> {
 public:
  using Base = Table<Pair<K, V>, K>;
  /// Nothing is done if the key is there already; the second is whether it was not.
  std::pair<typename Base::iterator, bool> emplace(const K& key, const V& value) {
    const auto at = this->place(&key);
    if (at.there) return {typename Base::iterator(this, at.block, at.index), false};
    return {this->put_in(at, {key, value}), true};
  }
  V& operator[](const K& key) { return emplace(key, V{}).first->second; }
};

/// std::set as far as folds and views use it.
template <class K>
class SortedSet : public Table<K, K> {
 public:
  /// Was it not there before?
  bool insert(const K& key) {
    const auto at = this->place(&key);
    if (!at.there) this->put(at, &key);
    return !at.there;
  }
};

}  // namespace attune::log
