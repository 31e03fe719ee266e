// Us: the story of moments two people made.
#pragma once

#include "attune/practices/registry.h"

namespace attune::us {

enum class Told : std::uint8_t { thanks, answers, listened, noticed, good_news, letter };
BOOST_DESCRIBE_ENUM(Told, thanks, answers, listened, noticed, good_news, letter)
struct StoryMoment {
  Told kind = Told::thanks;
  log::EventId item;
  std::optional<std::string> prompt;
  bool by_me = false;
  log::At at;
};
BOOST_DESCRIBE_STRUCT(StoryMoment, (), (kind, item, prompt, by_me, at))

struct StoryView {
  std::vector<StoryMoment> moments;  ///< newest first
};
BOOST_DESCRIBE_STRUCT(StoryView, (), (moments))
using View = StoryView;

View view(const space::Context& context, const practices::States& states);

}  // namespace attune::us
