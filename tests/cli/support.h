// Doubles and small tools of the terminal's tests.
#pragma once

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "cli/session.h"

namespace attune::cli {

/// A folder of its own, gone with the test.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "attune-cli-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) std::abort();
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

inline std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline unsigned mode_of(const std::filesystem::path& path) {
  struct stat found{};
  return stat(path.c_str(), &found) == 0 ? found.st_mode & 07777U : 0;
}

inline Bytes bytes(std::string_view text) { return {text.begin(), text.end()}; }

/// What happened in a session, in its order: "send hello", "dial https://…", "command cherish.thank {…}".
using Diary = std::vector<std::string>;

/// A core that answers what the test says.
class FakeEngine final : public Engine {
 public:
  explicit FakeEngine(Diary& diary) : diary_(diary) {}

  std::string command(std::string_view name, std::string_view json_args, Now) override {
    diary_.push_back("command " + std::string(name) + " " + std::string(json_args));
    const auto found = replies.find(std::string(name));
    if (on_command) on_command(name);
    return found == replies.end() ? R"({"ok":true,"value":{"command":"AAAAAAAAAAAAAAAAAAAAAA"}})" : found->second;
  }
  std::string view(std::string_view name, std::string_view, Now) override {
    if (refused.contains(std::string(name))) return R"({"ok":false,"code":"still-coming"})";
    return R"({"ok":true,"value":)" + views[std::string(name)].dump() + "}";
  }
  void connected(Now) override { happened("connected"); }
  void disconnected(Now) override { happened("disconnected"); }
  void received(ByteView frame, Now) override { happened("received " + std::string(as_text(frame))); }
  void tick(Now) override { happened("tick"); }
  std::vector<Effect> take_effects() override { return std::exchange(effects, {}); }

  void sync(const std::string& connection, bool busy, int on_this_phone = 0) {
    views["app"]["sync"] = {
        {"connection", connection}, {"on_this_phone", on_this_phone}, {"resting", 0}, {"busy", busy}};
  }

  /// Shown is what another own device has seen, and so much of it has come and been checked.
  void coming(int done, int total, bool entering = true) {
    sync("online", true);
    views["app"]["sync"]["coming"] = {
        {"done", done}, {"total", total}, {"reading", false}, {"checking", true}, {"entering", entering}};
  }

  std::map<std::string, Json> views;
  std::set<std::string> refused;  ///< views, for now
  std::map<std::string, std::string> replies;
  std::vector<Effect> effects;
  std::function<void(std::string_view)> on_command;
  std::function<void(const std::string&)> on_event;

 private:
  void happened(const std::string& what) {
    diary_.push_back(what);
    if (on_event) on_event(what);
  }
  Diary& diary_;
};

/// A connection on which the test plays the relay.
class FakeLink final : public RelayLink {
 public:
  explicit FakeLink(Diary& diary) : diary_(diary) {}
  void dial(const std::string& relay) override {
    diary_.push_back("dial " + relay);
    if (on_dial) on_dial();
  }
  void show_token(std::string token) override { diary_.push_back("token " + token); }
  void send(Bytes frame) override {
    diary_.push_back("send " + std::string(as_text(frame)));
    if (on_send) on_send(std::string(as_text(frame)));
  }
  void hang_up() override { diary_.push_back("hang up"); }
  std::optional<link::Event> next(std::chrono::steady_clock::time_point) override {
    if (events.empty()) return std::nullopt;
    link::Event event = std::move(events.front());
    events.pop_front();
    return event;
  }
  void catch_interrupts() override {}

  std::deque<link::Event> events;
  std::function<void()> on_dial;
  std::function<void(const std::string&)> on_send;

 private:
  Diary& diary_;
};

}  // namespace attune::cli
