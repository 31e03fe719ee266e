#include "attune/space/step.h"

#include "wire/tagged.h"

namespace attune::space {

namespace {

constexpr std::string_view kPrefix = "attune-step.";

Bytes encode(const log::Place& place) {
  Writer out;
  out.fixed(place.stream).number(place.position).fixed(place.history);
  return std::move(out).take();
}

}  // namespace

std::vector<std::string> step_words(const log::Place& place) {
  return four_words(wire::tagged_hash("step", {encode(place)}));
}

std::string step_code(const log::Place& place) { return std::string(kPrefix) + crypto::to_base64(encode(place)); }

Result<log::Place> read_step_code(std::string_view text) {
  const std::size_t at = text.find(kPrefix);
  if (at == std::string_view::npos) return refuse(kBadStepCode);
  text.remove_prefix(at + kPrefix.size());
  text = text.substr(0, text.find_first_of(" \n\r\t"));
  const auto bytes = crypto::from_base64(text);
  if (!bytes) return refuse(kBadStepCode);
  Reader in(*bytes);
  log::Place place;
  place.stream = in.fixed<StreamId>();
  place.position = in.number<std::uint64_t>();
  place.history = in.fixed<Hash>();
  if (!in.finished()) return refuse(kBadStepCode);
  return place;
}

}  // namespace attune::space
