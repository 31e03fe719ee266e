#include "sim/random_couple.h"

#include "sim/words.h"

namespace attune::sim {

namespace {

constexpr std::int64_t kHour = 60 * 60 * 1'000;

Json wording(std::string did, std::string says, std::string felt) {
  return {{"did", std::move(did)}, {"says", std::move(says)}, {"felt", std::move(felt)}};
}

}  // namespace

RandomCouple::RandomCouple(std::uint64_t seed, Weather weather)
    : world(seed, server::MemoryStore::Commit::when_asked), weather_(weather), life_(seed ^ 0xC0FFEE) {
  world.delays(50);
  begin();
  world.delays(weather_.most_delay_ms);
  world.duplicates(weather_.duplicates_percent);
}

std::vector<Device*> RandomCouple::devices() const {
  std::vector<Device*> out = people[0];
  out.insert(out.end(), people[1].begin(), people[1].end());
  return out;
}

void RandomCouple::begin() {
  Device& sam = world.add("Sam's phone");
  Device& noa = world.add("Noa's phone");
  sam.must("space.start", {{"name", "Sam"}, {"relay", world.relay_address()}});
  world.settle();
  sam.must("cherish.thank", wording("Before there were two", "brave", ""));
  sam.must("openup.write", {{"prompt", "ou-030"}, {"text", "Written alone"}});
  const std::string sams_words = confirm_words(world, sam);
  const Json link = sam.must("space.invite", {{"app", "https://app.example"}})["link"];
  world.settle();
  noa.must("space.join", {{"link", link}});
  world.settle();
  noa.must("space.accept", {{"name", "Noa"}});
  world.settle();
  sam.must("space.same-words", {{"words", sam.see("invitation")["words"]}});
  noa.must("space.same-words", {{"words", noa.see("joining")["words"]}});
  world.settle();
  const std::string noas_words = confirm_words(world, noa);
  people[0] = {&sam, &second_phone(sam, sams_words, "Sam's tablet")};
  people[1] = {&noa, &second_phone(noa, noas_words, "Noa's tablet")};
}

Device& RandomCouple::second_phone(Device& first, const std::string& words, std::string name) {
  world.run_for(kHour + 60'000);  // what is private leaves at the beat
  Json keep = Json::array();
  for (const Json& device : first.see("devices")["devices"]) {
    if (device["this_one"] == true) keep.push_back(device["key"]);
  }
  Device& second = world.add(std::move(name));
  second.must("space.recover", {{"words", words}, {"relay", world.relay_address()}});
  world.settle();
  second.must("space.recover-finish", {{"keep", keep}});
  world.settle();
  return second;
}

// ---- what people do ----

std::string RandomCouple::some_text() {
  static constexpr std::array<std::string_view, 8> kWords = {"morning", "tea",    "håndkle",           "語",
                                                             "quiet",   "“door”", "the long way home", "💛"};
  std::string out = std::to_string(life_.below(1'000'000));
  const std::uint64_t words = life_.chance(5) ? 80 : life_.below(6);
  for (std::uint64_t i = 0; i < words; ++i) out += " " + std::string(kWords[life_.below(kWords.size())]);
  return out;
}

std::string RandomCouple::some_prompt() {
  const std::uint64_t number = 1 + life_.below(30);
  return std::string(number < 10 ? "ou-00" : "ou-0") + std::to_string(number);
}

const Json* RandomCouple::some_of(const Json& list) { return list.empty() ? nullptr : &list[life_.below(list.size())]; }

void RandomCouple::ask(Device& device, std::string_view name, const Json& args, std::int64_t hold_ms) {
  const Json reply = device.command(name, args, hold_ms);
  if (reply["ok"] == true) {
    ++accepted;
  } else {
    ++refused[reply["code"].get<std::string>()];
  }
}

void RandomCouple::act(Device& device) {
  const std::int64_t hold = life_.chance(30) ? 5'000 : 0;
  const std::uint64_t choice = life_.below(100);
  if (choice < 14) return ask(device, "cherish.thank", wording(some_text(), some_text(), some_text()), hold);
  if (choice < 20) return ask(device, "cherish.keep", wording(some_text(), "", some_text()));
  if (choice < 24) return ask(device, "openup.write", {{"prompt", some_prompt()}, {"text", some_text()}});
  if (choice < 32) return ask(device, "openup.offer", {{"prompt", some_prompt()}}, hold);
  if (choice < 34) return ask(device, "space.rename", {{"name", "Name " + some_text().substr(0, 6)}});
  if (choice < 36) return ask(device, "space.name-device", {{"name", "Phone " + some_text().substr(0, 6)}});
  if (choice < 38) return ask(device, "space.draft", {{"key", "half"}, {"text", some_text()}});
  if (choice < 40) return ask(device, "space.looked", Json::object());
  if (choice < 44) {
    if (const Json undo = device.see("app")["undo"]; undo.is_object()) {
      ask(device, "space.undo", {{"command", undo["command"]}});
    }
    return;
  }
  if (choice < 72) {
    const Json view = device.see("cherish");
    if (const Json* kept = some_of(view["kept"]); kept != nullptr && choice < 48) {
      return ask(device, choice == 44 ? "space.keep-to-myself" : "cherish.send-kept", {{"item", (*kept)["item"]}},
                 hold);
    }
    const Json* thanks = some_of(view["thanks"]);
    if (thanks == nullptr) return;
    const Json item = (*thanks)["item"];
    if (choice < 56) return ask(device, "space.open-item", {{"item", item}});
    if (choice < 64)
      return ask(device, "cherish.answer", {{"item", item}, {"tap", "warmed"}, {"words", some_text()}}, hold);
    if (choice < 69) {
      Json edited = wording(some_text(), some_text(), "");
      edited["item"] = item;
      return ask(device, "cherish.edit", edited, hold);
    }
    return ask(device, "space.take-back", {{"item", item}}, hold);
  }
  const Json view = device.see("openup");
  if (const Json* written = some_of(view["written"]); written != nullptr && choice < 75) {
    return ask(device, "openup.send-written", {{"item", (*written)["item"]}}, hold);
  }
  const Json* question = some_of(view["questions"]);
  if (question == nullptr) return;
  const Json item = (*question)["item"];
  if (choice < 91) return ask(device, "openup.answer", {{"question", item}, {"text", some_text()}}, hold);
  if (choice < 93) return ask(device, "openup.pass", {{"question", item}});
  if (choice < 96) return ask(device, "space.open-item", {{"item", item}});
  ask(device, "space.take-back", {{"item", item}}, hold);
}

// ---- what fails ----

void RandomCouple::fail(Device& device) {
  if (weather_.restarts && life_.chance(6)) device.restart();
  if (weather_.restarts && life_.chance(3)) world.restart_relay();
  if (!weather_.flights) return;
  if (device.offline()) {
    if (life_.chance(30)) device.go_online();
  } else if (life_.chance(10)) {
    device.go_offline();
  }
}

void RandomCouple::live(std::size_t commands) {
  const std::vector<Device*> all = devices();
  for (std::size_t i = 0; i < commands; ++i) {
    act(*all[life_.below(all.size())]);
    fail(*all[life_.below(all.size())]);
    if (life_.chance(3)) {
      world.run_for(static_cast<std::int64_t>(life_.below(12 * kHour)));
    } else {
      world.run_for(static_cast<std::int64_t>(life_.below(life_.chance(50) ? 300 : 30'000)));
    }
  }
}

void RandomCouple::rest() {
  for (Device* device : devices()) {
    if (device->offline()) device->go_online();
  }
  world.run_for(3 * kHour);
  // At the end of every life something stands open on both sides.
  people[0][0]->must("cherish.thank", wording("For all of it", "", ""));
  world.settle();
  for (const Json& each : people[1][0]->see("cherish")["thanks"]) {
    if (each["did"] == "" && each["taken_back"] == "no") {
      people[1][0]->must("space.open-item", {{"item", each["item"]}});
    }
  }
  world.run_for(kHour + 60'000);  // that it was opened is private and leaves at the beat
  // Copies of what was taken back go into *mine* beat by beat.
  const auto at_rest = [](Device* device) { return device->see("app")["sync"]["resting"] == 0; };
  for (int hours = 0; hours < 48 && !std::ranges::all_of(devices(), at_rest); ++hours) world.run_for(kHour);
  for (Device* device : devices()) device->must("space.looked");
  world.settle();
}

}  // namespace attune::sim
