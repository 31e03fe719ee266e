#include "server/transport/server.h"

#include <sys/socket.h>

#include <thread>

#include "server/transport/push_sender.h"
#include "server/transport/worker.h"

namespace attune::server {

namespace {

constexpr auto kCheckEvery = std::chrono::seconds(5);
constexpr auto kTidyEvery = std::chrono::minutes(10);
constexpr int kTidiesADay = 144;
constexpr auto kCallEvery = std::chrono::seconds(1);
constexpr auto kFarewell = std::chrono::seconds(3);   // for connections to take their last answers
constexpr auto kNoRoom = std::chrono::milliseconds(100);

class NetworkServer final : public Server {
 public:
  explicit NetworkServer(const Settings& settings) : shared_(settings) {
    for (std::uint32_t i = 0; i < settings.threads; ++i) workers_.push_back(std::make_unique<Worker>(shared_));
    acceptor_.emplace(first().io);
    signals_.emplace(first().io);
    tidying_.emplace(first().io);
    calling_.emplace(first().io);
  }

  std::optional<ListenFault> bind();
  void call_as(PushIdentity identity) override { identity_ = std::move(identity); }
  bool run(Relay& relay, const std::function<void()>& started, const std::function<void()>& settle) override;
  void stop() override {
    asio::post(first().io, [this] { end(); });
  }
  [[nodiscard]] std::uint16_t port() const override { return port_; }

 private:
  Worker& first() { return *workers_.front(); }
  Task<> accept();
  Task<> check(Worker& worker);
  Task<> tidy();
  Task<> call();
  void take(Socket socket, Worker& worker);
  void end();
  void say_farewell();

