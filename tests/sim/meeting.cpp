#include "tests/sim/meeting.h"

namespace attune::sim {

Meeting::Meeting(std::uint64_t seed, server::MemoryStore::Commit commit)
    : world(seed, commit), sam(world.add("Sam")), noa(world.add("Noa")) {
  sam.must("space.start", {{"name", "Sam"}, {"relay", world.relay_address()}});
  world.settle();
}

void Meeting::invite() {
  link = sam.must("space.invite", {{"app", "https://app.example"}})["link"].get<std::string>();
  world.settle();
}

void Meeting::look() {
  noa.must("space.join", {{"link", link}});
  world.settle();
}

void Meeting::accept() {
  noa.must("space.accept", {{"name", "Noa"}});
  world.settle();
}

void Meeting::until_words() {
  invite();
  look();
  accept();
}

void Meeting::noa_taps_same() {
  EXPECT_EQ(tap_same(noa, "joining")["ok"], true);
  world.settle();
}

void Meeting::sam_taps_same() {
  EXPECT_EQ(tap_same(sam, "invitation")["ok"], true);
  world.settle();
}

MailboxId Meeting::mailbox() const { return space::mailbox_of(space::read_link(link)->s); }

Bytes Meeting::letter(std::uint8_t kind) {
  const auto read = space::read_link(link);
  const auto& boxes = world.store().state().mailboxes;
  const auto box = boxes.find(space::mailbox_of(read->s));
  if (box == boxes.end()) return {};
  for (const Bytes& mail : box->second.mails) {
    const auto opened = space::open_mail(read->s, mail);
    if (opened && opened->kind == kind) return opened->body;
  }
  return {};
}

Json tap_same(Device& device, std::string_view view) {
  return device.command("space.same-words", {{"words", device.see(view)["words"]}});
}

client::Invitation invitation_on(const Device& device) {
  const client::Vault vault{crypto::Key(device.disk().at("wrap"))};
  const auto json = vault.open("invite", device.disk().at("invite"));
  client::Invitation out;
  EXPECT_TRUE(json && schema::read(*json, out));
  return out;
}

crypto::DeviceKeys fresh_keys(World& world) { return crypto::DeviceKeys::random(entropy_of(world)); }

wire::Member guest_of(const space::M2& m2) {
  return {.sign = m2.sign, .box = m2.box, .person = 1, .role = wire::Role::device, .self = m2.self, .join = m2.join};
}

Founded found_by_hand(World& world, const crypto::DeviceKeys& by, std::vector<wire::Member> members,
                      const Hash& pairing) {
  log::Head head{.stream = {}, .next = 0, .history = {}, .epoch = 0};
  Founded out;
  out.genesis = log::make_control(head, by, space::found_ours(std::move(members), pairing, entropy_of(world)));
  out.stream = std::make_unique<log::Stream>(head.stream);
  auto batch = out.stream->check({wire::encode(out.genesis)});
  EXPECT_TRUE(batch);
  if (batch) out.stream->admit(std::move(*batch));
  // Who poses with another's box key can not open their own box; that is theirs to mind.
  [[maybe_unused]] const auto unlocked = out.stream->unlock(by);
  return out;
}

bool knows(server::MemoryStore& store, const SignKey& key) {
  bool found = false;
  for (const auto& [id, entry] : store.state().streams) found = found || entry.stream.table.seat(key) != nullptr;
  return found;
}

}  // namespace attune::sim
