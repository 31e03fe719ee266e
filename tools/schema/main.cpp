// attune_schema --json FILE --typescript FILE: writes the schema of the core for the web app and for people.
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>

#include "attune/schema.h"

namespace {

bool write(const char* path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file) std::fprintf(stderr, "attune_schema: %s could not be written.\n", path);
  return static_cast<bool>(file);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3 || count % 2 == 0) {
    std::fputs("attune_schema --json FILE --typescript FILE\n", stderr);
    return 2;
  }
  for (int i = 1; i < count; i += 2) {
    const std::string_view what = arguments[i];
    if (what == "--json") {
      if (!write(arguments[i + 1], attune::schema_json())) return 1;
    } else if (what == "--typescript") {
      if (!write(arguments[i + 1], attune::schema_typescript())) return 1;
    } else {
      std::fprintf(stderr, "attune_schema: %s is not known; there are --json and --typescript.\n", arguments[i]);
      return 2;
    }
  }
  return 0;
}
