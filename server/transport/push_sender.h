// Calls push services over the network: one connection for each call, with TLS whose certificate and name are checked
// against the system's authorities.
//
// An endpoint is what some device has named, so the address its name leads to is looked at before it is dialled
// (relay/endpoint.h), and that very address is dialled. No redirect is followed.
#pragma once

#include "server/push/pusher.h"
#include "server/transport/asio.h"

namespace attune::server {

class PushSender final : public PushSink {
 public:
  /// `io` runs on one thread and outlives the sender. `local`: this machine and its network may be called, too.
  PushSender(asio::io_context& io, bool local);
  ~PushSender() override;
  PushSender(const PushSender&) = delete;
  PushSender& operator=(const PushSender&) = delete;

  void send(PushRequest request, std::function<void(PushReply)> done) override;

 private:
  struct Line;
  std::shared_ptr<Line> line_;  ///< shared with the calls on their way
};

}  // namespace attune::server
