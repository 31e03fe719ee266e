#include "tests/sim/refusals/handed_over.h"

namespace attune::sim::refusals {

std::string handed_over(Couple& c, Device& to, const StreamId& stream, std::function<void(wire::Records&)> forge) {
  bool done = false;
  c.world.meddle([&, stream](const Device& device, Bytes message) {
    auto frame = wire::decode_from_relay(message);
    auto* records = frame ? std::get_if<wire::Records>(&*frame) : nullptr;
    if (done || &device != &to || records == nullptr || records->stream != stream) return std::vector<Bytes>{message};
    done = true;
    forge(*records);
    return std::vector<Bytes>{wire::encode(*frame)};
  });
  to.restart();
  c.world.settle();
  c.world.meddle({});
  EXPECT_TRUE(done);
  return notices(to);
}

void add_to(wire::Records& frame, const wire::Record& record) {
  frame.records.push_back(wire::encode(record));
  frame.head = record.header.position;
  frame.history = wire::history_hash(record.header);
}

}  // namespace attune::sim::refusals
