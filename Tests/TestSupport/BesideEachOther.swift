import Foundation

/// Work that waits most of the time, several pieces of it beside each other.
package enum BesideEachOther {
    /// Threads of their own: those of Swift's tasks are few, and must not wait.
    private final class OwnThreads: TaskExecutor {
        func enqueue(_ job: consuming ExecutorJob) {
            let job = UnownedJob(job)
            Thread { job.runSynchronously(on: self.asUnownedTaskExecutor()) }.start()
        }
    }

    /// Does the work for each number below `count`. What it expects counts for the test that calls this.
    ///
    /// - Parameter width: how many at once.
    package static func each(_ count: Int, width: Int, _ work: @escaping @Sendable (Int) -> Void) async {
        let threads = OwnThreads()
        await withTaskGroup(of: Void.self) { group in
            for first in 0..<width {
                group.addTask(executorPreference: threads) {
                    for number in stride(from: first, to: count, by: width) { work(number) }
                }
            }
        }
    }
}
