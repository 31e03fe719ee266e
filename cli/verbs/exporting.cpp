// Taking along what one may read: a page for people, a file for programs.
#include <fcntl.h>
#include <unistd.h>

#include "cli/export_page.h"
#include "cli/verbs/verbs.h"
#include "wire/result.h"

namespace attune::cli {

namespace {

namespace fs = std::filesystem;

/// A new file that only its owner may read; never one that is there already.
Outcome<> write_new(const fs::path& path, std::string_view text) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) {
    return trouble(errno == EEXIST ? "export-exists" : "export-unwritable", {{"path", path.string()}});
  }
  bool good = true;
  while (good && !text.empty()) {
    const ssize_t n = write(file, text.data(), text.size());
    good = n > 0;
    if (good) text.remove_prefix(static_cast<std::size_t>(n));
  }
  good = fsync(file) == 0 && good;
  good = close(file) == 0 && good;
  if (good) return {};
  unlink(path.c_str());
  return trouble("export-unwritable", {{"path", path.string()}});
}

}  // namespace

Outcome<Exit> export_all(Desk& desk) {
  Terminal& terminal = desk.terminal;
  if (desk.args.target.empty()) return trouble("export-nowhere");
  const fs::path folder = desk.args.target;
  TRY_VOID(catch_up(desk));
  TRY(app, app_view(desk));
  // A file outlives the line above it: only what was checked here goes into one.
  if (is_unchecked(app)) return trouble("still-coming");
  TRY(cherish, desk.session.view("cherish"));
  TRY(openup, desk.session.view("openup"));
  TRY(listen, desk.session.view("listen"));
  TRY(feelings, desk.session.view("feelings"));
  TRY(noticed, desk.session.view("noticed"));
  TRY(goodnews, desk.session.view("goodnews"));
  TRY(touches, desk.session.view("touches"));
  TRY(gestures, desk.session.view("gestures"));
  TRY(letters, desk.session.view("letters"));
  const Exported exported{.app = Json{{"name", at(app, "name")}, {"partner", at(app, "partner")}},
                          .cherish = std::move(cherish.value),
                          .openup = std::move(openup.value),
                          .listen = Json{{"held", at(listen.value, "held")}, {"ideas", at(listen.value, "ideas")}},
                          .feelings = std::move(feelings.value),
                          .noticed = std::move(noticed.value),
                          .goodnews = std::move(goodnews.value),
                          .touches = Json{{"touches", at(touches.value, "touches")}},
                          .gestures = std::move(gestures.value),
                          .letters = std::move(letters.value),
                          .made_ms = terminal.clock.now().ms};
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return trouble("export-unwritable", {{"path", folder.string()}});
  TRY_VOID(write_new(folder / "attune.html", export_page(terminal, exported)));
  TRY_VOID(write_new(folder / "attune.json", export_data(exported)));
  terminal.say("export.done", {{"path", folder.string()}});
  terminal.say("export.clear");
  return Exit::done;
}

}  // namespace attune::cli
