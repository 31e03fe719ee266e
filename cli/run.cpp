#include "cli/run.h"

#include <unistd.h>

#include <iostream>

#include "cli/command_line.h"
#include "cli/home.h"
#include "wire/result.h"

#ifndef ATTUNE_VERSION
#error "the build names the version"
#endif

namespace attune::cli {

namespace {

constexpr std::chrono::milliseconds kHomePatience{2000};

Outcome<Exit> at_the_desk(const CommandLine& line, Terminal& terminal) {
  const std::filesystem::path folder = line.args.home.empty() ? Home::usual() : line.args.home;
  std::error_code unknown;
  // Asking for something that needs a space must not leave an empty home behind.
  if (line.needs_space && !std::filesystem::exists(folder / "attune.db", unknown) && !unknown) {
    return trouble("not-started", {{"path", folder.string()}});
  }
  TRY(home, Home::enter(folder, kHomePatience));
  TRY(store, RowStore::open(home.database()));
  TRY(rows, store.read_all());
  auto engine = open_engine(std::move(rows), terminal.clock.now());
  if (!engine) return trouble(engine.error().code, {{"path", home.database().string()}});
  const auto link = make_relay_link();
  Session session(std::move(*engine), store, *link, terminal.clock);
  Desk desk{line.args, terminal, store, session, *link, home.path()};
  if (line.needs_space) {
    TRY(app, app_view(desk));
    TRY_VOID(need_space(desk, app));
  }
  return line.verb(desk);
}

int end(Terminal& terminal, const Trouble& trouble, Exit code) {
  terminal.explain(trouble);
  return static_cast<int>(code);
}

}  // namespace

int run(const std::vector<std::string>& words) {
  const bool somebody = isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0;
  Terminal terminal{Texts(Texts::language_of_environment()),
                    Paper::on(std::cout, STDOUT_FILENO),
                    Paper::on(std::cerr, STDERR_FILENO),
                    Clock(),
                    std::cin,
                    somebody};
  const auto line = read_command_line(words);
  if (!line) return end(terminal, line.error(), Exit::usage);
  terminal.json = line->args.json;
  terminal.asks = somebody && !terminal.json;
  if (!line->args.clock.empty()) {
    auto clock = Clock::starting_at(line->args.clock);
    if (!clock) return end(terminal, clock.error(), Exit::usage);
    terminal.clock = *clock;
  }
  switch (line->wants) {
    case CommandLine::Wants::help: print_help(terminal.out, terminal.texts, line->args.verb); return 0;
    case CommandLine::Wants::version: terminal.out.raw("attune " ATTUNE_VERSION); return 0;
    case CommandLine::Wants::verb: break;
  }
  if (line->verb == nullptr) {
    terminal.out.raw(schema_text());
    return 0;
  }
  const auto result = at_the_desk(*line, terminal);
  if (!result) return end(terminal, result.error(), Exit::refused);
  return static_cast<int>(*result);
}

}  // namespace attune::cli
