// A modified client's own connection: real keys, and whatever it likes to say. It holds back nothing and checks
// nothing.
#pragma once

#include "sim/inside.h"
#include "wire/frames.h"

namespace attune::sim {

class Hand {
 public:
  /// Connects and proves the key. Ends the program if the relay does not welcome it.
  Hand(World& world, const crypto::DeviceKeys& keys);

  /// Says one thing and gives what the relay answers at once.
  std::vector<wire::FromRelay> say(const wire::FromDevice& message);
  /// The code an append was refused with; empty: stored; "moved".
  std::string append(const StreamId& stream, const std::vector<wire::Record>& records);
  /// Everything the relay hands out of a stream.
  std::vector<Bytes> fetch(const StreamId& stream);

 private:
  std::vector<wire::FromRelay> hear();

  World& world_;
  std::unique_ptr<server::Session> session_;
  std::uint32_t next_request_ = 1;
};

/// The world's dice as a core's entropy.
Entropy entropy_of(World& world);
log::EventId fresh_id(World& world);
/// An event of *ours* on top of what `inside` holds, sealed and signed by its own key.
wire::Record make_event(World& world, const Inside& inside, log::Head& head, const log::NewEvent& event);

}  // namespace attune::sim
