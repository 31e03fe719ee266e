// The twelve words: confirming them, coming back by them, and the device that is left out then.
#include "attune/client/errors.h"
#include "attune/space/errors.h"
#include "tests/sim/refusals/row.h"

namespace attune::sim::refusals {

void add_words_rows(std::vector<Row>& rows) {
  rows.push_back({space::kNoPhraseShown, "ConfirmingWordsThatAreNotShown", [](Couple& c, bool broken) {
                    c.start();
                    const Json picks = c.picks();
                    if (broken) c.sam.must("space.phrase-later");
                    return code(c.sam.command("space.phrase-confirm", {{"picks", picks}}));
                  }});
  rows.push_back({space::kWrongPick, "AWordAtAnotherPlace", [](Couple& c, bool broken) {
                    c.start();
                    Json picks = c.picks();
                    if (broken) std::swap(picks[0]["word"], picks[1]["word"]);
                    return code(c.sam.command("space.phrase-confirm", {{"picks", picks}}));
                  }});
  rows.push_back({space::kWrongPick, "OnlyTwoOfTheWords", [](Couple& c, bool broken) {
                    c.start();
                    Json picks = c.picks();
                    if (broken) picks.erase(2);
                    return code(c.sam.command("space.phrase-confirm", {{"picks", picks}}));
                  }});
  rows.push_back({space::kNothingToRecover, "WordsTheRelayDoesNotKnow", [](Couple& c, bool broken) {
                    c.start();
                    const Json picks = c.picks();
                    if (!broken) c.sam.must("space.phrase-confirm", {{"picks", picks}});
                    c.world.settle();
                    c.noa.must("space.recover", {{"words", c.words}, {"relay", c.world.relay_address()}});
                    c.world.settle();
                    const Json code = c.noa.see("recovering")["code"];
                    return code.is_null() ? std::string() : code.get<std::string>();
                  }});
  const auto finish = [&](const ErrorCode& expected, const char* what, std::function<void(Couple&)> wrong) {
    rows.push_back({expected, what, [wrong = std::move(wrong)](Couple& c, bool broken) {
                      c.start();
                      c.sam.must("space.phrase-confirm", {{"picks", c.picks()}});
                      c.world.settle();
                      c.noa.must("space.recover", {{"words", c.words}, {"relay", c.world.relay_address()}});
                      c.world.settle();
                      if (broken) wrong(c);
                      return code(c.noa.command("space.recover-finish", {{"keep", Json::array()}}));
                    }});
  };
  finish(client::kNotConnected, "FinishingARecoveryOffline", [](Couple& c) { c.noa.go_offline(); });
  finish(space::kNoPhraseShown, "FinishingARecoveryThatWasLeft", [](Couple& c) { c.noa.must("space.recover-cancel"); });
  rows.push_back({client::kNotAMemberAnyMore, "ADeviceLeftOutAtARecovery", [](Couple& c, bool broken) {
                    c.start();
                    c.sam.must("space.phrase-confirm", {{"picks", c.picks()}});
                    c.world.settle();
                    c.noa.must("space.recover", {{"words", c.words}, {"relay", c.world.relay_address()}});
                    c.world.settle();
                    Json keep = Json::array();
                    for (const Json& device : c.noa.see("recovering")["devices"]) {
                      if (!broken && device["phrase"] == false) keep.push_back(device["key"]);
                    }
                    c.noa.must("space.recover-finish", {{"keep", keep}});
                    c.world.settle();
                    return notices(c.sam);
                  }});
}

}  // namespace attune::sim::refusals
