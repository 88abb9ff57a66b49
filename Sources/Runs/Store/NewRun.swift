import Foundation
import Reports
import Specs
import Training

/// What is known of a run when it starts.
package struct NewRun: Sendable, Equatable {
    /// The spec, and the changes that are to be made while it trains.
    package var line: RunLine
    /// The data set's name.
    package var dataset: String
    /// The argument of `--data` that finds it again: a known name or an absolute path.
    package var dataSource: String
    /// SHA-256 of images and labels; can be added later, see `RunProgress.fingerprint`.
    package var fingerprint: String?
    /// What the store keeps of the data set, as soon as its fingerprint is known; nil for nothing.
    package var storedDataset: StoredDataset?
    /// Sizes of network and data.
    package var facts: RunFacts
    /// The machine that trains it.
    package var machine: MachineFacts
    /// The user's name for it; nil without one.
    package var name: String?
    /// The user's tags, in any order.
    package var tags: [String]
    /// The user's note, which can have several lines; empty without one.
    package var note: String
    /// When it started.
    package var started: Date
    /// The version of the program.
    package var program: String

    package init(
        line: RunLine, dataset: String, dataSource: String, fingerprint: String? = nil,
        storedDataset: StoredDataset? = nil, facts: RunFacts, machine: MachineFacts, name: String? = nil,
        tags: [String] = [], note: String = "", started: Date = Date(),
        program: String = ProgramVersion.current
    ) {
        self.line = line
        self.dataset = dataset
        self.dataSource = dataSource
        self.fingerprint = fingerprint
        self.storedDataset = storedDataset
        self.facts = facts
        self.machine = machine
        self.name = name
        self.tags = tags
        self.note = note
        self.started = started
        self.program = program
    }
}
