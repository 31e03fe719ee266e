#include "sim/days.h"

namespace attune::sim {

Lived live(const Days& days) {
  Lived out;
  for (out.seed = days.seed; out.days < days.days; ++out.seed) {
    Life life(out.seed);
    for (out.day = 0; out.day < days.most_a_life && out.days < days.days && !life.over();) {
      life.day();
      ++out.day;
      ++out.days;
      // What the last day left behind is looked at, too.
      const bool last = out.day == days.most_a_life || out.days == days.days;
      if (last && life.wrong().empty() && !life.over()) life.quiet_evening();
      if (!life.wrong().empty()) break;
    }
    ++out.lives;
    out.steps += life.world.steps();
    for (const auto& [what, times] : life.happened()) out.happened[what] += times;
    if (!life.wrong().empty()) {
      out.wrong = life.wrong();
      return out;
    }
  }
  return out;
}

}  // namespace attune::sim
