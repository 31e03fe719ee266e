// The real attuned over a store in which the couples' streams are founded, and their devices as a load.
#pragma once

#include <memory>

#include "bench/relay/line.h"
#include "bench/relay/service.h"
#include "server/program.h"

namespace attune::bench {

/// The program on a port of its own, listening; ended with this.
class Attuned {
 public:
  explicit Attuned(const std::filesystem::path& folder);
  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// Bytes of memory that it has in use (its resident set).
  [[nodiscard]] std::uint64_t memory() const;

 private:
  std::uint16_t port_;
  tests::Program program_;
};

/// Devices that are connected and follow their streams.
class Devices final : public Service {
 public:
  enum class Which : std::uint8_t { first, both };  ///< of each couple
  /// Connects them; returns when each has been told how far its streams go.
  Devices(const Attuned& attuned, const std::vector<Couple>& couples, Which which);

  bool append(std::size_t couple) override;
  void wait(Clock::time_point until, Listener& listener) override;

 private:
  const std::vector<Couple>& couples_;
  std::vector<std::size_t> next_;  ///< record of each couple
  std::vector<std::vector<std::string>> frames_;
  Poll poll_;
  Listener* listener_ = nullptr;
  std::vector<std::unique_ptr<Line>> lines_;
};

/// Bytes of memory for each of so many connections that prove a key, follow two streams and then say nothing.
double memory_of_idle(const std::filesystem::path& folder, const std::vector<Couple>& couples);

}  // namespace attune::bench
