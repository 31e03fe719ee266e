// What a person reads, found by key. Nothing in the shell is a sentence of its own.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/trouble.h"

namespace attune::cli {

/// What a text's {placeholders} are filled with.
using Fill = std::map<std::string, std::string>;

struct Prompt {
  std::string id;
  int depth = 1;
  std::string text;
};

/// One line of a table of content/<language>/: what its id stands for.
struct Named {
  std::string id;
  std::string group;  ///< of a feeling its family, of a question the kind of news
  std::string text;
  std::string more;   ///< of a feeling what it is like, of a touch how it arrives
};
enum class Table : std::uint8_t { families, feelings, efforts, gestures, loves, touches, news, questions };

class Texts {
 public:
  /// The texts of a language such as "de"; what it lacks is read in English.
  explicit Texts(std::string_view language);
  /// The language the environment asks for (LC_ALL, LC_MESSAGES, LANG), "en" if it says nothing.
  static std::string language_of_environment();

  /// The other person, as {other} and {Other} name them; none: "your partner".
  void set_partner(std::optional<std::string> name) { partner_ = std::move(name); }

  [[nodiscard]] bool has(std::string_view key) const;
  [[nodiscard]] std::string say(std::string_view key, const Fill& fill = {}) const;
  /// `key`.one or `key`.other with {n}.
  [[nodiscard]] std::string count(std::string_view key, std::int64_t n, Fill fill = {}) const;

  /// What happened, what is safe, what to do: one to three sentences.
  [[nodiscard]] std::vector<std::string> explain(const Trouble& trouble) const;

  /// The deck of sealed questions, in its order.
  [[nodiscard]] const std::vector<Prompt>& prompts() const { return prompts_; }
  /// A question's words; an id this version does not know is said to be newer.
  [[nodiscard]] std::string prompt(std::string_view id) const;

  /// A table of feelings.json or cherish.json, in its order.
  [[nodiscard]] const std::vector<Named>& table(Table table) const { return tables_[static_cast<std::size_t>(table)]; }
  /// None: this version does not know the id.
  [[nodiscard]] const Named* find(Table table, std::string_view id) const;
  /// What an id stands for; the id itself where it is not known.
  [[nodiscard]] std::string named(Table table, std::string_view id) const;
  /// A feeling, or a whole family of them.
  [[nodiscard]] std::string feeling(std::string_view id) const;
  /// How a touch arrives, as a sentence.
  [[nodiscard]] std::string arrives(std::string_view touch) const;

 private:
  void load(std::string_view language);
  void load_tables(const std::string& folder);
  /// What a language lacks stays as it was.
  void put(Table table, Named named);
  [[nodiscard]] std::string filled(std::string text, const Fill& fill) const;

  std::map<std::string, std::string, std::less<>> texts_;
  std::vector<Prompt> prompts_;
  std::array<std::vector<Named>, 8> tables_;
  std::optional<std::string> partner_;
};

}  // namespace attune::cli
