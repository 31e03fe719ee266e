#include "attune/log/reading.h"

#include <ranges>

namespace attune::log {

namespace {

using schema::Json;

constexpr std::size_t kMineSkeletonText = crypto::kMineSkeleton - crypto::kTagSize - 4;
constexpr std::size_t kMineContentText = crypto::kMineContent - crypto::kTagSize - 4;
// Escaped twice at worst it still fits one record. An event may be written over hours, by one build after another: this
// never changes.
constexpr std::size_t kPieceText = 1400;

Json item_json(const NewEvent& event) {
  Json out = {{"id", crypto::to_base64(event.id.view())}, {"k", event.kind}, {"v", event.version}, {"f", event.fields}};
  if (event.needed) out["n"] = true;
  return out;
}

std::optional<Item> read_item(const Json& json) {
  if (!json.is_object()) return std::nullopt;
  Item item;
  const auto id = json.find("id");
  if (id == json.end() || !schema::read(*id, item.id)) return std::nullopt;
  if (const auto piece = json.find("p"); piece != json.end()) {
    std::vector<std::uint32_t> place;
    if (!schema::read(*piece, place) || place.size() != 2 || place[0] >= place[1] || place[1] > 256)
      return std::nullopt;
    item.piece = place[0];
    item.pieces = place[1];
    if (item.piece + 1 < item.pieces) return item;
  }
  const auto kind = json.find("k");
  const auto version = json.find("v");
  const auto fields = json.find("f");
  if (kind == json.end() || version == json.end() || fields == json.end()) return std::nullopt;
  if (!schema::read(*kind, item.kind) || !schema::read(*version, item.version) || !fields->is_object() ||
      item.kind.empty()) {
    return std::nullopt;
  }
  item.fields = *fields;
  const auto needed = json.find("n");
  item.needed = needed != json.end() && *needed == true;
  return item;
}

std::optional<Place> read_place(const Json& json) {
  if (!json.is_array() || json.size() != 3) return std::nullopt;
  Place place;
  if (!schema::read(json[0], place.stream) || !schema::read(json[1], place.position) ||
      !schema::read(json[2], place.history)) {
    return std::nullopt;
  }
  return place;
}

/// A record of *mine* being filled.
struct Filling {
  Json items = Json::array();
  Json contents = Json::array();
  Json place;

  [[nodiscard]] std::string skeleton() const { return schema::text({{"o", place}, {"e", items}}); }
  [[nodiscard]] bool fits(const Json& item, const Json& content) const {
    Filling with = *this;
    with.items.push_back(item);
    with.contents.push_back(content);
    return with.skeleton().size() <= kMineSkeletonText && schema::text(with.contents).size() <= kMineContentText;
  }
  void add(const Json& item, const Json& content) {
    items.push_back(item);
    contents.push_back(content);
  }
  [[nodiscard]] Plain plain() const {
    return {.skeleton = skeleton(),
            .content = schema::text(contents),
            .skeleton_size = crypto::kMineSkeleton,
            .content_size = crypto::kMineContent};
  }
};

/// Cuts text into pieces that never split a UTF-8 sequence.
std::vector<std::string> cut(const std::string& text, std::size_t most) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t n = std::min(most, text.size() - at);
    while (at + n < text.size() && (static_cast<unsigned char>(text[at + n]) & 0xC0U) == 0x80U) --n;
    out.push_back(text.substr(at, n));
    at += n;
  }
  return out;
}

/// An item of a record and its content.
using Part = std::pair<Json, Json>;

std::vector<Part> in_pieces(const NewEvent& event) {
  const Json item = item_json(event);
  const std::vector<std::string> texts = cut(schema::text(event.content), kPieceText);
  std::vector<Part> out;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    Json piece = i + 1 == texts.size() ? item : Json{{"id", item["id"]}};
    piece["p"] = Json{i, texts.size()};
    out.emplace_back(std::move(piece), texts[i]);
  }
  return out;
}

/// The event as the parts of records: whole if one record holds it.
std::vector<Part> parts_of(const NewEvent& event, const Json& place) {
  Filling alone;
  alone.place = place;
  Json item = item_json(event);
  if (!alone.fits(item, event.content)) return in_pieces(event);
  return {Part(std::move(item), event.content)};
}

}  // namespace

Result<Skeleton> read_skeleton(wire::StreamKind kind, std::string_view text) {
  const auto json = schema::parse(text);
  if (!json) return refuse(kUnreadable);
  Skeleton out;
  if (kind == wire::StreamKind::ours) {
    auto item = read_item(*json);
    if (!item || item->pieces != 1) return refuse(kUnreadable);
    out.items.push_back(std::move(*item));
    return out;
  }
  if (!json->is_object()) return refuse(kUnreadable);
  const auto items = json->find("e");
  if (items == json->end() || !items->is_array()) return refuse(kUnreadable);
  if (const auto place = json->find("o"); place != json->end()) out.ours = read_place(*place);
  for (const Json& each : *items) {
    auto item = read_item(each);
    if (!item) return refuse(kUnreadable);
    out.items.push_back(std::move(*item));
  }
  return out;
}

