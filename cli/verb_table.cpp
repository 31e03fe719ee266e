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
        {"--pass", nullptr, "option.pass", &Args::pass},
        {"--depth", "value.depth", "argument.depth", &Args::depth}}},
      {"listen",
       "everyday",
       listen,
       true,
       {{"--wait", nullptr, "option.wait-listening", &Args::wait}},
       steps_of_listening()},
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
