// A relay that writes down what it sees of its devices: when, how much, of which class. It holds no keys.
#pragma once

#include "sim/world.h"
#include "wire/record.h"

namespace attune::sim {

struct SeenAppend {
  const Device* from = nullptr;
  std::int64_t at_ms = 0;
  StreamId stream;
  bool wake = false;
  std::vector<wire::Header> records;

  [[nodiscard]] bool control() const;  ///< of members and the like; no event among them
};

class RelayEye {
 public:
  explicit RelayEye(World& world);
  ~RelayEye();
  RelayEye(const RelayEye&) = delete;
  RelayEye& operator=(const RelayEye&) = delete;

  std::vector<SeenAppend> appends;
  /// A line for every message: its moment, its sender, its kind and size; of an append also the bit, and each record's
  /// place, class and sizes.
  std::vector<std::string> trace;

  [[nodiscard]] std::vector<SeenAppend> of(const Device& from, const StreamId& stream) const;
  void forget();

 private:
  World& world_;
};

}  // namespace attune::sim
