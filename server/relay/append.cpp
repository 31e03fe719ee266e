#include "server/relay/append.h"

#include <algorithm>
#include <map>
#include <utility>

#include "server/relay/planted.h"
#include "server/relay/slot.h"

namespace attune::server {

using wire::Control;
using wire::Header;
using Record = wire::RecordView;

namespace {

// Positions are kept in half a word beside the stream's number (store/sqlite.cpp).
constexpr std::uint64_t kMaxPosition = 0xffff'ffff;

bool is_control(const Record& record) { return record.header.cls == wire::Class::control; }

std::uint64_t size_of(const Record& record) {
  return wire::kHeaderSize + wire::kSignatureSize + (record.skeleton ? record.skeleton->size() : 0) +
         (record.content ? record.content->size() : 0);
}

wire::ControlKind kind_of(const Control& control) { return static_cast<wire::ControlKind>(control.index() + 1); }

Result<std::optional<Control>> control_of(const Record& record) {
  if (!is_control(record)) return std::nullopt;
  if (record.header.content_length != 0) return refuse(wire::kBadControl);
  if (!record.skeleton) return refuse(wire::kContentMissing);
  TRY(control, wire::decode_control(*record.skeleton));
  return std::optional<Control>(std::move(control));
}

bool erases(const Shown& shown, std::uint64_t position) {
  const auto* erase = std::get_if<wire::Erase>(&shown.control);
  return erase != nullptr && std::ranges::binary_search(erase->positions, position);
}

// What an append shows of the records behind it: whole, signed, of this stream, and of a kind that history given back
// may depend on.
Result<> read_ahead(Proposal& proposal, const std::vector<Bytes>& ahead) {
  std::uint64_t before = proposal.records.back().header.position;
  for (const Bytes& bytes : ahead) {
    TRY(record, wire::view_record(bytes));
    TRY(control, control_of(record));
    if (!control) return refuse(wire::kBadControl);
    const wire::ControlKind kind = kind_of(*control);
    if (kind != wire::ControlKind::erase && kind != wire::ControlKind::members) return refuse(wire::kBadControl);
    TRY_VOID(wire::check_hashes(record));
    if (record.header.stream != proposal.stream) return refuse(wire::kWrongStream);
    if (record.header.position <= before) return refuse(wire::kBadFrame);
    if (!wire::verify_header(record.header, record.signature)) return refuse(wire::kBadSignature);
    before = record.header.position;
    proposal.ahead.push_back({.header = record.header, .control = std::move(*control)});
  }
  return {};
}

// A part may be missing only if an erase further on covers it (history re-sent after a loss): in the same append, or
// shown with it. Skeletons go only with what closes a stream; their erase has to be in the append.
Result<> check_missing(Proposal& proposal) {
  std::map<std::uint64_t, bool> covered;  // position → its skeleton, too
  for (std::size_t i = proposal.records.size(); i-- > 0;) {
    if (const auto& control = proposal.controls[i]) {
      if (const auto* erase = std::get_if<wire::Erase>(&*control)) {
        for (const std::uint64_t at : erase->positions) covered[at] |= erase->skeletons;
      }
      continue;
    }
    const Record& record = proposal.records[i];
    const auto found = covered.find(record.header.position);
    if (!record.content && record.header.content_length != 0 && found == covered.end()) {
      const std::uint64_t at = record.header.position;
      if (std::ranges::none_of(proposal.ahead, [&](const Shown& shown) { return erases(shown, at); })) {
        return refuse(wire::kContentMissing);
      }
      proposal.promised.push_back(i);
    }
    if (!record.skeleton && record.header.skeleton_length != 0 && (found == covered.end() || !found->second)) {
      return refuse(wire::kContentMissing);
    }
  }
  return {};
}

// An append whose records do not follow each other is no append.
Result<> check_chain(const Proposal& proposal) {
  for (std::size_t i = 0; i < proposal.records.size(); ++i) {
    const Header& header = proposal.records[i].header;
    if (header.position == 0 && !header.stream.zero()) return refuse(wire::kGenesisFields);
    if (wire::stream_of(header) != proposal.stream) return refuse(wire::kWrongStream);
    if (i == 0) continue;
    const Header& before = proposal.records[i - 1].header;
    if (header.position != before.position + 1 || header.prev != wire::history_hash(before)) {
      return refuse(wire::kBadFrame);
    }
  }
  return {};
}

}  // namespace

Result<Proposal> examine(const SignKey& device, wire::Append append) {
  Proposal out{.device = device,
               .stream = append.stream,
               .wake = append.wake,
               .encoded = std::move(append.records),
               .records = {},
               .controls = {},
               .ahead = {},
               .promised = {}};
  for (const Bytes& bytes : out.encoded) {
    TRY(record, wire::view_record(bytes));
    TRY(control, control_of(record));
    TRY_VOID(wire::check_hashes(record));
    out.records.push_back(std::move(record));
    out.controls.push_back(std::move(control));
  }
  if (out.records.empty() || out.records.size() > wire::kMaxAppendRecords) return refuse(wire::kBatchSize);
  TRY_VOID(check_chain(out));
  TRY_VOID(read_ahead(out, append.ahead));
  TRY_VOID(check_missing(out));
  if (planted_bugs.accept_any_signature) return out;
  for (const Record& record : out.records) {
    if (!wire::verify_header(record.header, record.signature)) return refuse(wire::kBadSignature);
  }
  return out;
}

Result<> may_register(Reading& store, const SignKey& device, const Policy& policy, bool token,
                      const wire::Genesis* genesis) {
  if (policy.registration == Registration::open) return {};
  if (policy.registration == Registration::token && token) return {};
  // A second *mine* that continues nothing is somebody else's space, not this couple's.
  const std::vector<wire::Known> streams = store.streams_of(device);
  const bool second_mine =
      genesis != nullptr && genesis->kind == wire::StreamKind::mine && !genesis->continues &&
      std::ranges::any_of(streams, [](const wire::Known& known) { return known.kind == wire::StreamKind::mine; });
  if (streams.empty() || second_mine) return refuse(wire::kRegistrationClosed);
  return {};
}

namespace {

Result<Stream> found_stream(Writing& store, const Proposal& proposal, const Policy& policy, const Founding& founding) {
  const Header& header = proposal.records.front().header;
  if (header.position != 0) return refuse(wire::kUnknownStream);
  const auto& control = proposal.controls.front();
  const wire::Genesis* genesis = control ? std::get_if<wire::Genesis>(&*control) : nullptr;
  if (genesis == nullptr) return refuse(wire::kGenesisFields);
  TRY(table, wire::found(header, *genesis));
  TRY_VOID(may_register(store, proposal.device, policy, founding.token, genesis));
  const std::size_t founded =
      store.founded_by(header.author, wire::StreamKind::mine) + store.founded_by(header.author, wire::StreamKind::ours);
  if (founded >= policy.streams_per_device) return refuse(wire::kRegistrationClosed);
  if (founding.allowance != nullptr && !founding.allowance->take_stream(founding.now)) return refuse(wire::kSlowDown);
  Stream out;
  out.founder = header.author;
  out.table = std::move(table);
  out.table.stream = proposal.stream;
  return out;
}

// The table after every record of the proposal, from the one before it.
Result<wire::Table> advance(Writing& store, const Proposal& proposal, const Stream& stream, std::size_t begin) {
  wire::Table table = stream.table;
  const std::uint64_t first = proposal.records.front().header.position;
  const wire::EarlierAt earlier = [&](std::uint64_t position) -> std::optional<wire::Earlier> {
    if (position >= first) {
      if (position - first >= proposal.records.size()) return std::nullopt;
      const Header& header = proposal.records[position - first].header;
      return wire::Earlier{header.cls, header.author};
    }
    const std::optional<Header> header = store.header(stream, position);
    if (!header) return std::nullopt;
    return wire::Earlier{header->cls, header->author};
  };
  for (std::size_t i = begin; i < proposal.records.size(); ++i) {
    const Header& header = proposal.records[i].header;
    const auto& control = proposal.controls[i];
    const Result<> allowed = wire::may_write(table, header, control ? std::optional(kind_of(*control)) : std::nullopt);
    if (!planted_bugs.let_anybody_write) TRY_VOID(allowed);
    if (!control) continue;
    TRY(next, wire::apply(table, header, *control, earlier));
    table = std::move(next);
  }
  return table;
}

// The members the table has, those they bring in further on, and those whom these bring in. Only a member can vouch for
// another, so nobody is among them whom a member could not have added for good.
std::map<SignKey, const wire::Member*> members_by(const Proposal& proposal, const wire::Table& table) {
  std::map<SignKey, const wire::Member*> out;
  for (const wire::Seat& seat : table.seats) {
    if (!seat.removed_at) out.emplace(seat.member.sign, &seat.member);
  }
  const auto follow = [&](const Header& header, const Control& control) {
    const auto* members = std::get_if<wire::Members>(&control);
    const auto by = out.find(header.author);
    if (members == nullptr || by == out.end() || by->second->role == wire::Role::reader) return;
    for (const wire::Member& member : members->adds) {
      const bool may = table.seat(member.sign) == nullptr && member.person == by->second->person;
      if (may) out.emplace(member.sign, &member);
    }
  };
  for (std::size_t i = 0; i < proposal.records.size(); ++i) {
    if (proposal.controls[i]) follow(proposal.records[i].header, *proposal.controls[i]);
  }
  for (const Shown& shown : proposal.ahead) follow(shown.header, shown.control);
  return out;
}

// A device appends its own; what others wrote it may only re-send as a member. One that was removed is none.
Result<> check_sender(const Proposal& proposal, const wire::Table& before) {
  const bool own = std::ranges::all_of(proposal.records,
                                       [&](const Record& record) { return record.header.author == proposal.device; });
  if (own || members_by(proposal, before).contains(proposal.device)) return {};
  return refuse(wire::kNotAMember);
}

// What is erased further on only is erased by its author's own person.
Result<> check_promised(const Proposal& proposal, const wire::Table& after) {
  if (proposal.promised.empty()) return {};
  const auto members = members_by(proposal, after);
  for (const std::size_t i : proposal.promised) {
    const Header& header = proposal.records[i].header;
    const std::uint8_t person = after.seat(header.author)->member.person;
    const bool own = std::ranges::any_of(proposal.ahead, [&](const Shown& shown) {
      const auto by = members.find(shown.header.author);
      return erases(shown, header.position) && by != members.end() && by->second->person == person;
    });
    if (!own) return refuse(wire::kContentMissing);
  }
  return {};
}

// Leaving, erasing and removing a lost device must stay possible in a stream that is full, yet not without end: control
// records alone may go on for a sixteenth more.
Result<> check_size(const Proposal& proposal, const Stream& stream, const Policy& policy) {
  if (proposal.records.back().header.position >= kMaxPosition) return refuse(wire::kTooLarge);
  std::uint64_t bytes = stream.bytes;
  for (const Record& record : proposal.records) {
    bytes += size_of(record);
    const std::uint64_t reserve = is_control(record) ? policy.stream_bytes / 16 : 0;
    if (bytes > policy.stream_bytes + reserve) return refuse(wire::kServerFull);
  }
  return {};
}

// A wake bit is for the other person alone: never for the devices of whoever appends.
std::vector<SignKey> woken_by(Writing& store, const SignKey& device, const wire::Table& table) {
  const wire::Member* by = table.member(device);
  std::vector<SignKey> out;
  if (by == nullptr || table.kind != wire::StreamKind::ours) return out;
  for (const wire::Seat& seat : table.seats) {
    const bool theirs = !seat.removed_at && seat.member.person != by->person && seat.member.role == wire::Role::device;
    if (theirs && store.subscription(seat.member.sign)) out.push_back(seat.member.sign);
  }
  return out;
}

// A device that belongs to no stream which goes on leaves nothing here by which it could be woken.
void let_go(Writing& store, const wire::Table& before, const wire::Table& after) {
  for (const wire::Seat& seat : before.seats) {
    const SignKey& device = seat.member.sign;
    const bool stays = after.member(device) != nullptr && !after.closed;
    if (seat.removed_at || stays || (!store.subscription(device) && store.wake_times(device).empty())) continue;
    const bool elsewhere = std::ranges::any_of(store.streams_of(device), [&](const wire::Known& known) {
      const auto stream = store.stream(known.stream);
      return stream && !stream->table.closed;
    });
    if (elsewhere) continue;
    store.unsubscribe(device);
    store.set_wake_times(device, {});
  }
}

Result<Decision> judge(Writing& store, const Proposal& proposal, const Policy& policy, const Founding& founding) {
  const Header& first = proposal.records.front().header;
  std::optional<Stream> stream = store.stream(proposal.stream);
  const bool is_new = !stream;
  if (is_new) {
    TRY(made, found_stream(store, proposal, policy, founding));
    stream = std::move(made);
  } else if ((first.position != stream->head + 1 || first.prev != stream->history) && !planted_bugs.append_anywhere) {
    if (!members_by(proposal, stream->table).contains(proposal.device)) return refuse(wire::kNotAMember);
    return Decision{.kind = Decision::Kind::moved,
                    .code = 0,
                    .head = stream->head,
                    .history = stream->history,
                    .joined = {},
                    .woken = {},
                    .after = std::nullopt};
  }
  TRY(after, advance(store, proposal, *stream, is_new ? 1 : 0));
  TRY_VOID(check_sender(proposal, stream->table));
  TRY_VOID(check_promised(proposal, after));
  TRY_VOID(check_size(proposal, *stream, policy));

  Decision out = Decision::done();
  for (const wire::Seat& seat : after.seats) {
    const bool was = !is_new && stream->table.member(seat.member.sign) != nullptr;
    if (!was && !seat.removed_at) out.joined.push_back(seat.member.sign);
  }
  if (proposal.wake) out.woken = woken_by(store, proposal.device, after);
  const Record& last = proposal.records.back();
  const wire::Table before = std::exchange(stream->table, std::move(after));
  stream->head = out.head = last.header.position;
  stream->history = out.history = wire::history_hash(last.encoded);
  stream->bytes += size_of(proposal);
  if (is_new) {
    store.found(*stream);
  } else if (stream->table != before) {
    store.update_table(*stream);
  }
  for (const Record& record : proposal.records) store.append(*stream, record);
  for (const auto& control : proposal.controls) {
    if (!control || planted_bugs.keep_erased) continue;
    if (const auto* erase = std::get_if<wire::Erase>(&*control)) {
      store.erase(*stream, erase->positions, erase->skeletons);
    }
  }
  store.update(*stream);
  tend_slots(store, proposal, *stream, policy);
  let_go(store, before, stream->table);
  out.after = After{.stream = stream->table.stream, .head = out.head, .history = out.history, .members = {}};
  for (const wire::Seat& seat : stream->table.seats) {
    if (!seat.removed_at) out.after->members.push_back(seat.member.sign);
  }
  return out;
}

}  // namespace

std::uint64_t size_of(const Proposal& proposal) {
  std::uint64_t out = 0;
  for (const Record& record : proposal.records) out += size_of(record);
  return out;
}

Decision append(Writing& store, const Proposal& proposal, const Policy& policy, const Founding& founding) {
  Result<Decision> decision = judge(store, proposal, policy, founding);
  return decision ? std::move(*decision) : Decision::refusal(decision.error().code());
}

}  // namespace attune::server
