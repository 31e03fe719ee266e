// Rows for streams as a reader checks them (PROTOCOL.md 4), their keys, and what stands in a record.
#include "attune/log/reading.h"
#include "attune/space/enrol.h"
#include "vectors/core/invalid_rows.h"

namespace attune::tests {

namespace {

using wire::Record;

/// *ours* of a couple as the first person's phone holds it, and a hand that makes more of it.
struct Life {
  Entropy entropy = counting();
  crypto::DeviceKeys phone = device(1);
  crypto::DeviceKeys laptop = device(2);  ///< not a member yet
  crypto::DeviceKeys phrase = device(3);
  crypto::DeviceKeys other = device(5);
  crypto::DeviceKeys stranger = device(7);
  StreamId self = all<StreamId>(0xaa);
  log::Head head;
  log::Stream stream{{}};
  Result<> state;  ///< of taking in what the sound part of a row needs

  Life() {
    const auto own = space::own_member;
    const Record genesis = log::make_control(
        head, phone,
        space::found_ours({own(phone, wire::Role::device, self, 0), own(phrase, wire::Role::phrase, self, 0),
                           own(other, wire::Role::device, all<StreamId>(0xbb), 1)},
                          all<Hash>(2), entropy));
    stream = log::Stream(head.stream);
    state = take({genesis});
  }

  /// As a device takes a batch in: checked, admitted, unlocked; what would only be a notice is a refusal here.
  Result<> take(const std::vector<Record>& records) {
    std::vector<Bytes> raw;
    for (const Record& record : records) raw.push_back(wire::encode(record));
    TRY(batch, stream.check(raw));
    for (const log::Held& held : batch.records) {
      if (held.voided) return refuse(log::kVoid);
    }
    stream.admit(std::move(batch));
    if (stream.read_only()) return refuse(log::kUnknownControl);
    if (!stream.withheld().empty()) return refuse(log::kWithheld);
    return stream.unlock(phone);
  }

