// A target of C needs a source; libFuzzer has the functions.
#include "fuzzer.h"
