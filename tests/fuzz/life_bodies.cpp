#include "fuzz/life_bodies.h"

#include <cstdio>
#include <cstdlib>

#include "attune/client/requests.h"
#include "attune/client/shown.h"
#include "sim/beginnings.h"
#include "sim/hand.h"
#include "sim/life.h"

namespace attune::tests {

namespace {

using sim::Json;

void must(bool held) {
  if (!held) std::abort();
}

/// A couple that has said a little. Costly to make; what a body changes, it changes in a copy.
struct Two {
  sim::World world{1};
  sim::Device& sam = world.add("Sam");
  sim::Device& noa = world.add("Noa");
  std::unique_ptr<sim::Inside> sams;
  std::unique_ptr<sim::Inside> noas;
  server::MemoryStore::State stored;

  Two() {
    sam.must("space.start", {{"name", "Sam"}, {"relay", world.relay_address()}});
    world.settle();
    sim::become_a_couple(world, sam, "https://app.example", noa, "Noa");
    for (sim::Device* device : {&sam, &noa}) {
      device->must("cherish.thank", {{"did", "You rang"}, {"says", "You are there"}, {"felt", "calm"}});
      device->must("cherish.keep", {{"did", "You sang"}, {"says", ""}, {"felt", ""}});
      world.settle();
    }
    sam.must("openup.offer", {{"prompt", "ou-001"}});
    world.run_for(2 * 60 * 60 * 1'000);
    noa.must("openup.answer", {{"question", noa.see("openup")["questions"][0]["item"]}, {"text", "Sealed"}});
    world.settle();
    sams = std::make_unique<sim::Inside>(sim::look_inside(sam));
    noas = std::make_unique<sim::Inside>(sim::look_inside(noa));
    stored = world.store().state();
  }
};

Two& two() {
  static Two made;
  return made;
}

std::vector<Row> rows_of(const sim::Device& device) {
  std::vector<Row> out;
  for (const auto& [key, value] : device.disk()) out.push_back({.key = key, .value = value});
  return out;
}

Result<Core> open(std::vector<Row> rows) {
  static sim::Dice dice(2);
  return Core::open(std::move(rows), two().world.now(), [](std::span<std::uint8_t> out) { dice.fill(out); });
}

std::vector<std::string_view> view_names() {
  std::vector<std::string_view> out;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, client::Views>>(
      [&]<class V>(boost::mp11::mp_identity<V>) { out.push_back(V::kName); });
  return out;
}

std::vector<std::string_view> command_names() {
  std::vector<std::string_view> out;
  const auto all = [&]<class C>(boost::mp11::mp_identity<C>) { out.push_back(C::kName); };
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, client::SpaceRequests>>(all);
  practices::for_each([&]<class P>(P) {
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, typename P::Commands>>(all);
  });
  return out;
}

/// A reply is JSON of its one form, whatever was asked.
bool accepted(const std::string& reply) {
  const auto json = schema::parse(reply);
  must(json && json->is_object() && (*json)["ok"].is_boolean());
  if ((*json)["ok"] == true) return true;
  must((*json)["code"].is_string());
  return false;
}

/// Whatever befell it, it shows something everywhere, and takes what is written.
void must_work(Core& core) {
  const Now now = two().world.now();
  for (const std::string_view name : view_names()) {
    const bool shown = accepted(core.view(name, name == "draft" ? R"({"key":"half"})" : "{}", now));
    must(shown || name == "step");
  }
  static_cast<void>(accepted(core.command("cherish.thank", R"({"did":"Still here","says":"","felt":""})", 0, now)));
  core.tick(now);
  static_cast<void>(core.take_effects());
}

/// (length u16 ‖ bytes)…; what is cut short ends it.
std::vector<ByteView> messages(ByteView bytes) {
  std::vector<ByteView> out;
  while (bytes.size() >= 2) {
    const std::size_t size = std::min<std::size_t>(bytes[0] | bytes[1] << 8, bytes.size() - 2);
    out.push_back(bytes.subspan(2, size));
    bytes = bytes.subspan(2 + size);
  }
  return out;
}

}  // namespace

void fuzz_command(ByteView bytes) {
  if (bytes.empty()) return;
  static const std::vector<std::string_view> views = view_names();
  static const std::vector<std::string_view> commands = command_names();
  const Now now = two().world.now();
  auto core = open(rows_of(two().sam));
  must(core.has_value());
  const std::size_t number = bytes[0] % (views.size() + commands.size());
  const std::string_view args = as_text(bytes.subspan(1));
  if (number < views.size()) {
    static_cast<void>(accepted(core->view(views[number], args, now)));
    return;
  }
  static_cast<void>(accepted(core->command(commands[number - views.size()], args, 0, now)));
  must_work(*core);
}

void fuzz_event(ByteView bytes) {
  if (bytes.size() < 2) return;
  const std::size_t size = std::min<std::size_t>(bytes[0] | bytes[1] << 8, bytes.size() - 2);
  const log::Plain plain{.skeleton = std::string(as_text(bytes.subspan(2, size))),
                         .content = std::string(as_text(bytes.subspan(2 + size))),
                         .skeleton_size = 8'192,
                         .content_size = 65'536};
  if (plain.skeleton.size() > 8'000 || plain.content.size() > 65'000) return;
  const log::Stream& ours = *two().noas->ours;
  log::Head head = log::Head::of(ours);
  const std::uint64_t position = head.next;
  const wire::Record record =
      log::seal_event(head, ours.key(head.epoch)->view(), two().noas->keys, plain, sim::entropy_of(two().world));
  std::vector<Row> rows = rows_of(two().sam);
  rows.push_back({.key = client::record_row(ours.id(), position), .value = wire::encode(record)});
  auto core = open(std::move(rows));
  must(core.has_value());
  must_work(*core);
}

void fuzz_row(ByteView bytes) {
  if (bytes.size() < 2) return;
  std::vector<Row> rows = rows_of(two().sam);
  Row& row = rows[bytes[0] % rows.size()];
  const ByteView value = bytes.subspan(2);
  if (bytes[1] % 4 == 0) {
    row.value.reset();
  } else if (bytes[1] % 4 == 1) {
    row.value = Bytes(value.begin(), value.end());
  } else {
    // Bytes of it are others.
    for (std::size_t i = 0; i + 2 < value.size() && !row.value->empty(); i += 3) {
      (*row.value)[(value[i] | value[i + 1] << 8) % row.value->size()] ^= value[i + 2];
    }
  }
  auto core = open(std::move(rows));
  if (core) must_work(*core);
}

void fuzz_device_session(ByteView bytes) {
  auto core = open(rows_of(two().sam));
  must(core.has_value());
  const Now now = two().world.now();
  core->connected(now);
  for (const ByteView message : messages(bytes)) {
    core->received(message, now);
    bool hung_up = false;
    for (const Effect& effect : core->take_effects()) hung_up |= std::holds_alternative<effect::HangUp>(effect);
    if (hung_up) break;
  }
  core->disconnected(now);
  must_work(*core);
}

void fuzz_relay_session(ByteView bytes) {
  Two& couple = two();
  server::MemoryStore store;
  store.restore(couple.stored);
  server::LocalBus bus;
  server::Policy policy;
  policy.origins = {couple.world.relay_address()};
  server::Relay relay(store, bus, policy);
  const server::Time now{couple.world.now().ms};
  const Challenge nonce;
  const auto session = relay.connect({.nonce = nonce, .now = now, .token = false, .allowance = {}}, [] {});
  const auto hear = [&] {
    while (const auto message = session->next(now)) must(wire::decode_from_relay(*message).has_value());
  };
  const crypto::DeviceKeys& keys = couple.sams->keys;
  if (!bytes.empty() && bytes[0] % 2 == 0) {
    session->receive(wire::encode(wire::FromDevice(
                         wire::Hello{.protocol = wire::kProtocolVersion, .key = keys.sign, .nonce = nonce})),
                     now);
    const auto signature =
        wire::sign_auth(keys.sign_secret.view(), nonce, nonce, keys.sign, couple.world.relay_address());
    session->receive(wire::encode(wire::FromDevice(wire::Prove{.signature = signature})), now);
    hear();
    must(session->proven());
  }
  for (const ByteView message : messages(bytes.subspan(std::min<std::size_t>(1, bytes.size())))) {
    if (session->ended()) break;
    session->receive(message, now);
    hear();
  }
  // Nobody's history is another one than it was: nothing was signed here.
  for (const auto& [id, entry] : couple.stored.streams) {
    must(store.state().streams.at(id).stream.history == entry.stream.history);
  }
}

void fuzz_day(ByteView bytes) {
  sim::Life life(1, Bytes(bytes.begin(), bytes.end()));
  life.day();
  if (life.wrong().empty() && !life.over()) life.quiet_evening();
  for (const std::string& each : life.wrong()) std::fprintf(stderr, "WRONG: %s\n", each.c_str());
  must(life.wrong().empty());
}

}  // namespace attune::tests
