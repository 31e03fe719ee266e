// Refusals of the client: storage, commands by name, drafts.
#pragma once

#include "wire/result.h"

namespace attune::client {

inline constexpr ErrorCode kStorageNewer{300, "storage-newer",
                                         "This device's data was written by a newer Attune; nothing was touched."};
inline constexpr ErrorCode kStorageCorrupt{301, "storage-corrupt", "This device's data is damaged."};
inline constexpr ErrorCode kUnknownCommand{302, "unknown-command", "There is no command of this name."};
inline constexpr ErrorCode kUnknownView{303, "unknown-view", "There is no view of this name."};
inline constexpr ErrorCode kBadArguments{304, "bad-arguments", "The arguments are not of the command's form."};
inline constexpr ErrorCode kTooLateToUndo{305, "too-late-to-undo", "It has been sent already."};
inline constexpr ErrorCode kNotConnected{306, "not-connected", "This needs the server, which can not be reached now."};
inline constexpr ErrorCode kServerFault{307, "server-fault",
                                        "The server handed over something wrong; nothing of it was used."};
inline constexpr ErrorCode kNotAMemberAnyMore{308, "not-a-member-any-more", "This device was removed from the space."};
inline constexpr ErrorCode kRefusedLater{309, "refused-later",
                                         "What was written could not be sent any more; it is kept as a draft."};
inline constexpr ErrorCode kMendRefused{
    310, "mend-refused", "A proposal to mend the space names another history, or other devices, than this one knows."};
inline constexpr ErrorCode kNotCalled{311, "not-called",
                                      "This device is not woken, so it can not be woken at a time either."};
inline constexpr ErrorCode kForkOfMine{312, "fork-of-mine",
                                       "Two signed histories exist of what is only this person's."};
inline constexpr ErrorCode kStillComing{
    313, "still-coming", "What this builds on is shown, but has not come and been checked on this device yet."};

}  // namespace attune::client
