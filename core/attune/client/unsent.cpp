// What was accepted and could not be sent any more: its words are a draft, and stand in a view of their own.
#include "attune/client/client.h"

namespace attune::client {

namespace {

struct Named {
  std::string_view name;
  const schema::Layout* layout;
};

template <class... P>
constexpr auto commands_of(std::tuple<P...>*) {
  using All = boost::mp11::mp_append<SpaceRequests, typename P::Commands...>;
  return
      []<class... C>(boost::mp11::mp_list<C...>) { return std::array{Named{C::kName, &schema::kLayout<C>}...}; }(All{});
}
constexpr auto kCommands = commands_of(static_cast<practices::All*>(nullptr));

/// What a person has written in a command: its texts, but no ids and no taps. What was kept was read once.
std::vector<RefusedText> texts_of(std::string_view name, const Json& args) {
  std::vector<RefusedText> out;
  const auto command = std::ranges::find(kCommands, name, &Named::name);
  if (command == kCommands.end() || !args.is_object()) return out;
  for (const schema::Member& member : schema::members(*command->layout)) {
    const bool maybe = member.layout->form == schema::Form::optional;
    const schema::Layout& layout = maybe ? *member.layout->of : *member.layout;
    const auto text = args.find(member.name);
    if (layout.form != schema::Form::text || text == args.end() || !text->is_string()) continue;
    if (!text->get_ref<const std::string&>().empty()) {
      out.push_back({.field = member.name, .text = text->get<std::string>()});
    }
  }
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
