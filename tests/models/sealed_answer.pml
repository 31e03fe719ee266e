/* The sealed answer (docs/PROTOCOL.md, Sealed answer; core/attune/space/state.cpp and sealed.h; core/attune/client/doing.cpp).
 *
 * One question, asked by either of the two. Person 0 has two devices, person 1 one (or two). Each device holds a beginning of
 * the one history, plans on it, and sends; the relay stores what stands on its newest head and answers `moved` to the rest. It
 * delays what it likes, loses an answer or an append, and keeps the skeleton of a record back for a while.
 *
 * With CHANGED_PARTNER person 1 is a program that writes whatever the fold may have to deal with, whenever it likes, and has the
 * relay on its side: it reads an opening as soon as that has left the other's device, stored or not.
 *
 * C binds and hides, so an answer is the place of its commit, and an opening tells the answer that it names.
 */

#ifndef ANSWERS
#define ANSWERS 3 /* taps on answer, all people and devices together */
#endif
#ifndef BACKS
#define BACKS 2 /* taps on take back */
#endif
#ifndef LOSSES
#define LOSSES 1 /* appends or answers to them that get lost */
#endif
#ifndef WITHHOLDS
#define WITHHOLDS 1 /* skeletons that are kept back for a while */
#endif
#ifndef TRICKS
#define TRICKS 4 /* records of the changed partner */
#endif

#ifdef CHANGED_PARTNER
#define DEVICES 2
#define MOST (ANSWERS + BACKS + 1 + TRICKS)
#else
#ifndef DEVICES
#define DEVICES 3
#endif
#define MOST (ANSWERS + BACKS + 2)
#endif
#define PARTNER DEVICES

#define PERSON(device) ((device) < 2 -> 0 : 1)

#define NOTHING 0
#define ANSWER 1  /* sealed.committed */
#define BACK 2    /* space.taken-back, with its erase in the same append */
#define OPENING 3 /* sealed.opened */

#define QUESTION 15 /* what a taking back is of, if it is no commit */

/* The history. A record's place is its position + 1. */
byte head = 0;
byte kind[MOST];
byte by[MOST];
byte about[MOST]; /* of a BACK: the commit or QUESTION; of an OPENING: the commit whose answer it tells */

byte asker = 0;

/* A device. */
byte seen[DEVICES];        /* how much of the history it holds */
byte told[DEVICES];        /* how much there is, as far as it was told: caught up if equal */
byte withheld[DEVICES];    /* the place whose skeleton it was not given */
byte mine[DEVICES];        /* the fold of what it holds: my side, the other's, my commit */
byte theirs[DEVICES];
byte my_commit[DEVICES];
bool too_late[DEVICES];    /* I took it back when both had committed */
bool taken_away[DEVICES];  /* the question is */
bool answers[DEVICES];     /* commands that wait: kept in a row, whatever happens */
bool backs[DEVICES];
byte flight[DEVICES];      /* the append on its way, its place, what it is about */
byte flight_at[DEVICES];
byte flight_about[DEVICES];

byte taps = 0;
byte takings = 0;
byte losses = 0;
byte withholds = 0;
byte tricks = 0;

/* What nobody in the model looks at: an honest person's opening that has left a device, and what it rested on. */
byte left[2];
byte bound[2];
byte sealed[2];
byte last_of_partner = 0; /* the commit of person 1 that stands */
bool both_open = false;

/* The fold (state.cpp), of as much as was asked. */
#define NOT_YET 0
#define COMMITTED 1
#define OPENED 2
hidden byte side[2];
hidden byte commit[2];
hidden byte late[2];
hidden byte gone;
hidden byte at;
hidden byte who;
hidden byte until;
hidden byte hole;

hidden byte bound_before_it_is_read;
hidden byte bound_for_good;
hidden byte not_being_taken_back;
hidden byte shown_only_what_stays;
hidden byte sealed_for_good;
hidden byte nothing_ever_opens;

#define BOTH (side[0] != NOT_YET && side[1] != NOT_YET)

/* Records up to `until`, without the one at place `hole`. */
inline fold() {
  side[0] = NOT_YET; side[1] = NOT_YET;
  commit[0] = 0; commit[1] = 0;
  late[0] = 0; late[1] = 0;
  gone = 0;
  at = 0;
  do
  :: at >= until -> break
  :: else ->
    who = PERSON(by[at]);
    if
    :: at + 1 == hole
    :: at + 1 != hole && kind[at] == ANSWER -> /* fold_committed */
      if
      :: !gone && side[who] == NOT_YET ->
        side[who] = COMMITTED;
        commit[who] = at + 1
      :: else
      fi
    :: at + 1 != hole && kind[at] == BACK && about[at] == QUESTION -> /* fold_taken_back, of the question */
      if
      :: who == asker && !BOTH -> gone = 1
      :: else
      fi
    :: at + 1 != hole && kind[at] == BACK && about[at] != QUESTION -> /* fold_taken_back, of a commit */
      if
      :: side[who] != NOT_YET && commit[who] == about[at] ->
        if
#ifndef BROKEN_TAKING_BACK_COUNTS_LATE
        :: side[1 - who] != NOT_YET -> late[who] = 1
        :: else ->
#else
        :: true ->
#endif
          side[who] = NOT_YET;
          commit[who] = 0
        fi
      :: else
      fi
    :: at + 1 != hole && kind[at] == OPENING -> /* fold_opened */
      if
      :: BOTH && side[who] == COMMITTED -> side[who] = OPENED
      :: else
      fi
    fi;
    at++
  od;
  at = 0;
  who = 0
}

