// Limits of the wire, in bytes unless a name says otherwise. Both sides read them here and nowhere else.
#pragma once

#include <cstddef>
#include <cstdint>

namespace attune::wire {

inline constexpr std::uint8_t kRecordVersion = 1;
inline constexpr std::uint8_t kProtocolVersion = 1;

inline constexpr std::size_t kHeaderSize = 208;
inline constexpr std::size_t kAssociatedSize = 144;  ///< the part of the header that both AEADs authenticate
inline constexpr std::size_t kSignatureSize = 64;
inline constexpr std::size_t kMaxSkeleton = 16 * 1024;
inline constexpr std::size_t kMaxContent = 128 * 1024;
inline constexpr std::size_t kMaxRecord = kHeaderSize + kSignatureSize + kMaxSkeleton + kMaxContent;

inline constexpr std::size_t kMaxAppendRecords = 64;
inline constexpr std::size_t kMaxAppendAhead = kMaxAppendRecords + 16;  ///< control records shown with an append
inline constexpr std::size_t kMaxBatchRecords = 512;        ///< records in one `records` frame
inline constexpr std::size_t kMaxBatchBytes = 1024 * 1024;  ///< record bytes in one `records` or `append` frame
inline constexpr std::size_t kMaxStreams = 1024;            ///< streams named in one `welcome` frame
inline constexpr std::size_t kMaxFrame = kMaxBatchBytes + kMaxRecord + 64 * 1024;

// Per person, so that nobody can fill the other's places.
inline constexpr std::size_t kMaxKeys = 16;  ///< one person's keys at a time, phrases and readers included
inline constexpr std::size_t kMaxKeysEver = 1024;  ///< one person's keys in a stream, removed ones included
inline constexpr std::size_t kMaxMembers = 2 * kMaxKeys;  ///< keys at a time in one stream
inline constexpr std::size_t kMaxErase = 1024;  ///< positions in one erase record
inline constexpr std::size_t kMaxEraseBlobs = 128;  ///< blobs in one erase record; both fit into one skeleton

inline constexpr std::size_t kMailSize = 1024;  ///< every mail is padded to exactly this plaintext
inline constexpr std::size_t kMaxMail = kMailSize + 64;
inline constexpr std::size_t kMaxMailsInBox = 8;
inline constexpr std::int64_t kMailboxSeconds = 24 * 60 * 60;
inline constexpr std::int64_t kChallengeSeconds = 30;

// A snapshot of *mine* beside its log (PROTOCOL.md 11).
inline constexpr std::size_t kMaxSlotPiece = 256 * 1024;
inline constexpr std::size_t kMaxSlotPieces = 255;

inline constexpr std::size_t kMaxSignal = 256;  ///< what devices that are there together say and nobody stores

inline constexpr std::size_t kMaxEndpoint = 512;  ///< address of a push subscription
inline constexpr std::size_t kMaxWakeTimes = 16;  ///< wake-up times of one device
inline constexpr std::uint64_t kMaxWakeTime = 0xff'ffff'ffff;  ///< seconds since 1970

}  // namespace attune::wire
