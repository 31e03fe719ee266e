#include "tests/sim/listening_machine.h"

namespace attune::sim {

namespace {

constexpr log::At kNow{.ms = 1'790'000'000'000, .offset = 60};

}  // namespace

practice::Propose proposing(practice::How how) {
  practice::Propose out;
  out.how = how;
  return out;
}

SignKey device_key(std::uint8_t person, std::uint8_t device) {
  SignKey out;
  out.bytes[0] = static_cast<std::uint8_t>(1 + person);
  out.bytes[1] = device;
  return out;
}

space::CommandContext ListeningMachine::context(std::uint8_t person, std::uint8_t device) {
  log::EventId id;
  id.bytes[0] = ++ids_;
  id.bytes[1] = static_cast<std::uint8_t>(position_);
  id.bytes[2] = static_cast<std::uint8_t>(position_ >> 8U);
  return {{.me = person,
           .device = device_key(person, device),
           .paired = true,
           .now = {.ms = kNow.ms, .offset_minutes = kNow.offset},
           .space = space_,
           .contents = *this,
           .sealing = sealing_},
          id,
          kNow,
          entropy_};
}

void ListeningMachine::fold(const log::Plan& planned, std::uint8_t person, std::uint8_t device) {
  for (const log::NewEvent& event : planned.events) {
    contents_[{planned.stream, event.id}] = event.content;
    practice::fold(state, {.stream = planned.stream,
                           .position = position_++,
                           .author = device_key(person, device),
                           .person = person,
                           .id = event.id,
                           .kind = event.kind,
                           .version = event.version,
                           .needed = event.needed,
                           .pending = false,
                           .fields = &event.fields,
                           .text = {}});
  }
}

std::optional<nlohmann::json> ListeningMachine::content(wire::StreamKind stream, const log::EventId& id) const {
  const auto at = contents_.find({stream, id});
  if (at == contents_.end()) return std::nullopt;
  return at->second;
}

/// Whose phone it is written with: at the table there is one.
std::uint8_t ListeningMachine::hand(std::uint8_t person) const {
  return session().how == practice::How::table ? session().proposer : person;
}

/// The move that leads on, with a yes wherever there is a question.
bool ListeningMachine::move() {
  const std::uint8_t by = hand(practice::floor(session()).value_or(0));
  const std::optional<std::string> words =
      session().how == practice::How::typed ? std::optional<std::string>("So it was") : std::nullopt;
  switch (session().stage) {
    case Stage::speaking: return does(by, practice::SayPiece{.session = id(), .step = step(), .text = words});
    case Stage::spoken: return does(by, practice::SayBack{.session = id(), .step = step(), .text = words});
    case Stage::given_back: return does(by, practice::Confirm{.session = id(), .step = step(), .text = {}});
    case Stage::smaller_offered: return does(by, practice::TakeSmaller{.session = id(), .step = step()});
    case Stage::more: return does(by, practice::SayMore{.session = id(), .step = step(), .more = false});
    case Stage::making_sense: return does(by, practice::MakeSense{.session = id(), .step = step(), .text = words});
    case Stage::imagining: return does(by, practice::Imagine{.session = id(), .step = step(), .text = words});
    case Stage::feeling_given: return does(by, practice::NameFeeling{.session = id(), .step = step(), .text = {}});
    default: return false;
  }
}

bool ListeningMachine::go_on() {
  const practice::Session& now = session();
  const auto first_without = [](const auto& each) { return static_cast<std::uint8_t>(each[0] ? 1 : 0); };
  switch (now.stage) {
    case Stage::proposed: return does(1 - now.asker, practice::Agree{.session = id(), .asked = now.asked, .now = {}});
    case Stage::agreed:
    case Stage::time_out:
      return does(hand(first_without(now.ready)),
                  practice::SayReady{.session = id(), .asked = now.question(), .anew = {}});
    case Stage::thanking: {
      const std::uint8_t whose = first_without(now.thanks);
      return does(hand(whose), practice::Thank{.session = id(), .text = {}, .across = whose != hand(whose)});
    }
    case Stage::keeping: return does(first_without(now.keep), practice::KeepPieces{.session = id(), .keep = true});
    case Stage::ended: return false;
    default: return move();
  }
}

void ListeningMachine::misunderstand() {
  for (int times = 0; times < practice::kMostNotYet; ++times) {
    while (session().stage != Stage::given_back) ASSERT_TRUE(go_on());
    const std::uint8_t by = hand(session().speaker());
    ASSERT_TRUE(
        does(by, practice::Confirm{.session = id(), .step = step(), .heard = practice::Heard::not_yet, .text = {}}));
  }
}

void ListeningMachine::until(practice::How how, Stage stage) {
  ASSERT_TRUE(does(0, proposing(how)));
  if (stage == Stage::smaller_offered) return misunderstand();
  const bool interrupted = stage == Stage::time_out || stage == Stage::ended;
  while (session().stage != (interrupted ? Stage::speaking : stage)) ASSERT_TRUE(go_on());
  if (stage == Stage::time_out) ASSERT_TRUE(does(0, practice::TimeOut{.session = id(), .minutes = 60}));
  if (stage == Stage::ended) ASSERT_TRUE(does(0, practice::Stop{.session = id()}));
}

}  // namespace attune::sim
