import Foundation
import Memory

/// Frees much memory between little that stays, as run after run does, and tells what the system got back of it.
package enum HeapTrial {
    private static let blocks = 100
    private static let size = 2 << 20

    /// To be called in a process of its own, as it changes the heaps of the process it is in.
    ///
    /// - Returns: resident memory that stays, in MiB; of 200 that were taken and freed.
    package static func kept(givesBack: Bool) -> Int {
        if givesBack { FreedMemory.goesBack() }
        // From now on glibc would take blocks of up to that size from its heap.
        let largest = malloc(size + size / 2)
        // A compiler leaves out a block that nobody is given.
        _ = read(-1, largest, 0)
        free(largest)
        let before = ProcessFigures(of: getpid())?.resident ?? 0
        var (large, small): ([UnsafeMutableRawPointer], [UnsafeMutableRawPointer]) = ([], [])
        for _ in 0..<blocks {
            guard let block = malloc(size), let rest = malloc(1000) else { return 0 }
            memset(block, 1, size)
            large.append(block)
            small.append(rest)
        }
        for block in large { free(block) }
        defer { for rest in small { free(rest) } }
        return ((ProcessFigures(of: getpid())?.resident ?? 0) - before) >> 10
    }
}
