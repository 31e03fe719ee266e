#include "attune/core.h"

#include "attune/client/client.h"
#include "wire/tagged.h"

namespace attune {

namespace {

std::string reply(const Result<schema::Json>& result) {
  if (!result) return schema::text({{"ok", false}, {"code", std::string(result.error().name())}});
  return schema::text({{"ok", true}, {"value", *result}});
}

/// Arguments as JSON; nothing at all counts as none.
Result<schema::Json> arguments(std::string_view text) {
  if (text.empty()) return schema::Json::object();
  auto json = schema::parse(text);
  if (!json || !(json->is_object() || json->is_null())) return refuse(client::kBadArguments);
  if (json->is_null()) return schema::Json::object();
  return std::move(*json);
}

}  // namespace

Core::Core(std::unique_ptr<client::Client> client) : client_(std::move(client)) {}
Core::Core(Core&&) noexcept = default;
Core& Core::operator=(Core&&) noexcept = default;
Core::~Core() = default;

Result<Core> Core::open(std::vector<Row> rows, Now now, Entropy entropy) {
  wire::initialise();
  auto client = std::make_unique<client::Client>(std::move(entropy));
  TRY_VOID(client->boot(std::move(rows), now));
  return Core(std::move(client));
}

Result<Core> Core::open_early(std::vector<Row> rows, Entropy entropy) {
  wire::initialise();
  auto client = std::make_unique<client::Client>(std::move(entropy));
  TRY_VOID(client->boot_early(std::move(rows)));
  return Core(std::move(client));
}

void Core::hand_over(std::vector<Row> rows) { client_->hand_over(std::move(rows)); }
Result<> Core::open_whole(Now now) { return client_->boot_whole(now); }

std::string Core::command(std::string_view name, std::string_view json_args, std::int64_t hold_ms, Now now) {
  const auto args = arguments(json_args);
  if (!args) return reply(std::unexpected(args.error()));
  return reply(client_->command(name, *args, hold_ms, now));
}

std::string Core::view(std::string_view name, std::string_view json_args, Now now) {
  const auto args = arguments(json_args);
  if (!args) return reply(std::unexpected(args.error()));
  const auto seen = client_->view(name, *args, now);
  const std::vector<std::string> missed = client_->take_missed();
  if (!missed.empty()) return schema::text({{"ok", false}, {"rows", missed}});
  return reply(seen);
}

void Core::connected(Now now) { client_->connected(now); }
void Core::disconnected(Now now) { client_->disconnected(now); }
void Core::received(ByteView frame, Now now) { client_->received(frame, now); }
void Core::tick(Now now) { client_->tick(now); }
std::vector<Effect> Core::take_effects() { return client_->take_effects(); }

}  // namespace attune
