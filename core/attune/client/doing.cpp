// Doing commands: refused now with a reason, or kept durably and shown at once.
#include "attune/client/client.h"
#include "attune/log/planted.h"

namespace attune::client {

namespace {

EventId fresh_id(const Entropy& entropy) { return crypto::random_fixed<EventId>(entropy); }

/// Arguments of T, or why not.
template <class T>
Result<T> arguments(const Json& args) {
  auto out = schema::from_json<T>(args);
  if (!out) return refuse(kBadArguments);
  return std::move(*out);
}

Result<> check_name(const std::string& name) {
  if (name.size() > space::kMaxName) return refuse(space::kNameTooLong);
  return {};
}

struct Named {
  std::string_view name;
  const schema::Made* made;
};

/// Every command of the practices, in no order.
template <class... P>
constexpr auto commands_of(std::tuple<P...>*) {
  using All = boost::mp11::mp_append<typename P::Commands...>;
  return
      []<class... C>(boost::mp11::mp_list<C...>) { return std::array{Named{C::kName, &schema::kMade<C>}...}; }(All{});
}
constexpr auto kCommands = commands_of(static_cast<practices::All*>(nullptr));

/// What a command of a practice asks for, as this version knows it: whatever else stood there is not kept. None: no
/// practice has this command.
std::optional<Result<Json>> practice_arguments(std::string_view name, const Json& args) {
  const auto command = std::ranges::find(kCommands, name, &Named::name);
  if (command == kCommands.end()) return std::nullopt;
  auto out = schema::only_known(args, *command->made);
  if (!out) return refuse(kBadArguments);
  return out;
}

/// Sealed commands of the space itself, never asked for by a person.
constexpr std::string_view kOpenSealed = "sealed.open";
constexpr std::string_view kCopy = "space.copy";
constexpr std::string_view kJoinOthers = "space.joined";
constexpr std::string_view kPublishName = "space.publish-name";

struct OpenSealed {
  EventId q;
};
BOOST_DESCRIBE_STRUCT(OpenSealed, (), (q))
struct Copy {
  EventId of;
  Json content;
};
BOOST_DESCRIBE_STRUCT(Copy, (), (of, content))
struct JustName {
  std::string name;
};
BOOST_DESCRIBE_STRUCT(JustName, (), (name))

/// What I am called according to *mine*; none: nothing.
std::optional<std::string> confirmed_name(const Fold& fold, const log::Contents& contents) {
  std::string name;
  if (const auto& joined = fold.space.mine.joined) {
    if (const auto content = log::content_of<space::Joined>(contents, *joined)) name = content->name;
  }
  if (const auto& renamed = fold.space.mine.my_name) {
    if (const auto content = log::content_of<space::MyName>(contents, *renamed)) name = content->name;
  }
  if (name.empty()) return std::nullopt;
  return name;
}

log::Plan one(wire::StreamKind stream, log::NewEvent event) {
  return {.stream = stream, .events = {std::move(event)}, .erases = {}};
}

Result<log::Plan> plan_opening(const space::CommandContext& context, const OpenSealed& args) {
  const auto at = context.space.ours.sealed.find(args.q);
  if (at == context.space.ours.sealed.end()) return refuse(space::kUnknownItem);
  const space::Side& own = at->second.sides[context.me];
  if (own.state == space::Side::State::opened || own.late_take_back) return log::Plan{};
  if (context.space.ours.left_behind(args.q)) return log::Plan{};
  if (own.state == space::Side::State::none) return log::Plan{};
  if (!at->second.both_committed() && !log::planted().open_early) return log::Plan{};
  const auto content = log::content_of<space::Committed>(context.contents, own.commit);
  if (!content) return log::Plan{};
  TRY(inside, space::reopen(context.sealing, args.q, own.commitment, *content, context.at));
  auto event = log::make<space::Opened>(context.id, {.q = args.q}, inside);
  event.size = log::Size::sealed;
  return one(wire::StreamKind::ours, std::move(event));
}

Result<log::Plan> plan_take_back(const space::CommandContext& context, const Fold& fold, const EventId& item) {
  std::optional<space::TakeBack> found;
  practices::for_each([&]<class P>(P) {
    if (!found) found = P::take_back(context, fold.practices.of<P>(), item);
  });
  if (!found) {
    return refuse(context.space.ours.wrote.contains(item) ? space::kNotYours : space::kUnknownItem);
  }
  if (context.space.ours.taken_back.contains(found->of)) return refuse(space::kTakenBackAlready);
  for (const auto& [question, sealed] : context.space.ours.sealed) {
    if (sealed.sides[context.me].commit == found->of && sealed.both_committed()) return refuse(space::kTooLate);
  }
  return log::Plan{.stream = wire::StreamKind::ours,
                   .events = {log::make<space::TakenBack>(context.id, {.of = found->of}, {.at = context.at})},
                   .erases = std::move(found->erases)};
}

}  // namespace

Result<Json> Client::command(std::string_view name, const Json& args, std::int64_t hold_ms, Now now) {
  now_ = now;
  bool known = false;
  auto reply = do_space(name, args, hold_ms, now, known);
  if (!known) {
    const auto asked = practice_arguments(name, args);
    if (!asked) return refuse(kUnknownCommand);
    reply = !*asked ? *asked : !started() ? refuse(space::kNotStarted) : enqueue(name, **asked, hold_ms, now, false);
  }
  if (!reply && waits_for_the_rest(reply.error(), name, args, now)) reply = refuse(kStillComing);
  mind_ahead();
  flush();
  pump(now);
  set_alarm(now);
  return reply;
}

Result<Json> Client::do_space(std::string_view name, const Json& args, std::int64_t hold_ms, Now now, bool& known) {
  Result<Json> reply = Json(nullptr);
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, SpaceRequests>>(
      [&]<class Request>(boost::mp11::mp_identity<Request>) {
        if (known || name != Request::kName) return;
        known = true;
        Request request{};
        reply = schema::read(args, request) ? perform(request, hold_ms, now) : refuse(kBadArguments);
      });
  return reply;
}

/// Requests that change only this device, or begin something, answer null; those that become events are queued.
template <class Request>
Result<Json> Client::perform(const Request& request, std::int64_t hold_ms, Now now) {
  const auto done = [](Result<> result) -> Result<Json> {
    if (!result) return std::unexpected(result.error());
    return Json(nullptr);
  };
  if constexpr (!std::is_same_v<Request, SaySignal>) changed();
  if constexpr (std::is_same_v<Request, Start>) {
    return done(start(request.name.value_or(""), request.relay, now));
  } else if constexpr (std::is_same_v<Request, Invite>) {
    return invite(request, now);
  } else if constexpr (std::is_same_v<Request, AddDevice>) {
    return add_device(request, now);
  } else if constexpr (std::is_same_v<Request, RemoveDevice>) {
    return done(remove_device(request, now));
  } else if constexpr (std::is_same_v<Request, Close>) {
    return done(close_ours(now));
  } else if constexpr (std::is_same_v<Request, Mend>) {
    return done(mend(now));
  } else if constexpr (std::is_same_v<Request, MendConfirm>) {
    return done(mend_confirm(request, now));
  } else if constexpr (std::is_same_v<Request, CancelInvitation>) {
    return done(cancel_invitation(now));
  } else if constexpr (std::is_same_v<Request, Join>) {
    return done(join(request, now));
  } else if constexpr (std::is_same_v<Request, Accept>) {
    return done(accept(request, now));
  } else if constexpr (std::is_same_v<Request, Decline>) {
    return done(decline(now));
  } else if constexpr (std::is_same_v<Request, SameWords>) {
    return done(same_words(request, now));
  } else if constexpr (std::is_same_v<Request, DifferentWords>) {
    return done(different_words(now));
  } else if constexpr (std::is_same_v<Request, PhraseShow>) {
    return done(show_phrase());
  } else if constexpr (std::is_same_v<Request, PhraseConfirm>) {
    return done(confirm_phrase(request, now));
  } else if constexpr (std::is_same_v<Request, PhraseLater>) {
    shown_phrase_.reset();
    return Json(nullptr);
  } else if constexpr (std::is_same_v<Request, Recover>) {
    return done(recover(request, now));
  } else if constexpr (std::is_same_v<Request, RecoverFinish>) {
    return done(recover_finish(request, now));
  } else if constexpr (std::is_same_v<Request, RecoverCancel>) {
    if (recovering_) {
      recovering_.reset();
      lines_.clear();
      history_ = History();
      session_ = Session::offline;
      effects_.emplace_back(effect::HangUp{});
    }
    return Json(nullptr);
  } else if constexpr (std::is_same_v<Request, Looked>) {
    if (ours() != nullptr && local_.looked != history_.behind() + ours()->stream->next()) {
      local_.looked = history_.behind() + ours()->stream->next();
      put("local", schema::to_json(local_));
    }
    return Json(nullptr);
  } else if constexpr (std::is_same_v<Request, CheckStep>) {
    if (!paired()) return refuse(space::kNotPaired);
    TRY(place, space::read_step_code(request.code));
    local_.step_check = space::step_code(place);
    put("local", schema::to_json(local_));
    return Json(nullptr);
  } else if constexpr (std::is_same_v<Request, PushAsk>) {
    return done(push_ask());
  } else if constexpr (std::is_same_v<Request, PushSet>) {
    return done(push_set(request));
  } else if constexpr (std::is_same_v<Request, PushClear>) {
    return done(push_clear());
  } else if constexpr (std::is_same_v<Request, WakeAt>) {
    return done(wake_at(request));
  } else if constexpr (std::is_same_v<Request, SaySignal>) {
    return done(say_signal(request));
  } else if constexpr (std::is_same_v<Request, Undo>) {
    for (const auto& [number, queued] : queue_) {
      if (queued.id != request.command) continue;
      if (queued.system || queued.not_before <= now.ms) return refuse(kTooLateToUndo);
      drop_command(number);
      queue_openings(now);  // a taking back holds up what is owed as long as it waits
      return Json(nullptr);
    }
    return refuse(kTooLateToUndo);
  } else if constexpr (std::is_same_v<Request, Dismiss>) {
    if (notices_.erase(request.notice) > 0) remove("n/" + request.notice);
    return Json(nullptr);
  } else if constexpr (std::is_same_v<Request, PutDraft>) {
    if (request.text.empty()) {
      if (drafts_.erase(request.key) > 0) remove("d/" + request.key);
    } else {
      drafts_[request.key] = request.text;
      put("d/" + request.key, request.text);
      let_go_drafts();
    }
    return Json(nullptr);
  } else {
    if (!started()) return refuse(space::kNotStarted);
    const bool outgoing = std::is_same_v<Request, TakeItemBack>;
    return enqueue(Request::kName, schema::to_json(request), outgoing ? hold_ms : 0, now, false);
  }
}

Result<> Client::start(const std::string& name, const std::string& relay, Now now) {
  if (started() || recovering_) return refuse(space::kAlreadyStarted);
  TRY_VOID(check_name(name));
  TRY(address, space::read_relay(relay));
  forget_mine_to_be();
  if (!profile_) {
    keys_ = crypto::DeviceKeys::random(entropy_);
    profile_.emplace();
    profile_->sign_seed = Hash::copy_of(keys_->sign_seed());
    profile_->box_secret = Hash::copy_of(keys_->box_secret.view());
  }
  profile_->relay = address;
  profile_->name = name;
  log::Head head{.stream = {}, .next = 0, .history = {}, .epoch = 0};
  const wire::Record genesis = log::make_control(head, *keys_, space::found_mine(*keys_, entropy_));
  Line line;
  line.stream = std::make_unique<log::Stream>(head.stream);
  TRY(batch, line.stream->check({wire::encode(genesis)}));
  line.stream->admit(std::move(batch));
  profile_->mine = head.stream;
  keep_line(line);
  keep_profile();
  lines_.emplace(head.stream, std::move(line));
  rebuild_history();
  TRY_VOID(enqueue(kJoinOthers, Json::object(), 0, now, true));
  flush();
  if (session_ == Session::offline) dial(now);
  if (session_ == Session::welcomed) lines_.at(head.stream).relay_next = 0;
  beat_due_ = true;
  return {};
}

Result<Json> Client::enqueue(std::string_view name, const Json& args, std::int64_t hold_ms, Now now, bool system) {
  Queued queued{.number = next_number_,
                .id = fresh_id(entropy_),
                .name = std::string(name),
                .args = args,
                .at = {.ms = now.ms, .offset = now.offset_minutes},
                .not_before = now.ms + std::clamp<std::int64_t>(hold_ms, 0, kMostHold),
                .system = system};
  if (hold_ms <= 0) queued.not_before = 0;
  const Projection& seen = projection();
  const Overlay contents(history_, seen);
  TRY(planned, plan(queued, seen.fold, contents));
  if (planned.events.empty()) return Json{{"command", nullptr}};
  queued.to_ours = planned.stream == wire::StreamKind::ours;
  if (queued.to_ours) {
    const Line* line = ours();
    if (line == nullptr) return refuse(space::kNotPaired);
    if (forked(*line) || line->stream->read_only() || closed()) return refuse(space::kReadingOnly);
  } else {
    if (!system && !fits_a_beat(planned.events)) return refuse(space::kTextTooLong);
    // Private things wait for the beat anyway; holding them back would only delay "safe".
    queued.not_before = 0;
  }
  queued.kept = true;
  ++next_number_;
  put(command_row(queued.number), schema::to_json(queued));
  const Json reply = {{"command", crypto::to_base64(queued.id.view())}};
  queue_.emplace(queued.number, std::move(queued));
  changed();
  return reply;
}

Result<log::Plan> Client::plan(const Queued& queued, const Fold& fold, const log::Contents& contents) {
  const std::string practice = queued.name.substr(0, queued.name.find('.'));
  if (history_.newer().contains("space")) return refuse(space::kReadingOnly);
  const bool only_ending = history_.newer().contains(practice);
  space::CommandContext with{context(fold, contents), queued.id, queued.at, entropy_, queued.kept};
  // What was written alone stays private: nothing moves to the other because they have come since.
  if (queued.kept) with.paired = queued.to_ours;
  bool known = false;
  auto planned = plan_space(queued, with, fold, known);
  if (known) return planned;
  Result<log::Plan> out = refuse(only_ending ? space::kReadingOnly : kUnknownCommand);
  practices::for_each([&]<class P>(P) {
    using Planned = boost::mp11::mp_append<typename P::Commands, practices::OwnAccordOf<P>>;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, Planned>>(
        [&]<class C>(boost::mp11::mp_identity<C>) {
          if (queued.name != C::kName || (only_ending && !practices::kOnlyEnds<C>)) return;
          C request{};
          out = schema::read(queued.args, request) ? P::plan(with, fold.practices.of<P>(), request)
                                                   : refuse(kBadArguments);
        });
  });
  return out;
}

Result<log::Plan> Client::plan_space(const Queued& queued, const space::CommandContext& context, const Fold& fold,
                                     bool& known) {
  known = true;
  const auto mine = wire::StreamKind::mine;
  if (queued.name == kJoinOthers) {
    const wire::Member member = space::own_member(*keys_, wire::Role::device, *profile_->mine, 0);
    return one(
        mine,
        log::make<space::Joined>(
            queued.id, {},
            {.sign = member.sign, .box = member.box, .join = member.join, .name = profile_->name, .at = queued.at}));
  }
  if (queued.name == kOpenSealed) {
    TRY(args, arguments<OpenSealed>(queued.args));
    return plan_opening(context, args);
  }
  if (queued.name == kCopy) {
    TRY(args, arguments<Copy>(queued.args));
    if (context.space.mine.copied.contains(args.of)) return log::Plan{};
    return one(mine, log::make<space::Copied>(queued.id, {.of = args.of}, {.content = args.content}));
  }
  if (queued.name == kPublishName) {
    TRY(args, arguments<JustName>(queued.args));
    if (const auto& named = context.space.ours.named[context.me]) {
      const auto shown = log::content_of<space::Named>(context.contents, *named);
      if (shown && shown->name == args.name) return log::Plan{};
    }
    return one(wire::StreamKind::ours, log::make<space::Named>(queued.id, {}, {.name = args.name, .at = queued.at}));
  }
  if (queued.name == Rename::kName) {
    TRY(args, arguments<Rename>(queued.args));
    TRY_VOID(check_name(args.name));
    return one(mine, log::make<space::MyName>(queued.id, {}, {.name = args.name}));
  }
  if (queued.name == NameDevice::kName) {
    TRY(args, arguments<NameDevice>(queued.args));
    TRY_VOID(check_name(args.name));
    const SignKey key = args.key.value_or(keys_->sign);
    if (this->mine()->stream->table().member(key) == nullptr) return refuse(space::kUnknownItem);
    return one(mine, log::make<space::DeviceNamed>(queued.id, {.key = key}, {.name = args.name, .at = queued.at}));
  }
  if (queued.name == OpenItem::kName) {
    TRY(args, arguments<OpenItem>(queued.args));
    if (!context.space.ours.wrote.contains(args.item)) return refuse(space::kUnknownItem);
    Result<> may_open;
    practices::for_each([&]<class P>(P) {
      if constexpr (requires { P::may_open(context, fold.practices.of<P>(), args.item); }) {
        if (may_open) may_open = P::may_open(context, fold.practices.of<P>(), args.item);
      }
    });
    TRY_VOID(may_open);
    if (context.space.mine.opened.contains(args.item)) return log::Plan{};
    return one(mine, log::make<space::EnvelopeOpened>(queued.id, {.of = args.item}, {}));
  }
  if (queued.name == KeepToMyself::kName) {
    TRY(args, arguments<KeepToMyself>(queued.args));
    if (context.space.mine.kept_to_myself.contains(args.item)) return log::Plan{};
    return one(mine, log::make<space::KeptToMyself>(queued.id, {.of = args.item}, {}));
  }
  if (queued.name == TakeItemBack::kName) {
    TRY(args, arguments<TakeItemBack>(queued.args));
    return plan_take_back(context, fold, args.item);
  }
  known = false;
  return refuse(kUnknownCommand);
}

const Client::Projection& Client::projection() {
  if (!projection_) projection_.emplace(project(false));
  return *projection_;
}

Client::Projection Client::project(bool only_mine) {
  const bool waiting =
      std::ranges::any_of(queue_, [&](const auto& each) { return !only_mine || !each.second.to_ours; });
  auto own = waiting ? std::make_unique<Fold>(history_.fold()) : nullptr;
  const Fold& fold = own ? *own : history_.fold();
  Projection built{.fold = fold, .own = std::move(own), .contents = {}, .plans = {}};
  for (const auto& [number, queued] : queue_) {
    if (only_mine && queued.to_ours) continue;
    const Overlay contents(history_, built);
    auto planned = plan(queued, built.fold, contents);
    if (!planned) continue;
    const Line* line = queued.to_ours ? ours() : mine();
    const std::uint64_t behind = queued.to_ours ? history_.behind() : 0;
    for (const log::NewEvent& event : planned->events) {
      built.contents[{planned->stream, event.id}] = event.content;
      built.own->apply({.stream = planned->stream,
                        .position = line == nullptr ? 0 : behind + line->stream->next() + number,
                        .author = keys_->sign,
                        .person = queued.to_ours ? me() : std::uint8_t{0},
                        .id = event.id,
                        .kind = event.kind,
                        .version = event.version,
                        .needed = event.needed,
                        .pending = true,
                        .fields = &event.fields,
                        .text = {}});
    }
    built.plans.emplace(number, std::move(*planned));
  }
  return built;
}

void Client::drop_command(std::uint64_t number) {
  queue_.erase(number);
  remove(command_row(number));
  changed();
}

void Client::settle(Now now) {
  for (auto at = queue_.begin(); at != queue_.end();) {
    const auto [number, queued] = *at++;
    const auto stream = queued.to_ours ? wire::StreamKind::ours : wire::StreamKind::mine;
    const bool done = history_.confirmed(stream, queued.id, keys_->sign) && !log::planted().forget_done;
    if (done) drop_command(number);
  }
  let_go_drafts();
  let_go_behind();
  if (closed()) {
    // Nothing reaches the other any more; what was still to be sent is kept as drafts. What has been sent may be there:
    // that is known with its answer, or once the end itself is in the history.
    const bool may_be_there = !ours()->stream->table().closed && !forked(*ours()) && !ours()->unanswered.empty();
    if (may_be_there || ours()->folding) return;
    const auto waiting = queue_;
    for (const auto& [number, queued] : waiting) {
      if (queued.to_ours) refuse_later(queued, now);
    }
    return;
  }
  queue_openings(now);
  queue_own_accord(now);
  if (!paired() || ours() == nullptr || ours()->stream->empty() || forked(*ours())) return;
  // My name in the shared space: what I am called in *mine*, once it differs from what the other has seen. Only what
  // all my devices know counts: each of two would else put its own idea of my name back, without end.
  if (mine() == nullptr || !mine()->caught_up()) return;
  if (coming_over() || ours()->folding || mine()->folding) return;
  const auto wanted = confirmed_name(history_.fold(), history_);
  const auto shown = person_name(me());
  const bool waiting = std::ranges::any_of(queue_, [](const auto& entry) { return entry.second.name == kPublishName; });
  // Whoever was invited says so even without a name: the other's phone waits for it.
  const bool silent = me() == 1 && !history_.fold().space.ours.first[1];
  if (!waiting && ((wanted && wanted != shown) || silent)) {
    [[maybe_unused]] const auto queued = enqueue(kPublishName, Json{{"name", wanted.value_or("")}}, 0, now, true);
  }
}

/// Half a sentence for an item of a practice is named "practice.item.…". Where that is over it goes, too.
void Client::let_go_drafts() {
  for (auto next = drafts_.begin(); next != drafts_.end();) {
    const auto at = next++;
    const std::string key = at->first;
    const std::size_t first = key.find('.');
    const std::size_t second = key.find('.', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const auto item = crypto::fixed_from_base64<EventId>(std::string_view(key).substr(first + 1, second - first - 1));
    if (!item) continue;
    bool over = false;
    practices::for_each([&]<class P>(P) {
      if constexpr (requires(const typename P::State& state) { P::is_over(state, *item); }) {
        over = over || (key.starts_with(P::kName) && first == P::kName.size() &&
                        P::is_over(history_.fold().practices.of<P>(), *item));
      }
    });
    if (!over) continue;
    drafts_.erase(at);
    remove("d/" + key);
  }
}

void Client::queue_openings(Now now) {
  if (!paired() || ours() == nullptr || forked(*ours())) return;
  if (coming_over() || ours()->folding) return;  // it may stand in what is still to come
  std::vector<EventId> due;
  for (const auto& [question, sealed] : history_.fold().space.ours.sealed) {
    const space::Side& own = sealed.sides[me()];
    if (history_.fold().space.ours.left_behind(question)) continue;
    const bool ready = sealed.both_committed() || log::planted().open_early;
    if (!ready || own.state != space::Side::State::committed || own.late_take_back) continue;
    const auto about = [&](const auto& entry) {
      const Queued& queued = entry.second;
      if (queued.name == TakeItemBack::kName) return queued.args["item"] == schema::to_json(question);
      return queued.name == kOpenSealed && queued.args["q"] == schema::to_json(question);
    };
    if (std::ranges::none_of(queue_, about)) due.push_back(question);
  }
  for (const EventId& question : due) {
    [[maybe_unused]] const auto queued = enqueue(kOpenSealed, schema::to_json(OpenSealed{.q = question}), 0, now, true);
  }
}

/// What practices do by themselves, one command of each at a time.
void Client::queue_own_accord(Now now) {
  if (!paired() || ours() == nullptr || forked(*ours())) return;
  if (coming_over() || ours()->folding || !ours()->caught_up()) return;
  const space::Context with = context(history_.fold(), history_);
  practices::for_each([&]<class P>(P) {
    if constexpr (practices::ActsByItself<P>) {
      const auto due = P::owed(with, history_.fold().practices.of<P>());
      if (!due) return;
      const auto waits = [&](const auto& entry) {
        return entry.second.name == std::remove_cvref_t<decltype(*due)>::kName;
      };
      if (std::ranges::any_of(queue_, waits)) return;
      [[maybe_unused]] const auto queued =
          enqueue(std::remove_cvref_t<decltype(*due)>::kName, schema::to_json(*due), 0, now, true);
    }
  });
}

/// What these new events take back, and whatever else an erase is about to take the content of: a changed client may
/// erase without saying so.
std::vector<EventId> Client::taken_away(const Line& line, const std::vector<EventId>& events) const {
  std::vector<EventId> out = history_.events_of_ours_at(line.stream->to_be_dropped());
  for (const auto& [of, by] : history_.fold().space.ours.taken_back) {
    if (std::ranges::find(events, by) != events.end()) out.push_back(of);
  }
  return out;
}

void Client::copy_what_goes(const std::vector<EventId>& gone, Now now) {
  if (gone.empty()) return;
  const Projection& seen = projection();
  const space::State& space = seen.fold.space;
  const Overlay contents(history_, seen);
  const space::Context with = context(seen.fold, contents);
  for (const EventId& of : gone) {
    const auto wrote = space.ours.wrote.find(of);
    if (wrote == space.ours.wrote.end() || wrote->second.person == me()) continue;
    EventId item = of;
    std::optional<Json> copy;
    practices::for_each([&]<class P>(P) {
      const auto& state = seen.fold.practices.template of<P>();
      const auto found = P::item_of(with, state, of);
      if (!found) return;
      item = *found;
      copy = P::copy_of(with, state, item);
    });
    if (!space.mine.opened.contains(item) || space.mine.copied.contains(item)) continue;
    if (!copy) continue;
    [[maybe_unused]] const auto queued =
        enqueue(kCopy, schema::to_json(Copy{.of = item, .content = *copy}), 0, now, true);
    return copy_what_goes(gone, now);  // the projection has changed: look again
  }
}

void Client::refuse_later(const Queued& queued, Now now) {
  if (!queued.system) {
    const std::string key = std::string(kRefusedDraft) + crypto::to_base64(queued.id.view());
    drafts_[key] = schema::text(schema::to_json(Refused{.command = queued.name, .args = queued.args, .at = queued.at}));
    put("d/" + key, drafts_[key]);
    notice(kRefusedLater, now);
  }
  drop_command(queued.number);
}

void Client::notice(const ErrorCode& code, Now now) {
  const std::string id(code.name);
  Notice& entry = notices_[id];
  entry = {.id = id, .code = id, .at = {.ms = now.ms, .offset = now.offset_minutes}};
  put("n/" + id, schema::to_json(entry));
  changed();
}

}  // namespace attune::client
