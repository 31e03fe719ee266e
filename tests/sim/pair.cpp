#include "tests/sim/pair.h"

#include "sim/words.h"

namespace attune::sim {

Pair::Pair(std::uint64_t seed, server::MemoryStore::Commit commit)
    : world(seed, commit), sam(world.add("Sam")), noa(world.add("Noa")) {
  sam.must("space.start", {{"name", "Sam"}, {"relay", world.relay_address()}});
  world.settle();
  const Json link = sam.must("space.invite", {{"app", "https://app.example"}})["link"];
  world.settle();
  noa.must("space.join", {{"link", link}});
  world.settle();
  noa.must("space.accept", {{"name", "Noa"}});
  world.settle();
  sam.must("space.same-words", {{"words", sam.see("invitation")["words"]}});
  noa.must("space.same-words", {{"words", noa.see("joining")["words"]}});
  world.settle();
}

std::string Pair::sams_words() { return confirm_words(world, sam); }

std::string Pair::offer(std::string_view prompt) {
  sam.must("openup.offer", {{"prompt", prompt}});
  world.settle();
  return sam.see("openup")["questions"][0]["item"];
}

void Pair::thank(Device& from, std::string_view did) {
  from.must("cherish.thank", {{"did", did}, {"says", ""}, {"felt", ""}});
}

Json Pair::question(Device& device, const std::string& item) {
  for (const Json& question : device.see("openup")["questions"]) {
    if (question["item"] == item) return question;
  }
  return nullptr;
}

std::string opened_thanks(Device& device) {
  device.must("space.open-item", {{"item", device.see("cherish")["thanks"][0]["item"]}});
  return device.see("cherish")["thanks"][0]["did"];
}

std::vector<std::string> notices(Device& device) {
  std::vector<std::string> out;
  for (const Json& notice : device.see("app")["notices"]) out.push_back(notice["code"]);
  return out;
}

bool named(Device& device, std::string_view code) {
  for (const std::string& each : notices(device)) {
    if (each == code) return true;
  }
  return false;
}

}  // namespace attune::sim