  Shared shared_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::optional<Acceptor> acceptor_;
  std::optional<Signals> signals_;
  std::optional<Timer> tidying_;
  std::optional<Timer> calling_;
  std::optional<PushIdentity> identity_;
  std::optional<PushSender> sender_;
  std::optional<Pusher> pusher_;
  std::uint16_t port_ = 0;
};

std::optional<ListenFault> NetworkServer::bind() {
  beast::error_code error;
  const auto address = asio::ip::make_address(shared_.settings.listen, error);
  if (error) return ListenFault::address;
  const tcp::endpoint endpoint(address, shared_.settings.port);
  acceptor_->open(endpoint.protocol(), error);
  if (!error) acceptor_->set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor_->bind(endpoint, error);
  if (error == asio::error::address_in_use) return ListenFault::port_in_use;
  if (error) return ListenFault::address;
  port_ = acceptor_->local_endpoint().port();
  return std::nullopt;
}

bool NetworkServer::run(Relay& relay, const std::function<void()>& started, const std::function<void()>& settle) {
  shared_.relay = &relay;
  beast::error_code error;
  acceptor_->listen(asio::socket_base::max_listen_connections, error);
  if (error) return false;
  signals_->add(SIGINT);
  signals_->add(SIGTERM);
  signals_->async_wait([this](const beast::error_code& cancelled, int) {
    if (!cancelled) end();
  });
  asio::co_spawn(first().io, accept(), asio::detached);
  asio::co_spawn(first().io, tidy(), asio::detached);
  if (identity_) {
    sender_.emplace(first().io, relay.policy().push_local);
    pusher_.emplace(relay, *sender_, *identity_);
    asio::co_spawn(first().io, call(), asio::detached);
  }
  std::vector<asio::executor_work_guard<asio::io_context::executor_type>> guards;
  std::vector<std::thread> threads;
  for (const auto& worker : workers_) {
    asio::co_spawn(worker->io, check(*worker), asio::detached);
    if (worker == workers_.front()) continue;
    guards.push_back(asio::make_work_guard(worker->io));
    threads.emplace_back([&io = worker->io] { io.run(); });
  }
  asio::post(first().io, started);
  first().io.run();  // until end()
  settle();
  first().io.restart();
  say_farewell();
  for (std::thread& thread : threads) thread.join();
  return true;
}

Task<> NetworkServer::accept() {
  std::size_t turn = 0;
  while (!shared_.stopping) {
    Worker& worker = *workers_[turn++ % workers_.size()];
    auto [error, socket] = co_await acceptor_->async_accept(worker.io, kReply);
    if (error == asio::error::operation_aborted) co_return;
    if (error) {
      // Out of file descriptors, most likely: wait for some to be closed.
      Timer pause(first().io, kNoRoom);
      co_await pause.async_wait(kReply);
      continue;
    }
    take(std::move(socket), worker);
  }
}

void NetworkServer::take(Socket socket, Worker& worker) {
  beast::error_code error;
  const auto peer = socket.remote_endpoint(error);
  if (error) return;
  // Who comes through a proxy is known only from the request.
  std::optional<Gate::Pass> pass;
  if (!shared_.gate.is_proxy(peer.address())) {
    pass = shared_.gate.enter(peer.address());
    if (!pass) return;
  }
  auto visitor = [](Worker& at, Socket from, std::optional<Gate::Pass> with) -> Task<> {
    auto upgrade = co_await serve_http(at, TimedSocket(std::move(from)), std::move(with));
    if (upgrade) serve_relay(at, std::move(*upgrade));
  };
  asio::co_spawn(worker.io, visitor(worker, std::move(socket), std::move(pass)), asio::detached);
}

Task<> NetworkServer::check(Worker& worker) {
  Timer timer(worker.io);
  while (!shared_.stopping) {
    timer.expires_after(kCheckEvery);
    co_await timer.async_wait(kReply);
    // A visit that closes itself leaves the set later, not here.
    for (Visit* visit : worker.visits) visit->check(Clock::now());
  }
}

Task<> NetworkServer::tidy() {
  for (int round = 0; !shared_.stopping; ++round) {
    shared_.relay->tidy(wall_clock());
    if (round % kTidiesADay == 0) shared_.gate.tidy();
    tidying_->expires_after(kTidyEvery);
    co_await tidying_->async_wait(kReply);
  }
}

Task<> NetworkServer::call() {
  while (!shared_.stopping) {
    pusher_->tick(wall_clock());
    calling_->expires_after(kCallEvery);
    co_await calling_->async_wait(kReply);
  }
}

// Nothing new from here on: no connections, and the first worker's run() returns to go on with the farewell.
void NetworkServer::end() {
  if (shared_.stopping.exchange(true)) return;
  beast::error_code ignored;
  acceptor_->close(ignored);
  signals_->cancel(ignored);
  tidying_->cancel();
  calling_->cancel();
  first().io.stop();
}

void NetworkServer::say_farewell() {
  for (const auto& worker : workers_) {
    asio::post(worker->io, [&worker = *worker] {
      const std::vector<Visit*> visits(worker.visits.begin(), worker.visits.end());
      for (Visit* visit : visits) {
        if (worker.visits.contains(visit)) visit->leave();
      }
    });
  }
  const auto until = Clock::now() + kFarewell;
  for (const auto& worker : workers_) {
    // Runs out of visits, or of time.
    const std::function<void()> look = [until, w = worker.get()] {
      if (w->visits.empty() || Clock::now() > until) w->io.stop();
    };
    auto watch = [](Worker& at, std::function<void()> each) -> Task<> {
      Timer timer(at.io);
      for (;;) {
        each();
        timer.expires_after(std::chrono::milliseconds(10));
        co_await timer.async_wait(kReply);
      }
    };
    asio::co_spawn(worker->io, watch(*worker, look), asio::detached);
  }
  first().io.run();
}

}  // namespace

Shared::Shared(const Settings& from)
    : settings(from),
      gate({.connections = from.connections,
            .connections_per_address = from.connections_per_address,
            .streams_a_day = from.streams_per_address,
            .mailboxes_a_day = from.mailboxes_per_address},
           from.proxies),
      memory(std::uint64_t{from.memory_mib} * 1024 * 1024 / 2),
      headers(strict_headers(for_this_machine(from))),
      own_pages_only(for_this_machine(from)) {}

Time wall_clock() {
  return Time{std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
                  .count()};
}

std::expected<std::unique_ptr<Server>, ListenFault> Server::open(const Settings& settings) {
  auto server = std::make_unique<NetworkServer>(settings);
  if (const auto fault = server->bind()) return std::unexpected(*fault);
  return server;
}

}  // namespace attune::server
