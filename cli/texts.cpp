#include "cli/texts.h"

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "cli/embedded.h"
#include "cli/json.h"

namespace attune::cli {

namespace {

constexpr std::string_view kFallback = "en";

std::string_view embedded(const std::string& path) {
  const auto files = embedded_files();
  const auto found = std::ranges::find(files, path, &EmbeddedFile::path);
  return found == files.end() ? std::string_view() : found->text;
}

void capitalise(std::string& text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
}

}  // namespace

std::string Texts::language_of_environment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    const std::string_view whole = value;
    const std::string language(whole.substr(0, whole.find_first_of("_.@")));
    return language == "C" || language == "POSIX" ? std::string(kFallback) : language;
  }
  return std::string(kFallback);
}

Texts::Texts(std::string_view language) {
  load(kFallback);
  if (language != kFallback) load(language);
}

void Texts::load(std::string_view language) {
  const std::string folder = "content/" + std::string(language) + "/";
  for (const char* file : {"texts.json", "terminal.json"}) {
    const Json texts = parse_json(embedded(folder + file));
    for (const auto& [key, text] : texts.items()) {
      if (text.is_string()) texts_[key] = text.get<std::string>();
    }
  }
  // The terminal's own wording of a fault ("error.<code>.do") wins over the common one.
  const Json errors = parse_json(embedded(folder + "errors.json"));
  for (const auto& [code, parts] : errors.items()) {
    for (const auto& [part, text] : parts.items()) {
      if (text.is_string()) texts_.try_emplace("error." + code + "." + part, text.get<std::string>());
    }
  }
  const Json deck = parse_json(embedded(folder + "decks/open-up.json"));
  std::vector<Prompt> prompts;
  for (const Json& entry : list_at(deck, "prompts")) {
    prompts.push_back({text_at(entry, "id"), static_cast<int>(number_at(entry, "depth")), text_at(entry, "text")});
  }
  if (!prompts.empty()) prompts_ = std::move(prompts);
}

bool Texts::has(std::string_view key) const { return texts_.contains(key); }

std::string Texts::filled(std::string text, const Fill& fill) const {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t open = text.find('{', at);
    const std::size_t close = open == std::string::npos ? open : text.find('}', open);
    if (close == std::string::npos) return out + text.substr(at);
    out += text.substr(at, open - at);
    const std::string name = text.substr(open + 1, close - open - 1);
    if (const auto found = fill.find(name); found != fill.end()) {
      out += found->second;
    } else if (name == "other" || name == "Other") {
      std::string other = partner_ ? *partner_ : say("partner.unnamed");
      // A name stays as its owner writes it.
      if (!partner_ && name == "Other") capitalise(other);
      out += other;
    } else {
      out += text.substr(open, close - open + 1);
    }
    at = close + 1;
  }
  return out;
}

std::string Texts::say(std::string_view key, const Fill& fill) const {
  const auto found = texts_.find(key);
  return found == texts_.end() ? std::string(key) : filled(found->second, fill);
}

std::string Texts::count(std::string_view key, std::int64_t n, Fill fill) const {
  fill["n"] = std::to_string(n);
  return say(std::string(key) + (n == 1 ? ".one" : ".other"), fill);
}

std::vector<std::string> Texts::explain(const Trouble& trouble) const {
  const bool known = has("error." + trouble.code + ".what");
  Fill fill = trouble.with;
  fill["code"] = trouble.code;
  const std::string key = "error." + (known ? trouble.code : std::string("unknown")) + ".";
  std::vector<std::string> sentences;
  for (const char* part : {"what", "safe", "do"}) {
    if (has(key + part)) sentences.push_back(say(key + part, fill));
  }
  return sentences;
}

std::string Texts::prompt(std::string_view id) const {
  const auto found = std::ranges::find(prompts_, id, &Prompt::id);
  return found == prompts_.end() ? say("prompt.newer") : found->text;
}

}  // namespace attune::cli
