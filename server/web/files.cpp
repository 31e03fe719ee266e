#include "server/web/files.h"

#include <algorithm>
#include <array>
#include <utility>

namespace attune::server {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kTypes = {{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".wasm", "application/wasm"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".map", "application/json"},
}};

bool plain(std::string_view target) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
           c == '_' || c == '/';
  };
  return target.starts_with('/') && target.size() < 256 && std::ranges::all_of(target, allowed) &&
         target.find("/.") == std::string_view::npos && target.find("//") == std::string_view::npos;
}

std::string_view type_of(std::string_view target) {
  const std::size_t dot = target.rfind('.');
  if (dot == std::string_view::npos) return {};
  const auto found =
      std::ranges::find(kTypes, target.substr(dot), &std::pair<std::string_view, std::string_view>::first);
  return found == kTypes.end() ? std::string_view{} : found->second;
}

// Does Accept-Encoding name this coding, and not with a weight of zero?
bool accepts(std::string_view header, std::string_view coding) {
  while (!header.empty()) {
    const std::size_t comma = std::min(header.find(','), header.size());
    std::string_view one = header.substr(0, comma);
    header.remove_prefix(std::min(comma + 1, header.size()));
    while (one.starts_with(' ')) one.remove_prefix(1);
    const std::size_t end = std::min(one.find_first_of("; "), one.size());
    if (one.substr(0, end) != coding) continue;
    const std::size_t weight = one.find("q=", end);
    return weight == std::string_view::npos ||
           one.substr(weight + 2).find_first_of("123456789") != std::string_view::npos;
  }
  return false;
}

}  // namespace

std::optional<WebFile> find_web_file(const std::filesystem::path& folder, std::string_view target,
                                     std::string_view accept_encoding) {
  target = target.substr(0, target.find('?'));
  if (target == "/") target = "/index.html";
  if (folder.empty() || !plain(target)) return std::nullopt;
  const std::string_view type = type_of(target);
  if (type.empty()) return std::nullopt;
  const std::filesystem::path file = folder / target.substr(1);
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) return std::nullopt;
  WebFile out{.path = file, .type = type, .encoding = {}, .immutable = target.starts_with("/assets/")};
  for (const auto& [coding, ending] : {std::pair{"br", ".br"}, std::pair{"gzip", ".gz"}}) {
    if (!accepts(accept_encoding, coding)) continue;
    const std::filesystem::path compressed = file.string() + ending;
    if (!std::filesystem::is_regular_file(compressed, error)) continue;
    out.path = compressed;
    out.encoding = coding;
    break;
  }
  return out;
}

std::vector<HttpHeader> strict_headers(bool local) {
  // Another relay than this one may be anybody's: hence https: and wss:. What that costs is in the threat model.
  std::string policy =
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; "
      "font-src 'self'; connect-src 'self' https: wss:";
  if (local) policy += " http://localhost:* ws://localhost:* http://127.0.0.1:* ws://127.0.0.1:*";
  policy +=
      "; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
      "require-trusted-types-for 'script'; trusted-types svelte-trusted-html attune";
  return {
      {"Content-Security-Policy", policy},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Embedder-Policy", "require-corp"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy",
       "accelerometer=(self), autoplay=(), bluetooth=(), camera=(self), display-capture=(), geolocation=(), "
       "gyroscope=(self), "
       "hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=()"},
      {"Referrer-Policy", "no-referrer"},
      {"X-Content-Type-Options", "nosniff"},
  };
}

}  // namespace attune::server
