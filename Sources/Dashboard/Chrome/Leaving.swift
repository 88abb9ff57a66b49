import TerminalUI

/// What ends, and what is lost, where the program is left now.
struct Leaving: Equatable {
    /// The question in the title of the popup.
    let question: String
    /// A sentence for each thing.
    let consequences: [String]
    /// Whether a run trains.
    let trains: Bool

    init(_ state: DashboardState) {
        var consequences: [String] = []
        trains = state.shared.sessionRun?.state == .running
        if let run = state.shared.sessionRun {
            let epochs = "epoch \(min(run.plannedEpochs, run.history.count + 1)) of \(run.plannedEpochs)"
            if run.saved != nil {
                if trains { consequences.append("\(epochs) is trained. The run is saved, and can be resumed.") }
            } else if trains || run.history.count > 0 {
                let place = trains ? "\(epochs) is trained. " : ""
                consequences.append("\(place)Run \(run.number) is not saved: it will be lost.")
            }
        }
        let marked = state.selection.marked.count
        if state.selection.hasUnsavedMarks {
            consequences.append("\(marked) marked \(marked == 1 ? "digit is" : "digits are") in no file.")
        }
        if state.draw.isUnsaved { consequences.append("The drawing is in no file.") }
        self.consequences = consequences
        question = trains ? "quit while run \(state.shared.sessionRun?.number ?? 0) trains?" : "quit?"
    }

    /// Whether something ends or is lost.
    var asks: Bool { !consequences.isEmpty }
    /// What the key says that quits.
    var quitWords: String { trains ? "stop and quit" : "quit" }
}
