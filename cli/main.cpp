// attune: the terminal client.
#include <sys/stat.h>

#include <clocale>
#include <csignal>
#include <iostream>

#include "cli/run.h"

int main(int argc, char** argv) {
  umask(S_IRWXG | S_IRWXO);                // whatever is made here is its owner's alone
  std::setlocale(LC_CTYPE, "C.UTF-8");     // for the width of letters; numbers and order stay plain
  std::signal(SIGPIPE, SIG_IGN);           // a connection that broke is an event
  std::signal(SIGXFSZ, SIG_IGN);           // a file at its limit is a full disk
  std::cout << std::unitbuf;               // `watch` in a pipe tells what comes when it comes
  return attune::cli::run({argv + 1, argv + argc});
}
