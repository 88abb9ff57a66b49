import Foundation
import Runs

/// When and where a run of this session was started.
package struct RunOrigin: Equatable, Sendable {
    package let started: Date
    package let machine: MachineFacts

    package init(started: Date, machine: MachineFacts) {
        self.started = started
        self.machine = machine
    }
}
