// A WebSocket at /relay: one coroutine reads, one writes, and the session between them knows nothing of either.
//
// Memory stays bounded under any client: nothing is read while a session is not ready, a message is taken from it only
// when the one before has gone out, small messages alone are read before the key is proven, and large ones are
// counted against a budget that all connections share.
#include <sodium.h>

#include "server/transport/worker.h"

namespace attune::server {

namespace {

// Time-outs are the WebSocket's own, and nothing is compressed: neither needs room in each connection.
using Stream = websocket::stream<Socket, false>;

constexpr std::size_t kGreetingBytes = 256;      // hello and prove are smaller
constexpr std::size_t kFreeBytes = 16 * 1024;    // of a message; what is larger is counted
constexpr std::size_t kChunk = 64 * 1024;
constexpr std::size_t kFirstPiece = 128;  // room that a connection holds while nothing comes
constexpr std::size_t kKeptBuffer = 1024;
constexpr auto kProveTime = std::chrono::seconds(wire::kChallengeSeconds);
constexpr auto kMessageTime = std::chrono::seconds(60);  // for one message, in or out
constexpr auto kQuiet = std::chrono::seconds(240);       // without a sign of life; a ping goes out after half of it
constexpr auto kLeaveTime = std::chrono::seconds(5);

class Connection final : public Visit, public std::enable_shared_from_this<Connection> {
 public:
  Connection(Worker& worker, Socket socket, Gate::Pass pass)
      : worker_(worker),
        stream_(std::move(socket)),
        pass_(std::move(pass)),
        resume_(worker.io, Clock::time_point::max()),
        signal_(worker.io, Clock::time_point::max()),
        read_share_(worker.shared.memory),
        write_share_(worker.shared.memory),
        came_(Clock::now()) {
    worker_.visits.insert(this);
  }
  ~Connection() override { worker_.visits.erase(this); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// False: the handshake failed.
  Task<bool> begin(http::request<http::empty_body> request);
  void serve();
  void check(Clock::time_point now) override;
  void leave() override;

 private:
  Task<bool> handshake(const http::request<http::empty_body>& request);
  void open_session(const http::request<http::empty_body>& request);
  Task<> read();
  Task<bool> read_message();
  Task<> write();
  Task<bool> write_message(Bytes message);
  void kick();
  void drop();

  Worker& worker_;
  Stream stream_;
  Gate::Pass pass_;
  std::unique_ptr<Session> session_;
  Timer resume_;  ///< the reader waits on it while the session is not ready
  Timer signal_;  ///< the writer waits on it while there is nothing to send
  bool kicked_ = false;
  bool dropped_ = false;
  beast::flat_buffer buffer_;
  Share read_share_;
  Share write_share_;
  Clock::time_point came_;
  std::optional<Clock::time_point> reading_since_;  ///< a message has begun to come in
  std::optional<Clock::time_point> writing_since_;
};

// The token of an invitation-only server travels beside the protocol's name, so that it stays out of addresses.
constexpr std::string_view kProtocolName = "attune";
constexpr std::string_view kTokenPrefix = "attune-token.";

bool names_protocol(std::string_view offered, std::string_view name) {
  while (!offered.empty()) {
    const std::size_t comma = std::min(offered.find(','), offered.size());
    std::string_view one = offered.substr(0, comma);
    offered.remove_prefix(std::min(comma + 1, offered.size()));
    while (one.starts_with(' ')) one.remove_prefix(1);
    while (one.ends_with(' ')) one.remove_suffix(1);
    if (one.size() == name.size() && sodium_memcmp(one.data(), name.data(), name.size()) == 0) return true;
  }
  return false;
}

std::string_view offered_protocols(const http::request<http::empty_body>& request) {
  const auto value = request[http::field::sec_websocket_protocol];
  return {value.data(), value.size()};
}

Task<bool> Connection::handshake(const http::request<http::empty_body>& request) {
  beast::get_lowest_layer(stream_).set_option(tcp::no_delay(true));
  stream_.set_option(websocket::stream_base::timeout{
      .handshake_timeout = kLeaveTime, .idle_timeout = kQuiet, .keep_alive_pings = true});
  const bool named = names_protocol(offered_protocols(request), kProtocolName);
  stream_.set_option(websocket::stream_base::decorator([named](websocket::response_type& response) {
    if (named) response.set(http::field::sec_websocket_protocol, "attune");
    response.erase(http::field::server);
  }));
  stream_.binary(true);
  stream_.auto_fragment(false);
  stream_.read_message_max(kGreetingBytes);
  const auto [error] = co_await stream_.async_accept(request, kReply);
  co_return !error;
}

void Connection::open_session(const http::request<http::empty_body>& request) {
  Entrance entrance{.nonce = {}, .now = wall_clock(), .token = false, .allowance = pass_.allowance()};
  randombytes_buf(entrance.nonce.bytes.data(), entrance.nonce.bytes.size());
  const std::string& token = worker_.shared.settings.token;
  entrance.token = !token.empty() && names_protocol(offered_protocols(request), std::string(kTokenPrefix) + token);
  session_ = worker_.shared.relay->connect(std::move(entrance), [weak = weak_from_this(), &io = worker_.io] {
    asio::post(io, [weak] {
      if (const auto self = weak.lock()) self->kick();
    });
  });
}

Task<bool> Connection::begin(http::request<http::empty_body> request) {
  if (!co_await handshake(request)) co_return false;
  open_session(request);
  co_return true;
}

void Connection::serve() {
  auto writing = [](std::shared_ptr<Connection> self) -> Task<> { co_await self->write(); };
  auto reading = [](std::shared_ptr<Connection> self) -> Task<> {
    co_await self->read();
    // Ended in order: the writer still has the reason to send, and closes.
    if (!self->session_->ended()) self->drop();
  };
  asio::co_spawn(worker_.io, writing(shared_from_this()), asio::detached);
  asio::co_spawn(worker_.io, reading(shared_from_this()), asio::detached);
}

Task<> Connection::read() {
  while (!dropped_ && !session_->ended()) {
    if (!session_->ready()) {
      resume_.expires_at(Clock::time_point::max());
      co_await resume_.async_wait(kReply);
      continue;
    }
    if (!co_await read_message()) co_return;
    session_->receive({static_cast<const std::uint8_t*>(buffer_.data().data()), buffer_.size()}, wall_clock());
    buffer_.clear();
    if (buffer_.capacity() > kKeptBuffer) buffer_.shrink_to_fit();
    read_share_.resize(0);
    if (session_->proven()) stream_.read_message_max(wire::kMaxFrame);
    kick();
  }
}

Task<bool> Connection::read_message() {
  do {
    const std::size_t room = buffer_.size() == 0 ? kFirstPiece : kChunk;
    const auto [error, size] = co_await stream_.async_read_some(buffer_, room, kReply);
    if (error || dropped_) co_return false;
    if (!reading_since_) reading_since_ = Clock::now();
    if (!stream_.got_binary()) co_return false;
    if (buffer_.size() > kFreeBytes && !read_share_.resize(buffer_.capacity())) co_return false;
  } while (!stream_.is_message_done());
  reading_since_.reset();
  co_return true;
}

Task<> Connection::write() {
  while (!dropped_) {
    kicked_ = false;
    // While others have all the memory, batches are small.
    const bool room = write_share_.resize(wire::kMaxBatchBytes);
    std::optional<Bytes> message = session_->next(wall_clock(), room ? wire::kMaxBatchBytes : kFreeBytes);
    write_share_.resize(message && message->size() > kFreeBytes ? message->capacity() : 0);
    if (session_->ready()) resume_.cancel();
    if (message) {
      if (!co_await write_message(std::move(*message))) co_return;
      continue;
    }
    if (session_->ended()) {
      co_await stream_.async_close(websocket::close_code::normal, kReply);
      drop();
      co_return;
    }
    if (kicked_) continue;
    signal_.expires_at(Clock::time_point::max());
    co_await signal_.async_wait(kReply);
  }
}

Task<bool> Connection::write_message(Bytes message) {
  writing_since_ = Clock::now();
  const auto [error, size] = co_await stream_.async_write(asio::buffer(message), kReply);
  writing_since_.reset();
  if (error) drop();
  co_return !error;
}

void Connection::kick() {
  kicked_ = true;
  signal_.cancel();
}

void Connection::drop() {
  dropped_ = true;
  signal_.cancel();
  resume_.cancel();
  beast::error_code ignored;
  beast::get_lowest_layer(stream_).close(ignored);
}

void Connection::check(Clock::time_point now) {
  const bool unproven = (!session_ || !session_->proven()) && now - came_ > kProveTime;
  const bool slow = (reading_since_ && now - *reading_since_ > kMessageTime) ||
                    (writing_since_ && now - *writing_since_ > kMessageTime);
  if (unproven || slow) drop();
}

void Connection::leave() {
  if (!session_) return drop();
  session_->stop();
  kick();
}

}  // namespace

void serve_relay(Worker& worker, Upgrade upgrade) {
  // Ends with the handshake: what only that needs is not held for as long as the connection lasts.
  auto beginning = [](std::shared_ptr<Connection> connection, http::request<http::empty_body> request) -> Task<> {
    if (co_await connection->begin(std::move(request))) connection->serve();
  };
  auto connection = std::make_shared<Connection>(worker, std::move(upgrade.socket), std::move(upgrade.pass));
  asio::co_spawn(worker.io, beginning(std::move(connection), std::move(upgrade.request)), asio::detached);
}

}  // namespace attune::server
