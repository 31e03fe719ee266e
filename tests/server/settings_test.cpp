// The settings table: where a value comes from, which one wins, what is refused and how it is said.
#include "server/settings/settings.h"

#include <map>

#include "server/folder.h"
#include "server/texts/texts.h"

namespace attune::tests {
namespace {

using namespace server;

using Read = Asked;

struct Given {
  std::vector<const char*> arguments;
  std::map<std::string, std::string> environment;

  [[nodiscard]] Read read() const {
    std::vector<const char*> all = {"attuned"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return read_settings(all, [this](const char* name) -> const char* {
      const auto found = environment.find(name);
      return found == environment.end() ? nullptr : found->second.c_str();
    });
  }
  [[nodiscard]] Settings settings() const {
    const Read out = read();
    EXPECT_TRUE(std::holds_alternative<Start>(out)) << refusal();
    return std::holds_alternative<Start>(out) ? std::get<Start>(out).settings : Settings{};
  }
  [[nodiscard]] std::string refusal() const {
    const Read out = read();
    return std::holds_alternative<Refusal>(out) ? std::get<Refusal>(out).sentence : std::string();
  }
  [[nodiscard]] std::string print() const {
    const Read out = read();
    return std::holds_alternative<Print>(out) ? std::get<Print>(out).text : std::string();
  }
};

TEST(Settings, EveryDefaultPassesItsOwnBoundAndHasAHelpText) {
  for (const Setting& setting : settings_table()) {
    EXPECT_TRUE(fits(setting.bound, std::string(setting.standard))) << setting.name;
    const std::string key = "settings." + std::string(setting.name);
    EXPECT_NE(say(key), key);
  }
}

TEST(Settings, HelpAndSampleNameEverySettingWithItsBound) {
  const std::string help = Given{{"--help"}, {}}.print();
  const std::string sample = Given{{"--sample-config"}, {}}.print();
  for (const Setting& setting : settings_table()) {
    const std::string name(setting.name);
    EXPECT_NE(help.find("--" + name), std::string::npos) << name;
    EXPECT_NE(help.find(environment_name(setting)), std::string::npos) << name;
    EXPECT_NE(sample.find("# " + name + " = "), std::string::npos) << name;
    EXPECT_NE(sample.find(describe(setting.bound)), std::string::npos) << name;
  }
}

TEST(Settings, WithoutAnythingItIsThisMachineOnly) {
  const Settings settings = Given{}.settings();
  EXPECT_TRUE(on_loopback(settings));
  EXPECT_EQ(settings.port, 8420);
  EXPECT_EQ(registration_of(settings), Registration::open);
  EXPECT_EQ(policy_of(settings).origins,
            (std::vector<std::string>{"http://localhost:8420", "http://127.0.0.1:8420", "http://[::1]:8420"}));
}

TEST(Settings, WhoeverIsReachedFromElsewhereSaysWhoMayStartASpace) {
  EXPECT_EQ(registration_of(Given{{"--listen", "0.0.0.0"}, {}}.settings()), Registration::closed);
  EXPECT_EQ(registration_of(Given{{"--listen", "0.0.0.0", "--registration", "open"}, {}}.settings()),
            Registration::open);
  EXPECT_EQ(policy_of(Given{{"--registration", "closed"}, {}}.settings()).registration, Registration::closed);
}

TEST(Settings, BehindAProxyOnThisMachineItIsStillForTheWorld) {
  EXPECT_TRUE(for_this_machine(Given{}.settings()));
  EXPECT_TRUE(for_this_machine(Given{{"--origins", "http://localhost:8420"}, {}}.settings()));
  EXPECT_FALSE(for_this_machine(Given{{"--origins", "https://attune.example"}, {}}.settings()));
  EXPECT_FALSE(for_this_machine(Given{{"--listen", "0.0.0.0"}, {}}.settings()));
}

TEST(Settings, APageIsOfThisMachineByItsWholeOrigin) {
  for (const char* ours : {"http://localhost:8420", "http://localhost", "https://localhost:1", "http://127.0.0.1:5173",
                           "http://[::1]:65535", "https://[::1]"}) {
    EXPECT_TRUE(on_this_machine(ours)) << ours;
  }
  for (const char* theirs :
       {"", "null", "localhost", "http://", "https://attune.example", "http://localhost.example",
        "http://localhost:", "http://localhost:80.example", "http://127.0.0.10:80", "http://192.168.1.7:8420",
        "http://a@localhost", "http://localhost:8420/", "ws://localhost:8420", "HTTP://localhost:8420"}) {
    EXPECT_FALSE(on_this_machine(theirs)) << theirs;
  }
}

TEST(Settings, AFlagWinsOverTheEnvironmentAndThatOverTheFile) {
  const Folder folder;
  const std::string path = folder.path() / "attuned.toml";
  std::ofstream(path) << "port = 1111\nthreads = 3\norigins = [\"https://a.example\", \"https://b.example:8443\"]\n";
  Given given{{"--config", path.c_str()}, {}};
  EXPECT_EQ(given.settings().port, 1111);
  EXPECT_EQ(given.settings().origins, (std::vector<std::string>{"https://a.example", "https://b.example:8443"}));
  given.environment["ATTUNED_PORT"] = "2222";
  EXPECT_EQ(given.settings().port, 2222);
  EXPECT_EQ(given.settings().threads, 3U);
  given.arguments.insert(given.arguments.end(), {"--port", "3333"});
  EXPECT_EQ(given.settings().port, 3333);
}

TEST(Settings, TheFileMayBeNamedByTheEnvironment) {
  const Folder folder;
  const std::string path = folder.path() / "attuned.toml";
  std::ofstream(path) << "log-level = \"warn\"\n";
  EXPECT_EQ((Given{{}, {{"ATTUNED_CONFIG", path}}}.settings().log_level), "warn");
}

TEST(Settings, TheSampleIsAFileThatCanBeUsed) {
  const Folder folder;
  const std::string path = folder.path() / "attuned.toml";
  std::string sample = Given{{"--sample-config"}, {}}.print();
  // Every line that sets something, taken into use.
  for (const Setting& setting : settings_table()) {
    const std::string line = "# " + std::string(setting.name) + " = ";
    sample.replace(sample.find(line), 2, "");
  }
  std::ofstream(path) << sample;
  const Settings settings = Given{{"--config", path.c_str()}, {}}.settings();
  EXPECT_EQ(settings.port, 8420);
  EXPECT_EQ(settings.proxies.size(), 2U);
}

struct RefusedRow {
  std::vector<const char*> arguments;
  const char* part;  ///< of the sentence
};

TEST(Settings, WhatCanNotBeIsRefusedInOnePlainSentence) {
  for (const RefusedRow& row : std::vector<RefusedRow>{
           {{"--port", "0"}, "1 to 65535"},
           {{"--port", "65536"}, "65536"},
           {{"--port", "many"}, "many"},
           {{"--port", "-1"}, "-1"},
           {{"--threads", "0"}, "from 1 to 64"},
           {{"--registration", "maybe"}, "open, token, closed"},
           {{"--registration", "token"}, "--token"},
           {{"--token", "two words"}, "without spaces"},
           {{"--origins", "example.org"}, "https://example.org"},
           {{"--origins", "https://example.org/path"}, "https://example.org"},
           {{"--trusted-proxies", "somewhere"}, "10.0.0.0/8"},
           {{"--listen", "nowhere"}, "nowhere"},
           {{"--log-level", "loud"}, "debug"},
           {{"--push", "perhaps"}, "on, off"},
           {{"--push-contact", "me"}, "mailto:you@example.org"},
           {{"--push-contact", "mailto:a\"b@example.org"}, "mailto:you@example.org"},
           {{"--push-contact", "http://example.org"}, "https://example.org"},
           {{"backup"}, "backup needs"},
           {{"restore", "--data", "x"}, "restore needs"},
           {{"backup", "one", "two"}, "two"},
           {{"keep", "one"}, "keep"},
           {{"--prot", "1"}, "--prot"},
           {{"--config", "/does/not/exist.toml"}, "/does/not/exist.toml"},
       }) {
    const std::string sentence = Given{row.arguments, {}}.refusal();
    EXPECT_NE(sentence.find(row.part), std::string::npos) << row.arguments[0] << ": " << sentence;
    EXPECT_EQ(sentence.find('{'), std::string::npos) << sentence;
  }
}

TEST(Settings, PhonesMayBeWokenUnlessItIsSwitchedOff) {
  EXPECT_TRUE(Given{}.settings().push);
  EXPECT_FALSE((Given{{"--push", "off"}, {}}.settings().push));
  EXPECT_FALSE(policy_of(Given{}.settings()).push_local);
  EXPECT_TRUE(policy_of(Given{{"--push-allow-local", "on"}, {}}.settings()).push_local);
}

TEST(Settings, APushServiceMayWriteToTheContactElseToThePlaceThePhonesKnow) {
  EXPECT_EQ(push_contact_of(Given{}.settings()), "");
  EXPECT_EQ(push_contact_of(Given{{"--origins", "http://localhost:8420,https://attune.example"}, {}}.settings()),
            "https://attune.example");
  EXPECT_EQ(push_contact_of(
                Given{{"--origins", "https://attune.example", "--push-contact", "mailto:a@b.example"}, {}}.settings()),
            "mailto:a@b.example");
}

TEST(Settings, ABackupAndItsWayBackNameAFileAndTheFolderIsThatOfTheSettings) {
  const Read backup = Given{{"backup", "/tmp/a.backup", "--data", "/tmp/data"}, {}}.read();
  ASSERT_TRUE(std::holds_alternative<BackUp>(backup));
  EXPECT_EQ(std::get<BackUp>(backup).file, "/tmp/a.backup");
  EXPECT_EQ(std::get<BackUp>(backup).data, "/tmp/data");
  const Read restore = Given{{"--data", "/tmp/data", "restore", "/tmp/a.backup"}, {}}.read();
  ASSERT_TRUE(std::holds_alternative<Restore>(restore));
  EXPECT_EQ(std::get<Restore>(restore).file, "/tmp/a.backup");
  EXPECT_EQ(std::get<Restore>(restore).data, "/tmp/data");
  EXPECT_EQ(std::get<BackUp>(Given{{"backup", "x"}, {{"ATTUNED_DATA", "/srv/a"}}}.read()).data, "/srv/a");
}

TEST(Settings, AFileThatCanNotBeReadNamesItsLine) {
  const Folder folder;
  const std::string path = folder.path() / "attuned.toml";
  const auto refusal = [&](const char* text) {
    std::ofstream(path) << text;
    return Given{{"--config", path.c_str()}, {}}.refusal();
  };
  EXPECT_NE(refusal("port = 1\nthis is no TOML\n").find("line 2"), std::string::npos);
  EXPECT_NE(refusal("prot = 1\n").find("prot"), std::string::npos);
  EXPECT_NE(refusal("\nport = 1.5\n").find("line 2"), std::string::npos);
  EXPECT_NE(refusal("port = 1\n[# no table\n").find("line 2"), std::string::npos);  // the parser asserts here
  EXPECT_NE(refusal("port = 99999\n").find("99999"), std::string::npos);
}

}  // namespace
}  // namespace attune::tests
