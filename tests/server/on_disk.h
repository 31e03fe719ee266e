// A relay over a file, driven without a network; waits for the writer where a test needs its answer.
#pragma once

#include <future>

#include "server/device.h"
#include "server/folder.h"
#include "server/store/sqlite.h"

namespace attune::tests {

class OnDisk {
 public:
  explicit OnDisk(const Folder& folder, server::SqliteStore::Options options = {})
      : store_(std::move(server::SqliteStore::open(folder.path(), std::move(options)).value().store)) {}

  server::Relay& relay() { return relay_; }
  server::SqliteStore& store() { return *store_; }
  /// Returns once everything queued so far is decided.
  void settle() {
    std::promise<void> done;
    store_->write([](server::Writing&) {}, [&](server::Outcome) { done.set_value(); });
    done.get_future().get();
  }
  Device device(const Keys& keys) {
    Device out(relay_, keys);
    out.arrive();
    return out;
  }
  template <class Message>
  Message send(Device& device, const wire::FromDevice& message) {
    device.send(message);
    settle();
    return device.expect<Message>();
  }

 private:
  std::unique_ptr<server::SqliteStore> store_;
  server::LocalBus bus_;
  server::Relay relay_{*store_, bus_, [] {
                         server::Policy policy;
                         policy.origins = {kOrigin};
                         return policy;
                       }()};
};

}  // namespace attune::tests
