#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <span>
#include <utility>
#include <variant>

namespace attune::cli {

namespace {

using Words = std::vector<std::string>;
using Target = std::variant<bool Args::*, int Args::*, std::string Args::*, std::optional<std::string> Args::*,
                            Words Args::*, std::filesystem::path Args::*>;

struct Option {
  const char* names;  ///< as CLI11 reads them; without dashes it stands by its place
  const char* value;  ///< the key of what stands behind it; none: a switch
  const char* text;   ///< the key of its line in the help
  Target target;
};

struct Spec {
  const char* name;
  const char* group;
  Verb verb;
  bool needs_space;
  std::vector<Option> options;
};

const Option kRelay{"--relay", "value.address", "option.relay", &Args::relay};
const Option kName{"--name", "value.name", "option.name", &Args::name};
const Option kToken{"--token", "value.token", "option.token", &Args::token};
const Option kYes{"--yes,-y", nullptr, "option.yes", &Args::yes};
const Option kWait{"--wait", nullptr, "option.wait", &Args::wait};
const Option kItem{"item", "value.item", "argument.item", &Args::target};
const Option kWords{"words", "value.words", "argument.words", &Args::words};
const Option kJsonArgs{"arguments", "value.json", "argument.json", &Args::json_args};

std::span<const Option> everywhere() {
  static const std::vector<Option> kOptions{
      {"--home", "value.folder", "option.home", &Args::home},
      {"--json", nullptr, "option.json", &Args::json},
      {"--offline", nullptr, "option.offline", &Args::offline},
      {"--clock", "value.clock", "option.clock", &Args::clock},
  };
  return kOptions;
}

std::span<const Spec> specs() {
  static const std::vector<Spec> kSpecs{
      {"start", "begin", start, false, {kName, kRelay, kToken}},
      {"invite",
       "begin",
       invite,
       true,
       {{"--app", "value.address", "argument.app", &Args::app},
        {"--cancel", nullptr, "option.cancel-invitation", &Args::cancel},
        {"--no-qr", nullptr, "option.no-qr", &Args::no_qr},
        kWait}},
      {"join", "begin", join, false, {{"link", "value.link", "argument.link", &Args::target}, kName, kYes, kWait}},
      {"decline", "begin", decline, true, {}},
      {"words",
       "begin",
       words,
       true,
       {kWait,
        {"--recovery", nullptr, "option.recovery", &Args::recovery},
        {"--later", nullptr, "option.later", &Args::later},
        {"--new", nullptr, "option.new-words", &Args::replace}}},
      {"approve",
       "begin",
       approve,
       true,
       {kYes, {"--different", nullptr, "option.different", &Args::different}, kWait}},
      {"recover",
       "begin",
       recover,
       false,
       {kRelay, {"--keep", "value.devices", "option.keep-devices", &Args::keep_devices}}},
      {"devices",
       "begin",
       devices,
       true,
       {{"--add", nullptr, "option.add-device", &Args::add},
        {"--rename", "value.number", "option.rename-device", &Args::rename},
        {"--remove", "value.number", "option.remove-device", &Args::remove},
        {"--name", "value.name", "option.device-name", &Args::name},
        {"--app", "value.address", "argument.app", &Args::app},
        {"--no-qr", nullptr, "option.no-qr", &Args::no_qr},
        kYes,
        kWait}},
      {"mend", "begin", mend, true, {kYes}},
      {"leave", "begin", leave, true, {kYes}},
      {"today", "everyday", today, true, {}},
      {"thank",
       "everyday",
       thank,
       true,
       {{"--did", "value.text", "argument.did", &Args::did},
        {"--says", "value.text", "argument.says", &Args::says},
        {"--felt", "value.text", "argument.felt", &Args::felt},
        {"--keep", nullptr, "argument.keep", &Args::keep}}},
      {"ask",
       "everyday",
       ask,
       true,
       {{"question", "value.question", "argument.prompt", &Args::target},
        {"--depth", "value.depth", "argument.depth", &Args::depth},
        {"--list", nullptr, "option.list", &Args::list}}},
      {"answer",
       "everyday",
       answer,
       true,
       {kItem,
        kWords,
        {"--tap", "value.tap", "option.tap", &Args::tap},
        {"--pass", nullptr, "option.pass", &Args::pass},
        {"--depth", "value.depth", "argument.depth", &Args::depth}}},
      {"open", "everyday", open_item, true, {kItem}},
      {"send", "everyday", send, true, {kItem, {"--keep", nullptr, "option.keep-to-myself", &Args::keep}}},
      {"list", "everyday", list, true, {}},
      {"take-back", "everyday", take_back, true, {kItem}},
      {"export", "everyday", export_all, true, {{"folder", "value.folder", "argument.export", &Args::target}}},
      {"sync", "everyday", sync, true, {kToken}},
      {"watch", "everyday", watch, true, {}},
      {"do",
       "scripts",
       do_command,
       false,
       {{"command", "value.command", "argument.command", &Args::target}, kJsonArgs}},
      {"show", "scripts", show_view, false, {{"view", "value.view", "argument.view", &Args::target}, kJsonArgs}},
      {"schema", "scripts", nullptr, false, {}},
  };
  return kSpecs;
}

template <class... Cases>
struct Match : Cases... {
  using Cases::operator()...;
};

void add_option(CLI::App& app, const Option& option, Args& args) {
  std::visit(Match{
                 [&](bool Args::* target) { app.add_flag(option.names, args.*target); },
                 [&](std::optional<std::string> Args::* target) {
                   app.add_option_function<std::string>(
                       option.names, [&args, target](const std::string& text) { args.*target = text; });
                 },
                 [&](std::filesystem::path Args::* target) {
                   app.add_option_function<std::string>(
                       option.names, [&args, target](const std::string& text) { args.*target = text; });
                 },
                 [&](auto Args::* target) { app.add_option(option.names, args.*target); },
             },
             option.target);
}

const Spec* find_spec(const std::string& name) {
  const auto all = specs();
  const auto found = std::ranges::find(all, name, [](const Spec& spec) { return std::string(spec.name); });
  return found == all.end() ? nullptr : &*found;
}

bool switches(const Option& option) { return option.names[0] == '-'; }

/// "--did TEXT", "[ITEM]"
std::string usage(const Option& option, const Texts& texts) {
  std::string name = option.names;
  if (const std::size_t comma = name.find(','); comma != std::string::npos) name = name.substr(0, comma);
  if (!switches(option)) return "[" + texts.say(option.value) + "]";
  return option.value == nullptr ? name : name + " " + texts.say(option.value);
}

/// One item in sixty-four has a name that begins with a dash: 16 bytes as base64url, whose last letter stands for two
/// bits.
bool is_item_with_dash(std::string_view word) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return word.size() == 22 && word.front() == '-' && word.find_first_not_of(kLetters) == std::string_view::npos &&
         std::string_view("AQgw").find(word.back()) != std::string_view::npos;
}

constexpr const char* kStandIn = "\x1f";  // nobody types it

/// Such an item, where it is not what an option is given: the parser would take it for an option, and gets a stand-in.
std::string stand_in_for_item(std::vector<std::string>& words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (is_item_with_dash(words[i]) && !words[i - 1].starts_with("-")) return std::exchange(words[i], kStandIn);
  }
  return {};
}

