// The connection itself: whom it trusts, and what it says when there is nobody, or somebody else.
#include "cli/relay_link.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <functional>
#include <thread>

#include "tests/cli/support.h"

namespace attune::cli {
namespace {

/// A port on this machine that answers every caller as the test wants, one after the other.
class Listener {
 public:
  explicit Listener(std::function<void(int)> answer) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(socket_, 4), 0);
    socklen_t size = sizeof address;
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = std::to_string(ntohs(address.sin_port));
    thread_ = std::thread([this, answer = std::move(answer)] {
      for (int caller = ::accept(socket_, nullptr, nullptr); caller >= 0;
           caller = ::accept(socket_, nullptr, nullptr)) {
        answer(caller);
        ::close(caller);
      }
    });
  }
  ~Listener() {
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
  }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  [[nodiscard]] const std::string& port() const { return port_; }

 private:
  int socket_;
  std::string port_;
  std::thread thread_;
};

/// A TLS server with a certificate that it signed itself, for one name.
class SelfSigned {
 public:
  explicit SelfSigned(const std::string& name)
      : key_(EVP_EC_gen("P-256")), certificate_(X509_new()), context_(SSL_CTX_new(TLS_server_method())) {
    ASN1_INTEGER_set(X509_get_serialNumber(certificate_), 1);
    X509_set_version(certificate_, X509_VERSION_3);
    X509_gmtime_adj(X509_getm_notBefore(certificate_), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate_), 3600);
    X509_set_pubkey(certificate_, key_);
    X509_NAME* subject = X509_get_subject_name(certificate_);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"), -1, -1, 0);
    X509_set_issuer_name(certificate_, subject);
    X509_EXTENSION* names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, ("DNS:" + name).c_str());
    X509_add_ext(certificate_, names, -1);
    X509_EXTENSION_free(names);
    X509_sign(certificate_, key_, EVP_sha256());
    SSL_CTX_use_certificate(context_, certificate_);
    SSL_CTX_use_PrivateKey(context_, key_);
  }
  ~SelfSigned() {
    SSL_CTX_free(context_);
    X509_free(certificate_);
    EVP_PKEY_free(key_);
  }
  SelfSigned(const SelfSigned&) = delete;
  SelfSigned& operator=(const SelfSigned&) = delete;

  void write_to(const std::filesystem::path& file) const {
    FILE* out = std::fopen(file.c_str(), "w");
    PEM_write_X509(out, certificate_);
    std::fclose(out);
  }
  /// Shakes hands, reads a request, answers with this.
  void answer(int caller, const std::string& text) const {
    SSL* tls = SSL_new(context_);
    SSL_set_fd(tls, caller);
    std::array<char, 2048> request{};
    if (SSL_accept(tls) == 1 && SSL_read(tls, request.data(), request.size()) > 0) {
      asked = true;
      SSL_write(tls, text.data(), static_cast<int>(text.size()));
    }
    SSL_free(tls);
  }
  mutable std::atomic<bool> asked = false;  ///< a request came through

 private:
  EVP_PKEY* key_;
  X509* certificate_;
  SSL_CTX* context_;
};

const std::string kNotAttune = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";

/// The code with which a call ends.
std::string called(const std::string& relay) {
  const auto link = make_relay_link();
  link->dial(relay);
  const auto event = link->next(std::chrono::steady_clock::now() + std::chrono::seconds(30));
  const auto* closed = event ? std::get_if<link::Closed>(&*event) : nullptr;
  return closed == nullptr ? "open" : closed->code;
}

/// Takes this certificate for the machine's own while it lives.
class Trusting {
 public:
  explicit Trusting(const SelfSigned& server) {
    server.write_to(folder_ / "ca.pem");
    setenv("SSL_CERT_FILE", (folder_ / "ca.pem").c_str(), 1);
  }
  ~Trusting() { unsetenv("SSL_CERT_FILE"); }
  Trusting(const Trusting&) = delete;
  Trusting& operator=(const Trusting&) = delete;

