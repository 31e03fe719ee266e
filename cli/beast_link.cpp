// The WebSocket client, on Beast. Nothing else of the shell includes Boost.
#include <algorithm>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <charconv>
#include <csignal>
#include <deque>

#include "cli/relay_address.h"
#include "cli/relay_link.h"
#include "wire/limits.h"

namespace attune::cli {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using boost::system::error_code;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr seconds kConnectPatience{10};
constexpr seconds kSilence{60};  // after half of it a ping goes out
constexpr std::chrono::milliseconds kGoodbye{500};

using Plain = websocket::stream<beast::tcp_stream>;
using Secure = websocket::stream<beast::ssl_stream<beast::tcp_stream>>;

/// Where "localhost" is, whatever a resolver would say of it (RFC 6761, 6.3): what may be dialled without TLS must not
/// lead anywhere else, and a machine without a hosts file knows itself, too. Empty: another name.
std::vector<asio::ip::tcp::endpoint> this_machine(const RelayAddress& address) {
  if (address.host != "localhost") return {};
  std::uint16_t port = 0;
  std::from_chars(address.port.data(), address.port.data() + address.port.size(), port);
  return {{asio::ip::address_v4::loopback(), port}, {asio::ip::address_v6::loopback(), port}};
}

/// One connection from dial to its end. `over` is set by hang_up: nothing of it is told any more.
struct Line {
  explicit Line(asio::io_context& io) : wake(io) {}
  bool open = false;
  bool over = false;
  bool gone = false;  ///< its coroutines have left the socket
  std::deque<Bytes> outbox;
  asio::steady_timer wake;  ///< cancelled to wake the writer
};

class BeastLink final : public RelayLink {
 public:
  BeastLink() : work_(asio::make_work_guard(io_)) {
    error_code ignored;
    tls_.set_default_verify_paths(ignored);
    tls_.set_verify_mode(asio::ssl::verify_peer);
  }

  ~BeastLink() override {
    const auto line = line_;
    hang_up();
    const auto until = steady_clock::now() + kGoodbye;
    while (line && !line->gone && io_.run_one_until(until) > 0) {
    }
  }

  void dial(const std::string& relay) override {
    hang_up();
    const auto address = parse_relay_address(relay);
    line_ = std::make_shared<Line>(io_);
    if (!address) {
      line_->gone = true;
      events_.push_back(link::Closed{"bad-address"});
      return;
    }
    asio::co_spawn(io_, run(line_, *address), asio::detached);
  }

  void show_token(std::string token) override { token_ = std::move(token); }

  void send(Bytes frame) override {
    if (!line_ || !line_->open) return;
    line_->outbox.push_back(std::move(frame));
    line_->wake.cancel();
  }

  void hang_up() override {
    if (!line_) return;
    line_->over = true;
    line_->wake.cancel();
    line_.reset();
    std::erase_if(events_, [](const link::Event& event) { return !std::holds_alternative<link::Interrupted>(event); });
  }

  std::optional<link::Event> next(steady_clock::time_point until) override {
    if (events_.empty()) io_.poll();  // run_one_until() does nothing once its time has come
    while (events_.empty()) {
      if (io_.run_one_until(until) == 0) return std::nullopt;
    }
    link::Event event = std::move(events_.front());
    events_.pop_front();
    return event;
  }

  void catch_interrupts() override {
    if (signals_) return;
    signals_.emplace(io_, SIGINT, SIGTERM);
    wait_for_signal();
  }

 private:
  void wait_for_signal() {
    signals_->async_wait([this](error_code error, int) {
      if (error) return;
      events_.push_back(link::Interrupted{});
      wait_for_signal();
    });
  }

  void tell(const std::shared_ptr<Line>& line, link::Event event) {
    if (!line->over) events_.push_back(std::move(event));
  }

  asio::awaitable<void> run(std::shared_ptr<Line> line, RelayAddress address) {
    std::string code;
    if (address.tls) {
      auto ws = std::make_shared<Secure>(io_, tls_);
      code = co_await secure(*ws, address);
      if (code.empty()) code = co_await talk(line, ws, address);
    } else {
      auto ws = std::make_shared<Plain>(io_);
      code = co_await reach(*ws, address);
      if (code.empty()) code = co_await talk(line, ws, address);
    }
    line->open = false;
    line->gone = true;
    tell(line, link::Closed{code});
  }

