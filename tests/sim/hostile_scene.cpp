#include "tests/sim/hostile_scene.h"

#include "tests/sim/meeting.h"

namespace attune::sim {

namespace {

constexpr std::int64_t kMinute = 60 * 1'000;
constexpr std::int64_t kHour = 60 * kMinute;

Json wording(std::string_view did) { return {{"did", did}, {"says", ""}, {"felt", ""}}; }

}  // namespace

Scene::Scene(wire::StreamKind which)
    : victim(which == wire::StreamKind::ours ? &noa : &tablet), kind(which), devices_{&sam, &noa, &tablet} {
  sam.must("space.looked");  // what a further device finds here, its person has seen
  bring_in(sam, tablet, "Tablet");
  // Something there that has to stay readable: an opened thank-you, two opened answers, what is Sam's alone.
  couple.thank(sam, "Said before");
  sam.must("cherish.keep", wording("Kept before"));
  noa.must("cherish.keep", wording("Noa kept before"));
  const std::string question = couple.offer();
  sam.must("openup.answer", {{"question", question}, {"text", "Sam answered before"}});
  noa.must("openup.answer", {{"question", question}, {"text", "Noa answered before"}});
  world.settle();
  EXPECT_EQ(opened_thanks(noa), "Said before");
  world.run_for(2 * kHour);
  before = world.store().state();
  const Inside inside = sim::look_inside(*victim);
  stream = kind == wire::StreamKind::ours ? *inside.profile.ours : *inside.profile.mine;
}

void Scene::bring_in(Device& first, Device& fresh, const std::string& name) {
  fresh.must("space.join", {{"link", first.must("space.add-device", {{"app", "https://app.example"}})["link"]}});
  world.settle();
  fresh.must("space.accept", {{"name", name}});
  world.settle();
  tap_same(first, "invitation");
  tap_same(fresh, "joining");
  world.run_for(kMinute);
}

Device& Scene::let_in(Device& first, std::string name) {
  Device& fresh = world.add("Sam's " + name);
  bring_in(first, fresh, name);
  devices_.push_back(&fresh);
  return fresh;
}

void Scene::write(Device& by, std::string_view did) {
  by.must(kind == wire::StreamKind::ours ? "cherish.thank" : "cherish.keep", wording(did));
  world.run_for(kind == wire::StreamKind::ours ? kMinute : 61 * kMinute);
}

void Scene::hand(Handing handing) {
  world.meddle([this, handing = std::move(handing)](const Device& to, Bytes message) -> std::vector<Bytes> {
    auto frame = wire::decode_from_relay(message);
    auto* records = frame ? std::get_if<wire::Records>(&*frame) : nullptr;
    if (&to != victim || records == nullptr || records->stream != stream) return {message};
    return handing(std::move(*records));
  });
}

Handing Scene::nothing_newer() const {
  const server::Stream then = before.streams.at(stream).stream;
  return [head = then.head, history = then.history](wire::Records records) -> std::vector<Bytes> {
    records.head = head;
    records.history = history;
    records.records.clear();
    return {wire::encode(wire::FromRelay(records))};
  };
}

void Scene::roll_back() {
  auto state = world.store().state();
  state.streams[stream] = before.streams[stream];
  world.restore_relay(std::move(state));
}

void Scene::be_honest() {
  world.meddle({});
  world.store().fail_with(server::Outcome::committed);
  if (!world.relay_runs()) world.restart_relay();
  for (Device* device : devices_) {
    device->restart();
    device->go_online();
  }
  world.run_for(3 * kHour);
}

std::string mark_of(Device& device, std::string_view list, std::string_view did) {
  for (const Json& each : device.see("cherish")[list]) {
    if (each["did"] == did) return each["mark"];
  }
  return "";
}

}  // namespace attune::sim
