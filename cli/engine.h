// The core as the shell sees it. engine.cpp alone knows attune/core.h; tests put a double in its place.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "attune/shell.h"
#include "cli/trouble.h"

namespace attune::cli {

class Engine {
 public:
  virtual ~Engine() = default;
  virtual std::string command(std::string_view name, std::string_view json_args, Now now) = 0;
  virtual std::string view(std::string_view name, std::string_view json_args, Now now) = 0;
  virtual void connected(Now now) = 0;
  virtual void disconnected(Now now) = 0;
  virtual void received(ByteView frame, Now now) = 0;
  virtual void tick(Now now) = 0;
  virtual std::vector<Effect> take_effects() = 0;
};

/// The real core on these rows. Trouble: the core's own codes, such as "storage-newer".
Outcome<std::unique_ptr<Engine>> open_engine(std::vector<Row> rows, Now now);

/// The schema of commands, views, events and errors as JSON text.
std::string schema_text();

}  // namespace attune::cli
