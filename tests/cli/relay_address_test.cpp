#include "cli/relay_address.h"

#include <gtest/gtest.h>

namespace attune::cli {
namespace {

TEST(RelayAddress, IsTakenApartForDialling) {
  const auto plain = parse_relay_address("http://localhost:8420");
  ASSERT_TRUE(plain);
  EXPECT_FALSE(plain->tls);
  EXPECT_EQ(plain->host, "localhost");
  EXPECT_EQ(plain->port, "8420");
  EXPECT_EQ(plain->host_line, "localhost:8420");
  const auto secure = parse_relay_address("https://attune.example");
  ASSERT_TRUE(secure);
  EXPECT_TRUE(secure->tls);
  EXPECT_EQ(secure->port, "443");
  EXPECT_EQ(secure->host_line, "attune.example");
  const auto six = parse_relay_address("http://[::1]:9");
  ASSERT_TRUE(six);
  EXPECT_EQ(six->host, "::1");
  EXPECT_EQ(six->host_line, "[::1]:9");
}

TEST(RelayAddress, WithoutEncryptionIsForThisMachineOnly) {
  EXPECT_FALSE(parse_relay_address("http://attune.example"));
  EXPECT_FALSE(parse_relay_address("http://192.168.1.2:8420"));
  EXPECT_TRUE(parse_relay_address("http://127.0.0.1:8420"));
}

TEST(RelayAddress, ThatIsNoneIsRefused) {
  for (const char* text : {"", "attune.example", "ftp://attune.example", "https://", "https://:443", "https://a b",
                           "https://a:0", "https://a:65536", "https://a:12x", "https://a/path", "https://[::1",
                           "https://user@host", "https://host\r\nX: y"}) {
    EXPECT_FALSE(parse_relay_address(text)) << text;
  }
}

}  // namespace
}  // namespace attune::cli
