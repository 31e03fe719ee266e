#include "server/device.h"

namespace attune::tests {

using namespace server;

Device::Device(Relay& relay, const Keys& with, Entrance entrance) : keys(with), entrance_(std::move(entrance)) {
  if (entrance_.nonce.zero()) entrance_.nonce = all<Challenge>(0x11);
  if (entrance_.now == Time{}) entrance_.now = kNow;
  session_ = relay.connect(entrance_, [wakings = wakings_] { ++*wakings; });
}

Device& Device::arrive() {
  const auto nonce = all<Challenge>(0x22);
  send(wire::Hello{.protocol = wire::kProtocolVersion, .key = keys.sign, .nonce = nonce});
  const auto challenged = expect<wire::Challenged>();
  send(wire::Prove{.signature = wire::sign_auth(keys.secret, challenged.nonce, nonce, keys.sign, kOrigin)});
  welcome = expect<wire::Welcome>();
  return *this;
}

void Device::send_raw(ByteView message) { session_->receive(message, now); }

void Device::listen() {
  while (const auto message = session_->next(now)) {
    const auto decoded = wire::decode_from_relay(*message);
    ASSERT_TRUE(decoded) << decoded.error().name();
    heard_.push_back(*decoded);
  }
}

std::vector<wire::FromRelay> Device::hear() {
  listen();
  std::vector<wire::FromRelay> out(heard_.begin(), heard_.end());
  heard_.clear();
  return out;
}

World::World(MemoryStore::Commit commit, Policy policy)
    : store(commit), relay(store, bus, [&] {
        if (policy.origins.empty()) policy.origins = {kOrigin};
        return policy;
      }()) {}

void World::store_log(const Log& log, const Keys& founder) {
  Device device(relay, founder);
  device.arrive();
  for (std::uint64_t first = 0; first <= log.head();) {
    std::uint64_t last = first;
    std::size_t bytes = wire::encode(log.at(first)).size();
    while (last < log.head() && last - first + 1 < wire::kMaxAppendRecords) {
      bytes += wire::encode(log.at(last + 1)).size();
      if (bytes > wire::kMaxBatchBytes) break;
      ++last;
    }
    device.send(log.append(1, first, last));
    store.commit();
    device.expect<wire::Stored>();
    first = last + 1;
  }
}

}  // namespace attune::tests
