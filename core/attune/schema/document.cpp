#include "attune/schema/document.h"

namespace attune::schema {

namespace {

/// Characters of base64url without padding.
std::size_t base64_length(std::size_t bytes) { return (bytes * 4 + 2) / 3; }

Document object(const std::vector<Field>& fields, bool all_required) {
  Document properties = Document::object();
  Document required = Document::array();
  for (const Field& field : fields) {
    properties[field.name] = document(field.type);
    if (all_required || field.type.kind != Type::Kind::optional) required.push_back(field.name);
  }
  Document out = {{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) out["required"] = std::move(required);
  return out;
}

}  // namespace

Document document(const Type& type) {
  switch (type.kind) {
    case Type::Kind::text: return {{"type", "string"}};
    case Type::Kind::bytes: return {{"type", "string"}, {"contentEncoding", "base64url"}};
    case Type::Kind::truth: return {{"type", "boolean"}};
    case Type::Kind::number: return {{"type", "integer"}, {"format", type.name}};
    case Type::Kind::anything: return Document::object();
    case Type::Kind::list: return {{"type", "array"}, {"items", document(type.of[0])}};
    case Type::Kind::optional: return {{"anyOf", Document::array({document(type.of[0]), {{"type", "null"}}})}};
    case Type::Kind::named: return {{"$ref", "#/$defs/" + type.name}};
  }
  return Document::object();
}

Document document(const Named& named) {
  switch (named.kind) {
    case Named::Kind::id: {
      const std::size_t length = base64_length(named.bytes);
      return {{"type", "string"}, {"contentEncoding", "base64url"}, {"minLength", length}, {"maxLength", length}};
    }
    case Named::Kind::words: return {{"enum", named.words}};
    case Named::Kind::structure: return object(named.fields, true);
  }
  return Document::object();
}

Document document_of_fields(const std::vector<Field>& fields) { return object(fields, false); }

}  // namespace attune::schema
