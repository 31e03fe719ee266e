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

/// The three words asked for, from the person or from a program at the other end of a pipe.
Outcome<Json> three_picks(Desk& desk, const Json& sheet) {
  Terminal& terminal = desk.terminal;
  Json picks = Json::array();
  for (const Json& place : list_at(sheet, "ask")) {
    const std::int64_t n = place.is_number() ? place.get<std::int64_t>() : 0;
    const auto word = terminal.ask_aloud("ask.word", {{"n", std::to_string(n)}});
    if (!word) return trouble("words-unconfirmed");
    picks.push_back({{"place", n}, {"word", *word}});
  }
  return picks;
}

/// The words are nowhere but in this process, so showing and confirming is one sitting.
Outcome<Exit> confirm(Desk& desk, const Json& sheet) {
  Terminal& terminal = desk.terminal;
  terminal.gap();
  if (terminal.asks) {
    if (!terminal.ask("ask.written")) return trouble("words-unconfirmed");
    terminal.out.raw(kClear);
  }
  terminal.say("words.check");
  while (true) {
    TRY(picks, three_picks(desk, sheet));
    const auto done = act(desk, "space.phrase-confirm", Json{{"picks", picks}});
    if (done) break;
    if (done.error().code != "wrong-pick" || !terminal.asks) return std::unexpected(done.error());
    terminal.explain(done.error());
  }
  terminal.say("words.confirmed");
  return hand_over(desk);
}

}  // namespace

Outcome<Exit> recovery_words(Desk& desk) {
  Terminal& terminal = desk.terminal;
  if (desk.args.later) {
    TRY(done, act(desk, "space.phrase-later", Json::object()));
    terminal.say("words.later");
    return Exit::done;
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
  } else {
    show_sheet(desk, sheet.value);
  }
  return confirm(desk, sheet.value);
}

namespace {

Outcome<> read_all(Desk& desk) {
  desk.link.catch_interrupts();
  TRY(end, desk.session.stay([&]() -> Outcome<bool> {
    TRY(view, desk.session.view("recovering"));
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
  TRY_VOID(begin(desk));
  TRY_VOID(need_relay(desk));
  TRY_VOID(read_all(desk));
  TRY(view, desk.session.view("recovering"));
  if (text_at(view.value, "state") == "failed") {
    const std::string code = text_at(view.value, "code");
    TRY(gone, desk.session.command("space.recover-cancel"));
    return trouble(code);
  }
  const Json& devices = list_at(view.value, "devices");
  if (terminal.json) {
    terminal.out.raw(view.text);
  } else {
    terminal.out.text(terminal.texts.count("recover.read", number_at(view.value, "total")));
    terminal.say("recover.devices");
    show_devices(desk, devices);
  }
  auto keep = desk.args.keep_devices;
  if (!keep) keep = terminal.ask_aloud("ask.keep");
  if (!keep || keep->empty()) return trouble("devices-undecided");
  TRY(keys, kept(devices, *keep));
  TRY_VOID(need_relay(desk));  // the connection may have gone while the person was deciding
  TRY(done, act(desk, "space.recover-finish", Json{{"keep", keys}}));
  TRY_VOID(need_relay(desk));
  terminal.say("recover.done");
  TRY_VOID(say_where(desk));
  return Exit::done;
}

}  // namespace attune::cli
