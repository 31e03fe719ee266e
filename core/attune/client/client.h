// One device of one person: keeps commands, talks to the relay, folds what is confirmed, answers views.
//
// Split by what it does: boot.cpp (rows), snapshot.cpp (what the fold came to), doing.cpp (commands), session.cpp (the
// relay's frames), taking_in.cpp (its records), sending.cpp (mine), pairing.cpp, inviting.cpp and joining.cpp (an
// invitation), taking_up.cpp (which shared stream is ours), coming_over.cpp (a new device), slot*.cpp (what it is shown
// meanwhile), leaving.cpp, mending.cpp (going on behind a fork), own_devices.cpp (adding and removing them), waking.cpp
// (push), signalling.cpp (who is in the room), recovering.cpp (the twelve words), showing.cpp, unsent.cpp (views).
// Every public call leaves the client in a state that its stored rows describe: whatever changes durably goes into one
// Store before anything is sent.
#pragma once

#include <memory>

#include "attune/client/errors.h"
#include "attune/client/exchange.h"
#include "attune/client/history.h"
#include "attune/client/requests.h"
#include "attune/client/rows.h"
#include "attune/client/views.h"
#include "attune/jar/view.h"
#include "attune/space/enrol.h"
#include "attune/space/invitation.h"
#include "attune/space/mending.h"
#include "attune/space/phrase.h"
#include "attune/space/signal.h"
#include "attune/space/step.h"
#include "attune/today/view.h"
#include "attune/us/view.h"
#include "wire/frames.h"
#include "wire/tagged.h"

namespace attune::client {

/// The longest that a command can be held back to be undone; ms.
inline constexpr std::int64_t kMostHold = 60'000;
/// ms until a mail that a relay did not take is put again.
inline constexpr std::int64_t kRetryMail = 5'000;
/// ms for which what the other's device said of a room counts; it says so again every five seconds.
inline constexpr std::int64_t kHeardFor = 15'000;

/// On the way back by the twelve words. In memory only: the phrase is kept nowhere.
struct Recovering {
  RecoveringState state = RecoveringState::none;
  crypto::DeviceKeys phrase;
  crypto::DeviceKeys device;
  std::string relay;
  std::optional<StreamId> mine;
  std::optional<StreamId> ours;
  bool mine_read = false;
  std::vector<wire::Known> offered;  ///< shared streams the relay lists, not looked at yet
  std::vector<SignKey> keep;
  std::optional<std::string> code;
};

class Client {
 public:
  explicit Client(Entropy entropy) : entropy_(std::move(entropy)) {}

  /// Errors: storage-newer, storage-corrupt.
  Result<> boot(std::vector<Row> rows, Now now);
  /// The same in three steps, for who wants to read before all records are here (Core says more).
  Result<> boot_early(std::vector<Row> rows);
  void hand_over(std::vector<Row> rows);
  Result<> boot_whole(Now now);
  /// The rows that were asked for since the last call and are not here.
  std::vector<std::string> take_missed();

  Result<Json> command(std::string_view name, const Json& args, std::int64_t hold_ms, Now now);
  Result<Json> view(std::string_view name, const Json& args, Now now);
  void connected(Now now);
  void disconnected(Now now);
  void received(ByteView frame, Now now);
  void tick(Now now);
  std::vector<Effect> take_effects();

