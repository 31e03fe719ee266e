#include "tests/sim/couple.h"

#include "sim/words.h"

namespace attune::sim {

void Couple::start() {
  sam.must("space.start", {{"name", "Sam"}, {"relay", world.relay_address()}});
  world.settle();
}

Json Couple::link() {
  const Json out = sam.must("space.invite", {{"app", "https://app.example"}})["link"];
  world.settle();
  return out;
}

void Couple::until_words() {
  noa.must("space.join", {{"link", link()}});
  world.settle();
  noa.must("space.accept", {{"name", "Noa"}});
  world.settle();
}

void Couple::pair() {
  start();
  meet();
}

void Couple::meet() {
  until_words();
  sam.must("space.same-words", {{"words", sam.see("invitation")["words"]}});
  noa.must("space.same-words", {{"words", noa.see("joining")["words"]}});
  world.settle();
}

Json Couple::thank() {
  sam.must("cherish.thank", {{"did", "You rang my mother"}, {"says", ""}, {"felt", ""}});
  world.settle();
  return sam.see("cherish")["thanks"][0]["item"];
}

Json Couple::question() {
  sam.must("openup.offer", {{"prompt", "ou-001"}});
  world.settle();
  return sam.see("openup")["questions"][0]["item"];
}

Json Couple::picks() {
  ShownWords shown = show_words(sam);
  words = std::move(shown.words);
  return std::move(shown.picks);
}

}  // namespace attune::sim
