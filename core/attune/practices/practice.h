// What a practice is: four files and these names (ARCHITECTURE.md, rule 3). The registry lists practices; nothing else
// in the core knows one by name.
//
//   Events    mp_list of its event types             (events.h)
//   State     its fold; fold(State&, const Event&)   (state.h)
//   Commands  mp_list of its command structs;
//             plan(CommandContext, State, command) -> Result<log::Plan>    (commands.h)
//   View      view(Context, State) -> View           (view.h)
//   Errors    its own refusals                       (commands.h)
//
//   left_out   what mending the space leaves out of it (view.h)
//   copy_of, item_of   what is kept of an item whose author takes it away, and which item an event belongs to (view.h)
//
// and the few facts it exports for Today, Us and offers, all in its view.h.
#pragma once

#include <concepts>
#include <string_view>

#include "attune/space/context.h"

namespace attune::practices {

template <class P>
concept Practice = requires(typename P::State state, const typename P::State& seen, const log::Event& event,
                            const space::Context& context, const log::EventId& item) {
  { P::kName } -> std::convertible_to<std::string_view>;
  typename P::Events;
  typename P::Commands;
  { P::fold(state, event) };
  { P::view(context, seen) } -> std::same_as<typename P::View>;
  { P::take_back(context, seen, item) } -> std::same_as<std::optional<space::TakeBack>>;
};

}  // namespace attune::practices