 private:
  enum class Session : std::uint8_t { offline, dialling, greeting, proving, welcomed };
  /// A mail on its way into a mailbox.
  struct Mailing {
    MailboxId mailbox;
    std::uint8_t kind = 0;
    bool operator==(const Mailing&) const = default;
  };
  struct InFlight {
    std::uint32_t request = 0;
    std::vector<Bytes> raw;
    bool resend = false;  ///< history the relay had lost
    bool leaving = false;  ///< the `close` of a history that is not mine
  };
  /// A stream of mine or ours as this device holds it, and how far the relay is known to hold it.
  struct Line {
    std::unique_ptr<log::Stream> stream;
    std::optional<std::uint64_t> relay_next;  ///< the relay's head + 1; none: not told in this session
    Hash relay_history;  ///< its R(head), as it last said
    bool following = false;
    bool told = false;  ///< the relay has answered the follow of this session
    std::uint64_t stored = 0;  ///< how many of its records lie in rows
    bool folding = false;  ///< what is here and can be read is folded a slice at a time, and not all of it yet
    std::optional<std::uint64_t> unsound;  ///< a record to be given back whose signature is not its author's
    std::optional<InFlight> in_flight;
    /// R of every record sealed here whose answer has not come: any of them may yet turn up in the history.
    std::vector<Hash> unanswered;
    std::optional<std::int64_t> retry_at;  ///< the relay could not store; ms
    std::int64_t refused_ms = 0;  ///< how long that was waited for last, since it stored something; ms
    [[nodiscard]] bool more_to_come() const { return told && relay_next && *relay_next > stream->next(); }
    [[nodiscard]] bool caught_up() const { return told && relay_next && *relay_next == stream->next(); }
  };
  /// What commands add up to on top of the confirmed history.
  struct Projection {
    const Fold& fold;  ///< the confirmed one as long as nothing waits
    std::unique_ptr<Fold> own;
    std::map<std::pair<wire::StreamKind, EventId>, Json> contents;
    std::map<std::uint64_t, log::Plan> plans;  ///< by the command's number; a refused one is missing
  };
  class Overlay;
  // boot.cpp
  Result<> load_streams(std::vector<Row> rows, bool partly);
  Result<> load_small(const std::vector<Row>& rows);
  void begin(Now now);
  void put(std::string_view row, const Json& value);
  void put_raw(std::string row, Bytes value);
  void remove(std::string row);
  void keep_profile();
  void keep_line(Line& line);  ///< its records that lie in no row yet
  void flush();  ///< everything put since goes out as one Store, before any effect behind it
  void rebuild_history();
  void follow_streams();

  // snapshot.cpp
  struct Snapshot;
  void keep_snapshot();
  [[nodiscard]] std::optional<std::uint64_t> whole_records() const;
  [[nodiscard]] Bytes folded() const;
  [[nodiscard]] static std::optional<StreamId> ours_of(ByteView folded);
  [[nodiscard]] bool of_one_stream() const;
  [[nodiscard]] std::optional<Snapshot> read_snapshot(Bytes row) const;

  // doing.cpp
  Result<Json> do_space(std::string_view name, const Json& args, std::int64_t hold_ms, Now now, bool& known);
  Result<Json> enqueue(std::string_view name, const Json& args, std::int64_t hold_ms, Now now, bool system);
  Result<log::Plan> plan(const Queued& queued, const Fold& fold, const log::Contents& contents);
  Result<log::Plan> plan_space(const Queued& queued, const space::CommandContext& context, const Fold& fold,
                               bool& known);
  template <class Request>
  Result<Json> perform(const Request& request, std::int64_t hold_ms, Now now);
  Result<> start(const std::string& name, const std::string& relay, Now now);
  void settle(Now now);  ///< drops commands that are in the log, queues what the space itself owes
  void let_go_drafts();
  void queue_openings(Now now);
  void queue_own_accord(Now now);
  void drop_command(std::uint64_t number);
  const Projection& projection();
  /// The confirmed history with waiting commands on top: all of them, or only those that write to *mine*.
  Projection project(bool only_mine);
  [[nodiscard]] std::vector<EventId> taken_away(const Line& line, const std::vector<EventId>& events) const;
  void copy_what_goes(const std::vector<EventId>& gone, Now now);
  void refuse_later(const Queued& queued, Now now);
  void notice(const ErrorCode& code, Now now);

