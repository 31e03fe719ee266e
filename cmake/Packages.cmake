# The Debian packages the native build links with (scripts/packages.sh installs them).

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 REQUIRED)
find_package(spdlog REQUIRED)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium>=1.0.18)
pkg_check_modules(QRENCODE REQUIRED IMPORTED_TARGET libqrencode)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(QRENCODE REQUIRED IMPORTED_TARGET libqrencode)

add_library(attune_sodium INTERFACE)
target_link_libraries(attune_sodium INTERFACE PkgConfig::SODIUM)

# toml++ only as headers: the settings file is read once, a shared library is not worth it.
add_library(attune_toml INTERFACE)
target_compile_definitions(attune_toml INTERFACE TOML_HEADER_ONLY=1)
