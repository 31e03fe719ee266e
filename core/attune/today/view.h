// Today: what awaits me and what came since I last looked, never what awaits the other.
#pragma once

#include "attune/practices/registry.h"

namespace attune::today {

enum class Step : std::uint8_t { thank, answer, phrase };
BOOST_DESCRIBE_ENUM(Step, thank, answer, phrase)
struct FirstStep {
  Step step = Step::thank;
  bool done = false;
};
BOOST_DESCRIBE_STRUCT(FirstStep, (), (step, done))

enum class Awaits : std::uint8_t {
  thanks,
  question,
  answers,
  offers,
  listening,
  feeling,
  noticed,
  good_news,
  tonight,
  letter
};
BOOST_DESCRIBE_ENUM(Awaits, thanks, question, answers, offers, listening, feeling, noticed, good_news, tonight, letter)
struct Awaiting {
  Awaits kind = Awaits::thanks;
  log::EventId item;
  std::optional<std::string> prompt;
  log::At at;
};
BOOST_DESCRIBE_STRUCT(Awaiting, (), (kind, item, prompt, at))

enum class News : std::uint8_t {
  thanks,
  thanks_answered,
  thanks_edited,
  answers_opened,
  taken_back,
  partner_joined,
  listening_declined,
  listened,
  feeling_answered,
  noticed_answered,
  good_news_asked,
  good_news_told,
  letter_closed
};
BOOST_DESCRIBE_ENUM(News, thanks, thanks_answered, thanks_edited, answers_opened, taken_back, partner_joined,
                    listening_declined, listened, feeling_answered, noticed_answered, good_news_asked, good_news_told,
                    letter_closed)
struct Since {
  News kind = News::thanks;
  log::EventId item;
  std::optional<std::string> prompt;
  log::At at;
};
BOOST_DESCRIBE_STRUCT(Since, (), (kind, item, prompt, at))

enum class Suggestion : std::uint8_t { thank, question, invite, phrase };
BOOST_DESCRIBE_ENUM(Suggestion, thank, question, invite, phrase)

struct TodayView {
  std::vector<FirstStep> first_steps;  ///< while alone
  std::vector<Awaiting> awaiting;      ///< newest first; behind it what was written alone and may be sent now
  std::vector<Since> since;            ///< newest first
  Suggestion suggestion = Suggestion::thank;
};
BOOST_DESCRIBE_STRUCT(TodayView, (), (first_steps, awaiting, since, suggestion))
using View = TodayView;

/// `looked` is the first position of *ours* not yet looked at.
View view(const space::Context& context, const practices::States& states, std::uint64_t looked, bool phrase_confirmed);

}  // namespace attune::today
