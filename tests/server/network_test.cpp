// The relay over real sockets, in this process: HTTP, WebSocket, and whoever sends what no browser would.
#include <future>
#include <set>
#include <thread>

#include "server/client.h"
#include "server/device.h"
#include "server/folder.h"
#include "server/store/sqlite.h"
#include "server/texts/texts.h"
#include "server/transport/server.h"

namespace attune::tests {
namespace {

using namespace wire;
using server::Policy;
using server::Server;
using server::Settings;
using server::SqliteStore;

Settings small_settings() {
  Settings out;
  out.listen = "127.0.0.1";
  out.port = 0;
  out.threads = 2;
  out.connections = 200;
  out.connections_per_address = 200;
  out.streams_per_address = 100;
  out.mailboxes_per_address = 100;
  out.memory_mib = 16;
  return out;
}

Policy policy() {
  Policy out;
  out.origins = {kOrigin};
  return out;
}

// A server on a free port, until the end of the test.
class Running {
 public:
  explicit Running(const Settings& settings = small_settings())
      : store_(std::move(SqliteStore::open(folder_.path() / "data", {}).value().store)),
        server_(std::move(Server::open(settings).value())) {
    std::promise<void> started;
    thread_ = std::thread(
        [this, &started] { server_->run(relay_, [&] { started.set_value(); }, [this] { store_->stop(); }); });
    started.get_future().wait();
  }
  ~Running() { stop(); }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  void stop() {
    if (!thread_.joinable()) return;
    server_->stop();
    thread_.join();
  }
  Client client() { return Client(server_->port()); }
  /// A client that has come in with these keys.
  Client member(const Keys& keys, std::string_view more_headers = {}) {
    Client out = client();
    EXPECT_TRUE(out.arrive(keys, kOrigin, more_headers));
    return out;
  }
  server::Relay& relay() { return relay_; }

