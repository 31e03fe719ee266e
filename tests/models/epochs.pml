/* Members and epochs (docs/PROTOCOL.md, Control records; wire/members.cpp; core/attune/client/sending.cpp and recovering.cpp).
 *
 * Person 0 has *mine* and, with person 1, *ours*. In both are two devices and the recovery phrase; in *ours* a device of
 * person 1 as well. Devices are taken in and turned out, in *mine* first and then in *ours*, by any of them, two at once, with
 * appends that get lost in between and devices that are never switched on again. The phrase does what coming back by it does:
 * one record in each stream, which adds a new device, removes what is not kept and starts an epoch; if that breaks off in the
 * middle, the new device's keys are gone.
 *
 * A key of an epoch is had by whoever it was boxed to, by whoever made it, and, by the old key in each record that starts an
 * epoch, by everybody who has a later one. `top` is the newest of each, in the worst case: read at the moment it was stored.
 *
 * With THIEF the second device is in the hands of somebody who changes its program, has a second key of their own, and the relay
 * on their side: they append, to either stream, whatever the rules of wire/members.h let pass.
 */

#ifndef CHANGES
#define CHANGES 2 /* people's decisions about devices: to add, to turn out, to come back by the words */
#endif
#ifndef LOSSES
#define LOSSES 1 /* appends, or answers to them, that get lost with their connection */
#endif
#ifndef DEATHS
#define DEATHS 1 /* devices that are never switched on again */
#endif
#ifndef EVENTS
#define EVENTS 1 /* events in ours */
#endif
#ifndef TRICKS
#define TRICKS 2 /* records of the thief */
#endif

#define MOST 8

/* Keys: two devices, the phrase, two new ones, a device of person 1. As numbers and as members of a set. */
#define PHRASE 2
#define OTHER 5
#define KEYS 6
#define SET(key) (1 << (key))
#define OF_PERSON_0 31
#define DEVICES_OF_PERSON_0 27
#define NOBODY 0

#define MINE 0
#define OURS 1

typedef record {
  byte author;
  byte adds;
  byte removes;
  byte boxes;
  byte epoch;
  bool starts; /* epoch + 1 */
  byte behind; /* of a record of ours: how many of mine were stored before it */
}
typedef stream {
  record at[MOST];
}
typedef members { /* a table, and up to where it was read */
  byte seen;
  byte told;
  byte now;
  byte ever;
  byte epoch;
}
typedef device {
  members view[2];
  byte adds;     /* what a person has decided, kept in a row until it stands in mine */
  byte removes;
  byte to;       /* the append on its way: to MINE or OURS, or NONE */
  byte on;       /* the place it was made for */
  record flight;
}
#define NONE 2

stream log[2];
members table[2]; /* the relay's, and that of everybody who has read all: wire/members.h */
byte top[12];     /* 1 + the newest epoch whose key it has, by stream * KEYS + key */
byte came_with_an_epoch = NOBODY;
device have[KEYS];
byte alive = 35;  /* D0, D1, the other's; the phrase is paper */

byte changes = 0;
byte losses = 0;
byte deaths = 0;
byte events = 0;
byte tricks = 0;

#ifdef THIEF
#define NEW_KEYS SET(3)
#else
#define NEW_KEYS (SET(3) | SET(4))
#endif
#define NOT_COMING_BACK 9
byte back_as = NOT_COMING_BACK; /* the new key of somebody who is coming back by the words */
byte keep = NOBODY;

hidden byte key;
hidden byte place;
hidden byte allowed;
hidden byte own;
hidden byte epoch_is_the_newest;
hidden byte who_is_out_has_no_later_key;
hidden byte who_is_in_has_every_key;
hidden byte mine_comes_first;
hidden byte nobody_ever_leaves_ours;

#define OWN(author) ((author) == OTHER -> SET(OTHER) : OF_PERSON_0)
#define NEEDED(table, adds, removes, starts) ((starts) -> (table.now & (255 - (removes))) | (adds) : (adds))

