// The confirmed history of a device's streams as events: the fold, and where each content lies.
#pragma once

#include <array>
#include <map>
#include <set>

#include "attune/log/reading.h"
#include "attune/practices/registry.h"
#include "attune/space/state.h"

namespace attune::client {

/// Everything the events of both streams add up to.
struct Fold {
  space::State space;
  practices::States practices;
  std::set<std::pair<wire::StreamKind, log::EventId>> ids;  ///< an id counts once in a stream

  void apply(const log::Event& event);
};

/// Follows one or two streams record by record. Streams are owned by the caller and only grow.
class History : public log::Contents {
 public:
  /// Folds every record of the stream that is new and can be decrypted. Returns the ids of the events folded.
  /// Records that do not decrypt to events are counted in voided(). Waits at a record whose skeleton is withheld or
  /// whose key is not known yet: whatever is behind it may mean something else than it seems to.
  std::vector<log::EventId> follow(const log::Stream& stream, wire::StreamKind kind);
  /// Folds what is left of an earlier stream of *ours*, up to and with `last`; the next that is followed continues it,
  /// and says nothing before both persons have agreed there. False: something of it can not be read yet, and nothing of
  /// a later stream is followed.
  bool go_on_behind(const log::Stream& earlier, std::uint64_t last);
  /// How many positions of *ours* lie in earlier streams.
  [[nodiscard]] std::uint64_t behind() const { return behind_; }
  /// Nothing of the stream waits to be folded.
  [[nodiscard]] bool followed(const log::Stream& stream, wire::StreamKind kind) const {
    const auto next = next_.find(kind);
    if (kind == wire::StreamKind::ours && waits_) return false;
    return (next == next_.end() ? 0 : next->second) == stream.next();
  }

  [[nodiscard]] std::optional<nlohmann::json> content(wire::StreamKind kind, const log::EventId& id) const override;
  [[nodiscard]] const Fold& fold() const { return fold_; }
  /// Does the stream hold an event of this id by this author? An id is whatever its author says: in another stream, or
  /// in somebody else's record, it confirms nothing.
  [[nodiscard]] bool confirmed(wire::StreamKind kind, const log::EventId& id, const SignKey& author) const;
  /// An id counts once in a stream: what comes later under it says nothing.
  [[nodiscard]] bool taken(wire::StreamKind kind, const log::EventId& id) const { return places_.contains({kind, id}); }
  /// How many pieces of an event of *mine* are in the log, as long as its last is not.
  [[nodiscard]] std::size_t pieces_of_unfinished(const log::EventId& id, const SignKey& author) const;
  [[nodiscard]] std::size_t voided() const { return voided_; }
  /// Practices (or "space") with an event of a needed kind or version that this one does not know: they are only read.
  [[nodiscard]] const std::set<std::string>& newer() const { return newer_; }
  /// Where the first record of this kind lies that is not folded yet.
  [[nodiscard]] std::uint64_t folded_to(wire::StreamKind kind) const {
    const auto next = next_.find(kind);
    return next == next_.end() ? 0 : next->second;
  }
  /// Positions of the records an event's content lies in; of what stands in an earlier stream, none.
  [[nodiscard]] std::vector<std::uint64_t> positions_of(wire::StreamKind kind, const log::EventId& id) const;
  /// The events of *ours* that stand in an earlier stream.
  [[nodiscard]] std::vector<log::EventId> earlier_events() const;
  /// Where such an event's content lies; none: in no earlier stream.
  [[nodiscard]] std::optional<std::pair<StreamId, std::uint64_t>> earlier_place(const log::EventId& id) const;
  /// The events whose content lies, be it in part, at these positions.
  [[nodiscard]] std::vector<log::EventId> events_at(wire::StreamKind kind, const std::vector<std::uint64_t>& at) const;
  /// The newest place of *ours* that a record of *mine* named.
  [[nodiscard]] const std::optional<log::Place>& ours_seen() const { return ours_seen_; }

 private:
  /// Folds up to, and without, `end`.
  std::vector<log::EventId> follow_to(const log::Stream& stream, wire::StreamKind kind, std::uint64_t end);
  struct Piece {
    std::uint64_t position = 0;
    std::size_t index = 0;
  };
  struct Lies {
    const log::Stream* stream = nullptr;
    wire::StreamKind kind = wire::StreamKind::mine;
    SignKey author;
    std::vector<Piece> pieces;
    bool earlier = false;  ///< in a stream of *ours* that was continued by another
  };
  void read(const log::Stream& stream, wire::StreamKind kind, const log::Held& held, std::vector<log::EventId>& out);

  Fold fold_;
  std::map<std::pair<wire::StreamKind, log::EventId>, Lies> places_;
  std::map<std::pair<SignKey, log::EventId>, std::vector<Piece>> unfinished_;
  std::map<wire::StreamKind, std::uint64_t> next_;
  std::size_t voided_ = 0;
  std::set<std::string> newer_;
  std::optional<log::Place> ours_seen_;
  std::uint64_t behind_ = 0;
  bool waits_ = false;  ///< an earlier stream is not read to its end
  bool continuing_ = false;  ///< what is followed continues another stream
  std::array<bool, 2> agreed_{};  ///< to that, by person
};

}  // namespace attune::client
