// Some of the parser's assertions hold for well-formed files only: "[#" would end the relay. Here each is an error of
// the file.
namespace attune::server {
struct NoToml {};
}  // namespace attune::server
#define TOML_ASSERT(held) (static_cast<bool>(held) ? static_cast<void>(0) : throw ::attune::server::NoToml{})

#include <toml++/toml.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <fstream>
#include <map>

#include "server/settings/settings.h"
#include "server/texts/texts.h"

namespace attune::server {

namespace {

using Values = std::map<std::string_view, std::string>;

std::string help_of(const Setting& setting) { return say("settings." + std::string(setting.name)); }

std::string sample_config() {
  std::string out;
  for (const Setting& setting : settings_table()) {
    const std::string bound = describe(setting.bound);
    out += "# " + help_of(setting) + (bound.empty() ? "" : " (" + bound + ")") + "\n";
    const bool number = std::holds_alternative<NumberBound>(setting.bound);
    const std::string value = number ? std::string(setting.standard) : "\"" + std::string(setting.standard) + "\"";
    out += "# " + std::string(setting.name) + " = " + value + "\n\n";
  }
  return out;
}

constexpr std::size_t kHelpColumn = 38;

void help_line(std::string& out, std::string left, const std::string& text) {
  left.resize(std::max(left.size() + 2, kHelpColumn), ' ');
  out += left + text + "\n";
}

std::string help() {
  std::string out = say("about") + "\n\n";
  help_line(out, "attuned [--SETTING VALUE]…", say("settings.serve"));
  help_line(out, "attuned backup FILE", say("settings.backup"));
  help_line(out, "attuned restore FILE", say("settings.restore"));
  out += "\n";
  help_line(out, "  --config FILE", say("settings.config") + " [ATTUNED_CONFIG]");
  for (const Setting& setting : settings_table()) {
    const std::string bound = describe(setting.bound);
    help_line(out, "  --" + std::string(setting.name) + " " + std::string(setting.standard),
              help_of(setting) + (bound.empty() ? "" : " (" + bound + ")") + " [" + environment_name(setting) + "]");
  }
  help_line(out, "  --sample-config", say("settings.sample-config"));
  help_line(out, "  --version", say("settings.version"));
  help_line(out, "  --help", say("settings.help"));
  return out;
}

// One value of the file as the text it would be on the command line; several with commas between. None: no such type.
std::optional<std::string> text_of(const toml::node& node) {
  if (auto text = node.value_exact<std::string>()) return text;
  if (const auto number = node.value_exact<std::int64_t>()) return std::to_string(*number);
  if (const auto* list = node.as_array()) {
    std::string out;
    for (const toml::node& one : *list) {
      const auto text = one.value_exact<std::string>();
      if (!text) return std::nullopt;
      out += (out.empty() ? "" : ",") + *text;
    }
    return out;
  }
  return std::nullopt;
}

const Setting* find_setting(std::string_view name) {
  for (const Setting& setting : settings_table()) {
    if (setting.name == name) return &setting;
  }
  return nullptr;
}

/// Number of the first line at which the parser gives up without saying where.
std::size_t line_of_no_toml(std::string_view text) {
  for (std::size_t line = 1, end = 0;; ++line) {
    end = std::min(text.find('\n', end), text.size() - 1) + 1;
    try {
      static_cast<void>(toml::parse(text.substr(0, end)));
    } catch (const toml::parse_error&) {  // NOLINT(bugprone-empty-catch): an end in the midst of something, so far
    } catch (const NoToml&) {
      return line;
    }
    if (end == text.size()) return line;
  }
}

std::optional<Refusal> read_file(const std::string& path, Values& values) {
  std::ifstream file(path);
  if (!file) return Refusal{say("refuse.config-missing", {{"path", path}})};
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  try {
    const toml::table table = toml::parse(text, path);
    for (const auto& [key, node] : table) {
      const Setting* setting = find_setting(key.str());
      if (setting == nullptr) return Refusal{say("refuse.setting-unknown", {{"name", key.str()}})};
      const auto value = text_of(node);
      if (!value) {
        return Refusal{
            say("refuse.config-unreadable", {{"path", path}, {"line", std::to_string(node.source().begin.line)}})};
      }
      values[setting->name] = *value;
    }
  } catch (const toml::parse_error& error) {
    return Refusal{
        say("refuse.config-unreadable", {{"path", path}, {"line", std::to_string(error.source().begin.line)}})};
  } catch (const NoToml&) {
    return Refusal{say("refuse.config-unreadable", {{"path", path}, {"line", std::to_string(line_of_no_toml(text))}})};
  }
  return std::nullopt;
}

std::string refusal_of(const Setting& setting, const std::string& value) {
  if (setting.name == "port") return say("refuse.port-number", {{"value", value}});
  if (setting.name == "origins") return say("refuse.origin", {{"value", value}});
  return say("refuse.setting-value", {{"name", setting.name}, {"value", value}, {"bound", describe(setting.bound)}});
}

Asked settle(const Values& values) {
  Start out;
  for (const Setting& setting : settings_table()) {
    const std::string& value = values.at(setting.name);
    if (!fits(setting.bound, value)) return Refusal{refusal_of(setting, value)};
    setting.set(out.settings, value);
  }
  boost::system::error_code error;
  boost::asio::ip::make_address(out.settings.listen, error);
  if (error) return Refusal{say("refuse.address", {{"address", out.settings.listen}})};
  if (out.settings.registration == Registration::token && out.settings.token.empty()) {
    return Refusal{say("refuse.token-missing")};
  }
  return out;
}

}  // namespace

std::string describe(const Bound& bound) {
  if (const auto* number = std::get_if<NumberBound>(&bound)) {
    return say("bound.number", {{"least", std::to_string(number->least)}, {"most", std::to_string(number->most)}});
  }
  if (const auto* one_of = std::get_if<OneOfBound>(&bound)) {
    std::string values;
    for (const std::string& value : one_of->values) values += (values.empty() ? "" : ", ") + value;
    return say("bound.one-of", {{"values", values}});
  }
  if (const auto* text = std::get_if<TextBound>(&bound)) {
    return say("bound.text", {{"most", std::to_string(text->most)}});
  }
  if (std::holds_alternative<ContactBound>(bound)) return say("bound.contact");
  if (std::holds_alternative<OriginsBound>(bound)) return say("bound.origins");
  if (std::holds_alternative<NetworksBound>(bound)) return say("bound.networks");
  return {};
}

Asked read_settings(std::span<const char* const> arguments, const Environment& environment) {
  CLI::App app;
  app.set_help_flag("-h,--help");
  bool version = false;
  bool sample = false;
  std::string config;
  app.add_flag("--version", version);
  app.add_flag("--sample-config", sample);
  app.add_option("--config", config);
  std::string file;
  CLI::App* const backup = app.add_subcommand("backup")->fallthrough();
  CLI::App* const restore = app.add_subcommand("restore")->fallthrough();
  for (CLI::App* const verb : {backup, restore}) verb->add_option("file", file);
  app.require_subcommand(0, 1);
  Values given;
  for (const Setting& setting : settings_table()) {
    app.add_option("--" + std::string(setting.name), given[setting.name]);
  }
  try {
    app.parse(static_cast<int>(arguments.size()), const_cast<char**>(const_cast<const char**>(arguments.data())));
  } catch (const CLI::CallForHelp&) {
    return Print{help()};
  } catch (const CLI::ExtrasError&) {
    const auto unknown = app.remaining(true);
    return Refusal{say("refuse.setting-unknown", {{"name", unknown.empty() ? "" : unknown.front()}})};
  } catch (const CLI::ParseError& error) {
    return Refusal{say("refuse.command-line", {{"reason", error.what()}})};
  }
  if (version) return Print{std::string("attuned ") + ATTUNE_VERSION + "\n"};
  if (sample) return Print{sample_config()};

  Values values;
  for (const Setting& setting : settings_table()) values[setting.name] = setting.standard;
  if (config.empty()) {
    if (const char* path = environment("ATTUNED_CONFIG")) config = path;
  }
  if (!config.empty()) {
    if (auto refusal = read_file(config, values)) return *refusal;
  }
  for (const Setting& setting : settings_table()) {
    if (const char* value = environment(environment_name(setting).c_str())) values[setting.name] = value;
    if (app.count("--" + std::string(setting.name)) != 0) values[setting.name] = given[setting.name];
  }
  Asked out = settle(values);
  if (app.get_subcommands().empty() || !std::holds_alternative<Start>(out)) return out;
  if (file.empty()) return Refusal{say("refuse.file-missing", {{"verb", app.get_subcommands().front()->get_name()}})};
  const std::filesystem::path& data = std::get<Start>(out).settings.data;
  if (backup->parsed()) return BackUp{.data = data, .file = file};
  return Restore{.data = data, .file = file};
}

bool on_loopback(const Settings& settings) {
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(settings.listen, error);
  return !error && address.is_loopback();
}

Registration registration_of(const Settings& settings) {
  return settings.registration.value_or(on_loopback(settings) ? Registration::open : Registration::closed);
}

bool for_this_machine(const Settings& settings) {
  return on_loopback(settings) && std::ranges::all_of(settings.origins, [](const std::string& origin) {
           return origin.starts_with("http://localhost:") || origin.starts_with("http://127.0.0.1:") ||
                  origin.starts_with("http://[::1]:");
         });
}

bool on_this_machine(std::string_view origin) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    for (const std::string_view host : {"localhost", "127.0.0.1", "[::1]"}) {
      if (!origin.starts_with(scheme) || !origin.substr(scheme.size()).starts_with(host)) continue;
      const std::string_view port = origin.substr(scheme.size() + host.size());
      const auto digit = [](char c) { return c >= '0' && c <= '9'; };
      return port.empty() || (port.size() > 1 && port.front() == ':' && std::ranges::all_of(port.substr(1), digit));
    }
  }
  return false;
}

std::string push_contact_of(const Settings& settings) {
  if (!settings.push_contact.empty()) return settings.push_contact;
  const auto secure = [](const std::string& origin) { return origin.starts_with("https://"); };
  const auto found = std::ranges::find_if(settings.origins, secure);
  return found == settings.origins.end() ? std::string() : *found;
}

Policy policy_of(const Settings& settings) {
  Policy out;
  out.origins = settings.origins;
  if (out.origins.empty()) {
    for (const char* host : {"localhost", "127.0.0.1", "[::1]"}) {
      out.origins.push_back("http://" + std::string(host) + ":" + std::to_string(settings.port));
    }
  }
  out.registration = registration_of(settings);
  out.push_local = settings.push_allow_local;
  out.messages_per_second = settings.messages_per_second;
  out.streams_per_device = settings.streams_per_device;
  out.stream_bytes = settings.stream_mib * 1024 * 1024;
  out.bytes_in_flight = std::uint64_t{settings.memory_mib} * 1024 * 1024 / 2;
  return out;
}

}  // namespace attune::server
