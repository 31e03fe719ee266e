// What the server says to its operator: content/en/server.json, built in.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace attune::server {

using Filling = std::pair<std::string_view, std::string_view>;  ///< name of a place in braces, what goes there

/// The sentence of this key with its places filled. A key without a text is a mistake of ours: the key itself then.
std::string say(std::string_view key, std::initializer_list<Filling> fillings = {});

}  // namespace attune::server
