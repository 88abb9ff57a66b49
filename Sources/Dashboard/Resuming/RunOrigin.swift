import Foundation
import Runs

/// When and where a run of this session was started.
public struct RunOrigin: Equatable, Sendable {
    public let started: Date
    public let machine: MachineFacts

    public init(started: Date, machine: MachineFacts) {
        self.started = started
        self.machine = machine
    }
}
