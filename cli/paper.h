// Lines for a person to read: wrapped to the width of the terminal, and free of anything that could steer it.
#pragma once

#include <ostream>
#include <string>
#include <string_view>

namespace attune::cli {

/// Text of somebody else as it may be printed: no control or bidirectional override characters but line ends.
std::string harmless(std::string_view text);
/// How many columns a text takes.
int columns(std::string_view text);

class Paper {
 public:
  /// Width 0: no wrapping, for pipes.
  Paper(std::ostream& out, int width, bool bold) : out_(out), width_(width), bold_(bold) {}
  /// For a file descriptor: at most 80 columns, none if it is no terminal. Bold honours NO_COLOR and TERM=dumb.
  static Paper on(std::ostream& out, int descriptor);

  [[nodiscard]] int width() const { return width_; }

  void gap();
  void heading(std::string_view text);
  /// A paragraph, wrapped; its own line ends stay.
  void text(std::string_view text, int indent = 0);
  /// A question: a paragraph whose last line stays open for the answer.
  void prompt(std::string_view text);
  /// A paragraph that begins with `lead`; the lines below stand under its first letter.
  void item(std::string_view lead, std::string_view text);
  /// `left` as item() and `right` at the right margin, or below if there is no room.
  void pair(std::string_view lead, std::string_view left, std::string_view right);
  /// As it is, without wrapping: links, codes, JSON.
  void raw(std::string_view text);

 private:
  void wrapped(std::string_view first, const std::string& rest, std::string_view text, std::string_view last = "\n");

  std::ostream& out_;
  int width_;
  bool bold_;
};

}  // namespace attune::cli
