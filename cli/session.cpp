#include "cli/session.h"

#include <algorithm>

#include "wire/result.h"

namespace attune::cli {

namespace {

using std::chrono::steady_clock;

constexpr int kMostLosses = 3;  // an exchange gives up when the connection is lost so often
constexpr std::size_t kAllAlarms = 64;

template <class... Cases>
struct Match : Cases... {
  using Cases::operator()...;
};

}  // namespace

Session::Session(std::unique_ptr<Engine> engine, RowStore& store, RelayLink& link, const Clock& clock,
                 std::chrono::milliseconds silence)
    : engine_(std::move(engine)), store_(store), link_(link), clock_(clock), silence_(silence) {}

Outcome<> Session::settle() {
  if (broken_) return std::unexpected(*broken_);
  for (Effect& effect : engine_->take_effects()) {
    Outcome<> done;
    std::visit(Match{
                   [&](effect::Store& store) { done = store_.write(store.rows); },
                   [&](effect::Dial& dial) {
                     dial_ = dial.relay;
                     if (online_) link_.hang_up();
                     online_ = false;
                   },
                   [&](effect::HangUp&) {
                     link_.hang_up();
                     online_ = false;
                     dial_.clear();
                   },
                   [&](effect::Send& send) { link_.send(std::move(send.frame)); },
                   [&](effect::Changed&) { changed_ = true; },
                   [&](effect::Alarm& alarm) {
                     alarms_.insert(alarm.at_ms);
                     // A later alarm may be forgotten: the core asks again at every tick.
                     if (alarms_.size() > kAllAlarms) alarms_.erase(std::prev(alarms_.end()));
                   },
               },
               effect);
    if (!done) {
      broken_ = done.error();
      link_.hang_up();
      return done;
    }
  }
  if (may_dial_ && !dial_.empty()) {
    link_.dial(std::exchange(dial_, {}));
    online_ = true;
  }
  return {};
}

Outcome<Reply> Session::answer(std::string text) {
  TRY_VOID(settle());
  Json reply = parse_json(text);
  if (!flag_at(reply, "ok")) return trouble(text_at(reply, "code"));
  return Reply{std::move(text), at(reply, "value")};
}

Outcome<Reply> Session::command(std::string_view name, std::string_view json_args) {
  if (broken_) return std::unexpected(*broken_);
  return answer(engine_->command(name, json_args, clock_.now()));
}
Outcome<Reply> Session::command(std::string_view name, const Json& args) {
  return command(name, std::string_view(args.dump()));
}

Outcome<Reply> Session::view(std::string_view name, std::string_view json_args) {
  if (broken_) return std::unexpected(*broken_);
  return answer(engine_->view(name, json_args, clock_.now()));
}
Outcome<Reply> Session::view(std::string_view name, const Json& args) {
  return view(name, std::string_view(args.dump()));
}

Outcome<bool> Session::quiet() {
  TRY(app, view("app"));
  const Json& sync = at(app.value, "sync");
  return text_at(sync, "connection") == "online" && !flag_at(sync, "busy");
}

Outcome<> Session::ring_alarms() {
  const Now now = clock_.now();
  const auto later = alarms_.upper_bound(now.ms);
  if (later == alarms_.begin()) return {};
  alarms_.erase(alarms_.begin(), later);
  engine_->tick(now);
  return settle();
}

Outcome<Exchange> Session::exchange() {
  return run([this] { return quiet(); }, false);
}
Outcome<Exchange> Session::stay(const std::function<Outcome<bool>()>& done) {
  TRY(end, run(done, true));
  // What was waited for may have called for an answer, and nobody listens while the person is asked.
  if (end.reached()) TRY_VOID(exchange());
  return end;
}

Outcome<Exchange> Session::run(const std::function<Outcome<bool>()>& done, bool patient) {
  using End = Exchange::End;
  losses_ = 0;
  // What came, or broke, while nobody listened.
  while (const auto event = online_ ? link_.next(steady_clock::now()) : std::nullopt) {
    TRY(end, take(*event, patient));
    if (end) return *end;
  }
  may_dial_ = true;
  TRY_VOID(settle());
  engine_->tick(clock_.now());
  TRY_VOID(settle());
  changed_ = true;
  auto heard = steady_clock::now();
  while (true) {
    if (std::exchange(changed_, false)) {
      TRY(enough, done());
      TRY_VOID(settle());
      if (enough) return Exchange{};
    }
    if (!online_ && alarms_.empty()) return Exchange{End::no_relay, {}};
    auto until = patient ? steady_clock::now() + std::chrono::hours(1) : heard + silence_;
    if (!alarms_.empty()) until = std::min(until, clock_.when(*alarms_.begin()));
    if (const auto event = link_.next(until)) {
      TRY(end, take(*event, patient));
      if (end) return *end;
      heard = steady_clock::now();
    } else if (!patient && steady_clock::now() >= heard + silence_) {
      return Exchange{online_ ? End::silent : End::no_relay, "server-unreachable"};
    } else {
      TRY_VOID(ring_alarms());
    }
  }
}

Outcome<std::optional<Exchange>> Session::take(const link::Event& event, bool patient) {
  using End = Exchange::End;
  std::optional<Exchange> end;
  if (std::holds_alternative<link::Interrupted>(event)) return std::optional(Exchange{End::interrupted, {}});
  if (std::holds_alternative<link::Opened>(event)) {
    engine_->connected(clock_.now());
    if (on_connection) on_connection(true);
  } else if (const auto* frame = std::get_if<link::Frame>(&event)) {
    engine_->received(frame->bytes, clock_.now());
  } else if (const auto* closed = std::get_if<link::Closed>(&event)) {
    online_ = false;
    engine_->disconnected(clock_.now());
    if (on_connection) on_connection(false);
    const bool lost = closed->code == "connection-lost";
    if (!patient && (!lost || ++losses_ >= kMostLosses)) {
      may_dial_ = false;
      end = Exchange{End::unreachable, lost ? "server-unreachable" : closed->code};
    }
  }
  // Views may have changed even if the core did not say so: a connection came or a request was answered.
  changed_ = true;
  TRY_VOID(settle());
  return end;
}

}  // namespace attune::cli
