// What a push service is sent, against the RFCs' own numbers.
#include <gtest/gtest.h>

#include "server/push/sealing.h"
#include "server/push/vapid.h"
#include "server/push_device.h"
#include "vectors/couple.h"

namespace attune::tests {
namespace {

using server::authorization;
using server::base64url;
using server::P256Pair;
using server::seal_for;
using server::seal_record;
using server::Subscription;

P256Key key_in(std::string_view text) { return P256Key::copy_of(from_base64url(text)); }

// RFC 8188, 3.1.
TEST(PushVectors, TheContentCodingIsThatOfItsRfc) {
  const Bytes body = seal_record(from_base64url("yqdlZ-tYemfogSmv7Ws5PQ"), from_base64url("I1BsxtFttlv3u_Oo94xnmw"), {},
                                 as_bytes("I am the walrus"), 16);
  EXPECT_EQ(base64url(body), "I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg");
}

// RFC 8291, 5 and appendix A.
TEST(PushVectors, TheMessageEncryptionIsThatOfItsRfc) {
  const auto once = P256Pair::from_secret(from_base64url("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"));
  ASSERT_TRUE(once);
  EXPECT_EQ(base64url(once->public_key().view()),
            "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
  const auto device = P256Pair::from_secret(from_base64url("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"));
  ASSERT_TRUE(device);
  EXPECT_EQ(base64url(device->public_key().view()),
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
  EXPECT_EQ(base64url(*once->agree(device->public_key())), "kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs");
  EXPECT_EQ(once->agree(device->public_key()), device->agree(once->public_key()));
  const Subscription to{.endpoint = {},
                        .p256dh = device->public_key(),
                        .auth = PushSecret::copy_of(from_base64url("BTBZMqHH6r4Tts7J_aSIgg"))};
  const std::string said = "When I grow up, I want to be a watermelon";
  const auto body = seal_for(to, *once, from_base64url("DGv6ra1nlYgDCS1FRnbzlw"), as_bytes(said), said.size() + 1);
  ASSERT_TRUE(body);
  EXPECT_EQ(
      base64url(*body),
      "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3"
      "jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
}

constexpr std::string_view kRfcClaims =
    "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9."
    "eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0";

// RFC 8292, 2.4: its signature holds under its key, and what is signed is byte for byte what we would sign.
TEST(PushVectors, TheTokenIsThatOfItsRfc) {
  const P256Key key = key_in("BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs");
  Bytes signature =
      from_base64url("i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA");
  EXPECT_TRUE(server::verify(key, signature, as_bytes(kRfcClaims)));
  signature[3] ^= 1;
  EXPECT_FALSE(server::verify(key, signature, as_bytes(kRfcClaims)));
  const P256Pair own = P256Pair::make();
  const std::string ours = authorization(own, "https://push.example.net", 1453523768, "mailto:push@example.com");
  EXPECT_TRUE(ours.starts_with("vapid t=" + std::string(kRfcClaims) + ".")) << ours;
  EXPECT_EQ(vouched_contact(ours, own.public_key(), "https://push.example.net", 1453523000), "mailto:push@example.com");
}

TEST(PushVectors, ATokenIsWorthNothingElsewhereLaterOrOfAnotherKey) {
  const P256Pair own = P256Pair::make();
  const std::string token = authorization(own, "https://push.example", 5000, "");
  EXPECT_EQ(vouched_contact(token, own.public_key(), "https://push.example", 4000), "") << "no contact is named";
  EXPECT_FALSE(vouched_contact(token, own.public_key(), "https://other.example", 4000));
  EXPECT_FALSE(vouched_contact(token, own.public_key(), "https://push.example", 5000));
  EXPECT_FALSE(vouched_contact(token, P256Pair::make().public_key(), "https://push.example", 4000));
}

TEST(PushKeys, ComeBackFromTheirSecretHalf) {
  const P256Pair made = P256Pair::make();
  const auto again = P256Pair::from_secret(made.secret());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->public_key(), made.public_key());
  EXPECT_EQ(again->secret(), made.secret());
}

TEST(PushKeys, WhatIsNoSecretHalfIsRefused) {
  EXPECT_FALSE(P256Pair::from_secret(Bytes(32)));
  EXPECT_FALSE(P256Pair::from_secret(Bytes(32, 0xff))) << "beyond the order of the group";
  EXPECT_FALSE(P256Pair::from_secret(Bytes(31, 1)));
}

TEST(PushKeys, APointOffTheCurveIsAgreedOnWithNobody) {
  P256Key off = P256Pair::make().public_key();
  off.bytes[64] ^= 1;
  EXPECT_FALSE(P256Pair::make().agree(off));
  P256Key nothing;
  nothing.bytes[0] = 4;
  EXPECT_FALSE(P256Pair::make().agree(nothing));
  const Subscription to{.endpoint = {}, .p256dh = off, .auth = {}};
  EXPECT_FALSE(seal_for(to, P256Pair::make(), Bytes(16), as_bytes("x"), 2));
}

TEST(PushKeys, ADeviceOpensWhatIsSealedToItAndNobodyElseDoes) {
  const PushDevice device("https://push.example/a");
  const PushDevice other("https://push.example/b");
  Bytes body = *seal_for(device.subscription(), P256Pair::make(), Bytes(16, 7), as_bytes("hello"), 128);
  EXPECT_EQ(body.size(), 16U + 4 + 1 + 65 + 128 + 16);
  EXPECT_EQ(device.open(body), "hello");
  EXPECT_FALSE(other.open(body));
  body.back() ^= 1;
  EXPECT_FALSE(device.open(body));
}

}  // namespace
}  // namespace attune::tests
