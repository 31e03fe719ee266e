// A push service on this machine, for tests: HTTPS with a certificate of its own, one connection at a time.
#pragma once

#include <openssl/ssl.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "wire/bytes.h"

namespace attune::tests {

class PushService {
 public:
  PushService();
  ~PushService();
  PushService(const PushService&) = delete;
  PushService& operator=(const PushService&) = delete;

  /// What makes its certificate a good one: a file for SSL_CERT_FILE.
  void write_authority(const std::filesystem::path& file) const;
  [[nodiscard]] std::string address(std::string_view path) const;
  [[nodiscard]] std::string origin() const { return address(""); }

  struct Request {
    std::string line;  ///< "POST /x HTTP/1.1"
    std::map<std::string, std::string> headers;  ///< names in small letters
    Bytes body;
  };
  /// Waits for the next connection and answers its request with this status. None: whoever came did not trust the
  /// certificate, or sent no whole request.
  std::optional<Request> serve(int status);

 private:
  SSL_CTX* tls_ = nullptr;
  X509* certificate_ = nullptr;
  int socket_ = -1;
  std::uint16_t port_ = 0;
};

}  // namespace attune::tests
