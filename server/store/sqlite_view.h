// Reading and writing over one SQLite connection. Transactions are the caller's business (sqlite.cpp).
#pragma once

#include "server/store/database.h"

namespace attune::server {

class SqliteView final : public Writing {
 public:
  explicit SqliteView(Database& database) : db_(database) {}

  std::optional<Stream> stream(const StreamId& id) override;
  std::vector<wire::Known> streams_of(const SignKey& key) override;
  std::size_t founded_by(const SignKey& key, wire::StreamKind kind) override;
  bool has_written(const Stream& stream, const SignKey& key, std::uint64_t from, std::uint64_t to) override;
  std::optional<wire::Header> header(const Stream& stream, std::uint64_t position) override;
  std::vector<Bytes> records(const Stream& stream, std::uint64_t from, std::uint64_t to, std::size_t most_records,
                             std::size_t most_bytes) override;
  Slot slot(const Stream& stream) override;
  Bytes slot_piece(const Stream& stream, std::uint8_t piece) override;
  std::optional<Mailbox> mailbox(const MailboxId& id) override;
  std::optional<Subscription> subscription(const SignKey& device) override;
  std::vector<std::uint64_t> wake_times(const SignKey& device) override;
  std::vector<SignKey> due_devices(std::uint64_t until, std::size_t most) override;
  Bytes push_secret() override;

  void found(Stream& stream) override;
  void update(const Stream& stream) override;
  void update_table(const Stream& stream) override;
  void append(const Stream& stream, const wire::RecordView& record) override;
  void erase(const Stream& stream, const std::vector<std::uint64_t>& positions, bool skeletons) override;
  void add_slot_piece(const Stream& stream, const Slot& slot, ByteView bytes) override;
  void empty_slot(const Stream& stream) override;
  void make_mailbox(const MailboxId& id, Time now) override;
  void add_mail(const MailboxId& id, ByteView mail) override;
  void burn(const MailboxId& id) override;
  void tidy(Time expired, Time forgotten) override;
  void subscribe(const SignKey& device, const Subscription& subscription) override;
  void unsubscribe(const SignKey& device) override;
  void set_wake_times(const SignKey& device, const std::vector<std::uint64_t>& times) override;
  void keep_push_secret(ByteView secret) override;

  /// Something that was there was erased through this view: the log file still holds it until a checkpoint.
  [[nodiscard]] bool erased() const { return erased_; }

 private:
  void seat_members(const Stream& stream);
  /// The statement just run took something away, or found nothing to take.
  void note_erased();

  Database& db_;
  bool erased_ = false;
};

}  // namespace attune::server
