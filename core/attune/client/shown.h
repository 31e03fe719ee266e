// Every view by its name: what it takes and what it shows. The one list that Client::view answers from and that the
// schema is written from.
#pragma once

#include <algorithm>
#include <array>

#include "attune/client/views.h"
#include "attune/jar/view.h"
#include "attune/practices/registry.h"
#include "attune/today/view.h"
#include "attune/us/view.h"

namespace attune::client {

/// Text as a template argument.
template <std::size_t N>
struct Literal {
  consteval Literal(const char (&from)[N]) { std::copy_n(from, N, text); }  // NOLINT: a literal *is* one
  char text[N];
};

template <Literal Name, class V, class A = log::Nothing>
struct Shown {
  static constexpr std::string_view kName{Name.text, sizeof(Name.text) - 1};
  using View = V;
  using Args = A;
};

/// A practice's own view stands under the practice's name.
template <class P>
struct ShownPractice {
  static constexpr std::string_view kName = P::kName;
  using View = typename P::View;
  using Args = log::Nothing;
};

/// Of what was said, by streams alone; the others speak of this device, too.
using ViewsOfTheSaid =
    boost::mp11::mp_append<boost::mp11::mp_list<Shown<"today", today::View>, Shown<"story", us::View>,
                                                Shown<"jar", jar::View>, Shown<"devices", DevicesView>>,
                           boost::mp11::mp_transform<ShownPractice, practices::All>>;

/// Their names.
inline constexpr auto kNamesOfTheSaid = []<class... V>(boost::mp11::mp_list<V...>) {
  return std::array{V::kName...};
}(ViewsOfTheSaid{});

using Views = boost::mp11::mp_append<boost::mp11::mp_list<Shown<"app", AppView>,                //
                                                          Shown<"today", today::View>,          //
                                                          Shown<"story", us::View>,             //
                                                          Shown<"jar", jar::View>,              //
                                                          Shown<"offers", OffersView>,          //
                                                          Shown<"invitation", InvitationView>,  //
                                                          Shown<"joining", JoiningView>,        //
                                                          Shown<"recovery", RecoveryView>,      //
                                                          Shown<"recovering", RecoveringView>,  //
                                                          Shown<"devices", DevicesView>,        //
                                                          Shown<"step", StepView, StepArgs>,    //
                                                          Shown<"notifications", NotificationsView>,  //
                                                          Shown<"presence", PresenceView>,      //
                                                          Shown<"unsent", UnsentView>,          //
                                                          Shown<"mending", MendingView>,              //
                                                          Shown<"earlier", EarlierView>,              //
                                                          Shown<"draft", DraftView, DraftArgs>>,
                                     boost::mp11::mp_transform<ShownPractice, practices::All>>;

}  // namespace attune::client
