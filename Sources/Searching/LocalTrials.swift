import Datasets
import Foundation
import Runs
import Training

/// Trains the trials of a search side by side in this process, each on one thread.
package struct LocalTrials: TrialTrainer {
    private let dataset: Dataset
    package let workers: Int

    /// - Parameter workers: trials at once.
    package init(dataset: Dataset, workers: Int) { (self.dataset, self.workers) = (dataset, workers) }

    package func train(_ search: SearchEngine) {
        let ended = DispatchGroup()
        for worker in 0..<workers {
            ended.enter()
            let thread = Thread { [self] in
                work(for: search)
                ended.leave()
            }
            (thread.name, thread.stackSize) = ("trial \(worker + 1)", TrialTraining.stackSize)
            thread.start()
        }
        ended.wait()
    }

    private func work(for search: SearchEngine) {
        while true {
            switch search.next() {
            case .train(let trial, let rung): train(trial, to: rung, search)
            case .wait: Thread.sleep(forTimeInterval: 0.02)
            case .done: return
            }
        }
    }

    /// Seconds before a trial is taken up again whose state could not be read.
    private static let patience = 1.0

    private func train(_ trial: SearchEngine.Trial, to rung: Int?, _ search: SearchEngine) {
        var trial = trial
        do {
            // Nothing of a trial that begins is in the store, or on the way to it: its first save is one of those of a second.
            let begins = trial.figures.isEmpty && search.recorder.run(of: trial.number) == nil
            let state = begins ? nil : try search.recorder.takeUp(trial.number)
            // Epochs behind the state are trained again, to the same bits.
            trial.figures.removeAll { $0.epoch > state?.epoch ?? 0 }
            var training = TrialTraining(
                trial.spec, from: state, figures: trial.figures, until: search.epochs(ofRung: rung))
            let number = trial.number
            try training.run(
                on: dataset, recording: TrialRecording(search.recorder, trial), named: search.recorder.weightFinder
            ) {
                search.isStopping || search.isDropped(number)
            } holds: {
                search.isPaused
            }
            trial.figures = training.figures
            trial.failure = training.failure
            trial.isFinished = training.isFinished
            search.end(trial, rung: rung, isThere: training.isThere)
        } catch let error as StoreError where !error.concernsRun {
            // The disk is full, or the store is in use: the trial is none the worse for it.
            search.putBack(trial.number, rung: rung)
            Thread.sleep(forTimeInterval: Self.patience)
        } catch {
            trial.failure = "\(error)"
            search.end(trial, rung: rung, isThere: true)
        }
    }
}

extension StoreError {
    /// Whether it is the run's own fault, which does not pass.
    package var concernsRun: Bool {
        switch self {
        case .noRun, .inUse, .damaged: true
        default: false
        }
    }
}
