// Phrase, invitation, step, sealed answer.
#include "attune/client/slot_bytes.h"
#include "attune/log/reading.h"
#include "attune/space/enrol.h"
#include "attune/space/invitation.h"
#include "attune/space/phrase.h"
#include "attune/space/sealed.h"
#include "attune/space/step.h"
#include "vectors/core/parts.h"
#include "wire/tagged.h"

namespace attune::tests {

using namespace space;

namespace {

std::vector<std::string> words_at(const Entry& entry, const char* name) {
  std::vector<std::string> out;
  for (const std::uint64_t index : entry.number_list(name)) out.emplace_back(word(static_cast<std::uint16_t>(index)));
  return out;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& one : words) out += (out.empty() ? "" : " ") + one;
  return out;
}

void check_phrases(const Json& core, Expect& expect) {
  each_of(core, "phrases", expect, [&](const Entry& entry) {
    const Seed seed(exactly<16>(entry, "seed"));
    const auto words = phrase_words(seed);
    expect.that(words == words_at(entry, "indices"), "words: " + joined(words));
    if (!entry.none("words")) expect.that(words == entry.text_list("words"), "published words: " + joined(words));
    const auto back = read_phrase(joined(words));
    expect.that(back && std::ranges::equal(back->view(), seed.view()), "the words are read back");
    const auto keys = phrase_keys(seed);
    expect.same(keys.sign_seed(), entry.bytes("sign_seed"), "signing seed");
    expect.same(keys.sign.view(), entry.bytes("sign"), "signing key");
    expect.same(keys.box_secret.view(), entry.bytes("box_secret"), "box secret");
    expect.same(keys.box.view(), entry.bytes("box"), "box key");
  });
}

/// One invitation: both sides make their messages again from their keys.
struct Invitation {
  const Entry& entry;
  Expect& expect;
  crypto::DeviceKeys a = device_keys(entry, "a_seed", "a_box_secret");
  crypto::DeviceKeys b = device_keys(entry, "b_seed", "b_box_secret");
  crypto::Key s = crypto::Key(exactly<32>(entry, "s"));
  Challenge nonce_a = entry.fixed<Challenge>("n_a");
  std::vector<Bytes> bodies = {};

  static Signature join(const crypto::DeviceKeys& keys, const StreamId& self) {
    return wire::sign_join(keys.sign_secret.view(), self, wire::Role::device, keys.sign, keys.box);
  }

  void mails() {
    bodies = entry.list("mails", [this](const Entry& mail) {
      const auto kind = mail.small<std::uint8_t>("kind");
      const Bytes body = mail.bytes("body");
      const Bytes wanted = mail.bytes("mail");
      expect.same(seal_mail(s, kind, body, entropy_of(mail.bytes("nonce"))), wanted, "mail");
      const auto letter = open_mail(s, wanted);
      expect.that(letter && letter->kind == kind && letter->body == body, "the mail opens");
      for (const std::size_t bit : {std::size_t{0}, std::size_t{200}, wanted.size() * 8 - 1}) {
        if (bit < wanted.size() * 8) expect.that(!open_mail(s, flipped(wanted, bit)), "a changed mail stays shut");
      }
      const crypto::Key other = crypto::random_key(entropy_of({1}));
      expect.that(!open_mail(other, wanted), "the mail of another link stays shut");
      return body;
    });
  }

  void messages() {
    const auto self_a = entry.fixed<StreamId>("a_self");
    const auto self_b = entry.fixed<StreamId>("b_self");
    const M1 m1{.role = static_cast<Invited>(entry.number("role")),
                .sign = a.sign,
                .box = a.box,
                .self = self_a,
                .join = join(a, self_a),
                .nonce_hash = wire::tagged_hash("nonce", {nonce_a.view()})};
    const M2 m2 = make_m2(b, self_b, join(b, self_b), entry.fixed<Challenge>("n_b"), encode(m1), entry.text("name"));
    const M3 m3 = make_m3(a, nonce_a, encode(m1), encode(m2));
    expect.same(encode(m1), bodies[0], "m1");
    expect.same(encode(m2), bodies[1], "m2");
    expect.same(encode(m3), bodies[2], "m3");
    expect.that(check_m1(m1).has_value() && check_m2(m2, bodies[0]).has_value(), "m1 and m2 are taken");
    expect.that(check_m3(m3, m1, bodies[0], bodies[1]).has_value(), "m3 is taken");
    expect.that(m1_m2_m3_as(bodies[0], bodies[1], bodies[2]), "all three are read and taken");
    every_flip_is_refused();
    expect.that(compare_words(bodies[0], bodies[1], nonce_a) == words_at(entry, "words"), "words to compare");
    expect.same(pairing_hash(bodies[0], bodies[1], nonce_a).view(), entry.bytes("pairing"), "pairing");
  }

