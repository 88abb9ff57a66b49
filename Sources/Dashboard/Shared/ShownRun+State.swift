import TerminalUI
import Training

extension ShownRun {
    /// Whether its weights were made elsewhere: nothing was trained, and nothing was to be.
    var isImported: Bool { state == .finished && plannedEpochs == 0 }

    /// What it is doing in a word, with its colour. A run that has diverged is not finished as others are, and not in
    /// their colour.
    var stateWord: (text: String, role: Theme.Role) {
        switch state {
        case .paused: ("paused", .warning)
        case .failed: ("failed", .bad)
        case .running: hasDiverged ? ("diverged", .bad) : ("training", .good)
        case .finished where isImported: ("imported", .train)
        case .finished: hasDiverged ? ("diverged", .bad) : ("finished", .train)
        case .stopped: hasDiverged ? ("diverged", .bad) : ("stopped", .dim)
        }
    }
}

extension Theme.Role {
    /// The colour of an accuracy: that of a failure where it is less than twice that of guessing.
    static func accuracy(_ share: Double, classes: Int) -> Theme.Role {
        share * Double(max(1, classes)) < 2 ? .bad : .title
    }
}
