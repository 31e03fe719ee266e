#include "fuzz/server_bodies.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>

#include "server/settings/settings.h"
#include "server/web/files.h"

namespace attune::tests {

namespace {

void must(bool held) {
  if (!held) std::abort();
}

/// A file in memory that has a name.
class MemoryFile {
 public:
  explicit MemoryFile(ByteView bytes) : descriptor_(::memfd_create("settings", MFD_CLOEXEC)) {
    must(descriptor_ >= 0);
    must(::write(descriptor_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  }
  ~MemoryFile() { ::close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  [[nodiscard]] std::string name() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

}  // namespace

/// Whatever the file says, it is settings within all bounds, or one sentence.
void fuzz_settings(ByteView bytes) {
  const MemoryFile file(bytes);
  const std::string name = file.name();
  const std::vector<const char*> arguments = {"attuned", "--config", name.c_str()};
  const auto read = server::read_settings(arguments, [](const char*) -> const char* { return nullptr; });
  if (const auto* refusal = std::get_if<server::Refusal>(&read)) must(!refusal->sentence.empty());
  if (const auto* start = std::get_if<server::Start>(&read)) {
    must(start->settings.threads >= 1 && start->settings.threads <= 1'024);
    static_cast<void>(server::policy_of(start->settings));
  }
}

/// Whatever is asked for, what is handed out lies in the folder of the web app. Up to the first zero byte the target,
/// behind it the accepted encodings.
void fuzz_web_path(ByteView bytes) {
  static const std::filesystem::path folder = std::filesystem::canonical(ATTUNE_SOURCE_DIR "/content");
  const std::string_view text = as_text(bytes);
  const std::size_t end = std::min(text.find('\0'), text.size());
  const auto file = server::find_web_file(folder, text.substr(0, end), text.substr(std::min(end + 1, text.size())));
  if (!file) return;
  must(std::filesystem::canonical(file->path).string().starts_with(folder.string() + "/"));
}

}  // namespace attune::tests
