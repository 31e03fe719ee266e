// The one file of the shell that knows the core.
#include "cli/engine.h"

#include <sys/random.h>

#include <algorithm>
#include <cstdlib>

#include "attune/core.h"
#include "attune/schema.h"

namespace attune::cli {

namespace {

void fill_from_kernel(std::span<std::uint8_t> out) {
  constexpr std::size_t kMost = 256;  // what getentropy() hands out at a time
  while (!out.empty()) {
    const std::size_t n = std::min(out.size(), kMost);
    if (getentropy(out.data(), n) != 0) std::abort();  // no secret may be made without entropy
    out = out.subspan(n);
  }
}

class CoreEngine final : public Engine {
 public:
  explicit CoreEngine(Core core) : core_(std::move(core)) {}

  std::string command(std::string_view name, std::string_view json_args, Now now) override {
    return core_.command(name, json_args, 0, now);  // a terminal holds nothing back: Enter was the decision
  }
  std::string view(std::string_view name, std::string_view json_args, Now now) override {
    return core_.view(name, json_args, now);
  }
  void connected(Now now) override { core_.connected(now); }
  void disconnected(Now now) override { core_.disconnected(now); }
  void received(ByteView frame, Now now) override { core_.received(frame, now); }
  void tick(Now now) override { core_.tick(now); }
  std::vector<Effect> take_effects() override { return core_.take_effects(); }

 private:
  Core core_;
};

}  // namespace

Outcome<std::unique_ptr<Engine>> open_engine(std::vector<Row> rows, Now now) {
  auto core = Core::open(std::move(rows), now, fill_from_kernel);
  if (!core) return trouble(std::string(core.error().name()));
  return std::make_unique<CoreEngine>(std::move(*core));
}

std::string schema_text() { return schema_json(); }

}  // namespace attune::cli
