/* Listen (core/attune/practices/listen/state.h; core/attune/client/sending.cpp).
 *
 * One session on two phones, from its proposal on. Each person has a device with a beginning of the one history. It shows that
 * beginning with what waits to be sent on top, takes what its person taps, plans it on the newest confirmed state, and has one
 * append on its way, so that two are between them. The relay stores what stands on its newest head and answers `moved` to the
 * rest; it hands records out as late as it likes, and appends or the answers to them get lost with their connection.
 *
 * A tap may come late: it was made in another window, or on another phone of the same person that was out of reach, in sight of
 * something else. With PAUSES a phone is laid aside, and a signal says so to the other. With CHANGED_PARTNER person 1 is a
 * program that writes whatever it likes, whenever it likes, and has the relay on its side.
 *
 * People decide a few things as often as the bounds below say; all else leads on. So every run has an end, and where nothing
 * more can happen the session must be over on both phones: who waits for ever shows as an invalid end state, or by `it_ends`.
 *
 * Not in it: the table, typing and keeping, topics and ideas (none of them moves the floor), `listen.here`.
 */

#ifndef POSTPONES
#define POSTPONES 1 /* other times that are named */
#endif
#ifndef ALMOSTS
#define ALMOSTS 1
#endif
#ifndef NOT_YETS
#define NOT_YETS 3
#endif
#ifndef MORES
#define MORES 1
#endif
#ifndef TIME_OUTS
#define TIME_OUTS 1
#endif
#ifndef STOPS
#define STOPS 1
#endif
#ifndef LATES
#define LATES 1 /* taps that come late */
#endif
#ifndef LOSSES
#define LOSSES 1 /* appends, or answers to them, that get lost with their connection */
#endif
#ifndef PAUSES
#define PAUSES 0 /* times that a phone is laid aside */
#endif
#ifndef TRICKS
#define TRICKS 2 /* records of the changed partner that nobody may count */
#endif

/* Stages. */
#define PROPOSED 0
#define AGREED 1
#define SPEAKING 2
#define SPOKEN 3
#define GIVEN_BACK 4
#define SMALLER_OFFERED 5
#define IS_THERE_MORE 6
#define MAKING_SENSE 7
#define IMAGINING 8
#define FEELING_GIVEN 9
#define THANKING 10
#define TIMED_OUT 11
#define ENDED 12

/* What one can tap, and the event it becomes. */
#define NOTHING 0
#define AGREE 1
#define AGREE_NOW 2 /* and ready, in the same append */
#define DECLINE 3   /* of the asker: withdraw */
#define POSTPONE 4
#define READY 5
#define TIME_OUT 6
#define STOP 7
#define THANK 8
#define PIECE 9 /* from here on moves: listen.moved */
#define SAID_BACK 10
#define YES 11
#define ALMOST 12
#define NOT_YET 13
#define SMALLER 14
#define MORE 15
#define ALL 16
#define MADE_SENSE 17
#define IMAGINED 18
#define FELT 19 /* feels_right or something_else: either moves on, to the swap or to thanks */

#define BIT(person) (1 << (person))
#define BOTH 3
#define NOBODY 2

typedef session { /* Session in state.h */
  byte stage;
  byte before;  /* of a time-out: where it goes on */
  byte asker;   /* who named the time that stands now */
  byte turn;
  byte not_yet; /* to this piece */
  byte ready;
  byte thanked;
  byte step;    /* moves so far */
  byte asked;   /* how often both were asked anew whether it is good: by another time, by a time-out */
  byte piece;   /* how many were said; only the assertions look at it */
}
typedef command {
  byte tap;
  byte names; /* a move: its step; an answer: which asking it answers */
  byte saw;   /* what was in sight: the piece, the asking; only the assertions look at it */
}
typedef device {
  bool sent;   /* the first in the row is on its way, to the position behind what the device holds */
  bool beaten; /* another record stands there, or will before it */
  byte fetch;  /* records that it knows of and does not hold: it sends nothing before they are here */
}

#ifdef CHANGED_PARTNER
#define PHONES 1
#else
#define PHONES 2
#endif

byte first; /* who speaks first */

session fold[1 + 2 * PHONES];
#define HISTORY 0                   /* the fold of everything the relay has stored */
#define VIEW(d) (1 + (d))           /* of what a device holds */
#define SIGHT(d) (1 + PHONES + (d)) /* with what waits there on top: what the screen shows, and offers */