void print_options(Paper& paper, const Texts& texts, std::span<const Option> options) {
  int widest = 0;
  for (const Option& option : options) widest = std::max(widest, columns(usage(option, texts)));
  for (const Option& option : options) {
    std::string lead = "  " + usage(option, texts);
    lead.resize(lead.size() + static_cast<std::size_t>(widest + 4 - columns(lead)), ' ');
    paper.item(lead, texts.say(option.text));
  }
}

}  // namespace

Outcome<CommandLine> read_command_line(const std::vector<std::string>& given) {
  CommandLine line;
  std::vector<std::string> words = given;
  const std::string item = stand_in_for_item(words);
  CLI::App app;
  app.allow_extras();
  app.set_help_flag("");
  bool help = false;
  bool version = false;
  app.add_flag("--help,-h", help);
  app.add_flag("--version", version);
  for (const Option& option : everywhere()) add_option(app, option, line.args);
  for (const Spec& spec : specs()) {
    CLI::App* verb = app.add_subcommand(spec.name);
    verb->set_help_flag("");
    verb->allow_extras();
    verb->fallthrough();
    for (const Option& option : spec.options) add_option(*verb, option, line.args);
  }
  app.require_subcommand(0, 1);
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::ParseError&) {
    const auto chosen = app.get_subcommands();
    const std::string verb = chosen.empty() ? "" : " " + chosen.front()->get_name();
    return trouble("usage-incomplete", {{"verb", verb}});
  }
  const auto chosen = app.get_subcommands();
  const Spec* spec = chosen.empty() ? nullptr : find_spec(chosen.front()->get_name());
  std::vector<std::string> rest = app.remaining(true);
  if (line.args.target == kStandIn) {
    line.args.target = item;
  } else if (!item.empty()) {
    rest = {item};
  }
  if (!rest.empty() && !help) {
    const std::string what = harmless(rest.front());
    const std::string verb = spec == nullptr ? "" : std::string(" ") + spec->name;
    return trouble(spec == nullptr && !what.starts_with("-") ? "usage-verb" : "usage-option",
                   {{"what", what}, {"verb", verb}});
  }
  if (spec != nullptr) {
    line.args.verb = spec->name;
    line.verb = spec->verb;
    line.needs_space = spec->needs_space;
  }
  if (version) line.wants = CommandLine::Wants::version;
  if (help || (spec == nullptr && !version)) line.wants = CommandLine::Wants::help;
  return line;
}

