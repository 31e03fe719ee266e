// The verbs of `attune`. Each does one thing, prints what a person should know of it, and ends.
#pragma once

#include "cli/verbs/desk.h"

namespace attune::cli {

using Verb = Outcome<Exit> (*)(Desk&);

// pairing.cpp
Outcome<Exit> start(Desk& desk);
Outcome<Exit> invite(Desk& desk);
Outcome<Exit> join(Desk& desk);
Outcome<Exit> decline(Desk& desk);
Outcome<Exit> words(Desk& desk);
Outcome<Exit> approve(Desk& desk);
/// Makes the link by which a fresh device becomes another of mine.
Outcome<Exit> let_in(Desk& desk);
// devices.cpp
Outcome<Exit> devices(Desk& desk);
Outcome<Exit> leave(Desk& desk);
void show_devices(Desk& desk, const Json& devices);  ///< numbered, with what each is called
// mending.cpp
Outcome<Exit> mend(Desk& desk);
// recovery.cpp
Outcome<Exit> recovery_words(Desk& desk);
Outcome<Exit> recover(Desk& desk);
// everyday.cpp
Outcome<Exit> today(Desk& desk);
Outcome<Exit> watch(Desk& desk);
Outcome<Exit> sync(Desk& desk);
// cherish.cpp, openup.cpp, items.cpp
Outcome<Exit> thank(Desk& desk);
Outcome<Exit> ask(Desk& desk);
Outcome<Exit> answer(Desk& desk);
Outcome<Exit> open_item(Desk& desk);
Outcome<Exit> send(Desk& desk);
Outcome<Exit> take_back(Desk& desk);
Outcome<Exit> list(Desk& desk);
Outcome<Exit> edit(Desk& desk);
// story.cpp
Outcome<Exit> story(Desk& desk);
// feelings.cpp
Outcome<Exit> feel(Desk& desk);
// noticed.cpp
namespace noticing {
Outcome<Exit> list(Desk& desk);
Outcome<Exit> tell(Desk& desk);
Outcome<Exit> add(Desk& desk);
Outcome<Exit> hide(Desk& desk);
Outcome<Exit> show(Desk& desk);
}  // namespace noticing
// goodnews.cpp
namespace news {
Outcome<Exit> list(Desk& desk);
Outcome<Exit> share(Desk& desk);
Outcome<Exit> ask(Desk& desk);
Outcome<Exit> tell(Desk& desk);
Outcome<Exit> tonight(Desk& desk);
Outcome<Exit> talked(Desk& desk);
Outcome<Exit> felt_good(Desk& desk);
}  // namespace news
// touches.cpp
namespace touching {
Outcome<Exit> feel(Desk& desk);  ///< shows the new ones, and marks them felt
Outcome<Exit> send(Desk& desk);
Outcome<Exit> quiet(Desk& desk);
}  // namespace touching
// gestures.cpp
namespace gestures {
Outcome<Exit> menus(Desk& desk);
Outcome<Exit> say(Desk& desk);
Outcome<Exit> add(Desk& desk);
Outcome<Exit> show_kept(Desk& desk);
}  // namespace gestures
// letters.cpp
namespace letters {
Outcome<Exit> list(Desk& desk);
Outcome<Exit> write(Desk& desk);
Outcome<Exit> withdraw(Desk& desk);
}  // namespace letters
// jar.cpp
namespace jar {
Outcome<Exit> shake(Desk& desk);  ///< one of what it holds, or all of it
Outcome<Exit> search(Desk& desk);
Outcome<Exit> hide(Desk& desk);
Outcome<Exit> show(Desk& desk);
}  // namespace jar
// listen_page.cpp
Outcome<Exit> listen(Desk& desk);  ///< where the session is, whose turn it is, and what can be done now
// listen.cpp
namespace listening {
Outcome<Exit> propose(Desk& desk);
Outcome<Exit> topic(Desk& desk);
Outcome<Exit> agree(Desk& desk);
Outcome<Exit> decline(Desk& desk);
Outcome<Exit> postpone(Desk& desk);
Outcome<Exit> ready(Desk& desk);
Outcome<Exit> here(Desk& desk);
Outcome<Exit> piece(Desk& desk);
Outcome<Exit> say_back(Desk& desk);
Outcome<Exit> confirm(Desk& desk);
Outcome<Exit> smaller(Desk& desk);
Outcome<Exit> more(Desk& desk);
Outcome<Exit> make_sense(Desk& desk);
Outcome<Exit> imagine(Desk& desk);
Outcome<Exit> feeling(Desk& desk);
Outcome<Exit> time_out(Desk& desk);
Outcome<Exit> stop(Desk& desk);
Outcome<Exit> thank(Desk& desk);
Outcome<Exit> idea(Desk& desk);
Outcome<Exit> keep(Desk& desk);
Outcome<Exit> understood(Desk& desk);
}  // namespace listening
// exporting.cpp
Outcome<Exit> export_all(Desk& desk);
// scripts.cpp
Outcome<Exit> do_command(Desk& desk);
Outcome<Exit> show_view(Desk& desk);

}  // namespace attune::cli
