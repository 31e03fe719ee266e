// What a device can have the relay call, and what it can not.
#include "server/relay/endpoint.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>

#include <array>

namespace attune::tests {
namespace {

using server::is_public;
using server::read_endpoint;

TEST(Endpoint, APushServiceIsCalledAsItsAddressSays) {
  const auto read = read_endpoint("https://Push.Example/v1/abc?x=1", false);
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->secure);
  EXPECT_EQ(read->host, "push.example");
  EXPECT_EQ(read->port, "443");
  EXPECT_EQ(read->target, "/v1/abc?x=1");
  EXPECT_EQ(read->origin, "https://push.example");
  EXPECT_EQ(read_endpoint("https://push.example", false)->target, "/");
  EXPECT_EQ(read_endpoint("https://push.example?a", false)->target, "/?a");
  EXPECT_EQ(read_endpoint("https://push.example:443/", false)->origin, "https://push.example");
  EXPECT_EQ(read_endpoint("https://[2606:4700::1111]/", false)->origin, "https://[2606:4700::1111]");
}

TEST(Endpoint, NothingButTheOpenInternetOverHttpsIsCalled) {
  for (const char* address : {
           "",
           "push.example/x",
           "http://push.example/x",
           "ftp://push.example/x",
           "HTTPS://push.example/x",
           "https://",
           "https:///x",
           "https://push.example/x#part",
           "https://me@push.example/x",
           "https://me:secret@push.example/x",
           "https://push.example:8443/x",
           "https://push.example:22/x",
           "https://push.example:/x",
           "https://push.example:0443/x",
           "https://push_service.example/x",
           "https://push..example/x",
           "https://.example/x",
           "https://localhost/x",
           "https://relay/x",
           "https://relay.localhost/x",
           "https://127.0.0.1/x",
           "https://127.1/x",
           "https://2130706433/x",
           "https://0x7f.0.0.1/x",
           "https://0177.0.0.1/x",
           "https://1.2.3.4./x",
           "https://10.0.0.1/x",
           "https://169.254.169.254/latest",
           "https://[::1]/x",
           "https://[::ffff:127.0.0.1]/x",
           "https://[::127.0.0.1]/x",
           "https://[64:ff9b::7f00:1]/x",
           "https://[fe80::1]/x",
           "https://[fd00::1]/x",
           "https://[::1/x",
           "https://[push.example]/x",
           "https://[::1]x/x",
       }) {
    EXPECT_FALSE(read_endpoint(address, false)) << address;
  }
}

TEST(Endpoint, ForTrialsThisMachineMayBeCalledToo) {
  const auto read = read_endpoint("http://localhost:9000/x", true);
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->secure);
  EXPECT_EQ(read->port, "9000");
  EXPECT_EQ(read->origin, "http://localhost:9000");
  EXPECT_TRUE(read_endpoint("https://127.0.0.1:9000/x", true));
  EXPECT_EQ(read_endpoint("https://[::1]:9000/x", true)->origin, "https://[::1]:9000");
  EXPECT_FALSE(read_endpoint("https://me@localhost:9000/x", true));
  EXPECT_FALSE(read_endpoint("https://localhost:99999/x", true));
}

struct AddressRow {
  const char* address;
  bool open;
};

TEST(Endpoint, OnlyAddressesOfTheOpenInternetAreDialled) {
  for (const AddressRow& row : {
           AddressRow{"1.1.1.1", true},
           {"8.8.8.8", true},
           {"172.15.0.1", true},
           {"172.32.0.1", true},
           {"100.63.0.1", true},
           {"100.128.0.1", true},
           {"192.167.1.1", true},
           {"223.255.255.255", true},
           {"198.20.0.1", true},
           {"0.0.0.0", false},
           {"10.1.2.3", false},
           {"100.64.0.1", false},
           {"100.127.255.255", false},
           {"127.0.0.1", false},
           {"127.255.0.1", false},
           {"169.254.169.254", false},
           {"172.16.0.1", false},
           {"172.31.255.255", false},
           {"192.0.0.8", false},
           {"192.0.2.1", false},
           {"192.88.99.1", false},
           {"192.168.1.1", false},
           {"198.18.0.1", false},
           {"198.19.255.255", false},
           {"198.51.100.1", false},
           {"203.0.113.1", false},
           {"224.0.0.1", false},
           {"255.255.255.255", false},
           {"2606:4700::1111", true},
           {"2a00:1450:4001::1", true},
           {"::", false},
           {"::1", false},
           {"::ffff:10.0.0.1", false},
           {"::ffff:1.1.1.1", true},
           {"64:ff9b::a00:1", false},
           {"64:ff9b::101:101", true},
           {"64:ff9b:1::1", false},
           {"100::1", false},
           {"2001::1", false},
           {"2001:db8::1", false},
           {"2002:a00:1::", false},
           {"3fff:1::1", false},
           {"fc00::1", false},
           {"fe80::1", false},
           {"ff02::1", false},
       }) {
    std::array<std::uint8_t, 16> raw{};
    const bool v4 = ::inet_pton(AF_INET, row.address, raw.data()) == 1;
    if (!v4) ASSERT_EQ(::inet_pton(AF_INET6, row.address, raw.data()), 1) << row.address;
    EXPECT_EQ(is_public(std::span(raw).first(v4 ? 4 : 16)), row.open) << row.address;
  }
  EXPECT_FALSE(is_public({}));
}

}  // namespace
}  // namespace attune::tests
