import CTerminal
import Foundation
import Synchronization
import Testing

/// What the program does once it has become the child of its guard process.
@Suite struct ThreadNumberTests {
    private enum Lazy {
        /// Made at its first use, under the lock that remembers the thread's number.
        static let value = ProcessInfo.processInfo.processIdentifier
    }

    /// Of the calling thread.
    private static var number: Int32 {
        get throws {
            let link = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self")
            return try #require(link.split(separator: "/").last.flatMap { Int32($0) })
        }
    }

    @Test(
        "The number of a thread that Swift's runtime remembers is found and corrected",
        .enabled(if: FileManager.default.fileExists(atPath: "/proc/thread-self"), "needs Linux"))
    func corrected() throws {
        let found = Mutex<[Int32]>([])
        let done = DispatchSemaphore(value: 0)
        let thread = Thread {
            if Lazy.value > 0, let number = try? Self.number {
                // No such thread: nothing that locks may happen in between.
                let there = terminal_renumber_thread(number, -5)
                let back = terminal_renumber_thread(-5, number)
                found.withLock { $0 = [there, back, terminal_renumber_thread(-5, number)] }
            }
            done.signal()
        }
        thread.start()
        done.wait()
        let counts = found.withLock(\.self)
        try #require(counts.count == 3)
        #expect(counts[0] >= 1 && counts[1] == counts[0] && counts[2] == 0, "\(counts)")
    }
}