 private:
  Folder folder_;
};

TEST(RelayLink, TrustsNoCertificateThatTheMachineDoesNotKnow) {
  const SelfSigned server("localhost");
  const Listener listener([&](int caller) { server.answer(caller, kNotAttune); });
  EXPECT_EQ(called("https://localhost:" + listener.port()), "server-untrusted");
  EXPECT_FALSE(server.asked) << "nothing was said to it";
}

TEST(RelayLink, TrustsNoCertificateOfAnotherName) {
  const SelfSigned server("somebody.example");
  const Trusting trusting(server);
  const Listener listener([&](int caller) { server.answer(caller, kNotAttune); });
  EXPECT_EQ(called("https://localhost:" + listener.port()), "server-untrusted");
  EXPECT_FALSE(server.asked) << "nothing was said to it";
}

TEST(RelayLink, TrustsWhatTheMachineTrusts) {
  const SelfSigned server("localhost");
  const Trusting trusting(server);
  const Listener listener([&](int caller) { server.answer(caller, kNotAttune); });
  EXPECT_EQ(called("https://localhost:" + listener.port()), "server-is-none");
  EXPECT_TRUE(server.asked);
}

std::string answered_with(const std::string& text) {
  const Listener listener([&](int caller) {
    std::array<char, 2048> request{};
    if (::read(caller, request.data(), request.size()) > 0) EXPECT_GT(::write(caller, text.data(), text.size()), 0);
  });
  return called("http://localhost:" + listener.port());
}

TEST(RelayLink, KnowsThatSomebodyElseAnswers) {
  EXPECT_EQ(answered_with(kNotAttune), "server-is-none");
  EXPECT_EQ(answered_with("SSH-2.0-OpenSSH_9.2\r\n"), "server-is-none");
}

TEST(RelayLink, KnowsThatTheServerAsksForAPause) {
  EXPECT_EQ(answered_with("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n"), "slow-down");
}

/// The request of a caller who shows this token; none if it is empty.
std::string request_with(const std::string& token) {
  std::string asked;
  {
    const Listener listener([&](int caller) {
      std::array<char, 2048> request{};
      const ssize_t got = ::read(caller, request.data(), request.size());
      if (got > 0) asked.assign(request.data(), static_cast<std::size_t>(got));
    });
    const auto link = make_relay_link();
    if (!token.empty()) link->show_token(token);
    link->dial("http://localhost:" + listener.port());
    EXPECT_TRUE(link->next(std::chrono::steady_clock::now() + std::chrono::seconds(30)));
  }
  return asked;
}

TEST(RelayLink, ShowsATokenBesideTheProtocolsNameAndNowhereElse) {
  const std::string request = request_with("open.sesame-1");
  EXPECT_TRUE(request.starts_with("GET /relay HTTP/1.1\r\n")) << request;
  EXPECT_TRUE(request.contains("Sec-WebSocket-Protocol: attune, attune-token.open.sesame-1\r\n")) << request;
  EXPECT_EQ(request.find("open.sesame-1"), request.rfind("open.sesame-1")) << request;
  EXPECT_FALSE(request_with("").contains("attune-token")) << "nobody gave one";
}

TEST(RelayLink, TakesForATokenOnlyWhatAHeaderCanCarry) {
  EXPECT_TRUE(is_token("open.sesame-1"));
  for (const char* none : {"", "open sesame", "a,b", "a\r\nHost: b", "\"a\"", "é"})
    EXPECT_FALSE(is_token(none)) << none;
}

TEST(RelayLink, KnowsThatNobodyIsThere) {
  std::string port;
  {
    port = Listener([](int) {}).port();
  }
  EXPECT_EQ(called("http://localhost:" + port), "server-unreachable");
  // No name has a part so long, so this machine alone knows that there is nobody of that name.
  EXPECT_EQ(called("https://" + std::string(64, 'a') + ".example"), "server-unreachable");
  EXPECT_EQ(called("http://attune.example"), "bad-address");
}

}  // namespace
}  // namespace attune::cli
