// On a new phone that shows what has not come to it yet.
#include "attune/client/errors.h"
#include "tests/sim/letting.h"
#include "tests/sim/planting.h"
#include "tests/sim/refusals/row.h"
#include "wire/frames.h"

namespace attune::sim::refusals {

namespace {

/// A tablet that has been let in; broken: of the log nothing has come to it.
std::string asked_of_a_tablet(Couple& c, bool broken, std::string_view command, const Json& args) {
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
  return code(tablet.command(command, args));
}

}  // namespace

void add_coming_rows(std::vector<Row>& rows) {
  rows.push_back({client::kStillComing, "ThankingOnWhatIsShownAndHasNotCome", [](Couple& c, bool broken) {
                    return asked_of_a_tablet(c, broken, "cherish.thank", said("You rang"));
                  }});
  rows.push_back({client::kStillComing, "AddingADeviceOnOneThatIsNotInYet", [](Couple& c, bool broken) {
                    return asked_of_a_tablet(c, broken, "space.add-device", {{"app", "https://app.example"}});
                  }});
  rows.push_back({client::kStillComing, "LeavingASpaceThatIsShownAndHasNotCome",
                  [](Couple& c, bool broken) { return asked_of_a_tablet(c, broken, "space.close", Json::object()); }});
}

}  // namespace attune::sim::refusals
