#include "attune/schema/json.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace attune::schema {

namespace {

std::span<const Choice> choices(const Layout& layout) {
  return {static_cast<const Choice*>(layout.parts), layout.count};
}

/// Layouts lead to values that are only read by functions that could also write to them.
void* ours(const void* value) { return const_cast<void*>(value); }  // NOLINT

template <class Integer>
Integer number(const void* value) {
  Integer out{};
  std::memcpy(&out, value, sizeof(out));
  return out;
}

Json whole(const void* value, const Layout& layout) {
  switch (layout.size) {
    case 1: return layout.is_signed ? Json(number<std::int8_t>(value)) : Json(number<std::uint8_t>(value));
    case 2: return layout.is_signed ? Json(number<std::int16_t>(value)) : Json(number<std::uint16_t>(value));
    case 4: return layout.is_signed ? Json(number<std::int32_t>(value)) : Json(number<std::uint32_t>(value));
    default: return layout.is_signed ? Json(number<std::int64_t>(value)) : Json(number<std::uint64_t>(value));
  }
}

bool read_choice(std::string_view name, void* into, const Layout& layout) {
  for (const Choice& choice : choices(layout)) {
    if (kebab(choice.name) != name) continue;
    std::memcpy(into, &choice.value, 1);
    return true;
  }
  return false;
}

bool read_list(const Json& from, void* into, const Layout& layout) {
  layout.clear(into);
  for (const Json& item : from) {
    if (!read(item, layout.grow(into), *layout.of)) return false;
  }
  return true;
}

bool read_fields(const Json& from, void* into, const Layout& layout) {
  bool good = true;
  for (const Member& member : members(layout)) {
    const auto at = from.find(member.name);
    if (at == from.end()) {
      good = good && member.layout->form == Form::optional;
    } else {
      good = good && read(*at, member.in(into), *member.layout);
    }
  }
  if (layout.bound != nullptr) layout.bound(into);
  return good;
}

}  // namespace

std::string kebab(std::string_view name) {
  std::string out(name);
  if (out.ends_with('_')) out.pop_back();
  std::ranges::replace(out, '_', '-');
  return out;
}

Json to_json(const void* value, const Layout& layout) {
  switch (layout.form) {
    case Form::json: return *static_cast<const Json*>(value);
    case Form::text: return *static_cast<const std::string*>(value);
    case Form::flag: return *static_cast<const bool*>(value);
    case Form::whole: return whole(value, layout);
    case Form::bytes: return crypto::to_base64(*static_cast<const Bytes*>(value));
    case Form::fixed: return crypto::to_base64({static_cast<const std::uint8_t*>(value), layout.size});
    case Form::optional: {
      const void* inside = layout.inside(ours(value));
      return inside == nullptr ? Json(nullptr) : to_json(inside, *layout.of);
    }
    case Form::list: {
      Json out = Json::array();
      const Items items = layout.items(ours(value));
      const auto* at = static_cast<const std::uint8_t*>(items.first);
      for (std::size_t i = 0; i < items.count; ++i) out.push_back(to_json(at + i * layout.size, *layout.of));
      return out;
    }
    case Form::choice: {
      const auto known = std::ranges::find(choices(layout), number<std::uint8_t>(value), &Choice::value);
      return known == choices(layout).end() ? "unknown" : kebab(known->name);
    }
    case Form::fields: break;
  }
  Json out = Json::object();
  for (const Member& member : members(layout)) out[member.name] = to_json(member.in(ours(value)), *member.layout);
  return out;
}

bool read(const Json& from, void* into, const Layout& layout) {
  switch (layout.form) {
    case Form::json: *static_cast<Json*>(into) = from; return true;
    case Form::flag:
      if (!from.is_boolean()) return false;
      *static_cast<bool*>(into) = from.get<bool>();
      return true;
    case Form::whole:
      if (from.is_number_unsigned()) return put_whole(from.get<std::uint64_t>(), into, layout);
      return from.is_number_integer() && put_whole(from.get<std::int64_t>(), into, layout);
    case Form::optional: layout.clear(into); return from.is_null() || read(from, layout.grow(into), *layout.of);
    case Form::list: return from.is_array() && read_list(from, into, layout);
    case Form::fields: return from.is_object() && read_fields(from, into, layout);
    case Form::text:
    case Form::bytes:
    case Form::fixed:
    case Form::choice: break;
  }
  if (!from.is_string()) return false;
  const auto& text = from.get_ref<const std::string&>();
  if (layout.form == Form::text) {
    *static_cast<std::string*>(into) = text;
    return true;
  }
  if (layout.form == Form::choice) return read_choice(text, into, layout);
  if (layout.form == Form::fixed) return crypto::from_base64(text, {static_cast<std::uint8_t*>(into), layout.size});
  auto bytes = crypto::from_base64(text);
  if (!bytes) return false;
  *static_cast<Bytes*>(into) = std::move(*bytes);
  return true;
}

Result<Json> only_known(const Json& from, const Made& made) {
  std::vector<std::max_align_t> room(made.size / sizeof(std::max_align_t) + 1);
  made.make(room.data());
  const bool good = read(from, room.data(), *made.layout);
  Result<Json> out = refuse(kBadJson);
  if (good) out = to_json(room.data(), *made.layout);
  made.end(room.data());
  return out;
}

bool shallow(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kMaxDepth) return false;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return true;
}

Result<Json> parse(std::string_view text) {
  if (!shallow(text)) return refuse(kBadJson);
  Json out = Json::parse(text.begin(), text.end(), nullptr, false);
  if (out.is_discarded()) return refuse(kBadJson);
  return out;
}

std::string text(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace attune::schema
