// What only a couple can do, what only one who is alone can do, and invitations.
#include "attune/client/errors.h"
#include "attune/space/errors.h"
#include "tests/sim/refusals/row.h"

namespace attune::sim::refusals {

namespace {

/// An invitation, for a partner or another device, until both show the words.
void meet(Couple& c, Device& inviter, Device& guest, std::string_view by) {
  const Json link = inviter.must(by, {{"app", "https://app.example"}})["link"];
  c.world.settle();
  guest.must("space.join", {{"link", link}});
  c.world.settle();
  guest.must("space.accept", {{"name", guest.name()}});
  c.world.settle();
}

void tap(Device& device, std::string_view view) {
  device.must("space.same-words", {{"words", device.see(view)["words"]}});
}

}  // namespace

void add_pairing_rows(std::vector<Row>& rows) {
  rows.push_back({space::kNotPaired, "OfferingAQuestionAlone", [](Couple& c, bool broken) {
                    broken ? c.start() : c.pair();
                    return code(c.sam.command("openup.offer", {{"prompt", "ou-001"}}));
                  }});
  rows.push_back({space::kNotPaired, "SendingWhatWasKeptAlone", [](Couple& c, bool broken) {
                    broken ? c.start() : c.pair();
                    c.sam.must("cherish.keep", said("You rang"));
                    const Json item = c.sam.see("cherish")["kept"][0]["item"];
                    return code(c.sam.command("cherish.send-kept", {{"item", item}}));
                  }});
  rows.push_back({space::kNotPaired, "SendingAWrittenAnswerAlone", [](Couple& c, bool broken) {
                    broken ? c.start() : c.pair();
                    c.sam.must("openup.write", {{"prompt", "ou-001"}, {"text", "A quiet one"}});
                    const Json item = c.sam.see("openup")["written"][0]["item"];
                    return code(c.sam.command("openup.send-written", {{"item", item}}));
                  }});
  rows.push_back({space::kNotPaired, "ComparingStepsAlone", [](Couple& c, bool broken) {
                    c.pair();
                    Device& device = broken ? c.world.add("a third") : c.noa;
                    return code(device.command("space.check-step", {{"code", c.sam.see("step")["code"]}}));
                  }});
  rows.push_back({space::kNotPaired, "ShowingAStepAlone", [](Couple& c, bool broken) {
                    broken ? c.start() : c.pair();
                    return code(c.sam.view("step"));
                  }});
  rows.push_back({space::kAlreadyPaired, "InvitingAThird", [](Couple& c, bool broken) {
                    broken ? c.pair() : c.start();
                    return code(c.sam.command("space.invite", {{"app", "https://app.example"}}));
                  }});
  rows.push_back({space::kAlreadyPaired, "JoiningASecondSpace", [](Couple& c, bool broken) {
                    if (broken) c.pair();
                    Device& third = c.world.add("a third");
                    third.must("space.start", {{"relay", c.world.relay_address()}});
                    c.world.settle();
                    const Json link = third.must("space.invite", {{"app", "https://app.example"}})["link"];
                    return code(c.noa.command("space.join", {{"link", link}}));
                  }});
  rows.push_back({space::kOwnLink, "TakingUpOnesOwnLink", [](Couple& c, bool broken) {
                    c.start();
                    const Json link = c.link();
                    return code((broken ? c.sam : c.noa).command("space.join", {{"link", link}}));
                  }});
  rows.push_back({space::kJoiningNow, "InvitingWhileAnotherInvitationIsLookedAt", [](Couple& c, bool broken) {
                    c.start();
                    c.noa.must("space.start", {{"relay", c.world.relay_address()}});
                    if (broken) c.noa.must("space.join", {{"link", c.link()}});
                    return code(c.noa.command("space.invite", {{"app", "https://app.example"}}));
                  }});
  rows.push_back({space::kInvitationOpen, "LettingADeviceInWhileAPartnerIsInvited", [](Couple& c, bool broken) {
                    c.start();
                    if (broken) c.link();
                    return code(c.sam.command("space.add-device", {{"app", "https://app.example"}}));
                  }});
  rows.push_back({space::kInvitationOpen, "InvitingWhileADeviceIsLetIn", [](Couple& c, bool broken) {
                    c.start();
                    if (broken) c.sam.must("space.add-device", {{"app", "https://app.example"}});
                    return code(c.sam.command("space.invite", {{"app", "https://app.example"}}));
                  }});
  rows.push_back({space::kNotStarted, "LettingADeviceInBeforeTheStart", [](Couple& c, bool broken) {
                    if (!broken) c.start();
                    return code(c.sam.command("space.add-device", {{"app", "https://app.example"}}));
                  }});
  rows.push_back({space::kThisDevice, "RemovingTheDeviceInOnesHand", [](Couple& c, bool broken) {
                    c.start();
                    c.sam.must("space.phrase-confirm", {{"picks", c.picks()}});
                    c.world.settle();
                    Json key;
                    for (const Json& device : c.sam.see("devices")["devices"]) {
                      if (device["this_one"] == broken) key = device["key"];
                    }
                    return code(c.sam.command("space.remove-device", {{"key", key}}));
                  }});
  rows.push_back({space::kUnknownItem, "RemovingADeviceNobodyHas", [](Couple& c, bool broken) {
                    c.start();
                    c.sam.must("space.phrase-confirm", {{"picks", c.picks()}});
                    c.world.settle();
                    Json key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
                    for (const Json& device : c.sam.see("devices")["devices"]) {
                      if (!broken && device["phrase"] == true) key = device["key"];
                    }
                    return code(c.sam.command("space.remove-device", {{"key", key}}));
                  }});
  rows.push_back({space::kTwoSpaces, "BeginningASpaceOnEachOfTwoDevicesAtOnce", [](Couple& c, bool broken) {
                    c.start();
                    Device& tablet = c.world.add("Sam's tablet");
                    Device& kim = c.world.add("Kim");
                    meet(c, c.sam, tablet, "space.add-device");
                    tap(c.sam, "invitation");
                    tap(tablet, "joining");
                    c.world.settle();
                    meet(c, c.sam, c.noa, "space.invite");
                    meet(c, tablet, kim, "space.invite");
                    tap(c.sam, "invitation");
                    tap(c.noa, "joining");
                    if (broken) tap(tablet, "invitation");
                    if (broken) tap(kim, "joining");
                    c.world.run_for(3 * 60 * 60 * 1'000);
                    return notices(c.sam);
                  }});
  rows.push_back({space::kNotPaired, "LeavingWhereNobodyIs", [](Couple& c, bool broken) {
                    broken ? c.start() : c.pair();
                    return code(c.sam.command("space.close"));
                  }});
  rows.push_back({space::kReadingOnly, "LeavingTwice", [](Couple& c, bool broken) {
                    c.pair();
                    if (broken) c.sam.must("space.close");
                    return code(c.sam.command("space.close"));
                  }});
  rows.push_back({space::kNoInvitation, "CancellingNoInvitation", [](Couple& c, bool broken) {
                    c.start();
                    if (!broken) c.link();
                    return code(c.sam.command("space.cancel-invitation"));
                  }});
  rows.push_back({space::kNoInvitation, "CancellingAfterSayingSameWords", [](Couple& c, bool broken) {
                    c.start();
                    c.until_words();
                    if (broken) c.sam.must("space.same-words", {{"words", c.sam.see("invitation")["words"]}});
                    return code(c.sam.command("space.cancel-invitation"));
                  }});
  const auto guest_row = [&](const char* what, const char* command) {
    rows.push_back({space::kNoInvitation, what, [command = std::string(command)](Couple& c, bool broken) {
                      c.start();
                      if (!broken) c.noa.must("space.join", {{"link", c.link()}});
                      c.world.settle();
                      return code(c.noa.command(command));
                    }});
  };
  guest_row("AcceptingNoInvitation", "space.accept");
  guest_row("DecliningNoInvitation", "space.decline");
  const auto words_row = [&](const char* what, const char* command) {
    rows.push_back({space::kNoInvitation, what, [command = std::string(command)](Couple& c, bool broken) {
                      c.start();
                      broken ? static_cast<void>(c.link()) : c.until_words();
                      return code(c.sam.command(command, {{"words", c.sam.see("invitation")["words"]}}));
                    }});
  };
  words_row("SameWordsBeforeThereAreAny", "space.same-words");
  words_row("DifferentWordsBeforeThereAreAny", "space.different-words");
  rows.push_back({client::kNotConnected, "AcceptingOffline", [](Couple& c, bool broken) {
                    c.start();
                    c.noa.must("space.join", {{"link", c.link()}});
                    c.world.settle();
                    if (broken) c.noa.go_offline();
                    return code(c.noa.command("space.accept"));
                  }});
}

}  // namespace attune::sim::refusals
