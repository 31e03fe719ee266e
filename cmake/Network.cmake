# Asio and Beast, compiled once for the server and the terminal client (20-30 s, 0.8 GB).
# No other file may include their src.hpp.

add_library(attune_network STATIC EXCLUDE_FROM_ALL "${PROJECT_SOURCE_DIR}/cmake/network.cpp")
target_compile_definitions(attune_network PUBLIC
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED)
target_link_libraries(attune_network PUBLIC Boost::headers OpenSSL::SSL Threads::Threads)
