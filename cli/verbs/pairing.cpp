// From nothing to two, and from one device to more: start, invite, join, the four words.
#include "cli/qr.h"
#include "cli/verbs/verbs.h"
#include "wire/result.h"

namespace attune::cli {

namespace {

constexpr const char* kUsualRelay = "http://localhost:8420";

/// Where the pairing stands, from either side.
struct Pairing {
  bool invited = false;  ///< I am the one who was invited
  std::string state = "none";
  Json view;
  /// Not a partner: another device of the same person.
  [[nodiscard]] bool own_device() const { return view.is_object() && flag_at(view, "own_device"); }
};

Outcome<Pairing> pairing(Desk& desk) {
  TRY(joining, desk.session.view("joining"));
  const std::string theirs = text_at(joining.value, "state");
  if (theirs != "none" && theirs != "ended") return Pairing{true, theirs, std::move(joining.value)};
  TRY(invitation, desk.session.view("invitation"));
  const std::string mine = text_at(invitation.value, "state");
  if (mine == "none" && theirs == "ended") return Pairing{true, theirs, std::move(joining.value)};
  return Pairing{false, mine, std::move(invitation.value)};
}

/// Both have tapped. The one who invited has a shared space from their own tap on, and knows of the other's by its
/// first word there.
Outcome<bool> paired(Desk& desk) {
  TRY(app, app_view(desk));
  return text_at(app, "phase") == "paired" && text_at(app, "invitation") != "approved";
}

/// Both sides are through. A new device's own exchange is forgotten as soon as it is in, so whoever waits remembers it;
/// and what it shows has to have been checked here.
Outcome<bool> finished(Desk& desk, const Pairing& now, bool becoming_own) {
  if (becoming_own && now.state == "none") {
    TRY(app, app_view(desk));
    return !is_unchecked(app);
  }
  if (now.own_device() && now.state != "ended") return !now.invited && now.state == "joined";
  return paired(desk);
}

/// What is waited for: the other's tap, or on a new device, which shows already what another one has seen, the rest of
/// it.
Outcome<> say_waiting(Desk& desk) {
  TRY(app, app_view(desk));
  if (!is_unchecked(app)) {
    desk.terminal.say("approve.waiting");
    return {};
  }
  TRY_VOID(say_unchecked(desk));
  return say_where(desk);
}

bool waits(const Desk& desk) { return desk.args.wait || desk.terminal.asks; }

std::string four(const Json& view) {
  std::string out;
  for (const Json& word : list_at(view, "words")) out += (out.empty() ? "" : "   ") + word.get<std::string>();
  return out;
}

void show_four(Desk& desk, const Json& view) {
  Terminal& terminal = desk.terminal;
  if (terminal.json) return;
  terminal.gap();
  terminal.out.raw("    " + harmless(four(view)));
  terminal.gap();
  terminal.say("words.how");
}

/// The trouble that a pairing ended with.
std::unexpected<Trouble> ended(const Pairing& pairing) {
  const std::string why = text_at(pairing.view, "ended");
  return trouble((pairing.invited ? "joining-" : "invitation-") + why);
}

/// Stays connected until the pairing stands elsewhere than now. False: the person left.
Outcome<bool> wait_for_change(Desk& desk, const Pairing& before) {
  desk.link.catch_interrupts();
  TRY(end, desk.session.stay([&]() -> Outcome<bool> {
    TRY(now, pairing(desk));
    TRY(done, finished(desk, now, before.invited && before.own_device()));
    return done || now.state != before.state;
  }));
  return end.reached();
}

Outcome<> say_connected(Desk& desk, bool own_device) {
  if (own_device) {
    desk.terminal.say("device.in");
    return {};
  }
  TRY(app, app_view(desk));
  desk.terminal.say("approve.connected");
  if (number_at(app, "offers") > 0 && !desk.terminal.json) {
    desk.terminal.out.text(desk.terminal.texts.count("approve.offers", number_at(app, "offers")));
  }
  return {};
}

/// The tap is for the words that were shown, whatever else has begun since.
Outcome<> tap(Desk& desk, bool same, const Json& shown) {
  if (same) {
    TRY(done, act(desk, "space.same-words", Json{{"words", list_at(shown, "words")}}));
  } else {
    TRY(done, act(desk, "space.different-words", Json::object()));
  }
  return {};
}

/// Goes with the person through what is left of the pairing, as far as both sides get.
Outcome<Exit> go_on(Desk& desk) {
  Terminal& terminal = desk.terminal;
  bool becoming_own = false;
  while (true) {
    TRY(now, pairing(desk));
    becoming_own = becoming_own || (now.invited && now.own_device());
    TRY(done, finished(desk, now, becoming_own));
    if (done) {
      TRY_VOID(say_connected(desk, becoming_own || now.own_device()));
      return Exit::done;
    }
    if (now.state == "ended") return ended(now);
    if (now.state == "compare" && terminal.asks) {
      show_four(desk, now.view);
      TRY(same, terminal.ask_yes("ask.same", "approve --yes"));
      TRY_VOID(tap(desk, same, now.view));
      if (same) terminal.say("approve.waiting");
      continue;
    }
    if (now.state == "compare") {
      show_four(desk, now.view);
      return Exit::done;
    }
    TRY(changed, wait_for_change(desk, now));
    if (!changed) {
      terminal.gap();
      terminal.say("pairing.left");
      return Exit::done;
    }
  }
}

std::string link_words(const Json& view) {
  std::string out;
  for (const Json& word : list_at(view, "link_words")) out += word.get<std::string>() + " ";
  return out + text_at(view, "relay");
}

void show_link(Desk& desk, const Json& view) {
  Terminal& terminal = desk.terminal;
  if (terminal.json) return;
  const std::string link = text_at(view, "link");
  const bool own_device = flag_at(view, "own_device");
  terminal.say(own_device ? "device.link" : "invite.link", {{"until", terminal.moment(number_at(view, "until"))}});
  terminal.gap();
  terminal.out.raw(link);
  terminal.gap();
  const auto code = draw_qr(link);
  if (terminal.asks && !desk.args.no_qr && code && code->columns <= terminal.out.width()) {
    terminal.out.raw(code->lines);
    terminal.gap();
  }
  if (own_device) {
    terminal.say("device.link.words");
    terminal.out.text(link_words(view), 4);
    terminal.gap();
  }
  terminal.say("invite.how");
  const std::string relay = text_at(view, "relay");
  if (relay.starts_with("http://")) terminal.say("invite.local", {{"relay", relay}});
}

}  // namespace

Outcome<Exit> start(Desk& desk) {
  Terminal& terminal = desk.terminal;
  TRY(app, app_view(desk));
  if (text_at(app, "phase") != "fresh") return trouble("already-started", {{"path", desk.home.string()}});
  TRY_VOID(show_token(desk));
  Json args = Json::object();
  auto name = desk.args.name;
  if (!name && terminal.asks) name = terminal.ask("ask.name");
  if (name && !name->empty()) args["name"] = *name;
  args["relay"] = desk.args.relay.value_or(kUsualRelay);
  TRY(done, act(desk, "space.start", args));
  terminal.say("start.done", {{"path", desk.home.string()}});
  TRY(end, hand_over(desk));
  terminal.say("start.next");
  return end;
}

namespace {

/// Makes the link unless one is out already, shows it, and goes on as far as the person wants to wait.
Outcome<Exit> hand_out_link(Desk& desk, const char* command) {
  Terminal& terminal = desk.terminal;
  TRY(app, app_view(desk));
  TRY(made, desk.session.command(command, Json{{"app", desk.args.app.value_or(text_at(app, "relay"))}}));
  if (terminal.json) terminal.out.raw(made.text);
  TRY_VOID(need_relay(desk));
  TRY(now, pairing(desk));
  if (now.state == "ended") return ended(now);
  if (now.state == "waiting") show_link(desk, now.view);
  if (!waits(desk)) return Exit::done;
  if (now.state == "waiting") terminal.say("invite.waiting");
  return go_on(desk);
}

}  // namespace

Outcome<Exit> let_in(Desk& desk) { return hand_out_link(desk, "space.add-device"); }

Outcome<Exit> invite(Desk& desk) {
  Terminal& terminal = desk.terminal;
  if (desk.args.cancel) {
    TRY(done, act(desk, "space.cancel-invitation", Json::object()));
    terminal.say("invite.cancelled");
    return hand_over(desk);
  }
  TRY(before, pairing(desk));
  if (before.invited && before.state != "ended") return trouble("joining-now");
  const bool under_way = before.state == "compare" || before.state == "approved";
  if (under_way && !before.own_device()) {
    TRY_VOID(need_relay(desk));
    return waits(desk) ? go_on(desk) : Outcome<Exit>(Exit::done);
  }
  return hand_out_link(desk, "space.invite");
}

Outcome<Exit> join(Desk& desk) {
  Terminal& terminal = desk.terminal;
  if (!desk.args.target.empty()) {
    TRY(read, act(desk, "space.join", Json{{"link", desk.args.target}}));
  }
  // Whether the invitation is still there is asked before the person is.
  TRY_VOID(need_relay(desk));
  TRY(now, pairing(desk));
  if (now.invited && now.state == "ended") return ended(now);
  if (!now.invited) return trouble("no-invitation");
  if (now.state == "looking") {
    terminal.say("join.where", {{"relay", text_at(now.view, "relay")}});
    terminal.say(now.own_device() ? "device.join" : "join.where.detail");
    terminal.gap();
    bool accepted = desk.args.yes;
    if (!accepted) {
      TRY(yes, terminal.ask_yes("ask.accept", "join --yes"));
      accepted = yes;
    }
    if (!accepted) return decline(desk);
    TRY(app, app_view(desk));
    auto name = desk.args.name;
    if (!name && terminal.asks && now.own_device()) name = terminal.ask("ask.device-name");
    if (!name && terminal.asks && !now.own_device() && !at(app, "name").is_string()) name = terminal.ask("ask.name");
    Json args = Json::object();
    if (name && !name->empty()) args["name"] = *name;
    TRY(sent, act(desk, "space.accept", args));
    TRY_VOID(need_relay(desk));
  }
  TRY(then, pairing(desk));
  if (then.state == "ended") return ended(then);
  if (then.state == "asked") terminal.say("join.sent");
  if (!waits(desk)) return Exit::done;
  return go_on(desk);
}

Outcome<Exit> decline(Desk& desk) {
  TRY(done, act(desk, "space.decline", Json::object()));
  desk.terminal.say("join.declined");
  TRY_VOID(catch_up(desk));
  return Exit::done;
}

Outcome<Exit> words(Desk& desk) {
  if (desk.args.recovery || desk.args.later || desk.args.replace) return recovery_words(desk);
  TRY_VOID(catch_up(desk));
  TRY(now, pairing(desk));
  if (now.state != "compare" && desk.args.wait) {
    TRY(changed, wait_for_change(desk, now));
    if (!changed) return Exit::done;
    TRY(then, pairing(desk));
    now = std::move(then);
  }
  if (desk.terminal.json) {
    TRY(reply, desk.session.view(now.invited ? "joining" : "invitation"));
    desk.terminal.out.raw(reply.text);
    return Exit::done;
  }
  if (now.state == "compare") {
    show_four(desk, now.view);
    desk.terminal.say("words.then");
    return Exit::done;
  }
  if (now.state == "ended") return ended(now);
  TRY(done, finished(desk, now, false));
  if (done) {
    TRY_VOID(say_connected(desk, now.own_device()));
    return Exit::done;
  }
  if (now.state == "approved") {
    TRY_VOID(say_waiting(desk));
    return Exit::done;
  }
  return trouble(now.state == "none" ? "no-words" : "no-words-yet");
}

Outcome<Exit> approve(Desk& desk) {
  Terminal& terminal = desk.terminal;
  TRY_VOID(catch_up(desk));
  TRY(now, pairing(desk));
  TRY(before, finished(desk, now, false));
  if (before) {
    TRY_VOID(say_connected(desk, now.own_device()));
    return Exit::done;
  }
  if (now.state == "ended") return ended(now);
  const bool own_device = now.own_device();
  if (now.state == "compare") {
    show_four(desk, now.view);
    bool same = !desk.args.different;
    if (same && !desk.args.yes) {
      TRY(yes, terminal.ask_yes("ask.same", "approve --yes"));
      same = yes;
    }
    TRY_VOID(tap(desk, same, now.view));
    if (!same) {
      terminal.say("approve.different");
      TRY_VOID(catch_up(desk));
      return Exit::done;
    }
  } else if (now.state != "approved") {
    return trouble(now.state == "none" ? "no-words" : "no-words-yet");
  }
  TRY_VOID(need_relay(desk));
  TRY(then, pairing(desk));
  TRY(done, finished(desk, then, own_device && now.invited));
  if (done) {
    TRY_VOID(say_connected(desk, own_device));
    return Exit::done;
  }
  TRY_VOID(say_waiting(desk));
  return waits(desk) ? go_on(desk) : Outcome<Exit>(Exit::done);
}

}  // namespace attune::cli
