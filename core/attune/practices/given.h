// Something one of two gave the other: closed until it is opened, answered or not, and its author can take it back
// (PROTOCOL.md 7). What practices made of such things share; each has events of its own.
//
// Such an event is of *ours*, and its content has the time in `at`. A practice says what a content may be by
// `Result<> check(const Content&)` beside the event: an app that was changed may have written anything.
#pragma once

#include <span>

#include "attune/practices/facts.h"
#include "attune/space/context.h"

namespace attune::practices {

inline constexpr ErrorCode kOwnItem{1300, "own-item", "One's own is answered by the other."};
inline constexpr ErrorCode kNotOpenedYet{1301, "not-opened-yet", "It has not been opened yet."};
inline constexpr ErrorCode kNothingSaid{1302, "nothing-said", "An answer is a tap, words, or both."};
inline constexpr ErrorCode kBadContentId{1303, "bad-content-id", "This is not the id of anything in the content."};
inline constexpr const ErrorCode* kGivenErrors[] = {&kOwnItem, &kNotOpenedYet, &kNothingSaid, &kBadContentId};

inline constexpr std::size_t kMaxAnswerWords = 2000;  ///< bytes of an answer to something given
inline constexpr std::size_t kMaxContentId = 32;      ///< bytes of an id of the content

/// What of the content can be referred to: lower-case letters, digits and hyphens. Errors: bad-content-id.
Result<> check_content_id(std::string_view id);

struct Given {
  log::EventId id;
  std::uint8_t person = 0;
  bool pending = false;
  std::optional<log::EventId> answer;  ///< the other's newest
  std::uint64_t touched = 0;           ///< position of the newest event about it
};
BOOST_DESCRIBE_STRUCT(Given, (), (id, person, pending, answer, touched))

/// All of one kind, oldest first, and where each is.
struct AllGiven {
  std::vector<Given> list;
  log::SortedMap<log::EventId, std::uint32_t> at;

