#include "cli/home.h"

#include <fcntl.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <thread>
#include <utility>

#include "wire/result.h"

namespace attune::cli {

namespace fs = std::filesystem;

namespace {

constexpr mode_t kOthers = S_IRWXG | S_IRWXO;

Trouble unwritable(const fs::path& path, int error) {
  const bool full = error == ENOSPC || error == EDQUOT;
  return {full ? "disk-full" : "storage-unwritable", {{"path", path.string()}}};
}

/// The folder is there and only its owner may look in. An empty one that others could read is made private; one with
/// things inside is somebody's decision, so it is refused rather than changed.
Outcome<> make_private(const fs::path& path) {
  std::error_code error;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), error);
  if (mkdir(path.c_str(), S_IRWXU) != 0 && errno != EEXIST) return std::unexpected(unwritable(path, errno));
  struct stat found{};
  if (stat(path.c_str(), &found) != 0) return std::unexpected(unwritable(path, errno));
  if (!S_ISDIR(found.st_mode)) return std::unexpected(unwritable(path, ENOTDIR));
  if ((found.st_mode & kOthers) == 0) return {};
  if (!fs::is_empty(path, error) || error || chmod(path.c_str(), S_IRWXU) != 0) {
    return trouble("home-not-private", {{"path", path.string()}});
  }
  return {};
}

}  // namespace

fs::path Home::usual() {
  if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data == '/')
    return fs::path(data) / "attune";
  const char* home = std::getenv("HOME");
  if (home == nullptr || *home == '\0') {
    const passwd* user = getpwuid(geteuid());
    home = user != nullptr ? user->pw_dir : "/";
  }
  return fs::path(home) / ".local" / "share" / "attune";
}

Outcome<Home> Home::enter(const fs::path& path, std::chrono::milliseconds patience) {
  std::error_code ignored;
  const fs::path whole = fs::absolute(path, ignored);
  TRY_VOID(make_private(whole));
  const fs::path file = whole / "lock";
  const int lock = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (lock < 0) return std::unexpected(unwritable(whole, errno));
  const auto end = std::chrono::steady_clock::now() + patience;
  while (flock(lock, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) {
      const int error = errno;
      close(lock);
      return std::unexpected(unwritable(whole, error));
    }
    if (std::chrono::steady_clock::now() >= end) {
      close(lock);
      return trouble("home-in-use", {{"path", whole.string()}});
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return Home(whole, lock);
}

Home::Home(Home&& other) noexcept : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)) {}

Home::~Home() {
  if (lock_ >= 0) close(lock_);
}

}  // namespace attune::cli
