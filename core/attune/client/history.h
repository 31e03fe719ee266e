// The confirmed history of a device's streams as events: the fold, and where each content lies.
#pragma once

#include <array>
#include <limits>
#include <map>
#include <set>

#include "attune/log/reading.h"
#include "attune/log/stored.h"
#include "attune/practices/registry.h"
#include "attune/space/state.h"

namespace attune::client {

/// Everything the events of both streams add up to.
struct Fold {
  space::State space;
  practices::States practices;
  log::SortedSet<log::EventId> in_mine;  ///< an id counts once in a stream; those of *ours* are space.ours.wrote

  /// False, and nothing is done: this id counts already in its stream.
  bool apply(const log::Event& event);
};

/// Follows one or two streams record by record. Streams are owned by the caller and only grow.
class History : public log::Contents {
 public:
  /// Folds every record of the stream that is new and can be decrypted. Returns the ids of the events folded.
  /// Records that do not decrypt to events are counted in voided(). Waits at a record whose skeleton is withheld or
  /// whose key is not known yet: whatever is behind it may mean something else than it seems to.
  /// Goes no further than, and without, `end`.
  std::vector<log::EventId> follow(const log::Stream& stream, wire::StreamKind kind,
                                   std::uint64_t end = std::numeric_limits<std::uint64_t>::max());
  /// Folds what is left of an earlier stream of *ours*, up to and with `last`; the next that is followed continues it,
  /// and says nothing before both persons have agreed there. False: something of it can not be read yet, and nothing of
  /// a later stream is followed.
  bool go_on_behind(const log::Stream& earlier, std::uint64_t last);
  /// How many positions of *ours* lie in earlier streams.
  [[nodiscard]] std::uint64_t behind() const { return behind_; }
  /// Nothing of the stream waits to be folded.
  [[nodiscard]] bool followed(const log::Stream& stream, wire::StreamKind kind) const {
    if (kind == wire::StreamKind::ours && waits_) return false;
    return next_[static_cast<std::size_t>(kind)] == stream.next();
  }

  [[nodiscard]] std::optional<nlohmann::json> content(wire::StreamKind kind, const log::EventId& id) const override;
  [[nodiscard]] const Fold& fold() const { return fold_; }
  /// Does the stream hold an event of this id by this author? An id is whatever its author says: in another stream, or
  /// in somebody else's record, it confirms nothing.
  [[nodiscard]] bool confirmed(wire::StreamKind kind, const log::EventId& id, const SignKey& author) const;
  /// An id counts once in a stream: what comes later under it says nothing.
  [[nodiscard]] bool taken(wire::StreamKind kind, const log::EventId& id) const {
    return kind == wire::StreamKind::ours ? fold_.space.ours.wrote.contains(id) : in_mine_.contains(id);
  }
  /// How many pieces of an event of *mine* are in the log, as long as its last is not.
  [[nodiscard]] std::size_t pieces_of_unfinished(const log::EventId& id, const SignKey& author) const;
  [[nodiscard]] std::uint64_t voided() const { return voided_; }
  /// Practices (or "space") with an event of a needed kind or version that this one does not know: they are only read.
  [[nodiscard]] const std::set<std::string>& newer() const { return newer_; }
  /// Where the first record of this kind lies that is not folded yet.
  [[nodiscard]] std::uint64_t folded_to(wire::StreamKind kind) const { return next_[static_cast<std::size_t>(kind)]; }
  /// Positions of the records an event's content lies in; of what stands in an earlier stream, none.
  [[nodiscard]] std::vector<std::uint64_t> positions_of(wire::StreamKind kind, const log::EventId& id) const;
  /// The events of *ours* that stand in an earlier stream.
  [[nodiscard]] std::vector<log::EventId> earlier_events() const;
  /// Where such an event's content lies; none: in no earlier stream.
  [[nodiscard]] std::optional<std::pair<StreamId, std::uint64_t>> earlier_place(const log::EventId& id) const;
  /// The events of *ours* whose content lies at these positions of the stream that is followed.
  [[nodiscard]] std::vector<log::EventId> events_of_ours_at(const std::vector<std::uint64_t>& at) const;
  /// All of this as bytes, for whoever follows these very records later, with this very program. Only where no stream
  /// continues another: behind() is 0.
  void store(log::Put& put) const;
  /// What it is in place of: an empty one. False: not whole, and of no use any more.
  [[nodiscard]] bool restore(log::Get& get);
  /// Names the meaning of what store() writes.
  [[nodiscard]] static Hash version();
  /// The newest place of *ours* that a record of *mine* named.
  [[nodiscard]] const std::optional<log::Place>& ours_seen() const { return ours_seen_; }

 private:
  /// Folds up to, and without, `end`.
  std::vector<log::EventId> follow_to(const log::Stream& stream, wire::StreamKind kind, std::uint64_t end);
  struct Piece {
    std::uint64_t position = 0;
    std::uint32_t index = 0;
    BOOST_DESCRIBE_CLASS(Piece, (), (position, index), (), ())
  };
  void read(const log::Stream& stream, wire::StreamKind kind, const wire::RecordView& record,
            std::vector<log::EventId>& out);
  template <class Self, class Each>
  static void parts(Self& self, Each each);
  /// Where the content of an event lies, piece by piece. Empty: no such event.
  [[nodiscard]] std::vector<Piece> pieces_of(wire::StreamKind kind, const log::EventId& id) const;
  /// The stream in which this position lies, counted through all of *ours*, and which it is there.
  [[nodiscard]] std::pair<const log::Stream*, std::uint64_t> lies_at(wire::StreamKind kind,
                                                                     std::uint64_t position) const;
  [[nodiscard]] bool is_earlier(const log::EventId& id) const;

  Fold fold_;
  std::array<const log::Stream*, 2> streams_{};  ///< by their kind
  /// The first piece of every event of *mine*. What is of *ours* lies whole where it was written: space.ours.wrote.
  log::SortedMap<log::EventId, Piece> in_mine_;
  std::map<log::EventId, std::vector<Piece>> long_;  ///< all pieces of those that have more than one
  std::map<std::pair<SignKey, log::EventId>, std::vector<Piece>> unfinished_;
  std::array<std::uint64_t, 2> next_{};  ///< by the stream's kind
  std::uint64_t voided_ = 0;
  std::set<std::string> newer_;
  std::optional<log::Place> ours_seen_;
  using Before = std::pair<const log::Stream*, std::uint64_t>;
  std::vector<Before> before_;  ///< earlier streams of *ours*, oldest first, and the position each begins at
  std::uint64_t behind_ = 0;
  bool waits_ = false;  ///< an earlier stream is not read to its end
  bool continuing_ = false;  ///< what is followed continues another stream
  std::array<bool, 2> agreed_{};  ///< to that, by person
  log::SkeletonReader reader_;
  Bytes opened_;  ///< the skeleton being read
};

}  // namespace attune::client
