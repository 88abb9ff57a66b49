import Foundation
import Runs
import Searching
import Specs
import Training

/// What tells whether a file was replaced.
struct FileMark: Equatable {
    private let number: UInt64
    private let seconds: Int
    private let nanoseconds: Int

    /// - Returns: nil where there is no file.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        number = UInt64(status.st_ino)
        (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    }
}

extension ClusterSession {
    /// Seconds between two looks at what a trial has trained so far.
    private static let partialSeconds = 3.0

    /// Takes in what tasks have written.
    mutating func collect() {
        let works = table.works
        guard !works.isEmpty else { return }
        let names = cluster.folder.trialFiles()
        for (place, work) in works {
            guard let trial = open[work.trial] else { continue }
            if names.contains("\(work.name).\(ClusterFolder.Result.done.rawValue)") {
                let taken = take(work, .done, trial)
                guard taken.partial.mark != trial.partial.mark else { continue }
                finish(work, taken.trial)
                if table.arrived(work, from: place) { forget(place.name) }
            } else if names.contains("\(work.name).\(ClusterFolder.Result.partial.rawValue)"),
                now - trial.partial.at >= Self.partialSeconds
            {
                open[work.trial] = take(work, .partial, trial)
            }
        }
    }

    /// A trial has come to its rung, to its end, or has failed.
    private mutating func finish(_ work: ClusterWork, _ trial: SearchEngine.Trial) {
        open[work.trial] = nil
        attempts.arrived(work.trial)
        merged.append(work)
        search.end(trial, rung: work.rung, isThere: true)
    }

    /// Puts what a file holds into the store's queue.
    ///
    /// - Returns: the trial with it; as it was where there is no such file, or it has not changed.
    @discardableResult
    mutating func take(_ work: ClusterWork, _ result: ClusterFolder.Result, _ open: Open) -> Open {
        var open = open
        open.partial.at = now
        let path = cluster.folder.file(of: work, result)
        guard let mark = FileMark(path), mark != open.partial.mark else { return open }
        let file: TrialFile
        do throws(StoreError) { file = try TrialFile(reading: path) } catch {
            tell("\(path) can't be read: \(error)")
            return open
        }
        guard file.line == work.line else { return open }
        var progress = file.progress
        let first = progress.epochs.first?.epoch ?? .max
        open.partial.mark = mark
        open.trial.figures.removeAll { $0.epoch >= first }
        open.trial.figures += progress.epochs
        if let state = progress.checkpoint { open.place = RunPlace(epoch: state.epoch, batch: state.batch) }
        switch (result, progress.standing?.state) {
        case (.done, .failed): open.trial.failure = progress.standing?.failure ?? "its loss was no number"
        case (.done, .finished): open.trial.isFinished = true
        case (.done, _): break
        case (.partial, _):
            // It goes on: a stop was none of the user's.
            (progress.standing, progress.final) = (nil, nil)
            progress.events.removeAll { $0.kind == .stopped }
        }
        search.recorder.add(
            open.trial.saved(as: .running), progress, new: (open.trial.spec, file.facts), machine: file.machine)
        return open
    }
}
