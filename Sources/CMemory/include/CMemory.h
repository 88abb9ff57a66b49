// What must be C for the memory's sake: the C library's settings of its heaps, whose header Swift does not import.
#ifndef TRAINSPOTTER_CMEMORY_H
#define TRAINSPOTTER_CMEMORY_H

/// Has freed memory go back to the system; see FreedMemory. Nothing is done where the C library is not glibc.
///
/// - own_block: from this size on, in bytes, each block is asked from the system for itself.
/// - kept: free bytes at the end of a heap that stay in the program.
/// - heaps: how many there are at most, for all threads.
void memory_gives_back(int own_block, int kept, int heaps);

/// Gives free memory within the heaps back to the system.
void memory_trim(void);

#endif