  // session.cpp
  /// Where this device belongs now: at the relay of *mine*, or at that of a link it looks at or still has to refuse.
  [[nodiscard]] const std::string& relay_wanted() const;
  /// Connected to a relay that is not the one of *mine*: nothing but the mailbox of the link is spoken of there.
  [[nodiscard]] bool elsewhere() const { return !recovering_ && (!profile_ || dialled_ != profile_->relay); }
  void change_relay(Now now);
  void dial(Now now);
  void hang_up(Now now, const ErrorCode& why);
  void send(const wire::FromDevice& frame);
  void take(const wire::Challenged& frame, Now now);
  void take(const wire::Welcome& frame, Now now);
  void take(const wire::Stored& frame, Now now);
  void taken_in();
  void take(const wire::Moved& frame, Now now);
  void take(const wire::Refused& frame, Now now);
  void take(const wire::Records& frame, Now now);
  void take(const wire::Mail& frame, Now now);
  void take(const wire::Joined& frame, Now now);
  void take(const wire::Fault& frame, Now now);
  void take(const wire::Signalled& frame, Now now);
  void take_up_streams(Now now);  ///< what the welcome listed, at the relay of *mine*
  void follow(Line& line);
  void moved_away(Line& line, const wire::Moved& frame, Now now);
  void follow_refused(const ErrorCode* code, Now now);
  /// What the relay is known to hold of the stream says that this device belongs to it.
  [[nodiscard]] bool seated(const Line& line) const;
  [[nodiscard]] bool removed(const Line& line) const;
  [[nodiscard]] bool forked(const Line& line) const;
  void set_alarm(Now now);
  void mind_the_clock(Now now);
  [[nodiscard]] const crypto::DeviceKeys& session_keys() const;

  // taking_in.cpp
  bool ingest(Line& line, const std::vector<Bytes>& raw, Now now);
  void after_ingest(Line& line, std::uint64_t from, const std::vector<std::uint64_t>& filled, Now now);
  void look_for_strangers(Line& line, std::uint64_t from, Now now);
  void keep_unanswered(const Line& line);
  void forget_unanswered(Line& line, const InFlight& flight);
  void check_place(Now now);
  void name_strangers(Now now);
  void fold_news(Line& line, wire::StreamKind kind, Now now);
  void fold_slice(Line& line, wire::StreamKind kind, Now now);
  void fold_on(Now now);
  void name_withheld(Now now);

  // sending.cpp
  void pump(Now now);
  void pump_line(Line& line, wire::StreamKind kind, Now now);
  void resend(Line& line, Now now);
  bool send_control(Line& line, wire::StreamKind kind, Now now);
  void send_ours(Line& line, Now now);
  void send_mine(Line& line, Now now);
  void append(Line& line, std::vector<wire::Record> records, bool wake, bool resend,
              const std::vector<wire::Record>& ahead = {});
  [[nodiscard]] bool fits_a_beat(const std::vector<log::NewEvent>& events) const;
  std::optional<wire::Control> owed_by_mine(Now now);
  std::optional<wire::Control> owed_by_ours(Now now);
  [[nodiscard]] std::vector<wire::Member> own_members(std::uint8_t person) const;
  [[nodiscard]] std::optional<log::Place> ours_place() const;

  // pairing.cpp
  Result<> same_words(const SameWords& request, Now now);
  Result<> different_words(Now now);
  void attend_mailboxes();
  void mail_stored(const Mailing& put);
  void mail_refused(const Mailing& put, const ErrorCode& why, Now now);
  void put_mail(const crypto::Key& s, std::uint8_t kind, ByteView body, bool create);
  void keep_invitation();
  void keep_joining();
  void keep_refusals();
  void refuse_exchange(const Hash& s, const std::string& relay, space::Refusal reason, std::int64_t until);

  // inviting.cpp
  Result<Json> invite(const Invite& request, Now now);
  Result<Json> add_device(const AddDevice& request, Now now);
  Result<Json> open_invitation(const std::string& app, space::Invited role, Now now);
  Result<> cancel_invitation(Now now);
  void end_invitation(InvitationEnd why, Now now);
  void expire_invitation(Now now);  ///< its day is over, whoever looks at it first
  [[nodiscard]] bool nobody_comes_any_more(Now now) const;
  void turn_guest_away(Now now);
  void invitation_mail(const wire::Mail& mail, Now now);
  void approved_mail(const wire::Mail& mail, Now now);
  [[nodiscard]] bool guest_is_in() const;  ///< whom my invitation brought has written
  [[nodiscard]] bool ours_is_of_invitation() const;
  void hand_over();
  Result<> found_ours(const space::M2& m2, Now now);

