import CMemory
import Glibc
import Synchronization

/// What becomes of the memory that the program frees.
package enum FreedMemory {
    /// Blocks from this size on are asked from the system each for itself, in bytes. A frame of a large window is smaller.
    private static let ownBlock: Int32 = 1 << 20
    /// Free bytes at the end of a heap that stay in the program.
    private static let kept: Int32 = 512 << 10
    /// Heaps that threads share.
    private static let heaps: Int32 = 2

    /// Has freed memory go back to the system, in a program that runs for days. To be called before there are threads.
    ///
    /// glibc makes a heap for each of up to eight threads a processor, and asks the system only for blocks that are larger
    /// than any that was freed so far, up to 32 MiB. The evaluations and checkpoints of run after run, on a thread each,
    /// then leave holes in all heaps: a dashboard that uses 90 MiB has 300 MiB after some minutes.
    package static func goesBack() { memory_gives_back(ownBlock, kept, heaps) }

    /// Gives back what lies free between what is used, after something large was freed. Takes some milliseconds, in which
    /// other threads wait that ask for memory.
    package static func giveBack() {
        last.store(now(), ordering: .relaxed)
        memory_trim()
    }

    /// The same, where it was not done in the last ten seconds: after what happens often.
    package static func giveBackAtTimes() {
        if now() - last.load(ordering: .relaxed) >= pause { giveBack() }
    }

    /// Seconds between two times that `giveBackAtTimes` gives back.
    private static let pause = 10
    /// When memory was last given back, in seconds of a clock that never goes back.
    private static let last = Atomic(-pause)

    private static func now() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec
    }
}
