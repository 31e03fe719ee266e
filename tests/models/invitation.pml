/* The invitation (docs/PROTOCOL.md, Invitation; core/attune/space/invitation.h; core/attune/client/pairing.cpp).
 *
 * Ada invites, Bo is invited, and Eve has the link. Eve also is the relay: whatever a device is shown of its mailbox, and
 * whatever stream it is handed, she chose at that moment, out of what the two have sent and what she can make herself.
 * She can not sign with their keys, and can not undo a hash.
 *
 * The four words are the first 44 bits of a hash. Somebody who picks one part of an exchange while knowing all the rest
 * can pick until the words are the ones wanted; in the model that always succeeds. Somebody who does not know all the rest
 * can only guess, once in 2^44; in the model that never succeeds. So each part that Eve makes remembers which of the
 * others' secret numbers she knew when she made it, and nothing else has to be known of the hash.
 *
 * The role byte of m1 (a partner, or a device of one's own) is part of m1 and changes nothing in any step: an m1 of Ada's with
 * another role is one of those that Eve has altered. What the tap then makes is a genesis of *ours*, or the `members` record that
 * adds the device; either is called the founding here.
 */

#ifndef RUNS
#define RUNS 2 /* invitations that Ada makes, and links that Bo follows, one after another */
#endif

#define NONE 0
#define EVES 9 /* made by Eve; smaller numbers n are Ada's or Bo's own of their run n - 1 */
#define ADA 1
#define EVE 2

#define NUMBER_OF_ADA(run) (1 << (run))
#define NUMBER_OF_BO(run) (1 << (RUNS + (run)))

mtype = { idle, waiting, looking, asked, compare, approved, paired, over }

/* Ada's device: Invitation of rows.h. */
mtype ada_is = idle;
byte ada_run = 0;
byte ada_m2 = NONE;      /* whose m2 stands on her screen: EVES, or 1 + a run of Bo's */
byte ada_m2_known = 0;   /* what Eve knew when she made it */
bool ada_second = false; /* a second, different m2 has been shown */
byte answered[RUNS];     /* for which m2 Ada has signed an m3, by her runs */
byte founded[RUNS];      /* with whose m2 Ada has made a founding, by her runs */

/* Bo's device: Joining of rows.h. */
mtype bo_is = idle;
byte bo_run = 0;
byte bo_means = NONE;    /* the person he believes to be answering, and compares words with */
byte bo_m1 = NONE;       /* whose m1 he looks at: EVES, or 1 + a run of Ada's */
byte bo_m1_key = NONE;   /* the key in it */
byte bo_m1_number = NONE; /* the number it is bound to: EVES, or 1 + a run of Ada's whose hash Eve has copied */
byte bo_m1_known = 0;    /* what Eve knew when she made it */
byte bo_m3_known = 0;    /* what Eve knew when she chose the number in m3, if nothing bound her before */
byte bo_asked[RUNS];     /* which m1 he has answered, by his runs */
bool bo_tapped = false;

byte known = 0;          /* the secret numbers that Eve has seen */

/* What the two have told each other, by voice: which words Ada and Bo mean when they tap. */
bool ada_heard = false;
byte ada_heard_run = 0;
byte ada_heard_m2 = NONE;
bool bo_heard = false;
byte bo_heard_run = 0;
bool agreed = false;     /* the two had the same words before them, Ada in run agreed_ada, Bo in agreed_bo */
byte agreed_ada = 0;
byte agreed_bo = 0;

hidden byte words_are_equal;
hidden byte same_exchange;
hidden byte equal_words_mean_one_exchange;
hidden byte founded_with_the_one_compared;
hidden byte nothing_after_the_end;
hidden byte taken_up_after_the_tap;
hidden byte taken_up_from_the_one_compared;
hidden byte nobody_else_as_the_guest;
hidden byte nothing_is_ever_taken_up;
hidden byte numbers;

