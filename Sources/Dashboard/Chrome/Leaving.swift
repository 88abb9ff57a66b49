import TerminalUI
import Training

/// What ends, and what is lost, where the program is left now.
struct Leaving: Equatable {
    /// The question in the title of the popup.
    let question: String
    /// How far the run is that trains.
    let progress: QuestionView.Progress?
    /// A sentence for each thing.
    let consequences: [String]
    /// Whether a run trains, or a search runs.
    let trains: Bool

    init(_ state: DashboardState) {
        let run = state.shared.sessionRun
        let search = state.searches.own
        trains = run?.state == .running || search != nil
        let isTraining = run?.state == .running
        progress = isTraining ? run.map(Self.progress) : nil
        question =
            isTraining
            ? "quit while run \(run?.number ?? 0) trains?"
            : search.map { "quit while search \($0.number) runs?" } ?? "quit?"
        var consequences = run.map { Self.consequences($0, state.shared) } ?? []
        if let search {
            consequences.append(
                "Search \(search.number) is saved where it stops. To go on, press \(state.shared.key(.train)) in Search, or "
                    + "type `trainspotter search --resume --search \(search.number)`.")
        }
        let export = state.shared.key(.export)
        let marked = state.selection.unsavedMarks.count
        if marked > 0 {
            let names = state.shared.classNames
            let (noun, them) = marked == 1 ? ("digit is", "it") : ("digits are", "them")
            consequences.append(
                names.worded("\(marked) marked \(noun) in no file: \(export) in Digits saves \(them)."))
        }
        if state.draw.isUnsaved { consequences.append("The drawing is in no file: \(export) in Draw saves it.") }
        self.consequences = consequences
    }

    /// Whether something ends or is lost.
    var asks: Bool { !consequences.isEmpty }
    /// What the key says that quits.
    var quitWords: String { trains ? "stop and quit" : "quit" }

    private static func progress(_ run: ShownRun) -> QuestionView.Progress {
        let place = "epoch \(min(run.plannedEpochs, run.history.count + 1)) of \(run.plannedEpochs)"
        let snapshot = run.snapshot
        let speed = snapshot?.samplesPerSecond ?? 0
        let position = snapshot?.position ?? Double(run.history.count)
        let planned = Double(max(1, run.plannedEpochs))
        let rows = Double(run.facts?.trainingRows ?? 0) * max(0, planned - position)
        let left = speed > 0 ? ["\(StatusProgress.remaining(rows / speed)) left"] : []
        return QuestionView.Progress(name: place, places: left, fraction: position / planned)
    }

    /// What becomes of the newest run.
    private static func consequences(_ run: ShownRun, _ shared: Shared) -> [String] {
        let trains = run.state == .running
        guard let number = run.saved else {
            return trains || run.history.count > 0 ? ["Run \(run.number) is not saved: it will be lost."] : []
        }
        guard trains else { return [] }
        return [
            "It is saved where it stops. To resume it, press \(shared.key(.more)) in Runs, or type "
                + "`trainspotter train --resume \(number)`."
        ]
    }
}

extension DashboardState {
    /// Work that a file has now: leaving does not lose it any more.
    mutating func keep(_ work: SaveRequest.Work?) {
        switch work {
        case .marks(let marks): shared.selection.savedMarks.formUnion(marks)
        case .drawing(let canvas): draw.saved = canvas
        case nil: break
        }
    }
}
