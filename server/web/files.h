// The web app as files: which file answers a request, as what, and how long it may be kept.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attune::server {

struct WebFile {
  std::filesystem::path path;  ///< the plain or the compressed form
  std::string_view type;
  std::string_view encoding;   ///< "br", "gzip" or empty
  bool immutable = false;      ///< its name carries its hash
};

/// The file for a request's target, in the best form the browser accepts. Targets are taken literally: no escapes, no
/// dot files, nothing outside of `folder`. None: there is no such file.
std::optional<WebFile> find_web_file(const std::filesystem::path& folder, std::string_view target,
                                     std::string_view accept_encoding);

struct HttpHeader {
  std::string name;
  std::string value;
};

/// The headers every answer carries. `local`: the app may reach other ports of this machine, too.
std::vector<HttpHeader> strict_headers(bool local);

}  // namespace attune::server
