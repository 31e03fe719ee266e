// Questions and sealed answers.
#include "attune/client/errors.h"
#include "attune/practices/openup/commands.h"
#include "attune/space/errors.h"
#include "tests/sim/refusals/row.h"

namespace attune::sim::refusals {

void add_question_rows(std::vector<Row>& rows) {
  const auto answer = [](Device& device, const Json& question, std::string text = "A quiet one") {
    return device.command("openup.answer", {{"question", question}, {"text", std::move(text)}});
  };
  item_row(rows, openup::kBadPrompt, "OfferingNoQuestion", [](Couple& c, bool broken) {
    return c.sam.command("openup.offer", {{"prompt", broken ? "OU 1" : "ou-001"}});
  });
  item_row(rows, openup::kBadPrompt, "WritingToNoQuestion", [](Couple& c, bool broken) {
    return c.sam.command("openup.write", {{"prompt", broken ? "" : "ou-001"}, {"text", "A quiet one"}});
  });
  item_row(rows, openup::kOfferedAlready, "OfferingAQuestionThatIsOnTheTable", [](Couple& c, bool broken) {
    c.question();
    return c.noa.command("openup.offer", {{"prompt", broken ? "ou-001" : "ou-002"}});
  });
  item_row(rows, openup::kSentAlready, "SendingAWrittenAnswerTwice", [](Couple& c, bool broken) {
    c.sam.must("openup.write", {{"prompt", "ou-001"}, {"text", "A quiet one"}});
    const Json item = c.sam.see("openup")["written"][0]["item"];
    if (broken) c.sam.must("openup.send-written", {{"item", item}});
    return c.sam.command("openup.send-written", {{"item", item}});
  });
  item_row(rows, space::kUnknownItem, "SendingNothingThatWasWritten", [](Couple& c, bool broken) {
    c.sam.must("openup.write", {{"prompt", "ou-001"}, {"text", "A quiet one"}});
    const Json item = c.sam.see("openup")["written"][0]["item"];
    return c.sam.command("openup.send-written", {{"item", broken ? Json(kNobody) : item}});
  });
  item_row(rows, space::kUnknownItem, "AnsweringNoQuestion", [answer](Couple& c, bool broken) {
    const Json question = c.question();
    return answer(c.noa, broken ? Json(kNobody) : question);
  });
  item_row(rows, space::kUnknownItem, "PassingNoQuestion", [](Couple& c, bool broken) {
    const Json question = c.question();
    return c.noa.command("openup.pass", {{"question", broken ? Json(kNobody) : question}});
  });
  item_row(rows, space::kTakenBackAlready, "AnsweringAQuestionThatWasTakenBack", [answer](Couple& c, bool broken) {
    const Json question = c.question();
    if (broken) c.sam.must("space.take-back", {{"item", question}});
    c.world.settle();
    return answer(c.noa, question);
  });
  item_row(rows, space::kAlreadySealed, "AnsweringTwice", [answer](Couple& c, bool broken) {
    const Json question = c.question();
    if (broken) answer(c.noa, question);
    return answer(c.noa, question);
  });
  item_row(rows, space::kAlreadySealed, "PassingWhatIsSealed", [answer](Couple& c, bool broken) {
    const Json question = c.question();
    if (broken) answer(c.noa, question);
    return c.noa.command("openup.pass", {{"question", question}});
  });
  item_row(rows, space::kTooLate, "TakingAnAnswerBackWhenBothAreSealed", [answer](Couple& c, bool broken) {
    const Json question = c.question();
    answer(c.noa, question);
    c.world.settle();
    if (broken) answer(c.sam, question);
    c.world.settle();
    return c.noa.command("space.take-back", {{"item", question}});
  });
  item_row(rows, space::kTextEmpty, "WritingNothing", [](Couple& c, bool broken) {
    return c.sam.command("openup.write", {{"prompt", "ou-001"}, {"text", broken ? "" : "A quiet one"}});
  });
  item_row(rows, space::kAnswerTooLong, "WritingTooLongAnAnswer", [](Couple& c, bool broken) {
    return c.sam.command("openup.write", {{"prompt", "ou-001"}, {"text", std::string(broken ? 4097 : 4096, 'a')}});
  });
  item_row(rows, space::kAnswerTooLong, "SealingTooLongAnAnswer", [answer](Couple& c, bool broken) {
    return answer(c.noa, c.question(), std::string(broken ? 4097 : 4096, 'a'));
  });
  rows.push_back(
      {client::kRefusedLater, "AnAnswerWrittenOfflineToAQuestionTakenBackMeanwhile", [answer](Couple& c, bool broken) {
         c.pair();
         const Json question = c.question();
         c.noa.go_offline();
         answer(c.noa, question);
         if (broken) c.sam.must("space.take-back", {{"item", question}});
         c.world.settle();
         c.noa.go_online();
         c.world.run_for(120'000);
         return notices(c.noa);
       }});
}

}  // namespace attune::sim::refusals
