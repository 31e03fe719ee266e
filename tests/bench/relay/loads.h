// The three loads. Each is the same for every service.
#pragma once

#include "bench/relay/service.h"

namespace attune::bench {

/// Milliseconds from each append to its being safe: couple 0 alone, the next when the one before is.
std::vector<double> one_at_a_time(Service& service, std::size_t appends);

/// Appends a second: all couples at once, each partner appending as soon as it has been handed what the other wrote.
double all_at_once(Service& service, std::size_t couples, double seconds);

/// Milliseconds from when an append was due to its being handed to the partner: so many a second, over all couples,
/// partners in turns. What is late itself, because the one before is still on its way, counts from when it was due.
std::vector<double> delivered_at(Service& service, std::size_t couples, double rate, double seconds);

}  // namespace attune::bench