/* What the rules let pass: may_write and Change in wire/members.cpp. */
inline judge(where, what) {
  own = OWN(what.author);
  allowed = (table[where].now & SET(what.author)) != 0;
#ifndef BROKEN_OLD_EPOCH_TAKEN
  allowed = allowed && what.epoch == table[where].epoch;
#endif
  allowed = allowed && ((what.adds | what.removes) & (255 - own)) == 0;
  allowed = allowed && (what.adds & table[where].ever) == 0 && (what.removes & (255 - table[where].now)) == 0;
  allowed = allowed && (((table[where].now & (255 - what.removes)) | what.adds) & own) != 0;
#ifndef BROKEN_REMOVES_WITHOUT_AN_EPOCH
  allowed = allowed && (what.removes == 0 || what.starts);
#endif
#ifndef BROKEN_OLD_EPOCH_TAKEN
  allowed = allowed && what.boxes == NEEDED(table[where], what.adds, what.removes, what.starts);
#endif
#ifndef BROKEN_WHO_LEAVES_MAKES_THE_KEY
  allowed = allowed && (what.removes & SET(what.author)) == 0;
#endif
}

inline change(known, what) {
  known.now = (known.now & (255 - what.removes)) | what.adds;
  known.ever = known.ever | what.adds;
  known.epoch = (what.starts -> what.epoch + 1 : known.epoch)
}

inline store(where, what) {
  place = table[where].seen;
  log[where].at[place].author = what.author;
  log[where].at[place].adds = what.adds;
  log[where].at[place].removes = what.removes;
  log[where].at[place].boxes = what.boxes;
  log[where].at[place].epoch = what.epoch;
  log[where].at[place].starts = what.starts;
  log[where].at[place].behind = (where == OURS -> table[MINE].seen : 0);
  table[where].seen++;
  epoch_is_the_newest = what.epoch == table[where].epoch;
  assert(epoch_is_the_newest);
#ifndef THIEF
  mine_comes_first = where == MINE || what.author == OTHER ||
                     ((what.adds & (255 - table[MINE].ever)) == 0 && (what.removes & table[MINE].now) == 0);
  assert(mine_comes_first);
#endif
  change(table[where], what);
  if
  :: where == MINE && what.starts -> came_with_an_epoch = came_with_an_epoch | what.adds
  :: else
  fi;
  key = 0;
  do
  :: key == KEYS -> break
  :: else ->
    if
    :: (what.boxes & SET(key)) != 0 || (what.starts && what.author == key) ->
      top[where * KEYS + key] = table[where].epoch + 1
    :: else
    fi;
    who_is_out_has_no_later_key = (table[where].now & SET(key)) != 0 || top[where * KEYS + key] <= table[where].epoch;
    assert(who_is_out_has_no_later_key);
    who_is_in_has_every_key = (table[where].now & SET(key)) == 0 || top[where * KEYS + key] == table[where].epoch + 1;
    assert(who_is_in_has_every_key);
    key++
  od;
  key = 0;
  place = 0
#ifdef WITNESS_TURNED_OUT
  ;
  nobody_ever_leaves_ours = where == MINE || what.removes == 0;
  assert(nobody_ever_leaves_ours)
#endif
}

#define CAUGHT_UP(d, s) (have[d].view[s].seen == have[d].view[s].told)
#define STANDS(d, s) ((have[d].view[s].now & SET(d)) != 0)
#define FREE(d) ((alive & SET(d)) != 0 && have[d].to == NONE)

/* Sealed and signed when sent, on the newest confirmed record (Client::append). */
inline send(who, where, taking, turning, anew) {
  have[who].flight.author = who;
  have[who].flight.adds = taking;
  have[who].flight.removes = turning;
  have[who].flight.starts = anew;
  have[who].flight.epoch = have[who].view[where].epoch;
  have[who].flight.boxes = NEEDED(have[who].view[where], have[who].flight.adds, have[who].flight.removes, have[who].flight.starts);
  have[who].to = where;
  have[who].on = have[who].view[where].seen
}

inline landed(who) {
  have[who].to = NONE;
  have[who].on = 0;
  have[who].flight.author = 0;
  have[who].flight.adds = 0;
  have[who].flight.removes = 0;
  have[who].flight.boxes = 0;
  have[who].flight.epoch = 0;
  have[who].flight.starts = false
}