void print_help(Paper& paper, const Texts& texts, const std::string& verb) {
  const Spec* spec = find_spec(verb);
  if (spec == nullptr) {
    paper.text(texts.say("about"));
    paper.text(texts.say("about.more"));
    for (const char* group : {"begin", "everyday", "scripts"}) {
      paper.gap();
      paper.heading(texts.say(std::string("group.") + group));
      for (const Spec& each : specs()) {
        if (std::string_view(each.group) != group) continue;
        std::string lead = std::string("  ") + each.name;
        lead.resize(14, ' ');
        paper.item(lead, texts.say(std::string("verb.") + each.name));
      }
    }
    paper.gap();
    paper.heading(texts.say("group.options"));
    print_options(paper, texts, everywhere());
    paper.gap();
    paper.text(texts.say("about.help"));
    return;
  }
  std::string how = std::string("attune ") + spec->name;
  for (const Option& option : spec->options) {
    const std::string one = usage(option, texts);
    how += " " + (switches(option) ? "[" + one + "]" : one);
  }
  paper.item("attune ", how.substr(7));
  paper.gap();
  paper.text(texts.say(std::string("verb.") + spec->name));
  if (const std::string more = std::string("verb.") + spec->name + ".more"; texts.has(more))
    paper.text(texts.say(more));
  if (!spec->options.empty()) {
    paper.gap();
    print_options(paper, texts, spec->options);
  }
  paper.gap();
  print_options(paper, texts, everywhere());
}

std::vector<std::string> help_keys() {
  std::vector<std::string> keys;
  const auto add = [&](const Option& option) {
    if (option.value != nullptr) keys.emplace_back(option.value);
    keys.emplace_back(option.text);
  };
  for (const Option& option : everywhere()) add(option);
  for (const Spec& spec : specs()) {
    keys.push_back(std::string("verb.") + spec.name);
    keys.push_back(std::string("group.") + spec.group);
    for (const Option& option : spec.options) add(option);
  }
  return keys;
}

}  // namespace attune::cli
