// Twelve words on paper, and the way back with them.
#include <algorithm>
#include <charconv>
#include <set>
#include <sstream>

#include "cli/verbs/verbs.h"
#include "wire/result.h"

namespace attune::cli {

namespace {

constexpr int kColumns = 3;
constexpr int kWidest = 8;  // no recovery word is longer
constexpr const char* kClear = "\x1b[H\x1b[2J\x1b[3J";  // the screen and what was scrolled out of it

std::string padded(std::string text, int wide) {
  while (columns(text) < wide) text += ' ';
  return text;
}

void show_sheet(Desk& desk, const Json& view) {
  Terminal& terminal = desk.terminal;
  const Json& words = list_at(view, "words");
  const auto rows = static_cast<int>((words.size() + kColumns - 1) / kColumns);
  terminal.gap();
  for (int row = 0; row < rows; ++row) {
    std::string line = "   ";
    for (int column = 0; column < kColumns; ++column) {
      const int place = column * rows + row;
      if (place >= static_cast<int>(words.size())) continue;
      const std::string number = std::to_string(place + 1);
      line += (number.size() < 2 ? "  " : " ") + number + "  " + padded(words[place].get<std::string>(), kWidest + 2);
    }
    terminal.out.raw(line);
  }
  terminal.gap();
  terminal.say("words.relay", {{"relay", text_at(view, "relay")}});
  terminal.say("words.warning");
}

/// "3=river" as {place: 3, word: "river"}.
Outcome<Json> pick(const std::string& text) {
  const std::size_t sign = text.find('=');
  int place = 0;
  const char* end = text.data() + std::min(sign, text.size());
  const auto [rest, error] = std::from_chars(text.data(), end, place);
  if (sign == std::string::npos || error != std::errc{} || rest != end)
    return trouble("bad-pick", {{"text", harmless(text)}});
  return Json{{"place", place}, {"word", text.substr(sign + 1)}};
}

Outcome<Exit> confirm(Desk& desk, const Json& picks) {
  TRY(done, act(desk, "space.phrase-confirm", Json{{"picks", picks}}));
  desk.terminal.say("words.confirmed");
  return hand_over(desk);
}

Outcome<Exit> confirm_asking(Desk& desk, const Json& view) {
  Terminal& terminal = desk.terminal;
  terminal.gap();
  if (!terminal.ask("ask.written")) return Exit::done;
  terminal.out.raw(kClear);
  terminal.say("words.check");
  while (true) {
    Json picks = Json::array();
    for (const Json& place : list_at(view, "ask")) {
      const auto word = terminal.ask("ask.word", {{"n", std::to_string(place.get<int>())}});
      if (!word) return Exit::done;
      picks.push_back({{"place", place}, {"word", *word}});
    }
    auto done = confirm(desk, picks);
    if (done || done.error().code == "disk-full") return done;
    terminal.explain(done.error());
  }
}

}  // namespace

Outcome<Exit> recovery_words(Desk& desk) {
  Terminal& terminal = desk.terminal;
  if (desk.args.later) {
    TRY(done, act(desk, "space.phrase-later", Json::object()));
    terminal.say("words.later");
    return Exit::done;
  }
  if (!desk.args.confirm.empty()) {
    Json picks = Json::array();
    for (const std::string& text : desk.args.confirm) {
      TRY(one, pick(text));
      picks.push_back(std::move(one));
    }
    return confirm(desk, picks);
  }
  TRY(before, desk.session.view("recovery"));
  if (text_at(before.value, "state") == "confirmed" && !desk.args.replace) {
    if (terminal.json) terminal.out.raw(before.text);
    terminal.say("words.already");
    return Exit::done;
  }
  TRY(shown, desk.session.command("space.phrase-show"));
  TRY(sheet, desk.session.view("recovery"));
  if (terminal.json) {
    terminal.out.raw(sheet.text);
    return Exit::done;
  }
  show_sheet(desk, sheet.value);
  if (terminal.asks) return confirm_asking(desk, sheet.value);
  std::string line = "attune words";
  for (const Json& place : list_at(sheet.value, "ask")) line += " --confirm " + std::to_string(place.get<int>()) + "=…";
  terminal.say("words.confirm-with");
  terminal.out.raw(line);
  return Exit::done;
}

namespace {

Outcome<std::string> recovering_state(Desk& desk) {
  TRY(view, desk.session.view("recovering"));
  return text_at(view.value, "state");
}

Outcome<> read_all(Desk& desk) {
  desk.link.catch_interrupts();
  std::int64_t told = -1;
  TRY(end, desk.session.stay([&]() -> Outcome<bool> {
    TRY(view, desk.session.view("recovering"));
    const std::int64_t total = number_at(view.value, "total");
    if (total > 0 && total != told && !desk.terminal.json) told = total;
    const std::string state = text_at(view.value, "state");
    return state == "devices" || state == "failed" || state == "none";
  }));
  if (!end.reached()) return trouble("interrupted");
  return {};
}

Outcome<> begin(Desk& desk) {
  std::string all;
  for (const std::string& word : desk.args.words) all += (all.empty() ? "" : " ") + word;
  if (all.empty()) {
    auto line = desk.terminal.ask("ask.twelve");
    if (!line || line->empty()) return trouble("words-too-few");
    all = std::move(*line);
  }
  auto relay = desk.args.relay;
  if (!relay && desk.terminal.asks) relay = desk.terminal.ask("ask.relay");
  if (!relay || relay->empty()) return trouble("relay-missing");
  TRY(done, desk.session.command("space.recover", Json{{"words", all}, {"relay", *relay}}));
  return {};
}

void show_devices(Desk& desk, const Json& devices) {
  Terminal& terminal = desk.terminal;
  terminal.say("recover.devices");
  int n = 0;
  for (const Json& device : devices) {
    const std::string number = std::to_string(++n);
    const bool phrase = flag_at(device, "phrase");
    std::string name = phrase ? desk.say("devices.phrase") : text_at(device, "name");
    if (name.empty()) name = desk.say("devices.unnamed");
    const Json& added = at(device, "added");
    terminal.out.pair("  " + number + "  ", name, added.is_object() ? terminal.date(number_at(added, "ms")) : "");
  }
}

/// The keys of the devices to keep: "all", "none" or "1,3".
Outcome<Json> kept(const Json& devices, const std::string& text) {
  Json keys = Json::array();
  std::set<std::size_t> numbers;
  std::istringstream parts(text);
  for (std::string part; text != "all" && text != "none" && std::getline(parts, part, ',');) {
    std::size_t number = 0;
    const auto [rest, error] = std::from_chars(part.data(), part.data() + part.size(), number);
    if (error != std::errc{} || rest != part.data() + part.size() || number < 1 || number > devices.size()) {
      return trouble("no-device", {{"device", harmless(part)}});
    }
    numbers.insert(number);
  }
  for (std::size_t i = 0; i < devices.size(); ++i) {
    if (text == "all" || numbers.contains(i + 1)) keys.push_back(text_at(devices[i], "key"));
  }
  return keys;
}

}  // namespace

Outcome<Exit> recover(Desk& desk) {
  Terminal& terminal = desk.terminal;
  if (desk.args.cancel) {
    TRY(done, act(desk, "space.recover-cancel", Json::object()));
    return Exit::done;
  }
  TRY(state, recovering_state(desk));
  if (state == "none" || state == "failed") {
    TRY_VOID(begin(desk));
    TRY_VOID(need_relay(desk));
  }
  TRY_VOID(read_all(desk));
  TRY(view, desk.session.view("recovering"));
  if (text_at(view.value, "state") == "failed") {
    const std::string code = text_at(view.value, "code");
    TRY(gone, desk.session.command("space.recover-cancel"));
    return trouble(code);
  }
  const Json& devices = list_at(view.value, "devices");
  if (terminal.json && !desk.args.keep_devices) {
    terminal.out.raw(view.text);
    return Exit::done;
  }
  if (!terminal.json) {
    terminal.out.text(terminal.texts.count("recover.read", number_at(view.value, "total")));
    show_devices(desk, devices);
  }
  auto keep = desk.args.keep_devices;
  if (!keep && terminal.asks) keep = terminal.ask("ask.keep");
  if (!keep) {
    terminal.say("recover.keep-with");
    return Exit::done;
  }
  TRY(keys, kept(devices, keep->empty() ? "all" : *keep));
  TRY(done, act(desk, "space.recover-finish", Json{{"keep", keys}}));
  TRY_VOID(need_relay(desk));
  terminal.say("recover.done");
  TRY_VOID(say_where(desk));
  return Exit::done;
}

}  // namespace attune::cli
