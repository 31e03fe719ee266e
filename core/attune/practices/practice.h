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
//   OwnAccord, owed   what an app does by itself, and whether that is due; may be missing    (commands.h)
//   next_due   when that is due next; may be missing    (commands.h)
//   may_open   whether the envelope of an item may be opened now; may be missing    (commands.h)
//   treasures   what of it the jar holds; may be missing    (view.h)
//   go_on      what was open when *ours* went on in another stream; may be missing    (state.h)
//   is_over    an item of it for which nothing more can be written; may be missing    (state.h)
//   gone_behind   what is not to be read any more and stands in an earlier stream; may be missing    (commands.h)
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

/// Its app does something without being asked: at most one of it at a time, once the shared history is here.
template <class P>
concept ActsByItself = requires(const space::Context& context, const typename P::State& seen) {
  typename P::OwnAccord;
  { P::owed(context, seen).has_value() };
};

template <class P>
struct OwnAccord {
  using Type = boost::mp11::mp_list<>;
};
template <ActsByItself P>
struct OwnAccord<P> {
  using Type = typename P::OwnAccord;
};
/// A command that only ends something, or takes away what is one's own, says so by kOnlyEnds = true. It is taken also
/// where somebody has written what only a newer Attune knows: else a changed app could hold the other in.
template <class Command>
inline constexpr bool kOnlyEnds = requires { requires Command::kOnlyEnds; };

/// The commands by which it does that; nobody can give them.
template <class P>
using OwnAccordOf = typename OwnAccord<P>::Type;

}  // namespace attune::practices
