#include "sim/inside.h"

#include <cstdio>
#include <cstdlib>

namespace attune::sim {

namespace {

[[noreturn]] void give_up(const Device& device, const char* why) {
  std::fprintf(stderr, "%s: %s\n", device.name().c_str(), why);
  std::abort();
}

/// A long event of *mine* lies in pieces: texts to be joined.
struct Pieces {
  std::string joined;
  bool whole = true;
};

}  // namespace

std::uint8_t Inside::person() const {
  const wire::Seat* seat = ours ? ours->table().seat(keys.sign) : nullptr;
  return seat == nullptr ? std::uint8_t{0} : seat->member.person;
}

std::unique_ptr<log::Stream> look_at_stream(const Device& device, const StreamId& id, const crypto::DeviceKeys& keys) {
  auto stream = std::make_unique<log::Stream>(id);
  std::vector<Bytes> raw;
  for (std::uint64_t at = 0;; ++at) {
    const auto row = device.disk().find(client::record_row(id, at));
    if (row == device.disk().end()) break;
    raw.push_back(row->second);
  }
  auto batch = stream->check(raw);
  if (!batch) give_up(device, "its disk holds a stream that does not pass");
  stream->admit(std::move(*batch));
  // Boxes that do not open are for another key; what stays closed is what its owner can not read either.
  [[maybe_unused]] const auto unlocked = stream->unlock(keys);
  return stream;
}

Inside look_inside(const Device& device) {
  const auto wrap = device.disk().find("wrap");
  const auto profile = device.disk().find("profile");
  if (wrap == device.disk().end() || profile == device.disk().end()) give_up(device, "nothing begun here");
  const client::Vault vault{crypto::Key(wrap->second)};
  const auto json = vault.open("profile", profile->second);
  Inside out;
  if (!json || !schema::read(*json, out.profile)) give_up(device, "its profile can not be read");
  out.keys = crypto::DeviceKeys::from(out.profile.sign_seed.view(), out.profile.box_secret.view());
  if (out.profile.mine) out.mine = look_at_stream(device, *out.profile.mine, out.keys);
  if (out.profile.ours) out.ours = look_at_stream(device, *out.profile.ours, out.keys);
  return out;
}

std::vector<Said> everything_said(const log::Stream& stream, wire::StreamKind kind) {
  std::vector<Said> out;
  std::map<std::pair<SignKey, std::string>, Pieces> unfinished;
  for (const log::Held& held : stream.records()) {
    const wire::Header& header = held.record.header;
    const crypto::Key* key = stream.key(header.epoch);
    if (header.cls != wire::Class::event || held.voided || key == nullptr) continue;
    const auto skeleton = log::open_skeleton(stream.id(), held.record, key->view());
    if (!skeleton) continue;
    const auto content = log::open_content(stream.id(), held.record, key->view());
    const Json said = Json::parse(*skeleton);
    const Json written = content ? Json::parse(*content) : Json();
    const Json items = kind == wire::StreamKind::ours ? Json::array({said}) : said["e"];
    for (std::size_t i = 0; i < items.size(); ++i) {
      const Json& item = items[i];
      Json mine = kind == wire::StreamKind::ours ? written : written.is_array() ? written[i] : Json();
      const std::string id = item["id"];
      if (item.contains("p")) {
        Pieces& pieces = unfinished[{header.author, id}];
        if (mine.is_string()) {
          pieces.joined += mine.get<std::string>();
        } else {
          pieces.whole = false;
        }
        if (item["p"][0].get<int>() + 1 < item["p"][1].get<int>()) continue;
        mine = pieces.whole ? Json::parse(pieces.joined) : Json();
        unfinished.erase({header.author, id});
      }
      out.push_back({.position = header.position,
                     .person = stream.table().seat(header.author)->member.person,
                     .author = header.author,
                     .id = id,
                     .kind = item["k"],
                     .fields = item["f"],
                     .content = mine});
    }
  }
  return out;
}

std::string readable_text(const Inside& inside) {
  std::string out;
  for (const Said& said : everything_said(*inside.ours, wire::StreamKind::ours)) {
    out += said.kind + said.fields.dump() + said.content.dump();
  }
  return out;
}

}  // namespace attune::sim