/* History::follow stops at a skeleton that is withheld, and pump_line then sends nothing. */
#ifdef BROKEN_FOLD_PASSES_OVER_WHAT_IS_WITHHELD
#define FOLLOWED(device) true
#else
#define FOLLOWED(device) (withheld[device] == 0)
#endif

inline follow(device) {
#ifdef BROKEN_FOLD_PASSES_OVER_WHAT_IS_WITHHELD
  until = seen[device];
  hole = withheld[device];
#else
  until = (withheld[device] != 0 -> withheld[device] - 1 : seen[device]);
  hole = 0;
#endif
  fold();
  mine[device] = side[PERSON(device)];
  theirs[device] = side[1 - PERSON(device)];
  my_commit[device] = commit[PERSON(device)];
  too_late[device] = late[PERSON(device)];
  taken_away[device] = gone
}

#define BOTH_CONFIRMED(device) (mine[device] != NOT_YET && theirs[device] != NOT_YET)
#ifdef BROKEN_OPENS_WHILE_TAKING_BACK
#define WAITS_TO_BE_TAKEN_BACK(device) false
#else
#define WAITS_TO_BE_TAKEN_BACK(device) (backs[device])
#endif
#define MAY_SEND(device) (flight[device] == NOTHING && seen[device] == told[device] && FOLLOWED(device))

/* The relay stores a record: from here on it is history, for everybody. */
inline store(what, device, which) {
  kind[head] = what;
  by[head] = device;
  about[head] = which;
  head++;
  until = head; hole = 0;
  fold();
  bound_for_good = (bound[0] == 0 || commit[1] == bound[0]) && (bound[1] == 0 || commit[0] == bound[1]);
  assert(bound_for_good);
  shown_only_what_stays = (left[0] == 0 || commit[0] == left[0]) && (left[1] == 0 || commit[1] == left[1]);
  assert(shown_only_what_stays);
  sealed_for_good = sealed[0] == 0 || (commit[0] == sealed[0] && commit[1] == sealed[1] && !gone);
  assert(sealed_for_good);
  if
  :: BOTH -> sealed[0] = commit[0]; sealed[1] = commit[1]
  :: else
  fi;
#ifdef CHANGED_PARTNER
  last_of_partner = commit[1];
#endif
  both_open = side[0] == OPENED && side[1] == OPENED
#ifdef WITNESS_OPENED
  ;
  nothing_ever_opens = !both_open;
  assert(nothing_ever_opens)
#endif
}

/* An opening leaves the device of an honest person. Whoever runs the relay with the other can read it from here on. */
inline leaves(device, which) {
  not_being_taken_back = !backs[device];
  assert(not_being_taken_back);
  until = head; hole = 0;
  fold();
  bound_before_it_is_read = side[1 - PERSON(device)] != NOT_YET;
  assert(bound_before_it_is_read);
  bound[PERSON(device)] = commit[1 - PERSON(device)];
  left[PERSON(device)] = which
}

inline send(what, device, which) {
  flight[device] = what;
  flight_at[device] = seen[device];
  flight_about[device] = which
}

/* What is said in a record of this device is no longer to be said (Client::settle). */
inline settle(device, what) {
  if
  :: what == ANSWER -> answers[device] = false
  :: what == BACK -> backs[device] = false
  :: else
  fi
}

