// HTTP: the web app's files, /healthz, and the way to /relay. GET and HEAD without a body; whatever else comes is
// refused and hung up on, which also leaves nothing for a smuggled second request to hide in.
#include "server/transport/worker.h"

namespace attune::server {

namespace {

constexpr std::uint32_t kMostHeaderBytes = 8 * 1024;
constexpr auto kRequestTime = std::chrono::seconds(15);  // also how long a connection is kept open for the next one
constexpr auto kAnswerTime = std::chrono::seconds(120);

using Request = http::request<http::empty_body>;

template <class Response>
void fill(Response& response, const Worker& worker, const Request& request) {
  response.version(request.version());
  response.keep_alive(request.keep_alive());
  for (const HttpHeader& header : worker.shared.headers) response.set(header.name, header.value);
}

http::response<http::string_body> short_answer(const Worker& worker, const Request& request, http::status status,
                                               std::string body = {}) {
  http::response<http::string_body> out;
  fill(out, worker, request);
  out.result(status);
  out.set(http::field::cache_control, "no-store");
  out.set(http::field::content_type, "text/plain; charset=utf-8");
  out.content_length(body.size());
  if (request.method() != http::verb::head) out.body() = std::move(body);
  return out;
}

bool well_formed(const Request& request) {
  const bool version = request.version() == 10 || request.version() == 11;
  const bool method = request.method() == http::verb::get || request.method() == http::verb::head;
  // No request we know has a body.
  const auto length = request.find(http::field::content_length);
  const bool body =
      request.count(http::field::transfer_encoding) != 0 || (length != request.end() && length->value() != "0");
  return version && method && !body && request.count(http::field::host) <= 1;
}

std::string tag_of(const WebFile& file) {
  std::error_code error;
  const auto time = std::filesystem::last_write_time(file.path, error).time_since_epoch().count();
  const auto size = std::filesystem::file_size(file.path, error);
  return "\"" + std::to_string(time) + "-" + std::to_string(size) + "\"";
}

template <class Response>
void describe_file(Response& response, const WebFile& file, const std::string& tag) {
  response.set(http::field::etag, tag);
  response.set(http::field::vary, "Accept-Encoding");
  response.set(http::field::cache_control, file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  response.set(http::field::content_type, beast::string_view(file.type.data(), file.type.size()));
  if (!file.encoding.empty()) {
    response.set(http::field::content_encoding, beast::string_view(file.encoding.data(), file.encoding.size()));
  }
}

template <class Body>
Task<bool> send(TimedSocket& stream, http::response<Body>& response) {
  stream.expires_after(kAnswerTime);
  http::response_serializer<Body> serializer(response);
  const auto [error, size] = co_await http::async_write(stream, serializer, kReply);
  co_return !error && response.keep_alive();
}

// The headers of an answer whose body is not sent: to HEAD, or because the browser has it.
Task<bool> send_without_body(TimedSocket& stream, http::response<http::empty_body>& response) {
  stream.expires_after(kAnswerTime);
  http::response_serializer<http::empty_body> serializer(response);
  const auto [error, size] = co_await http::async_write_header(stream, serializer, kReply);
  co_return !error && response.keep_alive();
}

Task<bool> answer(Worker& worker, TimedSocket& stream, const Request& request) {
  const std::string_view target(request.target().data(), request.target().size());
  if (target == "/healthz") {
    auto response = short_answer(worker, request, http::status::ok, "ok");
    co_return co_await send(stream, response);
  }
  const auto accepted = request[http::field::accept_encoding];
  const auto file = find_web_file(worker.shared.settings.web, target, {accepted.data(), accepted.size()});
  if (!file) {
    auto response = short_answer(worker, request, http::status::not_found);
    co_return co_await send(stream, response);
  }
  const std::string tag = tag_of(*file);
  const bool known = request[http::field::if_none_match] == tag;
  beast::error_code error;
  http::file_body::value_type body;
  body.open(file->path.c_str(), beast::file_mode::scan, error);
  if (error) {
    auto response = short_answer(worker, request, http::status::not_found);
    co_return co_await send(stream, response);
  }
  if (known || request.method() == http::verb::head) {
    http::response<http::empty_body> response;
    fill(response, worker, request);
    describe_file(response, *file, tag);
    if (known) {
      response.result(http::status::not_modified);
    } else {
      response.content_length(body.size());
    }
    co_return co_await send_without_body(stream, response);
  }
  http::response<http::file_body> response;
  fill(response, worker, request);
  describe_file(response, *file, tag);
  response.content_length(body.size());
  response.body() = std::move(body);
  co_return co_await send(stream, response);
}

bool wants_relay(const Request& request) {
  const auto target = request.target();
  return target == "/relay" && websocket::is_upgrade(request);
}

// A relay for this machine alone trusts whoever reaches it, and through a browser here any page on the internet does.
// Browsers say in Origin whose page it is (RFC 6455, 10.2); programs, which say nothing, are this machine's own. Where
// others come in the app may be of any origin, and a page can do there what everybody can.
bool from_a_foreign_page(const Worker& worker, const Request& request) {
  if (!worker.shared.own_pages_only) return false;
  for (const auto& header : request) {
    const auto value = header.value();
    if (header.name() == http::field::origin && !on_this_machine({value.data(), value.size()})) return true;
  }
  return false;
}

// Lets a connection that waits for a next request be closed when the server stops.
class HttpVisit final : public Visit {
 public:
  HttpVisit(Worker& worker, TimedSocket& stream) : worker_(worker), stream_(stream) { worker_.visits.insert(this); }
  ~HttpVisit() override { worker_.visits.erase(this); }
  HttpVisit(const HttpVisit&) = delete;
  HttpVisit& operator=(const HttpVisit&) = delete;
  void check(Clock::time_point) override {}
  void leave() override { stream_.cancel(); }

 private:
  Worker& worker_;
  TimedSocket& stream_;
};

}  // namespace

Task<std::optional<Upgrade>> serve_http(Worker& worker, TimedSocket stream, std::optional<Gate::Pass> pass) {
  beast::flat_buffer buffer(2 * kMostHeaderBytes);
  std::optional<Request> upgrade;
  {
    const HttpVisit visit(worker, stream);
    while (!worker.shared.stopping) {
      http::request_parser<http::empty_body> parser;
      parser.header_limit(kMostHeaderBytes);
      parser.body_limit(0);
      stream.expires_after(kRequestTime);
      const auto [error, size] = co_await http::async_read_header(stream, buffer, parser, kReply);
      if (error == http::error::header_limit || error == http::error::buffer_overflow) {
        Request nothing;
        nothing.version(11);
        auto response = short_answer(worker, nothing, http::status::request_header_fields_too_large);
        response.keep_alive(false);
        co_await send(stream, response);
      }
      if (error) break;
      const Request& request = parser.get();
      if (!well_formed(request)) {
        auto response = short_answer(worker, request, http::status::bad_request);
        response.keep_alive(false);
        co_await send(stream, response);
        break;
      }
      if (wants_relay(request)) {
        upgrade = parser.release();
        break;
      }
      if (!co_await answer(worker, stream, request)) break;
    }
  }
  if (!upgrade) {
    beast::error_code ignored;
    stream.socket().shutdown(Socket::shutdown_send, ignored);
    co_return std::nullopt;
  }
  if (from_a_foreign_page(worker, *upgrade)) {
    auto response = short_answer(worker, *upgrade, http::status::forbidden);
    response.keep_alive(false);
    co_await send(stream, response);
    co_return std::nullopt;
  }
  if (!pass) {
    beast::error_code error;
    const auto peer = stream.socket().remote_endpoint(error);
    if (error) co_return std::nullopt;
    const auto forwarded = (*upgrade)["X-Forwarded-For"];
    pass = worker.shared.gate.enter(worker.shared.gate.visitor(peer.address(), {forwarded.data(), forwarded.size()}));
  }
  if (!pass) {
    auto response = short_answer(worker, *upgrade, http::status::too_many_requests);
    response.keep_alive(false);
    co_await send(stream, response);
    co_return std::nullopt;
  }
  co_return Upgrade{stream.release_socket(), std::move(*upgrade), std::move(*pass)};
}

}  // namespace attune::server
