#include "sim/ledger.h"

#include "wire/control.h"

namespace attune::sim {

Ledger::Ledger(World& world) : world_(world) {
  world_.watch_disks([this](const Device& on, const Row& row) { note(on, row); });
}

bool Ledger::on_the_relay(const StreamId& stream, std::uint64_t position, const Hash& history) const {
  const auto& streams = world_.store().state().streams;
  const auto found = streams.find(stream);
  return found != streams.end() && position < found->second.rows.size() &&
         wire::history_hash(found->second.rows[position]->header) == history;
}

/// Whoever founds a *mine* owns it, and nobody else ever holds a record of it.
void Ledger::note_owner(const Device& on, const StreamId& stream, const wire::Record& record) {
  if (record.header.position == 0 && record.skeleton) {
    const auto control = wire::decode_control(*record.skeleton);
    const auto* genesis = control ? std::get_if<wire::Genesis>(&*control) : nullptr;
    if (genesis != nullptr && genesis->kind == wire::StreamKind::mine) owners_.emplace(stream, people_.at(&on));
  }
  const auto owner = owners_.find(stream);
  if (owner != owners_.end() && owner->second != people_.at(&on)) {
    wrong_.push_back(on.name() + " holds a record of the other's mine");
  }
}

void Ledger::note(const Device& on, const Row& row) {
  if (!row.key.starts_with("r/") || !row.value) return;
  const auto record = wire::decode_record(*row.value);
  if (!record) {
    wrong_.push_back(on.name() + " keeps a record that does not decode: " + row.key);
    return;
  }
  const wire::Header& header = record->header;
  const StreamId stream = wire::stream_of(header);
  const Hash history = wire::history_hash(header);
  note_owner(on, stream, *record);
  std::vector<Hash>& known = histories_[stream];
  const std::string where = on.name() + ", position " + std::to_string(header.position) + ": ";
  if (header.position < known.size()) {
    if (known[header.position] != history && !put_back_) wrong_.push_back(where + "another record than before");
    return;
  }
  if (header.position > known.size()) {
    wrong_.push_back(where + "nothing stands before it");
    return;
  }
  known.push_back(history);
  if (!wire::verify_header(header, record->signature)) wrong_.push_back(where + "its author has not signed it");
  // A genesis is made, and used, before it is posted; everything else comes from the relay or was acknowledged.
  if (header.position > 0 && !on_the_relay(stream, header.position, history)) {
    wrong_.push_back(where + "called safe, and the relay has not stored it");
  }
}

Violations Ledger::lost() const {
  Violations out;
  for (const auto& [stream, histories] : histories_) {
    // The chain binds all before the newest.
    const std::uint64_t newest = histories.size() - 1;
    if (newest > 0 && !on_the_relay(stream, newest, histories.back())) {
      out.push_back("position " + std::to_string(newest) + " was called safe, and the relay has lost it");
    }
  }
  return out;
}

}  // namespace attune::sim
