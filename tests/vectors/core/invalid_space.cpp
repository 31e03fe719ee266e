// Rows for addresses, links, the invitation's messages, the twelve words and the code of "Are we in step?".
#include "attune/crypto/base64.h"
#include "attune/space/invitation.h"
#include "attune/space/phrase.h"
#include "attune/space/step.h"
#include "vectors/core/invalid_rows.h"
#include "wire/tagged.h"

namespace attune::tests {

namespace {

using space::kBadMail;

void address_row(std::vector<Row>& rows, std::string_view what, std::string wrong) {
  rows.push_back({space::kBadRelay, what, [wrong = std::move(wrong)](bool broken) {
                    return forget(space::read_relay(broken ? wrong : "https://relay.example:8420"));
                  }});
}

const std::string kSecret(43, 'A');

void link_row(std::vector<Row>& rows, const ErrorCode& code, std::string_view what, std::string wrong) {
  rows.push_back({code, what, [wrong = std::move(wrong)](bool broken) {
                    const std::string sound = "https://app.example/#join=1." + kSecret + ".https%3A%2F%2Frelay.example";
                    return forget(space::read_link(broken ? wrong : sound));
                  }});
}

void phrase_row(std::vector<Row>& rows, const ErrorCode& code, std::string_view what,
                std::function<void(std::vector<std::string>&)> damage) {
  rows.push_back({code, what, [damage = std::move(damage)](bool broken) {
                    auto words = space::phrase_words(space::Seed(all<Hash>(0).view().first(16)));
                    if (broken) damage(words);
                    std::string text;
                    for (const std::string& word : words) text += word + " ";
                    return forget(space::read_phrase(text));
                  }});
}

void step_row(std::vector<Row>& rows, std::string_view what, std::function<void(std::string&)> damage) {
  rows.push_back({space::kBadStepCode, what, [damage = std::move(damage)](bool broken) {
                    std::string code =
                        space::step_code({.stream = all<StreamId>(1), .position = 7, .history = all<Hash>(2)});
                    if (broken) damage(code);
                    return forget(space::read_step_code(code));
                  }});
}

/// Both sides' messages, as bytes, and the way their readers take them.
struct Exchange {
  crypto::DeviceKeys a = device(1);
  crypto::DeviceKeys b = device(2);
  Challenge nonce_a = all<Challenge>(3);
  space::M1 m1;
  space::M2 m2;
  space::M3 m3;
  Bytes first;
  Bytes second;
  Bytes third;

  Exchange() {
    const auto join = [](const crypto::DeviceKeys& keys, const StreamId& self) {
      return wire::sign_join(keys.sign_secret.view(), self, wire::Role::device, keys.sign, keys.box);
    };
    const StreamId self_a = all<StreamId>(0xaa);
    const StreamId self_b = all<StreamId>(0xbb);
    m1 = {.role = space::Invited::partner,
          .sign = a.sign,
          .box = a.box,
          .self = self_a,
          .join = join(a, self_a),
          .nonce_hash = wire::tagged_hash("nonce", {nonce_a.view()})};
    first = space::encode(m1);
    m2 = space::make_m2(b, self_b, join(b, self_b), all<Challenge>(4), first, "Noa");
    second = space::encode(m2);
    m3 = space::make_m3(a, nonce_a, first, second);
    third = space::encode(m3);
  }