/* Whether the words on the two screens are equal; see above. */
inline look_at_both_screens() {
  same_exchange = (bo_m1 == ada_run + 1 && ada_m2 == bo_run + 1);
  numbers = NUMBER_OF_ADA(ada_run) | NUMBER_OF_BO(bo_run);
  if
  :: ada_m2 != EVES -> numbers = numbers | NUMBER_OF_BO(ada_m2 - 1)
  :: else
  fi;
  if
  :: bo_m1 != EVES -> numbers = numbers | NUMBER_OF_ADA(bo_m1 - 1)
  :: bo_m1 == EVES && bo_m1_number != EVES -> numbers = numbers | NUMBER_OF_ADA(bo_m1_number - 1)
  :: else
  fi;
  words_are_equal = same_exchange ||
                    (ada_m2 == EVES && (ada_m2_known & numbers) == numbers) ||
                    (bo_m1 == EVES && (bo_m1_known & numbers) == numbers) ||
                    (bo_m1 == EVES && (bo_m3_known & numbers) == numbers);
}

/* Client::invitation_mail: an m2 that check_m2 lets pass (signed, and answering this m1). */
inline show_ada_m2(whose) {
  if
  :: ada_is == waiting ->
    ada_m2 = whose;
    ada_m2_known = (whose == EVES -> known : 0);
    ada_is = compare;
    answered[ada_run] = whose;
    known = known | NUMBER_OF_ADA(ada_run) /* m3 lies in a mailbox that Eve can read */
  :: ada_is == compare && (whose == EVES || whose != ada_m2) ->
    ada_second = true;
#ifdef BROKEN_SECOND_REQUEST_REPLACES
    ada_m2 = whose;
    ada_m2_known = (whose == EVES -> known : 0);
    answered[ada_run] = whose
#else
    ada_is = over /* InvitationEnd::second_request */
#endif
  :: else
  fi
}

inline forget_bo() {
  bo_m1 = NONE;
  bo_m1_key = NONE;
  bo_m1_number = NONE;
  bo_m1_known = 0;
  bo_m3_known = 0;
  bo_tapped = false
}

/* Ada and her device. */
active proctype ada() {
  do
  :: atomic { /* Client::invite */
      (ada_is == idle) || (ada_is == over && ada_run + 1 < RUNS) ->
      if
      :: ada_is == over -> ada_run++
      :: else
      fi;
      ada_is = waiting;
      ada_m2 = NONE;
      ada_m2_known = 0;
      ada_second = false;
#ifdef BROKEN_NUMBER_SHOWN_AT_ONCE
      known = known | NUMBER_OF_ADA(ada_run)
#endif
    }
  :: atomic { /* Client::same_words: the tap says for which words it is */
      ada_heard ->
      ada_heard = false;
      if
#ifdef BROKEN_TAP_FOR_WHATEVER_IS_SHOWN
      :: ada_is == compare ->
#else
      :: ada_is == compare && ada_heard_run == ada_run && ada_heard_m2 == ada_m2 ->
#endif
        founded_with_the_one_compared = agreed && agreed_ada == ada_run && ada_m2 == agreed_bo + 1;
        assert(founded_with_the_one_compared);
        nothing_after_the_end = !ada_second;
        assert(nothing_after_the_end);
        ada_is = approved;
        founded[ada_run] = ada_m2
      :: else /* refused: no-invitation */
      fi
    }
#ifndef HONEST
  :: atomic { /* expire_invitation, by her own clock; cancel_invitation; different_words; a refusal in the mailbox */
      ada_is == waiting || ada_is == compare -> ada_is = over
    }
  :: atomic { /* a refusal after her tap, while nothing of the other's has come: turn_guest_away */
      ada_is == approved -> ada_is = over
    }
#endif
  :: atomic { /* the other is in once their first record is */
      ada_is == approved && bo_is == paired && bo_m1 == ada_run + 1 -> ada_is = paired
    }
  :: ada_is == paired -> break
#ifndef HONEST
  :: ada_is == over && ada_run + 1 == RUNS -> break
#endif
  od
}

