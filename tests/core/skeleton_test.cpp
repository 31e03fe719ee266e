// Skeletons are read quickly where they stand as this program writes them, and strictly everywhere else: what comes of
// it is always the same. And the tables that a fold is made of are what std::map and std::set are.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <set>

#include "attune/log/reading.h"
#include "attune/log/stored.h"
#include "attune/practices/registry.h"

namespace attune {
namespace {

using wire::StreamKind;

/// Reads `text` both ways and asks for the same answer.
void same_both_ways(StreamKind kind, const std::string& text) {
  const auto strict = log::read_skeleton(kind, text);
  log::SkeletonReader reader;
  ASSERT_EQ(reader.read(kind, text).has_value(), strict.has_value()) << text;
  if (!strict) return;
  ASSERT_EQ(reader.ours().has_value(), strict->ours.has_value()) << text;
  if (strict->ours) {
    EXPECT_EQ(reader.ours()->position, strict->ours->position);
    EXPECT_EQ(reader.ours()->history, strict->ours->history);
  }
  ASSERT_EQ(reader.items().size(), strict->items.size()) << text;
  for (std::size_t i = 0; i < strict->items.size(); ++i) {
    const log::ItemSeen& seen = reader.items()[i];
    const log::Item& item = strict->items[i];
    EXPECT_EQ(seen.id, item.id) << text;
    EXPECT_EQ(seen.kind, item.kind) << text;
    EXPECT_EQ(seen.version, item.version) << text;
    EXPECT_EQ(seen.needed, item.needed) << text;
    EXPECT_EQ(seen.piece, item.piece) << text;
    EXPECT_EQ(seen.pieces, item.pieces) << text;
    if (seen.fields == nullptr) EXPECT_EQ(schema::parse(seen.text).value_or(nullptr), item.fields) << text;
    if (seen.fields != nullptr) EXPECT_EQ(*seen.fields, item.fields) << text;
  }
}

template <class E>
void same_fields(const std::string& text) {
  typename E::Fields quick{};
  const bool quickly = schema::read_text(text, quick);
  const auto json = schema::parse(text);
  typename E::Fields strict{};
  ASSERT_EQ(quickly, json && schema::read(*json, strict)) << text;
  if (quickly) EXPECT_EQ(schema::to_json(quick), schema::to_json(strict)) << text;
}

const std::string kId = "AAECAwQFBgcICQoLDA0ODw";
const std::string kOne = R"({"f":{"of":")" + kId + R"("},"id":")" + kId + R"(","k":"cherish.answered","v":1})";
const std::string kMine = R"({"e":[)" + kOne + "," + kOne + R"(],"o":[")" + std::string(42, 'B') + R"(A",17,")" +
                          std::string(42, 'C') + R"(A"]})";

TEST(Skeleton, AsItIsWrittenItTakesNoDocument) {
  log::SkeletonReader reader;
  ASSERT_TRUE(reader.read(StreamKind::ours, kOne).has_value());
  EXPECT_EQ(reader.items().front().fields, nullptr);
  ASSERT_TRUE(reader.read(StreamKind::mine, kMine).has_value());
  EXPECT_EQ(reader.items().size(), 2U);
  EXPECT_EQ(reader.items().back().fields, nullptr);
  EXPECT_EQ(reader.ours()->position, 17U);
}

TEST(Skeleton, SaysTheSameHoweverItIsWritten) {
  const std::vector<std::string> texts = {
      kOne,
      "",
      "{}",
      "null",
      "[]",
      " " + kOne,
      kOne + " ",
      kOne + kOne,
      R"({"v":1,"k":"a","id":")" + kId + R"(","f":{}})",
      R"({"v":1,"k":"a","id":")" + kId + R"(","f":{},"more":[1,{"x":2}]})",
      R"({"v":1,"v":2,"k":"a","id":")" + kId + R"(","f":{}})",
      R"({"v":1,"k":"","id":")" + kId + R"(","f":{}})",
      R"({"v":1.0,"k":"a","id":")" + kId + R"(","f":{}})",
      R"({"v":1e0,"k":"a","id":")" + kId + R"(","f":{}})",
      R"({"v":01,"k":"a","id":")" + kId + R"(","f":{}})",
      R"({"v":4294967296,"k":"a","id":")" + kId + R"(","f":{}})",
      R"({"n":true,"v":1,"k":"a","id":")" + kId + R"(","f":{"a":[{}]}})",
      R"({"n":false,"v":1,"k":"a","id":")" + kId + R"(","f":{"a":-1}})",
      R"({"n":1,"v":1,"k":"a","id":")" + kId + R"(","f":{"a":"\u0041","a":"é"}})",
      R"({"v":1,"k":"a","id":"AAECAwQFBgcICQoLDA0OD_","f":{}})",
      R"({"v":1,"k":"a","id":"AAECAwQFBgcICQoLDA0ODx","f":{}})",
      R"({"v":1,"k":"a","id":"AAECAwQFBgcICQoLDA0ODw==","f":{}})",
      R"({"p":[0,2],"id":")" + kId + R"("})",
      R"({"p":[1,2],"v":1,"k":"a","id":")" + kId + R"(","f":{}})",
  };
  for (const std::string& text : texts) {
    same_both_ways(StreamKind::ours, text);
    for (const char* place : {"null", "[]", "7", R"(["x",1,"y"])"}) {
      same_both_ways(StreamKind::mine, R"({"e":[)" + text + R"(],"o":)" + place + "}");
      same_both_ways(StreamKind::mine, std::string(R"({"o":)") + place + R"(,"e":[)" + text + "]}");
    }
  }
}

