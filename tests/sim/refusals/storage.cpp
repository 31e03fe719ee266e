// A device's own disk, damaged or of a newer version.
#include "attune/client/errors.h"
#include "attune/client/rows.h"
#include "attune/crypto/keys.h"
#include "tests/sim/refusals/row.h"

namespace attune::sim::refusals {

void add_storage_rows(std::vector<Row>& rows) {
  const auto row = [&](const ErrorCode& expected, const char* what,
                       std::function<void(Couple&, std::map<std::string, Bytes>&)> damage) {
    rows.push_back({expected, what, [damage = std::move(damage)](Couple& c, bool broken) {
                      c.start();
                      auto disk = c.sam.disk();
                      if (broken) damage(c, disk);
                      std::vector<attune::Row> stored;
                      for (const auto& [key, value] : disk) stored.push_back({.key = key, .value = value});
                      const auto opened = Core::open(std::move(stored), c.world.now(),
                                                     [&c](std::span<std::uint8_t> out) { c.world.dice().fill(out); });
                      return opened ? std::string() : std::string(opened.error().name());
                    }});
  };
  row(client::kStorageNewer, "DataOfANewerVersion", [](Couple&, auto& disk) { disk["format"][0] = 2; });
  row(client::kStorageCorrupt, "DataOfNoVersion", [](Couple&, auto& disk) { disk.erase("format"); });
  row(client::kStorageCorrupt, "AVersionCutOff", [](Couple&, auto& disk) { disk["format"].pop_back(); });
  row(client::kStorageCorrupt, "NoKeyToTheData", [](Couple&, auto& disk) { disk.erase("wrap"); });
  row(client::kStorageCorrupt, "AKeyCutOff", [](Couple&, auto& disk) { disk["wrap"].pop_back(); });
  row(client::kStorageCorrupt, "AnotherKey", [](Couple&, auto& disk) { disk["wrap"][0] ^= 1; });
  row(client::kStorageCorrupt, "AChangedRow", [](Couple&, auto& disk) { disk["profile"].back() ^= 1; });
  row(client::kStorageCorrupt, "ARowInThePlaceOfAnother", [](Couple&, auto& disk) { disk["local"] = disk["profile"]; });
  row(client::kStorageCorrupt, "ARowOfAnotherForm", [](Couple& c, auto& disk) {
    const client::Vault vault{crypto::Key(disk["wrap"])};
    disk["profile"] =
        vault.seal("profile", Json::array(), [&c](std::span<std::uint8_t> out) { c.world.dice().fill(out); });
  });
  row(client::kStorageCorrupt, "AChangedRecord",
      [](Couple&, auto& disk) { disk.lower_bound("r/")->second.back() ^= 1; });
  row(client::kStorageCorrupt, "AStreamLost", [](Couple&, auto& disk) {
    std::erase_if(disk, [](const auto& entry) { return entry.first.starts_with("r/"); });
  });
}

}  // namespace attune::sim::refusals
