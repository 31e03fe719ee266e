// The real attuned as a process of its own.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace attune::tests {

/// A port nobody listens on just now.
std::uint16_t free_port();

class Program {
 public:
  struct Options {
    std::uint64_t most_file_bytes = 0;  ///< RLIMIT_FSIZE; 0: none
  };
  explicit Program(std::vector<std::string> arguments) : Program(std::move(arguments), Options{}) {}
  Program(std::vector<std::string> arguments, Options options);
  /// Kills it if it still runs.
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  /// Reads what it prints until it prints this, or ends (false).
  bool prints(const std::string& text);
  void signal(int number) const;
  /// Waits for its end. The exit code, or minus the signal that ended it.
  int wait();
  /// Everything printed so far to either stream.
  [[nodiscard]] const std::string& output() const { return output_; }
  [[nodiscard]] pid_t id() const { return process_; }

 private:
  bool read_more();

  pid_t process_ = -1;
  int out_ = -1;
  std::string output_;
};

/// Runs it to its end.
struct Ended {
  int code;
  std::string output;
};
Ended run_program(std::vector<std::string> arguments);

}  // namespace attune::tests
