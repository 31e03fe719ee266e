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
  load_tables(folder);
}

void Texts::put(Table table, Named named) {
  auto& all = tables_[static_cast<std::size_t>(table)];
  const auto known = std::ranges::find(all, named.id, &Named::id);
  if (known == all.end()) {
    all.push_back(std::move(named));
  } else {
    *known = std::move(named);
  }
}

void Texts::load_tables(const std::string& folder) {
  const Json feelings = parse_json(embedded(folder + "feelings.json"));
  for (const Json& family : list_at(feelings, "families")) {
    const std::string id = text_at(family, "id");
    put(Table::families, {id, "", text_at(family, "name"), text_at(family, "like")});
    for (const Json& feeling : list_at(family, "feelings")) {
      put(Table::feelings, {text_at(feeling, "id"), id, text_at(feeling, "name"), text_at(feeling, "like")});
    }
  }
  const Json cherish = parse_json(embedded(folder + "cherish.json"));
  const auto lines = [&](Table table, const char* list, const char* text, const char* more) {
    for (const Json& one : list_at(cherish, list)) {
      put(table, {text_at(one, "id"), text_at(one, "group"), text_at(one, text), text_at(one, more)});
    }
  };
  lines(Table::efforts, "efforts", "text", "");
  lines(Table::gestures, "gestures", "text", "");
  lines(Table::loves, "loves", "text", "");
  lines(Table::touches, "touches", "name", "arrives");
  lines(Table::news, "news", "name", "");
  for (const Json& kind : list_at(cherish, "news")) {
    for (const Json& question : list_at(kind, "questions")) {
      put(Table::questions, {text_at(question, "id"), text_at(kind, "id"), text_at(question, "text"), ""});
    }
  }
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

const Named* Texts::find(Table table, std::string_view id) const {
  const auto& all = this->table(table);
  const auto found = std::ranges::find(all, id, &Named::id);
  return found == all.end() ? nullptr : &*found;
}

std::string Texts::named(Table table, std::string_view id) const {
  const Named* found = find(table, id);
  return found == nullptr ? std::string(id) : found->text;
}

std::string Texts::feeling(std::string_view id) const {
  return named(find(Table::feelings, id) == nullptr ? Table::families : Table::feelings, id);
}

std::string Texts::arrives(std::string_view touch) const {
  const Named* found = find(Table::touches, touch);
  return found == nullptr ? std::string(touch) : filled(found->more, {});
}

}  // namespace attune::cli
