// Going on together behind a fork.
#include "attune/space/mending.h"
#include "attune/client/errors.h"
#include "attune/practices/openup/commands.h"
#include "attune/space/enrol.h"
#include "sim/hand.h"
#include "tests/sim/forking.h"
#include "tests/sim/refusals/row.h"

namespace attune::sim::refusals {

namespace {

void fork(Couple& c) {
  show_two_histories(c.world, c.sam, c.noa, [](Device& device) { device.must("cherish.thank", said("Behind it")); });
}

/// What Sam's keys propose by hand, with these members.
void propose_by_hand(Couple& c, const std::function<void(std::vector<wire::Member>&)>& change) {
  const Inside sam = look_inside(c.sam);
  const std::uint64_t place = sam.ours->next() - 2;  // behind it Sam has said one thing
  std::vector<wire::Member> members = space::members_at(*sam.ours, place);
  change(members);
  const auto made = space::found_behind(*sam.ours, place, std::move(members), sam.keys, {}, entropy_of(c.world));
  ASSERT_TRUE(made);
  std::vector<wire::Record> records;
  for (const log::Held& held : (*made)->records()) records.push_back(held.record);
  Hand hand(c.world, sam.keys);
  EXPECT_EQ(hand.append((*made)->id(), records), "");
  c.world.settle();
}

}  // namespace

void add_mending_rows(std::vector<Row>& rows) {
  rows.push_back({space::kNothingToMend, "MendingWhatIsWhole", [](Couple& c, bool broken) {
                    c.pair();
                    if (!broken) {
                      fork(c);
                      meet_again(c.world, c.sam);
                    }
                    return code(c.sam.command("space.mend"));
                  }});
  rows.push_back({space::kNothingToMend, "SayingYesToAnotherProposal", [](Couple& c, bool broken) {
                    c.pair();
                    fork(c);
                    meet_again(c.world, c.sam);
                    c.sam.must("space.mend");
                    c.world.settle();
                    const Json stream = c.noa.see("mending")["stream"];
                    const Json other = crypto::to_base64(look_inside(c.noa).profile.ours->view());
                    return code(c.noa.command("space.mend-confirm", {{"stream", broken ? other : stream}}));
                  }});
  rows.push_back({openup::kLeftBehind, "AnsweringAQuestionFromBeforeTheMending", [](Couple& c, bool broken) {
                    c.pair();
                    Json question = c.question();
                    fork(c);
                    meet_again(c.world, c.sam);
                    mend(c.world, c.sam, c.noa);
                    if (!broken) question = c.question();
                    return code(c.noa.command("openup.answer", {{"question", question}, {"text", "A quiet one"}}));
                  }});
  rows.push_back({client::kMendRefused, "AProposalWithSomebodyNewInIt", [](Couple& c, bool broken) {
                    c.pair();
                    fork(c);
                    propose_by_hand(c, [&](std::vector<wire::Member>& members) {
                      if (!broken) return;
                      const auto stranger = crypto::DeviceKeys::random(entropy_of(c.world));
                      members.push_back(space::own_member(stranger, wire::Role::device, members[0].self, 0));
                    });
                    return notices(c.noa);
                  }});
}

}  // namespace attune::sim::refusals
