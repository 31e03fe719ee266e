// Thanks that land: writing one, sending what was kept, opening, answering, taking back.
#include "cli/verbs/practices.h"
#include "wire/result.h"

namespace attune::cli {

namespace {

/// The three parts, from options, from a person, or from three lines of a pipe.
Outcome<Json> three_parts(Desk& desk) {
  const Args& args = desk.args;
  Json parts = Json::object();
  const bool given = args.did || args.says || args.felt;
  if (!given && desk.terminal.asks) desk.terminal.say("thank.how");
  const std::pair<const char*, const std::optional<std::string>*> all[] = {
      {"did", &args.did}, {"says", &args.says}, {"felt", &args.felt}};
  for (const auto& [name, value] : all) {
    std::string text = value->value_or("");
    if (!given) text = desk.terminal.ask(std::string("ask.") + name).value_or("");
    if (std::string_view(name) == "did" && text.empty()) return trouble("thanks-empty");
    parts[name] = text;
  }
  return parts;
}

void print_parts(Desk& desk, const Json& thanks) {
  for (const char* part : {"did", "says", "felt"}) {
    const std::string text = text_at(thanks, part);
    if (text.empty()) continue;
    desk.terminal.out.text(desk.say(std::string("thank.") + part), 2);
    desk.terminal.out.text(text, 4);
  }
}

}  // namespace

Outcome<Exit> thank(Desk& desk) {
  TRY(parts, three_parts(desk));
  TRY(app, app_view(desk));
  const bool alone = text_at(app, "phase") != "paired";
  TRY(done, act(desk, desk.args.keep ? "cherish.keep" : "cherish.thank", parts));
  desk.terminal.say(desk.args.keep ? "thank.kept" : alone ? "thank.kept-alone" : "thank.sent");
  return hand_over(desk);
}

/// What is not named stays as it was.
Outcome<Exit> edit(Desk& desk) {
  const Args& args = desk.args;
  if (!args.did && !args.says && !args.felt) return incomplete(desk);
  TRY(item, item_on_the_line(desk));
  TRY(found, find_item(desk, item));
  Json wording{{"item", item}};
  const std::pair<const char*, const std::optional<std::string>*> all[] = {
      {"did", &args.did}, {"says", &args.says}, {"felt", &args.felt}};
  for (const auto& [name, value] : all) wording[name] = value->value_or(text_at(found.json, name));
  TRY(done, act(desk, "cherish.edit", wording));
  desk.terminal.say("thank.reworded");
  return hand_over(desk);
}

void print_thanks(Desk& desk, const Json& thanks) {
  Terminal& terminal = desk.terminal;
  if (!print_head(desk, thanks)) return;
  print_parts(desk, thanks);
  for (const Json& earlier : list_at(thanks, "edited")) {
    terminal.gap();
    terminal.say("thank.edited", {{"when", terminal.when(at(earlier, "at"))}});
    print_parts(desk, earlier);
  }
  print_reply(desk, thanks, "tap", "reply.");
}

Outcome<Exit> open_thanks(Desk& desk, const Json& thanks) {
  Terminal& terminal = desk.terminal;
  const std::string item = text_at(thanks, "item");
  if (!flag_at(thanks, "by_me") && !flag_at(thanks, "opened")) {
    TRY(done, desk.session.command("space.open-item", Json{{"item", item}}));
  }
  TRY(found, find_item(desk, item));
  if (terminal.json) {
    terminal.out.raw(found.json.dump());
  } else {
    print_thanks(desk, found.json);
    if (!flag_at(found.json, "by_me") && !at(found.json, "answer").is_object() &&
        text_at(found.json, "taken_back") == "no") {
      terminal.gap();
      TRY(handle, handle_of(desk, item));
      terminal.say("thank.answer-with", {{"item", handle}});
    }
  }
  TRY_VOID(catch_up(desk));
  return Exit::done;
}

Outcome<Exit> answer_thanks(Desk& desk, const std::string& item) {
  TRY(args, tap_and_words(desk, item));
  TRY(done, act(desk, "cherish.answer", args));
  desk.terminal.say("reply.sent");
  return hand_over(desk);
}

}  // namespace attune::cli
