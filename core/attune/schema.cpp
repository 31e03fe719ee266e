#include "attune/schema.h"

#include "attune/client/requests.h"
#include "attune/client/shown.h"
#include "attune/errors.h"
#include "attune/schema/document.h"
#include "attune/schema/typescript.h"
#include "attune/space/events.h"

namespace attune {

namespace schema {

/// What a screen names by it is an item, whatever events it is made of.
template <>
struct NameOf<log::EventId> {
  static constexpr std::string_view value() { return "Item"; }
};

}  // namespace schema

namespace {

using schema::Catalogue;
using schema::Document;

template <class P>
using EventsOf = typename P::Events;
template <class P>
using CommandsOf = typename P::Commands;
template <template <class> class Part>
using Practised = boost::mp11::mp_apply<boost::mp11::mp_append, boost::mp11::mp_transform<Part, practices::All>>;

using AllEvents = boost::mp11::mp_append<space::Events, Practised<EventsOf>>;
using AllCommands = boost::mp11::mp_append<client::SpaceRequests, Practised<CommandsOf>>;

/// Calls `each` with mp_identity<T> for every type of the list: none of them needs to be made.
template <class List, class Each>
void for_each_type(Each each) {
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, List>>(each);
}

std::string_view stream_name(wire::StreamKind kind) { return kind == wire::StreamKind::mine ? "mine" : "ours"; }

Document events(Catalogue& catalogue) {
  Document out = Document::array();
  for_each_type<AllEvents>([&]<class E>(boost::mp11::mp_identity<E>) {
    out.push_back({{"kind", E::kKind},
                   {"version", E::kVersion},
                   {"stream", stream_name(E::kStream)},
                   {"needed", E::kNeeded},
                   {"fields", document_of_fields(schema::fields_of<typename E::Fields>(catalogue))},
                   {"content", document_of_fields(schema::fields_of<typename E::Content>(catalogue))}});
  });
  return out;
}

Document commands(Catalogue& catalogue) {
  Document out = Document::array();
  for_each_type<AllCommands>([&]<class C>(boost::mp11::mp_identity<C>) {
    out.push_back({{"name", C::kName}, {"args", document_of_fields(schema::fields_of<C>(catalogue))}});
  });
  return out;
}

Document views(Catalogue& catalogue) {
  Document out = Document::array();
  for_each_type<client::Views>([&]<class V>(boost::mp11::mp_identity<V>) {
    out.push_back({{"name", V::kName},
                   {"args", document_of_fields(schema::fields_of<typename V::Args>(catalogue))},
                   {"value", document(schema::type_of<typename V::View>(catalogue))}});
  });
  return out;
}

Document errors() {
  Document out = Document::array();
  for (const ErrorCode* code : all_error_codes()) {
    out.push_back({{"number", code->number}, {"name", code->name}, {"sentence", code->sentence}});
  }
  return out;
}

}  // namespace

std::string schema_json() {
  Catalogue catalogue;
  Document out = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                  {"title", "Attune: events, commands, views and errors"}};
  Document all_events = events(catalogue);
  Document all_commands = commands(catalogue);
  Document all_views = views(catalogue);
  Document& types = out["$defs"] = Document::object();
  for (const schema::Named& named : catalogue) types[named.name] = document(named);
  out["events"] = std::move(all_events);
  out["commands"] = std::move(all_commands);
  out["views"] = std::move(all_views);
  out["errors"] = errors();
  return out.dump(2) + "\n";
}

std::string schema_typescript() {
  Catalogue catalogue;
  std::string commands = "/** The name of a command, and what it takes. */\nexport interface Commands {\n";
  for_each_type<AllCommands>([&]<class C>(boost::mp11::mp_identity<C>) {
    const std::string args = typescript_arguments(schema::fields_of<C>(catalogue));
    commands += "  '" + std::string(C::kName) + "': " + args + ";\n";
  });
  std::string views = "/** The name of a view, what it takes and what it shows. */\nexport interface Views {\n";
  for_each_type<client::Views>([&]<class V>(boost::mp11::mp_identity<V>) {
    const std::string args = typescript_arguments(schema::fields_of<typename V::Args>(catalogue));
    const std::string value = typescript(schema::type_of<typename V::View>(catalogue));
    views += "  " + std::string(V::kName) + ": { args: " + args + "; value: " + value + " };\n";
  });
  std::string codes = "/** Why something was refused. */\nexport type ErrorCode =";
  for (const ErrorCode* code : all_error_codes()) codes += "\n  | '" + std::string(code->name) + "'";

  std::string out = "// Written by the build from the structs of core/attune. Changes belong there.\n\n";
  for (const schema::Named& named : catalogue) out += typescript(named) + "\n";
  return out + views + "}\n\n" + commands + "}\n\n" + codes + ";\n";
}

}  // namespace attune
