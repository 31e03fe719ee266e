#include "sim/days.h"

namespace attune::sim {

Lived live(const Days& days) {
  Lived out;
  const auto more = [&] { return out.days < days.days && std::chrono::steady_clock::now() < days.until; };
  for (out.seed = days.seed; more(); ++out.seed) {
    Life life(out.seed);
    out.day = 0;
    do {
      life.day();
      ++out.day;
      ++out.days;
    } while (out.day < days.most_a_life && more() && life.wrong().empty() && !life.over());
    // What the last day left behind is looked at, too.
    if (life.wrong().empty() && !life.over()) life.quiet_evening();
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
