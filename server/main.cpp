// attuned: reads its settings, opens the store, serves; or saves the store, or makes one from what was saved.
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "server/bus/local_bus.h"
#include "server/settings/settings.h"
#include "server/store/backup.h"
#include "server/store/sqlite.h"
#include "server/texts/texts.h"
#include "server/transport/server.h"
#include "wire/tagged.h"

namespace {

using namespace attune::server;

int refuse(const std::string& sentence) {
  std::fprintf(stderr, "%s\n", sentence.c_str());
  return 1;
}

// No sink ever gets an address, a key or a stream id: nothing in the program hands one to the log.
void begin_logging(const std::string& level) {
  spdlog::set_default_logger(spdlog::stderr_logger_mt("attuned"));
  spdlog::set_pattern("%Y-%m-%dT%H:%M:%S%z %l %v");
  spdlog::set_level(spdlog::level::from_str(level));
  spdlog::flush_on(spdlog::level::info);
}

std::string sentence_of(StoreFault fault, const std::filesystem::path& folder) {
  const std::string path = folder.string();
  const std::string file = (folder / SqliteStore::kFileName).string();
  switch (fault) {
    case StoreFault::unwritable: return say("refuse.data-unwritable", {{"path", path}});
    case StoreFault::newer: return say("refuse.data-newer", {{"path", path}});
    case StoreFault::foreign: return say("refuse.data-foreign", {{"path", file}});
    case StoreFault::damaged: return say("refuse.data-corrupt", {{"path", path}});
    case StoreFault::in_use: return say("refuse.data-in-use", {{"path", path}});
    case StoreFault::full: return say("refuse.disk-full", {{"path", path}});
  }
  return {};
}

std::string sentence_of(ListenFault fault, const Settings& settings) {
  if (fault == ListenFault::port_in_use) return say("refuse.port-in-use", {{"port", std::to_string(settings.port)}});
  return say("refuse.address", {{"address", settings.listen}});
}

void report_health(Outcome outcome) {
  switch (outcome) {
    case Outcome::committed: return spdlog::info(say("run.disk-back"));
    case Outcome::full: return spdlog::error(say("run.disk-full"));
    default: return spdlog::error(say("run.store-fault"));
  }
}

void announce(const Settings& settings, const SqliteStore::Opened& opened, bool pushes) {
  const std::string folder = std::filesystem::absolute(settings.data).string();
  if (opened.made) {
    spdlog::info(say("start.data.new", {{"path", folder}}));
  } else {
    spdlog::info(say(opened.upgraded ? "start.data.upgraded" : "start.data", {{"path", folder}}));
  }
  std::error_code error;
  if (!settings.web.empty() && !std::filesystem::is_regular_file(settings.web / "index.html", error)) {
    spdlog::warn(say("start.no-web", {{"path", settings.web.string()}}));
  }
  switch (registration_of(settings)) {
    case Registration::open: spdlog::info(say("start.registration.open")); break;
    case Registration::token: spdlog::info(say("start.registration.token")); break;
    case Registration::closed: spdlog::info(say("start.registration.closed")); break;
  }
  if (pushes) {
    spdlog::info(say("start.push.on"));
  } else if (settings.push) {
    spdlog::warn(say("start.push.broken"));
  } else {
    spdlog::info(say("start.push.off"));
  }
  const std::string port = std::to_string(settings.port);
  const std::string address =
      !settings.origins.empty()
          ? settings.origins.front()
          : "http://" + (on_loopback(settings) ? std::string("localhost") : settings.listen) + ":" + port;
  spdlog::info(say("start.listening", {{"address", address}}));
  if (for_this_machine(settings)) spdlog::info(say("start.local-only"));
}

int serve(const Settings& settings) {
  begin_logging(settings.log_level);
  auto server = Server::open(settings);
  if (!server) return refuse(sentence_of(server.error(), settings));
  auto opened = SqliteStore::open(
      settings.data, {.most_bytes = settings.store_mib * 1024 * 1024, .most_waiting = 4096, .health = report_health});
  if (!opened) return refuse(sentence_of(opened.error(), settings.data));
  LocalBus bus;
  Policy policy = policy_of(settings);
  if (settings.push) {
    if (auto identity = PushIdentity::load(*opened->store, push_contact_of(settings))) {
      policy.push_key = identity->key.public_key();
      (*server)->call_as(std::move(*identity));
    }
  }
  Relay relay(*opened->store, bus, policy);
  const bool served = (*server)->run(
      relay, [&] { announce(settings, *opened, policy.push_key.has_value()); },
      [&] {
        spdlog::info(say("stop.begin"));
        opened->store->stop();
      });
  if (!served) return refuse(sentence_of(ListenFault::port_in_use, settings));
  server->reset();
  spdlog::info(say("stop.done"));
  return 0;
}

int report(const std::string& sentence) {
  std::printf("%s\n", sentence.c_str());
  return 0;
}

int back_up_store(const BackUp& asked) {
  const std::string data = asked.data.string();
  const std::string file = asked.file.string();
  const auto done = back_up(asked.data, asked.file);
  if (done) return report(say("backup.done", {{"path", file}}));
  switch (done.error()) {
    case BackupFault::no_store: return refuse(say("backup.no-store", {{"path", data}}));
    case BackupFault::newer: return refuse(sentence_of(StoreFault::newer, asked.data));
    case BackupFault::foreign: return refuse(sentence_of(StoreFault::foreign, asked.data));
    case BackupFault::damaged: return refuse(say("backup.damaged", {{"path", data}}));
    case BackupFault::exists: return refuse(say("backup.exists", {{"path", file}}));
    case BackupFault::unwritable: return refuse(say("backup.unwritable", {{"path", file}}));
    case BackupFault::full: return refuse(say("backup.full", {{"path", file}}));
  }
  return 1;
}

int restore_store(const Restore& asked) {
  const std::string data = asked.data.string();
  const std::string file = asked.file.string();
  const auto done = restore(asked.file, asked.data);
  if (done) return report(say("restore.done", {{"path", data}}));
  switch (done.error()) {
    case RestoreFault::missing: return refuse(say("restore.missing", {{"path", file}}));
    case RestoreFault::newer: return refuse(say("restore.newer", {{"path", file}}));
    case RestoreFault::foreign: return refuse(say("restore.foreign", {{"path", file}}));
    case RestoreFault::damaged: return refuse(say("restore.damaged", {{"path", file}}));
    case RestoreFault::not_empty: return refuse(say("restore.not-empty", {{"path", data}}));
    case RestoreFault::in_use: return refuse(sentence_of(StoreFault::in_use, asked.data));
    case RestoreFault::unwritable: return refuse(sentence_of(StoreFault::unwritable, asked.data));
    case RestoreFault::full: return refuse(sentence_of(StoreFault::full, asked.data));
  }
  return 1;
}

}  // namespace

int main(int count, char** arguments) {
  ::umask(0077);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on file sizes is a full disk like any other
  if (!attune::wire::initialise()) return 1;
  const auto read = read_settings({const_cast<const char**>(arguments), static_cast<std::size_t>(count)},
                                  [](const char* name) { return std::getenv(name); });
  if (const auto* refusal = std::get_if<Refusal>(&read)) return refuse(refusal->sentence);
  if (const auto* print = std::get_if<Print>(&read)) {
    std::fputs(print->text.c_str(), stdout);
    return 0;
  }
  if (const auto* asked = std::get_if<BackUp>(&read)) return back_up_store(*asked);
  if (const auto* asked = std::get_if<Restore>(&read)) return restore_store(*asked);
  return serve(std::get<Start>(read).settings);
}
