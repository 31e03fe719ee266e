#!/usr/bin/env bash
# tests/models/run.sh [long]: checks the models with spin, and that each catches its faults. One line for each check, and
# "N passed, N failed" at the end. What the checks are is in README.md beside this file.
#
# A model is verified only if spin has visited every state, kept each of them whole (no hashes in their place), and reached
# every statement but the ends of processes that have none (and, where nobody interferes, what only interference brings). A fault is caught only by the property it is named with.
set -uo pipefail
. "$(dirname -- "$0")/../../scripts/say.sh"

work="$root/build/models"
mkdir -p "$work"
passed=0
failed=0
compiler=$(command -v clang-19 || command -v cc) || stop "A C compiler is missing (scripts/packages.sh test)."
command -v spin >/dev/null 2>&1 || stop "spin is missing (scripts/packages.sh test)."

# explored NAME MODEL KIND OPTIONS…: runs spin, its words in build/models/NAME/log. KIND: safety; always for the property in
# time, whoever gets a turn; fair for the same if nobody who could go on is passed over for ever. A failure of spin or the compiler shows by what is not in the log.
explored() {
  local dir="$work/$1" model=$2 kind=$3
  shift 3
  rm -rf "$dir"
  mkdir -p "$dir"
  cp "$root/tests/models/$model.pml" "$dir/"
  local how=(-DSAFETY) search=()
  # A fault shows soon: there compiling takes longer than searching.
  case $* in *BROKEN_* | *WITNESS_*) how+=(-O0) ;; *) how+=(-O2) ;; esac
  [ "$kind" = safety ] || { how=("${how[@]:1}") && search=(-a); }
  [ "$kind" = fair ] && search+=(-f)
  (
    cd "$dir" || exit
    spin -a "$@" "$model.pml" && "$compiler" -w "${how[@]}" -DMEMLIM=6000 -o pan pan.c && ./pan -m100000 "${search[@]}"
  ) >"$dir/log" 2>&1 </dev/null
}

verdict() { # NAME PROBLEM: passed if there is none
  if [ -z "$2" ]; then
    passed=$((passed + 1))
    say "  $1: passed${3:+ ($3)}"
  else
    failed=$((failed + 1))
    say "  FAILED: $1: $2 (build/models/$1/log)"
  fi
}

# verified NAME MODEL KIND OPTIONS…: every state, no error.
verified() {
  local name=$1 model=$2 log="$work/$1/log" problem='' states
  explored "$@"
  grep -q 'errors: 0$' "$log" || problem='spin found an error, or did not run'
  grep -qE 'Search not completed|max search depth too small|out of memory|hash-compact|Bit statespace|^error' "$log" &&
    problem='not every state was visited'
  grep -q 'Full statespace search for' "$log" || problem='not every state was visited'
  [ "$3" != fair ] && grep -E "^\s+$model\.pml:[0-9]+, state" "$log" | grep -qv '"-end-"' &&
    problem="a statement is never reached: $(grep -E "^\s+$model\.pml:[0-9]+, state" "$log" | grep -v '"-end-"' | head -n 1 | tr -s ' \t' ' ')"
  states=$(grep -oE '[0-9.e+]+ states, stored' "$log" | cut -d' ' -f1)
  verdict "$name" "$problem" "$(printf '%.0f' "${states:-0}") states"
}

# caught NAME PROPERTY MODEL KIND OPTIONS…: spin finds a run that breaks the property.
caught() {
  local name=$1 property=$2 log="$work/$1/log" problem=''
  shift 2
  explored "$name" "$@"
  grep -qE "^pan:[0-9]+: $property \(at depth" "$log" || problem="not caught by '$property'"
  verdict "$name" "$problem"
}

assertion() { printf 'assertion violated %s' "$1"; }
in_time='acceptance cycle'

