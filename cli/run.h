// The program: from the words of a command line to the number the process ends with.
#pragma once

#include <string>
#include <vector>

namespace attune::cli {

int run(const std::vector<std::string>& words);

}  // namespace attune::cli