/* The record that removes a device is the last it is handed (server/relay/following.cpp). */
#define MAY_READ(d, s) ((table[s].ever & SET(d)) != 0 && have[d].view[s].seen < table[s].seen && \
                        ((have[d].view[s].ever & SET(d)) == 0 || STANDS(d, s)))

/* A relay that keeps nothing back hands the two streams out in the order in which they were stored. */
#ifdef BROKEN_OURS_HANDED_OUT_FIRST
#define IN_ORDER(d) true
#else
#define IN_ORDER(d) (d == OTHER || !STANDS(d, MINE) && (table[MINE].ever & SET(d)) == 0 || \
                     (have[d].view[MINE].ever & SET(d)) != 0 && !STANDS(d, MINE) || \
                     have[d].view[MINE].seen >= log[OURS].at[have[d].view[OURS].seen].behind)
#endif

inline read(who, where) {
  place = have[who].view[where].seen;
  change(have[who].view[where], log[where].at[place]);
  have[who].view[where].seen++;
  if
  :: have[who].view[where].told < have[who].view[where].seen -> have[who].view[where].told = have[who].view[where].seen
  :: else
  fi;
  place = 0
}

/* How much of a stream there is for it. */
inline tell(who, where) {
  if
  :: MAY_READ(who, where) -> have[who].view[where].told = table[where].seen
  :: else
  fi
}

#ifdef BROKEN_REMOVES_WITHOUT_AN_EPOCH
#define STARTS(removes, anyhow) (anyhow)
#else
#define STARTS(removes, anyhow) ((anyhow) || (removes) != 0)
#endif

#define OWED_ADDS(d) (have[d].view[MINE].now & (255 - have[d].view[OURS].ever))
#define OWED_REMOVES(d) (have[d].view[OURS].now & OF_PERSON_0 & (255 - have[d].view[MINE].now))
#ifdef BROKEN_WHO_LEAVES_MAKES_THE_KEY
#define OWES(d) (CAUGHT_UP(d, MINE) && (OWED_ADDS(d) | OWED_REMOVES(d)) != 0)
#else
#define OWES(d) (CAUGHT_UP(d, MINE) && STANDS(d, MINE) && (OWED_ADDS(d) | OWED_REMOVES(d)) != 0)
#endif

#define WISH(d) (((have[d].adds & (255 - have[d].view[MINE].ever)) | (have[d].removes & have[d].view[MINE].now)) != 0)

/* What coming back by the words has still to write in a stream (recovering_append). */
#define LOST(s) (have[PHRASE].view[s].now & DEVICES_OF_PERSON_0 & (255 - keep))

inline relay_decides(who) {
  judge(have[who].to, have[who].flight);
  if
  :: allowed ->
    store(have[who].to, have[who].flight);
    read(who, have[who].to)
  :: else
  fi;
  landed(who)
}