namespace {

/// {"f":{…},"id":"…","k":"…"[,"n":true],"v":1} in any order, and nothing else in it.
bool scan_item(schema::Scan& scan, ItemSeen& item) {
  bool has_id = false;
  bool has_kind = false;
  bool has_version = false;
  bool has_needed = false;
  if (!scan.take('{')) return false;
  do {
    std::string_view key;
    std::uint64_t version = 0;
    if (!scan.text(key) || !scan.take(':')) return false;
    if (key == "f" && item.text.empty()) {
      if (!scan.flat_object(item.text)) return false;
    } else if (key == "id" && !has_id) {
      has_id = true;
      if (!scan.value(item.id)) return false;
    } else if (key == "k" && !has_kind) {
      has_kind = true;
      if (!scan.text(item.kind) || item.kind.empty()) return false;
    } else if (key == "n" && !has_needed) {
      has_needed = true;
      if (!scan.value(item.needed)) return false;
    } else if (key == "v" && !has_version) {
      has_version = true;
      if (!scan.number(version) || !std::in_range<std::uint32_t>(version)) return false;
      item.version = static_cast<std::uint32_t>(version);
    } else {
      return false;
    }
  } while (scan.take(','));
  return scan.take('}') && has_id && has_kind && has_version && !item.text.empty();
}

bool scan_place(schema::Scan& scan, std::optional<Place>& into) {
  if (scan.take("null")) return true;
  Place& place = into.emplace();
  return scan.take('[') && scan.value(place.stream) && scan.take(',') && scan.value(place.position) && scan.take(',') &&
         scan.value(place.history) && scan.take(']');
}

}  // namespace

bool SkeletonReader::scan(wire::StreamKind kind, std::string_view text) {
  schema::Scan scan(text);
  if (kind == wire::StreamKind::ours) return scan_item(scan, items_.emplace_back()) && scan.finished();
  if (!scan.take("{\"e\":[")) return false;
  if (!scan.take(']')) {
    do {
      if (!scan_item(scan, items_.emplace_back())) return false;
    } while (scan.take(','));
    if (!scan.take(']')) return false;
  }
  return scan.take(",\"o\":") && scan_place(scan, ours_) && scan.take('}') && scan.finished();
}

Result<> SkeletonReader::read(wire::StreamKind kind, std::string_view text) {
  items_.clear();
  ours_.reset();
  if (scan(kind, text)) return {};
  items_.clear();
  TRY(parsed, read_skeleton(kind, text));
  parsed_ = std::move(parsed);
  ours_ = parsed_.ours;
  for (const Item& item : parsed_.items) {
    items_.push_back({.id = item.id,
                      .kind = item.kind,
                      .version = item.version,
                      .needed = item.needed,
                      .fields = &item.fields,
                      .text = {},
                      .piece = item.piece,
                      .pieces = item.pieces});
  }
  return {};
}

Result<nlohmann::json> read_content(wire::StreamKind kind, std::string_view text, std::size_t index) {
  auto json = schema::parse(text);
  if (!json) return refuse(kUnreadable);
  if (kind == wire::StreamKind::ours) return std::move(*json);
  if (!json->is_array() || index >= json->size()) return refuse(kUnreadable);
  return std::move((*json)[index]);
}

Plain plain_ours(const NewEvent& event) {
  std::string content = schema::text(event.content);
  const std::size_t size =
      event.size == Size::sealed ? crypto::kSealedContent : crypto::ours_content_size(content.size());
  std::string skeleton = schema::text(item_json(event));
  const std::size_t skeleton_size = crypto::ours_content_size(skeleton.size());
  return {.skeleton = std::move(skeleton),
          .content = std::move(content),
          .skeleton_size = skeleton_size,
          .content_size = size};
}

std::vector<Plain> plain_mine(const std::vector<NewEvent>& events, const std::optional<Place>& ours,
                              const std::vector<Unhurried>& unhurried) {
  std::vector<Plain> out;
  Filling now;
  const Json place =
      ours ? Json{crypto::to_base64(ours->stream.view()), ours->position, crypto::to_base64(ours->history.view())}
           : Json(nullptr);
  now.place = place;
  for (const NewEvent& event : events) {
    for (const auto& [item, content] : parts_of(event, place)) {
      if (!now.fits(item, content) && !now.items.empty()) {
        out.push_back(now.plain());
        now = Filling{};
        now.place = place;
      }
      now.add(item, content);
    }
  }
  bool room = true;
  for (const Unhurried& each : unhurried) {
    // What was begun in pieces goes on in pieces.
    const std::vector<Part> parts = each.pieces_there > 0 ? in_pieces(each.event) : parts_of(each.event, place);
    for (const auto& [item, content] : parts | std::views::drop(static_cast<std::ptrdiff_t>(each.pieces_there))) {
      room = room && now.fits(item, content);
      if (room) now.add(item, content);
    }
  }
  out.push_back(now.plain());
  return out;
}

}  // namespace attune::log
