#include "cli/home.h"

#include <gtest/gtest.h>

#include "tests/cli/support.h"

namespace attune::cli {
namespace {

constexpr std::chrono::milliseconds kNone{0};

TEST(Home, IsMadeForItsOwnerAlone) {
  Folder folder;
  const auto home = Home::enter(folder / "deep/down/attune", kNone);
  ASSERT_TRUE(home);
  EXPECT_EQ(mode_of(home->path()), 0700U);
  EXPECT_EQ(mode_of(home->path() / "lock"), 0600U);
}

TEST(Home, TakesInOneProcessAtATime) {
  Folder folder;
  const auto first = Home::enter(folder / "home", kNone);
  ASSERT_TRUE(first);
  const auto second = Home::enter(folder / "home", std::chrono::milliseconds(30));
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "home-in-use");
  EXPECT_EQ(second.error().with.at("path"), (folder / "home").string());
}

TEST(Home, IsFreeAgainWhenTheFirstHasLeft) {
  Folder folder;
  {
    ASSERT_TRUE(Home::enter(folder / "home", kNone));
  }
  EXPECT_TRUE(Home::enter(folder / "home", kNone));
}

TEST(Home, ThatOthersCanReadIsRefusedAndLeftAsItIs) {
  Folder folder;
  const auto path = folder / "shared";
  std::filesystem::create_directory(path);
  std::ofstream(path / "somebody's file") << "x";
  ASSERT_EQ(chmod(path.c_str(), 0755), 0);
  const auto home = Home::enter(path, kNone);
  ASSERT_FALSE(home);
  EXPECT_EQ(home.error().code, "home-not-private");
  EXPECT_EQ(mode_of(path), 0755U);
  EXPECT_FALSE(std::filesystem::exists(path / "lock"));
}

TEST(Home, ThatIsEmptyIsMadePrivate) {
  Folder folder;
  const auto path = folder / "fresh";
  std::filesystem::create_directory(path);
  ASSERT_EQ(chmod(path.c_str(), 0755), 0);
  ASSERT_TRUE(Home::enter(path, kNone));
  EXPECT_EQ(mode_of(path), 0700U);
}

TEST(Home, CannotBeAFile) {
  Folder folder;
  std::ofstream(folder / "file") << "x";
  const auto home = Home::enter(folder / "file", kNone);
  ASSERT_FALSE(home);
  EXPECT_EQ(home.error().code, "storage-unwritable");
}

}  // namespace
}  // namespace attune::cli
