import Foundation
import Runs

/// When and where a run of this session was started.
package struct RunOrigin: Equatable, Sendable {
    /// When it was started.
    package let started: Date
    /// The machine that trains it.
    package let machine: MachineFacts

    package init(started: Date, machine: MachineFacts) {
        self.started = started
        self.machine = machine
    }
}
