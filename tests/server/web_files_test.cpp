// Which file answers which request, and what every answer says about itself.
#include "server/web/files.h"

#include <algorithm>

#include "server/folder.h"

namespace attune::tests {
namespace {

using namespace server;

struct Site {
  Folder folder;
  Site() {
    std::filesystem::create_directories(folder.path() / "web" / "assets");
    std::ofstream(folder.path() / "secret.txt") << "secret";
    for (const char* name :
         {"index.html", "sw.js", "manifest.webmanifest", "assets/app-1a2b.js", "assets/app-1a2b.js.br",
          "assets/app-1a2b.js.gz", "assets/core-99.wasm", "assets/core-99.wasm.gz", ".hidden.txt", "data"}) {
      std::ofstream(web() / name) << name;
    }
  }
  [[nodiscard]] std::filesystem::path web() const { return folder.path() / "web"; }
  [[nodiscard]] std::optional<WebFile> find(std::string_view target, std::string_view accept = {}) const {
    return find_web_file(web(), target, accept);
  }
};

TEST(WebFiles, TheDoorIsTheIndex) {
  const Site site;
  ASSERT_TRUE(site.find("/"));
  EXPECT_EQ(site.find("/")->path, site.web() / "index.html");
  EXPECT_EQ(site.find("/")->type, "text/html; charset=utf-8");
  EXPECT_EQ(site.find("/?source=home")->path, site.web() / "index.html");
}

TEST(WebFiles, OnlyHashedFilesAreKeptForEver) {
  const Site site;
  EXPECT_TRUE(site.find("/assets/app-1a2b.js")->immutable);
  for (const char* target : {"/", "/sw.js", "/manifest.webmanifest"})
    EXPECT_FALSE(site.find(target)->immutable) << target;
}

TEST(WebFiles, TheBestFormTheBrowserTakes) {
  const Site site;
  EXPECT_EQ(site.find("/assets/app-1a2b.js", "gzip, deflate, br")->encoding, "br");
  EXPECT_EQ(site.find("/assets/app-1a2b.js", "gzip, br;q=0")->encoding, "gzip");
  EXPECT_EQ(site.find("/assets/app-1a2b.js", "br;q=0.5")->encoding, "br");
  EXPECT_EQ(site.find("/assets/app-1a2b.js", "brotli")->encoding, "");
  EXPECT_EQ(site.find("/assets/app-1a2b.js")->encoding, "");
  EXPECT_EQ(site.find("/assets/core-99.wasm", "br, gzip")->encoding, "gzip");
  EXPECT_EQ(site.find("/assets/core-99.wasm", "br, gzip")->type, "application/wasm");
}

TEST(WebFiles, NothingElseIsThere) {
  const Site site;
  for (const char* target : {"/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "//secret.txt",
                             "/.hidden.txt", "/data", "/assets", "/assets/", "/none.js", "secret.txt", "",
                             "/assets/app-1a2b.js.br", "/assets/./app-1a2b.js", "/index.html\\..\\x.js"}) {
    EXPECT_FALSE(site.find(target)) << target;
  }
  EXPECT_FALSE(find_web_file({}, "/", {}));
  EXPECT_FALSE(site.find(std::string(300, '/') + ".js"));
}

std::string header(const std::vector<HttpHeader>& headers, std::string_view name) {
  const auto found = std::ranges::find(headers, name, &HttpHeader::name);
  return found == headers.end() ? std::string() : found->value;
}

TEST(WebFiles, ThePolicyAllowsNothingUnsafeButWebAssembly) {
  for (const bool loopback : {true, false}) {
    const auto headers = strict_headers(loopback);
    std::string policy = header(headers, "Content-Security-Policy");
    EXPECT_TRUE(policy.starts_with("default-src 'none'"));
    EXPECT_NE(policy.find("require-trusted-types-for 'script'"), std::string::npos);
    EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
    const std::size_t wasm = policy.find("'wasm-unsafe-eval'");
    ASSERT_NE(wasm, std::string::npos);
    policy.erase(wasm, 18);
    EXPECT_EQ(policy.find("unsafe"), std::string::npos);
    EXPECT_EQ(policy.find("http:") != std::string::npos, loopback);
    for (const char* name :
         {"Cross-Origin-Opener-Policy", "Cross-Origin-Embedder-Policy", "Cross-Origin-Resource-Policy",
          "Permissions-Policy", "Referrer-Policy", "X-Content-Type-Options"}) {
      EXPECT_NE(header(headers, name), "") << name;
    }
  }
}

}  // namespace
}  // namespace attune::tests
