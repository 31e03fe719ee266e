// The schema says all that the sources declare, says it once, and what an event means stays as it was.
#include "attune/schema.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "attune/core.h"
#include "attune/errors.h"
#include "attune/practices/registry.h"

namespace attune {
namespace {

using Json = nlohmann::ordered_json;
using Names = std::set<std::string>;

const std::filesystem::path kRoot = ATTUNE_SOURCE_DIR;

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

const Json& schema() {
  static const Json kSchema = Json::parse(schema_json());
  return kSchema;
}

/// The member `key` of every entry of a part of the schema.
Names names(const char* part, const char* key = "name") {
  Names out;
  for (const Json& entry : schema()[part]) out.insert(entry[key].get<std::string>());
  return out;
}

/// What the pattern's group finds in every header of wire/ and core/.
Names in_headers(const std::string& pattern) {
  Names out;
  const std::regex search(pattern);
  for (const char* part : {"wire", "core"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(kRoot / part)) {
      if (entry.path().extension() != ".h") continue;
      const std::string text = read(entry.path());
      for (std::sregex_iterator at(text.begin(), text.end(), search), end; at != end; ++at) out.insert((*at)[1]);
    }
  }
  return out;
}

/// Every name that a part of the schema refers to, and what those refer to in turn.
void follow(const Json& part, Json& types) {
  if (part.is_object() && part.contains("$ref")) {
    const std::string name = part["$ref"].get<std::string>().substr(std::string("#/$defs/").size());
    if (!types.contains(name)) {
      types[name] = schema()["$defs"][name];
      follow(schema()["$defs"][name], types);
    }
  }
  for (const Json& inside : part) {
    if (inside.is_structured()) follow(inside, types);
  }
}

TEST(Schema, HoldsEveryEventThatAHeaderDeclares) {
  const Names declared = in_headers(R"re(kKind = "([^"]+)")re");
  EXPECT_GE(declared.size(), 17U);
  EXPECT_EQ(names("events", "kind"), declared);
}

/// What an app does by itself, and nobody can ask for.
Names of_own_accord() {
  Names out;
  practices::for_each([&]<class P>(P) {
    boost::mp11::mp_for_each<practices::OwnAccordOf<P>>([&]<class C>(C) { out.emplace(C::kName); });
  });
  return out;
}

TEST(Schema, HoldsEveryCommandThatAHeaderDeclares) {
  Names declared = in_headers(R"re((?:ATTUNE_NAME\(|kName = )"([a-z]+\.[^"]+)")re");
  EXPECT_GE(declared.size(), 34U);
  for (const std::string& name : of_own_accord()) EXPECT_EQ(declared.erase(name), 1U) << name;
  EXPECT_EQ(names("commands"), declared);
}

TEST(Schema, HoldsEveryErrorThatAHeaderDeclares) {
  const Names declared = in_headers(R"re(ErrorCode k\w+\{\s*\d+,\s*"([^"]+)")re");
  EXPECT_GE(declared.size(), 100U);
  EXPECT_EQ(names("errors"), declared);
}

TEST(Schema, HoldsEveryViewThatAStructIsNamedFor) {
  const Names shown = names("views");
  for (const char* name : {"app", "today", "cherish", "openup", "invitation", "joining", "recovery", "recovering",
                           "devices", "step", "offers", "story", "draft"}) {
    EXPECT_TRUE(shown.contains(name)) << name;
  }
}

TEST(Schema, NamesNothingTwice) {
  std::set<std::pair<std::string, std::uint32_t>> kinds;
  for (const Json& event : schema()["events"]) {
    EXPECT_TRUE(kinds.emplace(event["kind"], event["version"]).second) << event["kind"];
  }
  EXPECT_EQ(names("commands").size(), schema()["commands"].size());
  EXPECT_EQ(names("views").size(), schema()["views"].size());
  EXPECT_EQ(names("errors").size(), schema()["errors"].size());
}

TEST(Schema, EveryReferenceLeadsToAType) {
  Json types = Json::object();
  for (const char* part : {"events", "commands", "views"}) follow(schema()[part], types);
  for (const auto& [name, type] : types.items()) EXPECT_TRUE(type.is_object()) << name;
  EXPECT_EQ(types.size(), schema()["$defs"].size());
}

TEST(Schema, WritesEveryKindOfValueInItsOwnForm) {
  const Json& types = schema()["$defs"];
  EXPECT_EQ(types["Item"],
            Json::parse(R"({"type":"string","contentEncoding":"base64url","minLength":22,"maxLength":22})"));
  EXPECT_EQ(types["Mark"], Json::parse(R"({"enum":["on-this-phone","safe"]})"));
  EXPECT_EQ(types["At"], Json::parse(R"({"type":"object","properties":{"ms":{"type":"integer","format":"int64"},
      "offset":{"type":"integer","format":"int32"}},"required":["ms","offset"]})"));
  EXPECT_EQ(types["AppView"]["properties"]["name"], Json::parse(R"({"anyOf":[{"type":"string"},{"type":"null"}]})"));
  EXPECT_EQ(types["OffersView"]["properties"]["offers"],
            Json::parse(R"({"type":"array","items":{"$ref":"#/$defs/Offer"}})"));
}

TEST(Schema, LetsOptionalArgumentsBeLeftOut) {
  for (const Json& command : schema()["commands"]) {
    if (command["name"] != "space.start") continue;
    EXPECT_EQ(command["args"]["required"], Json::array({"relay"}));
    return;
  }
  ADD_FAILURE() << "space.start is missing";
}

TEST(SchemaTypeScript, DeclaresEveryNameOnce) {
  const std::string text = schema_typescript();
  std::map<std::string, int> declared;
  const std::regex search(R"re(export (?:interface|type) (\w+))re");
  for (std::sregex_iterator at(text.begin(), text.end(), search), end; at != end; ++at) ++declared[(*at)[1]];
  for (const auto& [name, times] : declared) EXPECT_EQ(times, 1) << name << " is the name of two C++ types";
  for (const char* name : {"AppView", "TodayView", "CherishView", "OpenUpView", "StoryView", "Views", "Commands",
                           "ErrorCode", "Item", "At", "Mark", "Tap"}) {
    EXPECT_TRUE(declared.contains(name)) << name;
  }
}

TEST(SchemaTypeScript, SaysWhatMayBeMissingAndWhatMayBeNull) {
  const std::string text = schema_typescript();
  EXPECT_NE(text.find("  'space.start': { name?: string | null; relay: string };\n"), std::string::npos);
  EXPECT_NE(text.find("  'space.looked': Record<string, never>;\n"), std::string::npos);
  EXPECT_NE(text.find("  partner: string | null;\n"), std::string::npos);
  EXPECT_NE(text.find("export type Tap = 'landed' | 'warmed' | 'smiled';\n"), std::string::npos);
  EXPECT_NE(text.find("  step: { args: { position?: number | null }; value: StepView };\n"), std::string::npos);
}

TEST(Errors, AreInOrderAndEveryNumberMeansOneThing) {
  const ErrorCode* before = nullptr;
  for (const ErrorCode* code : all_error_codes()) {
    if (before != nullptr) EXPECT_LT(before->number, code->number) << code->name;
    EXPECT_TRUE(std::regex_match(std::string(code->name), std::regex("[a-z]+(-[a-z0-9]+)*"))) << code->name;
    EXPECT_TRUE(code->sentence.ends_with('.')) << code->name;
    before = code;
  }
}

TEST(Errors, EachHasSomethingToSayToAPerson) {
  const Json texts = Json::parse(read(kRoot / "content/en/errors.json"));
  for (const ErrorCode* code : all_error_codes()) {
    EXPECT_TRUE(texts.contains(std::string(code->name))) << code->name << " is missing in content/en/errors.json";
  }
}

/// A core that was never started.
Core fresh() {
  auto core = Core::open({}, {}, [](std::span<std::uint8_t> out) { std::ranges::fill(out, std::uint8_t{7}); });
  EXPECT_TRUE(core);
  return std::move(*core);
}

TEST(Schema, EveryViewIsAnsweredUnderItsNameAndInItsForm) {
  Core core = fresh();
  for (const Json& view : schema()["views"]) {
    const std::string name = view["name"];
    const Json reply = Json::parse(core.view(name, name == "draft" ? R"({"key":"thanks"})" : "{}", {}));
    if (name == "step") {
      EXPECT_EQ(reply["code"], "not-paired");
      continue;
    }
    ASSERT_TRUE(reply["ok"].get<bool>()) << name << " " << reply;
    Names fields;
    for (const auto& [field, value] : reply["value"].items()) fields.insert(field);
    Json types = Json::object();
    follow(view["value"], types);
    Names promised;
    for (const auto& [field, type] : types.begin().value()["properties"].items()) promised.insert(field);
    EXPECT_EQ(fields, promised) << name;
  }
  EXPECT_EQ(Json::parse(core.view("weather", "{}", {}))["code"], "unknown-view");
}

TEST(Schema, EveryCommandIsKnownUnderItsName) {
  for (const std::string& name : names("commands")) {
    Core core = fresh();
    const Json reply = Json::parse(core.command(name, "{}", 0, {}));
    EXPECT_NE(reply.value("code", ""), "unknown-command") << name;
  }
  Core core = fresh();
  EXPECT_EQ(Json::parse(core.command("space.fly", "{}", 0, {}))["code"], "unknown-command");
  for (const std::string& name : of_own_accord()) {
    EXPECT_EQ(Json::parse(core.command(name, "{}", 0, {}))["code"], "unknown-command") << name;
  }
}

TEST(Schema, WhatAnEventMeansStaysAsItWas) {
  Json now = {{"events", schema()["events"]}, {"types", Json::object()}};
  follow(schema()["events"], now["types"]);
  const std::filesystem::path written = std::filesystem::path(ATTUNE_BINARY_DIR) / "events.json";
  std::ofstream(written) << now.dump(2) << "\n";
  const Json golden = Json::parse(read(kRoot / "tests/core/golden/events.json"), nullptr, false);
  ASSERT_FALSE(golden.is_discarded());
  for (const Json& was : golden["events"]) {
    const auto is = std::ranges::find_if(now["events"], [&](const Json& event) {
      return event["kind"] == was["kind"] && event["version"] == was["version"];
    });
    ASSERT_NE(is, now["events"].end()) << was["kind"] << " is gone, but stands in people's logs for ever";
    EXPECT_EQ(*is, was) << was["kind"] << " means something else now: give it a new version instead";
  }
  EXPECT_EQ(now, golden) << "If only something new came: copy " << written << " to tests/core/golden/events.json";
}

}  // namespace
}  // namespace attune
