#include "fuzz/core_bodies.h"

#include "attune/client/slot_bytes.h"
#include "attune/log/reading.h"
#include "attune/schema/json.h"
#include "attune/space/invitation.h"
#include "attune/space/phrase.h"
#include "attune/space/step.h"
#include "wire/tagged.h"

namespace attune::tests {

namespace {

void must(bool held) {
  if (!held) std::abort();
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

/// The first byte, and what is behind it.
std::pair<std::uint8_t, ByteView> split(ByteView bytes) {
  if (bytes.empty()) return {0, {}};
  return {bytes[0], bytes.subspan(1)};
}

template <class Message>
void must_be_the_same(const Result<Message>& message, ByteView body) {
  if (message) must(std::ranges::equal(space::encode(*message), body));
}

}  // namespace

void fuzz_link(ByteView bytes) {
  const std::string_view text = as_text(bytes);
  if (const auto relay = space::read_relay(text)) {
    const auto same = space::read_relay(*relay);
    must(same && *same == *relay);
  }
  const auto link = space::read_link(text);
  if (!link) return;
  const auto again = space::read_link(space::write_link("https://app.example", *link));
  must(again && again->relay == link->relay && std::ranges::equal(again->s.view(), link->s.view()));
}

void fuzz_phrase(ByteView bytes) {
  const auto seed = space::read_phrase(as_text(bytes));
  if (!seed) return;
  const std::vector<std::string> words = space::phrase_words(*seed);
  const auto again = space::read_phrase(joined(words));
  must(words.size() == 12 && again && space::phrase_words(*again) == words);
}

void fuzz_step_code(ByteView bytes) {
  const auto place = space::read_step_code(as_text(bytes));
  if (!place) return;
  const auto again = space::read_step_code(space::step_code(*place));
  must(again && again->stream == place->stream && again->position == place->position &&
       again->history == place->history);
  must(space::step_words(*place).size() == 4);
}

void fuzz_mail(ByteView bytes) {
  must(wire::initialise());
  const auto [kind, body] = split(bytes);
  static const crypto::Key key{Bytes(32, 7)};
  must(!space::open_mail(key, bytes));
  const auto m1 = space::decode_m1(body);
  const auto m2 = space::decode_m2(body);
  const auto m3 = space::decode_m3(body);
  must_be_the_same(m1, body);
  must_be_the_same(m2, body);
  must_be_the_same(m3, body);
  must_be_the_same(space::decode_m6(body, SignKey{}), body);
  if (const auto state = client::decode_slot_state(body))
    must(client::encode(*state) == Bytes(body.begin(), body.end()));
  if (m1) static_cast<void>(space::check_m1(*m1));
  if (m2) static_cast<void>(space::check_m2(*m2, body));
  if (m3) static_cast<void>(space::check_m3(*m3, m1 ? *m1 : space::M1{}, body, body));
}

void fuzz_skeleton(ByteView bytes) {
  const auto [kind, text] = split(bytes);
  const auto skeleton =
      log::read_skeleton(kind % 2 == 0 ? wire::StreamKind::mine : wire::StreamKind::ours, as_text(text));
  if (!skeleton) return;
  must(kind % 2 == 0 || skeleton->items.size() == 1);
  for (const log::Item& item : skeleton->items) must(item.piece < item.pieces);
}

void fuzz_content(ByteView bytes) {
  const auto [kind, text] = split(bytes);
  const auto stream = kind % 2 == 0 ? wire::StreamKind::mine : wire::StreamKind::ours;
  static_cast<void>(log::read_content(stream, as_text(text), kind / 2));
}

void fuzz_json(ByteView bytes) {
  const auto json = schema::parse(std::string(as_text(bytes)));
  if (!json) return;
  const auto again = schema::parse(schema::text(*json));
  must(again && *again == *json);
}

}  // namespace attune::tests
