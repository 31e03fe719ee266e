// For scripts: any command, any view, exactly as the core knows them.
#include <iterator>

#include "cli/verbs/verbs.h"
#include "wire/result.h"

namespace attune::cli {

namespace {

/// The JSON on the line, "-" for standard input, nothing for {}.
Outcome<std::string> arguments(Desk& desk) {
  std::string text = desk.args.json_args.value_or("{}");
  if (text == "-") text.assign(std::istreambuf_iterator<char>(desk.terminal.in), {});
  if (!parse_json(text).is_object()) return trouble("bad-json");
  return text;
}

}  // namespace

Outcome<Exit> do_command(Desk& desk) {
  TRY(args, arguments(desk));
  TRY(reply, desk.session.command(desk.args.target, std::string_view(args)));
  desk.terminal.out.raw(desk.terminal.json ? reply.text : reply.value.dump(2));
  if (desk.terminal.json) {
    TRY_VOID(catch_up(desk));
    return Exit::done;
  }
  return hand_over(desk);
}

Outcome<Exit> show_view(Desk& desk) {
  TRY(args, arguments(desk));
  TRY(reply, desk.session.view(desk.args.target, std::string_view(args)));
  TRY(app, app_view(desk));
  // Not among what a script reads.
  if (is_unchecked(app)) desk.terminal.err.text(desk.say("over.checking"));
  desk.terminal.out.raw(desk.terminal.json ? reply.text : reply.value.dump(2));
  return Exit::done;
}

}  // namespace attune::cli
