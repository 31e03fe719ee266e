#include "tests/sim/relay_eye.h"

#include <algorithm>

#include "wire/frames.h"

namespace attune::sim {

bool SeenAppend::control() const {
  return std::ranges::all_of(records, [](const wire::Header& header) { return header.cls == wire::Class::control; });
}

RelayEye::RelayEye(World& world) : world_(world) {
  world.watch([this](const Device& from, ByteView message) {
    const auto frame = wire::decode_from_device(message);
    std::string line = std::to_string(world_.now().ms) + " " + from.name();
    line += frame ? " #" + std::to_string(frame->index()) : " no message";
    line += " " + std::to_string(message.size());
    if (const auto* append = frame ? std::get_if<wire::Append>(&*frame) : nullptr) {
      SeenAppend seen{
          .from = &from, .at_ms = world_.now().ms, .stream = append->stream, .wake = append->wake, .records = {}};
      line += seen.wake ? " wakes" : "";
      for (const Bytes& raw : append->records) {
        const auto record = wire::decode_record(raw);
        if (!record) continue;
        seen.records.push_back(record->header);
        line += " [" + std::to_string(record->header.position) +
                (record->header.cls == wire::Class::control ? " control " : " event ") +
                std::to_string(record->header.skeleton_length) + "+" + std::to_string(record->header.content_length) +
                "]";
      }
      appends.push_back(std::move(seen));
    }
    trace.push_back(std::move(line));
  });
}

RelayEye::~RelayEye() { world_.watch({}); }

std::vector<SeenAppend> RelayEye::of(const Device& from, const StreamId& stream) const {
  std::vector<SeenAppend> out;
  std::ranges::copy_if(appends, std::back_inserter(out),
                       [&](const SeenAppend& each) { return each.from == &from && each.stream == stream; });
  return out;
}

void RelayEye::forget() {
  appends.clear();
  trace.clear();
}

}  // namespace attune::sim
