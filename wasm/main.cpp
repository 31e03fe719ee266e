// The boundary to the browser: flat functions, bytes in, bytes out. Everything else is tested natively.
//
//   attune_alloc(n) → place · attune_free(place) · attune_call(op, place, n) → place of: length u32 ‖ bytes
//
//   op              input                                             output
//   1 open          now ‖ rows                                        reply JSON
//   2 command       now ‖ {"name","args","hold"}                      reply JSON
//   3 view          now ‖ {"name","args"}                             reply JSON
//   4 connected · 5 disconnected · 7 tick    now                      reply JSON
//   6 frame         now ‖ bytes                                       reply JSON
//   8 effects                                                         count u32 ‖ (type u8 ‖ length u32 ‖ body)…
//   9 rows          rows, for the open that follows                   reply JSON
//  10 open early    rows                                              reply JSON
//
// A log of ten years is handed over in several calls of 9, so that its bytes are here twice only in part. After 10 went
// well the rows of 9 are what was not among its own; then only views may be asked for, until 1 makes the opening whole.
//
//   now   ms i64 ‖ offset minutes i32
//   rows  (key length u16 ‖ key ‖ value length u32, all ones: delete ‖ value)…
//   effects  1 store (rows) · 2 dial (relay address) · 3 hang up · 4 send (frame) · 5 changed · 6 alarm (ms i64)
#include <sodium.h>

#include <cstdlib>
#include <memory>
#include <utility>

#include "attune/core.h"
#include "attune/schema/json.h"
#include "wasm/rows.h"

namespace {

using namespace attune;  // NOLINT: one small file

std::unique_ptr<Core>& core() {
  static std::unique_ptr<Core> instance;
  return instance;
}

Now read_now(Reader& in) {
  Now now;
  now.ms = in.number<std::int64_t>();
  now.offset_minutes = in.number<std::int32_t>();
  return now;
}

struct EffectBody {
  std::uint8_t type = 0;
  Bytes body;
};

EffectBody write_effect(const Effect& effect) {
  if (const auto* store = std::get_if<effect::Store>(&effect)) return {1, write_rows(store->rows)};
  if (const auto* dial = std::get_if<effect::Dial>(&effect)) return {2, Bytes(dial->relay.begin(), dial->relay.end())};
  if (std::holds_alternative<effect::HangUp>(effect)) return {3, {}};
  if (const auto* send = std::get_if<effect::Send>(&effect)) return {4, send->frame};
  if (const auto* alarm = std::get_if<effect::Alarm>(&effect)) {
    Writer at;
    at.number(alarm->at_ms);
    return {6, std::move(at).take()};
  }
  return {5, {}};
}

Bytes take_effects() {
  const std::vector<Effect> effects = core() ? core()->take_effects() : std::vector<Effect>{};
  Writer out;
  out.number(static_cast<std::uint32_t>(effects.size()));
  for (const Effect& effect : effects) {
    const EffectBody each = write_effect(effect);
    out.number(each.type).sized(each.body);
  }
  return std::move(out).take();
}

Bytes text(std::string_view json) { return Bytes(json.begin(), json.end()); }

Bytes refusal(std::string_view code) { return text(schema::text({{"ok", false}, {"code", code}})); }

void fill_random(std::span<std::uint8_t> out) { randombytes_buf(out.data(), out.size()); }

std::vector<Row>& handed_over() {
  static std::vector<Row> rows;
  return rows;
}

/// The core is opened early and waits for the rest of its rows.
bool& early() {
  static bool value = false;
  return value;
}

Bytes done() { return text(R"({"ok":true,"value":null})"); }

Bytes take_rows(Reader& in) {
  read_rows(in, handed_over());
  if (early()) core()->hand_over(std::exchange(handed_over(), {}));
  return done();
}

Bytes take_up(Result<Core> opened) {
  if (!opened) return refusal(opened.error().name());
  core() = std::make_unique<Core>(std::move(*opened));
  return done();
}

Bytes open(Reader& in) {
  const Now now = read_now(in);
  if (std::exchange(early(), false)) {
    const auto whole = core()->open_whole(now);
    if (whole) return done();
    core().reset();
    return refusal(whole.error().name());
  }
  read_rows(in, handed_over());
  return take_up(Core::open(std::exchange(handed_over(), {}), now, fill_random));
}

Bytes open_early(Reader& in) {
  read_rows(in, handed_over());
  const Bytes out = take_up(Core::open_early(std::exchange(handed_over(), {}), fill_random));
  early() = core() != nullptr;
  return out;
}

/// A command or a view by name.
Bytes ask(Reader& in, bool command) {
  const Now now = read_now(in);
  const auto json = schema::parse(as_text(in.bytes(in.left())));
  if (!json || !json->is_object() || !json->contains("name") || !(*json)["name"].is_string()) {
    return refusal("bad-arguments");
  }
  const std::string name = (*json)["name"].get<std::string>();
  const std::string args = json->contains("args") ? schema::text((*json)["args"]) : "{}";
  if (!command) return text(core()->view(name, args, now));
  std::int64_t hold = 0;
  if (json->contains("hold") && !schema::read((*json)["hold"], hold)) return refusal("bad-arguments");
  return text(core()->command(name, args, hold, now));
}

Bytes call(std::uint32_t op, Reader in) {
  if (op == 1) return open(in);
  if (op == 8) return take_effects();
  if (op == 9) return take_rows(in);
  if (op == 10) return open_early(in);
  if (!core() || (early() && op != 3)) return refusal("not-open");
  if (op == 2 || op == 3) return ask(in, op == 2);
  const Now now = read_now(in);
  if (op == 4) core()->connected(now);
  if (op == 5) core()->disconnected(now);
  if (op == 6) core()->received(in.bytes(in.left()), now);
  if (op == 7) core()->tick(now);
  return done();
}

}  // namespace

extern "C" {

__attribute__((export_name("attune_alloc"))) void* attune_alloc(std::uint32_t size) {
  return std::malloc(size);
}  // NOLINT
__attribute__((export_name("attune_free"))) void attune_free(void* place) { std::free(place); }  // NOLINT

__attribute__((export_name("attune_call"))) void* attune_call(std::uint32_t op, const std::uint8_t* input,
                                                              std::uint32_t size) {
  const Bytes output = call(op, Reader(ByteView(input, size)));
  Writer framed;
  framed.sized(output);
  auto* place = static_cast<std::uint8_t*>(std::malloc(framed.size()));  // NOLINT
  std::memcpy(place, framed.view().data(), framed.size());
  return place;
}
}
