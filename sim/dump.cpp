#include "sim/dump.h"

#include <filesystem>
#include <fstream>

#include "attune/client/shown.h"

namespace attune::sim {

namespace {

Bytes rows_blob(const Device& device) {
  Writer out;
  for (const auto& [key, value] : device.disk()) {
    out.number(static_cast<std::uint16_t>(key.size())).bytes(as_bytes(key)).sized(value);
  }
  return std::move(out).take();
}

bool write(const std::filesystem::path& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  return static_cast<bool>(file);
}

}  // namespace

bool dump(const Device& device, Now now, const std::string& folder) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  std::vector<Row> rows;
  for (const auto& [key, value] : device.disk()) rows.push_back({.key = key, .value = value});
  Dice dice(1);
  auto core = Core::open(std::move(rows), now, [&dice](std::span<std::uint8_t> out) { dice.fill(out); });
  if (!core) return false;
  Json views = Json::array();
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, client::Views>>(
      [&]<class V>(boost::mp11::mp_identity<V>) {
        const Json args = V::kName == "draft" ? Json{{"key", "half"}} : Json::object();
        views.push_back({{"name", V::kName}, {"args", args}, {"reply", core->view(V::kName, schema::text(args), now)}});
      });
  const Json all = {{"now", now.ms}, {"offset", now.offset_minutes}, {"views", views}};
  const std::filesystem::path path(folder);
  return write(path / "rows.bin", as_text(rows_blob(device))) && write(path / "views.json", schema::text(all));
}

}  // namespace attune::sim
