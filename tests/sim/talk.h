// A listening session of Sam and Noa, for tests that stop somewhere in it.
#pragma once

#include "sim/world.h"

namespace attune::sim {

class Talk {
 public:
  /// Sam asks. `two`: Couple or Pair; `how`: as in the schema.
  template <class Two>
  explicit Talk(Two& two, const char* how = "two-phones") : world_(two.world), sam_(two.sam), noa_(two.noa) {
    sam_.must("listen.propose", {{"how", how}});
    world_.settle();
    session = sam_.see("listen")["open"]["item"];
  }

  /// What it takes to name this session, with more beside it.
  [[nodiscard]] Json args(Json more = Json::object()) const {
    more["session"] = session;
    const Json open = sam_.see("listen")["open"];
    if (!more.contains("asked")) more["asked"] = open.is_null() ? session : open["asked"];
    return more;
  }
  Json ask(Device& device, const char* command, Json more = Json::object()) const {
    return device.command(std::string("listen.") + command, args(std::move(more)));
  }
  void must(Device& device, const char* command, Json more = Json::object()) {
    device.must(std::string("listen.") + command, args(std::move(more)));
    world_.settle();
  }
  /// A move, in sight of where the session is on this device.
  Json move(Device& device, const char* command, Json more = Json::object()) const {
    more["step"] = device.see("listen")["open"]["step"];
    return ask(device, command, std::move(more));
  }

  void begin() {
    must(noa_, "agree", {{"now", true}});
    must(sam_, "ready");
  }
  /// Both speak, each one piece, until this stage is reached.
  void until(std::string_view stage) {
    for (int moves = 0; moves < 20 && at() != stage; ++moves) go_on();
  }
  [[nodiscard]] std::string at() const { return sam_.see("listen")["open"]["stage"]; }

  Json session;

 private:
  void go_on();
  World& world_;
  Device& sam_;
  Device& noa_;
};

}  // namespace attune::sim
