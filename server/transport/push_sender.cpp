#include "server/transport/push_sender.h"

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <charconv>

namespace attune::server {

namespace ssl = asio::ssl;

struct PushSender::Line {
  asio::io_context& io;
  ssl::context tls{ssl::context::tls_client};
  bool local = false;
};

namespace {

constexpr auto kPatience = std::chrono::seconds(20);  // for each step of a call
constexpr std::uint32_t kMostHeaderBytes = 8 * 1024;

using Request = http::request<http::vector_body<std::uint8_t>>;

Request http_request(PushRequest& from) {
  Request out(http::verb::post, from.endpoint.target, 11);
  const bool literal = from.endpoint.host.find(':') != std::string::npos;
  const std::string host = literal ? "[" + from.endpoint.host + "]" : from.endpoint.host;
  const bool standard = from.endpoint.port == (from.endpoint.secure ? "443" : "80");
  out.set(http::field::host, standard ? host : host + ":" + from.endpoint.port);
  for (const auto& [name, value] : from.headers) out.set(name, value);
  out.body() = std::move(from.body);
  out.keep_alive(false);
  out.prepare_payload();
  return out;
}

// Retry-After as seconds; its other form, a date, is taken for nothing.
std::int64_t retry_after(const http::response_header<>& answer) {
  const auto text = answer[http::field::retry_after];
  std::int64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size() && out > 0 ? out : 0;
}

bool may_dial(const asio::ip::address& address) {
  if (address.is_v4()) return is_public(address.to_v4().to_bytes());
  return is_public(address.to_v6().to_bytes());
}

std::vector<tcp::endpoint> allowed_of(const Resolver::results_type& found, bool local) {
  std::vector<tcp::endpoint> out;
  for (const auto& one : found) {
    if (local || may_dial(one.endpoint().address())) out.push_back(one.endpoint());
  }
  return out;
}

// Everything of an answer that matters stands in its head; the rest is not read.
template <class Stream>
Task<PushReply> exchange(Stream& stream, const Request& request) {
  auto& socket = beast::get_lowest_layer(stream);
  socket.expires_after(kPatience);
  http::request_serializer<http::vector_body<std::uint8_t>> serializer(request);
  const auto [unsent, size] = co_await http::async_write(stream, serializer, kReply);
  if (unsent) co_return PushReply{};
  beast::flat_buffer buffer(kMostHeaderBytes);
  http::response_parser<http::empty_body> parser;
  parser.header_limit(kMostHeaderBytes);
  parser.skip(true);
  socket.expires_after(kPatience);
  const auto [unread, read] = co_await http::async_read_header(stream, buffer, parser, kReply);
  if (unread) co_return PushReply{};
  co_return PushReply{.status = static_cast<int>(parser.get().result_int()),
                      .retry_after_s = retry_after(parser.get())};
}

Task<PushReply> exchange_securely(ssl::context& tls, TimedSocket socket, const Request& request,
                                  const std::string& host) {
  ssl::stream<TimedSocket> stream(std::move(socket), tls);
  beast::error_code error;
  stream.set_verify_mode(ssl::verify_peer, error);
  stream.set_verify_callback(ssl::host_name_verification(host), error);
  if (error || SSL_set_tlsext_host_name(stream.native_handle(), host.c_str()) != 1) co_return PushReply{};
  beast::get_lowest_layer(stream).expires_after(kPatience);
  const auto [refused] = co_await stream.async_handshake(ssl::stream_base::client, kReply);
  if (refused) co_return PushReply{};
  co_return co_await exchange(stream, request);
}

}  // namespace

PushSender::PushSender(asio::io_context& io, bool local)
    : line_(std::make_shared<Line>(Line{.io = io, .tls = ssl::context(ssl::context::tls_client), .local = local})) {
  line_->tls.set_options(ssl::context::default_workarounds | ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1);
  beast::error_code none;  // without authorities no certificate will do, and every call says so by failing
  line_->tls.set_default_verify_paths(none);
}

PushSender::~PushSender() = default;

void PushSender::send(PushRequest request, std::function<void(PushReply)> done) {
  auto call = [](std::shared_ptr<Line> line, PushRequest to, std::function<void(PushReply)> tell) -> Task<> {
    Resolver resolver(line->io);
    const auto [unknown, found] = co_await resolver.async_resolve(to.endpoint.host, to.endpoint.port, kReply);
    std::vector<tcp::endpoint> allowed;
    if (!unknown) allowed = allowed_of(found, line->local);
    PushReply reply;
    if (!allowed.empty()) {
      TimedSocket socket(line->io);
      socket.expires_after(kPatience);
      const auto [unreached, at] = co_await socket.async_connect(allowed, kReply);
      if (!unreached) {
        const Request out = http_request(to);
        if (to.endpoint.secure) {
          reply = co_await exchange_securely(line->tls, std::move(socket), out, to.endpoint.host);
        } else {
          reply = co_await exchange(socket, out);
        }
      }
    }
    tell(reply);
  };
  asio::co_spawn(line_->io, call(line_, std::move(request), std::move(done)), asio::detached);
}

}  // namespace attune::server
