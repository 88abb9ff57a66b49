import ArgumentParser
import Foundation
import Reports
import Runs
import Training

/// `trainspotter watch`: follows a run that another program trains.
struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Follow a run that another program trains.",
        discussion: """
            Prints all epochs so far, then each new one, until the run ends: status \
            0 where it is finished, 1 where it failed, 130 where it was interrupted or \
            stopped. Ctrl-C ends only the watching.

            EXAMPLES
              trainspotter watch
              trainspotter watch 12
            """)

    @Argument(
        help: ArgumentHelp(
            "A run's number or name; the newest that is trained now, if none is given.", valueName: "run"),
        completion: Completions.run)
    var chosen: String?

    @OptionGroup var store: StoreOptions

    /// Seconds between two reads of the store; a run is saved at most once a second.
    private static let interval = 0.5

    func run() throws {
        let store = try store.openExisting()
        var run = try find(in: store)
        printError("run \(run.id)\(run.name.map { " \($0)" } ?? ""): \(run.lineText)")
        Interrupt.watch()
        var (shown, mark) = (0, nil as RunStore.ChangeMark?)
        while true {
            // Read before its epochs, so that a run that has ended has all of them.
            run = try present(run, in: store)
            let now = try stored { () throws(StoreError) in try store.changeMark() }
            if now != mark || !run.state.isAlive {
                shown = try show(run, after: shown, store)
                mark = now
            }
            // Also without a change, as a killed program writes nothing.
            if !run.state.isAlive { break }
            guard !Interrupt.isRequested else { throw CommandFailure.interrupted }
            Thread.sleep(forTimeInterval: Self.interval)
        }
        if let gap = try stored({ () throws(StoreError) in try store.epochGap(of: run.id) }) {
            printError("trainspotter: run \(run.id): \(gap)")
        }
        try end(of: run)
    }

    private func present(_ run: RunSummary, in store: RunStore) throws(CommandFailure) -> RunSummary {
        guard let current = try stored({ () throws(StoreError) in try store.summary(of: run.id) }) else {
            throw .running("run \(run.id): it was removed while it was watched")
        }
        guard current.deleted == nil else {
            throw .running("run \(run.id): it was deleted while it was watched")
        }
        return current
    }

    /// - Returns: the last epoch that is shown now.
    private func show(_ run: RunSummary, after shown: Int, _ store: RunStore) throws(CommandFailure) -> Int {
        let epochs = try stored { () throws(StoreError) in try store.epochs(of: run.id, after: shown) }
        for epoch in epochs {
            let line = EpochLine(figures: epoch, epochs: run.plannedEpochs)
            try printLine(line.text(width: LineWidth.terminal(STDOUT_FILENO) ?? LineWidth.usual))
        }
        return epochs.last?.epoch ?? shown
    }

    private func end(of run: RunSummary) throws {
        let test = run.testAccuracy.map { "; test accuracy \(FigureText.perCent($0))" } ?? ""
        try printLine("run \(run.id) \(run.state.rawValue)\(run.failure.map { ": \($0)" } ?? "")\(test)")
        switch run.state {
        case .finished, .running, .paused: break
        case .failed: throw CommandFailure.status(1)
        case .stopped, .interrupted: throw CommandFailure.status(CommandFailure.interrupted.status)
        }
    }

    private func find(in store: RunStore) throws(CommandFailure) -> RunSummary {
        if let chosen { return try store.find(chosen) }
        let runs = try stored { () throws(StoreError) in try store.summaries() }
        guard let newest = runs.first(where: \.state.isAlive) else {
            throw .usage("no run is trained now; `trainspotter watch RUN` shows one that ended")
        }
        return newest
    }
}
