#include "server/texts/texts.h"

#include <cassert>
#include <nlohmann/json.hpp>

namespace attune::server {

namespace {

const nlohmann::json& texts() {
  static const unsigned char raw[] = {
#include "server/texts.inc"
  };
  static const nlohmann::json parsed = nlohmann::json::parse(reinterpret_cast<const char*>(raw), nullptr, false);
  assert(parsed.is_object());
  return parsed;
}

}  // namespace

std::string say(std::string_view key, std::initializer_list<Filling> fillings) {
  const auto found = texts().find(std::string(key));
  if (found == texts().end()) return std::string(key);
  std::string out = found->get<std::string>();
  for (const auto& [name, value] : fillings) {
    const std::string place = "{" + std::string(name) + "}";
    for (std::size_t at = out.find(place); at != std::string::npos; at = out.find(place, at + value.size())) {
      out.replace(at, place.size(), value);
    }
  }
  return out;
}

}  // namespace attune::server
