// Folding a log in beside the writer: never two at once.
#include "server/store/checkpointer.h"

#include <gtest/gtest.h>

#include <thread>

#include "server/folder.h"
#include "server/watched_disk.h"

namespace attune::tests {
namespace {

TEST(Checkpointer, TheWritersOwnIsNotTriedWhileTheOtherIsAtWork) {
  const Folder folder;
  WatchedDisk disk;
  const std::filesystem::path file = folder.path() / "some.db";
  server::Database writer(file, server::Database::Mode::create);
  writer.run("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  server::Checkpointer beside(file);
  disk.hold();
  beside.begin();
  disk.until_held();
  EXPECT_FALSE(beside.fold_in(writer, false));
  EXPECT_FALSE(beside.fold_in(writer, true));
  EXPECT_EQ(disk.checkpoints(), 1);
  disk.release();
  while (!beside.ended()) std::this_thread::yield();
  EXPECT_TRUE(beside.fold_in(writer, true));
  EXPECT_EQ(disk.checkpoints(), 2);
}

}  // namespace
}  // namespace attune::tests
