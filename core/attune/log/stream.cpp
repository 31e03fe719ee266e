#include "attune/log/stream.h"

#include <cassert>
#include <ranges>

#include "attune/log/planted.h"
#include "attune/log/writer.h"

namespace attune::log {

namespace {

/// A batch under examination: the stream so far plus what has passed.
struct Examination {
  const Stream& stream;
  Batch out;
  std::map<SignKey, std::size_t> newest_of;  ///< index into out.records of each author's newest event record
  std::optional<wire::Record> against;       ///< what a fork was found by

  [[nodiscard]] std::uint64_t next() const { return stream.next() + out.records.size(); }
  [[nodiscard]] Hash history() const {
    return out.records.empty() ? stream.history() : wire::history_hash(out.records.back().record.header);
  }
  [[nodiscard]] std::optional<wire::Earlier> earlier(std::uint64_t position) const {
    if (position >= next()) return std::nullopt;
    const wire::Header header =
        position < stream.next() ? stream.view(position).header : out.records[position - stream.next()].record.header;
    return wire::Earlier{.cls = header.cls, .author = header.author};
  }
};

template <class Record>
bool complete(const Record& record) {
  return record.skeleton && (record.content || record.header.content_length == 0);
}

/// Does any key that was ever a member vouch for this header?
bool signed_by_a_member(const wire::Table& table, const wire::Record& record) {
  return table.seat(record.header.author) != nullptr && wire::verify_header(record.header, record.signature);
}

Result<> fork_or_fault(Examination& exam, wire::Record record, const wire::Table& table) {
  if (!signed_by_a_member(table, record)) return refuse(kBrokenChain);
  exam.against = std::move(record);
  return refuse(kFork);
}

/// PROTOCOL.md 4, steps 1, 2 (lower) and 3 for a position that is already held. What was withheld before may come now.
Result<> same_as_held(Examination& exam, wire::Record record) {
  const wire::Header& header = record.header;
  const wire::RecordView held = exam.stream.view(header.position);
  if (header != held.header) return fork_or_fault(exam, std::move(record), exam.stream.table());
  TRY_VOID(wire::check_hashes(record));
  const bool more = (record.skeleton && exam.stream.skeleton_withheld(header.position)) ||
                    (record.content && !held.content && !exam.stream.erased(header.position));
  if (more) exam.out.filled.push_back(std::move(record));
  return {};
}

/// Puts what a control record changes into the examination. Whether it is void.
Result<bool> examine_control(Examination& exam, const wire::Header& header, ByteView skeleton) {
  if (wire::unknown_control(skeleton)) {
    if (header.position == 0) return refuse(wire::kGenesisFields);
    // What it may do is not known; that its author may write here at all is.
    if (!wire::may_write(exam.out.table, header, std::nullopt)) return true;
    exam.out.unknown_control = true;
    return false;
  }
  const auto control = wire::decode_control(skeleton);
  if (!control) return true;
  if (header.position == 0) {
    const auto* genesis = std::get_if<wire::Genesis>(&*control);
    if (genesis == nullptr) return refuse(wire::kGenesisFields);
    TRY(table, wire::found(header, *genesis));
    exam.out.table = std::move(table);
    return false;
  }
  const auto kind = static_cast<wire::ControlKind>(skeleton[0]);
  if (!wire::may_write(exam.out.table, header, kind)) return true;
  auto table = wire::apply(exam.out.table, header, *control, [&](std::uint64_t at) { return exam.earlier(at); });
  if (!table) return true;
  exam.out.table = std::move(*table);
  if (const auto* erase = std::get_if<wire::Erase>(&*control)) {
    exam.out.erased.insert(erase->positions.begin(), erase->positions.end());
    if (erase->skeletons) exam.out.skeletons.insert(erase->positions.begin(), erase->positions.end());
  }
  return false;
}

/// PROTOCOL.md 4, what step 1 says of the place a record names.
Result<> names_its_stream(const Examination& exam, const wire::Header& header) {
  if (header.position > 0) return header.stream == exam.stream.id() ? Result<>() : refuse(wire::kWrongStream);
  if (!header.stream.zero() || !header.prev.zero() || wire::stream_of(header) != exam.stream.id()) {
    return refuse(wire::kGenesisFields);
  }
  if (header.cls != wire::Class::control) return refuse(wire::kGenesisFields);
  return {};
}

Result<> examine(Examination& exam, wire::Record record) {
  const wire::Header& header = record.header;
  TRY_VOID(names_its_stream(exam, header));
  if (header.position < exam.stream.next()) return same_as_held(exam, std::move(record));
  if (header.position != exam.next()) return refuse(kGap);
  if (header.prev != exam.history() && !planted().skip_chain) {
    // Nobody has vouched yet for what stands before it in this very batch: an altered record is no other history.
    if (!exam.out.records.empty()) {
      const wire::Record& before = exam.out.records.back().record;
      if (!wire::verify_header(before.header, before.signature)) return refuse(wire::kBadSignature);
    }
    return fork_or_fault(exam, std::move(record), exam.out.table);
  }
  if (!planted().skip_hashes) TRY_VOID(wire::check_hashes(record));
  Held held{.record = std::move(record), .voided = false};
  if (header.position > 0 && exam.out.table.seat(held.record.header.author) == nullptr) {
    return refuse(wire::kNotAWriter);  // nobody of this couple wrote it
  }
  if (held.record.header.cls == wire::Class::control) {
    const wire::Record& control = held.record;
    if (!control.skeleton || control.header.content_length != 0) return refuse(wire::kBadControl);
    // A control record moves rights: its signature is checked now, not with the batch.
    if (!planted().skip_signatures && !wire::verify_header(control.header, control.signature)) {
      return refuse(wire::kBadSignature);
    }
    TRY(voided, examine_control(exam, control.header, *control.skeleton));
    held.voided = voided;
  } else {
    held.voided = !wire::may_write(exam.out.table, held.record.header, std::nullopt) && !planted().skip_rights;
    exam.newest_of[held.record.header.author] = exam.out.records.size();
  }
  exam.out.records.push_back(std::move(held));
  return {};
}

}  // namespace

Hash Stream::history_at(std::uint64_t position) const {
  return wire::history_hash(ByteView(row(position)).first(wire::kHeaderSize));
}

const Bytes& Stream::row(std::uint64_t position) const {
  static const Bytes kNobodys = [] {
    Bytes out(wire::kHeaderSize + wire::kSignatureSize);
    out[0] = wire::kRecordVersion;
    return out;
  }();
  const Bytes& row = rows_[position];
  if (!row.empty()) return row;
  if (missed_.size() <= kMostMissed) missed_.insert(position);
  return kNobodys;
}

bool Stream::give(std::uint64_t position, Bytes row) {
  if (position >= next() || !rows_[position].empty() || !wire::laid_out(row, position)) return false;
  rows_[position] = std::move(row);
  incomplete_.erase(position);
  if (!complete(view(position))) incomplete_.insert(position);
  return true;
}

wire::RecordView Stream::view(std::uint64_t position) const {
  auto view = wire::view_record(row(position));
  assert(view.has_value());  // nothing else gets in
  return std::move(*view);
}

std::uint64_t Records::size() const { return stream_->next(); }
Held Records::Iterator::operator*() const { return Records(*stream_)[position_]; }
Held Records::operator[](std::uint64_t position) const {
  auto record = wire::decode_record(stream_->row(position));
  assert(record.has_value());
  return {.record = std::move(*record), .voided = stream_->voided(position)};
}

Result<> Stream::restore(std::vector<Bytes>& rows, const Gone* gone, bool partly) {
  if (gone != nullptr) TRY_VOID(take_as_they_lie(rows, *gone, partly));
  const std::size_t begun = rows_.size();
  auto done = go_through(rows, gone);
  if (done) return done;
  const auto next = static_cast<std::ptrdiff_t>(rows_.size() - begun);
  std::move(rows.begin() + next, rows.end(), std::back_inserter(rows_));
  rows = std::move(rows_);
  return done;
}

/// The records that `gone` stands for are looked at, and taken all at once; `rows` are those behind them then.
Result<> Stream::take_as_they_lie(std::vector<Bytes>& rows, const Gone& gone, bool partly) {
  if (gone.stream != id_ || gone.next == 0 || gone.next > rows.size()) return refuse(kGap);
  for (std::uint64_t at = 0; at < gone.next; ++at) {
    const bool later = partly && rows[at].empty() && at + 1 < gone.next;
    if (!later && !wire::laid_out(rows[at], at)) return refuse(kGap);
  }
  if (wire::history_hash(ByteView(rows[gone.next - 1]).first(wire::kHeaderSize)) != gone.history) {
    return refuse(kBrokenChain);
  }
  const auto place = [&](std::uint64_t position) { return position < gone.next; };
  if (!std::ranges::all_of(gone.of_keys, place) || !std::ranges::all_of(gone.erased, place) ||
      !std::ranges::all_of(gone.incomplete, place)) {
    return refuse(kGap);
  }
  const auto behind = rows.begin() + static_cast<std::ptrdiff_t>(gone.next);
  std::vector<Bytes> rest(std::move_iterator(behind), std::move_iterator(rows.end()));
  rows.erase(behind, rows.end());
  rows_ = std::exchange(rows, std::move(rest));
  return {};
}

Gone Stream::gone() const {
  return {.stream = id_,
          .next = next(),
          .history = history_,
          .table = table_,
          .unknown_control = unknown_control_,
          .voided = voided_,
          .of_keys = of_keys_,
          .erased = erased_,
          .erased_skeletons = erased_skeletons_,
          .incomplete = incomplete_};
}

Result<> Stream::go_through(std::vector<Bytes>& rows, const Gone* gone) {
  Examination exam{.stream = *this, .out = {}, .newest_of = {}, .against = {}};
  rows_.reserve(rows_.size() + rows.size());
  if (gone != nullptr) {
    history_ = gone->history;
    voided_ = gone->voided;
    of_keys_ = gone->of_keys;
    exam.out.table = gone->table;
    exam.out.unknown_control = gone->unknown_control;
    exam.out.erased = gone->erased;
    exam.out.skeletons = gone->erased_skeletons;
  }
  for (Bytes& row : rows) {
    TRY(record, wire::view_record(row));
    const wire::Header& header = record.header;
    TRY_VOID(names_its_stream(exam, header));
    if (header.position != next()) return refuse(kGap);
    if (header.prev != history_ && !planted().skip_chain) return refuse(kBrokenChain);
    if (!planted().skip_hashes) TRY_VOID(wire::check_hashes(record));
    if (header.position > 0 && exam.out.table.seat(header.author) == nullptr) return refuse(wire::kNotAWriter);
    bool voided = false;
    if (header.cls == wire::Class::control) {
      if (!record.skeleton || header.content_length != 0) return refuse(wire::kBadControl);
      TRY(is_void, examine_control(exam, header, *record.skeleton));
      voided = is_void;
    } else {
      voided = !wire::may_write(exam.out.table, header, std::nullopt) && !planted().skip_rights;
    }
    take_in(std::move(row), record, voided);
  }
  table_ = std::move(exam.out.table);
  unknown_control_ = exam.out.unknown_control;
  erased_ = std::move(exam.out.erased);
  erased_skeletons_ = std::move(exam.out.skeletons);
  if (gone == nullptr) return {};
  // Parts of older records may have gone, or come, since.
  std::set<std::uint64_t> changed = gone->incomplete;
  changed.insert(erased_.begin(), erased_.end());
  for (const std::uint64_t position : changed) {
    if (position >= next()) continue;
    // Of one that is not here yet give() says more.
    if (rows_[position].empty() ? gone->incomplete.contains(position) : !complete(view(position))) {
      incomplete_.insert(position);
    }
  }
  return {};
}

Result<Batch> Stream::check(const std::vector<Bytes>& raw, std::optional<wire::Record>* against) const {
  Examination exam{.stream = *this, .out = {}, .newest_of = {}, .against = {}};
  exam.out.table = table_;
  exam.out.unknown_control = unknown_control_;
  for (const Bytes& bytes : raw) {
    TRY(record, wire::decode_record(bytes));
    const auto examined = examine(exam, std::move(record));
    if (!examined && against != nullptr) *against = std::move(exam.against);
    TRY_VOID(examined);
  }
  // The newest record of every author stands for all before it: the chain binds them.
  for (const auto& [author, index] : exam.newest_of) {
    const wire::Record& record = exam.out.records[index].record;
    if (!planted().skip_signatures && !wire::verify_header(record.header, record.signature)) {
      return refuse(wire::kBadSignature);
    }
  }
  return std::move(exam.out);
}

namespace {

/// Does it give keys to somebody?
bool speaks_of_keys(ByteView control) {
  const auto kind = static_cast<wire::ControlKind>(control[0]);
  return kind == wire::ControlKind::genesis || kind == wire::ControlKind::members;
}

}  // namespace

/// The view's bytes are those of the row: they move with it.
void Stream::take_in(Bytes row, const wire::RecordView& record, bool voided) {
  const wire::Header& header = record.header;
  history_ = wire::history_hash(record.encoded);
  if (voided) voided_.insert(header.position);
  if (!complete(record)) incomplete_.insert(header.position);
  const bool of_keys = !voided && header.cls == wire::Class::control && record.skeleton && !record.skeleton->empty() &&
                       speaks_of_keys(*record.skeleton);
  if (of_keys) of_keys_.push_back(header.position);
  rows_.push_back(std::move(row));
}

std::vector<std::uint64_t> Stream::admit(Batch batch) {
  for (Held& held : batch.records) {
    Bytes row = wire::encode(held.record);
    const auto record = wire::view_record(row);
    assert(record.has_value());
    take_in(std::move(row), *record, held.voided);
  }
  std::vector<std::uint64_t> filled;
  for (wire::Record& record : batch.filled) {
    const std::uint64_t position = record.header.position;
    wire::Record held = records()[position].record;
    if (!held.skeleton) held.skeleton = std::move(record.skeleton);
    if (!held.content && !erased_.contains(position)) held.content = std::move(record.content);
    if (complete(held)) incomplete_.erase(position);
    rows_[position] = wire::encode(held);
    filled.push_back(position);
  }
  table_ = std::move(batch.table);
  unknown_control_ = batch.unknown_control;
  erased_.merge(batch.erased);
  erased_skeletons_.merge(batch.skeletons);
  return filled;
}

std::vector<std::uint64_t> Stream::to_be_dropped() const {
  std::vector<std::uint64_t> out;
  for (const std::uint64_t position : erased_) {
    if (view(position).content) out.push_back(position);
  }
  return out;
}

std::vector<std::uint64_t> Stream::drop_erased() {
  std::vector<std::uint64_t> dropped = to_be_dropped();
  for (const std::uint64_t position : dropped) {
    drop_content(position);
  }
  return dropped;
}

void Stream::drop_content(std::uint64_t position) {
  wire::Record held = records()[position].record;
  held.content.reset();
  rows_[position] = wire::encode(held);
  incomplete_.insert(position);
}

bool Stream::skeleton_withheld(std::uint64_t position) const {
  return incomplete_.contains(position) && !view(position).skeleton && !erased_skeletons_.contains(position);
}

std::vector<std::uint64_t> Stream::withheld() const {
  std::vector<std::uint64_t> out;
  for (const std::uint64_t position : incomplete_) {
    if (!erased_.contains(position) || skeleton_withheld(position)) out.push_back(position);
  }
  return out;
}

const crypto::Key* Stream::key(std::uint32_t epoch) const {
  const auto at = keys_.find(epoch);
  return at == keys_.end() ? nullptr : &at->second;
}

const crypto::Key* Stream::skeleton_key(std::uint32_t epoch) const {
  const auto at = skeleton_keys_.find(epoch);
  return at == skeleton_keys_.end() ? nullptr : &at->second;
}

void Stream::learn(std::uint32_t epoch, crypto::Key key) {
  skeleton_keys_.emplace(epoch, log::skeleton_key(id_, epoch, key.view()));
  keys_.emplace(epoch, std::move(key));
}

namespace {

/// What a control record says of keys: the epoch its boxes are for, and the way back to the one before.
struct KeyNews {
  std::uint32_t epoch = 0;
  KeyId id;
  const std::vector<wire::Box>* boxes = nullptr;
  const wire::NewEpoch* new_epoch = nullptr;
};

std::optional<KeyNews> key_news(const wire::Control& control, std::uint32_t current_epoch, const KeyId& current_id) {
  if (const auto* genesis = std::get_if<wire::Genesis>(&control)) {
    return KeyNews{.epoch = 0, .id = genesis->key_id, .boxes = &genesis->boxes, .new_epoch = nullptr};
  }
  const auto* members = std::get_if<wire::Members>(&control);
  if (members == nullptr) return std::nullopt;
  if (members->epoch) {
    return KeyNews{.epoch = members->epoch->epoch,
                   .id = members->epoch->key_id,
                   .boxes = &members->boxes,
                   .new_epoch = &*members->epoch};
  }
  return KeyNews{.epoch = current_epoch, .id = current_id, .boxes = &members->boxes, .new_epoch = nullptr};
}

/// Every epoch that the records at these positions begin, with its key's id.
template <class Each>
void each_epoch(const Stream& stream, const std::vector<std::uint64_t>& positions, Each each) {
  for (const std::uint64_t position : positions) {
    const wire::RecordView record = stream.view(position);
    if (!record.skeleton) continue;
    const auto control = wire::decode_control(*record.skeleton);
    const auto* genesis = control ? std::get_if<wire::Genesis>(&*control) : nullptr;
    const auto* members = control ? std::get_if<wire::Members>(&*control) : nullptr;
    if (genesis != nullptr) each(position, std::uint32_t{0}, genesis->key_id);
    if (members != nullptr && members->epoch) {
      each(position, members->epoch->epoch, members->epoch->key_id);
    }
  }
}

}  // namespace

std::uint32_t Stream::epoch_at(std::uint64_t position) const {
  std::uint32_t out = 0;
  each_epoch(*this, of_keys_, [&](std::uint64_t at, std::uint32_t epoch, const KeyId&) {
    if (at <= position) out = epoch;
  });
  return out;
}

Result<> Stream::learn(std::uint32_t epoch, const Hash& key) {
  bool named = false;
  each_epoch(*this, of_keys_, [&](std::uint64_t, std::uint32_t began, const KeyId& id) {
    if (began == epoch) named = crypto::key_id(epoch == 0 ? StreamId{} : id_, epoch, key.view()) == id;
  });
  if (!named) return refuse(kBadKeyBox);
  learn(epoch, crypto::Key(key.view()));
  return {};
}

bool Stream::let_go(std::uint64_t position) {
  if (position >= next() || !view(position).content) return false;
  drop_content(position);
  return true;
}

Result<> Stream::unlock(const crypto::DeviceKeys& me) {
  std::uint32_t epoch = 0;
  KeyId id;
  bool bad_box = false;
  std::vector<std::pair<std::uint64_t, wire::NewEpoch>> ways_back;  ///< with the position of each
  std::map<std::uint32_t, KeyId> ids;  ///< what each epoch's key was said to be when it began
  for (const std::uint64_t position : of_keys_) {
    const wire::RecordView record = view(position);
    if (!record.skeleton) continue;
    const auto control = wire::decode_control(*record.skeleton);
    if (!control) continue;
    const auto news = key_news(*control, epoch, id);
    if (!news) continue;
    epoch = news->epoch;
    id = news->id;
    ids.emplace(epoch, id);
    if (news->new_epoch != nullptr) ways_back.emplace_back(position, *news->new_epoch);
    if (keys_.contains(epoch)) continue;
    for (const wire::Box& box : *news->boxes) {
      if (box.recipient != me.sign) continue;
      // In a genesis zeros stand for the stream's own id, which its own hash can not hold.
      auto key = crypto::open_key(box, me, position == 0 ? StreamId{} : id_, epoch, id);
      if (key) {
        learn(epoch, std::move(*key));
      } else {
        bad_box = bad_boxes_.insert(position).second || bad_box;
      }
    }
  }
  // Newest first: each key found opens the one before it. Those known otherwise are looked at, too: a device that comes
  // later has nothing else.
  for (const auto& [position, back] : ways_back | std::views::reverse) {
    const crypto::Key* newer = key(back.epoch);
    if (newer == nullptr || !ways_examined_.insert(position).second) continue;
    const std::uint32_t epoch_before = back.epoch - 1;
    auto older = crypto::open_old_key(back, newer->view(), id_);
    // Whoever started the epoch sealed the older key: it has to be the one its own epoch named, as every box is.
    const StreamId named_in = epoch_before == 0 ? StreamId{} : id_;
    if (older && crypto::key_id(named_in, epoch_before, older->view()) == ids[epoch_before]) {
      learn(epoch_before, std::move(*older));
    } else {
      bad_box = true;
    }
  }
  if (bad_box) return refuse(kBadKeyBox);
  return {};
}

}  // namespace attune::log
