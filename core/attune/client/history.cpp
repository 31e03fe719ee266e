#include "attune/client/history.h"

#include "attune/log/planted.h"

namespace attune::client {

namespace {

/// Does any part of this program know this kind, in this version?
bool known_kind(std::string_view kind, std::uint32_t version) {
  bool known = false;
  const auto look = [&]<class E>(boost::mp11::mp_identity<E>) {
    known = known || (kind == E::kKind && version == E::kVersion);
  };
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, space::Events>>(look);
  practices::for_each([&]<class P>(P) {
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, typename P::Events>>(look);
  });
  return known;
}

}  // namespace

void Fold::apply(const log::Event& event) {
  if (!ids.insert({event.stream, event.id}).second) return;
  space::fold(space, event);
  practices::for_each([&]<class P>(P) { P::fold(practices.template of<P>(), event); });
}

std::vector<log::EventId> History::follow(const log::Stream& stream, wire::StreamKind kind) {
  if (kind == wire::StreamKind::ours && waits_) return {};
  return follow_to(stream, kind, stream.next());
}

bool History::go_on_behind(const log::Stream& earlier, std::uint64_t last) {
  constexpr auto kOurs = wire::StreamKind::ours;
  if (!waits_ && last < earlier.next()) follow_to(earlier, kOurs, last + 1);
  waits_ = waits_ || next_[kOurs] != last + 1;
  if (waits_) return false;
  for (auto& [at, lies] : places_) lies.earlier = lies.earlier || at.first == kOurs;
  behind_ += last + 1;
  next_[kOurs] = 0;
  continuing_ = true;
  agreed_ = {};
  space::go_on(fold_.space, earlier.id(), behind_);
  return true;
}

std::vector<log::EventId> History::follow_to(const log::Stream& stream, wire::StreamKind kind, std::uint64_t end) {
  std::vector<log::EventId> out;
  std::uint64_t& next = next_[kind];
  const std::uint64_t from = next;
  for (; next < end; ++next) {
    const log::Held& held = stream.records()[next];
    if (held.record.header.cls != wire::Class::event || held.voided) continue;
    if (stream.skeleton_withheld(next)) break;
    if (held.record.skeleton && stream.key(held.record.header.epoch) == nullptr)
      break;  // it may come with a later record
  }
  if (log::planted().swap_order && next - from >= 2) {
    read(stream, kind, stream.records()[from + 1], out);
    read(stream, kind, stream.records()[from], out);
    for (std::uint64_t at = from + 2; at < next; ++at) read(stream, kind, stream.records()[at], out);
    return out;
  }
  for (std::uint64_t at = from; at < next; ++at) read(stream, kind, stream.records()[at], out);
  return out;
}

void History::read(const log::Stream& stream, wire::StreamKind kind, const log::Held& held,
                   std::vector<log::EventId>& out) {
  const wire::Header& header = held.record.header;
  if (header.cls != wire::Class::event || held.voided || !held.record.skeleton) return;
  const auto text = log::open_skeleton(stream.id(), held.record, stream.key(header.epoch)->view());
  const auto skeleton = text ? log::read_skeleton(kind, *text) : Result<log::Skeleton>(refuse(log::kUnreadable));
  if (!skeleton) {
    ++voided_;
    return;
  }
  if (skeleton->ours) ours_seen_ = skeleton->ours;
  const wire::Seat* seat = stream.table().seat(header.author);
  for (std::size_t index = 0; index < skeleton->items.size(); ++index) {
    const log::Item& item = skeleton->items[index];
    std::vector<Piece> pieces;
    if (item.pieces > 1) {
      auto& unfinished = unfinished_[{header.author, item.id}];
      if (item.piece != unfinished.size()) {
        unfinished.clear();
        continue;
      }
      unfinished.push_back({.position = header.position, .index = index});
      if (item.piece + 1 < item.pieces) continue;
      pieces = std::move(unfinished);
      unfinished_.erase({header.author, item.id});
    } else {
      pieces.push_back({.position = header.position, .index = index});
    }
    const bool ours = kind == wire::StreamKind::ours;
    if (ours && continuing_ && !(agreed_[0] && agreed_[1])) {
      if (item.kind != space::Continued::kKind || seat == nullptr) continue;
      agreed_[seat->member.person] = true;
    }
    const log::Event event{.stream = kind,
                           .position = header.position + (ours ? behind_ : 0),
                           .author = header.author,
                           .person = seat == nullptr ? std::uint8_t{0} : seat->member.person,
                           .id = item.id,
                           .kind = item.kind,
                           .version = item.version,
                           .needed = item.needed,
                           .pending = false,
                           .fields = &item.fields};
    if (places_.contains({kind, item.id})) continue;
    places_[{kind, item.id}] = {
        .stream = &stream, .kind = kind, .author = header.author, .pieces = std::move(pieces), .earlier = false};
    if (item.needed && !known_kind(item.kind, item.version)) newer_.insert(item.kind.substr(0, item.kind.find('.')));
    fold_.apply(event);
    out.push_back(item.id);
  }
}

std::optional<nlohmann::json> History::content(wire::StreamKind kind, const log::EventId& id) const {
  const auto at = places_.find({kind, id});
  if (at == places_.end()) return std::nullopt;
  const Lies& lies = at->second;
  std::string joined;
  for (const Piece& piece : lies.pieces) {
    const wire::Record& record = lies.stream->records()[piece.position].record;
    const crypto::Key* key = lies.stream->key(record.header.epoch);
    if (key == nullptr || !record.content) return std::nullopt;
    const auto text = log::open_content(lies.stream->id(), record, key->view());
    if (!text) return std::nullopt;
    auto json = log::read_content(lies.kind, *text, piece.index);
    if (!json) return std::nullopt;
    if (lies.pieces.size() == 1) return std::move(*json);
    if (!json->is_string()) return std::nullopt;
    joined += json->get_ref<const std::string&>();
  }
  auto json = schema::parse(joined);
  if (!json) return std::nullopt;
  return std::move(*json);
}

bool History::confirmed(wire::StreamKind kind, const log::EventId& id, const SignKey& author) const {
  const auto at = places_.find({kind, id});
  return at != places_.end() && at->second.author == author;
}

std::size_t History::pieces_of_unfinished(const log::EventId& id, const SignKey& author) const {
  const auto at = unfinished_.find({author, id});
  return at == unfinished_.end() ? 0 : at->second.size();
}

std::vector<std::uint64_t> History::positions_of(wire::StreamKind kind, const log::EventId& id) const {
  std::vector<std::uint64_t> out;
  const auto at = places_.find({kind, id});
  if (at == places_.end() || at->second.earlier) return out;
  for (const Piece& piece : at->second.pieces) out.push_back(piece.position);
  return out;
}

std::vector<log::EventId> History::earlier_events() const {
  std::vector<log::EventId> out;
  for (const auto& [event, lies] : places_) {
    if (lies.earlier) out.push_back(event.second);
  }
  return out;
}

std::optional<std::pair<StreamId, std::uint64_t>> History::earlier_place(const log::EventId& id) const {
  const auto at = places_.find({wire::StreamKind::ours, id});
  if (at == places_.end() || !at->second.earlier) return std::nullopt;
  return std::pair(at->second.stream->id(), at->second.pieces.front().position);
}

std::vector<log::EventId> History::events_at(wire::StreamKind kind, const std::vector<std::uint64_t>& at) const {
  std::vector<log::EventId> out;
  if (at.empty()) return out;
  for (const auto& [event, lies] : places_) {
    const auto there = [&](const Piece& piece) { return std::ranges::find(at, piece.position) != at.end(); };
    if (event.first == kind && !lies.earlier && std::ranges::any_of(lies.pieces, there)) out.push_back(event.second);
  }
  return out;
}

}  // namespace attune::client
