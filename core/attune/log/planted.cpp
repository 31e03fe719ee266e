#include "attune/log/planted.h"

#ifdef ATTUNE_PLANTED_BUGS
namespace attune::log {

Planted& planted() {
  static Planted switches;
  return switches;
}

}  // namespace attune::log
#endif
