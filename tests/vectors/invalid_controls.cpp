// Rows for the layout of control records.
#include "vectors/couple.h"
#include "vectors/invalid_rows.h"
#include "wire/limits.h"

namespace attune::tests {
namespace {

using namespace wire;

void row(std::vector<Row>& rows, std::string_view what, Control sound, std::function<void(Bytes&)> damage) {
  rows.push_back({kBadControl, what, [sound = std::move(sound), damage = std::move(damage)](bool broken) {
                    Bytes bytes = encode(sound);
                    if (broken) damage(bytes);
                    return outcome(decode_control(bytes));
                  }});
}

/// Offsets into a genesis without `continues`, and into a change of members.
constexpr std::size_t kGenesisContinues = 1 + 1 + 32;
constexpr std::size_t kGenesisAdds = kGenesisContinues + 1 + 32;
constexpr std::size_t kFirstMember = kGenesisAdds + 1;
constexpr std::size_t kMemberSize = 162;
constexpr std::size_t kMembersAdds = 1 + 32;

}  // namespace

void add_control_rows(std::vector<Row>& rows) {
  const Couple couple;
  const Genesis genesis = couple.mine_genesis;
  const Members change = couple.removing();
  const Erase erase{.skeletons = false, .positions = {1, 4}, .blobs = {all<BlobId>(7)}};

  row(rows, "no bytes at all", Close{}, [](Bytes& b) { b.clear(); });
  row(rows, "kind 0", Close{}, [](Bytes& b) { b[0] = 0; });
  row(rows, "a kind of a newer version", Close{}, [](Bytes& b) { b[0] = 5; });
  row(rows, "a byte left over", Close{}, [](Bytes& b) { b.push_back(0); });
  row(rows, "a byte short", genesis, [](Bytes& b) { b.pop_back(); });
  row(rows, "a stream that is neither mine nor ours", genesis, [](Bytes& b) { b[1] = 2; });
  row(rows, "a flag of 2 (continues)", genesis, [](Bytes& b) { b[kGenesisContinues] = 2; });
  row(rows, "a third person", genesis, [](Bytes& b) { b[kFirstMember + 64] = 2; });
  row(rows, "an unknown role", genesis, [](Bytes& b) { b[kFirstMember + 65] = 3; });
  row(rows, "more members than there are bytes", genesis, [](Bytes& b) { b[kGenesisAdds] = 2; });
  row(rows, "more members than any stream has", genesis, [](Bytes& b) {
    const Bytes one(b.begin() + kFirstMember, b.begin() + kFirstMember + kMemberSize);
    b[kGenesisAdds] = kMaxMembers + 1;
    for (std::size_t i = 0; i < kMaxMembers; ++i) b.insert(b.begin() + kFirstMember, one.begin(), one.end());
  });
  row(rows, "more boxes than any stream has members", genesis, [](Bytes& b) {
    b[kFirstMember + kMemberSize] = kMaxMembers + 1;
    b.resize(b.size() + kMaxMembers * 144);
  });
  row(rows, "more removals than any stream has members", change, [](Bytes& b) {
    b[kMembersAdds + 1] = kMaxMembers + 1;
    b.insert(b.begin() + kMembersAdds + 2, kMaxMembers * 32, 0);
  });
  row(rows, "a flag of 2 (epoch)", change, [](Bytes& b) { b[b.size() - 109] = 2; });
  row(rows, "an epoch announced and missing", change, [](Bytes& b) { b.resize(b.size() - 108); });
  row(rows, "a flag of 2 (skeletons)", erase, [](Bytes& b) { b[1] = 2; });
  row(rows, "positions that fall", erase, [](Bytes& b) { b[4] = 5; });
  row(rows, "a position twice", erase, [](Bytes& b) { b[4] = 4; });
  row(rows, "too many positions", erase, [](Bytes& b) {
    b = {3, 0, 0x01, 0x04};
    for (std::uint16_t i = 0; i <= kMaxErase; ++i) {
      b.insert(b.end(), {static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i >> 8), 0, 0, 0, 0, 0, 0});
    }
    b.insert(b.end(), {0, 0});
  });
  row(rows, "too many blobs", erase, [](Bytes& b) {
    b = {3, 0, 0, 0, kMaxEraseBlobs + 1, 0};
    b.resize(b.size() + (kMaxEraseBlobs + 1) * 32);
  });
}

}  // namespace attune::tests
