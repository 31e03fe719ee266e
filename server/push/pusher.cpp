#include "server/push/pusher.h"

#include <openssl/rand.h>

#include <future>

#include "server/push/sealing.h"
#include "server/push/vapid.h"

namespace attune::server {

namespace {

constexpr std::string_view kSaid = "wake up";
constexpr std::uint64_t kDay = 24 * 60 * 60;
constexpr std::uint64_t kTokenSeconds = kDay / 2;
constexpr std::int64_t kRingEveryMs = 10'000;

/// None: the subscription can never be called.
std::optional<PushRequest> request_for(const Subscription& to, const PushIdentity& by, bool local, Time now) {
  auto endpoint = read_endpoint(to.endpoint, local);
  if (!endpoint) return std::nullopt;
  std::array<std::uint8_t, kPushSalt> salt{};
  if (RAND_bytes(salt.data(), salt.size()) != 1) throw CryptoTrouble{};
  auto body = seal_for(to, P256Pair::make(), salt, as_bytes(kSaid), Pusher::kPlaintextSize);
  if (!body) return std::nullopt;
  PushRequest out{.endpoint = std::move(*endpoint), .headers = {}, .body = std::move(*body)};
  out.headers = {
      {"Authorization", authorization(by.key, out.endpoint.origin, seconds_of(now) + kTokenSeconds, by.contact)},
      {"Content-Encoding", "aes128gcm"},
      {"Content-Type", "application/octet-stream"},
      {"TTL", std::to_string(kDay)},
      {"Topic", "attune"},
      {"Urgency", "normal"},
  };
  return out;
}

Waker::Answer meaning_of(int status) {
  if (status == 404 || status == 410) return Waker::Answer::gone;
  if (status == 0 || status == 429 || status >= 500) return Waker::Answer::later;
  return Waker::Answer::called;
}

}  // namespace

std::optional<PushIdentity> PushIdentity::load(Store& store, std::string contact) {
  Bytes secret;
  try {
    store.read([&](Reading& reading) { secret = reading.push_secret(); });
  } catch (const StoreTrouble&) {
    return std::nullopt;
  }
  try {
    if (secret.empty()) {
      secret = P256Pair::make().secret();
      std::promise<Outcome> kept;
      store.write([&](Writing& writing) { writing.keep_push_secret(secret); },
                  [&](Outcome outcome) { kept.set_value(outcome); });
      if (kept.get_future().get() != Outcome::committed) return std::nullopt;
    }
    auto key = P256Pair::from_secret(secret);
    if (!key) return std::nullopt;
    return PushIdentity{.key = std::move(*key), .contact = std::move(contact)};
  } catch (const CryptoTrouble&) {
    return std::nullopt;
  }
}

void Pusher::tick(Time now) {
  now_ = now;
  if (now - rung_ >= kRingEveryMs || now < rung_) {
    rung_ = now;
    relay_.ring(now);
  }
  for (const SignKey& device : relay_.waker().due(now, kMostAtOnce - calling_)) {
    try {
      call(device);
    } catch (const StoreTrouble&) {
      relay_.waker().answered(device, Waker::Answer::later, now);
    } catch (const CryptoTrouble&) {
      relay_.waker().answered(device, Waker::Answer::later, now);
    }
  }
}

void Pusher::call(const SignKey& device) {
  std::optional<Subscription> subscription;
  relay_.store().read([&](Reading& store) { subscription = store.subscription(device); });
  if (!subscription) return relay_.waker().answered(device, Waker::Answer::gone, now_);
  auto request = request_for(*subscription, identity_, relay_.policy().push_local, now_);
  if (!request) return answered(device, *subscription, {.status = 410, .retry_after_s = 0});
  ++calling_;
  sink_.send(std::move(*request), [this, device, called = *subscription](const PushReply& reply) {
    --calling_;
    answered(device, called, reply);
  });
}

void Pusher::answered(const SignKey& device, const Subscription& called, const PushReply& reply) {
  const Waker::Answer answer = meaning_of(reply.status);
  relay_.waker().answered(device, answer, now_, std::min<std::int64_t>(reply.retry_after_s, 3600) * 1000);
  if (answer != Waker::Answer::gone) return;
  relay_.store().write(
      [device, called](Writing& store) {
        // The device may have come with a new one meanwhile.
        if (store.subscription(device) == called) store.unsubscribe(device);
      },
      [](Outcome) {});
}

}  // namespace attune::server
