// The twelve words: showing them, and being that person again on a new device (PROTOCOL.md 10).
#include "attune/client/client.h"

namespace attune::client {

namespace {

constexpr std::size_t kAsked = 3;
constexpr std::size_t kDecoys = 6;

std::uint32_t below(std::uint32_t bound, const Entropy& entropy) {
  // The bias of a remainder of 64 bits is nothing; these choose places to ask for, not keys.
  Fixed<8, struct DrawTag> drawn;
  entropy(drawn.bytes);
  return static_cast<std::uint32_t>(Reader(drawn.view()).number<std::uint64_t>() % bound);
}

}  // namespace

Result<> Client::show_phrase() {
  if (!started()) return refuse(space::kNotStarted);
  TRY_VOID(room_for_a_key());
  space::Seed seed;
  entropy_(seed.writable());
  const std::vector<std::string> words = space::phrase_words(seed);
  asked_places_.clear();
  while (asked_places_.size() < kAsked) {
    const std::uint32_t place = below(12, entropy_) + 1;
    if (std::ranges::find(asked_places_, place) == asked_places_.end()) asked_places_.push_back(place);
  }
  std::ranges::sort(asked_places_);
  phrase_choices_.clear();
  const auto add = [&](std::string word) {
    if (std::ranges::find(phrase_choices_, word) == phrase_choices_.end()) phrase_choices_.push_back(std::move(word));
  };
  for (const std::uint32_t place : asked_places_) add(words[place - 1]);
  while (phrase_choices_.size() < kAsked + kDecoys) {
    const std::string word(space::word(static_cast<std::uint16_t>(below(2048, entropy_))));
    if (std::ranges::find(words, word) == words.end()) add(word);
  }
  std::ranges::sort(phrase_choices_);
  shown_phrase_ = std::move(seed);
  return {};
}

Result<> Client::confirm_phrase(const PhraseConfirm& request, Now now) {
  if (!shown_phrase_) return refuse(space::kNoPhraseShown);
  const std::vector<std::string> words = space::phrase_words(*shown_phrase_);
  if (request.picks.size() != asked_places_.size()) return refuse(space::kWrongPick);
  for (const std::uint32_t place : asked_places_) {
    const auto pick = std::ranges::find(request.picks, place, &Pick::place);
    if (pick == request.picks.end() || space::word_index(pick->word) != space::word_index(words[place - 1])) {
      return refuse(space::kWrongPick);
    }
  }
  TRY_VOID(room_for_a_key());
  const crypto::DeviceKeys keys = space::phrase_keys(*shown_phrase_);
  const wire::Member member = space::own_member(keys, wire::Role::phrase, *profile_->mine, 0);
  profile_->enrolling.push_back(schema::to_json(
      Enrolling{.sign = member.sign, .box = member.box, .role = 1, .join = member.join, .pairing = std::nullopt}));
  keep_profile();
  shown_phrase_.reset();
  flush();
  pump(now);
  return {};
}

Result<> Client::recover(const Recover& request, Now now) {
  const bool under_way = recovering_ && recovering_->state != RecoveringState::failed;
  if (started() || under_way) return refuse(space::kAlreadyStarted);
  TRY(seed, space::read_phrase(request.words));
  TRY(relay, space::read_relay(request.relay));
  forget_mine_to_be();
  lines_.clear();
  history_ = History();
  recovering_.emplace();
  recovering_->state = RecoveringState::connecting;
  recovering_->phrase = space::phrase_keys(seed);
  recovering_->device = crypto::DeviceKeys::random(entropy_);
  recovering_->relay = relay;
  if (session_ != Session::offline) {
    effects_.emplace_back(effect::HangUp{});
    session_ = Session::offline;
  }
  dial(now);
  return {};
}

/// *mine* is read first. My phrase's join is known to the partner, who can put it into any shared stream of their own:
/// which one is ours is for *mine* to say.
void Client::recovering_welcomed(const wire::Welcome& frame, Now) {
  const auto own = std::ranges::find(frame.streams, wire::StreamKind::mine, &wire::Known::kind);
  if (own == frame.streams.end()) {
    recovering_->state = RecoveringState::failed;
    recovering_->code = std::string(space::kNothingToRecover.name);
    return;
  }
  if (recovering_->state == RecoveringState::connecting) recovering_->state = RecoveringState::reading;
  recovering_->mine = own->stream;
  if (recovering_->state == RecoveringState::reading) {
    // A line that broke while ours was looked for: the look begins again.
    std::erase_if(lines_, [&](const auto& entry) { return entry.first != own->stream; });
    history_ = History();
    recovering_->mine_read = false;
    recovering_->ours.reset();
    recovering_->offered.clear();
    std::ranges::copy_if(frame.streams, std::back_inserter(recovering_->offered),
                         [](const wire::Known& known) { return known.kind == wire::StreamKind::ours; });
  }
  for (const wire::Known& known : frame.streams) {
    if (known.stream != recovering_->mine && known.stream != recovering_->ours) continue;
    recovering_follow(known);
  }
}

void Client::recovering_follow(const wire::Known& known) {
  Line& line = lines_[known.stream];
  if (!line.stream) line.stream = std::make_unique<log::Stream>(known.stream);
  line.relay_next = known.head + 1;
  follow(line);
}

/// Another key of mine founded this stream, or wrote the record that brought my phrase into it.
bool Client::brought_in_by_me(const log::Stream& stream) const {
  const wire::Seat* seat = stream.table().seat(recovering_->phrase.sign);
  if (seat == nullptr) return false;
  return mine()->stream->table().seat(stream.records()[seat->added_at].record.header.author) != nullptr;
}

/// Looks at the shared streams the relay lists, one after another, until one is ours and can be opened. A stream that
/// is not, or can not, is passed over: it must not keep *mine* from coming back. False: still reading.
bool Client::recovering_found_ours(Now now) {
  const auto& named = history_.ours_seen();
  for (;;) {
    if (Line* line = ours()) {
      const bool known_ours = named || brought_in_by_me(*line->stream);
      const bool judged = line->caught_up() || line->stream->table().seat(recovering_->phrase.sign) != nullptr;
      if (judged && known_ours) {
        if (!line->caught_up()) return false;
        const auto unlocked = line->stream->unlock(recovering_->phrase);
        if (!unlocked) notice(log::kBadKeyBox, now);
        if (line->stream->key(line->stream->table().epoch) != nullptr) return true;
      } else if (!judged) {
        return false;
      }
      lines_.erase(*recovering_->ours);
      recovering_->ours.reset();
    }
    if (recovering_->offered.empty()) return true;
    const wire::Known next = recovering_->offered.front();
    recovering_->offered.erase(recovering_->offered.begin());
    if (named && named->stream != next.stream) continue;
    recovering_->ours = next.stream;
    recovering_follow(next);
  }
}

void Client::recovering_progress(Now now) {
  if (recovering_->state == RecoveringState::finishing) {
    if (!std::ranges::all_of(lines_, [](const auto& entry) { return entry.second.caught_up(); })) return;
    recovering_append();
    if (std::ranges::none_of(lines_, [](const auto& entry) { return entry.second.in_flight.has_value(); })) {
      recovering_finish(now);
    }
    return;
  }
  if (recovering_->state != RecoveringState::reading || !mine()->caught_up()) return;
  log::Stream& own = *mine()->stream;
  if (!recovering_->mine_read) {
    if (!own.unlock(recovering_->phrase)) notice(log::kBadKeyBox, now);
    if (own.key(own.table().epoch) == nullptr) {
      recovering_->state = RecoveringState::failed;
      recovering_->code = std::string(log::kNoKey.name);
      return;
    }
    recovering_->mine_read = true;
  }
  history_.follow(own, wire::StreamKind::mine);
  if (!recovering_found_ours(now)) return;
  recovering_->state = RecoveringState::devices;
  changed();
}

Result<> Client::recover_finish(const RecoverFinish& request, Now now) {
  if (!recovering_ || recovering_->state != RecoveringState::devices) return refuse(space::kNoPhraseShown);
  if (session_ != Session::welcomed) return refuse(kNotConnected);
  recovering_->keep = request.keep;
  recovering_->state = RecoveringState::finishing;
  recovering_progress(now);
  return {};
}

/// *mine* first, then *ours*: each gets one record that adds this device, removes what was lost and starts an epoch.
void Client::recovering_append() {
  for (Line* line : {mine(), ours()}) {
    if (line == nullptr || line->in_flight || line->stream->table().closed) continue;
    const wire::Table& table = line->stream->table();
    if (table.member(recovering_->device.sign) != nullptr) continue;
    const wire::Member* phrase = table.member(recovering_->phrase.sign);
    if (phrase == nullptr) continue;
    // A key that is not what it should be was named when it was read; what is owed here needs the newest one only.
    [[maybe_unused]] const auto unlocked = line->stream->unlock(recovering_->phrase);
    if (line->stream->key(table.epoch) == nullptr) continue;
    std::vector<SignKey> removes;
    for (const wire::Seat& seat : table.seats) {
      const bool lost = !seat.removed_at && seat.member.person == phrase->person &&
                        seat.member.role == wire::Role::device &&
                        std::ranges::find(recovering_->keep, seat.member.sign) == recovering_->keep.end();
      if (lost) removes.push_back(seat.member.sign);
    }
    std::vector<wire::Member> adds = {
        space::own_member(recovering_->device, wire::Role::device, *recovering_->mine, phrase->person)};
    log::Head head = log::Head::of(*line->stream);
    const wire::Record record =
        log::make_control(head, recovering_->phrase,
                          space::replace_members(*line->stream, std::move(adds), std::move(removes), entropy_));
    append(*line, {record}, false, false);
    return;  // the next one when this is stored
  }
}

void Client::recovering_finish(Now now) {
  profile_.emplace();
  profile_->sign_seed = Hash::copy_of(recovering_->device.sign_seed());
  profile_->box_secret = Hash::copy_of(recovering_->device.box_secret.view());
  profile_->relay = recovering_->relay;
  profile_->mine = recovering_->mine;
  if (ours() != nullptr && lines_.at(*recovering_->ours).stream->table().member(recovering_->device.sign) != nullptr) {
    profile_->ours = recovering_->ours;
  }
  keys_ = std::move(recovering_->device);
  recovering_.reset();
  joining_.reset();
  remove("join");
  keep_profile();
  for (auto& [id, line] : lines_) {
    line.stream->drop_erased();
    keep_line(line);
  }
  rebuild_history();
  local_.looked = ours() == nullptr ? 0 : ours()->stream->next();
  put("local", schema::to_json(local_));
  flush();
  effects_.emplace_back(effect::HangUp{});
  disconnected(now);
  backoff_ms_ = 0;
  dial(now);
}

}  // namespace attune::client
