// Before there is a space, and what is no command, view or argument at all.
#include "attune/client/errors.h"
#include "attune/crypto/base64.h"
#include "attune/space/errors.h"
#include "tests/sim/refusals/row.h"
#include "wire/limits.h"

namespace attune::sim::refusals {

void add_beginning_rows(std::vector<Row>& rows) {
  rows.push_back({space::kNotStarted, "KeepingBeforeThereIsASpace", [](Couple& c, bool broken) {
                    if (!broken) c.start();
                    return code(c.sam.command("cherish.keep", said("You rang")));
                  }});
  rows.push_back({space::kNotStarted, "RenamingBeforeThereIsASpace", [](Couple& c, bool broken) {
                    if (!broken) c.start();
                    return code(c.sam.command("space.rename", {{"name", "Sam"}}));
                  }});
  rows.push_back({space::kNotStarted, "InvitingBeforeThereIsASpace", [](Couple& c, bool broken) {
                    if (!broken) c.start();
                    return code(c.sam.command("space.invite", {{"app", "https://app.example"}}));
                  }});
  rows.push_back({space::kNotStarted, "WordsBeforeThereIsASpace", [](Couple& c, bool broken) {
                    if (!broken) c.start();
                    return code(c.sam.command("space.phrase-show"));
                  }});
  rows.push_back({space::kAlreadyStarted, "StartingTwice", [](Couple& c, bool broken) {
                    if (broken) c.start();
                    return code(c.sam.command("space.start", {{"relay", c.world.relay_address()}}));
                  }});
  rows.push_back({space::kAlreadyStarted, "RecoveringOverASpace", [](Couple& c, bool broken) {
                    c.start();
                    c.picks();
                    Device& device = broken ? c.sam : c.noa;
                    return code(
                        device.command("space.recover", {{"words", c.words}, {"relay", c.world.relay_address()}}));
                  }});
  rows.push_back({space::kAlreadyStarted, "JoiningWhileRecovering", [](Couple& c, bool broken) {
                    c.start();
                    c.picks();
                    const Json link = c.link();
                    if (broken) c.noa.must("space.recover", {{"words", c.words}, {"relay", c.world.relay_address()}});
                    return code(c.noa.command("space.join", {{"link", link}}));
                  }});
  const auto name_row = [&](const char* what, const char* command) {
    rows.push_back({space::kNameTooLong, what, [command = std::string(command)](Couple& c, bool broken) {
                      const std::string name(broken ? 81 : 80, 'a');
                      if (command == "space.start") {
                        return code(c.sam.command(command, {{"name", name}, {"relay", c.world.relay_address()}}));
                      }
                      c.start();
                      if (command != "space.accept") return code(c.sam.command(command, {{"name", name}}));
                      c.noa.must("space.join", {{"link", c.link()}});
                      c.world.settle();
                      return code(c.noa.command(command, {{"name", name}}));
                    }});
  };
  name_row("ANameTooLongToStartWith", "space.start");
  name_row("ANameTooLongToTake", "space.rename");
  name_row("ADevicesNameTooLong", "space.name-device");
  name_row("ANameTooLongToJoinWith", "space.accept");
  rows.push_back({client::kUnknownCommand, "ACommandOfNoName", [](Couple& c, bool broken) {
                    c.start();
                    return code(c.sam.command(broken ? "space.look" : "space.looked"));
                  }});
  rows.push_back({client::kUnknownView, "AViewOfNoName",
                  [](Couple& c, bool broken) { return code(c.sam.view(broken ? "apps" : "app")); }});
  rows.push_back({client::kBadArguments, "ArgumentsInAList", [](Couple& c, bool broken) {
                    return code(c.sam.command("space.looked", broken ? Json::array() : Json::object()));
                  }});
  rows.push_back({client::kBadArguments, "AnArgumentOfTheSpaceMissing", [](Couple& c, bool broken) {
                    c.start();
                    return code(c.sam.command("space.rename", broken ? Json::object() : Json{{"name", "Sam"}}));
                  }});
  rows.push_back({client::kBadArguments, "AnArgumentOfAPracticeMissing", [](Couple& c, bool broken) {
                    c.start();
                    Json args = said("You rang");
                    if (broken) args.erase("did");
                    return code(c.sam.command("cherish.keep", args));
                  }});
  rows.push_back({client::kBadArguments, "AnArgumentOfAViewMissing", [](Couple& c, bool broken) {
                    return code(c.sam.view("draft", broken ? Json::object() : Json{{"key", "a"}}));
                  }});
  const auto woken_row = [&](const ErrorCode& expected, const char* what, bool called, Json sound, Json wrong) {
    rows.push_back({expected, what, [=](Couple& c, bool broken) {
                      c.start();
                      if (called || !broken) {
                        c.sam.must("space.push-set", {{"endpoint", "https://push.example/1"},
                                                      {"p256dh", crypto::to_base64(Bytes(65, 4))},
                                                      {"auth", crypto::to_base64(Bytes(16, 1))},
                                                      {"key", crypto::to_base64(Bytes(65, 4))}});
                      }
                      return code(c.sam.command("space.wake-at", {{"times", broken ? wrong : sound}}));
                    }});
  };
  const Json two = {4'000'000'000, 4'000'000'001};
  woken_row(client::kNotCalled, "ATimeForADeviceThatIsNotWoken", false, two, two);
  woken_row(client::kBadArguments, "TimesThatDoNotRise", true, two, {4'000'000'000, 4'000'000'000});
  woken_row(client::kBadArguments, "ATimeTooFarAway", true, {wire::kMaxWakeTime}, {wire::kMaxWakeTime + 1});
  Json many = Json::array();
  for (std::size_t n = 0; n < wire::kMaxWakeTimes; ++n) many.push_back(4'000'000'000 + n);
  Json more = many;
  more.push_back(4'000'001'000);
  woken_row(client::kBadArguments, "MoreTimesThanARelayKeeps", true, many, more);
}

}  // namespace attune::sim::refusals
