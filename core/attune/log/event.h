// What the log says, decrypted: the form in which folds read it.
#pragma once

#include <algorithm>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string_view>

#include "attune/shell.h"
#include "wire/control.h"

namespace attune::log {

using EventId = Fixed<16, struct EventIdTag>;

/// One event as a fold sees it. `fields` is its skeleton: all that a rule may depend on. What a person wrote (its
/// content) is read by views only, through Contents, and may be gone.
struct Event {
  wire::StreamKind stream = wire::StreamKind::mine;
  std::uint64_t position = 0;
  SignKey author;
  std::uint8_t person = 0;  ///< of the author
  EventId id;
  std::string_view kind;
  std::uint32_t version = 1;
  bool needed = false;    ///< a practice that does not know it becomes read-only
  bool pending = false;   ///< not confirmed: a command of this device, shown at once
  const nlohmann::json* fields = nullptr;
  std::string_view text;  ///< the fields as they stand in the skeleton, where `fields` is null
};

/// Where views read what a person wrote. None: erased, taken back or never there.
class Contents {
 public:
  virtual ~Contents() = default;
  [[nodiscard]] virtual std::optional<nlohmann::json> content(wire::StreamKind stream, const EventId& id) const = 0;
};

/// A time as data: written by the author's shell, shown, never decided on.
struct At {
  std::int64_t ms = 0;
  std::int32_t offset = 0;  ///< minutes east of UTC

  /// Called by whatever reads one (schema::read): a changed app may write any number, and a calendar that is handed one
  /// it does not have ends the screen it is on. The nearest time between the years 1 and 9999, the nearest offset there
  /// is.
  void bound() {
    ms = std::clamp<std::int64_t>(ms, -62'135'596'800'000, 253'402'300'799'999);
    offset = std::clamp<std::int32_t>(offset, -18 * 60, 18 * 60);
  }
};

}  // namespace attune::log
