// A library that a test loads into the real program before all others (LD_PRELOAD). It stands in for some functions of
// the C library, so that a disk fails where the test wants it, all that reaches the disk is written down, and a thread
// comes to an end as the test asks.
//
// SQLite, Foundation and our own code all reach the disk through these functions. A file system of our own for SQLite (a
// VFS) would see the calls of SQLite alone.
//
// Variables of the environment; the program does as always where they are not set:
//   FAULTS_BELOW   only files below this folder count
//   FAULTS_CALL    what fails: write, sync, rename, open, truncate, remove or folder
//   FAULTS_NUMBER  the first such call that fails, from 1
//   FAULTS_LAST    the last one that fails; without it only the first
//   FAULTS_ERROR   errno of a call that fails; 0: a write writes one half, as if that was all there was room for
//   FAULTS_LOG     a file that gets everything that was done, in order: see `log.c`
//   FAULTS_ENDS    a file that gets a line for each end of a process that its parent waited for: its number, its status
//   FAULTS_ORDER   a file that the test makes later: `trap`, `overflow`, `exit` or `memory`, and where: `main`, or on
//                  an `other` thread
#ifndef TRAINSPOTTER_CFAULTS_H
#define TRAINSPOTTER_CFAULTS_H
#endif
