// The real program: its start, its end, and every reason for which it does not start.
#include <sqlite3.h>

#include <csignal>
#include <thread>

#include "server/attuned.h"
#include "server/store/sqlite.h"
#include "server/texts/texts.h"

namespace attune::tests {
namespace {

using namespace wire;
using server::say;

const Keys kPhone = keys_of(1);
const Keys kOther = keys_of(5);

TEST(Program, AnswersUntilItIsAskedToStopAndEndsWell) {
  for (const int signal : {SIGTERM, SIGINT}) {
    const Folder folder;
    Attuned attuned(folder.path() / "data");
    EXPECT_TRUE(attuned.client().get("/healthz").ends_with("ok"));
    attuned.program().signal(signal);
    EXPECT_EQ(attuned.program().wait(), 0);
    EXPECT_NE(attuned.program().output().find(say("stop.done")), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "data" / "attuned.db-wal")) << "all of it is in one file";
  }
}

TEST(Program, SaysWhereItIsAndThatPhonesNeedHttps) {
  const Folder folder;
  Attuned attuned(folder.path());
  EXPECT_TRUE(attuned.program().prints(say("start.local-only"))) << attuned.program().output();
  EXPECT_NE(attuned.program().output().find(say("start.listening", {{"address", attuned.origin()}})), std::string::npos)
      << attuned.program().output();
}

TEST(Program, BehindHttpsItSaysThatAddressAndNothingOfThisComputer) {
  const Folder folder;
  const std::string port = std::to_string(free_port());
  Program program({"--port", port, "--data", folder.path().string(), "--origins", "https://attune.example"});
  EXPECT_TRUE(program.prints(say("start.listening", {{"address", "https://attune.example"}}))) << program.output();
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
  EXPECT_EQ(program.output().find(say("start.local-only")), std::string::npos) << program.output();
}

TEST(Program, SaysItsVersionAndLeaves) {
  const Ended said = run_program({"--version"});
  EXPECT_EQ(said.code, 0);
  EXPECT_TRUE(said.output.starts_with("attuned ")) << said.output;
}

TEST(Program, KeepsItsDataToItself) {
  const Folder folder;
  const Attuned attuned(folder.path() / "data");
  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(folder.path() / "data").permissions() & perms::others_all, perms::none);
  for (const auto& entry : std::filesystem::directory_iterator(folder.path() / "data")) {
    EXPECT_EQ(entry.status().permissions() & (perms::others_all | perms::group_all), perms::none) << entry.path();
  }
}

TEST(Program, APortInUseIsOneSentenceAndNoDataIsMade) {
  const Folder folder;
  const Attuned attuned(folder.path() / "first");
  const std::string port = attuned.origin().substr(attuned.origin().rfind(':') + 1);
  const Ended ended = run_program({"--port", port, "--data", folder.path() / "second"});
  EXPECT_EQ(ended.code, 1);
  EXPECT_EQ(ended.output, say("refuse.port-in-use", {{"port", port}}) + "\n");
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "second"));
}

Ended start_on(const std::filesystem::path& data) {
  return run_program({"--port", std::to_string(free_port()), "--data", data.string()});
}

TEST(Program, ADataFolderThatCanNotBeWrittenIsOneSentence) {
  const Folder folder;
  std::ofstream(folder.path() / "file") << "x";
  const std::string path = folder.path() / "file" / "data";
  const Ended ended = start_on(path);
  EXPECT_EQ(ended.code, 1);
  EXPECT_EQ(ended.output, say("refuse.data-unwritable", {{"path", path}}) + "\n");
}

TEST(Program, DataInUseIsOneSentence) {
  const Folder folder;
  const Attuned attuned(folder.path());
  const Ended ended = start_on(folder.path());
  EXPECT_EQ(ended.code, 1);
  EXPECT_EQ(ended.output, say("refuse.data-in-use", {{"path", folder.path().string()}}) + "\n");
}

