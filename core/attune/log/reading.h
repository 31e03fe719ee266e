// From records to events: what stands in a skeleton and a content, and how a record holds several events or a piece of
// one (PROTOCOL.md 2).
//
//   ours   skeleton {"id","k","v"[,"n"],"f"}             content: the event's own JSON
//   mine   skeleton {"o":[stream,position,R]|null,"e":[{"id","k","v"[,"n"],"f"[,"p":[i,n]]}…]}   content: [c0,c1,…]
//
// k kind, v version, n needed, f fields. A long event of *mine* lies in n pieces in consecutive items: each has its id
// and "p", the content of a piece is text, the pieces joined are the content's JSON; the last one carries kind and
// fields.
#pragma once

#include <vector>

#include "attune/log/plan.h"
#include "attune/log/stream.h"
#include "attune/log/writer.h"

namespace attune::log {

/// One event, or one piece of one, as it stands in a record.
struct Item {
  EventId id;
  std::string kind;  ///< empty in a piece that is not the last
  std::uint32_t version = 1;
  bool needed = false;
  nlohmann::json fields;
  std::uint32_t piece = 0;
  std::uint32_t pieces = 1;
};

/// The newest place of *ours* that a record of *mine* carries.
struct Place {
  StreamId stream;
  std::uint64_t position = 0;
  Hash history;
};
BOOST_DESCRIBE_STRUCT(Place, (), (stream, position, history))

struct Skeleton {
  std::optional<Place> ours;
  std::vector<Item> items;
};

/// An item as it is folded. Nothing in it is a copy: what it points to is the skeleton's text or its reader's.
struct ItemSeen {
  EventId id;
  std::string_view kind;
  std::uint32_t version = 1;
  bool needed = false;
  const nlohmann::json* fields = nullptr;  ///< null: they stand in `text`
  std::string_view text;
  std::uint32_t piece = 0;
  std::uint32_t pieces = 1;
};

/// Reads one skeleton after the other. One as this program writes them takes no document and no allocation; any other
/// goes to the strict parser, and what both accept means the same.
class SkeletonReader {
 public:
  /// `text` must live as long as the items are looked at. Errors: kUnreadable.
  Result<> read(wire::StreamKind kind, std::string_view text);
  [[nodiscard]] const std::vector<ItemSeen>& items() const { return items_; }
  [[nodiscard]] const std::optional<Place>& ours() const { return ours_; }

 private:
  bool scan(wire::StreamKind kind, std::string_view text);

  std::vector<ItemSeen> items_;
  std::optional<Place> ours_;
  Skeleton parsed_;
};

/// Errors: kUnreadable.
Result<Skeleton> read_skeleton(wire::StreamKind kind, std::string_view text);
/// The content of item `index`; a piece gives text. Errors: kUnreadable.
Result<nlohmann::json> read_content(wire::StreamKind kind, std::string_view text, std::size_t index);

/// One event of *ours* as plain text and sizes.
Plain plain_ours(const NewEvent& event);
/// An event that may take its time: piece by piece it goes where there is room to spare.
struct Unhurried {
  NewEvent event;
  std::size_t pieces_there = 0;  ///< that the log holds already
};
/// Events of *mine* packed into as few records as hold them; at least one record, empty if need be. What may take its
/// time fills the last of them and never makes another one.
std::vector<Plain> plain_mine(const std::vector<NewEvent>& events, const std::optional<Place>& ours,
                              const std::vector<Unhurried>& unhurried = {});

}  // namespace attune::log