proctype phone(byte d) {
end:
  do
  :: d_step { (alive & SET(d)) != 0 && MAY_READ(d, MINE) -> read(d, MINE) }
  :: d_step { (alive & SET(d)) != 0 && MAY_READ(d, OURS) && IN_ORDER(d) -> read(d, OURS) }

  /* Decisions: turn the other device out, take a new one in. */
  :: d_step {
      changes < CHANGES && d < 2 && FREE(d) && STANDS(d, MINE) && have[d].removes == 0 ->
      changes++;
      have[d].removes = SET(1 - d)
    }
  :: d_step {
      changes < CHANGES && d == 0 && FREE(d) && STANDS(d, MINE) && back_as == NOT_COMING_BACK &&
      (table[MINE].ever & SET(3)) == 0 && have[d].adds == 0 ->
      changes++;
      have[d].adds = SET(3);
      alive = alive | SET(3)
    }

  /* Client::owed_by_mine */
#ifdef BROKEN_OURS_FIRST
  :: d_step {
      FREE(d) && CAUGHT_UP(d, OURS) && STANDS(d, OURS) && WISH(d) && (have[d].removes & have[d].view[OURS].now) != 0 ->
      send(d, OURS, 0, have[d].removes, true)
    }
#endif
  :: d_step {
      FREE(d) && CAUGHT_UP(d, MINE) && STANDS(d, MINE) && WISH(d) ->
      send(d, MINE, have[d].adds & (255 - have[d].view[MINE].ever), have[d].removes & have[d].view[MINE].now,
           STARTS(have[d].removes & have[d].view[MINE].now, false))
    }
  :: d_step {
      FREE(d) && (have[d].adds | have[d].removes) != 0 && (!WISH(d) || !STANDS(d, MINE)) ->
      have[d].adds = 0;
      have[d].removes = 0
    }

#ifndef BROKEN_OURS_LEFT_TO_WHO_BEGAN
  /* Client::owed_by_ours: any device of mine */
  :: d_step {
      FREE(d) && d != OTHER && CAUGHT_UP(d, OURS) && STANDS(d, OURS) && OWES(d) ->
      send(d, OURS, OWED_ADDS(d), OWED_REMOVES(d),
           STARTS(OWED_REMOVES(d), (OWED_ADDS(d) & came_with_an_epoch) != 0))
    }
#else
  :: d_step {
      FREE(d) && d != OTHER && CAUGHT_UP(d, OURS) && STANDS(d, OURS) && OWES(d) && (have[d].adds | have[d].removes) != 0 ->
      send(d, OURS, OWED_ADDS(d), OWED_REMOVES(d),
           STARTS(OWED_REMOVES(d), (OWED_ADDS(d) & came_with_an_epoch) != 0))
    }
#endif
  :: d_step { /* something said in ours; of person 1 also a change of theirs, which starts an epoch */
      events < EVENTS && FREE(d) && CAUGHT_UP(d, OURS) && STANDS(d, OURS) && (d == OTHER || CAUGHT_UP(d, MINE)) ->
      events++;
      send(d, OURS, 0, 0, d == OTHER)
    }

  /* The relay decides. */
  :: d_step {
      have[d].to != NONE && have[d].on == table[have[d].to].seen -> relay_decides(d)
    }
  :: d_step { /* moved: fetch, then it is planned and sealed anew */
      have[d].to != NONE && have[d].on != table[have[d].to].seen ->
      tell(d, have[d].to);
#ifdef BROKEN_OLD_EPOCH_TAKEN
      have[d].on = table[have[d].to].seen
#else
      landed(d)
#endif
    }
  :: d_step { /* the append is lost, or only the answer to it */
      have[d].to != NONE && losses < LOSSES ->
      losses++;
      tell(d, have[d].to);
      landed(d)
    }
  :: d_step {
      have[d].to != NONE && have[d].on == table[have[d].to].seen && losses < LOSSES ->
      losses++;
      judge(have[d].to, have[d].flight);
      if
      :: allowed -> store(have[d].to, have[d].flight)
      :: else
      fi;
      tell(d, have[d].to);
      landed(d)
    }
  :: d_step { /* never switched on again */
      d != OTHER && deaths < DEATHS && (alive & SET(d)) != 0 ->
      deaths++;
      alive = alive & (255 - SET(d));
      landed(d);
      have[d].adds = 0;
      have[d].removes = 0
    }
  od
}

/* Coming back by the words: Client::recovering_append. */
proctype phrase() {
end:
  do
  :: atomic {
      changes < CHANGES && back_as == NOT_COMING_BACK && ((table[MINE].ever | alive) & NEW_KEYS) != NEW_KEYS ->
      changes++;
      back_as = (((table[MINE].ever | alive) & SET(3)) == 0 -> 3 : 4);
      if
      :: keep = SET(back_as)
      :: keep = SET(back_as) | SET(0)
      fi
    }
  :: d_step { back_as != NOT_COMING_BACK && MAY_READ(PHRASE, MINE) -> read(PHRASE, MINE) }
  :: d_step { back_as != NOT_COMING_BACK && MAY_READ(PHRASE, OURS) && IN_ORDER(PHRASE) -> read(PHRASE, OURS) }
  :: d_step {
      back_as != NOT_COMING_BACK && have[PHRASE].to == NONE && CAUGHT_UP(PHRASE, MINE) &&
      STANDS(PHRASE, MINE) && (have[PHRASE].view[MINE].now & SET(back_as)) == 0 ->
      send(PHRASE, MINE, SET(back_as), LOST(MINE), STARTS(LOST(MINE), true))
    }
  :: d_step {
      back_as != NOT_COMING_BACK && have[PHRASE].to == NONE && CAUGHT_UP(PHRASE, OURS) &&
      (have[PHRASE].view[MINE].now & SET(back_as)) != 0 &&
      STANDS(PHRASE, OURS) && (have[PHRASE].view[OURS].now & SET(back_as)) == 0 ->
      send(PHRASE, OURS, SET(back_as), LOST(OURS), STARTS(LOST(OURS), true))
    }
  :: d_step { have[PHRASE].to != NONE && have[PHRASE].on == table[have[PHRASE].to].seen -> relay_decides(PHRASE) }
  :: d_step {
      have[PHRASE].to != NONE && have[PHRASE].on != table[have[PHRASE].to].seen ->
      tell(PHRASE, have[PHRASE].to);
      landed(PHRASE)
    }
  :: d_step { /* recovering_finish */
      back_as != NOT_COMING_BACK && have[PHRASE].to == NONE &&
      (have[PHRASE].view[MINE].now & have[PHRASE].view[OURS].now & SET(back_as)) != 0 ->
      alive = alive | SET(back_as);
      back_as = NOT_COMING_BACK;
      keep = NOBODY
    }
  :: d_step { /* it breaks off: the new device's keys were in memory only */
      back_as != NOT_COMING_BACK && losses < LOSSES ->
      losses++;
      landed(PHRASE);
      back_as = NOT_COMING_BACK;
      keep = NOBODY
    }
  od
}

