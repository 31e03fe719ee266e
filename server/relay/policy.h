// What the operator has decided, as far as the relay's rules are concerned. Filled from settings/settings.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "wire/bytes.h"

namespace attune::server {

/// Who may found streams. Whoever is a member of any stream here may always found what belongs to a couple: one
/// *mine* of their own (more only as successors) and *ours*.
enum class Registration : std::uint8_t { open, token, closed };

struct Policy {
  std::vector<std::string> origins;  ///< addresses under which devices dial this relay, e.g. "https://attune.example"
  Registration registration = Registration::open;
  std::optional<P256Key> push_key;  ///< what devices subscribe with to be woken; none: nobody is woken
  bool push_local = false;  ///< this machine and its network may be called, too

  // Limits per connection.
  std::uint32_t messages_per_second = 50;  ///< sustained; ten times as many at once
  std::uint32_t requests_in_flight = 16;  ///< appends and mails not yet answered
  std::uint32_t followed_streams = 64;
  std::uint32_t followed_mailboxes = 16;
  std::uint64_t bytes_in_flight = 64ULL * 1024 * 1024;  ///< records of all connections waiting to be stored
  // Limits per device and per stream.
  std::uint32_t streams_per_device = 16;  ///< founded by one key
  /// Everything ever appended to one stream, and what lies in its slot; control records may exceed it by a sixteenth.
  std::uint64_t stream_bytes = 1024ULL * 1024 * 1024;
};

}  // namespace attune::server
