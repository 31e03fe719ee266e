// Rows for seals, padding, boxes and JSON.
#include "attune/log/writer.h"
#include "attune/schema/json.h"
#include "attune/space/sealed.h"
#include "vectors/core/invalid_rows.h"

namespace attune::tests {

namespace {

using crypto::kBadBox;
using crypto::kBadPadding;
using crypto::kUnsealable;

/// A text under a key, for one thing about it to be changed.
struct Sealed {
  Hash key = all<Hash>(1);
  Bytes associated = {1, 2, 3};
  Bytes bytes = crypto::seal(key.view(), associated, Bytes(40, 7), counting());
};

void seal_row(std::vector<Row>& rows, std::string_view what, std::function<void(Sealed&)> damage) {
  rows.push_back({kUnsealable, what, [damage = std::move(damage)](bool broken) {
                    Sealed sealed;
                    if (broken) damage(sealed);
                    return forget(crypto::open(sealed.key.view(), sealed.associated, sealed.bytes));
                  }});
}

void padding_row(std::vector<Row>& rows, std::string_view what, std::function<void(Bytes&)> damage) {
  rows.push_back({kBadPadding, what, [damage = std::move(damage)](bool broken) {
                    Bytes padded = crypto::pad("a few words", 64);
                    if (broken) damage(padded);
                    return forget(crypto::unpad(padded));
                  }});
}

/// A stream's key on its way to a device.
struct Boxed {
  crypto::DeviceKeys me = device(1);
  StreamId stream = all<StreamId>(2);
  std::uint32_t epoch = 3;
  Hash key = all<Hash>(4);
  KeyId id = crypto::key_id(stream, epoch, key.view());
  wire::Box box = crypto::seal_key(me.sign, me.box, stream, epoch, key.view(), counting());
};

void box_row(std::vector<Row>& rows, std::string_view what, std::function<void(Boxed&)> damage) {
  rows.push_back({kBadBox, what, [damage = std::move(damage)](bool broken) {
                    Boxed boxed;
                    if (broken) damage(boxed);
                    return forget(crypto::open_key(boxed.box, boxed.me, boxed.stream, boxed.epoch, boxed.id));
                  }});
}

/// An answer in its envelope, and what its author's device needs to open it again.
struct Answer {
  crypto::Key mine{all<Hash>(1).view()};
  log::EventId question = all<log::EventId>(2);
  bool has_key = true;
  space::Sealing sealing = {.ours = all<StreamId>(3), .me = 1, .mine_epoch = 0, .mine_key = {}};
  space::SealedAnswer sealed;

