// What a whole device refuses or names, row by row: first the sound twin passes, then one thing is wrong and the
// expected code comes. Broken bytes by themselves stand in tests/vectors/core.
#include <gtest/gtest.h>

#include <set>

#include "attune/log/writer.h"
#include "attune/space/enrol.h"
#include "sim/inside.h"
#include "tests/vectors/core/given_by_a_device.h"

namespace attune::sim {
namespace {

/// Sam and Noa, and what befalls them.
struct Couple {
  World world{7};
  Device& sam = world.add("sam");
  Device& noa = world.add("noa");

  void start() {
    sam.must("space.start", {{"name", "Sam"}, {"relay", world.relay_address()}});
    world.settle();
  }
  Json link() {
    const Json out = sam.must("space.invite", {{"app", "https://app.example"}})["link"];
    world.settle();
    return out;
  }
  void until_words() {
    noa.must("space.join", {{"link", link()}});
    world.settle();
    noa.must("space.accept", {{"name", "Noa"}});
    world.settle();
  }
  void pair() {
    start();
    until_words();
    sam.must("space.same-words", {{"words", sam.see("invitation")["words"]}});
    noa.must("space.same-words", {{"words", noa.see("joining")["words"]}});
    world.settle();
  }
  /// The newest thank-you of Sam's.
  Json thank() {
    sam.must("cherish.thank", {{"did", "You rang my mother"}, {"says", ""}, {"felt", ""}});
    world.settle();
    return sam.see("cherish")["thanks"][0]["item"];
  }
  Json question() {
    sam.must("openup.offer", {{"prompt", "ou-001"}});
    world.settle();
    return sam.see("openup")["questions"][0]["item"];
  }
  /// Shows the words and says which to tap.
  Json picks() {
    sam.must("space.phrase-show");
    const Json shown = sam.see("recovery");
    Json out = Json::array();
    words.clear();
    for (const Json& word : shown["words"]) words += word.get<std::string>() + " ";
    for (const Json& place : shown["ask"]) {
      out.push_back({{"place", place}, {"word", shown["words"][place.get<std::size_t>() - 1]}});
    }
    return out;
  }
  std::string words;
};

/// "" if the reply is good, else its code.
std::string code(const Json& reply) { return reply["ok"] == true ? "" : reply["code"].get<std::string>(); }

/// A notice other than the wanted one is told as well: a row is about one thing only.
std::string notices(Device& device) {
  std::string out;
  for (const Json& notice : device.see("app")["notices"]) {
    out += (out.empty() ? "" : " ") + notice["code"].get<std::string>();
  }
  return out;
}

struct Row {
  const ErrorCode& code;
  const char* what;  ///< as a name
  std::function<std::string(Couple&, bool broken)> meets;  ///< "" or the code
};

const std::string kNobody = "AAAAAAAAAAAAAAAAAAAAAA";  ///< an id nothing has
Json said(std::string did) { return {{"did", std::move(did)}, {"says", ""}, {"felt", ""}}; }

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
}

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
/// A command about an item: sound about one that is there, broken about one that is not, or that is not of the kind.
void item_row(std::vector<Row>& rows, const ErrorCode& expected, const char* what,
              std::function<Json(Couple&, bool broken)> act) {
  rows.push_back({expected, what, [act = std::move(act)](Couple& c, bool broken) {
                    c.pair();
                    return code(act(c, broken));
                  }});
}

Json with(Json args, const char* name, Json value) {
  args[name] = std::move(value);
  return args;
}

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

void add_storage_rows(std::vector<Row>& rows) {
  const auto row = [&](const ErrorCode& expected, const char* what,
                       std::function<void(Couple&, std::map<std::string, Bytes>&)> damage) {
    rows.push_back({expected, what, [damage = std::move(damage)](Couple& c, bool broken) {
                      c.start();
                      auto disk = c.sam.disk();
                      if (broken) damage(c, disk);
                      std::vector<attune::Row> stored;
                      for (const auto& [key, value] : disk) stored.push_back({.key = key, .value = value});
                      const auto opened = Core::open(std::move(stored), c.world.now(),
                                                     [&c](std::span<std::uint8_t> out) { c.world.dice().fill(out); });
                      return opened ? std::string() : std::string(opened.error().name());
                    }});
  };
  row(client::kStorageNewer, "DataOfANewerVersion", [](Couple&, auto& disk) { disk["format"][0] = 2; });
  row(client::kStorageCorrupt, "DataOfNoVersion", [](Couple&, auto& disk) { disk.erase("format"); });
  row(client::kStorageCorrupt, "AVersionCutOff", [](Couple&, auto& disk) { disk["format"].pop_back(); });
  row(client::kStorageCorrupt, "NoKeyToTheData", [](Couple&, auto& disk) { disk.erase("wrap"); });
  row(client::kStorageCorrupt, "AKeyCutOff", [](Couple&, auto& disk) { disk["wrap"].pop_back(); });
  row(client::kStorageCorrupt, "AnotherKey", [](Couple&, auto& disk) { disk["wrap"][0] ^= 1; });
  row(client::kStorageCorrupt, "AChangedRow", [](Couple&, auto& disk) { disk["profile"].back() ^= 1; });
  row(client::kStorageCorrupt, "ARowInThePlaceOfAnother", [](Couple&, auto& disk) { disk["local"] = disk["profile"]; });
  row(client::kStorageCorrupt, "ARowOfAnotherForm", [](Couple& c, auto& disk) {
    const client::Vault vault{crypto::Key(disk["wrap"])};
    disk["profile"] =
        vault.seal("profile", Json::array(), [&c](std::span<std::uint8_t> out) { c.world.dice().fill(out); });
  });
  row(client::kStorageCorrupt, "AChangedRecord",
      [](Couple&, auto& disk) { disk.lower_bound("r/")->second.back() ^= 1; });
  row(client::kStorageCorrupt, "AStreamLost", [](Couple&, auto& disk) {
    std::erase_if(disk, [](const auto& entry) { return entry.first.starts_with("r/"); });
  });
}

// ---- what a relay, or a partner with a modified client, hands over ----

/// Sam's device asks again how *ours* stands; the relay's answer becomes what `forge` makes of it.
std::string handed_over(Couple& c, Device& to, const StreamId& stream, std::function<void(wire::Records&)> forge) {
  bool done = false;
  c.world.meddle([&, stream](const Device& device, Bytes message) {
    auto frame = wire::decode_from_relay(message);
    auto* records = frame ? std::get_if<wire::Records>(&*frame) : nullptr;
    if (done || &device != &to || records == nullptr || records->stream != stream) return std::vector<Bytes>{message};
    done = true;
    forge(*records);
    return std::vector<Bytes>{wire::encode(*frame)};
  });
  to.restart();
  c.world.settle();
  c.world.meddle({});
  EXPECT_TRUE(done);
  return notices(to);
}

/// As if the relay held one record more.
void add_to(wire::Records& frame, const wire::Record& record) {
  frame.records.push_back(wire::encode(record));
  frame.head = record.header.position;
  frame.history = wire::history_hash(record.header);
}

/// What the hand of one device can make, whatever its core would do.
struct Hand {
  Couple& c;
  Inside inside;
  Entropy entropy = [this](std::span<std::uint8_t> out) { c.world.dice().fill(out); };
  log::Head head = log::Head::of(*inside.ours);

