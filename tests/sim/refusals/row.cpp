#include "tests/sim/refusals/row.h"

namespace attune::sim::refusals {

std::string code(const Json& reply) { return reply["ok"] == true ? "" : reply["code"].get<std::string>(); }

std::string notices(Device& device) {
  std::string out;
  for (const Json& notice : device.see("app")["notices"]) {
    out += (out.empty() ? "" : " ") + notice["code"].get<std::string>();
  }
  return out;
}

void item_row(std::vector<Row>& rows, const ErrorCode& expected, const char* what,
              std::function<Json(Couple&, bool broken)> act) {
  rows.push_back({expected, what, [act = std::move(act)](Couple& c, bool broken) {
                    c.pair();
                    return code(act(c, broken));
                  }});
}

Json said(std::string did) { return {{"did", std::move(did)}, {"says", ""}, {"felt", ""}}; }

}  // namespace attune::sim::refusals
