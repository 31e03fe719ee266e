#include "server/push_service.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

namespace attune::tests {

namespace {

// Signed by itself, for "localhost", for a day.
X509* make_certificate(EVP_PKEY* key) {
  X509* out = X509_new();
  X509_set_version(out, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(out), 1);
  X509_gmtime_adj(X509_getm_notBefore(out), -3600);
  X509_gmtime_adj(X509_getm_notAfter(out), 24L * 3600);
  X509_set_pubkey(out, key);
  X509_NAME* name = X509_get_subject_name(out);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
  X509_set_issuer_name(out, name);
  X509_EXTENSION* names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "DNS:localhost");
  X509_add_ext(out, names, -1);
  X509_EXTENSION_free(names);
  X509_sign(out, key, EVP_sha256());
  return out;
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

// Everything up to the end of the body; empty if it ends before.
std::optional<PushService::Request> read_request(SSL* tls) {
  std::string got;
  const auto more = [&] {
    char buffer[4096];
    const int size = SSL_read(tls, buffer, sizeof buffer);
    if (size > 0) got.append(buffer, static_cast<std::size_t>(size));
    return size > 0;
  };
  std::size_t end = 0;
  while ((end = got.find("\r\n\r\n")) == std::string::npos) {
    if (!more()) return std::nullopt;
  }
  PushService::Request out;
  std::size_t at = got.find("\r\n");
  out.line = got.substr(0, at);
  while (at < end) {
    at += 2;
    const std::size_t next = got.find("\r\n", at);
    const std::size_t colon = got.find(':', at);
    out.headers[lower(got.substr(at, colon - at))] = got.substr(colon + 2, next - colon - 2);
    at = next;
  }
  const std::size_t length = std::stoul(out.headers["content-length"]);
  while (got.size() < end + 4 + length) {
    if (!more()) return std::nullopt;
  }
  const ByteView body = as_bytes(got).subspan(end + 4, length);
  out.body.assign(body.begin(), body.end());
  return out;
}

}  // namespace

PushService::PushService() : tls_(SSL_CTX_new(TLS_server_method())), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  ::signal(SIGPIPE, SIG_IGN);  // whoever has its answer may be gone before the farewell
  EVP_PKEY* key = EVP_EC_gen("P-256");
  certificate_ = make_certificate(key);
  SSL_CTX_use_certificate(tls_, certificate_);
  SSL_CTX_use_PrivateKey(tls_, key);
  EVP_PKEY_free(key);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  ::listen(socket_, 8);
  socklen_t size = sizeof address;
  ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  // A relay that never calls fails the test instead of holding it up.
  const timeval patience{.tv_sec = 30, .tv_usec = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
}

PushService::~PushService() {
  ::close(socket_);
  X509_free(certificate_);
  SSL_CTX_free(tls_);
}

void PushService::write_authority(const std::filesystem::path& file) const {
  std::FILE* out = std::fopen(file.c_str(), "w");
  ASSERT_NE(out, nullptr);
  PEM_write_X509(out, certificate_);
  std::fclose(out);
}

std::string PushService::address(std::string_view path) const {
  return "https://localhost:" + std::to_string(port_) + std::string(path);
}

std::optional<PushService::Request> PushService::serve(int status) {
  const int connection = ::accept(socket_, nullptr, nullptr);
  EXPECT_GE(connection, 0) << "nobody came within 30 s";
  if (connection < 0) return std::nullopt;
  SSL* tls = SSL_new(tls_);
  SSL_set_fd(tls, connection);
  std::optional<Request> out;
  if (SSL_accept(tls) == 1) out = read_request(tls);
  if (out) {
    const std::string answer = "HTTP/1.1 " + std::to_string(status) + " x\r\nContent-Length: 0\r\n\r\n";
    SSL_write(tls, answer.data(), static_cast<int>(answer.size()));
    SSL_shutdown(tls);
  }
  SSL_free(tls);
  ::close(connection);
  return out;
}

}  // namespace attune::tests
