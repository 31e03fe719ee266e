// From stored rows to a client, and back: every durable change goes through put, remove and flush.
#include <charconv>

#include "attune/client/client.h"
#include "attune/client/snapshot.h"

namespace attune::client {

namespace {

constexpr std::uint32_t kFormat = 1;

Bytes number_row(std::uint32_t value) {
  Writer out;
  out.number(value);
  return std::move(out).take();
}

/// Null: there is no such row. Rows lie in the order of their keys.
template <class Rows>
auto find(Rows& rows, std::string_view key) -> decltype(&*rows.front().value) {
  const auto at = std::ranges::lower_bound(rows, key, {}, &Row::key);
  return at == rows.end() || at->key != key ? nullptr : &*at->value;
}

void in_order(std::vector<Row>& rows) {
  std::erase_if(rows, [](const Row& row) { return !row.value; });
  if (!std::ranges::is_sorted(rows, {}, &Row::key)) std::ranges::sort(rows, {}, &Row::key);
}

/// Those whose keys begin so; they lie together. Of a hundred thousand few are looked at.
template <class Rows>
auto beginning_with(Rows& rows, std::string_view prefix) {
  const auto begin = std::ranges::lower_bound(rows, prefix, {}, &Row::key);
  const auto begins = [&](const Row& row) { return row.key.starts_with(prefix); };
  return std::ranges::subrange(begin, std::ranges::partition_point(begin, rows.end(), begins));
}

/// `first`: the key of the stream's genesis. None: no record of this stream.
std::optional<std::uint64_t> position_of(std::string_view key, std::string_view first) {
  const std::size_t prefix = first.size() - 16;
  if (key.size() != first.size() || key.substr(0, prefix) != first.substr(0, prefix)) return std::nullopt;
  std::uint64_t out = 0;
  const auto [end, error] = std::from_chars(key.data() + prefix, key.data() + key.size(), out, 16);
  return error == std::errc{} && end == key.data() + key.size() ? std::optional(out) : std::nullopt;
}

/// The records of a stream that are among the rows. Below `places` each is in its place, those that are missing empty.
std::vector<Bytes> records_of(std::vector<Row>& rows, const StreamId& id, std::uint64_t places) {
  const std::string first = record_row(id, 0);
  const std::string_view prefix = std::string_view(first).substr(0, first.size() - 16);
  std::vector<Bytes> out;
  out.reserve(static_cast<std::size_t>(places) + rows.size());
  out.resize(static_cast<std::size_t>(places));
  for (Row& row : beginning_with(rows, prefix)) {
    const auto position = places == 0 ? std::nullopt : position_of(row.key, first);
    if (position && *position < places) {
      out[static_cast<std::size_t>(*position)] = std::move(*row.value);
    } else {
      out.push_back(std::move(*row.value));
    }
  }
  return out;
}

}  // namespace

Result<> Client::boot(std::vector<Row> rows, Now now) {
  in_order(rows);
  if (rows.empty()) {
    vault_ = Vault(crypto::random_key(entropy_));
    put_raw("format", number_row(kFormat));
    put_raw("wrap", Bytes(vault_.key().view().begin(), vault_.key().view().end()));
    flush();
    return {};
  }
  TRY_VOID(load_small(rows));
  TRY_VOID(load_streams(std::move(rows), false));
  begin(now);
  return {};
}

Result<> Client::boot_early(std::vector<Row> rows) {
  in_order(rows);
  TRY_VOID(load_small(rows));
  return load_streams(std::move(rows), true);
}

void Client::hand_over(std::vector<Row> rows) {
  for (auto& [id, line] : lines_) {
    const std::string first = record_row(id, 0);
    for (Row& row : rows) {
      const auto position = row.value ? position_of(row.key, first) : std::nullopt;
      if (position) line.stream->give(*position, std::move(*row.value));
    }
  }
  if (std::exchange(missed_, false)) follow_streams();
}

std::vector<std::string> Client::take_missed() {
  std::vector<std::string> out;
  for (const auto& [id, line] : lines_) {
    for (const std::uint64_t position : line.stream->take_missed()) out.push_back(record_row(id, position));
  }
  missed_ = missed_ || !out.empty();
  if (!out.empty()) projection_.reset();
  return out;
}

Result<> Client::boot_whole(Now now) {
  for (const auto& [id, line] : lines_) {
    if (!line.stream->whole()) return refuse(kStorageCorrupt);
  }
  follow_streams();
  begin(now);
  return {};
}

/// What is due at a start.
void Client::begin(Now now) {
  now_ = now;
  if (const Bytes row = std::exchange(ahead_row_, {}); !row.empty() && !open_ahead(row)) remove("ahead");
  mind_ahead();
  expire_invitation(now);
  settle(now);
  if (profile_) dial(now);
  flush();
  set_alarm(now);
}

Result<> Client::load_small(const std::vector<Row>& rows) {
  const Bytes* format = find(rows, "format");
  if (format == nullptr || format->size() != 4) return refuse(kStorageCorrupt);
  if (Reader(*format).number<std::uint32_t>() > kFormat) return refuse(kStorageNewer);
  const Bytes* wrap = find(rows, "wrap");
  if (wrap == nullptr || wrap->size() != 32) return refuse(kStorageCorrupt);
  vault_ = Vault(crypto::Key(*wrap));
  const auto records = beginning_with(rows, "r/");
  for (auto at = rows.begin();; ++at) {
    if (at == records.begin()) at = records.end();  // no key of theirs is looked at
    if (at == rows.end()) break;
    const Row& row = *at;
    const std::string& key = row.key;
    const auto sealed = [&]<class T>(T& into) -> Result<> {
      TRY(json, vault_.open(key, *row.value));
      if (!schema::read(json, into)) return refuse(kStorageCorrupt);
      return {};
    };
    if (key == "profile") {
      TRY_VOID(sealed(profile_.emplace()));
    } else if (key == "invite") {
      TRY_VOID(sealed(invitation_.emplace()));
    } else if (key == "join") {
      TRY_VOID(sealed(joining_.emplace()));
    } else if (key == "refusals") {
      TRY_VOID(sealed(refusals_));
    } else if (key == "local") {
      TRY_VOID(sealed(local_));
    } else if (key == "ahead") {
      ahead_row_ = *row.value;
    } else if (key == "push") {
      TRY_VOID(sealed(push_.emplace()));
    } else if (key.starts_with("c/")) {
      Queued queued;
      TRY_VOID(sealed(queued));
      next_number_ = std::max(next_number_, queued.number + 1);
      queue_.emplace(queued.number, std::move(queued));
    } else if (key.starts_with("d/")) {
      TRY_VOID(sealed(drafts_[key.substr(2)]));
    } else if (key.starts_with("n/")) {
      TRY_VOID(sealed(notices_[key.substr(2)]));
    }
  }
  if (profile_) keys_ = crypto::DeviceKeys::from(profile_->sign_seed.view(), profile_->box_secret.view());
  return {};
}

Result<> Client::load_streams(std::vector<Row> rows, bool partly) {
  if (!profile_) return partly ? refuse(kStorageCorrupt) : Result<>();
  std::vector<StreamId> ids;
  if (profile_->mine) ids.push_back(*profile_->mine);
  if (profile_->ours) ids.push_back(*profile_->ours);
  if (profile_->mending) ids.push_back(profile_->mending->stream);
  const auto to_be = mine_to_be();
  if (to_be) ids.push_back(*to_be);
  const std::size_t lines = ids.size();
  for (const StreamId& id : profile_->earlier.value_or(std::vector<StreamId>{})) ids.push_back(id);
  Bytes* const row = find(rows, "snapshot");
  auto snapshot = read_snapshot(row == nullptr ? Bytes{} : std::move(*row));
  if (partly && !snapshot) return refuse(kStorageCorrupt);
  for (const StreamId& id : ids) {
    Line line;
    line.stream = std::make_unique<log::Stream>(id);
    const log::Gone* gone = snapshot ? snapshot->of(id) : nullptr;
    std::vector<Bytes> raw = records_of(rows, id, partly && gone != nullptr ? gone->next : 0);
    // Checked once when they came; gone through again, because a damaged disk is not a relay's fault but still a fault.
    if (gone == nullptr || !line.stream->restore(raw, gone, partly)) {
      if (partly) return refuse(kStorageCorrupt);
      snapshot.reset();
      line.stream = std::make_unique<log::Stream>(id);
      if (to_be == id && raw.empty()) continue;  // nothing has come yet
      if (raw.empty() || !line.stream->restore(raw)) return refuse(kStorageCorrupt);
    }
    line.stored = line.stream->next();
    if (const Bytes* sent = find(rows, in_flight_row(id))) {
      Reader in(*sent);
      while (in.left() >= Hash::kSize) line.unanswered.push_back(in.fixed<Hash>());
    }
    if (lines_.size() < lines) {
      lines_.emplace(id, std::move(line));
    } else {
      earlier_.emplace(id, std::move(line.stream));
    }
  }
  if (snapshot) {
    history_ = std::move(snapshot->history);
    snapshot_records_ = snapshot->records();
    follow_streams();
  } else {
    rebuild_history();
  }
  if (const Line* line = ours()) compared_ = compare_to_ = line->stream->next();
  if (const Line* line = successor()) {
    [[maybe_unused]] const auto unlocked = line->stream->unlock(*keys_);  // who has said yes there is known at once
  }
  return {};
}

void Client::rebuild_history() {
  history_ = History();
  compared_ = compare_to_ = 0;
  follow_streams();
}

void Client::follow_streams() {
  for (auto [line, kind] : {std::pair(mine(), wire::StreamKind::mine), std::pair(ours(), wire::StreamKind::ours)}) {
    if (line == nullptr) continue;
    // A box that does not hold its key is named where it arrives; here it only means that some records stay closed.
    [[maybe_unused]] const auto unlocked = line->stream->unlock(*keys_);
    line->folding = false;
    if (kind == wire::StreamKind::ours && !follow_earlier()) continue;
    history_.follow(*line->stream, kind);
  }
  refresh_sealing();
  changed();
}

void Client::put(std::string_view row, const Json& value) {
  rows_.push_back({.key = std::string(row), .value = vault_.seal(row, value, entropy_)});
}

void Client::put_raw(std::string row, Bytes value) {
  rows_.push_back({.key = std::move(row), .value = std::move(value)});
}

void Client::remove(std::string row) { rows_.push_back({.key = std::move(row), .value = std::nullopt}); }

void Client::keep_profile() { put("profile", schema::to_json(*profile_)); }

void Client::keep_line(Line& line) {
  for (; line.stored < line.stream->next(); ++line.stored) {
    put_raw(record_row(line.stream->id(), line.stored), line.stream->row(line.stored));
  }
}

void Client::flush() {
  if (rows_.empty()) return;
  effects_.emplace_back(effect::Store{.rows = std::move(rows_)});
  rows_.clear();
}

std::vector<Effect> Client::take_effects() {
  flush();
  if (changed_) effects_.emplace_back(effect::Changed{});
  changed_ = false;
  return std::exchange(effects_, {});
}

}  // namespace attune::client
