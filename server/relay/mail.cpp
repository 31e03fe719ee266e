#include "server/relay/mail.h"

#include <algorithm>

namespace attune::server {

wire::Mail mail_of(const MailboxId& id, const std::optional<Mailbox>& box, Time now) {
  wire::Mail out{.mailbox = id, .state = wire::MailboxState::unknown, .mails = {}};
  if (!box || now - box->made >= kMailboxMs + kRememberedMs) return out;
  if (box->burnt) {
    out.state = wire::MailboxState::burnt;
  } else if (now - box->made >= kMailboxMs) {
    out.state = wire::MailboxState::expired;
  } else {
    out.state = wire::MailboxState::open;
    out.mails = box->mails;
  }
  return out;
}

namespace {

Result<> put(Writing& store, const wire::MailPut& put, const SignKey& device, const Policy& policy,
             const Founding& founding) {
  if (put.mail.size() > wire::kMaxMail) return refuse(wire::kTooLarge);
  const std::optional<Mailbox> found = store.mailbox(put.mailbox);
  const wire::Mail box = mail_of(put.mailbox, found, founding.now);
  if (found && box.state != wire::MailboxState::open) return refuse(wire::kMailboxGone);
  if (!found) {
    if (!put.create) return refuse(wire::kMailboxGone);
    TRY_VOID(may_register(store, device, policy, founding.token, nullptr));
    if (founding.allowance != nullptr && !founding.allowance->take_mailbox(founding.now))
      return refuse(wire::kSlowDown);
    store.make_mailbox(put.mailbox, founding.now);
  }
  // Sent again because the answer got lost: it is there, and that is what was asked for.
  if (std::ranges::find(box.mails, put.mail) != box.mails.end()) return {};
  if (box.mails.size() >= wire::kMaxMailsInBox) return refuse(wire::kMailboxFull);
  store.add_mail(put.mailbox, put.mail);
  return {};
}

}  // namespace

Decision put_mail(Writing& store, const wire::MailPut& mail, const SignKey& device, const Policy& policy,
                  const Founding& founding) {
  const Result<> done = put(store, mail, device, policy, founding);
  if (!done) return Decision::refusal(done.error().code());
  return Decision::done();
}

}  // namespace attune::server
