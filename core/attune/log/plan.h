// What a command asks to be written: events before they are sealed.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "attune/log/event.h"
#include "attune/schema/scan.h"

namespace attune::log {

/// How much room an event takes on the wire: `sealed` hides how long an answer is.
enum class Size : std::uint8_t { normal, sealed };

struct NewEvent {
  EventId id;
  std::string kind;
  std::uint32_t version = 1;
  bool needed = false;
  Size size = Size::normal;
  bool wake = false;  ///< something a person would want to notice (PROTOCOL.md 18)
  nlohmann::json fields;
  nlohmann::json content;
};

/// All that one command writes, to one stream, in one append. Nothing at all: what it asked for is already so.
struct Plan {
  wire::StreamKind stream = wire::StreamKind::mine;
  std::vector<NewEvent> events;
  std::vector<EventId> erases;  ///< own earlier events whose content goes
};

/// The id of a command's n-th event; the first has the command's own.
EventId event_id(const EventId& command, std::uint32_t n);

/// An event from its described parts. E names kKind, kVersion, kNeeded, Fields and Content.
template <class E>
NewEvent make(const EventId& id, const typename E::Fields& fields, const typename E::Content& content) {
  return {.id = id,
          .kind = std::string(E::kKind),
          .version = E::kVersion,
          .needed = E::kNeeded,
          .size = Size::normal,
          .wake = false,
          .fields = schema::to_json(fields),
          .content = schema::to_json(content)};
}

/// The fields of an event if it is an E that this version can read.
template <class E>
std::optional<typename E::Fields> fields_of(const Event& event) {
  if (event.kind != E::kKind || event.version != E::kVersion || event.stream != E::kStream) return std::nullopt;
  typename E::Fields fields{};
  const bool good = event.fields ? schema::read(*event.fields, fields) : schema::read_text(event.text, fields);
  if (!good) return std::nullopt;
  return fields;
}

/// The content of an event, if it is still there and of the form it should be.
template <class E>
std::optional<typename E::Content> content_of(const Contents& contents, const EventId& id) {
  const auto json = contents.content(E::kStream, id);
  typename E::Content content{};
  if (!json || !schema::read(*json, content)) return std::nullopt;
  return content;
}

struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())
BOOST_DESCRIBE_STRUCT(At, (), (ms, offset))

}  // namespace attune::log
