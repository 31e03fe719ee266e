// Attune's core: all that a shell includes.
//
// Everything two people do is an event in an encrypted log, everything they see a fold over it. The core does no
// input or output: it is handed bytes, time and entropy and answers with effects. One object is one device of one
// person; it is not safe for threads. After every call the shell takes the effects and carries them out in order.
// Names, arguments and results of commands and views are the schema (`attune schema`, build/schema/schema.json).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "attune/shell.h"
#include "wire/result.h"

namespace attune {

namespace client {
class Client;
}

class Core {
 public:
  /// Opens what earlier effects stored; no rows: a fresh device.
  /// Errors: "storage-newer" (written by a newer Attune, nothing touched), "storage-damaged".
  static Result<Core> open(std::vector<Row> rows, Now now, Entropy entropy);
  /// Opens so far that views can be read, where a snapshot allows it: `rows` are all but the records' (those whose key
  /// begins with "r/"), and of these the newest of each stream, at least all that are not in the snapshot; older ones
  /// as they are. An error means that only open() will do. Until open_whole() has been called, view() and hand_over()
  /// alone may be: a view that needs records which are not here answers {"ok":false,"rows":[keys…]} (more than 256 of a
  /// stream: all that are left should come first).
  static Result<Core> open_early(std::vector<Row> rows, Entropy entropy);
  /// Records that open_early() was not given; any others are passed over.
  void hand_over(std::vector<Row> rows);
  /// All have been handed over: goes on as open() does. Errors: "storage-damaged" (some are missing).
  Result<> open_whole(Now now);
  Core(Core&&) noexcept;
  Core& operator=(Core&&) noexcept;
  ~Core();

  /// Does one command. Reply: {"ok":true,"value":…} or {"ok":false,"code":"…"}. An accepted command is kept durably
  /// before anything is sent; `hold_ms` is how long it may still be undone.
  std::string command(std::string_view name, std::string_view json_args, std::int64_t hold_ms, Now now);
  /// Reads one view. Reply as above.
  std::string view(std::string_view name, std::string_view json_args, Now now);

  void connected(Now now);
  void disconnected(Now now);
  /// One message of the relay.
  void received(ByteView frame, Now now);
  /// Call when the alarm asked for has come, and after the device slept.
  void tick(Now now);

  std::vector<Effect> take_effects();

 private:
  explicit Core(std::unique_ptr<client::Client> client);
  std::unique_ptr<client::Client> client_;
};

}  // namespace attune
