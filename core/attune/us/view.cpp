#include "attune/us/view.h"

namespace attune::us {

View view(const space::Context& context, const practices::States& states) {
  View out;
  practices::for_each([&]<class P>(P) {
    for (const practices::Moment& moment : P::moments(context, states.of<P>(), {})) {
      if (!moment.story || moment.awaits_me) continue;
      out.moments.push_back({.kind = moment.kind == practices::MomentKind::answers ? Told::answers : Told::thanks,
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