  [[nodiscard]] Result<> read() const {
    TRY(one, space::decode_m1(first));
    TRY_VOID(space::check_m1(one));
    TRY(two, space::decode_m2(second));
    TRY_VOID(space::check_m2(two, first));
    TRY(three, space::decode_m3(third));
    return space::check_m3(three, one, first, second);
  }
};

void exchange_row(std::vector<Row>& rows, std::string_view what, std::function<void(Exchange&)> damage) {
  rows.push_back({kBadMail, what, [damage = std::move(damage)](bool broken) {
                    Exchange exchange;
                    if (broken) damage(exchange);
                    return exchange.read();
                  }});
}

/// m1 alone, as the guest finds it: what answers it later would give it away, too.
void first_row(std::vector<Row>& rows, std::string_view what, std::function<void(Bytes&)> damage) {
  rows.push_back({kBadMail, what, [damage = std::move(damage)](bool broken) -> Result<> {
                    Bytes first = Exchange().first;
                    if (broken) damage(first);
                    TRY(m1, space::decode_m1(first));
                    return space::check_m1(m1);
                  }});
}

/// m5 alone, as the device that is let in finds it: body, who signed it, for which exchange.
void handing_over_row(std::vector<Row>& rows, std::string_view what,
                      std::function<void(Bytes& body, SignKey& by, Hash& pairing)> damage) {
  rows.push_back({kBadMail, what, [damage = std::move(damage)](bool broken) -> Result<> {
                    const Exchange exchange;
                    Hash pairing = all<Hash>(6);
                    const log::Place mine{.stream = all<StreamId>(0xaa), .position = 9, .history = all<Hash>(7)};
                    Bytes body = space::encode(space::make_m5(exchange.a, pairing, mine, std::nullopt));
                    space::M1 by = exchange.m1;
                    if (broken) damage(body, by.sign, pairing);
                    TRY(m5, space::decode_m5(body, mine.stream));
                    return space::check_m5(m5, by, pairing);
                  }});
}

/// m6 in the same way.
void snapshot_row(std::vector<Row>& rows, std::string_view what,
                  std::function<void(Bytes& body, SignKey& by, Hash& pairing)> damage) {
  rows.push_back({kBadMail, what, [damage = std::move(damage)](bool broken) -> Result<> {
                    const Exchange exchange;
                    Hash pairing = all<Hash>(6);
                    Bytes body =
                        space::encode(space::make_m6(exchange.a, pairing, all<Hash>(7), 1, all<KeyId>(8), wire::Box{}));
                    space::M1 by = exchange.m1;
                    if (broken) damage(body, by.sign, pairing);
                    TRY(m6, space::decode_m6(body, SignKey{}));
                    return space::check_m6(m6, by, pairing);
                  }});
}

/// m2 with one part changed and signed again by its author.
void sign_again(Exchange& exchange) {
  Bytes body = space::encode(exchange.m2);
  body.resize(body.size() - Signature::kSize);
  exchange.m2.signature = wire::tagged_sign(exchange.b.sign_secret.view(), "m2", {body});
  exchange.second = space::encode(exchange.m2);
  exchange.m3 = space::make_m3(exchange.a, exchange.nonce_a, exchange.first, exchange.second);
  exchange.third = space::encode(exchange.m3);
}

constexpr std::size_t kNameLength = 32 + 32 + 32 + 64 + 32 + 32;

void mail_row(std::vector<Row>& rows, std::string_view what, std::function<void(crypto::Key&, Bytes&)> damage) {
  rows.push_back({kBadMail, what, [damage = std::move(damage)](bool broken) {
                    crypto::Key s(all<Hash>(1).view());
                    Bytes mail = space::seal_mail(s, 1, Bytes(193, 5), counting());
                    if (broken) damage(s, mail);
                    return forget(space::open_mail(s, mail));
                  }});
}

/// A mail of these plain bytes, sealed as the link's holders can.
Bytes mail_of(const crypto::Key& s, const Bytes& plain) {
  return crypto::seal(crypto::derive(s.view(), "mail").view(), space::mailbox_of(s).view(), plain, counting());
}

void add_mail_rows(std::vector<Row>& rows) {
  mail_row(rows, "a mail of another link", [](crypto::Key& s, Bytes&) { s.writable()[0] ^= 1; });
  mail_row(rows, "a changed mail", [](crypto::Key&, Bytes& mail) { mail.back() ^= 1; });
  mail_row(rows, "a mail of another size",
           [](crypto::Key& s, Bytes& mail) { mail = mail_of(s, Bytes(wire::kMailSize - 1)); });
  mail_row(rows, "a body longer than its mail", [](crypto::Key& s, Bytes& mail) {
    Bytes plain(wire::kMailSize);
    plain[2] = 0xff;
    mail = mail_of(s, plain);
  });
  mail_row(rows, "a mail with something behind its body", [](crypto::Key& s, Bytes& mail) {
    Bytes plain(wire::kMailSize);
    plain.back() = 1;
    mail = mail_of(s, plain);
  });
}

void add_exchange_rows(std::vector<Row>& rows) {
  first_row(rows, "m1 a byte short", [](Bytes& m1) { m1.pop_back(); });
  first_row(rows, "m1 a byte long", [](Bytes& m1) { m1.push_back(0); });
  first_row(rows, "m1 of an unknown role", [](Bytes& m1) { m1[0] = 2; });
  first_row(rows, "m1 whose join is not the key's own", [](Bytes& m1) { m1[1 + 32 + 32] ^= 1; });
  exchange_row(rows, "m2 a byte short", [](Exchange& e) { e.second.pop_back(); });
  exchange_row(rows, "m2 a byte long", [](Exchange& e) { e.second.push_back(0); });
  exchange_row(rows, "a name longer than its place", [](Exchange& e) { e.second[kNameLength] = 81; });
  exchange_row(rows, "something behind a name", [](Exchange& e) { e.second[kNameLength + 80] = 1; });
  exchange_row(rows, "m2 answering another m1", [](Exchange& e) {
    e.m2.m1_hash.bytes[0] ^= 1;
    sign_again(e);
  });
  exchange_row(rows, "m2 with another name than was signed", [](Exchange& e) { e.second[kNameLength + 1] = 'M'; });
  exchange_row(rows, "m2 whose join is not the key's own", [](Exchange& e) {
    e.m2.self.bytes[0] ^= 1;
    sign_again(e);
  });
  exchange_row(rows, "m3 a byte short", [](Exchange& e) { e.third.pop_back(); });
  exchange_row(rows, "m3 a byte long", [](Exchange& e) { e.third.push_back(0); });
  exchange_row(rows, "m3 with another number than m1 promised",
               [](Exchange& e) { e.third = space::encode(space::make_m3(e.a, all<Challenge>(9), e.first, e.second)); });
  exchange_row(rows, "m3 about another m2", [](Exchange& e) {
    Bytes another = e.second;
    another[0] ^= 1;
    e.third = space::encode(space::make_m3(e.a, e.nonce_a, e.first, another));
  });
  exchange_row(rows, "m3 signed by somebody else",
               [](Exchange& e) { e.third = space::encode(space::make_m3(e.b, e.nonce_a, e.first, e.second)); });
  handing_over_row(rows, "m5 a byte short", [](Bytes& body, SignKey&, Hash&) { body.pop_back(); });
  handing_over_row(rows, "m5 a byte long", [](Bytes& body, SignKey&, Hash&) { body.push_back(0); });
  handing_over_row(rows, "m5 of another place", [](Bytes& body, SignKey&, Hash&) { body[0] ^= 1; });
  handing_over_row(rows, "m5 with neither a shared stream nor none",
                   [](Bytes& body, SignKey&, Hash&) { body[40] = 2; });
  handing_over_row(rows, "m5 with a shared stream it says is not there",
                   [](Bytes& body, SignKey&, Hash&) { body[41] = 1; });
  handing_over_row(rows, "m5 by somebody else", [](Bytes&, SignKey& by, Hash&) { by = device(2).sign; });
  snapshot_row(rows, "m6 a byte short", [](Bytes& body, SignKey&, Hash&) { body.pop_back(); });
  snapshot_row(rows, "m6 a byte long", [](Bytes& body, SignKey&, Hash&) { body.push_back(0); });
  snapshot_row(rows, "m6 of another state", [](Bytes& body, SignKey&, Hash&) { body[0] ^= 1; });
  snapshot_row(rows, "m6 with another box", [](Bytes& body, SignKey&, Hash&) { body[70] ^= 1; });
  snapshot_row(rows, "m6 by somebody else", [](Bytes&, SignKey& by, Hash&) { by = device(2).sign; });
  snapshot_row(rows, "m6 of another exchange", [](Bytes&, SignKey&, Hash& pairing) { pairing.bytes[0] ^= 1; });
  handing_over_row(rows, "m5 of another exchange", [](Bytes&, SignKey&, Hash& pairing) { pairing.bytes[0] ^= 1; });
}

}  // namespace

void add_space_rows(std::vector<Row>& rows) {
  address_row(rows, "an address of another kind", "ftp://relay.example");
  address_row(rows, "no address", "https://");
  address_row(rows, "a port with letters", "https://relay.example:84a0");
  address_row(rows, "no port behind the colon", "https://relay.example:");
  address_row(rows, "port 0", "https://relay.example:0");
  address_row(rows, "a port above the highest", "https://relay.example:65536");
  address_row(rows, "a port of six digits", "https://relay.example:084200");
  address_row(rows, "a host that begins with a dot", "https://.example");
  address_row(rows, "a host that begins with a hyphen", "https://-relay.example");
  address_row(rows, "a host with two dots in a row", "https://relay..example");
  address_row(rows, "a host with a sign no host has", "https://relay_one.example");
  address_row(rows, "a bracket in the middle of a host", "https://relay]x.example");
  address_row(rows, "a host longer than hosts are", "https://" + std::string(250, 'a') + ".example");
  address_row(rows, "an open line to another machine", "http://relay.example");
  address_row(rows, "a host without a dot", "https://relay");

  const std::string join = "https://app.example/#join=";
  const std::string relay = ".https%3A%2F%2Frelay.example";
  link_row(rows, space::kLinkShort, "a text without an invitation", "https://app.example/");
  link_row(rows, space::kLinkShort, "a link cut off behind its version", join + "1");
  link_row(rows, space::kLinkShort, "a link cut off within its secret", join + "1." + kSecret.substr(1) + relay);
  link_row(rows, space::kLinkShort, "a link cut off behind its secret", join + "1." + kSecret);
  link_row(rows, space::kLinkShort, "a link cut off before its relay", join + "1." + kSecret + ".");
  link_row(rows, space::kLinkAltered, "a link without a version", join + "." + kSecret + relay);
  link_row(rows, space::kLinkAltered, "a secret with a sign it can not have",
           join + "1." + kSecret.substr(1) + "!" + relay);
  link_row(rows, space::kLinkAltered, "a secret of one sign too many", join + "1." + kSecret + "A" + relay);
  link_row(rows, space::kLinkAltered, "an address that is not encoded as it should be",
           join + "1." + kSecret + ".https%3");
  link_row(rows, space::kLinkNewer, "a link of a newer version", join + "2." + kSecret + relay);
  link_row(rows, space::kBadRelay, "a link to an address that is none", join + "1." + kSecret + ".http%3A%2F%2Frelay");

  const auto typed_row = [&](const ErrorCode& code, std::string_view what, std::string wrong) {
    rows.push_back({code, what, [wrong = std::move(wrong)](bool broken) {
                      std::string sound;
                      for (const std::string& word :
                           space::link_words({.s = crypto::Key(all<Hash>(3).view()), .relay = {}})) {
                        sound += word + " ";
                      }
                      return forget(space::read_link(broken ? wrong : sound + "relay.example"));
                    }});
  };
  typed_row(space::kLinkShort, "words of a link that are too few", "abandon abandon relay.example");
  typed_row(space::kLinkAltered, "words of a link, one of them none", [] {
    std::string out = "attune ";
    for (int i = 0; i < 23; ++i) out += "abandon ";
    return out + "relay.example";
  }());
  typed_row(space::kLinkAltered, "words of a link that do not belong together", [] {
    std::string out;
    for (int i = 0; i < 24; ++i) out += "abandon ";
    return out + "relay.example";
  }());

  phrase_row(rows, space::kWordCount, "eleven words", [](auto& words) { words.pop_back(); });
  phrase_row(rows, space::kWordCount, "thirteen words", [](auto& words) { words.push_back("abandon"); });
  phrase_row(rows, space::kUnknownWord, "a word that is not on the list", [](auto& words) { words[3] = "attune"; });
  phrase_row(rows, space::kUnknownWord, "a letter no word has", [](auto& words) { words[3] = "abandön"; });
  phrase_row(rows, space::kWordChecksum, "another word of the list", [](auto& words) { words[3] = "zoo"; });
  phrase_row(rows, space::kWordChecksum, "two words changed round",
             [](auto& words) { std::swap(words[10], words[11]); });

  step_row(rows, "a code of something else", [](std::string& code) { code.replace(0, 6, "attend"); });
  step_row(rows, "a sign no code has", [](std::string& code) { code.back() = '!'; });
  step_row(rows, "a code cut off", [](std::string& code) { code.resize(code.size() - 4); });
  step_row(rows, "a code with more behind it", [](std::string& code) { code += "AAAA"; });

  add_mail_rows(rows);
  add_exchange_rows(rows);
}

}  // namespace attune::tests