  Answer() {
    sealing.mine_key = [this](std::uint32_t epoch) { return has_key && epoch == 0 ? &mine : nullptr; };
    sealed = *space::seal_answer(sealing, question, "an answer", {}, counting());
  }
  Answer(const Answer&) = delete;
  Answer& operator=(const Answer&) = delete;
};

void answer_row(std::vector<Row>& rows, std::string_view what, std::function<void(Answer&)> damage) {
  rows.push_back({kUnsealable, what, [damage = std::move(damage)](bool broken) {
                    Answer answer;
                    if (broken) damage(answer);
                    const auto& [commitment, content] = answer.sealed;
                    return forget(space::reopen(answer.sealing, answer.question, commitment, content, {}));
                  }});
}

void new_answer_row(std::vector<Row>& rows, const ErrorCode& code, std::string_view what, std::string text) {
  rows.push_back({code, what, [text = std::move(text)](bool broken) {
                    const Answer answer;
                    return forget(space::seal_answer(answer.sealing, answer.question, broken ? text : "an answer", {},
                                                     counting()));
                  }});
}

/// Sealed by its author's own key, but of a length its inside does not have.
void say_it_is_longer(Answer& answer) {
  Bytes inside(4130);
  inside[32] = inside[33] = 0xff;
  const std::uint8_t person = answer.sealing.me;
  const crypto::Key key = crypto::derive(answer.mine.view(), "sealed-box",
                                         {answer.sealing.ours.view(), answer.question.view(), ByteView(&person, 1)});
  auto& content = answer.sealed.content;
  content.box = crypto::seal_with(key.view(), content.nonce, answer.sealed.commitment.view(), inside);
}

void add_event_rows(std::vector<Row>& rows) {
  const auto row = [&](const ErrorCode& code, std::string_view what,
                       std::function<void(wire::Record&, crypto::Key&)> damage) {
    rows.push_back({code, what, [damage = std::move(damage)](bool broken) -> Result<> {
                      log::Head head{.stream = all<StreamId>(1), .next = 5, .history = {}, .epoch = 0};
                      crypto::Key key(all<Hash>(2).view());
                      wire::Record record =
                          log::seal_event(head, key.view(), device(1), {"{}", "{}", 256, 256}, counting());
                      if (broken) damage(record, key);
                      TRY_VOID(forget(log::open_skeleton(all<StreamId>(1), record, key.view())));
                      return forget(log::open_content(all<StreamId>(1), record, key.view()));
                    }});
  };
  row(kUnsealable, "an event under another header", [](auto& record, auto&) { ++record.header.position; });
  row(kUnsealable, "an event of another epoch", [](auto& record, auto&) { ++record.header.epoch; });
  row(kUnsealable, "an event of another author", [](auto& record, auto&) { record.header.author.bytes[0] ^= 1; });
  row(kUnsealable, "skeleton and content in each other's place",
      [](auto& record, auto&) { std::swap(record.skeleton, record.content); });
  row(kUnsealable, "an event whose content was erased", [](auto& record, auto&) { record.content.reset(); });
  row(kUnsealable, "an event under another key", [](auto&, auto& key) { key = crypto::Key(all<Hash>(9).view()); });
}

template <class T>
void form_row(std::vector<Row>& rows, std::string_view what, std::string sound, std::string wrong) {
  rows.push_back(
      {schema::kBadJson, what, [sound = std::move(sound), wrong = std::move(wrong)](bool broken) -> Result<> {
         TRY(json, schema::parse(broken ? wrong : sound));
         return forget(schema::from_json<T>(json));
       }});
}

enum class Colour : std::uint8_t { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)

struct Form {
  std::string text;
  std::optional<std::uint8_t> small;
};
BOOST_DESCRIBE_STRUCT(Form, (), (text, small))

std::string nested(int depth) {
  return std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']');
}

}  // namespace

void add_sealing_rows(std::vector<Row>& rows) {
  seal_row(rows, "fewer bytes than a nonce", [](Sealed& s) { s.bytes.resize(23); });
  seal_row(rows, "a nonce and fewer bytes than a tag", [](Sealed& s) { s.bytes.resize(24 + 15); });
  seal_row(rows, "a changed nonce", [](Sealed& s) { s.bytes[0] ^= 1; });
  seal_row(rows, "a changed text", [](Sealed& s) { s.bytes[30] ^= 1; });
  seal_row(rows, "a changed tag", [](Sealed& s) { s.bytes.back() ^= 1; });
  seal_row(rows, "a byte short", [](Sealed& s) { s.bytes.pop_back(); });
  seal_row(rows, "another key", [](Sealed& s) { s.key.bytes[31] ^= 1; });
  seal_row(rows, "another place than it was sealed for", [](Sealed& s) { s.associated[0] ^= 1; });

  padding_row(rows, "no room for a length", [](Bytes& b) { b.resize(3); });
  padding_row(rows, "a length beyond the end", [](Bytes& b) { b[0] = 61; });
  padding_row(rows, "a byte behind the text that is not zero", [](Bytes& b) { b.back() = 1; });
  padding_row(rows, "a length that leaves text in the padding", [](Bytes& b) { b[0] = 10; });

  box_row(rows, "a box for another device", [](Boxed& b) { b.me = device(9); });
  box_row(rows, "a box of another stream", [](Boxed& b) { b.stream = all<StreamId>(9); });
  box_row(rows, "a box of another epoch", [](Boxed& b) { ++b.epoch; });
  box_row(rows, "a changed box", [](Boxed& b) { b.box.sealed.bytes[60] ^= 1; });
  box_row(rows, "another key than the one named", [](Boxed& b) { b.id.bytes[0] ^= 1; });
  box_row(rows, "the right key in a box of another epoch", [](Boxed& b) {
    b.box = crypto::seal_key(b.me.sign, b.me.box, b.stream, b.epoch - 1, b.key.view(), counting());
  });

  rows.push_back({kUnsealable, "a way back for another epoch", [](bool broken) {
                    const Hash newer = all<Hash>(1);
                    wire::NewEpoch epoch{.epoch = 4, .key_id = {}, .old_key = {}};
                    epoch.old_key = crypto::seal_old_key(newer.view(), all<StreamId>(2), broken ? 2 : 3,
                                                         all<Hash>(3).view(), counting());
                    return forget(crypto::open_old_key(epoch, newer.view(), all<StreamId>(2)));
                  }});
  add_event_rows(rows);

  answer_row(rows, "an answer under another commitment", [](Answer& a) { a.sealed.commitment.bytes[0] ^= 1; });
  answer_row(rows, "an answer to another question", [](Answer& a) { a.question.bytes[0] ^= 1; });
  answer_row(rows, "an answer of the other person", [](Answer& a) { a.sealing.me = 0; });
  answer_row(rows, "an answer in another space", [](Answer& a) { a.sealing.ours.bytes[0] ^= 1; });
  answer_row(rows, "a changed envelope", [](Answer& a) { a.sealed.content.box[99] ^= 1; });
  answer_row(rows, "an envelope of an epoch whose key is not here", [](Answer& a) { a.sealed.content.epoch = 7; });
  answer_row(rows, "an envelope that says it holds more than it does", say_it_is_longer);
  rows.push_back({kUnsealable, "a new answer without a key to seal it", [](bool broken) {
                    Answer answer;
                    answer.has_key = !broken;
                    return forget(space::seal_answer(answer.sealing, answer.question, "an answer", {}, counting()));
                  }});
  new_answer_row(rows, space::kTextEmpty, "an answer without a word", "");
  new_answer_row(rows, space::kAnswerTooLong, "an answer of one byte too many",
                 std::string(space::kMaxAnswer + 1, 'a'));
}

