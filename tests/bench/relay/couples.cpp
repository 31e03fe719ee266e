#include "bench/relay/couples.h"

#include <sodium.h>

#include <cstring>
#include <future>
#include <stdexcept>

#include "server/relay/append.h"
#include "server/store/sqlite.h"
#include "wire/frames.h"

namespace attune::bench {

using namespace wire;
using tests::Keys;

namespace {

// As a device pads them: a short text's skeleton and content in *ours* (PROTOCOL.md 2).
constexpr std::size_t kPart = 256;

Keys keys_of(std::uint32_t number) {
  std::array<std::uint8_t, crypto_sign_SEEDBYTES> seed{};
  std::memcpy(seed.data() + 8, &number, sizeof number);  // X25519 does not look at the lowest bits
  Keys out;
  out.secret.resize(crypto_sign_SECRETKEYBYTES);
  crypto_sign_seed_keypair(out.sign.bytes.data(), out.secret.data(), seed.data());
  crypto_scalarmult_base(out.box.bytes.data(), seed.data());
  return out;
}

Record control_record(const Keys& author, const Control& control) {
  Record out;
  out.header = tests::control_header(author, control);
  out.skeleton = encode(control);
  out.signature = sign_header(author.secret, out.header);
  return out;
}

Genesis mine_genesis(const Keys& founder) {
  Genesis out;
  out.adds = {{.sign = founder.sign, .box = founder.box, .self = {}, .join = {}}};
  out.boxes = {tests::box_for(founder)};
  return out;
}

// The code of a refusal, or zero.
std::uint16_t found(server::Writing& store, const Record& genesis, const Keys& founder) {
  const Append append{.request = 1, .stream = stream_of(genesis.header), .records = {encode(genesis)}, .ahead = {}};
  const auto proposal = server::examine(founder.sign, append);
  if (!proposal) return proposal.error().code().number;
  return server::append(store, *proposal, {}, {.token = false, .allowance = nullptr, .now = {}}).code;
}

}  // namespace

Couple make_couple(std::uint32_t number) {
  Couple out;
  Genesis ours;
  ours.kind = StreamKind::ours;
  ours.pairing = tests::all<Hash>(1);
  for (std::uint8_t person = 0; person < 2; ++person) {
    out.keys[person] = keys_of(2 * number + person + 1);
    out.mine[person] = control_record(out.keys[person], mine_genesis(out.keys[person]));
    ours.adds.push_back(tests::member_of(out.keys[person], person, Role::device, out.mine_id(person)));
    ours.boxes.push_back(tests::box_for(out.keys[person]));
  }
  out.ours = control_record(out.keys[0], ours);
  return out;
}

void write_records(Couple& couple, std::size_t count, By by) {
  couple.by = by;
  Header before = couple.ours.header;
  Bytes part(kPart);
  for (std::size_t i = 0; i < count; ++i) {
    // What a relay can not read is as good as random.
    randombytes_buf(part.data(), part.size());
    Record next = tests::event_record(couple.keys[couple.author_of(i)], before, part, part);
    couple.records.push_back(encode(next));
    before = next.header;
  }
}

void found_streams(const std::filesystem::path& folder, const std::vector<Couple>& couples) {
  const auto opened = server::SqliteStore::open(folder, {});
  if (!opened) throw std::runtime_error("no store could be made");
  std::promise<server::Outcome> done;
  std::uint16_t refused = 0;
  opened->store->write(
      [&](server::Writing& store) {
        const auto one = [&](const Record& genesis, const Keys& founder) {
          if (refused == 0) refused = found(store, genesis, founder);
        };
        for (const Couple& couple : couples) {
          for (std::size_t person = 0; person < 2; ++person) one(couple.mine[person], couple.keys[person]);
          one(couple.ours, couple.keys[0]);
        }
      },
      [&](server::Outcome outcome) { done.set_value(outcome); });
  if (done.get_future().get() != server::Outcome::committed || refused != 0) {
    throw std::runtime_error("a stream could not be founded: " + std::to_string(refused));
  }
}

std::string append_frame(const Couple& couple, const Bytes& record) {
  return frame_of(encode(Append{.request = 7, .stream = couple.ours_id(), .records = {record}, .ahead = {}}));
}

std::string frame_of(ByteView message) {
  std::string out = "\x82";
  const std::size_t size = message.size();
  if (size < 126) {
    out += static_cast<char>(0x80 | size);
  } else {
    out += '\xfe';
    out += static_cast<char>(size >> 8);
    out += static_cast<char>(size & 0xff);
  }
  out.append(4, '\0');  // a mask of zeros changes nothing
  out.append(as_text(message));
  return out;
}

}  // namespace attune::bench
