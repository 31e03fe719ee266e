// One device's WebSocket to the relay: proves its key, follows its streams, appends. Never blocks but in sending.
#pragma once

#include <functional>

#include "bench/relay/couples.h"
#include "bench/relay/socket.h"
#include "wire/frames.h"

namespace attune::bench {

class Line final : public Poll::Reader {
 public:
  /// Who hears of it: each function is told once for each event.
  struct Heard {
    std::function<void()> ready;      ///< proven, and told how far each stream goes
    std::function<void()> stored;
    std::function<void()> delivered;  ///< one record of the other
  };
  /// Dials at once. The poll outlives it; the couple does, too.
  Line(const Poll& poll, std::uint16_t port, const Couple& couple, std::size_t person, Heard heard);

  void send(std::string_view frame) const { socket_.send(frame); }
  void readable() override;

 private:
  bool upgraded();
  bool next_message();
  void take(ByteView message);
  void prove(const wire::Challenged& challenge) const;
  void follow() const;
  void told(std::size_t records);

  Socket socket_;
  std::uint16_t port_;
  const Couple& couple_;
  std::size_t person_;
  Heard heard_;
  bool upgraded_ = false;
  int untold_ = 2;  ///< streams of which the relay has not said how far they go
};

}  // namespace attune::bench
