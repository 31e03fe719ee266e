// On a new phone that shows what has not come to it yet.
#include "attune/client/errors.h"
#include "tests/sim/letting.h"
#include "tests/sim/planting.h"
#include "tests/sim/refusals/row.h"
#include "wire/frames.h"

namespace attune::sim::refusals {

void add_coming_rows(std::vector<Row>& rows) {
  rows.push_back({client::kStillComing, "ThankingOnWhatIsShownAndHasNotCome", [](Couple& c, bool broken) {
                    const Set from(log::planted().slot_from, 1);
                    c.pair();
                    c.thank();
                    Device& tablet = c.world.add("tablet");
                    if (broken) {
                      c.world.meddle([&](const Device& to, Bytes bytes) -> std::vector<Bytes> {
                        const auto message = wire::decode_from_relay(bytes);
                        const bool of_the_log = message && std::holds_alternative<wire::Records>(*message);
                        if (&to == &tablet && of_the_log) return {};
                        return {bytes};
                      });
                    }
                    Letting{.world = c.world, .first = c.sam, .tablet = tablet}.let_in();
                    c.world.run_for(60'000);
                    return code(tablet.command("cherish.thank", said("You rang")));
                  }});
}

}  // namespace attune::sim::refusals
