// The real program calling a push service over TLS.
#include <csignal>
#include <ctime>
#include <thread>

#include "server/attuned.h"
#include "server/push_device.h"
#include "server/push_service.h"
#include "server/store/sqlite.h"
#include "server/store/sqlite_view.h"
#include "server/texts/texts.h"

namespace attune::tests {
namespace {

using namespace wire;
using server::say;
using server::SqliteStore;
using server::Subscription;

const Keys kPhone = keys_of(1);
const Keys kOther = keys_of(5);

// The certificate authorities of a program started meanwhile.
class Trusting {
 public:
  explicit Trusting(const std::filesystem::path& authorities) { ::setenv("SSL_CERT_FILE", authorities.c_str(), 1); }
  ~Trusting() { ::unsetenv("SSL_CERT_FILE"); }
  Trusting(const Trusting&) = delete;
  Trusting& operator=(const Trusting&) = delete;
};

struct Scene {
  explicit Scene(std::vector<std::string> more = {"--push-allow-local", "on", "--push-contact",
                                                  "mailto:h@attune.example"})
      : attuned(start(std::move(more))) {
    phone.emplace(attuned->member(kPhone));
    phone->send(ours.append(1, 0));
    EXPECT_TRUE(phone->expect<Stored>());
  }
  Folder folder;
  PushService service;
  std::unique_ptr<Attuned> attuned;
  Log ours{kPhone, ours_genesis(kPhone, kOther)};
  std::optional<Client> phone;

  std::unique_ptr<Attuned> start(std::vector<std::string> more) {
    service.write_authority(folder.path() / "authority.pem");
    const Trusting trusting(folder.path() / "authority.pem");
    return std::make_unique<Attuned>(folder.path() / "data", std::move(more));
  }
  P256Key subscribe(const PushDevice& push) {
    Client other = attuned->member(kOther);
    other.send(PushKeyAsk{});
    const auto key = other.expect<PushKey>();
    EXPECT_TRUE(key && key->available);
    other.send(push.set(3));
    EXPECT_TRUE(other.expect<Stored>());
    return key ? key->key : P256Key{};
  }
  void write_with_wake() {
    ours.event(kPhone);
    Append append = ours.append(2, ours.head());
    append.wake = true;
    phone->send(append);
    EXPECT_TRUE(phone->expect<Stored>());
  }
  void stop() {
    phone.reset();
    attuned->program().signal(SIGTERM);
    EXPECT_EQ(attuned->program().wait(), 0) << attuned->program().output();
  }
  /// As the file has it while the server runs.
  std::optional<Subscription> stored_subscription() const {
    server::Database database(folder.path() / "data" / SqliteStore::kFileName, server::Database::Mode::read);
    return server::SqliteView(database).subscription(kOther.sign);
  }
};

TEST(PushProgram, CallsADevicesPushServiceAndForgetsASubscriptionThatHasEnded) {
  Scene scene;
  const PushDevice push(scene.service.address("/send/abc?x=1"));
  const P256Key key = scene.subscribe(push);
  EXPECT_TRUE(scene.stored_subscription());
  scene.write_with_wake();
  const auto request = scene.service.serve(410);
  ASSERT_TRUE(request);
  EXPECT_EQ(request->line, "POST /send/abc?x=1 HTTP/1.1");
  EXPECT_EQ(request->headers.at("host"), scene.service.origin().substr(8));
  EXPECT_EQ(request->headers.at("content-encoding"), "aes128gcm");
  EXPECT_EQ(push.open(request->body), "wake up");
  const auto now = static_cast<std::uint64_t>(std::time(nullptr));
  EXPECT_EQ(vouched_contact(request->headers.at("authorization"), key, scene.service.origin(), now),
            "mailto:h@attune.example");
  // The server takes the answer in when it comes to it: wait for that as long as it takes.
  while (scene.stored_subscription()) std::this_thread::yield();
}

TEST(PushProgram, KeepsItsKeyOverARestart) {
  Scene scene;
  const P256Key key = scene.subscribe(PushDevice(scene.service.address("/x")));
  scene.stop();
  scene.attuned = scene.start({"--push-allow-local", "on"});
  EXPECT_EQ(scene.subscribe(PushDevice(scene.service.address("/y"))), key);
}

TEST(PushProgram, TellsNothingToAServiceWhoseCertificateNobodyVouchesFor) {
  Scene scene;
  scene.subscribe(PushDevice(scene.service.address("/known")));
  Client other = scene.attuned->member(kOther);
  PushService impostor;
  other.send(PushDevice(impostor.address("/x")).set(4));
  ASSERT_TRUE(other.expect<Stored>());
  {
    const Client gone = std::move(other);
  }
  scene.write_with_wake();
  EXPECT_FALSE(impostor.serve(201));
}

TEST(PushProgram, NamesNobodysAddressInItsLog) {
  Scene scene({"--push-allow-local", "on", "--log-level", "debug"});
  scene.subscribe(PushDevice(scene.service.address("/secret-path")));
  scene.write_with_wake();
  ASSERT_TRUE(scene.service.serve(503));
  scene.stop();
  const std::string& output = scene.attuned->program().output();
  for (const std::string& secret : {std::string("secret-path"), scene.service.origin().substr(8)}) {
    EXPECT_EQ(output.find(secret), std::string::npos) << output;
  }
}

TEST(PushProgram, SaysWhetherItWakesAndCanBeToldNotTo) {
  Scene scene({"--push", "off"});
  EXPECT_NE(scene.attuned->program().output().find(say("start.push.off")), std::string::npos);
  scene.phone->send(PushKeyAsk{});
  EXPECT_EQ(scene.phone->expect<PushKey>(), PushKey{});
  scene.stop();
  scene.attuned = scene.start({});
  EXPECT_NE(scene.attuned->program().output().find(say("start.push.on")), std::string::npos);
}

TEST(PushProgram, CallsNothingOfItsOwnMachineUnlessToldTo) {
  Scene scene({});
  Client other = scene.attuned->member(kOther);
  other.send(PushDevice(scene.service.address("/x")).set(4));
  EXPECT_EQ(other.expect<Refused>()->code, kPushEndpoint.number);
}

}  // namespace
}  // namespace attune::tests
