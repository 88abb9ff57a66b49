import Datasets
import Foundation
import Runs
import Specs
import Training

/// A run that is recorded while it trains without the dashboard, from its start or from where it was resumed.
struct RecordedRun {
    let store: RunStore
    let run: Int
    /// When it was first started.
    let started: Date
    let recorder: RunRecorder
    /// The state to resume from; nil for a new run.
    var resumption: Resumption?

    /// The run's number in the store, which changes where the store had to be made again.
    var number: Int { recorder.run ?? run }

    /// How long a user who wants the program to end waits for the disk.
    private static let patience = Duration.seconds(20)
    /// After so long it is said what is waited for.
    private static let silence = Duration.seconds(5)

    static func recorder(
        _ store: RunStore, _ run: Int, dataset: Dataset, fingerprint: (@Sendable () throws(StoreError) -> String)?
    ) -> RunRecorder {
        RunRecorder(
            store: store, target: .existing(run), fingerprint: fingerprint, dataset: StoredDataset(dataset)
        ) { report in
            switch report {
            case .numbered(let number): printError("trainspotter: the run is saved as run \(number)")
            case .failed(let error):
                printError("trainspotter: run \(run) can't be saved, trying again: \(error)")
            case .deleted(true):
                printError(
                    "trainspotter: run \(run) was deleted; it trains on, and `trainspotter runs undelete \(run)` brings "
                        + "it back")
            case .deleted(false): printError("trainspotter: run \(run) was brought back")
            case .lost(let error):
                printError("trainspotter: run \(run) is not saved any more, but still trains: \(error)")
            case .recovered(let event):
                let epochs = Int(event.value ?? 0)
                printError(
                    "trainspotter: run \(run) is saved again, with the \(epochs) \(epochs == 1 ? "epoch" : "epochs") that "
                        + "had to wait")
            }
        }
    }

    /// Records how the run ended, and waits until that is saved: as long as it takes on a machine with other work to
    /// do, unless the user wants the program to end.
    ///
    /// - Throws: where it could not be saved.
    func close() throws(CommandFailure) {
        var (isTold, asked) = (false, nil as Duration?)
        let error = recorder.close { waited in
            if waited >= Self.silence, !isTold {
                isTold = true
                printError("trainspotter: run \(run): its last moments are still being saved; Ctrl-C ends without them")
            }
            if Interrupt.isRequested, asked == nil { asked = waited }
            return asked.map { waited - $0 >= Self.patience } ?? false
        }
        if let error {
            throw .running("run \(run): its last moments are not saved: \(error)")
        }
    }
}
