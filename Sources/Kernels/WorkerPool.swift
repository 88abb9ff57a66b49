import CKernels
import Foundation
import Synchronization

/// A fixed number of threads that run one body together; the calling thread is worker 0.
///
/// A waiting worker spins for some tens of microseconds, then sleeps, so an idle pool uses no processor. It must be
/// used from one thread at a time.
package final class WorkerPool {
    /// Workers, the caller included.
    package let threads: Int
    /// Whether the other threads take part. Without them the caller computes every worker's share in turn, with the
    /// same result.
    package var isShared = true
    private let crew: Crew

    /// - Parameter available: threads that the system gives, the caller's included; fewer in tests. The caller computes
    ///   the shares of those that it does not give.
    package init(threads: Int, available: Int = .max) {
        precondition(threads > 0, "at least the caller works")
        self.threads = threads
        crew = Crew(helpers: threads - 1)
        crew.start(atMost: available - 1)
    }

    deinit {
        crew.stop()
    }

    /// Calls `body` once for each worker number, with denormal numbers as zero, and returns when all are done. With
    /// `inParallel` false all calls are on the caller's thread, for work that is too short to be divided.
    package func run(inParallel: Bool = true, _ body: (_ worker: Int) -> Void) {
        guard inParallel, isShared, threads > 1 else {
            Denormals.flushed { for worker in 0..<threads { body(worker) } }
            return
        }
        crew.run(body)
    }

    /// The items of `worker` where `count` items are divided into contiguous ranges.
    package func share(of count: Int, worker: Int) -> Range<Int> {
        (count * worker / threads)..<(count * (worker + 1) / threads)
    }
}

// Safe to share: the owner writes `body` only while no helper works, before `generation` advances and after `pending`
// fell to zero. Helpers read it only after they have seen `generation` advance, and never read `started`.
private final class Crew: @unchecked Sendable {
    private let helpers: Int
    /// Those whose thread runs: all, where the system has room for their stacks.
    private var started = 0
    private let generation = Atomic<Int>(0)
    private let pending = Atomic<Int>(0)
    private let sleepers = Atomic<Int>(0)
    private let stopping = Atomic<Bool>(false)
    private let wake = NSCondition()
    private let ownerSleeps = Atomic<Bool>(false)
    private let done = NSCondition()
    private var body: ((Int) -> Void)?

    /// Looks before a waiting thread sleeps.
    private static let spins = 2000

    init(helpers: Int) {
        self.helpers = helpers
    }

    func start(atMost most: Int) {
        while started < min(helpers, most) {
            let helper = Unmanaged.passRetained(Helper(crew: self, number: started + 1))
            var thread = pthread_t()
            let status = pthread_create(
                &thread, nil,
                { argument in
                    guard let argument else { return nil }
                    let helper = Unmanaged<Helper>.fromOpaque(argument).takeRetainedValue()
                    helper.crew.help(as: helper.number)
                    return nil
                }, helper.toOpaque())
            guard status == 0 else {
                helper.release()
                return
            }
            pthread_detach(thread)
            started += 1
        }
    }

    func stop() {
        stopping.store(true, ordering: .sequentiallyConsistent)
        announce()
    }

    func run(_ body: (Int) -> Void) {
        withoutActuallyEscaping(body) { body in
            self.body = body
            pending.store(started, ordering: .relaxed)
            announce()
            Denormals.flushed {
                body(0)
                for worker in (started + 1)..<(helpers + 1) { body(worker) }
            }
            waitForHelpers()
            self.body = nil
        }
    }

    private func announce() {
        generation.wrappingAdd(1, ordering: .sequentiallyConsistent)
        if sleepers.load(ordering: .sequentiallyConsistent) > 0 {
            wake.lock()
            wake.broadcast()
            wake.unlock()
        }
    }

    private func help(as worker: Int) {
        Thread.current.name = "worker \(worker)"
        Denormals.flushOnThisThread()
        var seen = 0
        while true {
            waitForWork(after: seen)
            seen &+= 1
            if stopping.load(ordering: .sequentiallyConsistent) { return }
            body?(worker)
            finish()
        }
    }

    private func finish() {
        let left = pending.wrappingSubtract(1, ordering: .sequentiallyConsistent).newValue
        guard left == 0, ownerSleeps.load(ordering: .sequentiallyConsistent) else { return }
        done.lock()
        done.signal()
        done.unlock()
    }

    /// Spins, then sleeps: a thread that only yields can share its processor with the helper it waits for while
    /// another is idle, because the scheduler places threads when they wake.
    private func waitForHelpers() {
        for _ in 0..<Self.spins {
            if pending.load(ordering: .acquiring) == 0 { return }
            ck_pause()
        }
        done.lock()
        ownerSleeps.store(true, ordering: .sequentiallyConsistent)
        while pending.load(ordering: .sequentiallyConsistent) > 0 { done.wait() }
        ownerSleeps.store(false, ordering: .sequentiallyConsistent)
        done.unlock()
    }

    private func waitForWork(after seen: Int) {
        for _ in 0..<Self.spins {
            if generation.load(ordering: .acquiring) != seen { return }
            ck_pause()
        }
        wake.lock()
        // Counted before the last look, so that an announcement either is seen here or sees the sleeper.
        sleepers.wrappingAdd(1, ordering: .sequentiallyConsistent)
        while generation.load(ordering: .sequentiallyConsistent) == seen { wake.wait() }
        sleepers.wrappingSubtract(1, ordering: .sequentiallyConsistent)
        wake.unlock()
    }
}

/// What a new thread is given.
private final class Helper {
    let crew: Crew
    let number: Int

    init(crew: Crew, number: Int) { (self.crew, self.number) = (crew, number) }
}