command kept[3 * PHONES];
#define NEXT(d) (3 * (d))           /* two in a row, until they stand in the history */
#define LATER(d) (3 * (d) + 1)
#define LATE(d) (3 * (d) + 2)       /* tapped, and has not come yet */

device have[PHONES];
chan news[PHONES] = [8] of { byte, byte, byte }; /* stored and not yet handed out: whose, what, on */
bool away[2];  /* a phone that was laid aside */
bool shows[2]; /* the pause of the other's */
#ifdef BROKEN_PAUSE_TOLD_ONCE
bool signal[2]; /* one is on its way to this phone */
#endif

/* What nobody in the model looks at. */
bool understood = false; /* the speaker of this turn has said yes to the newest piece */
byte good_now = 0;       /* who has said so since both were asked */

byte postpones = 0;
byte almosts = 0;
byte not_yets = 0;
byte mores = 0;
byte time_outs = 0;
byte stops = 0;
byte lates = 0;
byte losses = 0;
byte pauses = 0;
byte tricks = 0;

hidden byte counts;
hidden byte was;
hidden byte turn_was;
hidden byte sight_of;

/* The event or command that is being looked at. */
hidden byte by;
hidden byte what;
hidden byte on;
hidden byte about;

hidden byte only_the_speakers_yes_moves_on;
hidden byte both_said_that_now_is_good;
hidden byte counts_for_what_was_in_sight;
hidden byte the_floor_is_ones;
hidden byte what_is_sent_counts;
hidden byte stop_always_stops;
hidden byte one_tap_is_enough;
hidden byte views_agree;
hidden byte nobody_is_ever_understood;

/* ---- the machine: may, floor and apply in state.cpp ---- */

#define RUNNING(k) (fold[k].stage >= SPEAKING && fold[k].stage <= THANKING)
#define SPEAKER(k) (fold[k].turn == 0 -> first : 1 - first)
#define IN(k, where) (fold[k].stage == where)
#define FLOOR(k) ( \
  (IN(k, SPEAKING) || IN(k, GIVEN_BACK) || IN(k, IS_THERE_MORE) || IN(k, FEELING_GIVEN)) -> SPEAKER(k) : \
  ((IN(k, SPOKEN) || IN(k, MAKING_SENSE) || IN(k, IMAGINING)) -> 1 - SPEAKER(k) : NOBODY))

#ifdef BROKEN_ANYBODY_MOVES
#define HOLDS(k, who) true
#else
#define HOLDS(k, who) (FLOOR(k) == (who))
#endif
#ifdef BROKEN_MOVES_ON_WITHOUT_A_YES
#define MORE_IS_ASKED(k) (IN(k, IS_THERE_MORE) || IN(k, GIVEN_BACK))
#else
#define MORE_IS_ASKED(k) (IN(k, IS_THERE_MORE))
#endif

/* Who may do what in which stage. A move is of whoever has the floor; a smaller piece either may choose. */
#define ALLOWED(k, who, what) ( \
  ((what) == AGREE || (what) == AGREE_NOW) && IN(k, PROPOSED) && fold[k].asker != (who) || \
  ((what) == DECLINE || (what) == POSTPONE) && fold[k].stage <= AGREED || \
  (what) == READY && (IN(k, AGREED) || IN(k, TIMED_OUT)) && (fold[k].ready & BIT(who)) == 0 || \
  (what) == TIME_OUT && RUNNING(k) || \
  (what) == STOP && (RUNNING(k) || IN(k, TIMED_OUT)) || \
  (what) == THANK && IN(k, THANKING) && (fold[k].thanked & BIT(who)) == 0 || \
  (what) == SMALLER && IN(k, SMALLER_OFFERED) || \
  HOLDS(k, who) && ( \
    (what) == PIECE && IN(k, SPEAKING) || \
    (what) == SAID_BACK && IN(k, SPOKEN) || \
    ((what) == YES || (what) == ALMOST || (what) == NOT_YET) && IN(k, GIVEN_BACK) || \
    ((what) == MORE || (what) == ALL) && MORE_IS_ASKED(k) || \
    (what) == MADE_SENSE && IN(k, MAKING_SENSE) || \
    (what) == IMAGINED && IN(k, IMAGINING) || \
    (what) == FELT && IN(k, FEELING_GIVEN)))

/* What a command names beside the session. A move: the step it was made in sight of. An answer: which asking it answers.
 * Whatever means the same wherever the session is (declining, another time, a time-out, stopping, thanks) names nothing, or of
 * two who tap at once one would have tapped for nothing. */
