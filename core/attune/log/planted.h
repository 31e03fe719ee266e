// Planted bugs: single checks that the test build can switch off, to prove that a test notices.
// Outside that build everything here is a constant and costs nothing.
#pragma once

namespace attune::log {

struct Planted {
  bool skip_signatures = false;   ///< a dropped signature check
  bool swap_order = false;        ///< a swapped order in the fold
  bool open_early = false;        ///< the opening is posted before both committed
  bool private_in_ours = false;   ///< a private event goes to the shared stream
  bool skip_hashes = false;       ///< parts are not compared with the hashes their header names
  bool skip_chain = false;        ///< a record need not follow the history before it
  bool skip_rights = false;       ///< an event by an author who may not write counts
  bool skip_commitment = false;   ///< an opened answer need not be the one that was sealed
  bool forget_done = false;       ///< a command that stands in the log is not known to be done
  bool skip_continues = false;    ///< a successor may continue a place that is not in my history
  bool forget_sent = false;       ///< what was sent is not kept until its answer comes
  bool skip_the_floor = false;  ///< in a listening session a move counts, whoever has the floor and whatever comes next
  bool skip_state_hash = false;  ///< a snapshot from the slot need not be the one that was vouched for
  unsigned snapshot_every = 1024;  ///< no bug: records between two snapshots of the fold, fewer in a test
  unsigned slot_from = 512;  ///< no bug: records that a new device is left a snapshot from (what one message of
                             ///< the relay holds needs none), fewer in a test
  unsigned slot_piece = 256 * 1024;  ///< no bug: bytes of a piece of that, fewer in a test
  unsigned fold_slice = 2048;  ///< no bug: records folded at a time, fewer in a test
};

#ifdef ATTUNE_PLANTED_BUGS
Planted& planted();
#else
constexpr Planted planted() { return {}; }
#endif

}  // namespace attune::log
