#include "attune/jar/view.h"

#include "attune/practices/newest_first.h"

namespace attune::jar {

View view(const space::Context& context, const practices::States& states) {
  View out{.entries = {}, .hidden = states.of<cherish::Practice>().hidden};
  const auto hidden = [&](const practices::Treasure& treasure) {
    return std::ranges::any_of(out.hidden, [&](const cherish::Span& span) {
      return span.from <= treasure.at.ms && treasure.at.ms <= span.to;
    });
  };
  practices::for_each([&]<class P>(P) {
    if constexpr (requires { P::treasures(context, states.of<P>()); }) {
      for (practices::Treasure& treasure : P::treasures(context, states.of<P>())) {
        if (!hidden(treasure)) out.entries.push_back(std::move(treasure));
      }
    }
  });
  practices::newest_first(out.entries, [](const practices::Treasure& treasure) { return treasure.item; });
  return out;
}

}  // namespace attune::jar
