// How I am, I noticed, good news, touches, gestures, letters, the jar: what wakes the other, and what does not.
#include "tests/sim/wake.h"

namespace attune::sim::wake {

namespace {

constexpr std::int64_t kDay = 24LL * 60 * 60'000;

/// One of Sam's has come to Noa, who has looked at it.
Json given(Couple& c, const char* command, Json args, const char* view, const char* list) {
  c.sam.must(command, std::move(args));
  c.world.settle();
  const Json item = c.noa.see(view)[list][0]["item"];
  c.noa.must("space.open-item", {{"item", item}});
  return item;
}

Json feeling(Couple& c) {
  return given(c, "feelings.share", {{"feelings", {"low-flat"}}, {"wish", "ask-me"}}, "feelings", "shared");
}

Json noticed(Couple& c) { return given(c, "noticed.notice", {{"effort", "ef-bins"}}, "noticed", "noticed"); }

Json news(Couple& c) {
  return given(c, "goodnews.share", {{"sort", "joy"}, {"text", "A heron in the yard"}}, "goodnews", "news");
}

Json letter(Couple& c, bool held_by_me) {
  const Json opens = {{"ms", c.sam.now().ms + kDay}, {"offset", 60}};
  return {{"text", "Later"}, {"opens", opens}, {"held_by_me", held_by_me}};
}

Asked paired(Couple& c, Json args) {
  c.pair();
  return {.device = c.sam, .args = std::move(args)};
}

}  // namespace

void add_cherishing_rows(std::vector<Row>& rows) {
  const auto by = [&](const char* command, Heard heard, std::function<Asked(Couple&)> scene) {
    rows.push_back({command, heard, std::move(scene)});
  };
  by("feelings.note", Heard::nothing, [](Couple& c) { return paired(c, {{"feelings", {"low-flat"}}}); });
  by("feelings.share", Heard::wakes,
     [](Couple& c) { return paired(c, {{"feelings", {"low-flat"}}, {"wish", "ask-me"}}); });
  by("feelings.answer", Heard::wakes, [](Couple& c) {
    c.pair();
    return Asked{.device = c.noa, .args = {{"item", feeling(c)}, {"response", "here"}}};
  });
  by("noticed.notice", Heard::wakes, [](Couple& c) { return paired(c, {{"effort", "ef-bins"}}); });
  by("noticed.answer", Heard::wakes, [](Couple& c) {
    c.pair();
    return Asked{.device = c.noa, .args = {{"item", noticed(c)}, {"tap", "smiled"}}};
  });
  by("noticed.add-effort", Heard::nothing, [](Couple& c) { return paired(c, {{"text", "You warmed the car"}}); });
  by("noticed.list-effort", Heard::nothing,
     [](Couple& c) { return paired(c, {{"effort", "ef-bins"}, {"listed", false}}); });
  by("goodnews.share", Heard::wakes, [](Couple& c) { return paired(c, {{"sort", "joy"}, {"text", "A heron"}}); });
  by("goodnews.ask", Heard::wakes, [](Couple& c) {
    c.pair();
    return Asked{.device = c.noa, .args = {{"item", news(c)}, {"questions", {"nq-joy-1"}}}};
  });
  by("goodnews.tell", Heard::wakes, [](Couple& c) {
    c.pair();
    const Json item = news(c);
    c.noa.must("goodnews.ask", {{"item", item}, {"questions", {"nq-joy-1"}}});
    c.world.settle();
    return Asked{.device = c.sam, .args = {{"item", item}, {"words", "On the roof"}}};
  });
  by("goodnews.tonight", Heard::wakes, [](Couple& c) {
    c.pair();
    return Asked{.device = c.noa, .args = {{"item", news(c)}}};
  });
  by("goodnews.talked", Heard::silently, [](Couple& c) {
    c.pair();
    const Json item = news(c);
    c.noa.must("goodnews.tonight", {{"item", item}});
    c.world.settle();
    return Asked{.device = c.sam, .args = {{"item", item}}};
  });
  by("goodnews.felt-good", Heard::nothing, [](Couple& c) {
    c.pair();
    const Json item = news(c);
    c.noa.must("goodnews.ask", {{"item", item}, {"questions", {"nq-joy-1"}}});
    c.world.settle();
    return Asked{.device = c.sam, .args = {{"item", item}}};
  });
  by("touches.send", Heard::wakes, [](Couple& c) { return paired(c, {{"touch", "hug"}}); });
  by("touches.feel", Heard::nothing, [](Couple& c) {
    c.pair();
    c.sam.must("touches.send", {{"touch", "hug"}});
    c.world.settle();
    return Asked{.device = c.noa, .args = {{"item", c.noa.see("touches")["touches"][0]["item"]}}};
  });
  by("touches.mute", Heard::nothing, [](Couple& c) {
    c.pair();
    return Asked{.device = c.noa, .args = {{"until", c.noa.now().ms + kDay}}};
  });
  by("gestures.say", Heard::silently, [](Couple& c) { return paired(c, {{"gesture", "ge-tea"}, {"liking", "love"}}); });
  by("gestures.add", Heard::silently,
     [](Couple& c) { return paired(c, {{"text", "A hand on my neck"}, {"liking", "love"}}); });
  by("gestures.show-kept", Heard::silently, [](Couple& c) {
    c.start();
    c.sam.must("gestures.say", {{"gesture", "ge-tea"}, {"liking", "love"}});
    c.meet();
    return Asked{.device = c.sam};
  });
  by("letters.seal", Heard::wakes, [](Couple& c) {
    c.pair();
    return Asked{.device = c.sam, .args = letter(c, false)};
  });
  by("letters.withdraw", Heard::nothing, [](Couple& c) {
    c.pair();
    c.sam.must("letters.seal", letter(c, true));
    return Asked{.device = c.sam, .args = {{"item", c.sam.see("letters")["letters"][0]["item"]}}};
  });
  by("cherish.hide-span", Heard::nothing, [](Couple& c) { return paired(c, {{"from", 1'000}, {"to", 2'000}}); });
  by("cherish.show-span", Heard::nothing, [](Couple& c) {
    c.pair();
    c.sam.must("cherish.hide-span", {{"from", 1'000}, {"to", 2'000}});
    return Asked{.device = c.sam, .args = {{"item", c.sam.see("jar")["hidden"][0]["item"]}}};
  });
}

void live_cherishing(Couple& c) {
  c.noa.must("feelings.answer", {{"item", feeling(c)}, {"response", "here"}});
  c.noa.must("noticed.answer", {{"item", noticed(c)}, {"tap", "smiled"}});
  const Json item = news(c);
  c.noa.must("goodnews.ask", {{"item", item}, {"questions", {"nq-joy-1"}}});
  c.noa.must("goodnews.tonight", {{"item", item}});
  c.world.settle();
  c.sam.must("goodnews.tell", {{"item", item}, {"words", "On the roof"}});
  c.sam.must("goodnews.talked", {{"item", item}});
  c.sam.must("touches.send", {{"touch", "hug"}});
  c.sam.must("gestures.say", {{"gesture", "ge-tea"}, {"liking", "love"}});
  c.sam.must("letters.seal", letter(c, false));
  c.world.settle();
}

}  // namespace attune::sim::wake