  // joining.cpp
  Result<> join(const Join& request, Now now);
  void take_new_keys();
  Result<> accept(const Accept& request, Now now);
  Result<> decline(Now now);
  void end_joining(JoiningEnd why, Now now);
  void go_back();
  void joining_mail(const wire::Mail& mail, Now now);

  // taking_up.cpp
  void meet_next(Now now);  ///< shared streams the relay lists for my key: read, until one proves to be mine or not
  [[nodiscard]] bool may_be_ours(const wire::Known& known) const;  ///< it has not shown yet that it is not
  enum class Fit : std::uint8_t { no, perhaps, yes };
  /// Whether a stream that the relay lists for my key is the one I share.
  [[nodiscard]] Fit fit(const log::Stream& stream) const;
  void take_up(const StreamId& id, Now now);
  void take_up_ours(Now now);  ///< whichever shared stream of the relay is mine after all; drops what is not
  void name_second_space(Now now);

  // coming_over.cpp
  /// In, and waiting for the shared space that the device which let this one in has named.
  [[nodiscard]] bool coming_over() const { return started() && active(joining_) && joining_->own(); }
  [[nodiscard]] std::optional<StreamId> mine_to_be() const;
  [[nodiscard]] bool stays(const Line& line) const;
  void forget_mine_to_be();
  void drop_line(const StreamId& id);
  void come_over(Now now);
  [[nodiscard]] std::optional<ComingView> coming_view() const;

  // slot.cpp
  void attend_slot(Now now);
  bool slot_answered(std::uint32_t request, const ErrorCode* refused, Now now);
  bool slot_unknown();
  void forget_slot_session();

  // slot_filling.cpp
  /// A snapshot on its way into the slot, for a device that comes in.
  struct Outgoing {
    Hash id;
    std::vector<Bytes> pieces;
    std::size_t next = 0;  ///< of these, the one to be put
    Bytes letter;  ///< m6: tells of it
    std::uint64_t erasures = 0;  ///< as many had been when it was made
    std::optional<std::uint32_t> request;
  };
  [[nodiscard]] bool fills_slot() const;
  [[nodiscard]] bool is_worth_a_snapshot() const;
  [[nodiscard]] bool tables_agree() const;
  [[nodiscard]] std::uint64_t erasures() const;
  [[nodiscard]] bool guest_is_seated(const SignKey& guest) const;
  void fill_slot(Now now);
  void leave_slot_empty();
  void empty_slot();
  std::uint32_t put_nothing();
  void slot_told_of();
  std::optional<Outgoing> snapshot_for(const space::M2& guest, Now now);

  // slot_showing.cpp
  /// What has come of one.
  struct Incoming {
    Hash id;
    std::size_t pieces = 0;
    Bytes sealed;
  };
  void take_letter_of_snapshot(const wire::Mail& mail);
  void fetch_snapshot();
  void take(const wire::Slot& frame, Now now);
  bool open_ahead(const Bytes& sealed);
  void mind_ahead();
  void drop_ahead();
  void wait_for_what_is_shown();
  std::optional<Json> view_ahead(std::string_view name, Now now);
  bool waits_for_the_rest(Error refused, std::string_view name, const Json& args, Now now);

