#include "cli/verbs/desk.h"

#include <algorithm>
#include <charconv>

#include "wire/result.h"

namespace attune::cli {

Outcome<Json> app_view(Desk& desk) {
  TRY(app, desk.session.view("app"));
  const Json& partner = at(app.value, "partner");
  desk.terminal.texts.set_partner(partner.is_string() ? std::optional(harmless(partner.get<std::string>()))
                                                      : std::nullopt);
  return std::move(app.value);
}

namespace {

Outcome<Exchange> exchange(Desk& desk) {
  if (desk.args.offline || desk.unreachable) return Exchange{Exchange::End::unreachable, "offline"};
  TRY(result, desk.session.exchange());
  desk.unreachable = !result.reached();
  return result;
}

}  // namespace

Outcome<> catch_up(Desk& desk) {
  TRY(result, exchange(desk));
  TRY(app, app_view(desk));
  if (result.end == Exchange::End::unreachable || result.end == Exchange::End::silent) {
    if (!desk.terminal.json) desk.terminal.err.text(desk.say("sync.stale", {{"relay", text_at(app, "relay")}}));
  }
  return {};
}

Outcome<> need_space(Desk& desk, const Json& app) {
  if (text_at(app, "phase") != "fresh") return {};
  TRY(joining, desk.session.view("joining"));
  const std::string ended = text_at(joining.value, "ended");
  const bool let_down = ended == "refused" || ended == "different-words" || ended == "no-answer";
  if (let_down && flag_at(joining.value, "own_device")) return trouble("joining-" + ended);
  return trouble("not-started", {{"path", desk.home.string()}});
}

bool is_unchecked(const Json& app) { return flag_at(at(at(app, "sync"), "coming"), "checking"); }

Outcome<> say_unchecked(Desk& desk) {
  TRY(app, app_view(desk));
  TRY_VOID(need_space(desk, app));
  if (!is_unchecked(app)) return {};
  (desk.terminal.json ? desk.terminal.err : desk.terminal.out).text(desk.say("over.checking"));
  desk.terminal.gap();
  return {};
}

Outcome<> show_token(Desk& desk) {
  if (!desk.args.token) return {};
  if (!is_token(*desk.args.token)) return trouble("bad-token");
  desk.link.show_token(*desk.args.token);
  return {};
}

Outcome<> say_where(Desk& desk) {
  TRY(app, app_view(desk));
  const Json& sync = at(app, "sync");
  const std::int64_t here = number_at(sync, "on_this_phone");
  if (desk.terminal.json) return {};
  Paper& out = desk.terminal.out;
  if (is_unchecked(app)) {
    const Json& coming = at(sync, "coming");
    out.text(desk.say("over.progress", {{"done", std::to_string(number_at(coming, "done"))},
                                        {"total", std::to_string(number_at(coming, "total"))}}));
    if (flag_at(coming, "entering")) out.text(desk.say("device.stop"));
    if (here == 0) return {};
  }
  if (here == 0) {
    out.text(desk.say("sync.safe"));
  } else {
    out.text(desk.terminal.texts.count("sync.on-device", here));
  }
  return {};
}

void print_notices(Desk& desk, const Json& app) {
  for (const Json& notice : list_at(app, "notices")) {
    desk.terminal.gap();
    if (desk.terminal.json) continue;
    for (const std::string& sentence : desk.terminal.texts.explain({text_at(notice, "code"), {}})) {
      desk.terminal.out.text(sentence);
    }
  }
}

Outcome<Exit> hand_over(Desk& desk) {
  TRY(result, exchange(desk));
  TRY_VOID(say_where(desk));
  if (desk.terminal.json) return Exit::done;
  const bool away = result.end == Exchange::End::unreachable || result.end == Exchange::End::silent;
  TRY(app, app_view(desk));
  // Reached, and yet something stays here: the relay did not take it in, and a notice says why.
  if (away || number_at(at(app, "sync"), "on_this_phone") > 0) print_notices(desk, app);
  if (away) desk.terminal.out.text(desk.say("sync.later", {{"relay", text_at(app, "relay")}}));
  return Exit::done;
}

Outcome<Json> act(Desk& desk, std::string_view command, const Json& args) {
  TRY(reply, desk.session.command(command, args));
  if (desk.terminal.json) desk.terminal.out.raw(reply.text);
  return std::move(reply.value);
}

Outcome<> need_relay(Desk& desk) {
  TRY(result, exchange(desk));
  if (result.reached()) return {};
  if (result.end == Exchange::End::interrupted) return trouble("interrupted");
  return trouble(result.code.empty() ? "server-unreachable" : result.code);
}

Outcome<std::string> item_of(Desk& desk, const std::string& text) {
  constexpr std::size_t kIdLength = 22;  // 16 bytes as base64url
  std::int64_t number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{} && rest == text.data() + text.size()) {
    TRY(item, desk.store.shown(number));
    if (item) return *item;
  } else if (text.size() == kIdLength) {
    return text;
  }
  return trouble("no-item", {{"item", harmless(text)}});
}

Outcome<std::string> handle_of(Desk& desk, const std::string& item) {
  TRY(shown, desk.store.all_shown());
  const auto found = std::ranges::find(shown, item);
  return found == shown.end() ? item : std::to_string(found - shown.begin() + 1);
}

Outcome<std::string> item_on_the_line(Desk& desk) {
  if (desk.args.target.empty()) return incomplete(desk);
  return item_of(desk, desk.args.target);
}

std::unexpected<Trouble> incomplete(const Desk& desk) {
  return trouble("usage-incomplete", {{"verb", " " + desk.args.verb}});
}

Outcome<std::string> one_of(const Desk& desk, const std::string& given, std::initializer_list<std::string_view> words) {
  if (std::ranges::find(words, given) == words.end()) return incomplete(desk);
  return given;
}

std::string in_small(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string words_on_the_line(const Desk& desk) {
  std::string all;
  for (const std::string& word : desk.args.words) all += (all.empty() ? "" : " ") + word;
  return all;
}

Outcome<std::string> words_of(Desk& desk, std::string_view question) {
  const std::string all = words_on_the_line(desk);
  if (!all.empty() && all != "-") return all;
  const auto lines = desk.terminal.ask_lines(question);
  if (!lines || lines->empty()) return trouble("nothing-written");
  return *lines;
}

}  // namespace attune::cli