TEST(Skeleton, SaysTheSameWhateverIsDoneToItsText) {
  rc::check([] {
    const bool mine = *rc::gen::arbitrary<bool>();
    std::string text = mine ? kMine : kOne;
    const int changes = *rc::gen::inRange(1, 4);
    for (int i = 0; i < changes; ++i) {
      const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
      const char letter = *rc::gen::elementOf(std::string("\"\\{}[]:, 019-.eEtrufalsnkvidpof\x01\x7f\xc3\xa9"));
      switch (*rc::gen::inRange(0, 3)) {
        case 0: text[at] = letter; break;
        case 1: text.insert(at, 1, letter); break;
        default: text.erase(at, 1);
      }
    }
    same_both_ways(mine ? StreamKind::mine : StreamKind::ours, text);
  });
}

TEST(Skeleton, FieldsSayTheSameWhateverIsDoneToThem) {
  const std::string hash(42, 'D');
  const std::vector<std::string> texts = {R"({"of":")" + kId + R"("})",
                                          R"({"kept":null})",
                                          R"({"kept":")" + kId + R"("})",
                                          R"({"prompt":"ou-030","written":null})",
                                          R"({"offer":true})",
                                          "{}",
                                          R"({"c":")" + hash + R"(A","q":")" + kId + R"("})"};
  rc::check([&] {
    std::string text = *rc::gen::elementOf(texts);
    const int changes = *rc::gen::inRange(0, 4);
    for (int i = 0; i < changes && !text.empty(); ++i) {
      const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
      const char letter = *rc::gen::elementOf(std::string("\"\\{}[]:, 019-.eEtrufalsnkvidpof\x01\x7f\xc3\xa9"));
      if (*rc::gen::arbitrary<bool>()) {
        text[at] = letter;
      } else {
        text.insert(at, 1, letter);
      }
    }
    same_fields<cherish::Answered>(text);
    same_fields<cherish::Thanked>(text);
    same_fields<cherish::Kept>(text);
    same_fields<openup::Offered>(text);
    same_fields<space::Committed>(text);
    same_fields<space::Named>(text);
  });
}

using Id = Fixed<16, struct TestIdTag>;

Id id_of(std::uint32_t number) {
  Id out;
  for (std::size_t i = 0; i < 4; ++i) out.bytes[7 * i % 16] = static_cast<std::uint8_t>(number >> 8 * i);
  return out;
}

TEST(SortedTables, AreWhatMapAndSetAre) {
  rc::check([] {
    log::SortedMap<Id, std::uint32_t> map;
    std::map<Id, std::uint32_t> model;
    const auto many = *rc::gen::inRange(0, 3000);
    const auto range = *rc::gen::elementOf(std::vector<std::uint32_t>{10, 1'000, 100'000});
    std::uint64_t state = *rc::gen::arbitrary<std::uint32_t>();
    const bool rising = *rc::gen::arbitrary<bool>();
    for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(many); ++i) {
      state = state * 6364136223846793005U + 1442695040888963407U;
      const Id id = id_of(rising ? i : static_cast<std::uint32_t>(state >> 33) % range);
      if (state >> 62 == 0) {
        map[id] = i;
        model[id] = i;
      } else {
        RC_ASSERT(map.emplace(id, i).second == model.emplace(id, i).second);
      }
    }
    const auto copy = map;
    RC_ASSERT(copy.size() == model.size());
    RC_ASSERT(std::equal(copy.begin(), copy.end(), model.begin(), model.end(),
                         [](const auto& a, const auto& b) { return a.first == b.first && a.second == b.second; }));
    for (std::uint32_t i = 0; i < 50; ++i) {
      const auto found = model.find(id_of(i));
      RC_ASSERT(map.contains(id_of(i)) == (found != model.end()));
      if (found != model.end()) RC_ASSERT(map.find(id_of(i))->second == found->second);
    }
    log::Put put;
    put(map);
    const Bytes bytes = std::move(put).take();
    log::SortedMap<Id, std::uint32_t> again;
    log::Get get(bytes);
    get(again);
    RC_ASSERT(get.finished());
    RC_ASSERT(std::equal(again.begin(), again.end(), map.begin(), map.end()));
  });
}

TEST(SortedTables, OfPersonAndIdAreInTheOrderOfBoth) {
  log::SortedSet<log::Pair<std::uint8_t, Id>> set;
  std::set<std::pair<std::uint8_t, Id>> model;
  std::uint32_t state = 7;
  for (int i = 0; i < 2000; ++i) {
    state = state * 1664525U + 1013904223U;
    const auto person = static_cast<std::uint8_t>(state >> 31);
    const Id id = id_of(state >> 8 & 0x3FFU);
    EXPECT_EQ(set.insert({person, id}), model.emplace(person, id).second);
  }
  EXPECT_EQ(set.size(), model.size());
  EXPECT_TRUE(std::equal(set.begin(), set.end(), model.begin(), model.end(),
                         [](const auto& a, const auto& b) { return a.first == b.first && a.second == b.second; }));
}

TEST(StoredBytes, ThatAreCutOffOrOutOfOrderAreNotRead) {
  log::SortedSet<Id> set;
  for (std::uint32_t i = 0; i < 20; ++i) set.insert(id_of(i));
  log::Put put;
  put(set);
  const Bytes bytes = std::move(put).take();
  for (std::size_t length = 0; length <= bytes.size(); ++length) {
    log::Get get(ByteView(bytes).first(length));
    log::SortedSet<Id> read;
    get(read);
    EXPECT_EQ(get.finished(), length == bytes.size());
  }
  Bytes turned = bytes;
  std::swap_ranges(turned.begin() + 4, turned.begin() + 20, turned.begin() + 20);
  log::Get get(turned);
  log::SortedSet<Id> read;
  get(read);
  EXPECT_FALSE(get.finished());
}

}  // namespace
}  // namespace attune