  Record event(const crypto::DeviceKeys& author, std::string_view text = "{}") {
    return log::seal_event(head, stream.key(head.epoch)->view(), author,
                           {.skeleton = "{}", .content = std::string(text), .skeleton_size = 256, .content_size = 256},
                           entropy);
  }
  Record control(const crypto::DeviceKeys& author, const wire::Control& what) {
    return log::make_control(head, author, what);
  }
};

void sign(const crypto::DeviceKeys& author, Record& record) {
  record.header.author = author.sign;
  record.signature = wire::sign_header(author.sign_secret.view(), record.header);
}

/// A control record of any bytes, hashed and signed as it should be.
void say(const crypto::DeviceKeys& author, Record& record, Bytes skeleton) {
  record.header.skeleton_length = static_cast<std::uint32_t>(skeleton.size());
  record.header.skeleton_hash = wire::skeleton_hash(skeleton);
  record.skeleton = std::move(skeleton);
  sign(author, record);
}

/// A stream and a batch for it.
void row(std::vector<Row>& rows, const ErrorCode& code, std::string_view what,
         std::function<std::vector<Record>(Life&, bool broken)> make) {
  rows.push_back({code, what, [make = std::move(make)](bool broken) -> Result<> {
                    Life life;
                    TRY_VOID(life.state);
                    const auto records = make(life, broken);
                    TRY_VOID(life.state);
                    return life.take(records);
                  }});
}

/// One event of the phone, damaged.
void event_row(std::vector<Row>& rows, const ErrorCode& code, std::string_view what,
               std::function<void(Life&, Record&)> damage) {
  row(rows, code, what, [damage = std::move(damage)](Life& life, bool broken) {
    Record record = life.event(life.phone);
    if (broken) damage(life, record);
    return std::vector{record};
  });
}

/// One control record of the phone, a new epoch, damaged.
void control_row(std::vector<Row>& rows, const ErrorCode& code, std::string_view what,
                 std::function<void(Life&, Record&)> damage) {
  row(rows, code, what, [damage = std::move(damage)](Life& life, bool broken) {
    Record record = life.control(life.phone, space::replace_members(life.stream, {}, {}, life.entropy));
    if (broken) damage(life, record);
    return std::vector{record};
  });
}

void add_genesis_rows(std::vector<Row>& rows) {
  const auto genesis_row = [&](std::string_view what, std::function<void(Life&, Record&, StreamId&)> damage) {
    rows.push_back({wire::kGenesisFields, what, [damage = std::move(damage)](bool broken) {
                      Life life;
                      Record record = life.stream.records().front().record;
                      StreamId asked = life.stream.id();
                      if (broken) damage(life, record, asked);
                      return forget(log::Stream(asked).check({wire::encode(record)}));
                    }});
  };
  genesis_row("another stream than the one asked for", [](Life&, Record&, StreamId& asked) { asked.bytes[0] ^= 1; });
  genesis_row("a genesis that names a stream", [](Life& life, Record& record, StreamId& asked) {
    record.header.stream = all<StreamId>(1);
    sign(life.phone, record);
    asked = record.header.stream;
  });
  genesis_row("a genesis that follows something", [](Life& life, Record& record, StreamId& asked) {
    record.header.prev = all<Hash>(1);
    sign(life.phone, record);
    asked = wire::stream_of(record.header);
  });
  genesis_row("an event in the place of a genesis", [](Life& life, Record& record, StreamId& asked) {
    record.header.cls = wire::Class::event;
    sign(life.phone, record);
    asked = wire::stream_of(record.header);
  });
  genesis_row("a closing in the place of a genesis", [](Life& life, Record& record, StreamId& asked) {
    say(life.phone, record, wire::encode(wire::Control(wire::Close{})));
    asked = wire::stream_of(record.header);
  });
  genesis_row("a newer kind in the place of a genesis", [](Life& life, Record& record, StreamId& asked) {
    say(life.phone, record, {9, 1, 2, 3});
    asked = wire::stream_of(record.header);
  });
}

void add_held_rows(std::vector<Row>& rows) {
  const auto again = [&](const ErrorCode& code, std::string_view what, std::function<void(Life&, Record&)> damage) {
    row(rows, code, what, [damage = std::move(damage)](Life& life, bool broken) {
      Record record = life.event(life.phone);
      life.state = life.take({record});
      if (broken) damage(life, record);
      return std::vector{record};
    });
  };
  again(log::kFork, "another record where one is held, signed by a member", [](Life& life, Record& record) {
    record.header.nonce.bytes[0] ^= 1;
    sign(life.other, record);
  });
  again(log::kBrokenChain, "another record where one is held, signed by nobody",
        [](Life&, Record& record) { record.header.nonce.bytes[0] ^= 1; });
  again(log::kBrokenChain, "another record where one is held, signed by a stranger", [](Life& life, Record& record) {
    record.header.nonce.bytes[0] ^= 1;
    sign(life.stranger, record);
  });
  again(wire::kContentHash, "another content for a record that is held",
        [](Life&, Record& record) { record.content->front() ^= 1; });
}

/// Keys: what a device reads that came after some epochs, and so has the older keys by the way back only.
void way_back_row(std::vector<Row>& rows, std::string_view what, std::uint32_t epochs,
                  std::function<void(Life&, wire::NewEpoch&, const crypto::Key& newest)> damage) {
  rows.push_back(
      {log::kBadKeyBox, what, [epochs, damage = std::move(damage)](bool broken) -> Result<> {
         Life life;
         for (std::uint32_t i = 0; i + 1 < epochs; ++i) {
           TRY_VOID(life.take({life.control(life.phone, space::replace_members(life.stream, {}, {}, life.entropy))}));
         }
         wire::Members last = space::replace_members(
             life.stream, {space::own_member(life.laptop, wire::Role::device, life.self, 0)}, {}, life.entropy);
         if (broken) {
           const auto box = std::ranges::find(last.boxes, life.phone.sign, &wire::Box::recipient);
           TRY(newest, crypto::open_key(*box, life.phone, life.stream.id(), epochs, last.epoch->key_id));
           damage(life, *last.epoch, newest);
         }
         TRY_VOID(life.take({life.control(life.phone, last)}));
         log::Stream later(life.stream.id());
         std::vector<Bytes> raw;
         for (const log::Held& held : life.stream.records()) raw.push_back(wire::encode(held.record));
         TRY(batch, later.check(raw));
         later.admit(std::move(batch));
         TRY_VOID(later.unlock(life.laptop));
         for (std::uint32_t epoch = 0; epoch <= epochs; ++epoch) {
           if (later.key(epoch) == nullptr) return refuse(log::kNoKey);
         }
         return {};
       }});
}

void item_row(std::vector<Row>& rows, std::string_view what, wire::StreamKind kind, std::string sound,
              std::string wrong) {
  rows.push_back({log::kUnreadable, what, [kind, sound = std::move(sound), wrong = std::move(wrong)](bool broken) {
                    return forget(log::read_skeleton(kind, broken ? wrong : sound));
                  }});
}

void content_row(std::vector<Row>& rows, std::string_view what, wire::StreamKind kind, std::string sound,
                 std::string wrong) {
  rows.push_back({log::kUnreadable, what, [kind, sound = std::move(sound), wrong = std::move(wrong)](bool broken) {
                    return forget(log::read_content(kind, broken ? wrong : sound, 1));
                  }});
}

}  // namespace

void add_stream_rows(std::vector<Row>& rows) {
  add_genesis_rows(rows);
  add_held_rows(rows);
  event_row(rows, wire::kWrongStream, "a record of another stream", [](Life& life, Record& record) {
    record.header.stream.bytes[0] ^= 1;
    sign(life.phone, record);
  });
  event_row(rows, log::kGap, "a record left out", [](Life& life, Record& record) {
    ++record.header.position;
    sign(life.phone, record);
  });
  event_row(rows, log::kFork, "a record on top of another history, signed by a member", [](Life& life, Record& record) {
    record.header.prev.bytes[0] ^= 1;
    sign(life.other, record);
  });
  event_row(rows, log::kBrokenChain, "a record on top of another history, signed by nobody",
            [](Life&, Record& record) { record.header.prev.bytes[0] ^= 1; });
  event_row(rows, log::kBrokenChain, "a record on top of another history, signed by a stranger",
            [](Life& life, Record& record) {
              record.header.prev.bytes[0] ^= 1;
              sign(life.stranger, record);
            });
  event_row(rows, wire::kSkeletonHash, "another skeleton than the header names",
            [](Life&, Record& record) { record.skeleton->front() ^= 1; });
  event_row(rows, wire::kContentHash, "another content than the header names",
            [](Life&, Record& record) { record.content->front() ^= 1; });
  event_row(rows, wire::kNotAWriter, "a stranger's record",
            [](Life& life, Record& record) { sign(life.stranger, record); });
  event_row(rows, wire::kBadSignature, "an event in the name of another",
            [](Life& life, Record& record) { record.header.author = life.other.sign; });
  row(rows, wire::kBadSignature, "an unsigned event among signed ones of others", [](Life& life, bool broken) {
    std::vector records = {life.event(life.other), life.event(life.phone)};
    if (broken) records[0].signature = {};
    return records;
  });
  row(rows, wire::kBadSignature, "an event altered on its way, with a sound one behind it",
      [](Life& life, bool broken) {
        std::vector records = {life.event(life.other), life.event(life.phone)};
        if (broken) records[0].header.nonce.bytes[0] ^= 1;
        return records;
      });
  control_row(rows, wire::kBadSignature, "a change of members in the name of another",
              [](Life& life, Record& record) { record.header.author = life.other.sign; });
  control_row(rows, wire::kBadControl, "a change of members with a content", [](Life& life, Record& record) {
    record.content = Bytes(16);
    record.header.content_length = 16;
    record.header.content_hash = wire::content_hash(*record.content);
    sign(life.phone, record);
  });
  control_row(rows, wire::kBadControl, "a change of members that is not handed out",
              [](Life&, Record& record) { record.skeleton.reset(); });
  event_row(rows, log::kWithheld, "a content that nobody erased is not handed out",
            [](Life&, Record& record) { record.content.reset(); });

  event_row(rows, log::kVoid, "an event of an epoch that is not the current one", [](Life& life, Record& record) {
    ++record.header.epoch;
    sign(life.phone, record);
  });
  event_row(rows, log::kVoid, "an event by a recovery phrase",
            [](Life& life, Record& record) { sign(life.phrase, record); });
  control_row(rows, log::kVoid, "a change of members of an epoch that is not the current one",
              [](Life& life, Record& record) {
                ++record.header.epoch;
                sign(life.phone, record);
              });
  control_row(rows, log::kVoid, "a change of members that can not be read", [](Life& life, Record& record) {
    Bytes shorter = *record.skeleton;
    shorter.pop_back();
    say(life.phone, record, std::move(shorter));
  });
  control_row(rows, log::kVoid, "a second genesis", [](Life& life, Record& record) {
    say(life.phone, record, *life.stream.records().front().record.skeleton);
  });
  row(rows, log::kVoid, "the other person's device removed", [](Life& life, bool broken) {
    // Its own phrase may remove the phone; the partner may not.
    const auto change = space::replace_members(life.stream, {}, {life.phone.sign}, life.entropy);
    return std::vector{life.control(broken ? life.other : life.phrase, change)};
  });
  row(rows, log::kVoid, "another person's text erased", [](Life& life, bool broken) {
    std::vector records = {life.event(life.phone)};
    const wire::Erase erase{.skeletons = false, .positions = {1}, .blobs = {}};
    records.push_back(life.control(broken ? life.other : life.phone, erase));
    return records;
  });
  row(rows, log::kVoid, "an event after the space was closed", [](Life& life, bool broken) {
    std::vector<Record> records;
    if (broken) records.push_back(life.control(life.phone, wire::Close{}));
    records.push_back(life.event(life.phone));
    return records;
  });
  control_row(rows, log::kUnknownControl, "a control record of a newer version",
              [](Life& life, Record& record) { say(life.phone, record, {9, 1, 2, 3}); });
  control_row(rows, log::kVoid, "a control record of a newer version by who may not write",
              [](Life& life, Record& record) { say(life.phrase, record, {9, 1, 2, 3}); });
  event_row(rows, log::kWithheld, "a skeleton that nobody erased is not handed out", [](Life&, Record& record) {
    record.content.reset();
    record.skeleton.reset();
  });
}

void add_key_rows(std::vector<Row>& rows) {
  row(rows, log::kBadKeyBox, "a box that holds another key than the new epoch's", [](Life& life, bool broken) {
    auto change = space::replace_members(life.stream, {}, {}, life.entropy);
    if (broken) {
      const auto box = std::ranges::find(change.boxes, life.phone.sign, &wire::Box::recipient);
      *box = crypto::seal_key(life.phone.sign, life.phone.box, life.stream.id(), 1, all<Hash>(9).view(), life.entropy);
    }
    return std::vector{life.control(life.other, change)};
  });
  row(rows, log::kBadKeyBox, "a box nobody can open", [](Life& life, bool broken) {
    auto change = space::replace_members(life.stream, {}, {}, life.entropy);
    if (broken) std::ranges::find(change.boxes, life.phone.sign, &wire::Box::recipient)->sealed.bytes[50] ^= 1;
    return std::vector{life.control(life.other, change)};
  });
  const auto another_key = [](Life& life, wire::NewEpoch& epoch, const crypto::Key& newest) {
    epoch.old_key =
        crypto::seal_old_key(newest.view(), life.stream.id(), epoch.epoch - 1, all<Hash>(9).view(), life.entropy);
  };
  way_back_row(rows, "a way back to another key than the first epoch's", 1, another_key);
  way_back_row(rows, "a way back to another key than a later epoch's", 2, another_key);
  way_back_row(rows, "a way back nobody can open", 1,
               [](Life&, wire::NewEpoch& epoch, const crypto::Key&) { epoch.old_key.bytes[40] ^= 1; });
  row(rows, log::kBadKeyBox, "a way back nobody can open, to a key that is known here", [](Life& life, bool broken) {
    auto change = space::replace_members(life.stream, {}, {}, life.entropy);
    if (broken) change.epoch->old_key.bytes[40] ^= 1;
    return std::vector{life.control(life.other, change)};
  });
}

void add_reading_rows(std::vector<Row>& rows) {
  const auto ours = wire::StreamKind::ours;
  const auto mine = wire::StreamKind::mine;
  const std::string event = R"({"id":"AAAAAAAAAAAAAAAAAAAAAA","k":"a","v":1,"f":{}})";
  const std::string piece = R"({"id":"AAAAAAAAAAAAAAAAAAAAAA","p":[0,2]})";
  const auto in_mine = [](const std::string& item) { return R"({"o":null,"e":[)" + item + "]}"; };
  item_row(rows, "an event that is no JSON", ours, event, event + "}");
  item_row(rows, "an event that is a list", ours, event, "[]");
  item_row(rows, "an event without an id", ours, event, R"({"k":"a","v":1,"f":{}})");
  item_row(rows, "an event with a short id", ours, event, R"({"id":"AAAA","k":"a","v":1,"f":{}})");
  item_row(rows, "an event without a kind", ours, event, R"({"id":"AAAAAAAAAAAAAAAAAAAAAA","v":1,"f":{}})");
  item_row(rows, "an event of an empty kind", ours, event, R"({"id":"AAAAAAAAAAAAAAAAAAAAAA","k":"","v":1,"f":{}})");
  item_row(rows, "an event without a version", ours, event, R"({"id":"AAAAAAAAAAAAAAAAAAAAAA","k":"a","f":{}})");
  item_row(rows, "a version below zero", ours, event, R"({"id":"AAAAAAAAAAAAAAAAAAAAAA","k":"a","v":-1,"f":{}})");
  item_row(rows, "an event without fields", ours, event, R"({"id":"AAAAAAAAAAAAAAAAAAAAAA","k":"a","v":1})");
  item_row(rows, "fields that are a list", ours, event, R"({"id":"AAAAAAAAAAAAAAAAAAAAAA","k":"a","v":1,"f":[]})");
  item_row(rows, "a piece of an event in ours", ours, event, piece);
  item_row(rows, "a record of mine that is a list", mine, in_mine(event), "[]");
  item_row(rows, "a record of mine without events", mine, in_mine(event), R"({"o":null})");
  item_row(rows, "events of mine that are no list", mine, in_mine(event), R"({"o":null,"e":{}})");
  item_row(rows, "an event of mine that is none", mine, in_mine(event), in_mine("1"));
  item_row(rows, "a piece behind the last", mine, in_mine(piece),
           in_mine(R"({"id":"AAAAAAAAAAAAAAAAAAAAAA","p":[2,2]})"));
  item_row(rows, "more pieces than an event has", mine, in_mine(piece),
           in_mine(R"({"id":"AAAAAAAAAAAAAAAAAAAAAA","p":[0,257]})"));
  item_row(rows, "a piece with half a place", mine, in_mine(piece),
           in_mine(R"({"id":"AAAAAAAAAAAAAAAAAAAAAA","p":[0]})"));
  content_row(rows, "a content that is no JSON", ours, "{}", "{");
  content_row(rows, "contents of mine that are no list", mine, "[{},{}]", "{}");
  content_row(rows, "a content left out", mine, "[{},{}]", "[{}]");
}

}  // namespace attune::tests