TEST(Program, DataOfANewerVersionIsOneSentenceAndStaysAsItIs) {
  const Folder folder;
  {
    Attuned attuned(folder.path());
    attuned.program().signal(SIGTERM);
    attuned.program().wait();
  }
  sqlite3* db = nullptr;
  sqlite3_open((folder.path() / "attuned.db").c_str(), &db);
  sqlite3_exec(db, "PRAGMA user_version = 999", nullptr, nullptr, nullptr);
  sqlite3_close(db);
  const auto before = contents_of(folder.path());
  const Ended ended = start_on(folder.path());
  EXPECT_EQ(ended.code, 1);
  EXPECT_EQ(ended.output, say("refuse.data-newer", {{"path", folder.path().string()}}) + "\n");
  EXPECT_EQ(contents_of(folder.path()), before);
}

TEST(Program, ADamagedStoreIsOneSentenceAndStaysAsItIs) {
  const Folder folder;
  std::ofstream(folder.path() / "attuned.db") << std::string(9000, 'x');
  const auto before = contents_of(folder.path());
  const Ended ended = start_on(folder.path());
  EXPECT_EQ(ended.code, 1);
  EXPECT_EQ(ended.output, say("refuse.data-corrupt", {{"path", folder.path().string()}}) + "\n");
  EXPECT_EQ(contents_of(folder.path()), before);
}

TEST(Program, AMissingWebAppIsSaidAndTheRelayServesAllTheSame) {
  const Folder folder;
  Attuned attuned(folder.path(), {"--web", "/does/not/exist"});
  EXPECT_NE(attuned.program().output().find(say("start.no-web", {{"path", "/does/not/exist"}})), std::string::npos);
  EXPECT_TRUE(attuned.client().get("/").starts_with("HTTP/1.1 404"));
  attuned.member(kPhone);
}

TEST(Program, AFullDiskIsSaidAndRefusedAndReadingGoesOn) {
  const Folder folder;
  Log log(kPhone, ours_genesis(kPhone, kOther));
  Attuned attuned(folder.path(), {}, {.most_file_bytes = 600'000});
  Client phone = attuned.member(kPhone);
  phone.send(log.append(1, 0));
  ASSERT_TRUE(phone.expect<Stored>());
  for (;;) {
    log.event(kPhone, 100'000);
    phone.send(log.append(2, log.head()));
    const auto answer = phone.hear();
    ASSERT_TRUE(answer);
    if (const auto* refused = std::get_if<Refused>(&*answer)) {
      ASSERT_EQ(refused->code, kServerFull.number);
      break;
    }
    ASSERT_LT(log.head(), 20U);
  }
  EXPECT_TRUE(attuned.program().prints(say("run.disk-full")));
  EXPECT_TRUE(attuned.client().get("/healthz").ends_with("ok"));
  Welcome welcome;
  Client other = attuned.member(kOther, &welcome);
  ASSERT_EQ(welcome.streams.size(), 1U);
  EXPECT_EQ(welcome.streams[0].head, log.head() - 1);
  other.send(Follow{.stream = log.id(), .from = 1});
  EXPECT_EQ(other.expect<Records>()->records.at(0), encode(log.at(1)));
}

TEST(Program, ItsLogNamesNoAddressKeyOrStream) {
  const Folder folder;
  Attuned attuned(folder.path(), {"--log-level", "debug"});
  const Log log(kPhone, mine_genesis(kPhone));
  Client phone = attuned.member(kPhone);
  phone.send(log.append(1, 0));
  ASSERT_TRUE(phone.expect<Stored>());
  Client wrong = attuned.client();
  wrong.arrive(kPhone, "https://elsewhere.example");
  attuned.program().signal(SIGTERM);
  attuned.program().wait();
  const auto hex = [](ByteView bytes) {
    std::string out;
    for (const std::uint8_t byte : bytes.first(4)) {
      out += "0123456789abcdef"[byte >> 4];
      out += "0123456789abcdef"[byte & 15];
    }
    return out;
  };
  const std::string& output = attuned.program().output();
  EXPECT_FALSE(output.empty());
  for (const std::string& secret : {hex(kPhone.sign.view()), hex(log.id().view()), std::string("127.0.0.1")}) {
    EXPECT_EQ(output.find(secret), std::string::npos) << output;
  }
}

}  // namespace
}  // namespace attune::tests
