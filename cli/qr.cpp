#include "cli/qr.h"

#include <qrencode.h>

#include <memory>

namespace attune::cli {

std::optional<QrCode> draw_qr(std::string_view text) {
  constexpr int kQuiet = 2;  // the standard asks for 4; phones read 2, and terminals are small
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeString8bit(std::string(text).c_str(), 0, QR_ECLEVEL_L), &QRcode_free);
  if (!code) return std::nullopt;
  const int width = code->width;
  const auto dark = [&](int x, int y) {
    return x >= 0 && y >= 0 && x < width && y < width && (code->data[y * width + x] & 1) != 0;
  };
  QrCode out;
  out.columns = width + 2 * kQuiet;
  // Black on white whatever the terminal's own colours are: a camera needs the light quiet zone.
  for (int y = -kQuiet; y < width + kQuiet; y += 2) {
    if (!out.lines.empty()) out.lines += '\n';
    out.lines += "\x1b[30;107m";
    for (int x = -kQuiet; x < width + kQuiet; ++x) {
      const bool top = dark(x, y);
      const bool bottom = dark(x, y + 1);
      out.lines += top && bottom ? "\u2588" : top ? "\u2580" : bottom ? "\u2584" : " ";
    }
    out.lines += "\x1b[0m";
  }
  return out;
}

}  // namespace attune::cli
