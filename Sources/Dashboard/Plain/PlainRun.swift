import Runs
import Training

/// The run's state: whole epochs while it trains, also the batch while it waits.
enum PlainRun {
    static func lines(_ state: DashboardState) -> [PlainLine] {
        guard let run = state.run else { return [data(state)] }
        var lines = opened(state) + [PlainLine("run", "\(run.number), \(word(run.state))")]
        let planned = run.plannedEpochs
        lines.append(PlainLine("epochs done", "\(run.history.count) of \(planned)" + batch(run)))
        // In Curves they are those at the cursor.
        if state.screen != .curves {
            let newest = run.history.last
            lines.append(
                PlainLine("validation loss", newest?.validationLoss.map { PlainText.loss($0) } ?? unknown(run)))
            lines.append(
                PlainLine(
                    "validation accuracy", newest?.validationAccuracy.map { PlainText.percent($0) } ?? unknown(run)))
        }
        lines.append(PlainLine("time left", timeLeft(run)))
        if let failure = run.failure { lines.append(PlainLine("failure", failure)) }
        if run.state == .finished, let test = run.test {
            lines.append(PlainLine("test accuracy", PlainText.percent(test.accuracy)))
            lines.append(PlainLine("test errors", "\(Figures.grouped(test.errors)) of \(Figures.grouped(test.count))"))
        }
        if state.autoRun { lines.append(PlainLine("auto-run", "on")) }
        return lines
    }

    /// The run that is shown in place of the session's own, and what that one does.
    private static func opened(_ state: DashboardState) -> [PlainLine] {
        guard let opened = state.opened, let run = state.run else { return [] }
        var lines = [PlainLine("shown", "run \(run.number), \(OpenedStatus.weights(opened))")]
        if let own = state.shared.sessionRun {
            lines.append(
                PlainLine(
                    "under way", "run \(own.number), \(word(own.state)), \(state.shared.key(.backToRun)) shows it again"
                ))
        } else {
            lines.append(PlainLine(state.shared.key(.backToRun), "back from run \(run.number)"))
        }
        return lines
    }

    private static func batch(_ run: ShownRun) -> String {
        guard run.state != .running, let snapshot = run.snapshot, snapshot.batch > 0 else { return "" }
        return ", batch \(snapshot.batch) of \(snapshot.batchesPerEpoch)"
    }

    private static func unknown(_ run: ShownRun) -> String {
        run.spec.training.validation == 0 ? "none, no rows are held out" : "not known yet"
    }

    private static func timeLeft(_ run: ShownRun) -> String {
        guard !run.isOpened, run.state == .running || run.state == .paused else { return "none" }
        guard let seconds = run.secondsPerEpoch else { return "not known yet" }
        return Figures.duration(seconds * Double(max(0, run.plannedEpochs - run.history.count)))
    }

    private static func data(_ state: DashboardState) -> PlainLine {
        switch state.data {
        case .loading:
            PlainLine("data", "loading" + (state.awaitsData == nil ? "" : ", training starts when it is there"))
        case .failed(let error): PlainLine("error", error.description)
        case .ready(let data):
            PlainLine(
                "run",
                "none yet, \(state.shared.key(.train)) starts training on "
                    + "\(Figures.grouped(data.dataset.train.count)) images of \(data.dataset.name)")
        }
    }

    static func word(_ state: RunState) -> String { word(SavedRunState(state)) }

    static func word(_ state: SavedRunState) -> String { state == .running ? "training" : state.rawValue }
}
