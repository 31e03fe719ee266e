// What all the tables share: what a row is, and how an answer becomes a code. Each table has its own file beside this
// one.
#pragma once

#include <gtest/gtest.h>

#include "tests/sim/couple.h"

namespace attune::sim::refusals {

/// "" if the reply is good, else its code.
std::string code(const Json& reply);
/// A notice other than the wanted one is told as well: a row is about one thing only.
std::string notices(Device& device);

struct Row {
  const ErrorCode& code;
  const char* what;  ///< as a name
  std::function<std::string(Couple&, bool broken)> meets;  ///< "" or the code
};

/// A command about an item: sound about one that is there, broken about one that is not, or that is not of the kind.
void item_row(std::vector<Row>& rows, const ErrorCode& expected, const char* what,
              std::function<Json(Couple&, bool broken)> act);

inline constexpr std::string_view kNobody = "AAAAAAAAAAAAAAAAAAAAAA";  ///< an id nothing has
Json said(std::string did);

void add_beginning_rows(std::vector<Row>& rows);
void add_pairing_rows(std::vector<Row>& rows);
void add_words_rows(std::vector<Row>& rows);
void add_thanks_rows(std::vector<Row>& rows);
void add_question_rows(std::vector<Row>& rows);
void add_cherishing_rows(std::vector<Row>& rows);
void add_listening_rows(std::vector<Row>& rows);
void add_storage_rows(std::vector<Row>& rows);
void add_partner_rows(std::vector<Row>& rows);
void add_mending_rows(std::vector<Row>& rows);
void add_relay_rows(std::vector<Row>& rows);
void add_coming_rows(std::vector<Row>& rows);

}  // namespace attune::sim::refusals
