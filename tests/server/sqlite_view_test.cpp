// What the store's view of its database says of erasing: a log file is emptied only if it may hold what is gone.
#include <functional>

#include "server/folder.h"
#include "server/log.h"
#include "server/store/sqlite.h"
#include "server/store/sqlite_view.h"

namespace attune::tests {
namespace {

using namespace wire;
using server::Database;
using server::SqliteStore;
using server::SqliteView;
using server::Stream;
using server::Time;

struct OpenView {
  Folder folder;
  std::unique_ptr<Database> database = [this] {
    SqliteStore::open(folder.path(), {}).value().store->stop();  // makes the file
    return std::make_unique<Database>(folder.path() / "attuned.db", Database::Mode::write);
  }();
  /// Does this, done in a transaction of its own, leave something erased behind?
  bool erases(const std::function<void(SqliteView&)>& work) {
    SqliteView view(*database);
    database->run("BEGIN IMMEDIATE");
    work(view);
    database->run("COMMIT");
    return view.erased();
  }
};

TEST(SqliteView, BurningAMailboxErasesWhatWasInItOnce) {
  OpenView open;
  const MailboxId box = all<MailboxId>(1);
  const auto burn = [&](SqliteView& view) { view.burn(box); };
  EXPECT_FALSE(open.erases(burn)) << "there is no such mailbox";
  EXPECT_FALSE(open.erases([&](SqliteView& view) {
    view.make_mailbox(box, Time{1});
    view.add_mail(box, Bytes(9));
  }));
  EXPECT_TRUE(open.erases(burn));
  EXPECT_FALSE(open.erases(burn)) << "burnt already";
}

TEST(SqliteView, AnEraseErasesWhatIsThereOnce) {
  OpenView open;
  const Keys phone = keys_of(1);
  Log log(phone, mine_genesis(phone));
  log.event(phone);
  Stream stream{.number = 0,
                .head = log.head(),
                .history = log.history(),
                .bytes = 1,
                .founder = phone.sign,
                .table = *found(log.at(0).header, std::get<Genesis>(*decode_control(*log.at(0).skeleton)))};
  EXPECT_FALSE(open.erases([&](SqliteView& view) {
    view.found(stream);
    for (const Bytes& record : log.append(0, 0).records) view.append(stream, *view_record(record));
  }));
  const auto erase = [&](bool skeletons) {
    return open.erases([&](SqliteView& view) { view.erase(stream, {1}, skeletons); });
  };
  EXPECT_TRUE(erase(false));
  EXPECT_FALSE(erase(false));
  EXPECT_TRUE(erase(true));
  EXPECT_FALSE(erase(true));
  EXPECT_FALSE(open.erases([&](SqliteView& view) { view.erase(stream, {}, false); })) << "blobs alone";
}

}  // namespace
}  // namespace attune::tests
