#include "server/store/sqlite.h"

#include <algorithm>
#include <utility>

#include "server/store/sqlite_view.h"

namespace attune::server {

namespace {

// Works put into one transaction: many enough for the disk to be waited for rarely, few enough for an answer in time.
constexpr std::size_t kMostTogether = 512;
constexpr auto kIdle = std::chrono::milliseconds(200);
// A part of a long log, by which it grows before folding it in is tried again.
constexpr int kAgain = 8;

}  // namespace

std::expected<SqliteStore::Opened, StoreFault> SqliteStore::open(const std::filesystem::path& folder, Options options) {
  auto file = open_file(folder, kFileName, options.most_bytes);
  if (!file) return std::unexpected(file.error());
  Opened out{.store = nullptr, .made = file->made, .upgraded = file->upgraded};
  try {
    out.store.reset(new SqliteStore(folder / kFileName, std::move(*file), std::move(options)));
  } catch (const StoreTrouble&) {
    return std::unexpected(StoreFault::unwritable);
  }
  return out;
}

SqliteStore::SqliteStore(std::filesystem::path file, OpenedFile opened, Options options)
    : file_(std::move(file)),
      lock_(std::move(opened.lock)),
      options_(std::move(options)),
      writer_(std::move(opened.database)),
      log_room_(*writer_),
      checkpointer_(file_),
      thread_() {
  sqlite3_wal_hook(
      writer_->raw(),
      [](void* self, sqlite3*, const char*, int pages) {
        static_cast<SqliteStore*>(self)->log_grew(pages);
        return SQLITE_OK;
      },
      this);
  thread_ = std::thread([this] { run(); });
}

SqliteStore::~SqliteStore() { stop(); }

void SqliteStore::write(Work work, Done done) {
  Outcome refused = Outcome::stopping;
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_ && waiting_.size() < options_.most_waiting) {
      waiting_.push_back({std::move(work), std::move(done)});
      wake_.notify_one();
      return;
    }
    if (!stopping_) refused = Outcome::busy;
  }
  done(refused);
}

void SqliteStore::read(const std::function<void(Reading&)>& work) {
  std::unique_ptr<Database> reader;
  {
    const std::lock_guard lock(readers_mutex_);
    if (!readers_.empty()) {
      reader = std::move(readers_.back());
      readers_.pop_back();
    }
  }
  if (!reader) reader = std::make_unique<Database>(file_, Database::Mode::read);
  {
    // One transaction, so that all of the work sees one state. A reader that failed is thrown away with it.
    reader->statement("BEGIN").run();
    SqliteView view(*reader);
    work(view);
    reader->statement("COMMIT").run();
  }
  const std::lock_guard lock(readers_mutex_);
  readers_.push_back(std::move(reader));
}

void SqliteStore::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    wake_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
}

void SqliteStore::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    const auto something = [&] { return stopping_ || !waiting_.empty(); };
    if (dirty_ || erased_) {
      if (!wake_.wait_for(lock, kIdle, something)) {
        lock.unlock();
        checkpoint();
        lock.lock();
        continue;
      }
    } else {
      wake_.wait(lock, something);
    }
    if (waiting_.empty()) return;
    std::vector<Job> jobs;
    while (!waiting_.empty() && jobs.size() < kMostTogether) {
      jobs.push_back(std::move(waiting_.front()));
      waiting_.pop_front();
    }
    lock.unlock();
    commit(jobs);
    // Who reads for long, as a backup does, keeps the log from beginning anew: that is not tried again in every commit.
    if (log_pages_ > std::max(options_.long_log, folded_at_ + options_.long_log / kAgain)) checkpointer_.begin();
    if (checkpointer_.ended()) checkpoint();
    log_room_.keep_ahead(log_pages_);
    lock.lock();
  }
}

void SqliteStore::commit(std::span<Job> jobs) {
  const Outcome together = transact(jobs);
  if (together == Outcome::committed || jobs.size() == 1) {
    report(together);
    for (const Job& job : jobs) job.done(together);
    return;
  }
  for (Job& job : jobs) {
    const Outcome alone = transact({&job, 1});
    report(alone);
    job.done(alone);
  }
}

Outcome SqliteStore::transact(std::span<const Job> jobs) {
  SqliteView view(*writer_);
  Outcome outcome = Outcome::committed;
  try {
    writer_->statement("BEGIN IMMEDIATE").run();
    for (const Job& job : jobs) job.work(view);
    writer_->statement("COMMIT").run();
    dirty_ = true;
    erased_ = erased_ || view.erased();
  } catch (const StoreTrouble& trouble) {
    outcome = trouble.kind == StoreTrouble::Kind::full ? Outcome::full : Outcome::trouble;
  } catch (const std::bad_alloc&) {
    outcome = Outcome::trouble;
  }
  if (writer_->in_transaction()) sqlite3_exec(writer_->raw(), "ROLLBACK", nullptr, nullptr, nullptr);
  return outcome;
}

void SqliteStore::report(Outcome outcome) {
  if (std::exchange(health_, outcome) != outcome && options_.health) options_.health(outcome);
}

// What could not be done is tried again in the next idle time.
void SqliteStore::checkpoint() {
  const bool whole = checkpointer_.fold_in(*writer_, erased_);
  folded_at_ = std::max(folded_at_, std::exchange(log_pages_, 0));
  if (!whole) return;
  dirty_ = false;
  erased_ = false;
}

void SqliteStore::log_grew(int pages) {
  log_pages_ = pages;
  if (pages < folded_at_) folded_at_ = 0;
}

}  // namespace attune::server
