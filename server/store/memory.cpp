#include "server/store/memory.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace attune::server {

namespace {

using State = MemoryStore::State;
using Row = State::Row;

Bytes encoded(const Row& row) {
  Bytes out = row.head;
  if (row.skeleton) out.insert(out.end(), row.skeleton->begin(), row.skeleton->end());
  if (row.content) out.insert(out.end(), row.content->begin(), row.content->end());
  return out;
}

std::shared_ptr<const Row> row_of(const wire::RecordView& record) {
  const auto kept = [](const std::optional<ByteView>& part) {
    return part ? std::optional<Bytes>(std::in_place, part->begin(), part->end()) : std::nullopt;
  };
  Row row{.header = record.header,
          .head = head_of(record),
          .skeleton = kept(record.skeleton),
          .content = kept(record.content)};
  return std::make_shared<const Row>(std::move(row));
}

State::Entry& entry(State& state, std::uint64_t number) { return state.streams.at(state.order.at(number)); }

}  // namespace

// Reads one state. Writes change the working state at once and leave the same change behind for the durable one.
class MemoryStore::View final : public Writing {
 public:
  explicit View(State& state, std::vector<Change>* changes = nullptr) : state_(state), changes_(changes) {}

  std::optional<Stream> stream(const StreamId& id) override {
    const auto found = state_.streams.find(id);
    if (found == state_.streams.end()) return std::nullopt;
    return found->second.stream;
  }

  std::vector<wire::Known> streams_of(const SignKey& key) override {
    std::vector<wire::Known> out;
    for (const wire::StreamKind kind : {wire::StreamKind::mine, wire::StreamKind::ours}) {
      for (const StreamId& id : state_.order) {
        const Stream& stream = state_.streams.at(id).stream;
        if (stream.table.kind != kind || !stream.table.member(key) || out.size() == kMaxListed) continue;
        out.push_back({.stream = id, .kind = kind, .head = stream.head, .history = stream.history});
      }
    }
    return out;
  }

  std::size_t founded_by(const SignKey& key, wire::StreamKind kind) override {
    return static_cast<std::size_t>(std::ranges::count_if(state_.streams, [&](const auto& one) {
      return one.second.stream.founder == key && one.second.stream.table.kind == kind;
    }));
  }

  bool has_written(const Stream& stream, const SignKey& key, std::uint64_t from, std::uint64_t to) override {
    return std::ranges::any_of(entry(state_, stream.number).rows, [&](const auto& row) {
      const wire::Header& header = row->header;
      return header.author == key && from <= header.position && header.position <= to;
    });
  }

  std::optional<wire::Header> header(const Stream& stream, std::uint64_t position) override {
    const auto& rows = entry(state_, stream.number).rows;
    if (position >= rows.size()) return std::nullopt;
    return rows[position]->header;
  }

  std::vector<Bytes> records(const Stream& stream, std::uint64_t from, std::uint64_t to, std::size_t most_records,
                             std::size_t most_bytes) override {
    const auto& rows = entry(state_, stream.number).rows;
    std::vector<Bytes> out;
    std::size_t bytes = 0;
    for (std::uint64_t at = from; at <= to && at < rows.size() && out.size() < most_records; ++at) {
      Bytes record = encoded(*rows[at]);
      bytes += record.size();
      if (!out.empty() && bytes > most_bytes) break;
      out.push_back(std::move(record));
    }
    return out;
  }

  Slot slot(const Stream& stream) override {
    const auto found = state_.slots.find(stream.number);
    if (found == state_.slots.end()) return {};
    Slot out{.id = found->second.id,
             .count = found->second.count,
             .pieces = static_cast<std::uint8_t>(found->second.pieces.size()),
             .bytes = 0,
             .made = found->second.made};
    for (const Bytes& piece : found->second.pieces) out.bytes += piece.size();
    return out;
  }
  Bytes slot_piece(const Stream& stream, std::uint8_t piece) override {
    const auto found = state_.slots.find(stream.number);
    return found == state_.slots.end() || piece >= found->second.pieces.size() ? Bytes{} : found->second.pieces[piece];
  }

  std::optional<Mailbox> mailbox(const MailboxId& id) override {
    const auto found = state_.mailboxes.find(id);
    if (found == state_.mailboxes.end()) return std::nullopt;
    return found->second;
  }

  std::optional<Subscription> subscription(const SignKey& device) override {
    const auto found = state_.subscriptions.find(device);
    if (found == state_.subscriptions.end()) return std::nullopt;
    return found->second;
  }
  std::vector<std::uint64_t> wake_times(const SignKey& device) override {
    const auto found = state_.wake_times.find(device);
    return found == state_.wake_times.end() ? std::vector<std::uint64_t>{} : found->second;
  }
  std::vector<SignKey> due_devices(std::uint64_t until, std::size_t most) override {
    std::vector<SignKey> out;
    for (const auto& [device, times] : state_.wake_times) {
      if (out.size() < most && times.front() <= until) out.push_back(device);
    }
    return out;
  }
  Bytes push_secret() override { return state_.push_secret; }