  /// What an own device is handed: where the inviter's streams stand.
  void handing_over() {
    const Hash pairing = pairing_hash(bodies[0], bodies[1], nonce_a);
    const log::Place mine{.stream = entry.fixed<StreamId>("a_self"),
                          .position = entry.number("mine_position"),
                          .history = entry.fixed<Hash>("mine_history")};
    std::optional<log::Place> ours;
    if (!entry.none("ours")) {
      ours = log::Place{.stream = entry.fixed<StreamId>("ours"),
                        .position = entry.number("ours_position"),
                        .history = entry.fixed<Hash>("ours_history")};
    }
    expect.same(encode(make_m5(a, pairing, mine, ours)), bodies[3], "m5");
    const auto m1 = decode_m1(bodies[0]);
    const auto taken = [&](ByteView body, const Hash& exchange) {
      const auto m5 = decode_m5(body, mine.stream);
      return m1 && m5 && check_m5(*m5, *m1, exchange);
    };
    expect.that(taken(bodies[3], pairing), "m5 is read and taken");
    for (std::size_t bit = 0; bit < bodies[3].size() * 8; bit += 7) {
      expect.that(!taken(flipped(bodies[3], bit), pairing), "m5 with bit " + std::to_string(bit) + " flipped");
    }
    expect.that(!taken(bodies[3], Hash{}), "m5 of another exchange");
  }

  /// What else it is handed, if a snapshot waits for it.
  void telling_of_a_snapshot() {
    const Hash pairing = pairing_hash(bodies[0], bodies[1], nonce_a);
    const StreamId mine = entry.fixed<StreamId>("a_self");
    const auto epoch = entry.small<std::uint32_t>("state_epoch");
    const wire::Box box{.recipient = b.sign, .sealed = entry.fixed<decltype(wire::Box::sealed)>("state_box")};
    const auto key_id = entry.fixed<KeyId>("state_key_id");
    expect.same(encode(make_m6(a, pairing, entry.fixed<Hash>("state"), epoch, key_id, box)), bodies[4], "m6");
    const auto m1 = decode_m1(bodies[0]);
    const auto taken = [&](ByteView body, const Hash& exchange) {
      const auto m6 = decode_m6(body, b.sign);
      return m1 && m6 && check_m6(*m6, *m1, exchange);
    };
    expect.that(taken(bodies[4], pairing), "m6 is read and taken");
    const auto read = decode_m6(bodies[4], b.sign);
    const auto key = read ? crypto::open_key(read->box, b, mine, read->epoch, read->key_id)
                          : Result<crypto::Key>(std::unexpected(read.error()));
    expect.that(key.has_value(), "m6's box opens");
    if (key) expect.same(key->view(), entry.bytes("state_key"), "the key of mine");
    for (std::size_t bit = 0; bit < bodies[4].size() * 8; bit += 7) {
      expect.that(!taken(flipped(bodies[4], bit), pairing), "m6 with bit " + std::to_string(bit) + " flipped");
    }
    expect.that(!taken(bodies[4], Hash{}), "m6 of another exchange");
  }

  /// The whole exchange as its readers take it.
  [[nodiscard]] static bool m1_m2_m3_as(ByteView first, ByteView second, ByteView third) {
    const auto m1 = decode_m1(first);
    const auto m2 = decode_m2(second);
    const auto m3 = decode_m3(third);
    return m1 && m2 && m3 && check_m1(*m1) && check_m2(*m2, first) && check_m3(*m3, *m1, first, second);
  }

