#include "cli/export_told.h"

namespace attune::cli {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string spoken(std::string_view text) {
  if (text.empty()) return "";
  return "<p dir=\"auto\">" + escaped(text) + "</p>\n";
}

std::string small(std::string_view text) { return "<p class=\"small\">" + escaped(text) + "</p>\n"; }

Told Teller::told(const Json& at, const std::string& body) const {
  return {.ms = number_at(at, "ms"),
          .html = "<article>\n<time>" + escaped(terminal_.when(at)) + "</time>\n" + body + "</article>\n"};
}

std::string Teller::answer(const Json& answer, std::string_view tap, std::string_view meanings) const {
  if (!answer.is_object()) return "";
  std::string body = small(say(flag_at(answer, "by_me") ? "export.answer.mine" : "export.answer.theirs"));
  if (const std::string tapped = text_at(answer, tap); !tapped.empty()) {
    body += small(say(std::string(meanings) + tapped));
  }
  return body + spoken(text_at(answer, "words"));
}

std::string Teller::unread(const Json& given) const {
  if (text_at(given, "taken_back") == "gone") return small(say("export.taken-back"));
  return flag_at(given, "opened") ? "" : small(say("export.closed"));
}

}  // namespace attune::cli
