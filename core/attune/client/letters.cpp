#include "attune/client/letters.h"

namespace attune::client {

Opened open_all(const crypto::Key& s, const std::vector<Bytes>& mails) {
  Opened out;
  const auto add = [](std::vector<Bytes>& to, Bytes body) {
    if (std::ranges::find(to, body) == to.end()) to.push_back(std::move(body));
  };
  for (const Bytes& mail : mails) {
    auto letter = space::open_mail(s, mail);
    if (!letter) continue;
    if (letter->kind == 1) add(out.m1, std::move(letter->body));
    if (letter->kind == 2) add(out.m2, std::move(letter->body));
    if (letter->kind == 3) add(out.m3, std::move(letter->body));
    if (letter->kind == 4 && letter->body.size() == 1) out.m4.push_back(letter->body[0]);
    if (letter->kind == 5) add(out.m5, std::move(letter->body));
  }
  return out;
}

}  // namespace attune::client