# ---- the invitation ----
verified invitation invitation safety
verified invitation-comes-about invitation fair -DHONEST -DRUNS=1
caught invitation-without-a-promised-number "$(assertion equal_words_mean_one_exchange)" invitation safety -DBROKEN_NO_NUMBER_PROMISED
caught invitation-number-shown-at-once "$(assertion equal_words_mean_one_exchange)" invitation safety -DBROKEN_NUMBER_SHOWN_AT_ONCE
caught invitation-second-request-replaces "$(assertion equal_words_mean_one_exchange)" invitation safety -DBROKEN_SECOND_REQUEST_REPLACES
caught invitation-tap-for-whatever-is-shown "$(assertion founded_with_the_one_compared)" invitation safety -DBROKEN_TAP_FOR_WHATEVER_IS_SHOWN
caught invitation-taken-up-before-the-tap "$(assertion taken_up_after_the_tap)" invitation safety -DBROKEN_TAKEN_UP_BEFORE_THE_TAP
caught invitation-any-founding-taken-up "$(assertion taken_up_from_the_one_compared)" invitation safety -DBROKEN_ANY_FOUNDING_TAKEN_UP
caught invitation-guests-part-not-looked-at "$(assertion nobody_else_as_the_guest)" invitation safety -DBROKEN_GUESTS_PART_NOT_LOOKED_AT
caught invitation-is-not-empty "$(assertion nothing_is_ever_taken_up)" invitation safety -DWITNESS_TAKEN_UP

# ---- the sealed answer ----
honest=(-DHONEST -DANSWERS=2 -DBACKS=2)
changed=(-DCHANGED_PARTNER -DANSWERS=1 -DBACKS=1 -DTRICKS=3 -DLOSSES=0)
verified sealed-answer sealed_answer always "${honest[@]}"
verified sealed-answer-changed-partner sealed_answer safety "${changed[@]}"
caught sealed-answer-second-opens-at-once "$(assertion bound_before_it_is_read)" sealed_answer safety -DANSWERS=2 -DBACKS=1 -DBROKEN_SECOND_OPENS_AT_ONCE
caught sealed-answer-withheld-passed-over "$(assertion bound_before_it_is_read)" sealed_answer safety -DANSWERS=2 -DBACKS=1 -DBROKEN_FOLD_PASSES_OVER_WHAT_IS_WITHHELD
caught sealed-answer-taking-back-counts-late "$(assertion sealed_for_good)" sealed_answer safety "${changed[@]}" -DBROKEN_TAKING_BACK_COUNTS_LATE
caught sealed-answer-opens-while-taking-back "$(assertion not_being_taken_back)" sealed_answer safety -DANSWERS=2 -DBACKS=1 -DBROKEN_OPENS_WHILE_TAKING_BACK
caught sealed-answer-takes-back-without-looking "$in_time" sealed_answer always "${honest[@]}" -DBROKEN_TAKES_BACK_WITHOUT_LOOKING
caught sealed-answer-appends-anywhere "$in_time" sealed_answer always "${honest[@]}" -DBROKEN_APPENDS_ANYWHERE
caught sealed-answer-is-not-empty "$(assertion nothing_ever_opens)" sealed_answer safety "${changed[@]}" -DWITNESS_OPENED

# ---- members and epochs ----
quiet=(-DLOSSES=0 -DDEATHS=0 -DEVENTS=0)
verified epochs epochs always -DHONEST -DCHANGES=1
verified epochs-two-at-once epochs always -DHONEST -DCHANGES=2 "${quiet[@]}"
verified epochs-thief epochs safety -DTHIEF -DCHANGES=1 "${quiet[@]}"
caught epochs-removal-without-one "$(assertion who_is_out_has_no_later_key)" epochs safety -DCHANGES=1 -DBROKEN_REMOVES_WITHOUT_AN_EPOCH
caught epochs-who-leaves-makes-the-key "$(assertion who_is_out_has_no_later_key)" epochs safety -DCHANGES=1 -DBROKEN_WHO_LEAVES_MAKES_THE_KEY
caught epochs-thief-leaves-and-makes-the-key "$(assertion who_is_out_has_no_later_key)" epochs safety -DTHIEF -DCHANGES=1 "${quiet[@]}" -DBROKEN_WHO_LEAVES_MAKES_THE_KEY
caught epochs-old-one-taken "$(assertion epoch_is_the_newest)" epochs safety -DCHANGES=1 -DBROKEN_OLD_EPOCH_TAKEN
caught epochs-ours-first "$(assertion mine_comes_first)" epochs safety -DCHANGES=1 -DBROKEN_OURS_FIRST
caught epochs-ours-handed-out-first "$(assertion mine_comes_first)" epochs safety -DCHANGES=1 -DBROKEN_OURS_HANDED_OUT_FIRST
caught epochs-ours-left-to-who-began "$in_time" epochs always -DHONEST -DCHANGES=1 -DBROKEN_OURS_LEFT_TO_WHO_BEGAN
caught epochs-are-not-empty "$(assertion nobody_ever_leaves_ours)" epochs safety -DCHANGES=1 -DWITNESS_TURNED_OUT

