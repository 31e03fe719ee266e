#include "cli/paper.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cwchar>
#include <vector>

namespace attune::cli {

namespace {

constexpr int kMostColumns = 80;   // longer lines are hard to read
constexpr int kLeastColumns = 24;  // below, wrapping would only make a mess

struct Character {
  char32_t code = 0;
  std::string_view bytes;
};

/// The next character of UTF-8 text; a broken byte is taken alone, as U+FFFD.
Character next_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = lead < 0x80                   ? 1
                             : lead >= 0xf0 && lead < 0xf5 ? 4
                             : lead >= 0xe0                ? 3
                             : lead >= 0xc2                ? 2
                                                           : 0;
  if (length == 1) return {lead, text.substr(0, 1)};
  if (length == 0 || lead >= 0xf5 || text.size() < length) return {0xfffd, text.substr(0, 1)};
  char32_t code = lead & (0xff >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xc0) != 0x80) return {0xfffd, text.substr(0, 1)};
    code = code << 6 | (byte & 0x3f);
  }
  return {code, text.substr(0, length)};
}

bool steers(char32_t c) {
  const bool control = c < 0x20 || (c >= 0x7f && c < 0xa0);
  const bool direction = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
  return control || direction || c == 0x2028 || c == 0x2029 || c == 0xfeff;
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find(' '), line.size());
    if (end > 0) words.push_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return words;
}

}  // namespace

std::string harmless(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const Character c = next_character(text);
    text.remove_prefix(c.bytes.size());
    if (c.code == '\n') {
      out += '\n';
    } else if (c.code == '\t') {
      out += ' ';
    } else if (c.code == 0xfffd) {
      out += "\xef\xbf\xbd";
    } else if (!steers(c.code)) {
      out += c.bytes;
    }
  }
  return out;
}

int columns(std::string_view text) {
  int sum = 0;
  while (!text.empty()) {
    const Character c = next_character(text);
    text.remove_prefix(c.bytes.size());
    // wcwidth() knows marks and wide letters once main() has set a UTF-8 locale; -1 is a letter it does not know.
    const int width = c.code < 0x80 ? 1 : wcwidth(static_cast<wchar_t>(c.code));
    sum += width < 0 ? 1 : width;
  }
  return sum;
}

Paper Paper::on(std::ostream& out, int descriptor) {
  if (isatty(descriptor) == 0) return {out, 0, false};
  int wide = kMostColumns;
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) wide = size.ws_col;
  const char* plain = std::getenv("NO_COLOR");
  const char* kind = std::getenv("TERM");
  const bool bold = (plain == nullptr || *plain == '\0') && kind != nullptr && std::string_view(kind) != "dumb";
  return {out, std::clamp(wide, kLeastColumns, kMostColumns), bold};
}

void Paper::gap() { out_ << '\n'; }

void Paper::heading(std::string_view text) {
  if (bold_) out_ << "\x1b[1m";
  out_ << harmless(text);
  if (bold_) out_ << "\x1b[0m";
  out_ << '\n';
}

void Paper::text(std::string_view text, int indent) {
  const std::string margin(static_cast<std::size_t>(indent), ' ');
  wrapped(margin, margin, text);
}

void Paper::prompt(std::string_view text) {
  wrapped("", "", text, " ");
  out_.flush();
}

void Paper::item(std::string_view lead, std::string_view text) {
  wrapped(lead, std::string(static_cast<std::size_t>(columns(lead)), ' '), text);
}

void Paper::pair(std::string_view lead, std::string_view left, std::string_view right) {
  const int free = width_ - columns(lead) - columns(left) - columns(right);
  if (right.empty()) return item(lead, left);
  if (width_ > 0 && free < 2) {
    item(lead, left);
    return text(right, columns(lead));
  }
  const int gap = width_ == 0 ? 2 : free;  // a pipe has no right margin
  out_ << lead << harmless(left) << std::string(static_cast<std::size_t>(gap), ' ') << harmless(right) << '\n';
}

void Paper::raw(std::string_view text) { out_ << text << '\n'; }

void Paper::wrapped(std::string_view first, const std::string& rest, std::string_view text, std::string_view last) {
  const std::string clean = harmless(text);
  std::string_view left = clean;
  std::string_view margin = first;
  while (true) {
    const std::size_t end = std::min(left.find('\n'), left.size());
    std::string line(margin);
    int used = columns(line);
    bool empty = true;
    for (const std::string_view word : words_of(left.substr(0, end))) {
      const int wide = columns(word);
      if (!empty && width_ > 0 && used + 1 + wide > width_) {
        out_ << line << '\n';
        line = rest;
        used = columns(line);
        empty = true;
      }
      if (!empty) {
        line += ' ';
        ++used;
      }
      line += word;
      used += wide;
      empty = false;
    }
    if (empty) line.erase(line.find_last_not_of(' ') + 1);
    const bool more = end < left.size();
    out_ << line << (more ? "\n" : last);
    margin = rest;
    if (!more) break;
    left.remove_prefix(end + 1);
  }
}

}  // namespace attune::cli