  // signalling.cpp
  /// What one device of the other's has been believed in a room.
  struct HeardFrom {
    space::SignalToken token;  ///< the last that was believed
    std::uint64_t counter = 0;  ///< the highest with it
    std::vector<space::SignalToken> retired;  ///< believed before: what says one of them is played back
  };
  /// The room this device is in, with whom it has heard there. In memory only.
  struct Room {
    EventId item;
    space::Say mine = space::Say::here;
    space::SignalToken token;  ///< of this stay
    space::SignalToken echo;  ///< of who was heard last, believed or not; zeros: of nobody
    std::map<SignKey, HeardFrom> heard;
    std::int64_t answers_free_at = 0;  ///< ms; as early as this an answer costs nothing
    std::optional<space::Say> other;  ///< none: not heard, or not for long
    std::int64_t heard_at = 0;  ///< ms
  };
  [[nodiscard]] std::optional<crypto::Key> room_key(const EventId& item) const;
  Result<> say_signal(const SaySignal& request);
  bool send_signal();
  void answer_signal(Now now);
  void believe(const SignKey& from, const space::Signal& signal, Now now);
  void mind_the_room(Now now);
  bool signals_unknown();
  [[nodiscard]] PresenceView presence_view() const;

  // leaving.cpp
  void leave_ours(Now now);  ///< forgets a shared stream that nobody else was ever in
  void drop_ours(Now now);
  void put_aside_ours();  ///< a closed space makes room for another; its records stay on this device
  Result<> close_ours(Now now);
  void send_close_of_fork(Line& line);

  // mending.cpp
  Result<> mend(Now now);
  Result<> mend_confirm(const MendConfirm& request, Now now);
  Result<> propose(Now now);
  void part_at(const Line& line, const wire::Record& against);
  void seek_parting(Line& line);
  [[nodiscard]] std::optional<std::uint64_t> common_place() const;
  void stop_writing(const StreamId& id);
  void meet_successor();
  void mind_successor(Now now);
  bool weigh(const StreamId& id, Line& line, Now now);
  void give_up_successor();
  void pump_successor(Line& line);
  std::optional<wire::Control> owed_by_successor(const Line& line);
  [[nodiscard]] bool agreed_by_me(const Line& line) const;
  void go_on_in_successor(Now now);
  bool follow_earlier();
  /// The earlier stream that is not here yet, and the place up to which it is needed.
  [[nodiscard]] std::optional<wire::Continues> missing_earlier() const;
  void fetch_earlier();
  void take_up_earlier(Now now);
  void forget_earlier();
  void let_go_earlier(const EventId& event);
  void let_go_earlier(const std::vector<EventId>& events);
  void let_go_behind();
  void write_again(const practices::LeftOut& left, Now now);
  std::vector<practices::LeftOut> left_out(const Fold& fold, const log::Contents& contents, std::uint64_t from) const;
  [[nodiscard]] std::vector<EventId> took_back(const Fold& fold, std::uint64_t from) const;
  MendingView mending_view();
  EarlierView earlier_view();

  // own_devices.cpp
  void meet_mine();  ///< the *mine* of the device I have compared words with, once the relay lists it for my key
  void take_up_mine(Now now);
  Result<> remove_device(const RemoveDevice& request, Now now);
  void take_out(const SignKey& key);
  [[nodiscard]] bool being_removed(const SignKey& key) const;
  /// Errors: too-many-members.
  [[nodiscard]] Result<> room_for_a_key() const;
  /// Would the stream take this change of mine? Errors: the control rules of wire/errors.h.
  [[nodiscard]] Result<> may_change(const log::Stream& stream, const std::vector<wire::Member>& adds,
                                    const std::vector<SignKey>& removes) const;
  /// Those of them that it would take; the others are named once.
  std::vector<wire::Member> addable(const log::Stream& stream, std::vector<wire::Member> adds,
                                    const std::vector<SignKey>& removes, Now now);
  /// The next key on its way into *mine*; what can not come in is given up, with a notice.
  std::optional<wire::Control> next_addition(Now now);

  // waking.cpp
  Result<> push_ask();
  Result<> push_set(const PushSet& request);
  Result<> push_clear();
  Result<> wake_at(const WakeAt& request);
  void attend_push(Now now);
  void attend_wake_times(Now now);
  bool push_answered(std::uint32_t request, const ErrorCode* refused);
  void forget_push_session();
  [[nodiscard]] NotificationsView notifications_view() const;
  void take(const wire::PushKey& frame, Now now);

