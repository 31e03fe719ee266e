#include "attune/us/view.h"

#include "attune/practices/newest_first.h"

namespace attune::us {

namespace {

Told told(practices::MomentKind kind) {
  switch (kind) {
    case practices::MomentKind::answers: return Told::answers;
    case practices::MomentKind::listened: return Told::listened;
    case practices::MomentKind::noticed: return Told::noticed;
    case practices::MomentKind::good_news: return Told::good_news;
    case practices::MomentKind::letter: return Told::letter;
    default: return Told::thanks;
  }
}

}  // namespace

View view(const space::Context& context, const practices::States& states) {
  View out;
  practices::for_each([&]<class P>(P) {
    for (const practices::Moment& moment : P::moments(context, states.of<P>(), {})) {
      if (!moment.story || moment.awaits_me) continue;
      out.moments.push_back({.kind = told(moment.kind),
                             .item = moment.item,
                             .prompt = moment.prompt,
                             .by_me = moment.by_me,
                             .at = moment.at});
    }
  });
  practices::newest_first(out.moments, [](const StoryMoment& moment) { return moment.item; });
  return out;
}

}  // namespace attune::us
