// Whole streams of the vectors, and the broken input beside them.
#include "vectors/sections.h"
#include "wire/members.h"

namespace attune::tests {

using namespace wire;

namespace {

/// A stream as far as it has been taken.
struct Taken {
  std::vector<Record> records;
  std::vector<Table> tables;  ///< after each record

  [[nodiscard]] EarlierAt earlier() const {
    return [this](std::uint64_t position) -> std::optional<Earlier> {
      if (position >= records.size()) return std::nullopt;
      const Header& header = records[position].header;
      return Earlier{.cls = header.cls, .author = header.author};
    };
  }
};

/// Who may write this, and what it changes: the table after it.
Result<Table> next_table(const Taken& taken, const Record& record) {
  const Table& table = taken.tables.back();
  if (record.header.cls == Class::event) {
    TRY_VOID(may_write(table, record.header, std::nullopt));
    return table;
  }
  TRY(control, decode_control(*record.skeleton));
  TRY_VOID(may_write(table, record.header, static_cast<ControlKind>((*record.skeleton)[0])));
  return apply(table, record.header, control, taken.earlier());
}

/// Layout, hashes, signature.
Result<Record> whole(ByteView bytes) {
  TRY(record, decode_record(bytes));
  TRY_VOID(check_hashes(record));
  if (!verify_header(record.header, record.signature)) return refuse(kBadSignature);
  return record;
}

void expect_table(const Table& table, const Entry& entry, Expect& expect) {
  expect.that(table.epoch == entry.number("epoch"), "epoch");
  expect.that(table.closed == entry.flag("closed"), "closed");
  std::vector<Bytes> present;
  for (const Seat& seat : table.seats) {
    const ByteView key = seat.member.sign.view();
    if (!seat.removed_at) present.emplace_back(key.begin(), key.end());
  }
  std::vector<Bytes> wanted = entry.byte_list("members");
  std::ranges::sort(present);
  std::ranges::sort(wanted);
  expect.that(present == wanted, "members");
}

/// One record of a chain that is all sound. False: the rest can not be judged.
bool take(Taken& taken, const StreamId& stream, const Entry& entry, Expect& expect) {
  const auto record = whole(entry.bytes("record"));
  expect.that(record.has_value(), "is whole");
  if (!record) return false;
  const Header& header = record->header;
  expect.that(stream_of(header) == stream, "stream");
  expect.that(header.position == taken.records.size(), "position");
  expect.same(history_hash(header).view(), entry.bytes("history"), "R");
  if (taken.records.empty()) {
    const auto control = record->skeleton ? decode_control(*record->skeleton) : refuse(kBadControl);
    const bool genesis = control && std::holds_alternative<Genesis>(*control);
    expect.that(genesis, "begins with a genesis");
    if (!genesis) return false;
    const auto table = found(header, std::get<Genesis>(*control));
    expect.that(table.has_value(), table ? "founds" : table.error().name());
    if (!table) return false;
    taken.tables.push_back(*table);
  } else {
    expect.that(header.prev == history_hash(taken.records.back().header), "prev");
    const auto table = next_table(taken, *record);
    expect.that(table.has_value(), table ? "is allowed" : table.error().name());
    if (!table) return false;
    taken.tables.push_back(*table);
  }
  taken.records.push_back(*record);
  expect_table(taken.tables.back(), entry, expect);
  return true;
}

std::vector<Taken> take_chains(const Json& wire, Expect& expect) {
  std::vector<Taken> out;
  each_of(wire, "chains", expect, [&](const Entry& chain) {
    Taken taken;
    const auto stream = chain.fixed<StreamId>("stream");
    bool going = true;
    static_cast<void>(chain.list("records", [&](const Entry& entry) {
      if (going) going = take(taken, stream, entry, expect);
      return 0;
    }));
    out.push_back(std::move(taken));
  });
  return out;
}

template <class T>
std::string_view name_of(const Result<T>& result) {
  return result ? std::string_view("accepted") : result.error().name();
}

std::string_view refusal_of(const std::string& on, const Entry& entry, const std::vector<Taken>& chains) {
  const Bytes bytes = entry.bytes("bytes");
  if (on == "record") return name_of(whole(bytes));
  if (on == "control") return name_of(decode_control(bytes));
  if (on == "device") return name_of(decode_from_device(bytes));
  if (on == "relay") return name_of(decode_from_relay(bytes));
  const std::size_t after = entry.number("after");
  if (on != "change" || chains.size() < 2 || after >= chains[1].records.size()) return "nothing that reads it";
  const auto record = whole(bytes);
  if (!record) return name_of(record);
  Taken until = chains[1];
  until.records.resize(after + 1);
  until.tables.resize(after + 1);
  return name_of(next_table(until, *record));
}

}  // namespace

void check_chains(const Json& wire, Expect& expect) { static_cast<void>(take_chains(wire, expect)); }

void check_invalid(const Json& wire, Expect& expect) {
  Expect aside;  // the chains are judged by check_chains
  const std::vector<Taken> chains = take_chains(wire, aside);
  each_of(wire, "invalid", expect, [&](const Entry& entry) {
    const std::string wanted = entry.text("code");
    const std::string_view met = refusal_of(entry.text("on"), entry, chains);
    expect.that(met == wanted, entry.text("what") + ": " + std::string(met) + ", not " + wanted);
  });
}

}  // namespace attune::tests