  Hand(Couple& couple, const Device& device) : c(couple), inside(look_inside(device)) {}
  Hand(const Hand&) = delete;
  Hand& operator=(const Hand&) = delete;

  wire::Record event(const std::string& skeleton) {
    return log::seal_event(head, inside.ours->key(head.epoch)->view(), inside.keys,
                           {.skeleton = skeleton, .content = "{}", .skeleton_size = 256, .content_size = 256}, entropy);
  }
  wire::Record control(const wire::Control& what) { return log::make_control(head, inside.keys, what); }
  wire::Members new_epoch() { return space::replace_members(*inside.ours, {}, {}, entropy); }
};

const std::string kAnEvent = R"({"id":"AAAAAAAAAAAAAAAAAAAAAA","k":"some.thing","v":1,"f":{}})";

/// Something more in *ours* by Noa's hand, as Sam's device finds it.
void hand_row(std::vector<Row>& rows, const ErrorCode& expected, const char* what,
              std::function<wire::Record(Couple&, Hand&, bool broken)> make) {
  rows.push_back({expected, what, [make = std::move(make)](Couple& c, bool broken) {
                    c.pair();
                    Hand hand(c, c.noa);
                    const wire::Record record = make(c, hand, broken);
                    return handed_over(c, c.sam, hand.inside.ours->id(),
                                       [&](wire::Records& frame) { add_to(frame, record); });
                  }});
}

/// The same record with another skeleton of a control record, hashed and signed as it should be.
wire::Record say(const Hand& hand, wire::Record record, Bytes skeleton) {
  record.header.skeleton_length = static_cast<std::uint32_t>(skeleton.size());
  record.header.skeleton_hash = wire::skeleton_hash(skeleton);
  record.skeleton = std::move(skeleton);
  record.signature = wire::sign_header(hand.inside.keys.sign_secret.view(), record.header);
  return record;
}

void add_partner_rows(std::vector<Row>& rows) {
  hand_row(rows, log::kVoid, "ARecordThatBreaksTheRules", [](Couple&, Hand& hand, bool broken) {
    wire::Record record = hand.control(hand.new_epoch());
    return broken ? say(hand, record, Bytes{2}) : record;
  });
  hand_row(rows, log::kUnreadable, "AnEventThatIsNone",
           [](Couple&, Hand& hand, bool broken) { return hand.event(broken ? "no event" : kAnEvent); });
  hand_row(rows, log::kUnknownControl, "AControlRecordOfANewerVersion", [](Couple&, Hand& hand, bool broken) {
    wire::Record record = hand.control(hand.new_epoch());
    return broken ? say(hand, record, Bytes{9}) : record;
  });
  hand_row(rows, log::kUnknownControl, "AnEventOfANewerVersionThatIsNeeded", [](Couple&, Hand& hand, bool broken) {
    return hand.event(broken ? R"({"id":"AAAAAAAAAAAAAAAAAAAAAA","k":"some.thing","v":1,"n":true,"f":{}})" : kAnEvent);
  });
  hand_row(rows, log::kBadKeyBox, "ABoxThatDoesNotHoldItsKey", [](Couple& c, Hand& hand, bool broken) {
    wire::Members change = hand.new_epoch();
    const SignKey sams = look_inside(c.sam).keys.sign;
    if (broken) std::ranges::find(change.boxes, sams, &wire::Box::recipient)->sealed.bytes[50] ^= 1;
    return hand.control(change);
  });
  rows.push_back({log::kUnknownRecordInMyName, "ARecordInMyNameThatIKnowNothingOf", [](Couple& c, bool broken) {
                    c.pair();
                    Hand hand(c, broken ? c.sam : c.noa);
                    const wire::Record record = hand.event(kAnEvent);
                    return handed_over(c, c.sam, hand.inside.ours->id(),
                                       [&](wire::Records& frame) { add_to(frame, record); });
                  }});
  rows.push_back({log::kNoKey, "ARecoveryPhraseThatWasGivenNoKey", [](Couple& c, bool broken) {
                    c.start();
                    c.sam.must("space.phrase-confirm", {{"picks", c.picks()}});
                    c.world.settle();
                    const Inside inside = look_inside(c.sam);
                    const Entropy entropy = [&c](std::span<std::uint8_t> out) { c.world.dice().fill(out); };
                    wire::Members change = space::replace_members(*inside.mine, {}, {}, entropy);
                    for (wire::Box& box : change.boxes) {
                      if (broken && box.recipient != inside.keys.sign) box.sealed.bytes[50] ^= 1;
                    }
                    log::Head head = log::Head::of(*inside.mine);
                    const wire::Record record = log::make_control(head, inside.keys, change);
                    c.world.meddle([&](const Device& device, Bytes message) {
                      auto frame = wire::decode_from_relay(message);
                      auto* records = frame ? std::get_if<wire::Records>(&*frame) : nullptr;
                      if (&device == &c.noa && records != nullptr) {
                        add_to(*records, record);
                        message = wire::encode(*frame);
                      }
                      return std::vector<Bytes>{message};
                    });
                    c.noa.must("space.recover", {{"words", c.words}, {"relay", c.world.relay_address()}});
                    c.world.settle();
                    const Json recovering = c.noa.see("recovering");
                    EXPECT_EQ(recovering["state"], broken ? "failed" : "devices");
                    return recovering["code"].is_null() ? std::string() : recovering["code"].get<std::string>();
                  }});
}

void add_relay_rows(std::vector<Row>& rows) {
  const auto fork = [](Couple& c, bool broken) {
    // Another record at the place of the newest one, signed by Noa as well.
    const Json item = c.thank();
    c.noa.must("cherish.thank", said("You called"));
    c.world.settle();
    Hand hand(c, c.noa);
    const auto& held = hand.inside.ours->records();
    wire::Record record = held.back().record;
    if (broken) {
      hand.head.next = held.size() - 1;
      hand.head.history = hand.inside.ours->history_at(held.size() - 2);
      record = hand.event(kAnEvent);
    }
    return handed_over(c, c.sam, hand.inside.ours->id(), [&](wire::Records& frame) { add_to(frame, record); });
  };
  rows.push_back({log::kFork, "TwoHistoriesOfOnePlace", [fork](Couple& c, bool broken) {
                    c.pair();
                    return fork(c, broken);
                  }});
  item_row(rows, space::kReadingOnly, "WritingWhereTwoHistoriesAre", [fork](Couple& c, bool broken) {
    fork(c, broken);
    return c.sam.command("cherish.thank", said("You rang"));
  });
  rows.push_back({client::kServerFault, "ARecordLeftOut", [](Couple& c, bool broken) {
                    c.pair();
                    Hand hand(c, c.noa);
                    wire::Record record = hand.event(kAnEvent);
                    if (broken) record = hand.event(kAnEvent);
                    return handed_over(c, c.sam, hand.inside.ours->id(),
                                       [&](wire::Records& frame) { add_to(frame, record); });
                  }});
  rows.push_back({client::kServerFault, "AWordForItsOwnHistoryThatIsNotSo", [](Couple& c, bool broken) {
                    c.pair();
                    return handed_over(c, c.sam, look_inside(c.sam).ours->id(), [&](wire::Records& frame) {
                      if (broken) frame.history.bytes[0] ^= 1;
                    });
                  }});
  rows.push_back({client::kServerFault, "AMessageThatIsNone", [](Couple& c, bool broken) {
                    c.pair();
                    bool once = broken;
                    c.world.meddle([&](const Device& device, Bytes message) {
                      if (&device == &c.sam && std::exchange(once, false)) message = {0xff};
                      return std::vector<Bytes>{message};
                    });
                    c.sam.restart();
                    c.world.settle();
                    return notices(c.sam);
                  }});
  rows.push_back({log::kWithheld, "ATextThatNobodyErasedIsNotHandedOut", [](Couple& c, bool broken) {
                    c.pair();
                    const StreamId ours = look_inside(c.sam).ours->id();
                    c.world.meddle([&](const Device& device, Bytes message) {
                      auto frame = wire::decode_from_relay(message);
                      auto* records = frame ? std::get_if<wire::Records>(&*frame) : nullptr;
                      if (!broken || &device != &c.noa || records == nullptr || records->stream != ours) {
                        return std::vector<Bytes>{message};
                      }
                      for (Bytes& raw : records->records) {
                        wire::Record record = *wire::decode_record(raw);
                        if (record.header.cls == wire::Class::event) record.content.reset();
                        raw = wire::encode(record);
                      }
                      return std::vector<Bytes>{wire::encode(*frame)};
                    });
                    c.thank();
                    return notices(c.noa);
                  }});
  rows.push_back({log::kBehind, "ARelayThatHadLostItsNewestRecords", [](Couple& c, bool broken) {
                    c.pair();
                    auto backup = c.world.store().state();
                    c.thank();
                    if (!broken) backup = c.world.store().state();
                    c.world.restore_relay(std::move(backup));
                    c.world.run_for(120'000);
                    const std::string sams = notices(c.sam);
                    return sams.empty() ? notices(c.noa) : sams;
                  }});
}

const std::vector<Row>& table() {
  static const std::vector<Row> rows = [] {
    std::vector<Row> out;
    add_beginning_rows(out);
    add_pairing_rows(out);
    add_words_rows(out);
    add_thanks_rows(out);
    add_question_rows(out);
    add_storage_rows(out);
    add_partner_rows(out);
    add_relay_rows(out);
    return out;
  }();
  return rows;
}

class Refusal : public testing::TestWithParam<std::size_t> {};

TEST_P(Refusal, ComesWithItsOwnCodeAndItsSoundTwinPasses) {
  const Row& row = table()[GetParam()];
  {
    Couple sound;
    EXPECT_EQ(row.meets(sound, false), "") << "the sound twin";
    sound.world.meddle({});
  }
  Couple wrong;
  EXPECT_EQ(row.meets(wrong, true), row.code.name);
  wrong.world.meddle({});
}

INSTANTIATE_TEST_SUITE_P(Of, Refusal, testing::Range(std::size_t{0}, table().size()),
                         [](const testing::TestParamInfo<std::size_t>& each) { return table()[each.param].what; });

TEST(Refusals, EveryCodeThatOnlyADeviceGivesHasARow) {
  std::set<std::uint16_t> covered;
  for (const Row& row : table()) covered.insert(row.code.number);
  for (const ErrorCode* code : tests::kGivenByADevice) {
    EXPECT_TRUE(covered.contains(code->number)) << code->name << " has no row";
  }
}

}  // namespace
}  // namespace attune::sim
