import Foundation
import Reports
import Specs
import Training

/// What is known of a run when it starts.
public struct NewRun: Sendable, Equatable {
    /// The spec, and the changes that are to be made while it trains.
    public var line: RunLine
    /// The data set's name.
    public var dataset: String
    /// What `--data` takes to find it again: a known name or an absolute path.
    public var dataSource: String
    /// SHA-256 of images and labels; can be told later, see `RunProgress.fingerprint`.
    public var fingerprint: String?
    public var facts: RunFacts
    public var machine: MachineFacts
    public var name: String?
    public var tags: [String]
    public var note: String
    public var started: Date
    /// The version of the program.
    public var program: String

    public init(
        line: RunLine, dataset: String, dataSource: String, fingerprint: String? = nil, facts: RunFacts,
        machine: MachineFacts, name: String? = nil, tags: [String] = [], note: String = "", started: Date = Date(),
        program: String = ProgramVersion.current
    ) {
        self.line = line
        self.dataset = dataset
        self.dataSource = dataSource
        self.fingerprint = fingerprint
        self.facts = facts
        self.machine = machine
        self.name = name
        self.tags = tags
        self.note = note
        self.started = started
        self.program = program
    }
}
