// The folder everything of one device lives in: 0700, its files 0600, one process at a time.
#pragma once

#include <chrono>
#include <filesystem>

#include "cli/trouble.h"

namespace attune::cli {

class Home {
 public:
  /// Makes the folder if it is not there and takes its lock, waiting as long as `patience` for another process.
  /// Trouble: "home-in-use", "home-not-private" (others may read it), "storage-unwritable", "disk-full".
  static Outcome<Home> enter(const std::filesystem::path& path, std::chrono::milliseconds patience);
  /// $XDG_DATA_HOME/attune, else ~/.local/share/attune.
  static std::filesystem::path usual();

  Home(Home&& other) noexcept;
  Home& operator=(Home&&) = delete;
  ~Home();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path database() const { return path_ / "attune.db"; }

 private:
  Home(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}
  std::filesystem::path path_;
  int lock_;
};

}  // namespace attune::cli