#ifdef THIEF
/* The second device, or the thief's other key (4), says anything that the rules let pass. */
proctype thief() {
  byte adds = 0;
  byte removes = 0;
end:
  do
  :: atomic {
      tricks < TRICKS && table[MINE].seen < MOST - 1 && table[OURS].seen < MOST - 1 ->
      tricks++;
      if
      :: have[1].to = MINE
      :: have[1].to = OURS
      fi;
      if
      :: have[1].flight.author = 1
      :: have[1].flight.author = 4
      fi;
      if
      :: adds = 0
      :: adds = SET(4)
      :: (table[MINE].ever & SET(3)) != 0 -> adds = SET(3) /* its join stands in mine */
      fi;
      if
      :: removes = 0
      :: removes = SET(0)
      :: removes = SET(1)
      :: removes = SET(4)
      :: removes = SET(0) | SET(1)
      :: removes = SET(PHRASE)
      fi;
      if
      :: have[1].flight.starts = true
      :: have[1].flight.starts = false
      fi;
      d_step {
        have[1].flight.adds = adds;
        have[1].flight.removes = removes;
        have[1].flight.epoch = table[have[1].to].epoch;
        have[1].flight.boxes = NEEDED(table[have[1].to], adds, removes, have[1].flight.starts);
        judge(have[1].to, have[1].flight);
        if
        :: allowed -> store(have[1].to, have[1].flight)
        :: else
        fi;
        landed(1);
        adds = 0;
        removes = 0
      }
    }
  od
}
#endif

init {
  d_step {
    table[MINE].now = 7;
    table[MINE].ever = 7;
    table[OURS].now = 39;
    table[OURS].ever = 39;
    key = 0;
    do
    :: key == KEYS -> break
    :: else ->
      have[key].view[MINE].now = 7;
      have[key].view[MINE].ever = 7;
      have[key].view[OURS].now = 39;
      have[key].view[OURS].ever = 39;
      have[key].to = NONE;
      if
      :: (7 & SET(key)) != 0 -> top[key] = 1
      :: else
      fi;
      if
      :: (39 & SET(key)) != 0 -> top[KEYS + key] = 1
      :: else
      fi;
      key++
    od;
    key = 0
  }
  atomic {
    run phone(0);
#ifdef THIEF
    run thief();
#else
    run phone(1);
    run phone(4);
    run phone(5);
#endif
    run phone(3);
    run phrase()
  }
}

#ifdef HONEST
/* As long as one device of person 0 that is in both lives, the two tables end equal, and stay so. */
#define ONE_IS_LEFT ((alive & table[MINE].now & table[OURS].now & DEVICES_OF_PERSON_0) != 0)
#define EQUAL_TABLES (table[MINE].now == (table[OURS].now & OF_PERSON_0))
ltl both_tables_end_equal { <> [] (!ONE_IS_LEFT || EQUAL_TABLES) }
#endif
