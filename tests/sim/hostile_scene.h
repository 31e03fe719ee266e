// A couple, two phones of the one and one of the other, and a relay that does something to one stream on its way to one
// device: what tests/sim/hostile_table_test.cpp does to them and looks at.
#pragma once

#include "sim/hand.h"
#include "tests/sim/pair.h"

namespace attune::sim {

/// May something still be written there?
enum class Goes : std::uint8_t {
  on,  ///< and it becomes safe
  waits,  ///< it is kept on the device until the relay is honest again
  over  ///< no more in this space
};

/// How a message of records is handed on to the device that is lied to.
using Handing = std::function<std::vector<Bytes>(wire::Records)>;

struct Scene {
  Pair couple{300};
  World& world = couple.world;
  Device& sam = couple.sam;
  Device& noa = couple.noa;
  Device& tablet = couple.world.add("Sam's tablet");
  Device* victim;  ///< who is lied to: of *ours* Noa, of *mine* Sam's tablet, unless the deed says otherwise
  wire::StreamKind kind;
  StreamId stream;
  server::MemoryStore::State before;  ///< what the relay holds when it begins

  explicit Scene(wire::StreamKind kind);

  /// Something new in the stream: a thank-you, or what is kept for oneself and the beat that takes it along.
  void write(Device& by, std::string_view did = "News");
  /// From now on the victim is handed the stream's records like this.
  void hand(Handing handing);
  /// As if the stream's newest entry were still the one it was in `before`.
  [[nodiscard]] Handing nothing_newer() const;
  /// The relay holds of this stream what it held in `before`; of everything else all it has.
  void roll_back();
  /// A device that `first` lets in with a link and four words.
  Device& let_in(Device& first, std::string name);
  /// Everything is honest and everybody there.
  void be_honest();

  [[nodiscard]] std::vector<Device*> devices() const { return devices_; }

 private:
  std::vector<Device*> devices_;
  void bring_in(Device& first, Device& fresh, const std::string& name);
};

/// How a thank-you, or what was kept, is marked on this device; empty: it is not there.
std::string mark_of(Device& device, std::string_view list, std::string_view did);

}  // namespace attune::sim
