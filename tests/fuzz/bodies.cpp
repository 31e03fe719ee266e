#include "fuzz/bodies.h"

#include <cstdlib>

#include "vectors/couple.h"
#include "wire/frames.h"
#include "wire/members.h"
#include "wire/tagged.h"

namespace attune::tests {

using namespace wire;

namespace {

void must(bool held) {
  if (!held) std::abort();
}

/// A couple is costly to make and never changed.
const Couple& couple() {
  static const Couple made = [] {
    must(initialise());
    return Couple();
  }();
  return made;
}

/// What holds for every table that control records can make.
void must_be_sound(const Table& table) {
  std::array<std::size_t, 2> present{};
  for (std::size_t i = 0; i < table.seats.size(); ++i) {
    const Seat& seat = table.seats[i];
    must(seat.member.person < 2);
    if (!seat.removed_at) ++present[seat.member.person];
    for (std::size_t j = i + 1; j < table.seats.size(); ++j) must(table.seats[j].member.sign != seat.member.sign);
  }
  must(present[0] > 0 && present[0] <= kMaxKeys && present[1] <= kMaxKeys);
  must(table.kind == StreamKind::mine ? present[1] == 0 : present[1] > 0);
}

}  // namespace

void fuzz_record(ByteView bytes) {
  must(initialise());
  const auto record = decode_record(bytes);
  if (!record) return;
  must(std::ranges::equal(encode(*record), bytes));
  must(!record->content || record->content->size() == record->header.content_length);
  must(!record->skeleton || record->skeleton->size() == record->header.skeleton_length);
  static_cast<void>(check_hashes(*record));
  static_cast<void>(verify_header(record->header, record->signature));
}

void fuzz_control(ByteView bytes) {
  const auto control = decode_control(bytes);
  if (!control) return;
  must(!unknown_control(bytes));
  must(std::ranges::equal(encode(*control), bytes));
  const Couple& two = couple();
  if (const auto* genesis = std::get_if<Genesis>(&*control)) {
    Header first = control_header(two.phone, *control);
    if (!genesis->adds.empty()) first.author = genesis->adds.front().sign;
    if (const auto table = found(first, *genesis)) must_be_sound(*table);
  }
  for (const Keys* author : {&two.phone, &two.phrase, &two.other, &two.reader, &two.stranger}) {
    Header next = two.next;
    next.author = author->sign;
    const auto kind = static_cast<ControlKind>(bytes[0]);
    if (!may_write(two.ours, next, kind)) continue;
    if (const auto table = apply(two.ours, next, *control, Couple::earlier())) must_be_sound(*table);
  }
}

void fuzz_from_device(ByteView bytes) {
  const auto message = decode_from_device(bytes);
  if (message) must(std::ranges::equal(encode(*message), bytes));
}

void fuzz_from_relay(ByteView bytes) {
  const auto message = decode_from_relay(bytes);
  if (message) must(std::ranges::equal(encode(*message), bytes));
}

}  // namespace attune::tests