  void found(Stream& stream) override {
    stream.number = state_.order.size();
    change([stream](State& state) {
      state.order.push_back(stream.table.stream);
      state.streams[stream.table.stream].stream = stream;
    });
  }

  void update(const Stream& stream) override {
    change([number = stream.number, head = stream.head, history = stream.history, bytes = stream.bytes](State& state) {
      Stream& kept = entry(state, number).stream;
      kept.head = head;
      kept.history = history;
      kept.bytes = bytes;
    });
  }
  void update_table(const Stream& stream) override {
    change([number = stream.number, table = stream.table](State& state) { entry(state, number).stream.table = table; });
  }

  void append(const Stream& stream, const wire::RecordView& record) override {
    change([number = stream.number, row = row_of(record)](State& state) { entry(state, number).rows.push_back(row); });
  }

  void erase(const Stream& stream, const std::vector<std::uint64_t>& positions, bool skeletons) override {
    change([number = stream.number, positions, skeletons](State& state) {
      auto& rows = entry(state, number).rows;
      for (const std::uint64_t at : positions) {
        if (at >= rows.size()) continue;
        auto row = std::make_shared<Row>(*rows[at]);
        row->content.reset();
        if (skeletons) row->skeleton.reset();
        rows[at] = std::move(row);
      }
    });
  }

  void add_slot_piece(const Stream& stream, const Slot& slot, ByteView bytes) override {
    change([number = stream.number, slot, copy = Bytes(bytes.begin(), bytes.end())](State& state) {
      State::Pieces& kept = state.slots[number];
      kept.id = slot.id;
      kept.count = slot.count;
      kept.made = slot.made;
      kept.pieces.push_back(copy);
    });
  }
  void empty_slot(const Stream& stream) override {
    change([number = stream.number](State& state) { state.slots.erase(number); });
  }

  void make_mailbox(const MailboxId& id, Time now) override {
    change([id, now](State& state) { state.mailboxes[id] = Mailbox{.made = now, .burnt = false, .mails = {}}; });
  }
  void add_mail(const MailboxId& id, ByteView mail) override {
    change(
        [id, copy = Bytes(mail.begin(), mail.end())](State& state) { state.mailboxes.at(id).mails.push_back(copy); });
  }
  void burn(const MailboxId& id) override {
    change([id](State& state) {
      const auto found = state.mailboxes.find(id);
      if (found == state.mailboxes.end()) return;
      found->second.burnt = true;
      found->second.mails.clear();
    });
  }
  void tidy(Time expired, Time forgotten) override {
    change([expired, forgotten](State& state) {
      std::erase_if(state.mailboxes, [&](const auto& one) { return one.second.made < forgotten; });
      for (auto& [id, box] : state.mailboxes) {
        if (box.made < expired) box.mails.clear();
      }
      std::erase_if(state.slots, [&](const auto& one) { return one.second.made < expired; });
    });
  }

  void subscribe(const SignKey& device, const Subscription& subscription) override {
    change([device, subscription](State& state) { state.subscriptions[device] = subscription; });
  }
  void unsubscribe(const SignKey& device) override {
    change([device](State& state) { state.subscriptions.erase(device); });
  }
  void set_wake_times(const SignKey& device, const std::vector<std::uint64_t>& times) override {
    change([device, times](State& state) {
      if (times.empty()) {
        state.wake_times.erase(device);
      } else {
        state.wake_times[device] = times;
      }
    });
  }
  void keep_push_secret(ByteView secret) override {
    change([copy = Bytes(secret.begin(), secret.end())](State& state) { state.push_secret = copy; });
  }

 private:
  void change(Change what) {
    assert(changes_ != nullptr);
    what(state_);
    changes_->push_back(std::move(what));
  }

  State& state_;
  std::vector<Change>* changes_;
};

void MemoryStore::write(Work work, Done done) {
  if (failing_ != Outcome::committed) {
    done(failing_);
    return;
  }
  View view(working_, &changes_);
  work(view);
  waiting_.push_back(std::move(done));
  if (commit_ == Commit::at_once) commit();
}

void MemoryStore::read(const std::function<void(Reading&)>& work) {
  View view(durable_);
  work(view);
}

bool MemoryStore::commit() {
  for (const Change& change : std::exchange(changes_, {})) change(durable_);
  const std::vector<Done> done = std::exchange(waiting_, {});
  for (const Done& one : done) one(Outcome::committed);
  return !done.empty();
}

void MemoryStore::crash() {
  changes_.clear();
  waiting_.clear();
  working_ = durable_;
}

void MemoryStore::restore(State state) {
  assert(waiting_.empty());
  changes_.clear();
  working_ = state;
  durable_ = std::move(state);
}

}  // namespace attune::server
