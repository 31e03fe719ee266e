// A device's side of web push, for tests: keys to subscribe with, and what opens the body it is sent (RFC 8291, 3.4).
#pragma once

#include <optional>
#include <string>

#include "server/push/p256.h"
#include "server/store/store.h"
#include "wire/frames.h"

namespace attune::tests {

Bytes from_base64url(std::string_view text);

class PushDevice {
 public:
  explicit PushDevice(std::string endpoint) : endpoint_(std::move(endpoint)) {}

  [[nodiscard]] wire::PushSet set(std::uint32_t request) const {
    return {.request = request, .endpoint = endpoint_, .p256dh = keys_.public_key(), .auth = auth()};
  }
  [[nodiscard]] server::Subscription subscription() const {
    return {.endpoint = endpoint_, .p256dh = keys_.public_key(), .auth = auth()};
  }
  /// What the body says, without its padding. None: it is not for this device, or damaged.
  [[nodiscard]] std::optional<std::string> open(ByteView body) const;

 private:
  [[nodiscard]] PushSecret auth() const;

  std::string endpoint_;
  server::P256Pair keys_ = server::P256Pair::make();
};

/// Is this the value of an Authorization header (RFC 8292) for `origin`, signed by `key`, good at `seconds` and for no
/// more than a day? Then who is named as the contact.
std::optional<std::string> vouched_contact(std::string_view header, const P256Key& key, std::string_view origin,
                                           std::uint64_t seconds);

}  // namespace attune::tests