  void every_flip_is_refused() {
    for (std::size_t message = 0; message < 3; ++message) {
      for (std::size_t bit = 0; bit < bodies[message].size() * 8; bit += 7) {
        std::vector<Bytes> changed = {bodies[0], bodies[1], bodies[2]};
        changed[message] = flipped(changed[message], bit);
        const bool taken = m1_m2_m3_as(changed[0], changed[1], changed[2]);
        expect.that(!taken, "m" + std::to_string(message + 1) + " with bit " + std::to_string(bit) + " flipped");
      }
    }
  }
};

void check_invitations(const Json& core, Expect& expect) {
  each_of(core, "invitations", expect, [&](const Entry& entry) {
    Invitation invitation{.entry = entry, .expect = expect};
    expect.same(mailbox_of(invitation.s).view(), entry.bytes("mailbox"), "mailbox");
    expect.same(crypto::derive(invitation.s.view(), "mail").view(), entry.bytes("mail_key"), "mail key");
    const std::string link = write_link(entry.text("app"), {.s = invitation.s.clone(), .relay = entry.text("relay")});
    expect.that(link == entry.text("link"), "link: " + link);
    const auto back = read_link(link);
    expect.that(back && crypto::equal(back->s.view(), invitation.s.view()) && back->relay == entry.text("relay"),
                "the link is read back");
    const auto typed = link_words({.s = invitation.s.clone(), .relay = ""});
    expect.that(typed == words_at(entry, "link_words"), "the link as words: " + joined(typed));
    const auto read = read_link(joined(typed) + " " + entry.text("relay"));
    expect.that(read && crypto::equal(read->s.view(), invitation.s.view()) && read->relay == entry.text("relay"),
                "the words are read back");
    invitation.mails();
    expect.that(invitation.bodies.size() >= 3, "three messages");
    if (invitation.bodies.size() >= 3) invitation.messages();
    const bool own_device = entry.number("role") == 1;
    expect.that(invitation.bodies.size() == (own_device ? 5U : 4U), "as many messages as the exchange has");
    if (own_device && invitation.bodies.size() == 5) {
      invitation.handing_over();
      invitation.telling_of_a_snapshot();
    }
  });
}

void check_steps(const Json& core, Expect& expect) {
  each_of(core, "steps", expect, [&](const Entry& entry) {
    const log::Place place{.stream = entry.fixed<StreamId>("stream"),
                           .position = entry.number("position"),
                           .history = entry.fixed<Hash>("history")};
    expect.that(step_words(place) == words_at(entry, "words"), "words: " + joined(step_words(place)));
    expect.that(step_code(place) == entry.text("code"), "code: " + step_code(place));
    const auto back = read_step_code(entry.text("code"));
    expect.that(
        back && back->stream == place.stream && back->position == place.position && back->history == place.history,
        "the code is read back");
  });
}

void check_successors(const Json& core, Expect& expect) {
  each_of(core, "successors", expect, [&](const Entry& entry) {
    const wire::Continues continues{.stream = entry.fixed<StreamId>("stream"),
                                    .position = entry.number("position"),
                                    .history = entry.fixed<Hash>("history")};
    expect.that(successor_pairing(entry.fixed<Hash>("earlier"), continues) == entry.fixed<Hash>("pairing"), "pairing");
  });
}

void check_slots(const Json& core, Expect& expect) {
  each_of(core, "slots", expect, [&](const Entry& entry) {
    const crypto::Key mine(exactly<32>(entry, "mine_key"));
    const crypto::DeviceKeys author = device_keys(entry, "author_seed", "author_box_secret");
    const auto stream = entry.fixed<StreamId>("stream");
    const auto epoch = entry.small<std::uint32_t>("epoch");
    Bytes state = entry.bytes("begins");
    state.resize(state.size() + entry.number("sevens"), 7);
    expect.same(client::state_hash(state).view(), entry.bytes("hash"), "state hash");
    Bytes sealed = client::seal_slot(mine, stream, epoch, author, state, entropy_of(entry.bytes("random")));
    if (!entry.none("sealed")) expect.same(sealed, entry.bytes("sealed"), "slot");
    expect.same(client::state_hash(sealed).view(), entry.bytes("sealed_hash"), "hash of the slot");
    const auto opened = client::open_slot(mine, stream, epoch, author.sign, sealed);
    expect.that(opened && *opened == state, "opens again");
    expect.that(!client::open_slot(mine, stream, epoch + 1, author.sign, sealed), "stays shut for another epoch");
    expect.that(!client::open_slot(mine, StreamId{}, epoch, author.sign, sealed), "stays shut for another stream");
    expect.that(!client::open_slot(mine, stream, epoch, SignKey{}, sealed), "is nobody else's");
    for (std::size_t bit = 0; bit < sealed.size() * 8; bit += 1 + sealed.size() / 3) {
      expect.that(!client::open_slot(mine, stream, epoch, author.sign, flipped(sealed, bit)),
                  "slot with bit " + std::to_string(bit) + " flipped");
    }
  });
}

void check_sealed_answers(const Json& core, Expect& expect) {
  each_of(core, "sealed_answers", expect, [&](const Entry& entry) {
    const crypto::Key mine(exactly<32>(entry, "mine_key"));
    const Sealing sealing{.ours = entry.fixed<StreamId>("stream"),
                          .me = entry.small<std::uint8_t>("p"),
                          .mine_epoch = 0,
                          .mine_key = [&](std::uint32_t epoch) { return epoch == 0 ? &mine : nullptr; }};
    const auto q = entry.fixed<EventId>("q");
    const std::string answer = entry.text("answer");
    Writer random;
    random.bytes(entry.bytes("r")).bytes(entry.bytes("nonce"));
    const auto sealed = seal_answer(sealing, q, answer, {}, entropy_of(std::move(random).take()));
    expect.that(sealed.has_value(), "is sealed");
    if (!sealed) return;
    expect.same(sealed->commitment.view(), entry.bytes("commitment"), "C");
    expect.same(sealed->content.nonce.view(), entry.bytes("nonce"), "nonce");
    expect.same(sealed->content.box, entry.bytes("sealed"), "box");

    const auto opened = reopen(sealing, q, sealed->commitment, sealed->content, {});
    expect.that(opened && opened->r == entry.bytes("r") && as_text(opened->answer) == answer, "opens again");
    EventId other = q;
    other.bytes[0] ^= 1;
    expect.that(!reopen(sealing, other, sealed->commitment, sealed->content, {}), "stays shut for another question");
    Hash changed = sealed->commitment;
    changed.bytes[31] ^= 1;
    expect.that(!reopen(sealing, q, changed, sealed->content, {}), "stays shut under another C");
    auto content = sealed->content;
    content.box = flipped(content.box, 99);
    expect.that(!reopen(sealing, q, sealed->commitment, content, {}), "stays shut when changed");
    const Hash rewritten = commitment(sealing.ours, q, sealing.me, entry.bytes("r"), as_bytes(answer + "!"));
    expect.that(rewritten != sealed->commitment, "binds the answer");
  });
}

template <class T>
std::string_view name_of(const Result<T>& result) {
  return result ? std::string_view("accepted") : result.error().name();
}

void check_invalid_texts(const Json& core, Expect& expect) {
  each_of(core, "invalid", expect, [&](const Entry& entry) {
    const std::string on = entry.text("on");
    const std::string text = entry.text("text");
    std::string_view met = "nothing that reads it";
    if (on == "phrase") met = name_of(read_phrase(text));
    if (on == "link") met = name_of(read_link(text));
    if (on == "step") met = name_of(read_step_code(text));
    expect.that(met == entry.text("code"),
                entry.text("what") + ": " + std::string(met) + ", not " + entry.text("code"));
  });
}

}  // namespace

void check_space(const Json& core, Expect& expect) {
  check_phrases(core, expect);
  check_invitations(core, expect);
  check_steps(core, expect);
  check_successors(core, expect);
  check_slots(core, expect);
  check_sealed_answers(core, expect);
  check_invalid_texts(core, expect);
}

}  // namespace attune::tests
