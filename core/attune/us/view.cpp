#include "attune/us/view.h"

namespace attune::us {

namespace {

Told told(practices::MomentKind kind) {
  switch (kind) {
    case practices::MomentKind::answers: return Told::answers;
    case practices::MomentKind::listened: return Told::listened;
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
  std::ranges::sort(out.moments, [](const StoryMoment& a, const StoryMoment& b) {
    return std::pair(b.at.ms, b.item) < std::pair(a.at.ms, a.item);
  });
  return out;
}

}  // namespace attune::us
