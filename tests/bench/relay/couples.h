// Couples whose streams are founded and whose records are signed before any time is taken.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "vectors/couple.h"

namespace attune::bench {

/// Who writes a couple's records: both in turns, beginning with the first, or the first alone.
enum class By : std::uint8_t { turns, first };

struct Couple {
  std::array<tests::Keys, 2> keys;
  std::array<wire::Record, 2> mine;  ///< the genesis of each
  wire::Record ours;                 ///< its genesis
  std::vector<Bytes> records;        ///< of *ours*, from position 1 on, as they travel
  By by = By::turns;

  [[nodiscard]] StreamId mine_id(std::size_t person) const { return wire::stream_of(mine[person].header); }
  [[nodiscard]] StreamId ours_id() const { return wire::stream_of(ours.header); }
  /// The person who wrote this one of the records.
  [[nodiscard]] std::size_t author_of(std::size_t record) const { return by == By::turns ? record % 2 : 0; }
};

/// The same couple for the same number.
Couple make_couple(std::uint32_t number);
/// So many records of the size that most have: a short text in *ours*.
void write_records(Couple& couple, std::size_t count, By by);

/// Makes a store in the folder in which all their streams are founded, as the relay would have.
void found_streams(const std::filesystem::path& folder, const std::vector<Couple>& couples);

/// The WebSocket frame in which an append of this record goes out.
std::string append_frame(const Couple& couple, const Bytes& record);
/// A message of a client as one binary frame.
std::string frame_of(ByteView message);

}  // namespace attune::bench
