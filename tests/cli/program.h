// attune and attuned as processes of their own.
#pragma once

#include <gtest/gtest.h>
#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "cli/json.h"
#include "tests/cli/support.h"

namespace attune::cli {

struct Ended {
  int code = 0;  ///< minus the signal that ended it
  std::string out;
  std::string err;
};

/// A process whose output is read as it comes.
class Process {
 public:
  struct Limits {
    std::uint64_t most_file_bytes = 0;  ///< RLIMIT_FSIZE; 0: none
  };
  explicit Process(const std::vector<std::string>& words) : Process(words, Limits{}) {}
  Process(const std::vector<std::string>& words, Limits limits);
  /// Kills it if it still runs.
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void type(const std::string& text) const;
  /// No more will be typed.
  void end_input();
  /// Reads until this stands in its output. False: it ended before.
  bool prints(const std::string& text);
  void signal(int number) const;
  Ended wait();
  [[nodiscard]] const std::string& out() const { return ended_.out; }

 private:
  bool read_more();
  pid_t process_ = -1;
  int in_ = -1;
  int out_ = -1;
  int err_ = -1;
  Ended ended_;
};

/// The relay, on a port of its own that it keeps over restarts.
class Relay {
 public:
  /// `more`: settings beside port and data.
  explicit Relay(std::filesystem::path data, std::vector<std::string> more = {});
  void start();
  void stop();
  void kill();
  /// Still there, and answers nobody, until thaw().
  void freeze();
  void thaw();
  [[nodiscard]] std::string address() const { return "http://localhost:" + std::to_string(port_); }

 private:
  std::filesystem::path data_;
  std::vector<std::string> more_;
  int port_;
  std::unique_ptr<Process> process_;
};

/// One person at a terminal.
class Person {
 public:
  Person(std::filesystem::path home, std::string name) : home_(std::move(home)), name_(std::move(name)) {}

  /// Runs `attune` with these words to its end.
  Ended run(std::vector<std::string> words, const std::string& input = {}, Process::Limits limits = {});
  std::unique_ptr<Process> begin(std::vector<std::string> words);
  /// Runs it and expects it to end well; what it printed.
  std::string well(std::vector<std::string> words, const std::string& input = {});
  /// A view's value.
  Json view(const std::string& name);
  [[nodiscard]] const std::filesystem::path& home() const { return home_; }
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  std::filesystem::path home_;
  std::string name_;
};

/// The names of all files and what they hold, to show that nothing was touched.
std::map<std::string, std::string> everything_in(const std::filesystem::path& folder);

}  // namespace attune::cli