#ifdef BROKEN_EVERYTHING_NAMES_THE_STEP
#define IS_MOVE(what) true
#else
#ifdef BROKEN_STOP_NAMES_THE_STEP
#define IS_MOVE(what) ((what) >= PIECE || (what) == STOP)
#else
#define IS_MOVE(what) ((what) >= PIECE)
#endif
#endif
#define IS_ANSWER(what) ((what) == AGREE || (what) == AGREE_NOW || (what) == READY)
#define NAMED(k, what) (IS_MOVE(what) -> fold[k].step : (IS_ANSWER(what) -> fold[k].asked : 0))
#define ABOUT(k, what) (IS_ANSWER(what) -> fold[k].asked : ((what) >= PIECE -> fold[k].piece : 0))

#ifdef BROKEN_NO_STEP
#define MOVE_FITS(k, on) true
#else
#define MOVE_FITS(k, on) ((on) == fold[k].step)
#endif
#ifdef BROKEN_ANSWERS_WHATEVER_IS_ASKED
#define ANSWER_FITS(k, on) true
#else
#define ANSWER_FITS(k, on) ((on) == fold[k].asked)
#endif
#define FITS(k, what, on) (IS_MOVE(what) -> MOVE_FITS(k, on) : (IS_ANSWER(what) -> ANSWER_FITS(k, on) : true))

#ifdef BROKEN_GOES_ON_WITH_ONE_READY
#define BOTH_READY(k) (fold[k].ready == BOTH || fold[k].stage == TIMED_OUT)
#else
#define BOTH_READY(k) (fold[k].ready == BOTH)
#endif

/* fold: an event that is not allowed changes nothing. */
inline apply(k) {
  counts = ALLOWED(k, by, what) && FITS(k, what, on);
  if
  :: counts ->
    if
    :: IS_MOVE(what) -> fold[k].step++
    :: else
    fi;
    if
    :: what == AGREE -> fold[k].stage = AGREED
    :: what == AGREE_NOW -> fold[k].stage = AGREED; fold[k].ready = BIT(by)
    :: what == DECLINE -> fold[k].stage = ENDED
    :: what == POSTPONE -> fold[k].stage = PROPOSED; fold[k].asker = by; fold[k].ready = 0; fold[k].asked++
    :: what == READY ->
      fold[k].ready = fold[k].ready | BIT(by);
      if
      :: BOTH_READY(k) ->
        fold[k].stage = (fold[k].stage == TIMED_OUT -> fold[k].before : SPEAKING);
        fold[k].before = PROPOSED;
        fold[k].ready = 0
      :: else
      fi
    :: what == TIME_OUT -> fold[k].before = fold[k].stage; fold[k].stage = TIMED_OUT; fold[k].ready = 0; fold[k].asked++
    :: what == STOP -> fold[k].stage = ENDED
    :: what == THANK ->
      fold[k].thanked = fold[k].thanked | BIT(by);
      fold[k].stage = (fold[k].thanked == BOTH -> ENDED : THANKING)
    :: what == PIECE -> fold[k].stage = SPOKEN; fold[k].piece++
    :: what == SAID_BACK -> fold[k].stage = GIVEN_BACK
    :: what == YES -> fold[k].stage = IS_THERE_MORE
    :: what == ALMOST -> fold[k].stage = SPOKEN
    :: what == NOT_YET ->
      fold[k].not_yet++;
      fold[k].stage = (fold[k].not_yet == 3 -> SMALLER_OFFERED : SPOKEN)
    :: what == SMALLER || what == MORE -> fold[k].stage = SPEAKING; fold[k].not_yet = 0
    :: what == ALL -> fold[k].stage = MAKING_SENSE; fold[k].not_yet = 0 /* of no piece any more */
    :: what == MADE_SENSE -> fold[k].stage = IMAGINING
    :: what == IMAGINED -> fold[k].stage = FEELING_GIVEN
    :: what == FELT -> /* swap, or thanks */
      fold[k].stage = (fold[k].turn == 0 -> SPEAKING : THANKING);
      fold[k].turn = 1
    fi
  :: else
  fi
}

inline copy(to, from) {
  fold[to].stage = fold[from].stage;
  fold[to].before = fold[from].before;
  fold[to].asker = fold[from].asker;
  fold[to].turn = fold[from].turn;
  fold[to].not_yet = fold[from].not_yet;
  fold[to].ready = fold[from].ready;
  fold[to].thanked = fold[from].thanked;
  fold[to].step = fold[from].step;
  fold[to].asked = fold[from].asked;
  fold[to].piece = fold[from].piece
}

