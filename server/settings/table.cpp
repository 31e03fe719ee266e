#include <algorithm>
#include <array>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <charconv>

#include "server/settings/settings.h"

namespace attune::server {

namespace {

std::uint64_t number_in(const std::string& value) {
  std::uint64_t out = 0;
  std::from_chars(value.data(), value.data() + value.size(), out);
  return out;
}

std::vector<std::string> list_in(const std::string& value) {
  std::vector<std::string> out;
  std::string_view rest = value;
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    std::string_view one = rest.substr(0, comma);
    while (one.starts_with(' ')) one.remove_prefix(1);
    while (one.ends_with(' ')) one.remove_suffix(1);
    if (!one.empty()) out.emplace_back(one);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return out;
}

template <auto Member>
void set_number(Settings& settings, const std::string& value) {
  settings.*Member = static_cast<std::remove_reference_t<decltype(settings.*Member)>>(number_in(value));
}
template <auto Member>
void set_as_is(Settings& settings, const std::string& value) {
  settings.*Member = value;
}
template <auto Member>
void set_list(Settings& settings, const std::string& value) {
  settings.*Member = list_in(value);
}
template <auto Member>
void set_switch(Settings& settings, const std::string& value) {
  settings.*Member = value == "on";
}
void set_registration(Settings& settings, const std::string& value) {
  if (value == "auto") return settings.registration.reset();
  settings.registration = value == "open"    ? Registration::open
                          : value == "token" ? Registration::token
                                             : Registration::closed;
}

// scheme://host[:port] and nothing behind it, as browsers write an origin.
bool is_origin(std::string_view value) {
  const std::string_view scheme = value.starts_with("https://")  ? "https://"
                                  : value.starts_with("http://") ? "http://"
                                                                 : "";
  if (scheme.empty()) return false;
  const std::string_view rest = value.substr(scheme.size());
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
  };
  return !rest.empty() && rest.size() < 254 && std::ranges::all_of(rest, allowed) && rest.front() != ':' &&
         rest.back() != ':';
}

// A quotation mark or a backslash would have to be escaped where the contact is written.
bool is_contact(std::string_view value) {
  const bool known = value.starts_with("mailto:") || value.starts_with("https://");
  const auto allowed = [](char c) { return c > ' ' && c < 0x7f && c != '"' && c != '\\'; };
  return value.empty() || (known && value.size() > 8 && value.size() < 254 && std::ranges::all_of(value, allowed));
}

bool is_network(const std::string& value) {
  boost::system::error_code error;
  boost::asio::ip::make_network_v4(value, error);
  if (!error) return true;
  boost::asio::ip::make_network_v6(value, error);
  return !error;
}

constexpr std::uint64_t kMany = 1'000'000;

}  // namespace

std::span<const Setting> settings_table() {
  static const std::array table = {
      Setting{"listen", "127.0.0.1", TextBound{2, 64}, set_as_is<&Settings::listen>},
      Setting{"port", "8420", NumberBound{1, 65535}, set_number<&Settings::port>},
      Setting{"data", "data", PathBound{}, set_as_is<&Settings::data>},
      Setting{"web", "", PathBound{}, set_as_is<&Settings::web>},
      Setting{"origins", "", OriginsBound{}, set_list<&Settings::origins>},
      Setting{"registration", "auto", OneOfBound{{"auto", "open", "token", "closed"}}, set_registration},
      Setting{"token", "", TextBound{0, 128}, set_as_is<&Settings::token>},
      Setting{"threads", "2", NumberBound{1, 64}, set_number<&Settings::threads>},
      Setting{"log-level", "info", OneOfBound{{"debug", "info", "warn", "error", "off"}},
              set_as_is<&Settings::log_level>},
      Setting{"trusted-proxies", "127.0.0.0/8, ::1/128", NetworksBound{}, set_list<&Settings::proxies>},
      Setting{"push", "on", OneOfBound{{"on", "off"}}, set_switch<&Settings::push>},
      Setting{"push-contact", "", ContactBound{}, set_as_is<&Settings::push_contact>},
      Setting{"push-allow-local", "off", OneOfBound{{"on", "off"}}, set_switch<&Settings::push_allow_local>},
      Setting{"connections", "4096", NumberBound{1, kMany}, set_number<&Settings::connections>},
      Setting{"connections-per-address", "256", NumberBound{1, kMany}, set_number<&Settings::connections_per_address>},
      Setting{"streams-per-address", "500", NumberBound{1, kMany}, set_number<&Settings::streams_per_address>},
      Setting{"mailboxes-per-address", "500", NumberBound{1, kMany}, set_number<&Settings::mailboxes_per_address>},
      Setting{"streams-per-device", "16", NumberBound{2, 256}, set_number<&Settings::streams_per_device>},
      Setting{"messages-per-second", "50", NumberBound{1, 10'000}, set_number<&Settings::messages_per_second>},
      Setting{"memory-mib", "128", NumberBound{16, 65'536}, set_number<&Settings::memory_mib>},
      Setting{"stream-mib", "1024", NumberBound{1, kMany}, set_number<&Settings::stream_mib>},
      Setting{"store-mib", "0", NumberBound{0, 16 * kMany}, set_number<&Settings::store_mib>},
  };
  return table;
}

std::string environment_name(const Setting& setting) {
  std::string out = "ATTUNED_";
  for (const char c : setting.name) out += c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return out;
}

bool fits(const Bound& bound, const std::string& value) {
  if (const auto* number = std::get_if<NumberBound>(&bound)) {
    std::uint64_t parsed = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), parsed);
    return error == std::errc{} && end == value.data() + value.size() && parsed >= number->least &&
           parsed <= number->most;
  }
  if (const auto* one_of = std::get_if<OneOfBound>(&bound))
    return std::ranges::find(one_of->values, value) != one_of->values.end();
  if (const auto* text = std::get_if<TextBound>(&bound)) {
    const auto printable = [](char c) { return c > ' ' && c < 0x7f; };
    return value.size() >= text->least && value.size() <= text->most && std::ranges::all_of(value, printable);
  }
  if (std::holds_alternative<ContactBound>(bound)) return is_contact(value);
  if (std::holds_alternative<OriginsBound>(bound)) return std::ranges::all_of(list_in(value), is_origin);
  if (std::holds_alternative<NetworksBound>(bound)) return std::ranges::all_of(list_in(value), is_network);
  return value.find('\0') == std::string::npos;
}

}  // namespace attune::server