  void add(const log::Event& event);
  /// An answer to one's own changes nothing.
  void answer(const log::Event& event, const log::EventId& of);
  [[nodiscard]] const Given* find(const log::EventId& item) const;
  [[nodiscard]] Given* find(const log::EventId& item);
};
BOOST_DESCRIBE_STRUCT(AllGiven, (), (list, at))

/// May I answer it? Errors: unknown-item, own-item, taken-back-already, not-opened-yet.
Result<> may_answer(const space::Context& context, const AllGiven& all, const log::EventId& item);
/// Mine can be taken back. None: not mine.
std::optional<space::TakeBack> take_back(const space::Context& context, const AllGiven& all, const log::EventId& item);

/// How I see one.
template <class Content>
struct Seen {
  bool by_me = false;
  bool opened = false;  ///< my own count as opened
  Mark mark = Mark::safe;
  TakenBackView taken_back = TakenBackView::no;
  log::At at;
  std::optional<Content> content;  ///< none: closed, gone, or not what it may be
};

/// Its content, from my copy if it was taken back after I had opened it.
template <class E>
std::optional<typename E::Content> content_of(const space::Context& context, const Given& given) {
  std::optional<typename E::Content> out;
  if (const auto copied = context.space.mine.copied.find(given.id); copied != context.space.mine.copied.end()) {
    const auto copy = log::content_of<space::Copied>(context.contents, copied->second);
    if (typename E::Content content{}; copy && schema::read(copy->content, content)) out = std::move(content);
  } else {
    out = log::content_of<E>(context.contents, given.id);
  }
  if (out && !check(*out)) out.reset();
  return out;
}

template <class E>
Seen<typename E::Content> see(const space::Context& context, const Given& given) {
  Seen<typename E::Content> out;
  out.by_me = given.person == context.me;
  out.opened = out.by_me || context.space.mine.opened.contains(given.id);
  out.mark = given.pending ? Mark::on_this_phone : Mark::safe;
  auto content = content_of<E>(context, given);
  if (content) out.at = content->at;
  if (context.space.ours.taken_back.contains(given.id)) {
    out.taken_back = !out.by_me && out.opened && content ? TakenBackView::kept_by_me : TakenBackView::gone;
  }
  if (out.opened && out.taken_back != TakenBackView::gone) out.content = std::move(content);
  return out;
}

/// The first fields of whatever view shows one: item, by_me, at, mark, opened, taken_back.
template <class View, class Content>
View begin_view(const Given& given, const Seen<Content>& seen) {
  View out;
  out.item = given.id;
  out.by_me = seen.by_me;
  out.at = seen.at;
  out.mark = seen.mark;
  out.opened = seen.opened;
  out.taken_back = seen.taken_back;
  return out;
}

template <class E>
std::optional<nlohmann::json> copy_of(const space::Context& context, const AllGiven& all, const log::EventId& item) {
  const Given* given = all.find(item);
  if (given == nullptr) return std::nullopt;
  const auto content = content_of<E>(context, *given);
  if (!content) return std::nullopt;
  return schema::to_json(*content);
}

/// What Today asks of one: unopened ones of the other's, and what is new (facts.h, Asked).
bool wanted(const space::Context& context, const Given& given, const Asked& asked);

/// Which moments such things make.
struct GivenMoments {
  MomentKind given = MomentKind::thanks;
  std::optional<MomentKind> answered;
  bool story = false;
};

/// Those moments. `Answer` is the event of an answer, whose content has the time in `at`.
template <class E, class Answer>
std::vector<Moment> moments(const space::Context& context, const AllGiven& all, const Asked& asked,
                            const GivenMoments& kinds) {
  std::vector<Moment> out;
  for (const Given& given : all.list) {
    if (!wanted(context, given, asked)) continue;
    const auto seen = see<E>(context, given);
    const bool gone = seen.taken_back == TakenBackView::gone;
    Moment moment{.kind = kinds.given,
                  .item = given.id,
                  .event = given.id,
                  .prompt = std::nullopt,
                  .by_me = seen.by_me,
                  .awaits_me = !seen.by_me && !seen.opened && !gone,
                  .story = kinds.story && !gone,
                  .at = seen.at};
    if (!gone) out.push_back(moment);
    moment.awaits_me = moment.story = false;
    if (const auto by = context.space.ours.taken_back.find(given.id); by != context.space.ours.taken_back.end()) {
      Moment taken = moment;
      taken.kind = MomentKind::taken_back;
      taken.event = by->second;
      if (const auto content = log::content_of<space::TakenBack>(context.contents, by->second)) taken.at = content->at;
      out.push_back(taken);
    }
    if (!given.answer || !kinds.answered) continue;
    moment.kind = *kinds.answered;
    moment.event = *given.answer;
    moment.by_me = !seen.by_me;
    if (const auto content = log::content_of<Answer>(context.contents, *given.answer)) moment.at = content->at;
    out.push_back(moment);
  }
  return out;
}

/// What mending leaves out of them: `text` says what a person wrote there.
template <class E, class Text>
std::vector<LeftOut> left_out(const space::Context& context, const AllGiven& all, std::uint64_t from, OfferKind kind,
                              Text text) {
  std::vector<LeftOut> out;
  for (const Given& given : all.list) {
    const auto wrote = context.space.ours.wrote.find(given.id);
    if (given.pending || wrote == context.space.ours.wrote.end() || wrote->second.position < from) continue;
    if (context.space.ours.taken_back.contains(given.id)) continue;
    const auto content = content_of<E>(context, given);
    if (!content) continue;
    out.push_back({.event = given.id,
                   .kind = kind,
                   .prompt = std::nullopt,
                   .by_me = given.person == context.me,
                   .text = text(*content),
                   .at = content->at,
                   .again = std::nullopt});
  }
  return out;
}

/// An event of *ours* that wakes the other's devices (PROTOCOL.md 18), alone in its plan.
template <class E>
log::Plan tell(const log::EventId& id, const typename E::Fields& fields, const typename E::Content& content,
               bool wake = true) {
  auto event = log::make<E>(id, fields, content);
  event.wake = wake;
  return {.stream = wire::StreamKind::ours, .events = {std::move(event)}, .erases = {}};
}

/// An event of *mine*, alone in its plan.
template <class E>
log::Plan keep(const log::EventId& id, const typename E::Fields& fields, const typename E::Content& content) {
  return {.stream = wire::StreamKind::mine, .events = {log::make<E>(id, fields, content)}, .erases = {}};
}

/// What a practice exports that has no such thing; one that has hides the name with its own.
struct Bare {
  template <class State>
  static std::optional<space::TakeBack> take_back(const space::Context&, const State&, const log::EventId&) {
    return std::nullopt;
  }
  template <class State>
  static std::vector<Moment> moments(const space::Context&, const State&, const Asked&) {
    return {};
  }
  template <class State>
  static std::vector<Offer> offers(const space::Context&, const State&) {
    return {};
  }
  template <class State>
  static std::vector<LeftOut> left_out(const space::Context&, const State&, std::uint64_t) {
    return {};
  }
  template <class State>
  static std::optional<nlohmann::json> copy_of(const space::Context&, const State&, const log::EventId&) {
    return std::nullopt;
  }
  template <class State>
  static std::optional<log::EventId> item_of(const space::Context&, const State&, const log::EventId&) {
    return std::nullopt;
  }
};

}  // namespace attune::practices
