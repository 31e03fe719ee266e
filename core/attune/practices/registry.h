// Every practice, one line each.
#pragma once

#include <tuple>

#include "attune/practices/cherish/view.h"
#include "attune/practices/feelings/view.h"
#include "attune/practices/gestures/view.h"
#include "attune/practices/goodnews/view.h"
#include "attune/practices/letters/view.h"
#include "attune/practices/listen/view.h"
#include "attune/practices/noticed/view.h"
#include "attune/practices/openup/view.h"
#include "attune/practices/practice.h"
#include "attune/practices/touches/view.h"

namespace attune::practices {

using All = std::tuple<cherish::Practice,   //
                       feelings::Practice,  //
                       gestures::Practice,  //
                       goodnews::Practice,  //
                       letters::Practice,   //
                       listen::Practice,    //
                       noticed::Practice,   //
                       openup::Practice,    //
                       touches::Practice>;

static_assert([]<class... P>(std::tuple<P...>*) { return (Practice<P> && ...); }(static_cast<All*>(nullptr)));

/// Calls `each` with a value of every practice type.
template <class Each>
void for_each(Each each) {
  std::apply([&](auto... practice) { (each(practice), ...); }, All{});
}

/// One state of every practice, found by the practice's type.
template <class P>
struct Slot {
  typename P::State state;
};
template <class Tuple>
struct StatesOf;
template <class... P>
struct StatesOf<std::tuple<P...>> : Slot<P>... {
  template <class Q>
  [[nodiscard]] const typename Q::State& of() const {
    return static_cast<const Slot<Q>&>(*this).state;
  }
  template <class Q>
  [[nodiscard]] typename Q::State& of() {
    return static_cast<Slot<Q>&>(*this).state;
  }
};
using States = StatesOf<All>;

}  // namespace attune::practices
