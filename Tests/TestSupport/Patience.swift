import Dispatch
import Foundation

/// How long tests wait for what must come. It ends a test that hangs; nothing is measured by it, so that it is long
/// enough for a machine that has other work to do.
package enum Patience {
    package static let limit = Duration.seconds(120)
    /// The same for a semaphore.
    package static var end: DispatchTime { .now() + 120 }

    /// Looks again and again until something is so.
    ///
    /// - Returns: whether it came to be so.
    package static func wait(until isThere: () throws -> Bool) rethrows -> Bool {
        let end = ContinuousClock.now + limit
        while try !isThere() {
            guard ContinuousClock.now < end else { return false }
            usleep(2000)
        }
        return true
    }
}
