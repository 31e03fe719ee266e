#include "sim/hand.h"

#include <cstdio>
#include <cstdlib>

#include "attune/log/reading.h"

namespace attune::sim {

Hand::Hand(World& world, const crypto::DeviceKeys& keys) : world_(world) {
  Challenge nonce;
  world.dice().fill(nonce.bytes);
  session_ = world.relay().connect(
      {.nonce = nonce, .now = server::Time{world.now().ms}, .token = false, .allowance = {}}, [] {});
  const Challenge own;
  say(wire::Hello{.protocol = wire::kProtocolVersion, .key = keys.sign, .nonce = own});
  const auto answer = say(
      wire::Prove{.signature = wire::sign_auth(keys.sign_secret.view(), nonce, own, keys.sign, world.relay_address())});
  if (answer.empty() || !std::holds_alternative<wire::Welcome>(answer.front())) {
    std::fprintf(stderr, "The relay does not welcome a modified client.\n");
    std::abort();
  }
}

std::vector<wire::FromRelay> Hand::hear() {
  std::vector<wire::FromRelay> out;
  while (auto message = session_->next(server::Time{world_.now().ms})) {
    if (auto frame = wire::decode_from_relay(*message)) out.push_back(std::move(*frame));
  }
  return out;
}

std::vector<wire::FromRelay> Hand::say(const wire::FromDevice& message) {
  session_->receive(wire::encode(message), server::Time{world_.now().ms});
  return hear();
}

std::string Hand::append(const StreamId& stream, const std::vector<wire::Record>& records) {
  wire::Append message{.request = next_request_++, .stream = stream, .wake = false, .records = {}, .ahead = {}};
  for (const wire::Record& record : records) message.records.push_back(wire::encode(record));
  for (const wire::FromRelay& answer : say(message)) {
    if (std::holds_alternative<wire::Stored>(answer)) return "";
    if (std::holds_alternative<wire::Moved>(answer)) return "moved";
    if (const auto* refused = std::get_if<wire::Refused>(&answer)) {
      const ErrorCode* code = wire::find_error(refused->code);
      return code == nullptr ? "unnamed" : std::string(code->name);
    }
  }
  return "no answer";
}

std::vector<Bytes> Hand::fetch(const StreamId& stream) {
  std::vector<Bytes> out;
  for (const wire::FromRelay& answer : say(wire::Follow{.stream = stream, .from = 0})) {
    if (const auto* records = std::get_if<wire::Records>(&answer)) {
      out.insert(out.end(), records->records.begin(), records->records.end());
    }
  }
  return out;
}

Entropy entropy_of(World& world) {
  return [&world](std::span<std::uint8_t> out) { world.dice().fill(out); };
}

log::EventId fresh_id(World& world) {
  log::EventId out;
  world.dice().fill(out.bytes);
  return out;
}

wire::Record make_event(World& world, const Inside& inside, log::Head& head, const log::NewEvent& event) {
  const crypto::Key* key = inside.ours->key(head.epoch);
  if (key == nullptr) {
    std::fprintf(stderr, "A modified client has not got the key of its epoch.\n");
    std::abort();
  }
  return log::seal_event(head, key->view(), inside.keys, log::plain_ours(event), entropy_of(world));
}

}  // namespace attune::sim
