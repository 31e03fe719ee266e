#include "attune/practices/given.h"

namespace attune::practices {

Result<> check_content_id(std::string_view id) {
  const bool good = !id.empty() && id.size() <= kMaxContentId && std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
  if (!good) return refuse(kBadContentId);
  return {};
}

void AllGiven::add(const log::Event& event) {
  at.emplace(event.id, static_cast<std::uint32_t>(list.size()));
  list.push_back({.id = event.id,
                  .person = event.person,
                  .pending = event.pending,
                  .answer = std::nullopt,
                  .touched = event.position});
}

void AllGiven::answer(const log::Event& event, const log::EventId& of) {
  Given* given = find(of);
  if (given == nullptr || given->person == event.person) return;
  given->answer = event.id;
  given->touched = event.position;
}

const Given* AllGiven::find(const log::EventId& item) const {
  const auto found = at.find(item);
  return found == at.end() ? nullptr : &list[found->second];
}

Given* AllGiven::find(const log::EventId& item) {
  const auto found = at.find(item);
  return found == at.end() ? nullptr : &list[found->second];
}

Result<> may_answer(const space::Context& context, const AllGiven& all, const log::EventId& item) {
  const Given* given = all.find(item);
  if (given == nullptr) return refuse(space::kUnknownItem);
  if (given->person == context.me) return refuse(kOwnItem);
  if (context.space.ours.taken_back.contains(item)) return refuse(space::kTakenBackAlready);
  if (!context.space.mine.opened.contains(item)) return refuse(kNotOpenedYet);
  return {};
}

std::optional<space::TakeBack> take_back(const space::Context& context, const AllGiven& all, const log::EventId& item) {
  const Given* given = all.find(item);
  if (given == nullptr || given->person != context.me) return std::nullopt;
  return space::TakeBack{.of = item, .erases = {item}};
}

bool wanted(const space::Context& context, const Given& given, const Asked& asked) {
  if (!asked.looked || given.touched >= *asked.looked) return true;
  if (given.person != context.me && !context.space.mine.opened.contains(given.id)) return true;
  const auto taken = context.space.ours.taken_back.find(given.id);
  if (taken == context.space.ours.taken_back.end()) return false;
  const auto wrote = context.space.ours.wrote.find(taken->second);
  return wrote != context.space.ours.wrote.end() && wrote->second.position >= *asked.looked;
}

}  // namespace attune::practices
