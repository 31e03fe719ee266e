// What the tables of the wake bit share: what the other's relay learns of a command.
#pragma once

#include <vector>

#include "tests/sim/couple.h"

namespace attune::sim::wake {

/// What the other's relay learns of a command, an hour later at the latest.
enum class Heard : std::uint8_t {
  nothing,   ///< no record of the shared stream
  silently,  ///< records there, none of which wakes anybody
  wakes,
};

/// What is asked of which device, once all that it needs is there.
struct Asked {
  Device& device;
  Json args = Json::object();
};

struct Row {
  std::string_view command;
  Heard heard;
  std::function<Asked(Couple&)> scene;
};

void add_cherishing_rows(std::vector<Row>& rows);
/// A life with each kind of event of theirs that is shared; the couple is paired.
void live_cherishing(Couple& c);
void add_listening_rows(std::vector<Row>& rows);
/// Sessions in which each kind of event of Listen that is shared comes to be; the couple is paired.
void live_listening(Couple& c);

}  // namespace attune::sim::wake
