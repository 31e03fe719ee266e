#include "attune/schema/typescript.h"

namespace attune::schema {

namespace {

std::string in_quotes(std::string_view word) { return "'" + std::string(word) + "'"; }

}  // namespace

std::string typescript(const Type& type) {
  switch (type.kind) {
    case Type::Kind::text:
    case Type::Kind::bytes: return "string";
    case Type::Kind::truth: return "boolean";
    case Type::Kind::number: return "number";
    case Type::Kind::anything: return "unknown";
    case Type::Kind::optional: return typescript(type.of[0]) + " | null";
    case Type::Kind::named: return type.name;
    case Type::Kind::list: {
      const std::string item = typescript(type.of[0]);
      return type.of[0].kind == Type::Kind::optional ? "(" + item + ")[]" : item + "[]";
    }
  }
  return "never";
}

std::string typescript(const Named& named) {
  switch (named.kind) {
    case Named::Kind::id: return "export type " + named.name + " = string;\n";
    case Named::Kind::words: {
      std::string out;
      for (const std::string& word : named.words) out += (out.empty() ? "" : " | ") + in_quotes(word);
      return "export type " + named.name + " = " + out + ";\n";
    }
    case Named::Kind::structure: {
      std::string out = "export interface " + named.name + " {\n";
      for (const Field& field : named.fields) out += "  " + field.name + ": " + typescript(field.type) + ";\n";
      return out + "}\n";
    }
  }
  return {};
}

std::string typescript_arguments(const std::vector<Field>& fields) {
  if (fields.empty()) return "Record<string, never>";
  std::string out;
  for (const Field& field : fields) {
    const bool may_be_missing = field.type.kind == Type::Kind::optional;
    out += (out.empty() ? "{ " : "; ") + field.name + (may_be_missing ? "?: " : ": ") + typescript(field.type);
  }
  return out + " }";
}

}  // namespace attune::schema