void add_json_rows(std::vector<Row>& rows) {
  using Anything = schema::Json;
  form_row<Anything>(rows, "no JSON", "{}", "{");
  form_row<Anything>(rows, "no bytes at all", "0", "");
  form_row<Anything>(rows, "two values", "[1]", "[1] 2");
  form_row<Anything>(rows, "bytes that are no UTF-8", R"("ä")", "\"\xff\"");
  form_row<Anything>(rows, "half of a pair of surrogates", R"("\ud83d\ude00")", R"("\ud83d")");
  form_row<Anything>(rows, "one list too deep", nested(schema::kMaxDepth), nested(schema::kMaxDepth + 1));
  form_row<Form>(rows, "a list where fields should be", R"({"text":"a"})", "[]");
  form_row<Form>(rows, "a field missing", R"({"text":"a"})", R"({"small":1})");
  form_row<Form>(rows, "a number where a text should be", R"({"text":"a"})", R"({"text":1})");
  form_row<Form>(rows, "a number too large for its field", R"({"text":"a","small":255})",
                 R"({"text":"a","small":256})");
  form_row<Form>(rows, "a number below zero", R"({"text":"a","small":0})", R"({"text":"a","small":-1})");
  form_row<Form>(rows, "half a number", R"({"text":"a","small":1})", R"({"text":"a","small":1.5})");
  form_row<std::int32_t>(rows, "a text where a number should be", "-3", R"("-3")");
  form_row<bool>(rows, "a number where yes or no should be", "true", "1");
  form_row<Colour>(rows, "a name nothing has", R"("green")", R"("blue")");
  form_row<Colour>(rows, "a number in a name's place", R"("green")", "1");
  form_row<Bytes>(rows, "bytes that are no base64url", R"("AQID")", R"("AQ+D")");
  form_row<Bytes>(rows, "bits left over behind bytes", R"("AQ")", R"("AR")");
  form_row<Bytes>(rows, "a number in the place of bytes", R"("AQ")", "1");
  form_row<log::EventId>(rows, "an id one byte short", R"("AAAAAAAAAAAAAAAAAAAAAA")", R"("AAAAAAAAAAAAAAAAAAAA")");
  form_row<log::EventId>(rows, "a number in the place of an id", R"("AAAAAAAAAAAAAAAAAAAAAA")", "1");
  form_row<std::vector<std::string>>(rows, "a list with something else in it", R"(["a"])", "[1]");
  form_row<std::vector<std::string>>(rows, "fields where a list should be", R"(["a"])", "{}");
}

}  // namespace attune::tests
