// The access table as bytes, for keeping beside its stream.
//
//   version u8 = 1 ‖ kind u8 ‖ stream 32 ‖ epoch u32 ‖ key id 32 ‖ closed u8 ‖ seats u16 ‖ seat…
//   seat = sign 32 ‖ box 32 ‖ person u8 ‖ role u8 ‖ self 32 ‖ join 64 ‖ added u64 ‖ removed u8 [u64]
#pragma once

#include "wire/members.h"

namespace attune::server {

Bytes encode_table(const wire::Table& table);
/// None: these bytes are not a table.
std::optional<wire::Table> decode_table(ByteView bytes);

}  // namespace attune::server
