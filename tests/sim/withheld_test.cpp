// A relay that hands out the record of an opening and keeps its words.
#include <gtest/gtest.h>

#include "tests/sim/pair.h"
#include "wire/frames.h"
#include "wire/record.h"

namespace attune::sim {
namespace {

TEST(WithheldOpening, IsNotTakenForOneThatWasTakenBack) {
  Pair couple(61);
  const std::string item = couple.offer();
  couple.noa.must("openup.answer", {{"question", item}, {"text", "A quiet one"}});
  couple.world.settle();
  // From here on Sam's records reach Noa without their words: the commit, whose box nobody else opens, and the opening.
  couple.world.meddle([&](const Device& to, Bytes message) -> std::vector<Bytes> {
    auto frame = wire::decode_from_relay(message);
    auto* records = frame ? std::get_if<wire::Records>(&*frame) : nullptr;
    if (&to != &couple.noa || records == nullptr) return {message};
    for (Bytes& raw : records->records) {
      auto record = wire::decode_record(raw);
      if (!record || record->header.cls != wire::Class::event) continue;
      record->content.reset();
      raw = wire::encode(*record);
    }
    return {wire::encode(wire::FromRelay(*records))};
  });
  couple.sam.must("openup.answer", {{"question", item}, {"text", "A loud one"}});
  couple.world.settle();
  const Json seen = couple.question(couple.noa, item);
  EXPECT_EQ(seen["state"], "withheld") << seen.dump();
  EXPECT_TRUE(seen["theirs"].is_null());
  EXPECT_EQ(seen["mine"], "A quiet one");
  EXPECT_TRUE(named(couple.noa, "withheld"));
  EXPECT_EQ(couple.question(couple.sam, item)["state"], "opened");
}

}  // namespace
}  // namespace attune::sim
