// What people do with Attune, as a table: each row is one kind of thing, and how often it is done. A new command of the
// app becomes part of every random life by a new row.
#pragma once

#include <span>

#include "sim/world.h"

namespace attune::sim {

/// One command as a person would give it.
struct Asked {
  std::string command;
  Json args = Json::object();
  bool can_wait = false;  ///< it goes to the other, and can be held back to be undone
};

/// Somebody with a phone in their hand who draws what to do. Whatever is drawn is possible as far as the screen shows.
class Person {
 public:
  Person(Dice& dice, Device& device) : dice_(dice), device_(device) {}

  std::string some_text();
  std::string some_prompt();
  /// One of the list; null: there is none.
  const Json* some_of(const Json& list);
  Json see(std::string_view view) { return device_.see(view); }
  Dice& dice() { return dice_; }
  [[nodiscard]] Now now() const { return device_.now(); }

 private:
  Dice& dice_;
  Device& device_;
};

struct Deed {
  std::string_view name;
  std::uint32_t weight;
  std::optional<Asked> (*draw)(Person&);  ///< none: there is nothing to do it with
};

std::span<const Deed> deeds();

/// What was done, and what came of it.
struct Done {
  Asked asked;
  Json reply;
};

/// Draws one deed and does it; none: there was nothing to do.
std::optional<Done> do_something(Dice& dice, Device& device);
/// Goes on with a listening session, or begins one; now and then by a tap that comes too late or at the wrong place.
std::optional<Done> go_on_listening(Dice& dice, Device& device);

}  // namespace attune::sim
