#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <span>
#include <utility>

#include "cli/verb_table.h"

namespace attune::cli {

namespace {

template <class... Cases>
struct Match : Cases... {
  using Cases::operator()...;
};

bool switches(const Option& option) { return option.names[0] == '-'; }

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
                 [&](std::vector<std::string> Args::* target) {
                   CLI::Option* added = app.add_option(option.names, args.*target);
                   // What stands behind its value is a word again.
                   if (switches(option)) added->allow_extra_args(false);
                 },
                 [&](auto Args::* target) { app.add_option(option.names, args.*target); },
             },
             option.target);
}

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

/// Whether a word is this option, and its value is the word behind it.
bool takes_next(const Option& option, std::string_view word) {
  if (!switches(option) || option.value == nullptr) return false;
  const std::string_view names = option.names;
  return word == names.substr(0, names.find(','));
}

/// Where the first word from there on stands that is no option and no value of one.
std::size_t next_word(const std::vector<std::string>& words, std::size_t from, const std::vector<Option>& options) {
  while (from < words.size()) {
    const std::string& word = words[from];
    if (word.size() < 2 || word[0] != '-') break;
    const bool two = std::ranges::any_of(options, [&](const Option& option) { return takes_next(option, word); });
    from += two ? 2 : 1;
  }
  return std::min(from, words.size());
}

/// Puts in the step that is meant where a verb has words behind it and none of its steps, so that a word further on is
/// a word, even if it is also the name of a step.
void name_the_step(std::vector<std::string>& words) {
  std::vector<Option> known(everywhere().begin(), everywhere().end());
  const std::size_t at = next_word(words, 0, known);
  const auto verb = at == words.size() ? specs().end() : std::ranges::find(specs(), words[at], [](const Spec& spec) {
    return std::string(spec.name);
  });
  if (verb == specs().end() || verb->unnamed == nullptr) return;
  known.insert(known.end(), verb->options.begin(), verb->options.end());
  const std::size_t next = next_word(words, at + 1, known);
  if (next == words.size()) return;
  for (const Spec& step : verb->steps) {
    if (words[next] == step.name) return;
  }
  words.insert(words.begin() + static_cast<std::ptrdiff_t>(at) + 1, verb->unnamed);
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

/// The key of what a verb does, or a step of one: "verb.listen", "step.listen.piece".
std::string key_of(std::string verb) {
  const bool step = verb.contains(' ');
  std::ranges::replace(verb, ' ', '.');
  return (step ? "step." : "verb.") + verb;
}

/// One line of a list: what stands on it, and what it does.
void print_verb(Paper& paper, const Texts& texts, const std::string& name, const std::string& verb) {
  std::string lead = "  " + name;
  lead.resize(14, ' ');
  paper.item(lead, texts.say(key_of(verb)));
}

/// Only one of them may stand, so that a word behind it is a word, even if it is also the name of another.
void add_verbs(CLI::App& app, std::span<const Spec> verbs, Args& args) {
  for (const Spec& spec : verbs) {
    CLI::App* verb = app.add_subcommand(spec.name);
    verb->set_help_flag("");
    verb->allow_extras();
    verb->fallthrough();
    for (const Option& option : spec.options) add_option(*verb, option, args);
    add_verbs(*verb, spec.steps, args);
  }
  app.require_subcommand(0, 1);
}

/// The verb that was chosen and its step, if it has such: "listen piece". Empty: none.
std::string chosen_in(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  if (chosen.empty()) return {};
  const std::string step = chosen_in(*chosen.front());
  return chosen.front()->get_name() + (step.empty() ? "" : " " + step);
}

}  // namespace

Outcome<CommandLine> read_command_line(const std::vector<std::string>& given) {
  CommandLine line;
  std::vector<std::string> words = given;
  const std::string item = stand_in_for_item(words);
  name_the_step(words);
  CLI::App app;
  app.allow_extras();
  app.set_help_flag("");
  bool help = false;
  bool version = false;
  app.add_flag("--help,-h", help);
  app.add_flag("--version", version);
  for (const Option& option : everywhere()) add_option(app, option, line.args);
  add_verbs(app, specs(), line.args);
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::ParseError&) {
    const std::string chosen = chosen_in(app);
    return trouble("usage-incomplete", {{"verb", chosen.empty() ? "" : " " + chosen}});
  }
  const std::string chosen = chosen_in(app);
  const Spec* spec = chosen.empty() ? nullptr : find_spec(chosen);
  std::vector<std::string> rest = app.remaining(true);
  if (line.args.target == kStandIn) {
    line.args.target = item;
  } else if (!item.empty()) {
    rest = {item};
  }
  if (!rest.empty() && !help) {
    const std::string what = harmless(rest.front());
    const std::string verb = spec == nullptr ? "" : " " + chosen;
    return trouble(spec == nullptr && !what.starts_with("-") ? "usage-verb" : "usage-option",
                   {{"what", what}, {"verb", verb}});
  }
  if (spec != nullptr) {
    line.args.verb = chosen;
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
        if (std::string_view(each.group) == group) print_verb(paper, texts, each.name, each.name);
      }
    }
    paper.gap();
    paper.heading(texts.say("group.options"));
    print_options(paper, texts, everywhere());
    paper.gap();
    paper.text(texts.say("about.help"));
    return;
  }
  std::string how = "attune " + verb;
  if (!spec->steps.empty()) how += " [" + texts.say("value.step") + "]";
  for (const Option& option : spec->options) {
    const std::string one = usage(option, texts);
    how += " " + (switches(option) ? "[" + one + "]" : one);
  }
  paper.item("attune ", how.substr(7));
  paper.gap();
  const std::string key = key_of(verb);
  paper.text(texts.say(key));
  if (const std::string more = key + ".more"; texts.has(more)) paper.text(texts.say(more));
  if (!spec->steps.empty()) paper.gap();
  for (const Spec& step : spec->steps) print_verb(paper, texts, step.name, verb + " " + step.name);
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
    keys.push_back(key_of(spec.name));
    keys.push_back(std::string("group.") + spec.group);
    for (const Option& option : spec.options) add(option);
    for (const Spec& step : spec.steps) {
      keys.push_back(key_of(std::string(spec.name) + " " + step.name));
      for (const Option& option : step.options) add(option);
    }
  }
  return keys;
}

}  // namespace attune::cli
