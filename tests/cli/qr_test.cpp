#include "cli/qr.h"

#include <gtest/gtest.h>
#include <qrencode.h>

#include <algorithm>

#include "cli/paper.h"

namespace attune::cli {
namespace {

const std::string kLink = "https://attune.example/#join=1." + std::string(43, 'A') + ".https%3A%2F%2Fattune.example";

TEST(Qr, FitsBesideNothingIntoEightyColumns) {
  const auto code = draw_qr(kLink);
  ASSERT_TRUE(code);
  EXPECT_LE(code->columns, 80);
}

TEST(Qr, HasEveryModuleAndALightRim) {
  const auto drawn = draw_qr(kLink);
  ASSERT_TRUE(drawn);
  QRcode* code = QRcode_encodeString8bit(kLink.c_str(), 0, QR_ECLEVEL_L);
  const int width = code->width;
  std::string wanted;
  const auto dark = [&](int x, int y) {
    return x >= 0 && y >= 0 && x < width && y < width && (code->data[y * width + x] & 1) != 0;
  };
  for (int y = -2; y < width + 2; y += 2) {
    for (int x = -2; x < width + 2; ++x) {
      wanted += dark(x, y) ? (dark(x, y + 1) ? "\u2588" : "\u2580") : (dark(x, y + 1) ? "\u2584" : " ");
    }
    wanted += '\n';
  }
  QRcode_free(code);
  // Without the colours what is left are the modules.
  std::string seen = drawn->lines + "\n";
  for (const std::string colour : {"\x1b[30;107m", "\x1b[0m"}) {
    for (std::size_t at = seen.find(colour); at != std::string::npos; at = seen.find(colour))
      seen.erase(at, colour.size());
  }
  EXPECT_EQ(seen, wanted);
  EXPECT_EQ(seen.find_first_not_of(' '), static_cast<std::size_t>(drawn->columns)) << "the first line is light";
}

TEST(Qr, RefusesWhatIsTooLong) { EXPECT_FALSE(draw_qr(std::string(8000, 'x'))); }

}  // namespace
}  // namespace attune::cli
