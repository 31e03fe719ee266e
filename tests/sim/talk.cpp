#include "tests/sim/talk.h"

namespace attune::sim {

/// The plainest way on from a stage: all is well heard, and there is no more.
void Talk::go_on() {
  static const std::map<std::string, std::pair<const char*, Json>> kNext = {
      {"speaking", {"piece", Json::object()}},
      {"spoken", {"say-back", Json::object()}},
      {"given-back", {"confirm", {{"heard", "yes"}}}},
      {"more", {"more", {{"more", false}}}},
      {"making-sense", {"make-sense", Json::object()}},
      {"imagining", {"imagine", Json::object()}},
      {"feeling-given", {"name-feeling", {{"right", true}}}},
  };
  const Json open = sam_.see("listen")["open"];
  const auto& [command, with] = kNext.at(open["stage"]);
  // At the table, one phone writes for both.
  Device& device = open["floor"] == "mine" || open["how"] == "table" ? sam_ : noa_;
  Json more = with;
  if (open["how"] == "typed" && with.empty()) more["text"] = "In a few words";
  move(device, command, std::move(more));
  world_.settle();
}

}  // namespace attune::sim
