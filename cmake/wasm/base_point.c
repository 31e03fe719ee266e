// Ed25519's base point times a number, without libsodium's table of its multiples: 26 of the module's KB compressed,
// for something done once for each record that is written and for each key that is made. libsodium's own general
// multiplication takes the same numbers, in constant time as well.
#include "private/ed25519_ref10.h"

void ge25519_scalarmult_base(ge25519_p3* h, const unsigned char* a) {
  // (x, 4/5) with x positive: RFC 8032, section 5.1.
  static const unsigned char base[32] = {0x58, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
                                         0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
                                         0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66};
  ge25519_p3 point;
  ge25519_frombytes(&point, base);
  ge25519_scalarmult(h, a, &point);
}
