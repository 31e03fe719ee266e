#include "attune/client/history.h"

#include "attune/log/planted.h"
#include "wire/tagged.h"

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

bool Fold::apply(const log::Event& event) {
  if (event.stream == wire::StreamKind::mine && !in_mine.insert(event.id)) return false;
  if (!space::fold(space, event)) return false;
  // An event belongs to the practice it is named after.
  const std::string_view name = event.kind.substr(0, event.kind.find('.'));
  practices::for_each([&]<class P>(P) {
    if (name == P::kName) P::fold(practices.template of<P>(), event);
  });
  return true;
}

std::vector<log::EventId> History::follow(const log::Stream& stream, wire::StreamKind kind, std::uint64_t end) {
  if (kind == wire::StreamKind::ours && waits_) return {};
  return follow_to(stream, kind, std::min(end, stream.next()));
}

bool History::go_on_behind(const log::Stream& earlier, std::uint64_t last) {
  constexpr auto kOurs = wire::StreamKind::ours;
  if (!waits_ && last < earlier.next()) follow_to(earlier, kOurs, last + 1);
  std::uint64_t& next = next_[static_cast<std::size_t>(kOurs)];
  waits_ = waits_ || next != last + 1;
  if (waits_) return false;
  before_.emplace_back(&earlier, behind_);
  behind_ += last + 1;
  next = 0;
  continuing_ = true;
  agreed_ = {};
  space::go_on(fold_.space, earlier.id(), behind_);
  practices::for_each([&]<class P>(P) {
    if constexpr (requires { P::go_on(fold_.practices.template of<P>()); }) P::go_on(fold_.practices.template of<P>());
  });
  return true;
}

std::vector<log::EventId> History::follow_to(const log::Stream& stream, wire::StreamKind kind, std::uint64_t end) {
  std::vector<log::EventId> out;
  streams_[static_cast<std::size_t>(kind)] = &stream;
  std::uint64_t& next = next_[static_cast<std::size_t>(kind)];
  const std::uint64_t from = next;
  if (log::planted().swap_order && end - from >= 2) {
    for (const std::uint64_t at : {from + 1, from}) read(stream, kind, stream.view(at), out);
    next = from + 2;
  }
  for (; next < end; ++next) {
    const wire::RecordView record = stream.view(next);
    if (record.header.cls != wire::Class::event || stream.voided(next)) continue;
    if (!record.skeleton) {
      if (stream.skeleton_withheld(next)) break;
      continue;
    }
    if (stream.skeleton_key(record.header.epoch) == nullptr) break;  // it may come with a later record
    read(stream, kind, record, out);
  }
  return out;
}

void History::read(const log::Stream& stream, wire::StreamKind kind, const wire::RecordView& record,
                   std::vector<log::EventId>& out) {
  const wire::Header& header = record.header;
  const std::uint64_t position = header.position;
  const crypto::Key* key = stream.skeleton_key(header.epoch);
  if (header.cls != wire::Class::event || !record.skeleton || stream.voided(position) || key == nullptr) return;
  const auto text = log::open_skeleton_into(opened_, record, key->view());
  if (!text || !reader_.read(kind, *text)) {
    ++voided_;
    return;
  }
  if (reader_.ours()) ours_seen_ = reader_.ours();
  const wire::Seat* seat = stream.table().seat(header.author);
  for (std::uint32_t index = 0; index < reader_.items().size(); ++index) {
    const log::ItemSeen& item = reader_.items()[index];
    std::vector<Piece> pieces;
    if (item.pieces > 1) {
      auto& unfinished = unfinished_[{header.author, item.id}];
      if (item.piece != unfinished.size()) {
        unfinished.clear();
        continue;
      }
      unfinished.push_back({.position = position, .index = index});
      if (item.piece + 1 < item.pieces) continue;
      pieces = std::move(unfinished);
      unfinished_.erase({header.author, item.id});
    }
    const bool ours = kind == wire::StreamKind::ours;
    if (ours && continuing_ && !(agreed_[0] && agreed_[1])) {
      if (item.kind != space::Continued::kKind || seat == nullptr) continue;
      agreed_[seat->member.person] = true;
    }
    const log::Event event{.stream = kind,
                           .position = position + (ours ? behind_ : 0),
                           .author = header.author,
                           .person = seat == nullptr ? std::uint8_t{0} : seat->member.person,
                           .id = item.id,
                           .kind = item.kind,
                           .version = item.version,
                           .needed = item.needed,
                           .pending = false,
                           .fields = item.fields,
                           .text = item.text};
    if (!fold_.apply(event)) continue;
    if (kind == wire::StreamKind::mine) {
      in_mine_.emplace(item.id, pieces.empty() ? Piece{.position = position, .index = index} : pieces.front());
      if (!pieces.empty()) long_.emplace(item.id, std::move(pieces));
    }
    if (item.needed && !known_kind(item.kind, item.version)) {
      newer_.insert(std::string(item.kind.substr(0, item.kind.find('.'))));
    }
    out.push_back(item.id);
  }
}