/* Bo and his device. */
active proctype bo() {
  do
  :: atomic { /* Client::join: he has had a link from Ada, or one from Eve */
      (bo_is == idle) || (bo_is == over && bo_run + 1 < RUNS) ->
      if
      :: bo_is == over -> bo_run++
      :: else
      fi;
      forget_bo();
      bo_is = looking;
      if
      :: bo_means = ADA
#ifndef HONEST
      :: bo_means = EVE
#endif
      fi
    }
  :: atomic { /* Client::accept: m2 holds the hash of the m1 he was shown, and his own number */
      bo_is == looking && bo_m1 != NONE ->
      bo_is = asked;
      bo_asked[bo_run] = bo_m1;
      known = known | NUMBER_OF_BO(bo_run)
    }
  :: atomic { /* Client::same_words */
      bo_heard ->
      bo_heard = false;
      if
      :: bo_is == compare && bo_heard_run == bo_run ->
        bo_tapped = true;
        bo_is = approved
      :: else
      fi
    }
#ifndef HONEST
  :: atomic { /* Eve invited him herself, and says that the words are hers, too */
      bo_is == compare && bo_means == EVE ->
      bo_tapped = true;
      bo_is = approved
    }
  :: atomic { /* decline, different_words, a refusal, a mailbox that is gone */
      bo_is != idle && bo_is != over && bo_is != paired -> bo_is = over
    }
#endif
  :: bo_is == paired -> break
#ifndef HONEST
  :: bo_is == over && bo_run + 1 == RUNS -> break
#endif
  od
}

/* The two compare by voice what their screens show, and hear the truth from each other. */
active proctype voices() {
  do
  :: atomic {
      ada_is == compare && bo_is == compare && bo_means == ADA &&
      !(agreed && agreed_ada == ada_run && agreed_bo == bo_run) ->
      d_step { look_at_both_screens() };
      if
      :: words_are_equal ->
        equal_words_mean_one_exchange = same_exchange;
        assert(equal_words_mean_one_exchange);
        ada_heard = true;
        ada_heard_run = ada_run;
        ada_heard_m2 = ada_m2;
        bo_heard = true;
        bo_heard_run = bo_run;
        agreed = true;
        agreed_ada = ada_run;
        agreed_bo = bo_run
      :: else /* they know now that somebody is between them */
      fi
    }
  :: ada_is == paired || bo_is == paired -> break
#ifndef HONEST
  :: ada_is == over && ada_run + 1 == RUNS -> break
  :: bo_is == over && bo_run + 1 == RUNS -> break
#endif
  od
}

/* A founding that Bo's device takes up (Client::fit, founded_for_us, in taking_up.cpp). */
inline bo_takes_up(ours, stranger) {
  taken_up_after_the_tap = bo_tapped;
  assert(taken_up_after_the_tap);
  taken_up_from_the_one_compared = bo_means == EVE || (ours && agreed && agreed_bo == bo_run);
  assert(taken_up_from_the_one_compared);
  nobody_else_as_the_guest = !stranger;
  assert(nobody_else_as_the_guest);
#ifdef WITNESS_TAKEN_UP
  nothing_is_ever_taken_up = !ours;
  assert(nothing_is_ever_taken_up);
#endif
  bo_is = paired
}

#ifdef BROKEN_TAKEN_UP_BEFORE_THE_TAP
#define BO_MAY_TAKE_UP (bo_is == approved || bo_is == compare)
#else
#define BO_MAY_TAKE_UP (bo_is == approved)
#endif

