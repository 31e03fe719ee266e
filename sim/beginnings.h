// How two people become a couple, and how a further phone of theirs comes by the twelve words. A person is patient
// here: each of these takes the time it takes, on a world in which everything works.
#pragma once

#include "sim/world.h"

namespace attune::sim {

/// `inviter` has begun; `guest` has not. Both tap the same words.
void become_a_couple(World& world, Device& inviter, std::string_view inviters_app, Device& guest,
                     std::string_view guests_name);

/// `first` lets `fresh` in by a link, up to the same words. What comes over then takes the time it takes.
void let_in(World& world, Device& first, std::string_view app, Device& fresh, std::string_view name);

/// The key of this device, as lists of devices show it.
Json key_of(Device& device);

/// A fresh phone comes back by the words and keeps the devices with these keys. False: it did not come to be one of
/// them, and is stopped.
bool come_back(World& world, Device& fresh, const std::string& words, const Json& keep);

}  // namespace attune::sim
