#include "vectors/invalid.h"

#include "vectors/invalid_rows.h"

namespace attune::tests {

using namespace wire;

const std::vector<Row>& invalid_table() {
  static const std::vector<Row> table = [] {
    std::vector<Row> rows;
    add_record_rows(rows);
    add_control_rows(rows);
    add_founding_rows(rows);
    add_member_rows(rows);
    add_frame_rows(rows);
    return rows;
  }();
  return table;
}

std::vector<std::string> check_rows(const std::vector<Row>& rows) {
  std::vector<std::string> failures;
  const auto fail = [&failures](const Row& row, std::string_view found) {
    failures.push_back(std::string(row.code.name) + " (" + std::string(row.what) + "): " + std::string(found));
  };
  for (const Row& row : rows) {
    if (const auto sound = row.check(false); !sound)
      fail(row, "refused even unbroken: " + std::string(sound.error().name()));
    const auto broken = row.check(true);
    if (broken) {
      fail(row, "accepted");
    } else if (broken.error() != Error(row.code)) {
      fail(row, "refused as " + std::string(broken.error().name()));
    }
  }
  return failures;
}

std::vector<std::string> check_invalid_table() { return check_rows(invalid_table()); }

const std::vector<const ErrorCode*>& given_elsewhere() {
  static const std::vector<const ErrorCode*> codes = {
      &kWrongStream,   &kUnknownStream, &kContentMissing, &kNotAMember,  &kRegistrationClosed,
      &kSlowDown,      &kServerFull,    &kMailboxFull,    &kMailboxGone, &kStopping,
      &kServerTrouble, &kPushOff,       &kPushEndpoint,   &kSlotPiece,
  };
  return codes;
}

}  // namespace attune::tests