  /// A TCP connection. Returns the code of what failed, or nothing.
  template <class Ws>
  asio::awaitable<std::string> reach(Ws& ws, const RelayAddress& address) {
    error_code error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    std::vector<asio::ip::tcp::endpoint> found = this_machine(address);
    if (found.empty()) {
      asio::ip::tcp::resolver resolver(io_);
      const auto entries = co_await resolver.async_resolve(address.host, address.port, token);
      for (const auto& entry : entries) found.push_back(entry.endpoint());
    }
    if (error) co_return "server-unreachable";
    auto& tcp = beast::get_lowest_layer(ws);
    tcp.expires_after(kConnectPatience);
    co_await tcp.async_connect(found, token);
    if (error) co_return "server-unreachable";
    error_code ignored;
    tcp.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
    co_return "";
  }

  asio::awaitable<std::string> secure(Secure& ws, const RelayAddress& address) {
    std::string code = co_await reach(ws, address);
    if (!code.empty()) co_return code;
    error_code error;
    auto& tls = ws.next_layer();
    SSL_set_tlsext_host_name(tls.native_handle(), address.host.c_str());
    tls.set_verify_callback(asio::ssl::host_name_verification(address.host), error);
    if (error) co_return "server-untrusted";
    auto token = asio::redirect_error(asio::use_awaitable, error);
    co_await tls.async_handshake(asio::ssl::stream_base::client, token);
    if (!error) co_return "";
    if (error == beast::error::timeout) co_return "server-unreachable";
    co_return SSL_get_verify_result(tls.native_handle()) == X509_V_OK ? "server-is-none" : "server-untrusted";
  }

  /// The WebSocket, from its handshake to its end.
  template <class Ws>
  asio::awaitable<std::string> talk(std::shared_ptr<Line> line, std::shared_ptr<Ws> ws, const RelayAddress& address) {
    beast::get_lowest_layer(*ws).expires_never();
    ws->set_option(websocket::stream_base::timeout{kConnectPatience, kSilence, true});
    ws->read_message_max(wire::kMaxFrame);
    ws->binary(true);
    if (!token_.empty()) {
      // Beside the protocol's name, so that it stays out of addresses and of the logs that keep them.
      ws->set_option(websocket::stream_base::decorator([token = token_](websocket::request_type& request) {
        request.set(beast::http::field::sec_websocket_protocol, "attune, attune-token." + token);
      }));
    }
    error_code error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    websocket::response_type answer;
    co_await ws->async_handshake(answer, address.host_line, "/relay", token);
    if (error == beast::error::timeout) co_return "server-unreachable";
    if (error) {
      const auto status = answer.result_int();
      co_return status == 429 || status == 503 ? "slow-down" : "server-is-none";
    }
    line->open = true;
    tell(line, link::Opened{});
    asio::co_spawn(io_, write(line, ws), asio::detached);
    beast::flat_buffer buffer;
    while (!line->over) {
      co_await ws->async_read(buffer, token);
      if (error) break;
      const auto* data = static_cast<const std::uint8_t*>(buffer.cdata().data());
      tell(line, link::Frame{Bytes(data, data + buffer.size())});
      buffer.consume(buffer.size());
    }
    line->open = false;
    line->wake.cancel();
    co_return "connection-lost";
  }

  /// One write at a time; closes the connection when it was hung up.
  template <class Ws>
  asio::awaitable<void> write(std::shared_ptr<Line> line, std::shared_ptr<Ws> ws) {
    error_code error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    while (line->open) {
      if (!line->outbox.empty()) {
        const Bytes frame = std::move(line->outbox.front());
        line->outbox.pop_front();
        co_await ws->async_write(asio::buffer(frame), token);
        if (error) co_return;
      } else if (line->over) {
        co_await ws->async_close(websocket::close_code::normal, token);
        co_return;
      } else {
        line->wake.expires_at(steady_clock::time_point::max());
        co_await line->wake.async_wait(token);
      }
    }
  }

  asio::io_context io_{1};
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  asio::ssl::context tls_{asio::ssl::context::tls_client};
  std::string token_;
  std::deque<link::Event> events_;
  std::shared_ptr<Line> line_;
  std::optional<asio::signal_set> signals_;
};

}  // namespace

std::unique_ptr<RelayLink> make_relay_link() { return std::make_unique<BeastLink>(); }

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").contains(c);
  });
}

}  // namespace attune::cli