  // recovering.cpp
  Result<> recover(const Recover& request, Now now);
  Result<> recover_finish(const RecoverFinish& request, Now now);
  void recovering_welcomed(const wire::Welcome& frame, Now now);
  void recovering_progress(Now now);
  bool recovering_found_ours(Now now);
  void recovering_follow(const wire::Known& known);
  [[nodiscard]] bool brought_in_by_me(const log::Stream& stream) const;
  void recovering_append();
  void recovering_finish(Now now);
  Result<> show_phrase();
  Result<> confirm_phrase(const PhraseConfirm& request, Now now);

  // showing.cpp
  template <class V>
  Result<Json> show(const typename V::Args& asked, Now now);
  template <class View>
  Json show_folded();
  AppView app_view(Now now);
  InvitationView invitation_view();
  JoiningView joining_view();
  RecoveryView recovery_view();
  RecoveringView recovering_view();
  [[nodiscard]] UnsentView unsent_view() const;
  std::vector<DeviceView> device_views(const Fold& fold, const log::Contents& contents);
  Result<StepView> step_view(const StepArgs& args);
  std::optional<std::string> person_name(std::uint8_t person);
  std::optional<std::string> my_name();

  // shared
  space::Context context(const Fold& fold, const log::Contents& contents) const;
  [[nodiscard]] bool started() const { return profile_ && profile_->mine.has_value(); }
  [[nodiscard]] bool paired() const { return profile_ && profile_->ours.has_value(); }
  /// The shared space is over: closed by either, or left by me.
  [[nodiscard]] bool closed() const;
  /// Over by my tap, and the relay does not know yet.
  [[nodiscard]] bool close_unsaid() const;
  /// Paired, and the space is not over: nobody else can be invited.
  [[nodiscard]] bool together() const { return paired() && !closed(); }
  [[nodiscard]] std::uint8_t me() const;
  Line* line_of(const StreamId& id);
  Line* mine();
  Line* ours();
  Line* successor();
  [[nodiscard]] const Line* mine() const;
  [[nodiscard]] const Line* ours() const;
  [[nodiscard]] const Line* successor() const;
  /// A line of mine to keep, not one that is only looked at.
  [[nodiscard]] bool kept(const Line& line) const { return &line == mine() || &line == ours() || &line == successor(); }
  /// What *ours* continues and this device, having come later, does not have yet.
  [[nodiscard]] bool fetched(const Line& line) const {
    const auto missing = missing_earlier();
    return missing && line.stream->id() == missing->stream;
  }
  [[nodiscard]] bool phrase_confirmed() const;
  void refresh_sealing();
  void changed() {
    changed_ = true;
    projection_.reset();
  }

  Entropy entropy_;
  Vault vault_;
  std::optional<Profile> profile_;
  std::optional<crypto::DeviceKeys> keys_;
  std::map<StreamId, Line> lines_;
  std::map<StreamId, std::unique_ptr<log::Stream>> earlier_;  ///< that *ours* continues; read only
  History history_;
  std::uint64_t snapshot_records_ = 0;  ///< how many records of both streams the stored snapshot is of
  std::optional<Projection> projection_;
  space::Sealing sealing_;
  std::map<std::uint64_t, Queued> queue_;
  std::uint64_t next_number_ = 1;
  std::map<std::string, std::string> drafts_;
  std::map<std::string, Notice> notices_;
  Local local_;
  std::optional<Invitation> invitation_;
  std::optional<Joining> joining_;
  std::vector<Refusing> refusals_;
  bool refusal_waits_ = false;  ///< its relay was not reached: the one of *mine* has its turn
  std::optional<Recovering> recovering_;
  std::optional<space::Seed> shown_phrase_;  ///< in memory only
  std::vector<std::uint32_t> asked_places_;
  std::vector<std::string> phrase_choices_;
  /// What the device that let this one in has seen, shown until all of it is here; see slot_showing.cpp. Only views are
  /// asked of it.
  std::unique_ptr<Client> ahead_;
  Bytes ahead_row_;  ///< as it was read at the start
  Incoming incoming_;
  std::optional<Outgoing> outgoing_;
  std::optional<std::uint32_t> slot_request_;
  std::optional<std::uint32_t> slot_emptying_;
  std::optional<std::int64_t> slot_retry_at_;  ///< ms
  std::optional<Room> room_;
  std::uint64_t signals_said_ = 0;
  std::string signals_unknown_there_;  ///< the relay that is from before signals; empty: none is known to be
  std::int64_t slot_wait_ms_ = 0;  ///< doubled at each refusal
  bool slot_passed_over_ = false;  ///< nothing is fetched from there in this session
  bool slot_unknown_there_ = false;  ///< a relay from before hung up on it
  std::uint64_t compared_ = 0;  ///< first position of *ours* whose author was not looked up in *mine* yet
  std::uint64_t compare_to_ = 0;  ///< where *ours* ended one message of the relay ago

