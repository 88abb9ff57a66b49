import Reports

extension Shared {
    /// Whether the newest run would train on.
    package var hasRunUnderWay: Bool { sessionRun?.isAlive ?? false }

    /// The message at the program's end about the run under way; nil where nothing of it is saved, or nothing is left
    /// to train.
    ///
    /// - Parameters:
    ///   - word: how it ended: `stopped` or `interrupted`.
    ///   - command: gives the shell command that resumes the run of a number.
    package func leavingNote(_ word: String, command: (Int) -> String) -> String? {
        guard let run = sessionRun, let number = run.saved, run.state != .finished, run.state != .failed,
            run.history.count < run.plannedEpochs
        else { return nil }
        let place = EpochsText.short(run.history.count, run.plannedEpochs)
        return "run \(number) \(word) at \(place)\(Self.saved(run)); `\(command(number))` resumes it"
    }

    /// How much of a run is saved, where that is less than was trained.
    private static func saved(_ run: ShownRun) -> String {
        guard let place = run.savedPlace else { return ", nothing of it is saved yet: it starts anew" }
        let repetition = ResumableRun.repetition(
            from: place, of: run.history.count, batchesPerEpoch: run.facts?.batchesPerEpoch ?? 1,
            epochSeconds: run.secondsPerEpoch)
        return repetition.map { ", \($0)" } ?? ""
    }
}
