// What one gave the other in an envelope: feelings, what was noticed, good news, letters. What their pages share.
#include "cli/verbs/practices.h"
#include "wire/result.h"

namespace attune::cli {

Outcome<Exit> open_given(Desk& desk, const Json& given, PrintGiven print) {
  const std::string item = text_at(given, "item");
  if (!flag_at(given, "by_me") && !flag_at(given, "opened")) {
    TRY(done, desk.session.command("space.open-item", Json{{"item", item}}));
  }
  TRY(found, find_item(desk, item));
  TRY(handle, handle_of(desk, item));
  if (desk.terminal.json) {
    desk.terminal.out.raw(found.json.dump());
  } else {
    print(desk, found.json, handle);
  }
  TRY_VOID(catch_up(desk));
  return Exit::done;
}

bool print_head(Desk& desk, const Json& given) {
  Terminal& terminal = desk.terminal;
  const bool mine = flag_at(given, "by_me");
  const std::string taken = text_at(given, "taken_back");
  terminal.out.heading(desk.say(mine ? "thank.yours" : "thank.from", {{"when", terminal.when(at(given, "at"))}}));
  if (taken == "gone") {
    terminal.say(mine ? "thank.taken-back.mine" : "thank.taken-back");
    return false;
  }
  if (taken == "kept-by-me") terminal.say("thank.copy");
  return true;
}

void print_reply(Desk& desk, const Json& given, std::string_view tap, std::string_view meanings) {
  const Json& reply = at(given, "answer");
  if (!reply.is_object()) return;
  desk.terminal.gap();
  const std::string tapped = text_at(reply, tap);
  std::string said = tapped.empty() ? std::string() : desk.say(std::string(meanings) + tapped);
  if (const std::string own = text_at(reply, "words"); !own.empty()) said += (said.empty() ? "" : ". ") + own;
  desk.terminal.say(flag_at(reply, "by_me") ? "reply.yours" : "reply.theirs", {{"text", said}});
}

Outcome<Json> tap_and_words(Desk& desk, const std::string& item) {
  Json args{{"item", item}};
  if (desk.args.tap) {
    TRY(tap, one_of(desk, *desk.args.tap, {"landed", "warmed", "smiled"}));
    args["tap"] = tap;
  }
  if (!desk.args.words.empty() || !desk.args.tap) {
    TRY(own, words_of(desk, "ask.reply"));
    args["words"] = own;
  }
  return args;
}

bool may_answer(const Json& given) {
  return !flag_at(given, "by_me") && flag_at(given, "opened") && !at(given, "answer").is_object() &&
         text_at(given, "taken_back") == "no";
}

std::string line_of_given(const Desk& desk, const Json& given, std::string_view kind, const std::string& text) {
  const bool mine = flag_at(given, "by_me");
  if (text_at(given, "taken_back") == "gone") return desk.say(mine ? "thank.taken-back.mine" : "thank.taken-back");
  if (!mine && !flag_at(given, "opened")) return desk.say("today." + std::string(kind));
  return desk.say("list." + std::string(kind) + (mine ? "-mine" : "-theirs"), {{"text", text}});
}

}  // namespace attune::cli