  Session session_ = Session::offline;
  std::string dialled_;  ///< the relay of this session
  std::int64_t dialled_at_ = 0;  ///< ms
  std::vector<wire::Known> known_;  ///< what it listed at the welcome and since
  std::size_t met_ = 0;  ///< of these, not mine before and followed to see whether they are
  bool earlier_refused_ = false;  ///< the relay does not hand out what *ours* continues; in memory only
  std::uint64_t seek_step_ = 1;  ///< how far back the relay's history is asked for next, after a fork
  std::uint32_t places_missed_ = 0;  ///< proposals that named a place which only one of us has
  std::set<StreamId> refused_;  ///< of these, found to be nobody's of mine; in memory only
  std::set<SignKey> passed_over_;  ///< keys of mine that *ours* does not take; in memory only
  std::optional<StreamId> second_space_;  ///< of another device of mine, named already; in memory only
  Challenge my_challenge_;
  std::uint32_t next_request_ = 1;
  std::map<std::uint32_t, Mailing> mail_requests_;
  std::optional<std::int64_t> mail_retry_at_;  ///< the relay took no mail; ms
  std::optional<Push> push_;
  bool push_wanted_ = false;  ///< a screen has asked what to subscribe with
  bool push_asked_ = false;  ///< in this session
  bool push_told_ = false;  ///< the relay has answered what push_ says, in this session
  bool push_unknown_there_ = false;  ///< a relay from before hung up on the question
  std::optional<wire::PushKey> push_key_;
  std::optional<std::uint32_t> push_request_;
  bool times_told_ = false;  ///< the relay has answered push_->times, in this session
  std::optional<std::uint32_t> times_request_;
  std::optional<std::string> push_refused_;
  std::set<MailboxId> mailboxes_;  ///< followed in this session
  std::set<MailboxId> mailboxes_told_;  ///< of these, answered at least once
  std::set<MailboxId> burning_;  ///< asked to be emptied in this session
  std::int64_t redial_at_ = 0;
  std::int64_t backoff_ms_ = 0;
  std::optional<std::int64_t> last_beat_;
  bool beat_due_ = false;

  std::vector<Row> rows_;
  std::vector<Effect> effects_;
  bool changed_ = false;
  bool missed_ = false;  ///< something was read that is not here, and what came of it was no use
  Now now_;  ///< of the call that is being answered
  std::optional<std::int64_t> alarm_;
};

/// Contents of the confirmed history with those of waiting commands on top.
class Client::Overlay : public log::Contents {
 public:
  Overlay(const History& history, const Projection& projection) : history_(history), projection_(projection) {}
  [[nodiscard]] std::optional<nlohmann::json> content(wire::StreamKind kind, const EventId& id) const override {
    const auto at = projection_.contents.find({kind, id});
    if (at != projection_.contents.end()) return at->second;
    return history_.content(kind, id);
  }

 private:
  const History& history_;
  const Projection& projection_;
};

}  // namespace attune::client
