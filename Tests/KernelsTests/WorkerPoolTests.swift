import Foundation
import Kernels
import Synchronization
import TestSupport
import Testing

@Suite(.serialized) struct WorkerPoolTests {
    @Test(arguments: [1, 2, 3, 5]) func `every worker runs once a call, thousands of times`(threads: Int) {
        let pool = WorkerPool(threads: threads)
        let counts = AlignedBuffer<Int>(count: threads * 8)
        for _ in 0..<3000 { pool.run { counts.pointer[$0 * 8] += 1 } }
        #expect((0..<threads).map { counts.pointer[$0 * 8] } == Array(repeating: 3000, count: threads))
    }

    @Test(arguments: [1, 2, 4]) func `the caller does the work of threads that the system does not give`(available: Int)
    {
        let pool = WorkerPool(threads: 4, available: available)
        let counts = AlignedBuffer<Int>(count: 4 * 8)
        for _ in 0..<100 { pool.run { counts.pointer[$0 * 8] += 1 } }
        #expect((0..<4).map { counts.pointer[$0 * 8] } == [100, 100, 100, 100])
    }

    @Test func `without parallelism all work stays on the caller's thread`() {
        let pool = WorkerPool(threads: 4)
        let caller = Thread.current
        let own = Atomic<Int>(0)
        pool.run(inParallel: false) { _ in
            if Thread.current === caller { own.add(1, ordering: .relaxed) }
        }
        #expect(own.load(ordering: .relaxed) == 4)
    }

    @Test func `helpers work on another thread and wake after they slept`() throws {
        let pool = WorkerPool(threads: 2)
        let caller = Self.thread()
        let helper = Atomic<Int>(0)
        for _ in 0..<3 {
            helper.store(0, ordering: .relaxed)
            pool.run { worker in
                if worker == 1 { helper.store(Self.thread(), ordering: .relaxed) }
            }
            let thread = helper.load(ordering: .relaxed)
            try #require(thread != 0 && thread != caller)
            // It looks for more work for a while, then it sleeps.
            #expect(try Patience.wait { try isAsleep(thread) }, "thread \(thread) never sleeps")
        }
    }

    /// The number that the system has for the thread that asks; 0 if it tells none.
    private static func thread() -> Int {
        // A link to `PROCESS/task/THREAD`.
        let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self")
        return path?.split(separator: "/").last.flatMap { Int($0) } ?? 0
    }

    /// Whether a thread of this process waits to be woken.
    private func isAsleep(_ thread: Int) throws -> Bool {
        let stat = try String(contentsOfFile: "/proc/self/task/\(thread)/stat", encoding: .utf8)
        // Its name, in parentheses, stands before its state.
        return stat.split(separator: ")").last?.split(separator: " ").first == "S"
    }

    #if arch(x86_64) || arch(arm64)
        @Test(arguments: [1, 3], [false, true])
        func `every worker takes denormal numbers as zeros, and the caller's thread stays as it was`(
            threads: Int, inParallel: Bool
        ) {
            let pool = WorkerPool(threads: threads)
            // Read through pointers, so that nothing is computed by the compiler.
            let numbers = AlignedBuffer<Float>(count: 2)
            numbers.pointer[0] = 1e-30
            numbers.pointer[1] = .leastNonzeroMagnitude
            let found = AlignedBuffer<Float>(count: threads * 2)
            pool.run(inParallel: inParallel) { worker in
                found.pointer[2 * worker] = numbers.pointer[0] * 1e-9
                found.pointer[2 * worker + 1] = numbers.pointer[1] * 1e30
            }
            #expect((0..<(threads * 2)).map { found.pointer[$0] } == Array(repeating: 0, count: threads * 2))
            #expect(numbers.pointer[0] * 1e-9 > 0 && numbers.pointer[1] * 1e30 > 0)
        }
    #endif

    @Test(arguments: [0, 1, 2, 7, 100]) func `shares cover all items once, in order`(items: Int) {
        for threads in 1...5 {
            let pool = WorkerPool(threads: threads)
            let dealt = (0..<threads).flatMap { Array(pool.share(of: items, worker: $0)) }
            #expect(dealt == Array(0..<items))
        }
    }
}
