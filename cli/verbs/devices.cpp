// The devices of one person, and leaving.
#include <charconv>

#include "cli/verbs/verbs.h"
#include "wire/result.h"

namespace attune::cli {

std::string device_name(Desk& desk, const Json& device) {
  std::string name = flag_at(device, "phrase") ? desk.say("devices.phrase") : text_at(device, "name");
  return name.empty() ? desk.say("devices.unnamed") : name;
}

void show_devices(Desk& desk, const Json& devices) {
  Terminal& terminal = desk.terminal;
  int n = 0;
  for (const Json& device : devices) {
    const std::string number = std::to_string(++n);
    const Json& changed = at(device, "changed");
    const Json& since = changed.is_object() ? changed : at(device, "added");
    std::string name = device_name(desk, device);
    if (flag_at(device, "this_one")) name = desk.say("devices.this-one", {{"device", name}});
    if (flag_at(device, "removing")) name = desk.say("devices.removing", {{"device", name}});
    terminal.out.pair("  " + number + "  ", name, since.is_object() ? terminal.date(number_at(since, "ms")) : "");
  }
}

namespace {

Outcome<Json> device_of(const Json& devices, const std::string& number) {
  std::size_t n = 0;
  const auto [rest, error] = std::from_chars(number.data(), number.data() + number.size(), n);
  if (error != std::errc{} || rest != number.data() + number.size() || n < 1 || n > devices.size()) {
    return trouble("no-device", {{"device", harmless(number)}});
  }
  return devices[n - 1];
}

}  // namespace

Outcome<Exit> devices(Desk& desk) {
  Terminal& terminal = desk.terminal;
  if (desk.args.add) return let_in(desk);
  TRY_VOID(catch_up(desk));
  TRY(view, desk.session.view("devices"));
  const Json& all = list_at(view.value, "devices");
  if (desk.args.remove) {
    TRY(device, device_of(all, *desk.args.remove));
    terminal.say("devices.remove", {{"device", device_name(desk, device)}});
    if (!desk.args.yes) {
      TRY(yes, terminal.ask_yes("ask.remove", "devices --remove N --yes"));
      if (!yes) return Exit::done;
    }
    TRY(done, act(desk, "space.remove-device", Json{{"key", at(device, "key")}}));
    return hand_over(desk);
  }
  if (desk.args.rename) {
    TRY(device, device_of(all, *desk.args.rename));
    auto name = desk.args.name;
    if (!name && terminal.asks) name = terminal.ask("ask.device-name");
    if (!name || name->empty()) return trouble("no-name");
    TRY(done, act(desk, "space.name-device", Json{{"key", at(device, "key")}, {"name", *name}}));
    return hand_over(desk);
  }
  TRY_VOID(say_unchecked(desk));
  if (terminal.json) {
    terminal.out.raw(view.text);
    return Exit::done;
  }
  terminal.say("recover.devices");
  show_devices(desk, all);
  return Exit::done;
}

Outcome<Exit> leave(Desk& desk) {
  Terminal& terminal = desk.terminal;
  terminal.say("leave.what");
  if (!desk.args.yes) {
    TRY(yes, terminal.ask_yes("ask.leave", "leave --yes"));
    if (!yes) return Exit::done;
  }
  TRY(done, act(desk, "space.close", Json::object()));
  terminal.say("leave.done");
  return hand_over(desk);
}

}  // namespace attune::cli