#define EQUAL(n, m, field) (fold[n].field == fold[m].field)
#define SAME(n, m) (EQUAL(n, m, stage) && EQUAL(n, m, before) && EQUAL(n, m, asker) && EQUAL(n, m, turn) && \
                    EQUAL(n, m, not_yet) && EQUAL(n, m, ready) && EQUAL(n, m, thanked) && EQUAL(n, m, step) && \
                    EQUAL(n, m, asked) && EQUAL(n, m, piece))

/* ---- the relay stores a record: from here on it is history, for everybody ---- */

inline store() {
  was = fold[HISTORY].stage;
  turn_was = fold[HISTORY].turn;
  sight_of = ABOUT(HISTORY, what);
  apply(HISTORY);
  if
  :: counts ->
    counts_for_what_was_in_sight = about == sight_of;
    assert(counts_for_what_was_in_sight);
    if
    :: what == PIECE -> understood = false
    :: what == YES -> understood = by == SPEAKER(HISTORY)
    :: what == READY || what == AGREE_NOW -> good_now = good_now | BIT(by)
    :: what == TIME_OUT || what == POSTPONE -> good_now = 0
    :: else
    fi;
    if
    :: fold[HISTORY].turn != turn_was || IN(HISTORY, THANKING) && was < THANKING ->
      only_the_speakers_yes_moves_on = understood;
      assert(only_the_speakers_yes_moves_on);
      understood = false
    :: else
    fi;
    if
    :: (was == AGREED || was == TIMED_OUT) && RUNNING(HISTORY) ->
      both_said_that_now_is_good = good_now == BOTH;
      assert(both_said_that_now_is_good);
      good_now = 0
    :: else
    fi
  :: else
#ifndef CHANGED_PARTNER
    what_is_sent_counts = false;
    assert(what_is_sent_counts)
#endif
  fi
#ifdef WITNESS_UNDERSTOOD
  ;
  nobody_is_ever_understood = !IN(HISTORY, THANKING);
  assert(nobody_is_ever_understood)
#endif
}

/* ---- a device ---- */

#define ROOM(d) (kept[LATER(d)].tap == NOTHING)
#define END_OF_ROW(d) (kept[NEXT(d)].tap == NOTHING -> NEXT(d) : LATER(d))

#define PUT(cell) kept[cell].tap = what; kept[cell].names = on; kept[cell].saw = about
#define TAKE(cell) by = d; what = kept[cell].tap; on = kept[cell].names; about = kept[cell].saw
#define CLEAR(cell) kept[cell].tap = NOTHING; kept[cell].names = 0; kept[cell].saw = 0

inline out_of_the_row() {
  TAKE(LATER(d));
  PUT(NEXT(d));
  CLEAR(LATER(d))
}

/* A command that is refused, or dropped since the session has gone on meanwhile. */
inline lost(k) {
  stop_always_stops = what != STOP || fold[k].stage == ENDED || fold[k].stage <= AGREED;
  assert(stop_always_stops);
  one_tap_is_enough = what >= PIECE || !ALLOWED(k, by, what) || IS_ANSWER(what) && about != fold[k].asked;
  assert(one_tap_is_enough)
}

/* What waits is shown as if it counted: who has passed the floor on no longer has it. */
inline display() {
  copy(SIGHT(d), VIEW(d));
#ifndef BROKEN_SHOWS_ONLY_WHAT_IS_CONFIRMED
  TAKE(NEXT(d));
  apply(SIGHT(d));
  TAKE(LATER(d));
  apply(SIGHT(d))
#endif
}

#ifdef CHANGED_PARTNER
#define SIGHT_OF_OTHER HISTORY
#else
#define SIGHT_OF_OTHER SIGHT(1)
#endif

inline look() {
  the_floor_is_ones = FLOOR(SIGHT(0)) != 0 || FLOOR(SIGHT_OF_OTHER) != 1;
  assert(the_floor_is_ones)
}

/* The next record is here. One of its own had been stored, and the answer was lost. */
inline read() {
  news[d]?by,what,on;
  apply(VIEW(d));
  if
  :: by == d -> out_of_the_row()
  :: else
  fi;
  have[d].fetch = (have[d].fetch == 0 -> 0 : have[d].fetch - 1);
  views_agree = len(news[d]) != 0 || SAME(VIEW(d), HISTORY);
  assert(views_agree)
}

