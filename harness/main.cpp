#include <cstdio>
#include <exception>

#include "harness/commands/command.hpp"

int main(int argc, char** argv) {
  try {
    return omnisim::harness::run_program(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "omnisim: a bug: %s\n", error.what());
    return omnisim::harness::invariant_broken;
  }
}
