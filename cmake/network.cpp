// The separately compiled halves of Asio (with TLS) and Beast: see cmake/Network.cmake.
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
