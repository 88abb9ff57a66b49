// libFuzzer's functions that Swift calls, as its header FuzzerInterface.h has them.
#ifndef TRAINSPOTTER_FUZZER_H
#define TRAINSPOTTER_FUZZER_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*run)(const uint8_t *bytes, size_t count));
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t count, size_t most);

#endif