/* Client::send_ours: planned on the newest confirmed state that it knows of. */
inline plan() {
  TAKE(NEXT(d));
  if
  :: ALLOWED(VIEW(d), d, what) && FITS(VIEW(d), what, on) ->
    have[d].sent = true;
    have[d].beaten = nempty(news[d])
#ifdef BROKEN_COUNTS_ITS_OWN_AT_ONCE
    ;
    apply(VIEW(d))
#endif
  :: else ->
    lost(VIEW(d));
    out_of_the_row()
  fi
}

inline landed() {
  have[d].sent = false;
  have[d].beaten = false;
  have[d].fetch = len(news[d])
}

inline store_next() {
  TAKE(NEXT(d));
  store()
#ifndef CHANGED_PARTNER
  ;
  news[1 - d]!d,what,on;
  have[1 - d].beaten = have[1 - d].sent
#endif
}

#define STANDS_ON_THE_HEAD(d) (have[d].sent && !have[d].beaten)

/* How often people decide so. */
#define LEFT(what) ( \
  (what) == POSTPONE -> postpones < POSTPONES : ((what) == ALMOST -> almosts < ALMOSTS : \
  ((what) == NOT_YET -> not_yets < NOT_YETS : ((what) == MORE -> mores < MORES : \
  ((what) == TIME_OUT -> time_outs < TIME_OUTS : ((what) == STOP -> stops < STOPS : true))))))

inline spend(what) {
  if
  :: what == POSTPONE -> postpones++
  :: what == ALMOST -> almosts++
  :: what == NOT_YET -> not_yets++
  :: what == MORE -> mores++
  :: what == TIME_OUT -> time_outs++
  :: what == STOP -> stops++
  :: else
  fi
}

/* A phone that was laid aside is not tapped; one that shows the other's pause offers a time-out and stopping only. */
#define TAP(w) ROOM(d) && ALLOWED(SIGHT(d), d, w) && LEFT(w) && !away[d] && \
               (!shows[d] || (w) == TIME_OUT || (w) == STOP) -> tapped = w

#define OVER(d) (fold[VIEW(d)].stage == ENDED && kept[NEXT(d)].tap == NOTHING && kept[LATE(d)].tap == NOTHING && \
                 empty(news[d]))

proctype phone(byte d) {
  byte tapped = NOTHING;
  byte to = 0;
  do
  :: atomic {
      if
      /* Somebody taps. */
      :: TAP(AGREE)
      :: TAP(AGREE_NOW)
      :: TAP(DECLINE)
      :: TAP(POSTPONE)
      :: TAP(READY)
      :: TAP(TIME_OUT)
      :: TAP(STOP)
      :: TAP(THANK)
      :: TAP(PIECE)
      :: TAP(SAID_BACK)
      :: TAP(YES)
      :: TAP(ALMOST)
      :: TAP(NOT_YET)
      :: TAP(SMALLER)
      :: TAP(MORE)
      :: TAP(ALL)
      :: TAP(MADE_SENSE)
      :: TAP(IMAGINED)
      :: TAP(FELT)
      :: d_step { /* it is refused at once, or kept */
          kept[LATE(d)].tap != NOTHING && ROOM(d) ->
          TAKE(LATE(d));
          CLEAR(LATE(d));
          if
          :: ALLOWED(SIGHT(d), d, what) && FITS(SIGHT(d), what, on) -> PUT(END_OF_ROW(d))
          :: else -> lost(SIGHT(d))
          fi
        }

      :: d_step { nempty(news[d]) -> read() }
      :: d_step { kept[NEXT(d)].tap != NOTHING && !have[d].sent && have[d].fetch == 0 -> plan() }

      /* The relay decides. */
      :: d_step {
          STANDS_ON_THE_HEAD(d) ->
          store_next();
          apply(VIEW(d));
          out_of_the_row();
          landed()
        }
      :: d_step { /* moved: fetch, then it is planned anew */
          have[d].sent && have[d].beaten ->
#ifdef BROKEN_APPENDS_ANYWHERE
          store_next();
          news[d]!d,what,on;
#endif
          landed()
        }
      :: d_step { /* the append is lost, or only the answer to it */
          have[d].sent && losses < LOSSES ->
          losses++;
          landed()
        }
      :: d_step {
          STANDS_ON_THE_HEAD(d) && losses < LOSSES ->
          losses++;
          store_next();
          news[d]!d,what,on;
          landed()
        }

#if PAUSES > 0
      /* A pause is a signal, and leaves no event. One that gets lost is said again as long as it is true. */
      :: d_step {
          !away[d] && pauses < PAUSES && fold[VIEW(d)].stage != ENDED ->
          pauses++;
          away[d] = true;
#ifdef BROKEN_PAUSE_TOLD_ONCE
          signal[1 - d] = true
#endif
        }
      :: d_step {
          away[d] ->
          away[d] = false;
#ifdef BROKEN_PAUSE_TOLD_ONCE
          signal[1 - d] = true
#endif
        }
#ifdef BROKEN_PAUSE_TOLD_ONCE
      :: d_step { signal[d] -> signal[d] = false; shows[d] = away[1 - d] }
      :: d_step { signal[d] -> signal[d] = false }
#else
      :: d_step { shows[d] != away[1 - d] -> shows[d] = away[1 - d] }
#endif
#endif
      fi;
      if
      :: tapped != NOTHING ->
        if
        :: to = END_OF_ROW(d)
#if LATES > 0
        :: lates < LATES && kept[LATE(d)].tap == NOTHING -> lates++; to = LATE(d)
#endif
        fi;
        d_step {
          spend(tapped);
          what = tapped;
          on = NAMED(SIGHT(d), tapped);
          about = ABOUT(SIGHT(d), tapped);
          PUT(to);
          tapped = NOTHING;
          to = 0
        }
      :: else
      fi;
      d_step { display(); look() }
    }
  :: OVER(d) -> break
  od
}

