// What is exported, as a page that any browser opens and prints: no script, nothing fetched, in the reader's language.
#pragma once

#include "cli/terminal.h"

namespace attune::cli {

/// The views a page is made from; everything in them is as the screens show it, closed envelopes stay closed.
struct Exported {
  Json app;
  Json cherish;
  Json openup;
  Json listen;
  Json feelings;
  Json noticed;
  Json goodnews;
  Json touches;
  Json gestures;
  Json letters;
  std::int64_t made_ms = 0;
};

std::string export_page(const Terminal& terminal, const Exported& exported);
/// The same as data: {"format": "attune-export", "version": 1, "made": ms, "app" and the views below}.
std::string export_data(const Exported& exported);

}  // namespace attune::cli
