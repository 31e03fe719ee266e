// What a shell hands to the core: time, entropy, rows; and what it gets back: effects to carry out.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "wire/bytes.h"

namespace attune {

/// The shell's clock. It decides when something is offered, never order, rights or a fold.
struct Now {
  std::int64_t ms = 0;              ///< since 1970-01-01T00:00Z
  std::int32_t offset_minutes = 0;  ///< the zone's offset east of UTC
};

/// Fills the span with bytes nobody can guess. The core has no random device of its own.
using Entropy = std::function<void(std::span<std::uint8_t>)>;

/// One row of the device's own storage.
struct Row {
  std::string key;
  std::optional<Bytes> value;  ///< none: delete
};

namespace effect {
struct Store {
  std::vector<Row> rows;
};   ///< one flushed transaction, before any effect behind it
struct Dial {
  std::string relay;
};        ///< open a connection to this relay address, closing any other
struct HangUp {};
struct Send {
  Bytes frame;
};
struct Changed {};                         ///< views may read differently now
struct Alarm {
  std::int64_t at_ms = 0;
};  ///< call tick() then
}  // namespace effect

/// Carried out strictly in order.
using Effect = std::variant<effect::Store, effect::Dial, effect::HangUp, effect::Send, effect::Changed, effect::Alarm>;

}  // namespace attune
