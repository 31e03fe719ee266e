// One connection's side of the relay; see relay.h for what it promises.
#pragma once

#include <boost/container/flat_set.hpp>
#include <list>
#include <map>
#include <set>

#include "server/relay/following.h"
#include "server/relay/inbox.h"
#include "server/relay/relay.h"

namespace attune::server {

class RelaySession final : public Session {
 public:
  RelaySession(Relay& relay, Entrance entrance, std::function<void()> wake);
  ~RelaySession() override;
  RelaySession(const RelaySession&) = delete;
  RelaySession& operator=(const RelaySession&) = delete;

  void receive(ByteView message, Time now) override;
  [[nodiscard]] bool ready() const override;
  std::optional<Bytes> next(Time now, std::size_t batch_bytes) override;
  [[nodiscard]] bool ended() const override { return state_ == State::ended; }
  [[nodiscard]] bool proven() const override { return state_ == State::proven; }
  void stop() override;

 private:
  enum class State : std::uint8_t { greeting, challenged, proven, ended };

  void on(const wire::Hello& message, Time now);
  void on(const wire::Prove& message, Time now);
  void on(wire::Append message, Time now);
  void on(const wire::Follow& message, Time now);
  void on(const wire::MailPut& message, Time now);
  void on(const wire::MailFollow& message, Time now);
  void on(const wire::MailBurn& message, Time now);
  void on(const wire::PushKeyAsk& message, Time now);
  void on(const wire::PushSet& message, Time now);
  void on(const wire::PushClear& message, Time now);
  void on(const wire::WakeAt& message, Time now);
  void on(wire::SlotPut message, Time now);
  void on(const wire::SlotGet& message, Time now);
  void on(wire::Signal message, Time now);
  bool admit(const wire::FromDevice& message, Time now);
  bool signed_by_key(const wire::Prove& message) const;

  /// A request whose answer is nothing but that it was done.
  void keep(std::uint32_t request, std::function<Result<>(Writing&)> work);
  void say(const wire::FromRelay& message);
  void refuse_request(std::uint32_t request, const ErrorCode& error);
  void end(const ErrorCode& error);
  void listen(const Topic& topic);
  bool read(const std::function<void(Reading&)>& work);

  void take_in();
  void take_in(const Answer& answer);
  void take_in(News news);
  void announce_joined();
  void announce_mail(Time now);
  void hand_out_slot(Time now, std::size_t batch_bytes);
  void deliver(std::size_t batch_bytes);
  void hand_out_signal();

  Relay& relay_;
  Entrance entrance_;
  std::shared_ptr<Inbox> inbox_;
  State state_ = State::greeting;
  SignKey key_;
  Challenge device_nonce_;
  Bucket messages_;
  Bucket signals_{20, 2'000};  ///< ten a second
  std::uint32_t rooms_ = 0;    ///< streams it listens for signals of
  std::uint32_t in_flight_ = 0;
  std::list<Bytes> out_;  ///< takes no memory while there is nothing to say, which is nearly always
  std::map<StreamId, Following> streams_;
  std::map<StreamId, std::multiset<std::uint64_t>> pending_;  ///< first positions of appends not decided yet
  std::optional<wire::SlotGet> slot_due_;                     ///< the piece asked for, read when it can be sent
  std::optional<StreamId> turn_;                              ///< the stream served last
  std::map<MailboxId, bool> mailboxes_;                       ///< followed ones → something to tell
  boost::container::flat_set<StreamId> known_;                ///< streams the device was told it is a member of
  bool membership_due_ = false;
  bool present_ = false;  ///< known to the relay as connected
  boost::container::flat_set<Topic> topics_;
};

}  // namespace attune::server
