// Modified clients: they hold the real keys and do as they like. What they can not do is shown here; what remains
// possible to them (committing rubbish, withholding) is shown to be visible.
#include <gtest/gtest.h>

#include <bit>
#include <chrono>

#include "attune/practices/cherish/events.h"
#include "attune/space/invitation.h"
#include "attune/space/sealed.h"
#include "server/relay/planted.h"
#include "sim/hand.h"
#include "sim/invariants.h"
#include "tests/sim/pair.h"
#include "wire/tagged.h"

namespace attune::sim {
namespace {

log::EventId event_id_of(const std::string& text) {
  log::EventId out;
  EXPECT_TRUE(schema::read(Json(text), out));
  return out;
}

log::EventId fresh_id(World& world) {
  log::EventId out;
  world.dice().fill(out.bytes);
  return out;
}

/// Everything that the holder of these keys can read of *ours*, as one text.
std::string all_readable(const Inside& inside) {
  std::string out;
  for (const Said& said : everything_said(*inside.ours, wire::StreamKind::ours)) {
    out += said.kind + said.fields.dump() + said.content.dump();
  }
  return out;
}

space::Sealing sealing_of(const Inside& inside, std::uint8_t person) {
  const log::Stream* mine = inside.mine.get();
  return {.ours = inside.ours->id(),
          .me = person,
          .mine_epoch = mine->table().epoch,
          .mine_key = [mine](std::uint32_t epoch) { return mine->key(epoch); }};
}

const Said* find_said(const std::vector<Said>& all, std::string_view kind, std::uint8_t person) {
  for (const Said& said : all) {
    if (said.kind == kind && said.person == person) return &said;
  }
  return nullptr;
}

/// Opens the box of a sealed answer with the keys somebody holds.
std::optional<std::string> open_box(const Inside& holder, std::uint8_t whose, const Said& sealed) {
  space::Committed::Content content;
  log::EventId q;
  Hash c;
  if (!schema::read(sealed.content, content) || !schema::read(sealed.fields["q"], q) ||
      !schema::read(sealed.fields["c"], c)) {
    return std::nullopt;
  }
  const auto inside = space::reopen(sealing_of(holder, whose), q, c, content, content.at);
  if (!inside) return std::nullopt;
  return std::string(as_text(inside->answer));
}

constexpr std::string_view kSecret = "I was afraid you would laugh";

// ---- the sealed answer ----

TEST(ModifiedPartner, CanNotReadASealedAnswerBeforeCommitting) {
  Pair couple(1);
  const std::string item = couple.offer();
  couple.noa.must("openup.answer", {{"question", item}, {"text", kSecret}});
  couple.world.settle();
  const Inside sam = look_inside(couple.sam);
  const Inside noa = look_inside(couple.noa);
  const std::string encoded = crypto::to_base64(as_bytes(kSecret));
  const std::string before = all_readable(sam);
  EXPECT_FALSE(before.contains(kSecret));
  EXPECT_FALSE(before.contains(encoded));
  const auto said = everything_said(*sam.ours, wire::StreamKind::ours);
  const Said* sealed = find_said(said, "sealed.committed", 1);
  ASSERT_NE(sealed, nullptr);
  EXPECT_EQ(open_box(sam, 1, *sealed), std::nullopt);
  EXPECT_EQ(open_box(sam, 0, *sealed), std::nullopt);
  EXPECT_EQ(open_box(noa, 1, *sealed), kSecret);  // its own author can, so there was something to read
  couple.sam.must("openup.answer", {{"question", item}, {"text", "So was I"}});
  couple.world.settle();
  EXPECT_TRUE(all_readable(look_inside(couple.sam)).contains(encoded));
}

/// Sam's keys commit to one answer by hand while Sam's own phone is off.
Hash commit_by_hand(Pair& couple, const std::string& item, std::string_view text) {
  const Inside sam = look_inside(couple.sam);
  Hand hand(couple.world, sam.keys);
  log::Head head = log::Head::of(*sam.ours);
  const auto sealed = space::seal_answer(sealing_of(sam, 0), event_id_of(item), text, {}, entropy_of(couple.world));
  auto event = log::make<space::Committed>(fresh_id(couple.world), {.q = event_id_of(item), .c = sealed->commitment},
                                           sealed->content);
  event.size = log::Size::sealed;
  EXPECT_EQ(hand.append(sam.ours->id(), {make_event(couple.world, sam, head, event)}), "");
  return sealed->commitment;
}

/// …and open with any text they like, on top of what Noa's phone has.
void open_by_hand(Pair& couple, const std::string& item, std::string_view text, const Bytes& r32) {
  const Inside sam = look_inside(couple.sam);
  const Inside noa = look_inside(couple.noa);
  Hand hand(couple.world, sam.keys);
  log::Head head = log::Head::of(*noa.ours);
  auto event = log::make<space::Opened>(fresh_id(couple.world), {.q = event_id_of(item)},
                                        {.r = r32, .answer = Bytes(text.begin(), text.end()), .at = {}});
  event.size = log::Size::sealed;
  EXPECT_EQ(hand.append(sam.ours->id(), {make_event(couple.world, sam, head, event)}), "");
}

TEST(ModifiedPartner, CanNotChangeACommittedAnswer) {
  Pair couple(2);
  const std::string item = couple.offer();
  couple.sam.go_offline();
  commit_by_hand(couple, item, "What I sealed");
  couple.world.settle();
  couple.noa.must("openup.answer", {{"question", item}, {"text", kSecret}});
  couple.world.settle();
  EXPECT_EQ(couple.question(couple.noa, item)["state"], "opening");
  open_by_hand(couple, item, "What I wish I had sealed", Bytes(32, 7));
  couple.world.settle();
  const Json seen = couple.question(couple.noa, item);
  EXPECT_EQ(seen["state"], "withheld") << seen.dump();
  EXPECT_TRUE(seen["theirs"].is_null());
  EXPECT_EQ(seen["mine"], kSecret);
}

TEST(ModifiedPartner, AnOpeningBeforeBothAreSealedIsVoid) {
  Pair couple(3);
  const std::string item = couple.offer();
  couple.sam.go_offline();
  commit_by_hand(couple, item, "What I sealed");
  couple.world.settle();
  open_by_hand(couple, item, "Read this first", Bytes(32, 7));
  couple.world.settle();
  EXPECT_EQ(couple.question(couple.noa, item)["state"], "offered");
  EXPECT_TRUE(couple.question(couple.noa, item)["theirs"].is_null());
  couple.noa.must("openup.answer", {{"question", item}, {"text", kSecret}});
  couple.world.settle();
  // The early opening does not count now either: the other's envelope is still on its way.
  EXPECT_EQ(couple.question(couple.noa, item)["state"], "opening");
  EXPECT_TRUE(couple.question(couple.noa, item)["theirs"].is_null());
  EXPECT_FALSE(opened_early(couple.noa).empty());  // and whoever looks at the log finds it
  // Sam's own phone, unmodified, opens what was sealed.
  couple.sam.go_online();
  couple.world.run_for(120'000);
  EXPECT_EQ(couple.question(couple.noa, item)["state"], "opened");
  EXPECT_EQ(couple.question(couple.noa, item)["theirs"], "What I sealed");
}

TEST(ModifiedPartner, ASecondCommitDoesNotReplaceTheFirst) {
  Pair couple(4);
  const std::string item = couple.offer();
  couple.noa.must("openup.answer", {{"question", item}, {"text", kSecret}});
  couple.sam.must("openup.answer", {{"question", item}, {"text", "First"}});
  couple.world.settle();
  couple.sam.go_offline();
  const Hash second = commit_by_hand(couple, item, "Second thoughts");
  couple.world.settle();
  const Json seen = couple.question(couple.noa, item);
  EXPECT_EQ(seen["state"], "opened");
  EXPECT_EQ(seen["theirs"], "First");
  EXPECT_TRUE(all_readable(look_inside(couple.noa)).contains(crypto::to_base64(second.view())));
}

// ---- writing as somebody else ----

/// A record with Noa's key as its author, signed by Sam's.
wire::Record in_noas_name(Pair& couple) {
  const Inside sam = look_inside(couple.sam);
  const Inside noa = look_inside(couple.noa);
  Inside posing = look_inside(couple.sam);
  posing.keys.sign = noa.keys.sign;
  log::Head head = log::Head::of(*sam.ours);
  const auto event = log::make<cherish::Thanked>(fresh_id(couple.world), {},
                                                 {.did = "Words put into a mouth", .says = "", .felt = "", .at = {}});
  return make_event(couple.world, posing, head, event);
}

TEST(ModifiedPartner, CanNotWriteAsTheOther) {
  Pair couple(5);
  const wire::Record forged = in_noas_name(couple);
  const Inside sam = look_inside(couple.sam);
  Hand hand(couple.world, sam.keys);
  EXPECT_EQ(hand.append(sam.ours->id(), {forged}), "bad-signature");
  couple.world.settle();
  EXPECT_EQ(couple.noa.see("cherish")["thanks"].size(), 0U);
}

TEST(ModifiedPartner, CanNotWriteAsTheOtherEvenIfTheRelayHelps) {
  Pair couple(6);
  const wire::Record forged = in_noas_name(couple);
  const Inside sam = look_inside(couple.sam);
  server::planted_bugs.accept_any_signature = true;
  Hand hand(couple.world, sam.keys);
  EXPECT_EQ(hand.append(sam.ours->id(), {forged}), "");
  server::planted_bugs.accept_any_signature = false;
  couple.world.settle();
  for (Device* device : {&couple.sam, &couple.noa}) {
    EXPECT_EQ(device->see("cherish")["thanks"].size(), 0U);
    EXPECT_TRUE(named(*device, "server-fault"));
    EXPECT_EQ(unsigned_records(*device), Violations{});
  }
}

// ---- with the link in hand ----

struct Inviting {
  World world{9};
  Device& sam;
  space::Link link;
  crypto::DeviceKeys eve;
  Json text;

  Inviting() : sam(world.add("Sam")) {
    sam.must("space.start", {{"name", "Sam"}, {"relay", world.relay_address()}});
    world.settle();
    text = sam.must("space.invite", {{"app", "https://app.example"}})["link"];
    world.settle();
    auto read = space::read_link(text.get<std::string>());
    EXPECT_TRUE(read);
    link = std::move(*read);
    eve = crypto::DeviceKeys::random(entropy_of(world));
  }
  [[nodiscard]] StreamId eves_self() const { return StreamId::copy_of(eve.sign.view()); }
  [[nodiscard]] Signature eves_join() const {
    return wire::sign_join(eve.sign_secret.view(), eves_self(), wire::Role::device, eve.sign, eve.box);
  }
  /// What lies in the mailbox, opened with the link.
  Bytes letter(std::uint8_t kind) {
    const auto& boxes = world.store().state().mailboxes;
    const auto box = boxes.find(space::mailbox_of(link.s));
    if (box == boxes.end()) return {};
    for (const Bytes& mail : box->second.mails) {
      const auto opened = space::open_mail(link.s, mail);
      if (opened && opened->kind == kind) return opened->body;
    }
    return {};
  }
  Bytes eves_m2(const Bytes& m1, std::string name) {
    Challenge nonce;
    world.dice().fill(nonce.bytes);
    return space::encode(space::make_m2(eve, eves_self(), eves_join(), nonce, m1, std::move(name)));
  }
  Bytes sealed(std::uint8_t kind, const Bytes& body) { return space::seal_mail(link.s, kind, body, entropy_of(world)); }
  void post(std::uint8_t kind, const Bytes& body) {
    Hand hand(world, eve);
    hand.say(
        wire::MailPut{.request = 1, .mailbox = space::mailbox_of(link.s), .create = false, .mail = sealed(kind, body)});
    world.settle();
  }
};

TEST(SomeoneWithTheLink, EndsTheInvitationWithASecondRequest) {
  Inviting scene;
  Device& noa = scene.world.add("Noa");
  noa.must("space.join", {{"link", scene.text}});
  scene.world.settle();
  noa.must("space.accept", {{"name", "Noa"}});
  scene.world.settle();
  ASSERT_EQ(scene.sam.see("invitation")["state"], "compare");
  const Json words = scene.sam.see("invitation")["words"];
  scene.post(2, scene.eves_m2(scene.letter(1), "Noa"));
  EXPECT_EQ(scene.sam.see("invitation")["state"], "ended");
  EXPECT_EQ(scene.sam.see("invitation")["ended"], "second-request");
  EXPECT_EQ(scene.sam.command("space.same-words", {{"words", words}})["ok"], false);
  EXPECT_EQ(scene.sam.see("app")["phase"], "alone");
}

TEST(SomeoneWithTheLink, WhoComesFirstIsSeenByTheOneInvited) {
  Inviting scene;
  scene.post(2, scene.eves_m2(scene.letter(1), "Noa"));
  ASSERT_EQ(scene.sam.see("invitation")["state"], "compare");
  Device& noa = scene.world.add("Noa");
  noa.must("space.join", {{"link", scene.text}});
  scene.world.settle();
  EXPECT_EQ(noa.see("joining")["ended"], "link-used");
}

/// Eve has the link and the relay on her side: she stands between the two and answers each in the other's place.
TEST(SomeoneWithTheLink, StandingBetweenTheTwoShowsThemDifferentWords) {
  Inviting scene;
  const Bytes m1 = scene.letter(1);
  const Bytes eves_m2 = scene.eves_m2(m1, "Noa");
  Challenge eves_nonce;
  scene.world.dice().fill(eves_nonce.bytes);
  const Bytes eves_m1 = space::encode(space::M1{.role = space::Invited::partner,
                                                .sign = scene.eve.sign,
                                                .box = scene.eve.box,
                                                .self = scene.eves_self(),
                                                .join = scene.eves_join(),
                                                .nonce_hash = wire::tagged_hash("nonce", {eves_nonce.view()})});
  Device& noa = scene.world.add("Noa");
  scene.world.meddle([&](const Device& to, Bytes message) -> std::vector<Bytes> {
    auto frame = wire::decode_from_relay(message);
    auto* mail = frame ? std::get_if<wire::Mail>(&*frame) : nullptr;
    if (mail == nullptr) return {message};
    Bytes noas_m2;
    std::vector<Bytes> sams_m3;
    for (const Bytes& each : mail->mails) {
      const auto opened = space::open_mail(scene.link.s, each);
      if (opened && opened->kind == 2) noas_m2 = opened->body;
      if (opened && opened->kind == 3) sams_m3.push_back(each);
    }
    if (&to == &noa) {
      mail->mails = {scene.sealed(1, eves_m1)};
      if (!noas_m2.empty()) {
        mail->mails.push_back(scene.sealed(2, noas_m2));
        const auto m3 = space::make_m3(scene.eve, eves_nonce, eves_m1, noas_m2);
        mail->mails.push_back(scene.sealed(3, space::encode(m3)));
      }
    } else {
      mail->mails = {scene.sealed(1, m1)};
      if (!noas_m2.empty()) mail->mails.push_back(scene.sealed(2, eves_m2));
      mail->mails.insert(mail->mails.end(), sams_m3.begin(), sams_m3.end());
    }
    return {wire::encode(wire::FromRelay(*mail))};
  });
  noa.must("space.join", {{"link", scene.text}});
  scene.world.settle();
  noa.must("space.accept", {{"name", "Noa"}});
  scene.world.settle();
  ASSERT_EQ(scene.sam.see("invitation")["state"], "compare") << scene.sam.see("invitation").dump();
  ASSERT_EQ(noa.see("joining")["state"], "compare") << noa.see("joining").dump();
  EXPECT_NE(scene.sam.see("invitation")["words"], noa.see("joining")["words"]);
  // Noa said they differ; even if Sam was careless, nothing of Noa's is ever written for Eve.
  noa.must("space.different-words");
  scene.world.settle();
  EXPECT_EQ(noa.see("joining")["ended"], "different-words");
  EXPECT_NE(noa.see("app")["phase"], "paired");
}

/// Standing between them, Eve would have to find an m2 that makes Sam's words the ones Noa already sees. She is given
/// more than she has (n_A, which Sam shows only afterwards) and 2^20 tries; 44 bits want 2^44.
TEST(SomeoneWithTheLink, GrindsAMillionTimesForTheSameWordsAndFails) {
  Inviting scene;
  const Bytes m1 = scene.letter(1);
  Bytes m2 = scene.eves_m2(m1, "Noa");
  Challenge shown_too_late;
  scene.world.dice().fill(shown_too_late.bytes);
  Hash noas_words;
  scene.world.dice().fill(noas_words.bytes);
  constexpr std::size_t kNonceAt = 32 + 32 + 32 + 64;  // of n_B in m2
  constexpr std::uint32_t kTries = 1U << 20;
  const auto leading = [](const Hash& a, const Hash& b) {
    int bits = 0;
    for (std::size_t i = 0; i < 6; ++i) {
      const auto differ = static_cast<std::uint8_t>(a.bytes[i] ^ b.bytes[i]);
      if (differ != 0) return bits + std::countl_zero(differ);
      bits += 8;
    }
    return bits;
  };
  const auto began = std::chrono::steady_clock::now();
  int best = 0;
  std::uint32_t found = 0;
  for (std::uint32_t attempt = 0; attempt < kTries; ++attempt) {
    std::memcpy(m2.data() + kNonceAt, &attempt, sizeof attempt);
    const Hash words = wire::tagged_hash("words", {m1, m2, shown_too_late.view()});
    const int bits = leading(words, noas_words);
    best = std::max(best, bits);
    if (bits >= 44) ++found;
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  std::printf("%u tries in %.1f s: the best agreed in %d of 44 bits\n", kTries, seconds, best);
  EXPECT_EQ(found, 0U);
  EXPECT_LT(best, 44);
  EXPECT_GE(best, 10);  // it did grind: a million tries reach about 20 bits
  // The words people see are those 44 bits of that very hash.
  EXPECT_EQ(space::compare_words(m1, m2, shown_too_late),
            space::four_words(wire::tagged_hash("words", {m1, m2, shown_too_late.view()})));
}

// ---- removed ----

/// Sam loses a phone and comes back by the words without keeping it.
struct Removed {
  Pair couple{20};
  Inside lost;
  std::vector<wire::Record> old_records;
  Device* fresh = nullptr;

  Removed() {
    const std::string words = couple.sams_words();
    couple.thank(couple.sam, "Before it was lost");
    couple.world.run_for(2 * 60 * 60 * 1'000);
    lost = look_inside(couple.sam);
    for (const log::Held& held : lost.ours->records()) old_records.push_back(held.record);
    couple.sam.go_offline();
    fresh = &couple.world.add("Sam's new phone");
    fresh->must("space.recover", {{"words", words}, {"relay", couple.world.relay_address()}});
    couple.world.settle();
    fresh->must("space.recover-finish", {{"keep", Json::array()}});
    couple.world.settle();
    couple.thank(*fresh, "After it was lost");
    couple.world.settle();
  }
};

TEST(RemovedDevice, CanNotReadTheNextEpoch) {
  Removed scene;
  const Inside now = look_inside(*scene.fresh);
  ASSERT_GT(now.ours->table().epoch, scene.lost.ours->table().epoch);
  // Everything the relay has, in the hands of the removed device's keys.
  std::vector<Bytes> all;
  for (const log::Held& held : now.ours->records()) all.push_back(wire::encode(held.record));
  Inside thief = look_inside(scene.couple.sam);
  thief.ours = std::make_unique<log::Stream>(now.ours->id());
  auto batch = thief.ours->check(all);
  ASSERT_TRUE(batch);
  thief.ours->admit(std::move(*batch));
  [[maybe_unused]] const auto unlocked = thief.ours->unlock(thief.keys);
  EXPECT_EQ(thief.ours->key(now.ours->table().epoch), nullptr);
  EXPECT_TRUE(all_readable(thief).contains("Before it was lost"));
  EXPECT_FALSE(all_readable(thief).contains("After it was lost"));
  EXPECT_TRUE(all_readable(now).contains("After it was lost"));
}

TEST(RemovedDevice, CanNotAppendAndIsHandedNothingNew) {
  Removed scene;
  World& world = scene.couple.world;
  Hand hand(world, scene.lost.keys);
  const Inside now = look_inside(*scene.fresh);
  log::Head head = log::Head::of(*now.ours);
  head.epoch = scene.lost.ours->table().epoch;  // the newest it has a key of
  const auto event =
      log::make<cherish::Thanked>(fresh_id(world), {}, {.did = "From the thief", .says = "", .felt = "", .at = {}});
  const std::string refused = hand.append(now.ours->id(), {make_event(world, scene.lost, head, event)});
  EXPECT_TRUE(refused == "not-a-writer" || refused == "not-a-member" || refused == "old-epoch") << refused;
  EXPECT_LT(hand.fetch(now.ours->id()).size(), now.ours->next());
  world.settle();
  EXPECT_EQ(scene.couple.noa.see("cherish")["thanks"].size(), 2U);
}

TEST(FormerDevice, ReplayingOldRecordsChangesNothing) {
  Removed scene;
  World& world = scene.couple.world;
  const Json before = scene.couple.noa.see("cherish");
  Hand hand(world, scene.lost.keys);
  for (const wire::Record& record : scene.old_records) {
    const std::string answer = hand.append(scene.lost.ours->id(), {record});
    EXPECT_FALSE(answer.empty()) << "position " << record.header.position << " was stored again";
  }
  world.settle();
  EXPECT_EQ(scene.couple.noa.see("cherish"), before);
  EXPECT_EQ(notices(scene.couple.noa), std::vector<std::string>{});
}

TEST(FormerDevice, WithTheRelaysHelpItsRecordsAreVoidAndNamed) {
  Removed scene;
  World& world = scene.couple.world;
  const Inside now = look_inside(*scene.fresh);
  log::Head head = log::Head::of(*now.ours);
  head.epoch = scene.lost.ours->table().epoch;
  const auto event =
      log::make<cherish::Thanked>(fresh_id(world), {}, {.did = "From the thief", .says = "", .felt = "", .at = {}});
  const wire::Record late = make_event(world, scene.lost, head, event);
  bool handed = false;
  world.meddle([&](const Device& to, Bytes message) -> std::vector<Bytes> {
    auto frame = wire::decode_from_relay(message);
    auto* records = frame ? std::get_if<wire::Records>(&*frame) : nullptr;
    if (&to != &scene.couple.noa || records == nullptr || records->stream != now.ours->id() || handed) return {message};
    handed = true;
    records->records.push_back(wire::encode(late));
    records->head = late.header.position;
    records->history = wire::history_hash(late.header);
    return {wire::encode(wire::FromRelay(*records))};
  });
  scene.couple.noa.restart();
  world.run_for(10'000);
  ASSERT_TRUE(handed);
  EXPECT_TRUE(named(scene.couple.noa, "void-record"));
  EXPECT_EQ(scene.couple.noa.see("cherish")["thanks"].size(), 2U);
}

}  // namespace
}  // namespace attune::sim
