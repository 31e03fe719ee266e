// A QR code in half-block characters, for a phone's camera in front of a terminal.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace attune::cli {

struct QrCode {
  int columns = 0;    ///< its width, quiet zone included
  std::string lines;  ///< without the last line end
};

/// None: the text is too long for a code.
std::optional<QrCode> draw_qr(std::string_view text);

}  // namespace attune::cli
