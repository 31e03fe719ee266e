// Views: what a screen shows, computed from the confirmed history with waiting commands on top.
#include "attune/client/client.h"
#include "attune/client/shown.h"

namespace attune::client {

namespace {

template <class P>
using ViewOf = typename P::View;

template <class T>
Result<T> view_arguments(const Json& args) {
  auto out = schema::from_json<T>(args.is_null() ? Json::object() : args);
  if (!out) return refuse(kBadArguments);
  return std::move(*out);
}

}  // namespace

space::Context Client::context(const Fold& fold, const log::Contents& contents) const {
  return {.me = me(),
          .device = keys_ ? keys_->sign : SignKey{},
          .paired = together(),
          .now = now_,
          .space = fold.space,
          .contents = contents,
          .sealing = sealing_};
}

void Client::refresh_sealing() {
  sealing_.ours = profile_ && profile_->ours ? *profile_->ours : StreamId{};
  sealing_.me = me();
  const Line* line = mine();
  sealing_.mine_epoch = line == nullptr ? 0 : line->stream->table().epoch;
  const log::Stream* stream = line == nullptr ? nullptr : line->stream.get();
  sealing_.mine_key = [stream](std::uint32_t epoch) { return stream == nullptr ? nullptr : stream->key(epoch); };
}

std::uint8_t Client::me() const {
  const Line* line = ours();
  if (line == nullptr || !keys_) return 0;
  if (const wire::Seat* seat = line->stream->table().seat(keys_->sign)) return seat->member.person;
  // What brings this device in stands further on; those that are its person's are there from the beginning.
  const auto& seats = line->stream->table().seats;
  const auto of_mine =
      std::ranges::find_if(seats, [&](const wire::Seat& seat) { return seat.member.self == profile_->mine; });
  return of_mine == seats.end() ? std::uint8_t{0} : of_mine->member.person;
}

Client::Line* Client::line_of(const StreamId& id) {
  const auto at = lines_.find(id);
  return at == lines_.end() ? nullptr : &at->second;
}

const Client::Line* Client::mine() const {
  const auto& id = recovering_ ? recovering_->mine : profile_ ? profile_->mine : std::nullopt;
  const auto at = id ? lines_.find(*id) : lines_.end();
  return at == lines_.end() ? nullptr : &at->second;
}
const Client::Line* Client::ours() const {
  const auto& id = recovering_ ? recovering_->ours : profile_ ? profile_->ours : std::nullopt;
  const auto at = id ? lines_.find(*id) : lines_.end();
  return at == lines_.end() ? nullptr : &at->second;
}
Client::Line* Client::mine() { return const_cast<Line*>(std::as_const(*this).mine()); }  // NOLINT
Client::Line* Client::ours() { return const_cast<Line*>(std::as_const(*this).ours()); }  // NOLINT

bool Client::phrase_confirmed() const {
  if (profile_ && !profile_->enrolling.empty()) return true;
  const Line* line = mine();
  return line != nullptr && std::ranges::any_of(line->stream->table().seats, [](const wire::Seat& seat) {
           return !seat.removed_at && seat.member.role == wire::Role::phrase;
         });
}

std::optional<std::string> Client::person_name(std::uint8_t person) {
  const Projection& seen = projection();
  const Overlay contents(history_, seen);
  const auto& named = seen.fold.space.ours.named[person];
  if (!named) return std::nullopt;
  const auto content = log::content_of<space::Named>(contents, *named);
  if (!content || content->name.empty()) return std::nullopt;
  return content->name;
}

std::optional<std::string> Client::my_name() {
  const Projection& seen = projection();
  const Overlay contents(history_, seen);
  std::string name = profile_ ? profile_->name : "";
  if (const auto& joined = seen.fold.space.mine.joined) {
    if (const auto content = log::content_of<space::Joined>(contents, *joined)) name = content->name;
  }
  if (const auto& renamed = seen.fold.space.mine.my_name) {
    if (const auto content = log::content_of<space::MyName>(contents, *renamed)) name = content->name;
  }
  if (name.empty()) return std::nullopt;
  return name;
}

AppView Client::app_view(Now now) {
  AppView out;
  const bool joining = joining_ && joining_->state != JoiningState::none && !started();
  out.phase = recovering_                                         ? Phase::recovering
              : coming_over() && !paired()                        ? Phase::joining
              : together()                                        ? Phase::paired
              : started()                                         ? Phase::alone
              : joining && joining_->state != JoiningState::ended ? Phase::joining
                                                                  : Phase::fresh;
  out.relay = profile_ ? profile_->relay : "";
  if (joining && joining_->state == JoiningState::looking) out.relay = joining_->relay;
  out.sync.connection = session_ == Session::welcomed  ? Connection::online
                        : session_ == Session::offline ? Connection::offline
                                                       : Connection::connecting;
  if (ahead_ && !recovering_) {
    out.phase = ahead_->paired() ? Phase::paired : Phase::alone;
    out.name = ahead_->my_name();
    if (ahead_->paired()) out.partner = ahead_->person_name(static_cast<std::uint8_t>(1 - ahead_->me()));
    ahead_->take_missed();
  } else if (started()) {
    out.name = my_name();
    if (paired()) out.partner = person_name(static_cast<std::uint8_t>(1 - me()));
    const bool invited = invitation_ && !invitation_->own() && !invitation_->partner.empty();
    if (paired() && !out.partner && invited) out.partner = invitation_->partner;
    const Projection& seen = projection();
    const Overlay contents(history_, seen);
    const space::Context with = context(seen.fold, contents);
    if (together()) {
      practices::for_each([&]<class P>(P) {
        out.offers += static_cast<std::uint32_t>(P::offers(with, seen.fold.practices.of<P>()).size());
      });
    }
  }
  for (const auto& [number, queued] : queue_) {
    if (!queued.to_ours) ++out.sync.resting;
    if (!queued.system || queued.to_ours) ++out.sync.on_this_phone;
    if (!queued.system && queued.not_before > now.ms) {
      out.undo = UndoView{.command = queued.id, .kind = queued.name, .until = queued.not_before};
    }
  }
  bool sending = session_ == Session::dialling || session_ == Session::greeting || session_ == Session::proving;
  for (auto* line : {mine(), ours(), successor()}) {
    if (line == nullptr) continue;
    const bool unposted = line->relay_next && *line->relay_next < line->stream->next();
    // What the relay refused rests until it is tried again.
    if (session_ == Session::welcomed && !elsewhere() && !line->retry_at) {
      sending = sending || line->in_flight || unposted || (!line->caught_up() && !forked(*line));
    }
    // Even then what was asked is waited for: it may be the record that removed me.
    if (session_ == Session::welcomed && !elsewhere()) sending = sending || (line->following && !line->told);
    if (line == successor()) {
      const bool said = profile_->mending->posted && (!profile_->mending->confirmed || agreed_by_me(*line));
      if (!said) ++out.sync.on_this_phone;
      continue;
    }
    // Of two histories of *mine* what is shared knows nothing: it goes on.
    out.reading_only = out.reading_only || (line != mine() && forked(*line)) || line->stream->read_only();
  }
  // What comes to a device that is not in yet, and before that what another one has seen of it.
  if (const auto entering = mine_to_be(); entering && session_ == Session::welcomed && !elsewhere()) {
    const Line* line = line_of(*entering);
    sending = sending || slot_request_ || (line != nullptr && !line->caught_up());
  }
  out.closed = closed();
  out.reading_only = out.reading_only || out.closed;
  if (close_unsaid()) ++out.sync.on_this_phone;
  if (profile_ && profile_->removing) ++out.sync.on_this_phone;
  const bool unposted_mine =
      mine() != nullptr && (!mine()->relay_next || *mine()->relay_next == 0) && !history_.fold().space.mine.joined;
  if (unposted_mine && out.sync.on_this_phone == 0) out.sync.on_this_phone = 1;
  if (profile_ && !profile_->enrolling.empty()) {
    ++out.sync.on_this_phone;
    sending = sending || (session_ == Session::welcomed && !elsewhere());
  }
  const bool ours_rests = ours() != nullptr && ours()->retry_at;
  const bool due = !ours_rests && std::ranges::any_of(queue_, [&](const auto& entry) {
    return entry.second.to_ours && entry.second.not_before <= now.ms;
  });
  // A beat is of *mine*: who is only looking at an invitation has none to send.
  const bool beat = beat_due_ && mine() != nullptr && !mine()->retry_at && !elsewhere();
  const bool mail = !mail_requests_.empty() || mailboxes_told_.size() < mailboxes_.size();
  out.sync.coming = coming_view();
  out.sync.busy = sending || mail || (out.sync.coming && out.sync.coming->reading) ||
                  (session_ == Session::welcomed && (due || beat));
  out.recovery = shown_phrase_                                   ? RecoveryState::shown
                 : (ahead_ ? *ahead_ : *this).phrase_confirmed() ? RecoveryState::confirmed
                                                                 : RecoveryState::none;
  if (invitation_) out.invitation = invitation_->state;
  for (const auto& [id, notice] : notices_) out.notices.push_back(notice);
  return out;
}

InvitationView Client::invitation_view() {
  InvitationView out;
  if (!invitation_) return out;
  out.state = invitation_->state;
  out.own_device = invitation_->own();
  out.link = invitation_->link;
  if (const auto link = space::read_link(invitation_->link)) out.link_words = space::link_words(*link);
  out.relay = invitation_->relay;
  out.until = invitation_->until;
  out.ended = invitation_->ended;
  if (!invitation_->partner.empty()) out.partner = invitation_->partner;
  if (!invitation_->m2.empty() && invitation_->state != InvitationState::ended) {
    out.words = space::compare_words(invitation_->m1, invitation_->m2, invitation_->nonce);
  }
  return out;
}

JoiningView Client::joining_view() {
  JoiningView out;
  if (!joining_) return out;
  out.state = joining_->state;
  out.relay = joining_->relay;
  out.ended = joining_->ended;
  out.own_device = joining_->own();
  out.answered = !joining_->m2.empty();
  if (joining_->own() && joining_->state == JoiningState::approved) {
    for (const auto& [id, line] : lines_) {
      out.done += line.stream->next();
      out.total += std::max(line.relay_next.value_or(0), line.stream->next());
    }
  }
  out.ready = joining_->state == JoiningState::looking && !joining_->m1.empty() && session_ == Session::welcomed;
  if (const auto m3 = space::decode_m3(joining_->m3); m3 && joining_->state != JoiningState::ended) {
    out.words = space::compare_words(joining_->m1, joining_->m2, m3->nonce);
  }
  return out;
}

RecoveryView Client::recovery_view() {
  RecoveryView out;
  out.relay = profile_ ? profile_->relay : "";
  if (!shown_phrase_) {
    out.state = phrase_confirmed() ? RecoveryState::confirmed : RecoveryState::none;
    return out;
  }
  out.state = RecoveryState::shown;
  out.words = space::phrase_words(*shown_phrase_);
  out.ask = asked_places_;
  out.choices = phrase_choices_;
  return out;
}

std::vector<DeviceView> Client::device_views(const Fold& fold, const log::Contents& contents) {
  std::vector<DeviceView> out;
  const Line* line = mine();
  if (line == nullptr) return out;
  for (const wire::Seat& seat : line->stream->table().seats) {
    if (seat.removed_at || seat.member.role == wire::Role::reader) continue;
    DeviceView view{.key = seat.member.sign,
                    .name = "",
                    .added = std::nullopt,
                    .changed = std::nullopt,
                    .this_one = keys_ && !recovering_ && seat.member.sign == keys_->sign,
                    .phrase = seat.member.role == wire::Role::phrase,
                    .removing = being_removed(seat.member.sign)};
    if (fold.space.mine.joined && seat.added_at == 0) {
      if (const auto joined = log::content_of<space::Joined>(contents, *fold.space.mine.joined))
        view.added = joined->at;
    }
    const auto named = fold.space.mine.device_named.find(seat.member.sign);
    if (named != fold.space.mine.device_named.end()) {
      if (const auto content = log::content_of<space::DeviceNamed>(contents, named->second)) {
        view.name = content->name;
        view.changed = content->at;
        if (!view.added) view.added = content->at;
      }
    }
    out.push_back(std::move(view));
  }
  return out;
}

RecoveringView Client::recovering_view() {
  RecoveringView out;
  if (!recovering_) return out;
  out.state = recovering_->state;
  out.code = recovering_->code;
  for (const auto& [id, line] : lines_) {
    out.done += line.stream->next();
    out.total += std::max(line.relay_next.value_or(0), line.stream->next());
  }
  for (const wire::Known& known : recovering_->offered) out.total += known.head + 1;
  if (recovering_->state == RecoveringState::devices) out.devices = device_views(history_.fold(), history_);
  return out;
}

Result<StepView> Client::step_view(const StepArgs& args) {
  StepView out;
  const Line* line = ours();
  if (line == nullptr || line->stream->empty()) return refuse(space::kNotPaired);
  out.newest = line->stream->next() - 1;
  out.position = std::min(args.position.value_or(out.newest), out.newest);
  const log::Place place{
      .stream = line->stream->id(), .position = out.position, .history = line->stream->history_at(out.position)};
  out.words = space::step_words(place);
  out.code = space::step_code(place);
  if (local_.step_check) {
    if (const auto other = space::read_step_code(*local_.step_check)) {
      if (other->stream != line->stream->id()) {
        out.check = StepCheck::different;
      } else if (other->position >= line->stream->next()) {
        out.check = StepCheck::not_there_yet;
      } else {
        out.check =
            line->stream->history_at(other->position) == other->history ? StepCheck::same : StepCheck::different;
      }
    }
  }
  return out;
}

/// One view of the list in shown.h.
template <class V>
Result<Json> Client::show(const typename V::Args& asked, Now now) {
  using View = typename V::View;
  if constexpr (std::is_same_v<View, AppView>) {
    return schema::to_json(app_view(now));
  } else if constexpr (std::is_same_v<View, InvitationView>) {
    return schema::to_json(invitation_view());
  } else if constexpr (std::is_same_v<View, JoiningView>) {
    return schema::to_json(joining_view());
  } else if constexpr (std::is_same_v<View, RecoveryView>) {
    return schema::to_json(recovery_view());
  } else if constexpr (std::is_same_v<View, RecoveringView>) {
    return schema::to_json(recovering_view());
  } else if constexpr (std::is_same_v<View, NotificationsView>) {
    return schema::to_json(notifications_view());
  } else if constexpr (std::is_same_v<View, PresenceView>) {
    return schema::to_json(presence_view());
  } else if constexpr (std::is_same_v<View, UnsentView>) {
    return schema::to_json(unsent_view());
  } else if constexpr (std::is_same_v<View, MendingView>) {
    return schema::to_json(mending_view());
  } else if constexpr (std::is_same_v<View, EarlierView>) {
    return schema::to_json(earlier_view());
  } else if constexpr (std::is_same_v<View, DraftView>) {
    const auto at = drafts_.find(asked.key);
    return schema::to_json(DraftView{.text = at == drafts_.end() ? "" : at->second});
  } else if constexpr (std::is_same_v<View, StepView>) {
    TRY(view, step_view(asked));
    return schema::to_json(view);
  } else {
    return show_folded<View>();
  }
}

/// A view over what was said, waiting commands on top; before anything was started, over nothing.
template <class View>
Json Client::show_folded() {
  static const Fold kNothing;
  const Projection empty{.fold = kNothing, .own = nullptr, .contents = {}, .plans = {}};
  const Projection& seen = started() ? projection() : empty;
  const Overlay contents(history_, seen);
  const space::Context with = context(seen.fold, contents);
  if constexpr (std::is_same_v<View, DevicesView>) {
    return schema::to_json(DevicesView{.devices = device_views(seen.fold, contents)});
  } else if constexpr (std::is_same_v<View, today::View>) {
    return schema::to_json(today::view(with, seen.fold.practices, local_.looked, phrase_confirmed()));
  } else if constexpr (std::is_same_v<View, us::View>) {
    return schema::to_json(us::view(with, seen.fold.practices));
  } else if constexpr (std::is_same_v<View, jar::View>) {
    return schema::to_json(jar::view(with, seen.fold.practices));
  } else if constexpr (std::is_same_v<View, OffersView>) {
    OffersView out;
    if (together()) {
      practices::for_each([&]<class P>(P) {
        std::ranges::copy(P::offers(with, seen.fold.practices.of<P>()), std::back_inserter(out.offers));
      });
    }
    return schema::to_json(out);
  } else {
    static_assert(boost::mp11::mp_contains<boost::mp11::mp_transform<ViewOf, practices::All>, View>::value);
    Json out;
    practices::for_each([&]<class P>(P) {
      if constexpr (std::is_same_v<View, typename P::View>) {
        out = schema::to_json(P::view(with, seen.fold.practices.of<P>()));
      }
    });
    return out;
  }
}

Result<Json> Client::view(std::string_view name, const Json& args, Now now) {
  now_ = now;
  if (auto seen = view_ahead(name, now)) return std::move(*seen);
  Result<Json> out = refuse(kUnknownView);
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, Views>>(
      [&]<class V>(boost::mp11::mp_identity<V>) {
        if (name != V::kName) return;
        // Nothing is here, and something was said: a view of nothing would be untrue.
        constexpr bool kSaid = boost::mp11::mp_contains<ViewsOfTheSaid, V>::value;
        if (kSaid && ahead_ && !recovering_ && !started()) {
          out = refuse(kStillComing);
          return;
        }
        const auto asked = view_arguments<typename V::Args>(args);
        out = asked ? show<V>(*asked, now) : Result<Json>(std::unexpected(asked.error()));
      });
  return out;
}

}  // namespace attune::client
