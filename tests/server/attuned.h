// The real program on a port and a folder of the test's own, and clients of it.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "server/client.h"
#include "server/folder.h"
#include "server/program.h"

namespace attune::tests {

class Attuned {
 public:
  explicit Attuned(const std::filesystem::path& folder, std::vector<std::string> more = {},
                   Program::Options options = {})
      : port_(free_port()), program_(arguments(folder, std::move(more)), options) {
    EXPECT_TRUE(program_.prints("http://")) << program_.output();
  }
  Program& program() { return program_; }
  Client client() const { return Client(port_); }
  [[nodiscard]] std::string origin() const { return "http://localhost:" + std::to_string(port_); }
  Client member(const Keys& keys, wire::Welcome* welcome = nullptr) const {
    Client out = client();
    const auto answer = out.arrive(keys, origin());
    EXPECT_TRUE(answer);
    if (answer && welcome != nullptr) *welcome = *answer;
    return out;
  }

 private:
  std::vector<std::string> arguments(const std::filesystem::path& folder, std::vector<std::string> more) const {
    std::vector<std::string> out = {"--port", std::to_string(port_), "--data", folder.string()};
    out.insert(out.end(), more.begin(), more.end());
    return out;
  }
  std::uint16_t port_;
  Program program_;
};

}  // namespace attune::tests
