// Thank-yous: what may be said, opened, answered, edited, taken back and sent.
#include "attune/client/errors.h"
#include "attune/practices/cherish/commands.h"
#include "attune/space/errors.h"
#include "tests/sim/refusals/row.h"

namespace attune::sim::refusals {

namespace {

Json with(Json args, const char* name, Json value) {
  args[name] = std::move(value);
  return args;
}

}  // namespace

void add_thanks_rows(std::vector<Row>& rows) {
  item_row(rows, space::kTextEmpty, "ThanksForNothing",
           [](Couple& c, bool broken) { return c.sam.command("cherish.thank", said(broken ? "" : "You rang")); });
  item_row(rows, space::kTextTooLong, "ThanksTooLong", [](Couple& c, bool broken) {
    return c.sam.command("cherish.thank", said(std::string(broken ? 2001 : 2000, 'a')));
  });
  item_row(rows, space::kTextTooLong, "AFeelingTooLong", [](Couple& c, bool broken) {
    return c.sam.command("cherish.thank", with(said("You rang"), "felt", std::string(broken ? 2001 : 2000, 'a')));
  });
  item_row(rows, space::kTextTooLong, "AnAnswerToThanksTooLong", [](Couple& c, bool broken) {
    const Json item = c.thank();
    c.noa.must("space.open-item", {{"item", item}});
    return c.noa.command("cherish.answer", {{"item", item}, {"words", std::string(broken ? 2001 : 2000, 'a')}});
  });
  item_row(rows, space::kUnknownItem, "OpeningNothing", [](Couple& c, bool broken) {
    const Json item = c.thank();
    return c.noa.command("space.open-item", {{"item", broken ? Json(kNobody) : item}});
  });
  item_row(rows, space::kUnknownItem, "TakingNothingBack", [](Couple& c, bool broken) {
    const Json item = c.thank();
    return c.sam.command("space.take-back", {{"item", broken ? Json(kNobody) : item}});
  });
  item_row(rows, space::kUnknownItem, "EditingNothing", [](Couple& c, bool broken) {
    const Json item = c.thank();
    return c.sam.command("cherish.edit", with(said("You called"), "item", broken ? Json(kNobody) : item));
  });
  item_row(rows, space::kUnknownItem, "AnsweringNoThanks", [](Couple& c, bool broken) {
    const Json item = c.thank();
    c.noa.must("space.open-item", {{"item", item}});
    return c.noa.command("cherish.answer", {{"item", broken ? Json(kNobody) : item}, {"tap", "warmed"}});
  });
  item_row(rows, space::kUnknownItem, "SendingNothingThatWasKept", [](Couple& c, bool broken) {
    c.sam.must("cherish.keep", said("You rang"));
    const Json item = c.sam.see("cherish")["kept"][0]["item"];
    return c.sam.command("cherish.send-kept", {{"item", broken ? Json(kNobody) : item}});
  });
  item_row(rows, space::kNotYours, "TakingBackWhatTheOtherSaid", [](Couple& c, bool broken) {
    const Json item = c.thank();
    return (broken ? c.noa : c.sam).command("space.take-back", {{"item", item}});
  });
  item_row(rows, space::kNotYours, "EditingWhatTheOtherSaid", [](Couple& c, bool broken) {
    const Json item = c.thank();
    return (broken ? c.noa : c.sam).command("cherish.edit", with(said("You called"), "item", item));
  });
  item_row(rows, space::kTakenBackAlready, "TakingBackTwice", [](Couple& c, bool broken) {
    const Json item = c.thank();
    if (broken) c.sam.must("space.take-back", {{"item", item}});
    return c.sam.command("space.take-back", {{"item", item}});
  });
  item_row(rows, space::kTakenBackAlready, "EditingWhatWasTakenBack", [](Couple& c, bool broken) {
    const Json item = c.thank();
    if (broken) c.sam.must("space.take-back", {{"item", item}});
    return c.sam.command("cherish.edit", with(said("You called"), "item", item));
  });
  item_row(rows, space::kTakenBackAlready, "AnsweringWhatWasTakenBack", [](Couple& c, bool broken) {
    const Json item = c.thank();
    c.noa.must("space.open-item", {{"item", item}});
    if (broken) c.sam.must("space.take-back", {{"item", item}});
    c.world.settle();
    return c.noa.command("cherish.answer", {{"item", item}, {"tap", "warmed"}});
  });
  item_row(rows, cherish::kStillClosed, "AnsweringAClosedEnvelope", [](Couple& c, bool broken) {
    const Json item = c.thank();
    if (!broken) c.noa.must("space.open-item", {{"item", item}});
    return c.noa.command("cherish.answer", {{"item", item}, {"tap", "warmed"}});
  });
  item_row(rows, cherish::kOwnThanks, "AnsweringOnesOwnThanks", [](Couple& c, bool broken) {
    const Json item = c.thank();
    c.noa.must("space.open-item", {{"item", item}});
    return (broken ? c.sam : c.noa).command("cherish.answer", {{"item", item}, {"tap", "warmed"}});
  });
  item_row(rows, cherish::kEmptyAnswer, "AnAnswerWithoutTapOrWords", [](Couple& c, bool broken) {
    const Json item = c.thank();
    c.noa.must("space.open-item", {{"item", item}});
    return c.noa.command("cherish.answer", {{"item", item}, {"words", broken ? "" : "Gladly"}});
  });
  item_row(rows, cherish::kSentAlready, "SendingWhatWasKeptTwice", [](Couple& c, bool broken) {
    c.sam.must("cherish.keep", said("You rang"));
    const Json item = c.sam.see("cherish")["kept"][0]["item"];
    if (broken) c.sam.must("cherish.send-kept", {{"item", item}});
    return c.sam.command("cherish.send-kept", {{"item", item}});
  });
  rows.push_back({client::kTooLateToUndo, "UndoingAfterFiveSeconds", [](Couple& c, bool broken) {
                    c.pair();
                    const Json sent = c.sam.must("cherish.thank", said("Too soon"), 5'000);
                    c.world.run_for(broken ? 6'000 : 2'000);
                    return code(c.sam.command("space.undo", {{"command", sent["command"]}}));
                  }});
}

}  // namespace attune::sim::refusals
