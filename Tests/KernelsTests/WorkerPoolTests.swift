import Foundation
import Kernels
import Synchronization
import Testing

@Suite(.serialized) struct WorkerPoolTests {
    @Test(arguments: [1, 2, 3, 5]) func `every worker runs once a call, thousands of times`(threads: Int) {
        let pool = WorkerPool(threads: threads)
        let counts = AlignedBuffer<Int>(count: threads * 8)
        for _ in 0..<3000 { pool.run { counts.pointer[$0 * 8] += 1 } }
        #expect((0..<threads).map { counts.pointer[$0 * 8] } == Array(repeating: 3000, count: threads))
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

    @Test func `helpers work on other threads and wake after they slept`() {
        let pool = WorkerPool(threads: 2)
        let caller = Thread.current
        for _ in 0..<3 {
            Thread.sleep(forTimeInterval: 0.05)
            let foreign = Atomic<Int>(0)
            pool.run { _ in
                if Thread.current !== caller { foreign.add(1, ordering: .relaxed) }
            }
            #expect(foreign.load(ordering: .relaxed) == 1)
        }
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
