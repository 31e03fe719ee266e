// Errors are values. A refusal is one entry of a closed, numbered list; the number and the name never change.
//
// Ranges: wire 1-99, log 100-199, space 200-299, client 300-399, and 100 for each practice from 1000 on.
#pragma once

#include <cstdint>
#include <expected>
#include <string_view>

namespace attune {

/// One kind of refusal. `name` is kebab-case and what texts are found by; `sentence` is for logs and developers.
struct ErrorCode {
  std::uint16_t number;
  std::string_view name;
  std::string_view sentence;
};

/// Which refusal it was. Cheap to copy, compared by identity of the code.
class Error {
 public:
  constexpr Error(const ErrorCode& code) : code_(&code) {}  // NOLINT: an ErrorCode *is* an Error
  [[nodiscard]] constexpr const ErrorCode& code() const { return *code_; }
  [[nodiscard]] constexpr std::string_view name() const { return code_->name; }
  friend constexpr bool operator==(Error a, Error b) { return a.code_->number == b.code_->number; }

 private:
  const ErrorCode* code_;
};

template <class T = void>
using Result = std::expected<T, Error>;

constexpr std::unexpected<Error> refuse(const ErrorCode& code) { return std::unexpected<Error>(Error(code)); }

}  // namespace attune

// TRY(name, expression): bind the value, or return the error to the caller. (std::expected of libstdc++ 12 has no
// and_then.)
#define ATTUNE_CONCAT_(a, b) a##b
#define ATTUNE_CONCAT(a, b) ATTUNE_CONCAT_(a, b)
#define TRY(name, ...)                                                                               \
  auto ATTUNE_CONCAT(try_, __LINE__) = (__VA_ARGS__);                                                \
  if (!ATTUNE_CONCAT(try_, __LINE__)) return std::unexpected(ATTUNE_CONCAT(try_, __LINE__).error()); \
  auto name = std::move(*ATTUNE_CONCAT(try_, __LINE__))
#define TRY_VOID(...)                                                                     \
  if (auto ATTUNE_CONCAT(try_, __LINE__) = (__VA_ARGS__); !ATTUNE_CONCAT(try_, __LINE__)) \
  return std::unexpected(ATTUNE_CONCAT(try_, __LINE__).error())
