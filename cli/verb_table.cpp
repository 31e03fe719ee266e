#include "cli/verb_table.h"

#include <algorithm>

namespace attune::cli {

namespace {

const Option kRelay{"--relay", "value.address", "option.relay", &Args::relay};
const Option kName{"--name", "value.name", "option.name", &Args::name};
const Option kToken{"--token", "value.token", "option.token", &Args::token};
const Option kYes{"--yes,-y", nullptr, "option.yes", &Args::yes};
const Option kWait{"--wait", nullptr, "option.wait", &Args::wait};
const Option kItem{"item", "value.item", "argument.item", &Args::target};
const Option kWords{"words", "value.words", "argument.words", &Args::words};
const Option kJsonArgs{"arguments", "value.json", "argument.json", &Args::json_args};

}  // namespace

std::span<const Option> everywhere() {
  static const std::vector<Option> kOptions{
      {"--home", "value.folder", "option.home", &Args::home},
      {"--json", nullptr, "option.json", &Args::json},
      {"--offline", nullptr, "option.offline", &Args::offline},
      {"--clock", "value.clock", "option.clock", &Args::clock},
  };
  return kOptions;
}

namespace {

/// All of them are at a session of two, so none works without a space.
std::vector<Spec> steps_of_listening() {
  const auto step = [](const char* name, Verb verb, std::vector<Option> options = {}) {
    options.push_back({"--wait", nullptr, "option.wait-listening", &Args::wait});
    return Spec{name, "listen", verb, true, std::move(options)};
  };
  const Option kWritten{"words", "value.words", "argument.written", &Args::words};
  const Option kMaybe{"words", "value.words", "argument.words-if-any", &Args::words};
  return {
      step("show", listen),
      step("propose", listening::propose,
           {{"--typed", nullptr, "option.typed", &Args::typed},
            {"--table", nullptr, "option.table", &Args::table},
            {"--at", "value.time", "option.at", &Args::when},
            {"--other-first", nullptr, "option.other-first", &Args::other_first},
            {"--seconds", "value.seconds", "option.seconds", &Args::seconds}}),
      step("topic", listening::topic, {{"about", "value.about", "argument.about", &Args::target}, kMaybe}),
      step("agree", listening::agree, {{"--now", nullptr, "option.now", &Args::ready_now}}),
      step("decline", listening::decline),
      step("postpone", listening::postpone, {{"time", "value.time", "argument.time", &Args::words}}),
      step("ready", listening::ready, {{"--anew", nullptr, "option.anew", &Args::anew}}),
      step("here", listening::here),
      step("piece", listening::piece, {kWritten}),
      step("say-back", listening::say_back, {kWritten}),
      step("confirm", listening::confirm,
           {{"heard", "value.heard", "argument.heard", &Args::target},
            {"words", "value.words", "argument.missed", &Args::words}}),
      step("smaller", listening::smaller),
      step("more", listening::more, {{"more", "value.yes-no", "argument.more", &Args::target}}),
      step("make-sense", listening::make_sense, {kWritten}),
      step("imagine", listening::imagine, {kWritten}),
      step("feeling", listening::feeling,
           {{"feeling", "value.feeling", "argument.feeling", &Args::target},
            {"words", "value.words", "argument.instead", &Args::words}}),
      step("time-out", listening::time_out, {{"--minutes", "value.minutes", "option.minutes", &Args::minutes}}),
      step("stop", listening::stop),
      step("thank", listening::thank, {kMaybe, {"--across", nullptr, "option.across", &Args::across}}),
      step("idea", listening::idea, {kWords}),
      step("keep", listening::keep, {{"keep", "value.yes-no", "argument.keep-written", &Args::target}}),
      step("understood", listening::understood, {{"score", "value.score", "argument.score", &Args::target}}),
  };
}

std::vector<Spec> steps_of_noticing() {
  const Option kEffort{"effort", "value.effort", "argument.effort", &Args::target};
  return {
      {"tell", "notice", noticing::tell, true, {{"words", "value.effort-or-words", "argument.notice", &Args::words}}},
      {"add", "notice", noticing::add, true, {kWords}},
      {"hide", "notice", noticing::hide, true, {kEffort}},
      {"show", "notice", noticing::show, true, {kEffort}},
  };
}

std::vector<Spec> steps_of_news() {
  return {
      {"share", "news", news::share, true, {{"kind", "value.kind", "argument.kind", &Args::target}, kWords}},
      {"ask",
       "news",
       news::ask,
       true,
       {kItem, {"--question", "value.question", "option.question", &Args::questions}, kWords}},
      {"tell", "news", news::tell, true, {kItem, kWords}},
      {"tonight", "news", news::tonight, true, {kItem}},
      {"talked", "news", news::talked, true, {kItem}},
      {"felt-good", "news", news::felt_good, true, {kItem}},
  };
}

std::vector<Spec> steps_of_touching() {
  return {
      {"send",
       "touch",
       touching::send,
       true,
       {{"touch", "value.touch", "argument.touch", &Args::target},
        {"words", "value.words", "argument.words-of-love", &Args::words}}},
      {"quiet", "touch", touching::quiet, true, {{"hours", "value.hours", "argument.hours", &Args::target}}},
  };
}

std::vector<Spec> steps_of_gestures() {
  const Option kLiking{"liking", "value.liking", "argument.liking", &Args::second};
  return {
      {"say",
       "gestures",
       gestures::say,
       true,
       {{"gesture", "value.gesture", "argument.gesture", &Args::target}, kLiking}},
      {"add",
       "gestures",
       gestures::add,
       true,
       {{"text", "value.text", "argument.gesture-text", &Args::target}, kLiking}},
      {"show", "gestures", gestures::show_kept, true, {}},
  };
}

std::vector<Spec> steps_of_letters() {
  return {
      {"write",
       "letter",
       letters::write,
       true,
       {{"date", "value.date", "argument.date", &Args::target},
        {"--held-by-me", nullptr, "option.held-by-me", &Args::held_by_me},
        kWords}},
      {"withdraw", "letter", letters::withdraw, true, {kItem}},
  };
}

std::vector<Spec> steps_of_the_jar() {
  return {
      {"search", "jar", jar::search, true, {{"words", "value.text", "argument.search", &Args::words}}},
      {"hide",
       "jar",
       jar::hide,
       true,
       {{"from", "value.from", "argument.from", &Args::target}, {"to", "value.to", "argument.to", &Args::second}}},
      {"show", "jar", jar::show, true, {kItem}},
  };
}

}  // namespace

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
        {"--response", "value.response", "option.response", &Args::response},
        {"--pass", nullptr, "option.pass", &Args::pass},
        {"--depth", "value.depth", "argument.depth", &Args::depth}}},
      {"edit",
       "everyday",
       edit,
       true,
       {kItem,
        {"--did", "value.text", "argument.did", &Args::did},
        {"--says", "value.text", "argument.says", &Args::says},
        {"--felt", "value.text", "argument.felt", &Args::felt}}},
      {"feel",
       "everyday",
       feel,
       true,
       {{"feelings", "value.feelings", "argument.feelings", &Args::feelings},
        {"--line", "value.text", "option.line", &Args::line},
        {"--share", "value.wish", "option.share", &Args::share},
        {"--list", nullptr, "option.list-feelings", &Args::list}}},
      {"notice",
       "everyday",
       noticing::list,
       true,
       {{"--list", nullptr, "option.list-efforts", &Args::list}},
       steps_of_noticing(),
       "tell"},
      {"news", "everyday", news::list, true, {}, steps_of_news()},
      {"touch",
       "everyday",
       touching::feel,
       true,
       {{"--list", nullptr, "option.list-touches", &Args::list}},
       steps_of_touching(),
       "send"},
      {"gestures",
       "everyday",
       gestures::menus,
       true,
       {{"--list", nullptr, "option.list-gestures", &Args::list}},
       steps_of_gestures()},
      {"letter", "everyday", letters::list, true, {}, steps_of_letters()},
      {"jar", "everyday", jar::shake, true, {{"--list", nullptr, "option.list-jar", &Args::list}}, steps_of_the_jar()},
      {"listen",
       "everyday",
       listen,
       true,
       {{"--wait", nullptr, "option.wait-listening", &Args::wait}},
       steps_of_listening()},
      {"open", "everyday", open_item, true, {kItem}},
      {"send", "everyday", send, true, {kItem, {"--keep", nullptr, "option.keep-to-myself", &Args::keep}}},
      {"list", "everyday", list, true, {}},
      {"story", "everyday", story, true, {}},
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

const Spec* find_spec(std::string_view name) {
  const auto among = [](std::span<const Spec> all, std::string_view wanted) {
    const auto found = std::ranges::find(all, wanted, [](const Spec& spec) { return std::string_view(spec.name); });
    return found == all.end() ? nullptr : &*found;
  };
  const std::size_t space = name.find(' ');
  const Spec* verb = among(specs(), name.substr(0, space));
  if (verb == nullptr || space == std::string_view::npos) return verb;
  return among(verb->steps, name.substr(space + 1));
}

}  // namespace attune::cli
