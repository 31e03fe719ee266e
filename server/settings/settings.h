// Every setting of the server, in one table: each row is a flag (--name), an environment variable (ATTUNED_NAME), a
// key of the settings file (name = …) and its line in --help and --sample-config, with one type and one bound.
// A flag wins over the environment, that over the file, that over the default.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "server/relay/policy.h"

namespace attune::server {

struct Settings {
  std::string listen;
  std::uint16_t port = 0;
  std::filesystem::path data;
  std::filesystem::path web;
  std::vector<std::string> origins;  ///< empty: the loopback forms of our own port
  std::optional<Registration> registration;  ///< none: open if only this machine can reach us, else closed
  std::string token;
  std::uint32_t threads = 0;
  std::string log_level;
  std::vector<std::string> proxies;  ///< networks whose X-Forwarded-For is believed
  bool push = false;                 ///< devices that ask for it are woken
  std::string push_contact;          ///< whom a push service may write to; empty: see push_contact_of
  bool push_allow_local = false;     ///< addresses of this machine and its network may be called

  std::uint32_t connections = 0;
  std::uint32_t connections_per_address = 0;
  std::uint32_t streams_per_address = 0;    ///< founded in a day
  std::uint32_t mailboxes_per_address = 0;  ///< made in a day
  std::uint32_t streams_per_device = 0;
  std::uint32_t messages_per_second = 0;
  std::uint32_t memory_mib = 0;   ///< for what is on its way in and out
  std::uint64_t stream_mib = 0;
  std::uint64_t store_mib = 0;    ///< 0: as far as the disk
};

/// What a value may be. Told to people by `describe`.
struct NumberBound {
  std::uint64_t least, most;
};
struct OneOfBound {
  std::vector<std::string> values;
};
struct TextBound {
  std::size_t least, most;  ///< characters; printable, no spaces
};
struct ContactBound {};  ///< mailto: or https:, or nothing
struct PathBound {};
struct OriginsBound {};   ///< addresses of sites, several with commas between
struct NetworksBound {};  ///< networks as 10.0.0.0/8, several with commas between
using Bound = std::variant<NumberBound, OneOfBound, TextBound, ContactBound, PathBound, OriginsBound, NetworksBound>;

struct Setting {
  std::string_view name;      ///< as a flag without the dashes; the text of settings.<name> is its help
  std::string_view standard;  ///< the default, as text
  Bound bound;
  std::function<void(Settings&, const std::string&)> set;  ///< the value has passed the bound
};

std::span<const Setting> settings_table();
std::string environment_name(const Setting& setting);
std::string describe(const Bound& bound);
bool fits(const Bound& bound, const std::string& value);

/// What the command line asks for.
struct Start {
  Settings settings;
};
struct BackUp {
  std::filesystem::path data;
  std::filesystem::path file;
};
struct Restore {
  std::filesystem::path data;
  std::filesystem::path file;
};
struct Print {
  std::string text;  ///< --help, --version, --sample-config
};
struct Refusal {
  std::string sentence;
};

using Environment = std::function<const char*(const char*)>;
using Asked = std::variant<Start, BackUp, Restore, Print, Refusal>;
Asked read_settings(std::span<const char* const> arguments, const Environment& environment);

/// Everything that the relay's rules need of them, but the key for push, which lies in the store.
Policy policy_of(const Settings& settings);
Registration registration_of(const Settings& settings);
/// The contact that is set, else the first address with https under which people reach this server, else nothing.
std::string push_contact_of(const Settings& settings);
/// Does only this machine reach the port? (A proxy on this machine may still serve the world.)
bool on_loopback(const Settings& settings);
/// And is it dialled from this machine only, too?
bool for_this_machine(const Settings& settings);
/// Is this the origin of a page that this machine serves itself, on whatever port? (RFC 6454, 7)
bool on_this_machine(std::string_view origin);

}  // namespace attune::server