proctype phone(byte d) {
end:
  do
  /* The relay hands over the next record, whole or without its skeleton. */
  :: d_step {
      seen[d] < head ->
      if
      :: by[seen[d]] == d -> settle(d, kind[seen[d]])
      :: else
      fi;
      seen[d]++;
      told[d] = (told[d] < seen[d] -> seen[d] : told[d]);
      follow(d)
    }
  :: d_step {
      seen[d] < head && by[seen[d]] != d && withheld[d] == 0 && withholds < WITHHOLDS ->
      withholds++;
      seen[d]++;
      told[d] = (told[d] < seen[d] -> seen[d] : told[d]);
      withheld[d] = seen[d];
      follow(d)
    }
  :: d_step { withheld[d] != 0 -> withheld[d] = 0; follow(d) }

  /* Somebody taps. What is offered is what the device knows. */
  :: d_step { taps < ANSWERS && !answers[d] && mine[d] == NOT_YET && !taken_away[d] -> taps++; answers[d] = true }
  :: d_step { /* on my answer, or, as long as there is none, on the question I asked */
      takings < BACKS && !backs[d] && !BOTH_CONFIRMED(d) && !taken_away[d] &&
      (mine[d] != NOT_YET || asker == PERSON(d)) ->
      takings++;
      backs[d] = true
    }
  :: d_step { backs[d] && flight[d] != BACK -> backs[d] = false } /* undone, while it is held */

  /* Client::send_ours: one append at a time, planned on the newest confirmed state; what is no longer possible is dropped. */
  :: d_step { /* openup: already-sealed, or the question is gone */
      answers[d] && MAY_SEND(d) && (mine[d] != NOT_YET || taken_away[d]) -> answers[d] = false
    }
  :: d_step {
      answers[d] && MAY_SEND(d) && mine[d] == NOT_YET && !taken_away[d] ->
      send(ANSWER, d, 0);
#ifdef BROKEN_SECOND_OPENS_AT_ONCE
      if
      :: theirs[d] != NOT_YET -> leaves(d, head + 1)
      :: else
      fi
#endif
    }
#ifdef BROKEN_TAKES_BACK_WITHOUT_LOOKING
  :: d_step { backs[d] && MAY_SEND(d) && mine[d] != NOT_YET -> send(BACK, d, my_commit[d]) }
#else
  :: d_step { /* plan_take_back: too-late, and nothing else is lost by it than the wish */
      backs[d] && MAY_SEND(d) && BOTH_CONFIRMED(d) -> backs[d] = false
    }
  :: d_step { backs[d] && MAY_SEND(d) && mine[d] != NOT_YET && theirs[d] == NOT_YET -> send(BACK, d, my_commit[d]) }
#endif
  :: d_step { backs[d] && MAY_SEND(d) && mine[d] == NOT_YET && (asker != PERSON(d) || taken_away[d]) -> backs[d] = false }
  :: d_step { backs[d] && MAY_SEND(d) && mine[d] == NOT_YET && asker == PERSON(d) && !taken_away[d] -> send(BACK, d, QUESTION) }
  :: d_step { /* queue_openings and plan_opening: both confirmed, mine not open, and no taking back of it waits here */
      MAY_SEND(d) && BOTH_CONFIRMED(d) && mine[d] == COMMITTED && !too_late[d] && !WAITS_TO_BE_TAKEN_BACK(d) ->
      send(OPENING, d, my_commit[d]);
      leaves(d, my_commit[d])
    }

  /* The relay decides about an append: stored on its newest head only, or `moved`; the answer may be lost, or the append. */
  :: d_step {
      flight[d] != NOTHING && flight_at[d] == head && head < MOST ->
      store(flight[d], d, flight_about[d]);
      settle(d, flight[d]);
      send(NOTHING, d, 0);
      flight_at[d] = 0;
      seen[d] = head;
      told[d] = head;
      follow(d)
    }
  :: d_step {
      flight[d] != NOTHING && flight_at[d] == head && head < MOST && losses < LOSSES ->
      losses++;
      store(flight[d], d, flight_about[d]);
      send(NOTHING, d, 0);
      flight_at[d] = 0;
      told[d] = head /* a new session tells where the relay stands */
    }
  :: d_step {
      flight[d] != NOTHING && losses < LOSSES ->
      losses++;
      send(NOTHING, d, 0);
      flight_at[d] = 0;
      told[d] = head
    }
  :: d_step {
      flight[d] != NOTHING && flight_at[d] != head ->
#ifdef BROKEN_APPENDS_ANYWHERE
      if
      :: head < MOST -> store(flight[d], d, flight_about[d])
      :: else
      fi;
#endif
      send(NOTHING, d, 0);
      flight_at[d] = 0;
      told[d] = head
    }
  od
}

#ifdef CHANGED_PARTNER
proctype changed_partner() {
end:
  do
  :: d_step { tricks < TRICKS && head < MOST -> tricks++; store(ANSWER, PARTNER, 0) }
  :: d_step { tricks < TRICKS && head < MOST && asker == 1 -> tricks++; store(BACK, PARTNER, QUESTION) }
  :: d_step { /* of a commit of its own that stands, any other counts for nothing */
      tricks < TRICKS && head < MOST && last_of_partner != 0 ->
      tricks++;
      store(BACK, PARTNER, last_of_partner)
    }
  :: d_step { /* what it tells does not matter: a reader shows it only if it gives C */
      tricks < TRICKS && head < MOST -> tricks++; store(OPENING, PARTNER, 0)
    }
  od
}
#endif

init {
  atomic {
    if
    :: asker = 0
    :: asker = 1
    fi;
    run phone(0);
    run phone(1);
#ifdef CHANGED_PARTNER
    run changed_partner()
#else
    run phone(2)
#if DEVICES > 3
    ;
    run phone(3)
#endif
#endif
  }
}

#ifdef HONEST
/* Two honest people whose records arrive in the end: once both have sealed an answer, both are opened. */
ltl both_open_in_the_end { [] (sealed[0] != 0 -> <> both_open) }
#endif
