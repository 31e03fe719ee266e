// What was accepted and could not be sent any more: its words are a draft, and stand in a view of their own.
#include "attune/client/client.h"

namespace attune::client {

namespace {

/// What a person has written in a command: its texts, but no ids and no taps.
template <class Command>
std::vector<RefusedText> texts_of(const Json& args) {
  std::vector<RefusedText> out;
  const auto command = schema::from_json<Command>(args);
  if (!command) return out;
  const auto add = [&](const char* field, const std::string& text) {
    if (!text.empty()) out.push_back({.field = field, .text = text});
  };
  using Fields = boost::describe::describe_members<Command, boost::describe::mod_public>;
  boost::mp11::mp_for_each<Fields>([&](auto field) {
    const auto& value = *command.*field.pointer;
    using Value = std::remove_cvref_t<decltype(value)>;
    if constexpr (std::is_same_v<Value, std::string>) add(field.name, value);
    if constexpr (std::is_same_v<Value, std::optional<std::string>>) add(field.name, value.value_or(""));
  });
  return out;
}

std::vector<RefusedText> texts_of(std::string_view name, const Json& args) {
  std::vector<RefusedText> out;
  const auto among = [&]<class List>(List) {
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, List>>(
        [&]<class C>(boost::mp11::mp_identity<C>) {
          if (name == C::kName) out = texts_of<C>(args);
        });
  };
  practices::for_each([&]<class P>(P) { among(typename P::Commands{}); });
  among(SpaceRequests{});
  return out;
}

/// An older Attune kept the arguments alone: every text in them, since what they mean is not known.
RefusedView older(const Json& args) {
  RefusedView out;
  for (const auto& [field, value] : args.items()) {
    if (value.is_string() && !value.get_ref<const std::string&>().empty())
      out.texts.push_back({.field = field, .text = value.get<std::string>()});
  }
  return out;
}

}  // namespace

UnsentView Client::unsent_view() const {
  UnsentView out;
  for (auto at = drafts_.lower_bound(std::string(kRefusedDraft)); at != drafts_.end(); ++at) {
    if (!at->first.starts_with(kRefusedDraft)) break;
    const Json json = Json::parse(at->second, nullptr, false);
    if (!json.is_object()) continue;
    RefusedView view;
    if (const auto refused = schema::from_json<Refused>(json)) {
      view = {.draft = {}, .command = refused->command, .at = refused->at, .texts = {}};
      view.texts = texts_of(refused->command, refused->args);
    } else {
      view = older(json);
    }
    view.draft = at->first;
    if (!view.texts.empty()) out.refused.push_back(std::move(view));
  }
  std::ranges::stable_sort(out.refused, std::greater(),
                           [](const RefusedView& view) { return view.at ? view.at->ms : 0; });
  return out;
}

}  // namespace attune::client
