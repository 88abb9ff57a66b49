import Datasets
import Interchange
import Reports
import Specs
import Training

/// A run in TensorBoard: computes the bytes that are appended to its event files, step by step.
///
/// The files are those of Keras's callback. `train` and `validation` below the run's folder have `epoch_loss`,
/// `epoch_accuracy` and `epoch_learning_rate` by epochs from 0. So both are drawn in one chart, also beside Keras's
/// runs. `train` also has `epoch_gradient_norm`, where it is known; the time that passed is that of the events. The run's
/// own file has its spec as text and as hyperparameters, and the results of the test set.
package struct TensorBoardLog: Sendable {
    /// The files, by their folders below the run's.
    package enum Place: String, CaseIterable, Sendable {
        case run = ""
        case training = "train"
        case validation
    }

    /// Bytes to append to a file.
    package struct Addition: Equatable, Sendable {
        /// The file.
        package let place: Place
        /// Whole records.
        package let bytes: [UInt8]

        package init(place: Place, bytes: [UInt8]) {
            self.place = place
            self.bytes = bytes
        }
    }

    /// The end of a run, in the hparams plugin's numbers.
    package enum Ending: Int, Sendable {
        case finished = 1
        case failed = 2
    }

    /// The spec, with the live changes that it has at the start, or that were made.
    package let line: RunLine
    var spec: ExperimentSpec { line.spec }
    /// The data set, with its rows for training, validation and test.
    package let dataset: RunReport.Data
    /// One for each class.
    package let classNames: [String]
    /// The user's name, tags and note.
    let annotations: RunAnnotations
    /// What stood behind `--data`, without the folders above it.
    let place: String
    /// The greatest number of shown mistakes of the test set.
    static let mistakes = 16

    /// - Parameter place: what stood behind `--data`, without folders; the data set's name if nil.
    package init(
        line: RunLine, dataset: RunReport.Data, classNames: [String], place: String? = nil,
        annotations: RunAnnotations = RunAnnotations()
    ) {
        self.annotations = annotations
        self.place = place ?? dataset.name
        self.line = line
        self.dataset = dataset
        self.classNames = classNames
    }

    private var places: [Place] { dataset.validation > 0 ? Place.allCases : [.run, .training] }

    /// The beginnings of the files.
    ///
    /// - Parameter time: seconds since 1970.
    package func opening(at time: Double) -> [Addition] {
        places.map { place in
            let values: [TensorBoardEvent.Value] =
                place == .run
                ? [.text("run", description), .hyperparameters("session_start_info", start(at: time))] : []
            return Addition(
                place: place,
                bytes: TensorBoardEvent.fileVersion(at: time) + TensorBoardEvent.summary(values, step: 0, at: time))
        }
    }

    /// A finished epoch. Figures that are not finite are left out.
    ///
    /// - Parameter confusion: the validation rows' confusion matrix; nil without validation rows.
    package func epoch(_ epoch: RunReport.Epoch, confusion: [[Int]]?, at time: Double) -> [Addition] {
        func scalars(_ figures: [(tag: String, value: Double?)]) -> [TensorBoardEvent.Value] {
            figures.compactMap { tag, value in value.map { .scalar("epoch_\(tag)", $0) } }
        }
        var validation = scalars([("loss", epoch.validationLoss), ("accuracy", epoch.validationAccuracy)])
        if let confusion { validation.append(picture(of: confusion, "the validation rows")) }
        let training = scalars([
            ("loss", epoch.loss), ("accuracy", epoch.accuracy), ("learning_rate", epoch.learningRate),
            ("gradient_norm", epoch.gradientNorm),
        ])
        return additions([(.training, training), (.validation, validation)], step: epoch.epoch - 1, at: time)
    }

    /// The live changes so far, as a text that grows.
    ///
    /// - Parameter changes: all so far.
    package func changes(_ changes: [LiveChange], at time: Double) -> [Addition] {
        guard let last = changes.last else { return [] }
        let rows = changes.map { "| \($0.place) | `\($0.setting.word)` | \($0.setting.phrase) |" }
        let text = "| after | setting | |\n|---|---|---|\n" + rows.joined(separator: "\n")
        return additions([(.run, [.text("changes", text)])], step: last.place.epoch, at: time)
    }

    /// The end of the run, with the test set where it was evaluated.
    ///
    /// - Parameters:
    ///   - test: the evaluation of `images`; nil for a network that diverged.
    ///   - epochs: number of finished epochs.
    package func closing(
        test: Evaluation?, images: ImageSet, epochs: Int, ending: Ending, at time: Double
    ) -> [Addition] {
        var values: [TensorBoardEvent.Value] = []
        if let test {
            if test.loss.isFinite { values.append(.scalar("test_loss", test.loss)) }
            values += [.scalar("test_accuracy", test.accuracy), picture(of: test.confusion, "the test set")]
            values += Mistake.worst(of: test, count: Self.mistakes).enumerated().map { rank, mistake in
                picture(of: mistake, rank: rank + 1, images)
            }
        }
        let end: ProtocolMessage = [1: .integer(ending.rawValue), 2: .double(time)]
        values.append(.hyperparameters("session_end_info", [1: .integer(0), 4: .message(end)]))
        return additions([(.run, values)], step: max(0, epochs - 1), at: time)
    }

    private func additions(
        _ values: [(Place, [TensorBoardEvent.Value])], step: Int, at time: Double
    ) -> [Addition] {
        values.filter { places.contains($0.0) && !$0.1.isEmpty }.map { place, values in
            Addition(place: place, bytes: TensorBoardEvent.summary(values, step: step, at: time))
        }
    }
}
