// One sitting with the core: commands and views, and the effects carried out in order.
//
// What the core asks to store is on the disk before anything behind it happens; if storing fails, nothing behind it
// happens at all and the session is over.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>

#include "cli/clock.h"
#include "cli/engine.h"
#include "cli/json.h"
#include "cli/relay_link.h"
#include "cli/row_store.h"

namespace attune::cli {

struct Reply {
  std::string text;  ///< exactly as the core gave it
  Json value;
};

/// How an exchange with the relay ended.
struct Exchange {
  enum class End {
    reached,      ///< what was waited for is there; without such: all is exchanged
    no_relay,     ///< there is no space yet, so nobody to call
    unreachable,  ///< `code` says why
    silent,       ///< the relay stopped answering
    interrupted,
  };
  End end = End::reached;
  std::string code;
  [[nodiscard]] bool reached() const { return end == End::reached; }
};

class Session {
 public:
  /// `silence`: for how long a relay may say nothing before exchange() gives it up.
  Session(std::unique_ptr<Engine> engine, RowStore& store, RelayLink& link, const Clock& clock,
          std::chrono::milliseconds silence = std::chrono::seconds(15));

  /// Does a command; on return it is on the disk. Trouble: the core's refusal, or what went wrong with the disk.
  Outcome<Reply> command(std::string_view name, const Json& args = Json::object());
  Outcome<Reply> command(std::string_view name, std::string_view json_args);
  Outcome<Reply> view(std::string_view name, const Json& args = Json::object());
  Outcome<Reply> view(std::string_view name, std::string_view json_args);

  /// Connects and exchanges until nothing waits on either side, or until the relay can not be reached.
  Outcome<Exchange> exchange();
  /// Stays connected, coming back after every loss, until `done` says so (asked after every change of a view); what
  /// that called for is exchanged as well.
  Outcome<Exchange> stay(const std::function<Outcome<bool>()>& done);
  /// Told by stay() when the connection came (true) or went.
  std::function<void(bool)> on_connection;

 private:
  Outcome<> settle();
  Outcome<Reply> answer(std::string text);
  Outcome<bool> quiet();
  Outcome<> ring_alarms();
  Outcome<Exchange> run(const std::function<Outcome<bool>()>& done, bool patient);
  /// Hands an event to the core. An end: the exchange is over with it.
  Outcome<std::optional<Exchange>> take(const link::Event& event, bool patient);

  std::unique_ptr<Engine> engine_;
  RowStore& store_;
  RelayLink& link_;
  const Clock& clock_;
  std::chrono::milliseconds silence_;
  std::set<std::int64_t> alarms_;
  std::string dial_;           ///< asked for, not begun
  bool online_ = false;        ///< dialled or connected
  bool may_dial_ = false;
  int losses_ = 0;  ///< of connections, in this exchange
  bool changed_ = true;
  std::optional<Trouble> broken_;
};

}  // namespace attune::cli
