// Who may do what at which stage of a listening session, found out from the practice itself and written down;
// scripts/listening-table.mjs makes the tables of docs/LISTENING.md of it.
#include <array>
#include <fstream>
#include <set>

#include "tests/sim/listening_machine.h"

namespace attune::sim {
namespace {

using Json = nlohmann::json;
using practice::How;

/// One command as one of the two gives it now.
struct Column {
  std::string_view name;
  Result<log::Plan> (*asks)(ListeningMachine&, std::uint8_t person, std::uint8_t device);
};

std::optional<std::string> words(const ListeningMachine& at) {
  return at.session().how == How::typed ? std::optional<std::string>("Some words") : std::nullopt;
}

const std::vector<Column>& moves() {
  static const std::vector<Column> all = {
      {"piece",
       [](ListeningMachine& at, std::uint8_t who, std::uint8_t with) {
         return at.plan(who, practice::SayPiece{.session = at.id(), .step = at.step(), .text = words(at)}, with);
       }},
      {"say-back",
       [](ListeningMachine& at, std::uint8_t who, std::uint8_t with) {
         return at.plan(who, practice::SayBack{.session = at.id(), .step = at.step(), .text = words(at)}, with);
       }},
      {"confirm",
       [](ListeningMachine& at, std::uint8_t who, std::uint8_t with) {
         return at.plan(who, practice::Confirm{.session = at.id(), .step = at.step(), .text = {}}, with);
       }},
      {"smaller",
       [](ListeningMachine& at, std::uint8_t who, std::uint8_t with) {
         return at.plan(who, practice::TakeSmaller{.session = at.id(), .step = at.step()}, with);
       }},
      {"more",
       [](ListeningMachine& at, std::uint8_t who, std::uint8_t with) {
         return at.plan(who, practice::SayMore{.session = at.id(), .step = at.step()}, with);
       }},
      {"make-sense",
       [](ListeningMachine& at, std::uint8_t who, std::uint8_t with) {
         return at.plan(who, practice::MakeSense{.session = at.id(), .step = at.step(), .text = words(at)}, with);
       }},
      {"imagine",
       [](ListeningMachine& at, std::uint8_t who, std::uint8_t with) {
         return at.plan(who, practice::Imagine{.session = at.id(), .step = at.step(), .text = words(at)}, with);
       }},
      {"name-feeling",
       [](ListeningMachine& at, std::uint8_t who, std::uint8_t with) {
         return at.plan(who, practice::NameFeeling{.session = at.id(), .step = at.step(), .text = {}}, with);
       }},
  };
  return all;
}

template <class Command>
Column plain(std::string_view name) {
  return {name, [](ListeningMachine& at, std::uint8_t who, std::uint8_t with) {
            Command command{};
            command.session = at.id();
            if constexpr (requires { command.asked; }) command.asked = at.session().question();
            return at.plan(who, command, with);
          }};
}

const std::vector<Column>& beginning() {
  static const std::vector<Column> all = {
      {"propose", [](ListeningMachine& at, std::uint8_t who,
                     std::uint8_t with) { return at.plan(who, proposing(How::typed), with); }},
      {"propose, at the table", [](ListeningMachine& at, std::uint8_t who,
                                   std::uint8_t with) { return at.plan(who, proposing(How::table), with); }},
      {"topic",
       [](ListeningMachine& at, std::uint8_t who, std::uint8_t with) {
         return at.plan(who, practice::KeepTopic{.session = at.id(), .words = {}}, with);
       }},
      plain<practice::Agree>("agree"),
      plain<practice::Decline>("decline"),
      {"postpone",
       [](ListeningMachine& at, std::uint8_t who, std::uint8_t with) {
         return at.plan(who, practice::Postpone{.session = at.id(), .when = {}}, with);
       }},
  };
  return all;
}

const std::vector<Column>& always() {
  static const std::vector<Column> all = {
      plain<practice::SayReady>("ready"),
      {"here", [](ListeningMachine& at, std::uint8_t who,
                  std::uint8_t) { return at.plan(who, practice::BeHere{.session = at.id()}, 1); }},
      {"time-out",
       [](ListeningMachine& at, std::uint8_t who, std::uint8_t with) {
         return at.plan(who, practice::TimeOut{.session = at.id(), .minutes = 60}, with);
       }},
      plain<practice::Stop>("stop"),
      plain<practice::Thank>("thank"),
      {"idea",
       [](ListeningMachine& at, std::uint8_t who, std::uint8_t with) {
         return at.plan(who, practice::NoteIdea{.session = at.id(), .text = "The kitchen"}, with);
       }},
      {"keep",
       [](ListeningMachine& at, std::uint8_t who, std::uint8_t with) {
         return at.plan(who, practice::KeepPieces{.session = at.id(), .keep = true}, with);
       }},
      {"understood",
       [](ListeningMachine& at, std::uint8_t who, std::uint8_t with) {
         return at.plan(who, practice::RateUnderstood{.session = at.id(), .score = 5}, with);
       }},
  };
  return all;
}

std::string said(const Result<log::Plan>& planned) { return planned ? "yes" : std::string(planned.error().name()); }

/// One answer where both get the same.
std::string cell(const std::string& one, const std::string& other) { return one == other ? one : one + " / " + other; }

Json names(const std::vector<Column>& columns) {
  Json out = Json::array();
  for (const Column& column : columns) out.push_back(column.name);
  return out;
}

/// Of the first and the second of the two.
Json row(std::string_view name, const std::vector<Column>& columns, ListeningMachine& at, std::uint8_t first) {
  Json cells = Json::array();
  for (const Column& column : columns) {
    const auto second = static_cast<std::uint8_t>(1 - first);
    cells.push_back(cell(said(column.asks(at, first, 0)), said(column.asks(at, second, 0))));
  }
  return {{"row", name}, {"cells", cells}};
}

constexpr std::array kStages = {
    Stage::proposed,        Stage::agreed,  Stage::speaking,     Stage::spoken,    Stage::given_back,
    Stage::smaller_offered, Stage::more,    Stage::making_sense, Stage::imagining, Stage::feeling_given,
    Stage::thanking,        Stage::keeping, Stage::time_out,     Stage::ended,
};

/// One row for every stage of a typed session, which has them all. Before it begins the first of the two is who asked,
/// then who speaks.
Json by_stage(const std::vector<Column>& columns, std::span<const Stage> stages) {
  Json rows = Json::array();
  for (const Stage stage : stages) {
    ListeningMachine at;
    at.until(How::typed, stage);
    rows.push_back(row(schema::to_json(stage).get<std::string>(), columns, at,
                       at.session().begun() ? at.session().speaker() : at.session().asker));
  }
  return rows;
}

/// Before there is any session, only asking for one can be tried.
Json without_a_session() {
  ListeningMachine at;
  Json cells = {said(at.plan(0, proposing(How::typed))), said(at.plan(0, proposing(How::table)))};
  cells.push_back(said(at.plan(0, practice::KeepTopic{})));
  cells.push_back(said(at.plan(0, practice::Agree{})));
  cells.push_back(said(at.plan(0, practice::Decline{})));
  cells.push_back(said(at.plan(0, practice::Postpone{})));
  return {{"row", "no session"}, {"cells", cells}};
}

/// A machine that stands just where the command would be allowed.
void stand_for(ListeningMachine& at, How how, std::string_view command) {
  if (command == "ready") return at.until(how, Stage::time_out);
  if (command == "thank" || command == "idea") return at.until(how, Stage::thanking);
  if (command == "keep") return at.until(How::typed, Stage::keeping);
  if (command == "understood") return at.until(how, Stage::ended);
  at.until(how, Stage::speaking);
}

std::vector<Column> elsewhere_columns() {
  std::vector<Column> out = {moves().front()};
  for (const Column& column : always()) {
    if (column.name != "here") out.push_back(column);
  }
  out.front().name = "a move";
  return out;
}

/// What is allowed to who takes part, tried by somebody else's hand.
Json elsewhere(std::string_view name, How how, std::uint8_t person, std::uint8_t device) {
  Json cells = Json::array();
  for (const Column& column : elsewhere_columns()) {
    ListeningMachine at;
    stand_for(at, how, column.name);
    const bool nothing_to_keep = column.name == "keep" && how == How::table;
    cells.push_back(nothing_to_keep ? "–" : said(column.asks(at, person, device)));
  }
  return {{"row", name}, {"cells", cells}};
}

/// The same once more.
Json said_twice() {
  Json cells = Json::array();
  for (const Column& column : elsewhere_columns()) {
    ListeningMachine at;
    stand_for(at, How::typed, column.name);
    const auto first = column.asks(at, 0, 0);
    EXPECT_TRUE(first) << column.name;
    if (first) at.fold(*first, 0, 0);
    cells.push_back(said(column.asks(at, 0, 0)));
  }
  return {{"row", "once more, after it was said"}, {"cells", cells}};
}

TEST(ListeningTable, IsWrittenDownFromWhatThePracticeAnswers) {
  const Json found = {
      {{"title", "Before it begins (who asked / who is asked)"},
       {"columns", names(beginning())},
       {"rows",
        [] {
          Json rows = by_stage(beginning(), std::array{Stage::proposed, Stage::agreed, Stage::speaking, Stage::ended});
          rows.insert(rows.begin(), without_a_session());
          return rows;
        }()}},
      {{"title", "Moves (who speaks / who listens)"},
       {"columns", names(moves())},
       {"rows", by_stage(moves(), kStages)}},
      {{"title", "Beside them (who speaks / who listens)"},
       {"columns", names(always())},
       {"rows", by_stage(always(), kStages)}},
      {{"title", "Where it would be allowed, but …"},
       {"columns", names(elsewhere_columns())},
       {"rows",
        {elsewhere("from another of one's devices", How::typed, 0, 1),
         elsewhere("from the other's phone, at the table", How::table, 1, 0), said_twice()}}},
  };
  std::ofstream out(ATTUNE_BINARY_DIR "/listening-table.json");
  out << found.dump(1) << "\n";
  EXPECT_TRUE(out.good());
}

TEST(ListeningTable, EveryCommandIsAColumn) {
  std::set<std::string> columns;
  for (const auto* each : {&beginning(), &moves(), &always()}) {
    for (const Column& column : *each) columns.insert("listen." + std::string(column.name));
  }
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, practice::Commands>>(
      [&]<class C>(boost::mp11::mp_identity<C>) { EXPECT_TRUE(columns.contains(std::string(C::kName))) << C::kName; });
}

}  // namespace
}  // namespace attune::sim