 private:
  Folder folder_;
  std::unique_ptr<SqliteStore> store_;
  server::LocalBus bus_;
  server::Relay relay_{*store_, bus_, policy()};
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

const Keys kPhone = keys_of(1);
const Keys kOther = keys_of(5);

TEST(Network, TwoDevicesShareAStreamLive) {
  Running running;
  Log log(kPhone, ours_genesis(kPhone, kOther));
  Client phone = running.member(kPhone);
  Client other = running.member(kOther);
  phone.send(log.append(1, 0));
  EXPECT_EQ(phone.expect<Stored>()->head, 0U);
  EXPECT_EQ(other.expect<Joined>()->stream.stream, log.id());
  other.send(Follow{.stream = log.id(), .from = 1});
  EXPECT_TRUE(other.expect<Records>()->records.empty());
  for (std::uint32_t i = 0; i < 20; ++i) {
    log.event(kPhone, 5000);
    phone.send(log.append(i, log.head()));
    EXPECT_EQ(phone.expect<Stored>()->head, log.head());
    EXPECT_EQ(other.expect<Records>()->records, log.append(0, log.head()).records);
  }
}

TEST(Network, ALongHistoryComesInBatchesHoweverSlowlyItIsRead) {
  Running running;
  Log log(kPhone, ours_genesis(kPhone, kOther));
  for (int i = 0; i < 40; ++i) log.event(kPhone, 120'000);
  Client phone = running.member(kPhone);
  for (std::uint64_t at = 0; at <= log.head(); at += 8) {
    phone.send(log.append(1, at, std::min(at + 7, log.head())));
    ASSERT_TRUE(phone.expect<Stored>());
  }
  Client other = running.member(kOther);
  other.send(Follow{.stream = log.id(), .from = 0});
  std::uint64_t next = 0;
  while (next <= log.head()) {
    const auto batch = other.expect<Records>();
    ASSERT_TRUE(batch);
    EXPECT_EQ(batch->records, log.append(0, next, next + batch->records.size() - 1).records);
    next += batch->records.size();
  }
}

TEST(Network, AMessageMayComeInPieces) {
  Running running;
  Client phone = running.member(kPhone);
  const Bytes message = encode(FromDevice(Log(kPhone, mine_genesis(kPhone)).append(1, 0)));
  const ByteView all_of_it = message;
  phone.send_frame(all_of_it.first(10), 2, false);
  phone.send_frame({}, 9);  // a ping between
  phone.send_frame(all_of_it.subspan(10, 100), 0, false);
  phone.send_frame(all_of_it.subspan(110), 0, true);
  EXPECT_TRUE(phone.expect<Stored>());
}

TEST(Network, AWrongProofGetsAFaultAndIsHungUpOn) {
  Running running;
  Client client = running.client();
  client.upgrade();
  client.send(Hello{.protocol = kProtocolVersion, .key = kPhone.sign, .nonce = {}});
  client.expect<Challenged>();
  client.send(Prove{});
  EXPECT_EQ(client.expect<Fault>()->code, kNotAuthenticated.number);
  EXPECT_FALSE(client.hear());
  EXPECT_TRUE(client.closed());
}

TEST(Network, EveryConnectionGetsAnotherChallenge) {
  Running running;
  std::set<Challenge> seen;
  for (int i = 0; i < 5; ++i) {
    Client client = running.client();
    client.upgrade();
    client.send(Hello{.protocol = kProtocolVersion, .key = kPhone.sign, .nonce = {}});
    seen.insert(client.expect<Challenged>()->nonce);
  }
  EXPECT_EQ(seen.size(), 5U);
}

TEST(Network, BeforeTheProofOnlySmallMessagesAreRead) {
  Running running;
  Client client = running.client();
  client.upgrade();
  client.send_frame(Bytes(5000));
  EXPECT_FALSE(client.hear());
}

TEST(Network, AMessageLargerThanAnyIsNotRead) {
  Running running;
  Client client = running.member(kPhone);
  client.send_frame(Bytes(kMaxFrame + 1));
  EXPECT_FALSE(client.hear());
}

TEST(Network, TextIsNotOurProtocol) {
  Running running;
  Client client = running.member(kPhone);
  client.send_frame(as_bytes("hello"), 1);
  EXPECT_FALSE(client.hear());
}

TEST(Network, NoCompressionIsAgreedOn) {
  Running running;
  Client client = running.client();
  const std::string head = client.upgrade("Sec-WebSocket-Extensions: permessage-deflate\r\n");
  EXPECT_TRUE(head.starts_with("HTTP/1.1 101"));
  EXPECT_EQ(head.find("Extensions"), std::string::npos);
}

TEST(Network, WhoAsksForTheProtocolByNameGetsItAndATokenStaysOutOfTheAnswer) {
  Settings settings = small_settings();
  settings.token = "abc123";
  Running running(settings);
  const_cast<Policy&>(running.relay().policy()).registration = server::Registration::token;
  const Log log(kPhone, mine_genesis(kPhone));
  Client without = running.member(kPhone, "Sec-WebSocket-Protocol: attune, attune-token.wrong\r\n");
  without.send(log.append(1, 0));
  EXPECT_EQ(without.expect<Refused>()->code, kRegistrationClosed.number);
  Client plain = running.client();
  const std::string head = plain.upgrade("Sec-WebSocket-Protocol: attune, attune-token.abc123\r\n");
  EXPECT_NE(head.find("Sec-WebSocket-Protocol: attune\r\n"), std::string::npos);
  EXPECT_EQ(head.find("abc123"), std::string::npos);
  Client with = running.member(kPhone, "Sec-WebSocket-Protocol: attune, attune-token.abc123\r\n");
  with.send(log.append(1, 0));
  EXPECT_TRUE(with.expect<Stored>());
}

TEST(Network, ARelayForThisMachineTakesNoPageFromElsewhere) {
  Running running;
  for (const char* origin : {"https://elsewhere.example", "http://localhost.example:8420", "null"}) {
    Client page = running.client();
    EXPECT_TRUE(page.upgrade("Origin: " + std::string(origin) + "\r\n").starts_with("HTTP/1.1 403")) << origin;
    EXPECT_TRUE(page.closed());
  }
  Client two = running.client();
  EXPECT_TRUE(two.upgrade("Origin: http://localhost:8420\r\nOrigin: https://elsewhere.example\r\n")
                  .starts_with("HTTP/1.1 403"));
  // The app may come from another port here; a program is no page.
  running.member(kPhone, "Origin: http://localhost:5173\r\n");
  running.member(kPhone);
}

TEST(Network, ARelayForOthersTakesTheAppFromWhereverTheyHaveIt) {
  Settings settings = small_settings();
  settings.origins = {"https://relay.example"};
  Running running(settings);
  for (const char* origin : {"https://relay.example", "https://app.example", "null"}) {
    EXPECT_TRUE(running.client().upgrade("Origin: " + std::string(origin) + "\r\n").starts_with("HTTP/1.1 101"))
        << origin;
  }
}

TEST(Network, StoppingSaysSoToEverybody) {
  Running running;
  Log log(kPhone, mine_genesis(kPhone));
  Client phone = running.member(kPhone);
  phone.send(log.append(1, 0));
  ASSERT_TRUE(phone.expect<Stored>());
  Client waiting = running.client();  // has not asked for anything yet
  const auto stopped = std::async(std::launch::async, [&] { running.stop(); });
  EXPECT_EQ(phone.expect<Fault>()->code, kStopping.number);
  EXPECT_FALSE(phone.hear());
  EXPECT_TRUE(waiting.closed());
}

TEST(Network, StoppingAnswersWhatWasTakenInThenSaysSo) {
  Settings settings = small_settings();
  settings.threads = 1;  // the store in memory belongs to one thread
  server::MemoryStore store(server::MemoryStore::Commit::when_asked);
  server::LocalBus bus;
  server::Relay relay(store, bus, policy());
  const auto server = std::move(Server::open(settings).value());
  bool held_back = false;
  std::promise<void> started;
  std::thread thread([&] { server->run(relay, [&] { started.set_value(); }, [&] { held_back = store.commit(); }); });
  started.get_future().wait();
  const Log log(kPhone, mine_genesis(kPhone));
  Client phone(server->port());
  EXPECT_TRUE(phone.arrive(kPhone, kOrigin));
  phone.send(log.append(1, 0));
  // A later question that is answered at once: the append is taken in, and its commit has not come.
  phone.send(MailFollow{.mailbox = {}});
  EXPECT_TRUE(phone.expect<Mail>());
  server->stop();
  const auto stored = phone.expect<Stored>();
  const auto fault = phone.expect<Fault>();
  EXPECT_FALSE(phone.hear());
  thread.join();
  EXPECT_TRUE(held_back);
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->request, 1U);
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->code, kStopping.number);
}

TEST(Network, OneAddressHasSoManyConnections) {
  Settings settings = small_settings();
  settings.connections_per_address = 3;
  settings.proxies = {"127.0.0.0/8"};
  Running running(settings);
  std::vector<Client> from_a;
  for (std::uint8_t i = 0; i < 3; ++i) {
    from_a.push_back(running.member(keys_of(static_cast<std::uint8_t>(20 + i)), "X-Forwarded-For: 203.0.113.1\r\n"));
  }
  Client fourth = running.client();
  EXPECT_TRUE(fourth.upgrade("X-Forwarded-For: 198.51.100.9, 203.0.113.1\r\n").starts_with("HTTP/1.1 429"));
  running.member(kPhone, "X-Forwarded-For: 203.0.113.2\r\n");
  // One household of IPv6 is one address.
  for (int i = 0; i < 3; ++i)
    from_a.push_back(running.member(kOther, "X-Forwarded-For: 2001:db8::" + std::to_string(i + 1) + "\r\n"));
  EXPECT_TRUE(running.client().upgrade("X-Forwarded-For: 2001:db8::ffff\r\n").starts_with("HTTP/1.1 429"));
}

TEST(Network, WhoIsNotAProxyIsNotBelieved) {
  Settings settings = small_settings();
  settings.connections_per_address = 2;
  Running running(settings);
  Client one = running.member(kPhone, "X-Forwarded-For: 203.0.113.1\r\n");
  Client two = running.member(kPhone, "X-Forwarded-For: 203.0.113.2\r\n");
  EXPECT_TRUE(running.client().closed());
}

TEST(Network, TheServerHasSoManyConnections) {
  Settings settings = small_settings();
  settings.connections = 2;
  Running running(settings);
  Client one = running.member(kPhone);
  Client two = running.member(kOther);
  EXPECT_TRUE(running.client().closed());
}

// Many devices that ask for everything and read nothing: others are served all the same.
TEST(Network, WhoReadsNothingHoldsNobodyUp) {
  Running running;
  Log log(kPhone, ours_genesis(kPhone, kOther));
  for (int i = 0; i < 60; ++i) log.event(kPhone, 120'000);
  Client phone = running.member(kPhone);
  for (std::uint64_t at = 0; at <= log.head(); at += 8) {
    phone.send(log.append(1, at, std::min(at + 7, log.head())));
    ASSERT_TRUE(phone.expect<Stored>());
  }
  std::vector<Client> deaf;
  for (int i = 0; i < 40; ++i) {
    deaf.push_back(running.member(kOther));
    deaf.back().send(Follow{.stream = log.id(), .from = 0});
  }
  Client reader = running.member(kOther);
  reader.send(Follow{.stream = log.id(), .from = 0});
  std::uint64_t next = 0;
  while (next <= log.head()) {
    const auto batch = reader.expect<Records>();
    ASSERT_TRUE(batch);
    next += batch->records.size();
  }
}

/// Whatever was said before by this client has been taken in.
bool taken_in(Client& client) {
  client.send(PushKeyAsk{});
  while (const auto heard = client.hear()) {
    if (std::holds_alternative<PushKey>(*heard)) return true;
  }
  return false;
}

/// Follows the log and has said a signal.
Client in_the_room(Running& running, const Keys& keys, const Log& log) {
  Client out = running.member(keys);
  out.send(Follow{.stream = log.id(), .from = log.head() + 1});
  out.send(Signal{.stream = log.id(), .bytes = Bytes(1)});
  EXPECT_TRUE(taken_in(out));
  return out;
}

/// Up to what it waits for, other signals of the room are passed over.
bool hears(Client& client, const Signalled& signal) {
  while (const auto heard = client.expect<Signalled>()) {
    if (*heard == signal) return true;
  }
  return false;
}

// Connections are dealt out to the two threads in turn, so these two are on one each.
TEST(Network, TwoDevicesInARoomHearEachOtherWhoeverShoutsThereOrDoesNotRead) {
  Running running;
  const Keys laptop = keys_of(2);
  const Log log(kPhone, ours_genesis(kPhone, kOther, {member_of(laptop, 0, Role::device, self_of(0))}));
  Client first = running.member(kPhone);
  first.send(log.append(1, 0));
  ASSERT_TRUE(first.expect<Stored>());
  Client phone = in_the_room(running, kPhone, log);
  Client other = in_the_room(running, kOther, log);
  Client shouting = in_the_room(running, laptop, log);
  const Client deaf = in_the_room(running, laptop, log);
  for (int i = 0; i < 400; ++i) shouting.send(Signal{.stream = log.id(), .bytes = Bytes(kMaxSignal, 9)});
  for (std::uint8_t i = 1; i < 19; ++i) {
    phone.send(Signal{.stream = log.id(), .bytes = Bytes(64, i)});
    ASSERT_TRUE(hears(other, {.stream = log.id(), .from = kPhone.sign, .bytes = Bytes(64, i)}));
    other.send(Signal{.stream = log.id(), .bytes = Bytes(64, i)});
    ASSERT_TRUE(hears(phone, {.stream = log.id(), .from = kOther.sign, .bytes = Bytes(64, i)}));
  }
  EXPECT_TRUE(taken_in(shouting)) << "what was too much is dropped, and nobody hung up on";
}

// ---- HTTP ----

TEST(Http, HealthIsOneWord) {
  Running running;
  const std::string answer = running.client().get("/healthz");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK"));
  EXPECT_TRUE(answer.ends_with("\r\n\r\nok"));
}

struct Site {
  Folder folder;
  Settings settings = small_settings();
  Site() {
    std::filesystem::create_directories(folder.path() / "assets");
    std::ofstream(folder.path() / "index.html") << "<!doctype html>";
    std::ofstream(folder.path() / "assets/a-1.js") << "plain";
    std::ofstream(folder.path() / "assets/a-1.js.br") << "small";
    settings.web = folder.path();
  }
};

TEST(Http, TheAppIsServedWithStrictHeadersAndItsBestForm) {
  const Site site;
  Running running(site.settings);
  Client client = running.client();
  const std::string index = client.get("/");
  EXPECT_TRUE(index.starts_with("HTTP/1.1 200 OK"));
  EXPECT_NE(index.find("Content-Security-Policy: default-src 'none'"), std::string::npos);
  EXPECT_NE(index.find("Cache-Control: no-cache\r\n"), std::string::npos);
  EXPECT_TRUE(index.ends_with("<!doctype html>"));
  const std::string script = client.get("/assets/a-1.js", "Accept-Encoding: br\r\n");
  EXPECT_NE(script.find("Content-Encoding: br\r\n"), std::string::npos);
  EXPECT_NE(script.find("immutable"), std::string::npos);
  EXPECT_NE(script.find("Vary: Accept-Encoding\r\n"), std::string::npos);
  EXPECT_TRUE(script.ends_with("small"));
  EXPECT_TRUE(client.get("/assets/a-1.js").ends_with("plain"));
  const std::string missing = client.get("/none.js");
  EXPECT_TRUE(missing.starts_with("HTTP/1.1 404"));
  EXPECT_NE(missing.find("Content-Security-Policy"), std::string::npos);
}

TEST(Http, WhatTheBrowserHasIsNotSentAgain) {
  const Site site;
  Running running(site.settings);
  Client client = running.client();
  const std::string first = client.get("/");
  const std::size_t at = first.find("ETag: ") + 6;
  const std::string tag = first.substr(at, first.find("\r\n", at) - at);
  EXPECT_TRUE(client.get("/", "If-None-Match: " + tag + "\r\n").starts_with("HTTP/1.1 304"));
  EXPECT_TRUE(client.get("/", "If-None-Match: \"other\"\r\n").starts_with("HTTP/1.1 200"));
}

TEST(Http, HeadIsAnsweredWithoutABody) {
  const Site site;
  Running running(site.settings);
  Client client = running.client();
  client.send_text("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_NE(client.read_head().find("Content-Length: 15\r\n"), std::string::npos);
  EXPECT_TRUE(client.get("/healthz").ends_with("\r\n\r\nok"));  // the connection goes on in step
}

TEST(Http, WhatIsNoRequestOfOursIsRefusedAndHungUpOn) {
  Running running;
  for (const char* request : {
           "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nabcd",
           "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nabcd",
           "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
           "DELETE / HTTP/1.1\r\nHost: localhost\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
       }) {
    SCOPED_TRACE(request);
    Client client = running.client();
    client.send_text(request);
    const std::string head = client.read_head();
    EXPECT_TRUE(head.empty() || head.starts_with("HTTP/1.1 400")) << head;
    EXPECT_TRUE(client.closed());
  }
}

TEST(Http, ARequestWithoutEndIsCutOff) {
  Running running;
  Client client = running.client();
  client.send_text("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + std::string(20'000, 'x'));
  EXPECT_TRUE(client.read_head().starts_with("HTTP/1.1 431"));
  EXPECT_TRUE(client.closed());
}

TEST(Http, RubbishIsHungUpOn) {
  Running running;
  Client client = running.client();
  client.send_text("\x16\x03\x01 this is no HTTP\r\n\r\n");
  EXPECT_TRUE(client.closed());
}

}  // namespace
}  // namespace attune::tests
