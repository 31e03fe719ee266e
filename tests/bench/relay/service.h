// What is measured: something that keeps what devices append, says when it is safe, and hands it to the partner. The
// relay, and another relay beside it under the same load.
//
// Devices are numbered: of couple c there are 2c and 2c + 1. A couple writes one log, each record on top of the one
// before, and who writes which was settled when they were prepared.
#pragma once

#include "bench/relay/clock.h"

namespace attune::bench {

class Service {
 public:
  class Listener {
   public:
    virtual ~Listener() = default;
    /// This device's append is on the disk.
    virtual void stored(std::size_t device) = 0;
    /// This device was handed the other's record.
    virtual void delivered(std::size_t device) = 0;
  };
  virtual ~Service() = default;

  /// The couple's next record, by the device that wrote it. False: there is none left.
  virtual bool append(std::size_t couple) = 0;
  /// Tells the listener what has happened; waits for something until then.
  virtual void wait(Clock::time_point until, Listener& listener) = 0;
};

}  // namespace attune::bench
