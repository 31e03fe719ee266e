#include "server/store/table_bytes.h"

namespace attune::server {

namespace {

constexpr std::uint8_t kTableVersion = 1;

void write_seat(Writer& out, const wire::Seat& seat) {
  const wire::Member& member = seat.member;
  out.fixed(member.sign).fixed(member.box).number(member.person).number(static_cast<std::uint8_t>(member.role));
  out.fixed(member.self).fixed(member.join).number(seat.added_at);
  out.number(static_cast<std::uint8_t>(seat.removed_at.has_value()));
  if (seat.removed_at) out.number(*seat.removed_at);
}

wire::Seat read_seat(Reader& in) {
  wire::Seat seat;
  seat.member.sign = in.fixed<SignKey>();
  seat.member.box = in.fixed<BoxKey>();
  seat.member.person = in.number<std::uint8_t>();
  seat.member.role = static_cast<wire::Role>(in.number<std::uint8_t>());
  seat.member.self = in.fixed<StreamId>();
  seat.member.join = in.fixed<Signature>();
  seat.added_at = in.number<std::uint64_t>();
  if (in.number<std::uint8_t>() != 0) seat.removed_at = in.number<std::uint64_t>();
  return seat;
}

}  // namespace

Bytes encode_table(const wire::Table& table) {
  Writer out;
  out.number(kTableVersion).number(static_cast<std::uint8_t>(table.kind)).fixed(table.stream).number(table.epoch);
  out.fixed(table.key_id).number(static_cast<std::uint8_t>(table.closed));
  out.number(static_cast<std::uint16_t>(table.seats.size()));
  for (const wire::Seat& seat : table.seats) write_seat(out, seat);
  return std::move(out).take();
}

std::optional<wire::Table> decode_table(ByteView bytes) {
  Reader in(bytes);
  if (in.number<std::uint8_t>() != kTableVersion) return std::nullopt;
  wire::Table table;
  table.kind = static_cast<wire::StreamKind>(in.number<std::uint8_t>());
  table.stream = in.fixed<StreamId>();
  table.epoch = in.number<std::uint32_t>();
  table.key_id = in.fixed<KeyId>();
  table.closed = in.number<std::uint8_t>() != 0;
  const auto seats = in.number<std::uint16_t>();
  for (std::uint16_t i = 0; i < seats && !in.failed(); ++i) table.seats.push_back(read_seat(in));
  if (!in.finished()) return std::nullopt;
  return table;
}

}  // namespace attune::server