#ifdef CHANGED_PARTNER
/* What is allowed, and at any time what is not, or what names another step or asking than the one there is. */
#define IN_ORDER(w) (ALLOWED(HISTORY, 1, w) && LEFT(w))
#define NOT_IN_PLACE(w) (tricks < TRICKS && !ALLOWED(HISTORY, 1, w))
#define NOT_IN_SIGHT(w) (tricks < TRICKS && ALLOWED(HISTORY, 1, w) && (IS_MOVE(w) || IS_ANSWER(w)))
#define WRITE(w) fold[HISTORY].stage != ENDED && (IN_ORDER(w) || NOT_IN_PLACE(w) || NOT_IN_SIGHT(w)) -> writes = w

proctype changed_partner() {
  byte writes = NOTHING;
  bool amiss = false;
  do
  :: atomic {
      if
      :: WRITE(AGREE)
      :: WRITE(AGREE_NOW)
      :: WRITE(DECLINE)
      :: WRITE(POSTPONE)
      :: WRITE(READY)
      :: WRITE(TIME_OUT)
      :: WRITE(STOP)
      :: WRITE(THANK)
      :: WRITE(PIECE)
      :: WRITE(SAID_BACK)
      :: WRITE(YES)
      :: WRITE(ALMOST)
      :: WRITE(NOT_YET)
      :: WRITE(SMALLER)
      :: WRITE(MORE)
      :: WRITE(ALL)
      :: WRITE(MADE_SENSE)
      :: WRITE(IMAGINED)
      :: WRITE(FELT)
      fi;
      if
      :: IN_ORDER(writes)
      :: NOT_IN_PLACE(writes) -> tricks++
      :: NOT_IN_SIGHT(writes) -> tricks++; amiss = true
      fi;
      d_step {
        by = 1;
        what = writes;
        on = NAMED(HISTORY, writes) - amiss;
        about = ABOUT(HISTORY, writes);
        store();
        news[0]!by,what,on;
        have[0].beaten = have[0].sent;
        if
        :: counts -> spend(writes)
        :: else
        fi;
        writes = NOTHING;
        amiss = false;
        look()
      }
    }
  :: fold[HISTORY].stage == ENDED -> break
  od
}
#endif

init {
  atomic {
    if
    :: first = 0
    :: first = 1
    fi;
#ifdef CHANGED_PARTNER
    if
    :: skip
    :: fold[HISTORY].asker = 1; fold[VIEW(0)].asker = 1; fold[SIGHT(0)].asker = 1
    fi;
    run changed_partner();
#endif
    run phone(0);
#ifndef CHANGED_PARTNER
    run phone(1)
#endif
  }
}

#ifdef TO_THE_END
/* Nobody waits for ever: whatever people tap and whatever gets lost, in the end it is over on both phones. */
ltl it_ends { <> (fold[VIEW(0)].stage == ENDED && fold[VIEW(1)].stage == ENDED) }
#endif
