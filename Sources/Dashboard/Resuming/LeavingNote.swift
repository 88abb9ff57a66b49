import Reports

extension Shared {
    /// Whether more batches of the newest run would come.
    package var hasRunUnderWay: Bool { run?.isAlive ?? false }

    /// What is said, as the program ends, of the run that was under way; nil where none of it is saved, or nothing is left
    /// to train.
    ///
    /// - Parameters:
    ///   - word: how it ended: `stopped` or `interrupted`.
    ///   - command: what goes on with the run of a number, for the shell.
    package func leavingNote(_ word: String, command: (Int) -> String) -> String? {
        guard let run, let number = run.saved, run.state != .finished, run.state != .failed,
            run.history.count < run.plannedEpochs
        else { return nil }
        let place = EpochsText.short(run.history.count, run.plannedEpochs)
        return "run \(number) \(word) at \(place)\(Self.saved(run)); `\(command(number))` goes on"
    }

    /// How much of a run is saved, where that is less than what was trained.
    private static func saved(_ run: ShownRun) -> String {
        guard let place = run.savedPlace else { return ", nothing of it is saved yet: it starts anew" }
        let repetition = ResumableRun.repetition(
            from: place, of: run.history.count, batchesPerEpoch: run.facts?.batchesPerEpoch ?? 1,
            epochSeconds: run.secondsPerEpoch)
        return repetition.map { ", \($0)" } ?? ""
    }
}
