// The files of content/ as the build put them into the program (cmake/Texts.cmake).
#pragma once

#include <span>
#include <string_view>

namespace attune::cli {

struct EmbeddedFile {
  std::string_view path;  ///< in the repository: "content/en/terminal.json"
  std::string_view text;
};

std::span<const EmbeddedFile> embedded_files();

}  // namespace attune::cli