# ---- listening ----
short=(-DPOSTPONES=0 -DALMOSTS=0 -DNOT_YETS=0 -DMORES=0)
on_time=(-DLATES=0 "${short[@]}")
to_the_end=(-DTO_THE_END -DLATES=0 -DSTOPS=0)
changed=(-DCHANGED_PARTNER "${on_time[@]}" -DLOSSES=0 -DTRICKS=1)
verified listening listening always "${to_the_end[@]}" -DPOSTPONES=0 -DALMOSTS=0
verified listening-pauses listening always "${to_the_end[@]}" "${short[@]}" -DLOSSES=0 -DPAUSES=1
verified listening-stops listening safety "${on_time[@]}" -DPOSTPONES=1 -DSTOPS=2
verified listening-late-taps listening safety "${short[@]}" -DMORES=1 -DLOSSES=0 -DSTOPS=0
verified listening-changed-partner listening safety "${changed[@]}"
caught listening-without-the-yes "$(assertion only_the_speakers_yes_moves_on)" listening safety "${on_time[@]}" -DBROKEN_MOVES_ON_WITHOUT_A_YES
caught listening-anybody-moves "$(assertion only_the_speakers_yes_moves_on)" listening safety "${changed[@]}" -DBROKEN_ANYBODY_MOVES
caught listening-without-the-step "$(assertion counts_for_what_was_in_sight)" listening safety "${short[@]}" -DMORES=1 -DLOSSES=0 -DTIME_OUTS=0 -DBROKEN_NO_STEP
caught listening-agrees-to-whatever-is-asked "$(assertion counts_for_what_was_in_sight)" listening safety "${on_time[@]}" -DPOSTPONES=1 -DBROKEN_ANSWERS_WHATEVER_IS_ASKED
caught listening-ready-for-whatever-is-asked "$(assertion counts_for_what_was_in_sight)" listening safety "${short[@]}" -DTIME_OUTS=2 -DLOSSES=0 -DSTOPS=0 -DBROKEN_ANSWERS_WHATEVER_IS_ASKED
caught listening-goes-on-with-one-ready "$(assertion both_said_that_now_is_good)" listening safety "${on_time[@]}" -DBROKEN_GOES_ON_WITH_ONE_READY
caught listening-everything-names-the-step "$(assertion one_tap_is_enough)" listening safety "${on_time[@]}" -DBROKEN_EVERYTHING_NAMES_THE_STEP
caught listening-shows-only-what-is-confirmed "$(assertion the_floor_is_ones)" listening safety "${on_time[@]}" -DTIME_OUTS=0 -DSTOPS=0 -DBROKEN_SHOWS_ONLY_WHAT_IS_CONFIRMED
caught listening-stop-names-the-step "$(assertion stop_always_stops)" listening safety "${on_time[@]}" -DBROKEN_STOP_NAMES_THE_STEP
caught listening-appends-anywhere "$(assertion what_is_sent_counts)" listening safety "${on_time[@]}" -DBROKEN_APPENDS_ANYWHERE
caught listening-counts-its-own-at-once "$(assertion views_agree)" listening safety "${on_time[@]}" -DBROKEN_COUNTS_ITS_OWN_AT_ONCE
caught listening-pause-told-once "$in_time" listening always "${to_the_end[@]}" "${short[@]}" -DLOSSES=0 -DPAUSES=1 -DBROKEN_PAUSE_TOLD_ONCE
caught listening-is-not-empty "$(assertion nobody_is_ever_understood)" listening safety "${on_time[@]}" -DWITNESS_UNDERSTOOD

# ---- further than what every run of ./test visits ----
if [ "${1:-}" = long ]; then
  verified invitation-three-runs invitation safety -DRUNS=3
  verified sealed-answer-three-taps sealed_answer always -DHONEST -DANSWERS=3 -DBACKS=1
  verified sealed-answer-changed-partner-losses sealed_answer safety -DCHANGED_PARTNER -DANSWERS=2 -DBACKS=1 -DTRICKS=2 -DLOSSES=1
  verified epochs-two-at-once-losses epochs always -DHONEST -DCHANGES=2 -DLOSSES=1 -DDEATHS=0 -DEVENTS=0
  verified listening-longer listening always "${to_the_end[@]}"
  verified listening-two-time-outs listening safety "${short[@]}" -DMORES=1 -DTIME_OUTS=2 -DLOSSES=0 -DSTOPS=0
  verified listening-changed-partner-more listening safety "${changed[@]}" -DMORES=1
fi

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