std::vector<History::Piece> History::pieces_of(wire::StreamKind kind, const log::EventId& id) const {
  if (kind == wire::StreamKind::ours) {
    const auto wrote = fold_.space.ours.wrote.find(id);
    if (wrote == fold_.space.ours.wrote.end()) return {};
    return {{.position = wrote->second.position, .index = 0}};
  }
  const auto at = in_mine_.find(id);
  if (at == in_mine_.end()) return {};
  const auto more = long_.find(id);
  return more == long_.end() ? std::vector<Piece>{at->second} : more->second;
}

std::pair<const log::Stream*, std::uint64_t> History::lies_at(wire::StreamKind kind, std::uint64_t position) const {
  const log::Stream* now = streams_[static_cast<std::size_t>(kind)];
  if (kind == wire::StreamKind::mine) return {now, position};
  if (position >= behind_) return {now, position - behind_};
  const auto after = std::ranges::upper_bound(before_, position, {}, &Before::second);
  return {std::prev(after)->first, position - std::prev(after)->second};
}

std::optional<nlohmann::json> History::content(wire::StreamKind kind, const log::EventId& id) const {
  const std::vector<Piece> pieces = pieces_of(kind, id);
  if (pieces.empty()) return std::nullopt;
  std::string joined;
  for (const Piece& piece : pieces) {
    const auto [stream, position] = lies_at(kind, piece.position);
    const wire::Record record = stream->records()[position].record;
    const crypto::Key* key = stream->key(record.header.epoch);
    if (key == nullptr || !record.content) return std::nullopt;
    const auto text = log::open_content(stream->id(), record, key->view());
    if (!text) return std::nullopt;
    auto json = log::read_content(kind, *text, piece.index);
    if (!json) return std::nullopt;
    if (pieces.size() == 1) return std::move(*json);
    if (!json->is_string()) return std::nullopt;
    joined += json->get_ref<const std::string&>();
  }
  auto json = schema::parse(joined);
  if (!json) return std::nullopt;
  return std::move(*json);
}

/// What following the records came to, part by part. Not in it are the streams themselves, and so nothing of earlier
/// ones.
template <class Self, class Each>
void History::parts(Self& self, Each each) {
  each(self.fold_.space);
  practices::for_each([&]<class P>(P) { each(self.fold_.practices.template of<P>()); });
  each(self.fold_.in_mine);
  each(self.in_mine_);
  each(self.long_);
  each(self.unfinished_);
  each(self.next_);
  each(self.voided_);
  each(self.newer_);
  each(self.ours_seen_);
  each(self.continuing_);
  each(self.agreed_);
}

void History::store(log::Put& put) const {
  parts(*this, [&](const auto& part) { put(part); });
}

bool History::restore(log::Get& get) {
  parts(*this, [&](auto& part) { get(part); });
  return get.finished();
}

Hash History::version() {
  std::string words = "1;";  // another number wherever a fold changes what it makes of the same events
  const History empty;
  parts(empty, [&]<class Part>(const Part&) {
    log::shape<Part>(words);
    words += ';';
  });
  return wire::tagged_hash("fold-version", {as_bytes(words)});
}

bool History::confirmed(wire::StreamKind kind, const log::EventId& id, const SignKey& author) const {
  const std::vector<Piece> pieces = pieces_of(kind, id);
  if (pieces.empty()) return false;
  const auto [stream, position] = lies_at(kind, pieces.front().position);
  return stream->view(position).header.author == author;
}

std::size_t History::pieces_of_unfinished(const log::EventId& id, const SignKey& author) const {
  const auto at = unfinished_.find({author, id});
  return at == unfinished_.end() ? 0 : at->second.size();
}

std::vector<std::uint64_t> History::positions_of(wire::StreamKind kind, const log::EventId& id) const {
  std::vector<std::uint64_t> out;
  if (kind == wire::StreamKind::ours && is_earlier(id)) return out;
  for (const Piece& piece : pieces_of(kind, id)) out.push_back(lies_at(kind, piece.position).second);
  return out;
}

bool History::is_earlier(const log::EventId& id) const {
  const auto wrote = fold_.space.ours.wrote.find(id);
  return wrote != fold_.space.ours.wrote.end() && wrote->second.position < behind_;
}

std::vector<log::EventId> History::earlier_events() const {
  std::vector<log::EventId> out;
  for (const auto& [id, wrote] : fold_.space.ours.wrote) {
    if (wrote.position < behind_) out.push_back(id);
  }
  return out;
}

std::optional<std::pair<StreamId, std::uint64_t>> History::earlier_place(const log::EventId& id) const {
  if (!is_earlier(id)) return std::nullopt;
  const auto [stream, position] = lies_at(wire::StreamKind::ours, fold_.space.ours.wrote.find(id)->second.position);
  return std::pair(stream->id(), position);
}

std::vector<log::EventId> History::events_of_ours_at(const std::vector<std::uint64_t>& at) const {
  std::vector<log::EventId> out;
  if (at.empty()) return out;
  for (const auto& [id, wrote] : fold_.space.ours.wrote) {
    if (wrote.position >= behind_ && std::ranges::find(at, wrote.position - behind_) != at.end()) out.push_back(id);
  }
  return out;
}

}  // namespace attune::client