/* What she makes herself. Her own pairing hash is right whenever she likes: she can read all three messages. */
active proctype eve() {
  byte which = 0;
  bool right = false;
  bool stranger = false;
  do
  :: atomic { /* joining_mail, still looking: Ada's m1 of any run */
      bo_is == looking && ada_is != idle ->
      if
      :: which = 0
#if RUNS > 1
      :: ada_run >= 1 -> which = 1
#endif
#if RUNS > 2
      :: ada_run >= 2 -> which = 2
#endif
      fi;
      bo_m1 = which + 1;
      bo_m1_key = ADA;
      bo_m1_number = which + 1;
      bo_m1_known = 0;
      which = 0
    }
#ifndef HONEST
  :: atomic { /* an m1 of hers: her key or Ada's (with another role or number), bound to a number of hers or to Ada's */
      bo_is == looking ->
      bo_m1 = EVES;
      bo_m1_known = known;
      if
      :: bo_m1_key = EVE
      :: bo_m1_key = ADA
      fi;
      if
      :: bo_m1_number = EVES
      :: ada_is != idle -> bo_m1_number = 1
#if RUNS > 1
      :: ada_run >= 1 -> bo_m1_number = 2
#endif
#if RUNS > 2
      :: ada_run >= 2 -> bo_m1_number = 3
#endif
      fi
    }
  :: atomic { /* an m2 of hers, signed by her key, whatever self it names */
      ada_is == waiting || ada_is == compare -> show_ada_m2(EVES)
    }
#endif
  :: atomic { /* Bo's m2, where it answers the m1 of this very invitation (check_m2: m1_hash) */
      (ada_is == waiting || ada_is == compare) && bo_asked[0] == ada_run + 1 && ada_m2 != 1 -> show_ada_m2(1)
    }
#if RUNS > 1
  :: atomic {
      (ada_is == waiting || ada_is == compare) && bo_asked[1] == ada_run + 1 && ada_m2 != 2 -> show_ada_m2(2)
    }
#endif
#if RUNS > 2
  :: atomic {
      (ada_is == waiting || ada_is == compare) && bo_asked[2] == ada_run + 1 && ada_m2 != 3 -> show_ada_m2(3)
    }
#endif
  :: atomic { /* joining_mail, asked: Ada's m3 passes check_m3 only for these two messages */
      bo_is == asked && bo_m1 != EVES && answered[bo_m1 - 1] == bo_run + 1 -> bo_is = compare
    }
#ifndef HONEST
  :: atomic { /* her own m3: signed by the key of the m1 she made, with the number that m1 is bound to */
      bo_is == asked && bo_m1 == EVES && bo_m1_key == EVE ->
      if
      :: bo_m1_number == EVES -> bo_is = compare
      :: bo_m1_number != EVES && (known & NUMBER_OF_ADA(bo_m1_number - 1)) != 0 -> bo_is = compare
#ifdef BROKEN_NO_NUMBER_PROMISED
      :: bo_m1_number = EVES; bo_m3_known = known; bo_is = compare
#endif
      :: else
      fi
    }
  :: atomic { /* a founding of hers, by her key: with the right pairing or not, with another key of hers as Bo's or not */
      BO_MAY_TAKE_UP ->
      if
      :: right = true
      :: right = false
      fi;
      if
      :: stranger = true
      :: stranger = false
      fi;
      if
#ifdef BROKEN_ANY_FOUNDING_TAKEN_UP
      :: bo_takes_up(false, false)
#endif
#ifdef BROKEN_GUESTS_PART_NOT_LOOKED_AT
      :: bo_m1 == EVES && bo_m1_key == EVE && right -> bo_takes_up(false, stranger)
#endif
      :: bo_m1 == EVES && bo_m1_key == EVE && right && !stranger -> bo_takes_up(false, false)
      :: else
      fi;
      right = false;
      stranger = false
    }
#endif
  :: atomic { /* Ada's founding of the run whose m1 Bo has answered, with his own m2 in it */
      BO_MAY_TAKE_UP && bo_m1 != EVES && founded[bo_m1 - 1] == bo_run + 1 -> bo_takes_up(true, false)
    }
  :: ada_is == paired && bo_is == paired -> break
#ifndef HONEST
  :: ada_is == over && ada_run + 1 == RUNS && (bo_is == over && bo_run + 1 == RUNS || bo_is == paired) -> break
#endif
  od
}

#ifdef HONEST
/* Nobody interferes and the relay passes everything on: both are in. */
ltl both_are_in { <> (ada_is == paired && bo_is == paired) }
#endif
