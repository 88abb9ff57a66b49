import Datasets
import Foundation
import Specs
import Training

/// A run and its results: the JSON of `train`.
///
/// Every key is always present, in one order; a missing value, and one that is not finite, is null.
package struct RunReport: Equatable, Sendable, Decodable {
    /// The data set, with its rows for training, validation and test.
    package struct Data: Equatable, Sendable, Decodable {
        /// The data set's name.
        package var name: String
        /// Rows to train on.
        package var train: Int
        /// Rows that validate.
        package var validation: Int
        /// Rows of the test set.
        package var test: Int
        /// SHA-256 of images and labels, 64 hexadecimal digits; nil where it was not computed.
        package var sha256: String?
        /// The images of each class; nil where the data set was not at hand.
        package var classes: [ClassRows]?
        /// How its images are kept; nil where that was not recorded.
        package var images: Images?
        /// Mean and deviation of the pixels that were trained on; nil but where the inputs were scaled by them.
        package var pixels: PixelStatistics?

        package init(
            name: String, train: Int, validation: Int, test: Int, sha256: String? = nil, classes: [ClassRows]? = nil,
            images: Images? = nil, pixels: PixelStatistics? = nil
        ) {
            self.name = name
            self.classes = classes
            (self.images, self.pixels) = (images, pixels)
            self.sha256 = sha256
            self.train = train
            self.validation = validation
            self.test = test
        }

        /// The facts of a data set of which so many rows are held out.
        package init(_ dataset: Dataset, _ split: Split) {
            let counts = ClassCounts(split, dataset)
            self.init(
                name: dataset.name, train: split.training.count, validation: split.validation.count,
                test: dataset.test.count,
                classes: (0..<dataset.classes).map { label in
                    ClassRows(
                        name: dataset.classNames[label], train: counts.training[label],
                        validation: counts.validation[label], test: counts.test[label])
                }, images: Images(dataset))
        }
    }

    /// How many images of a class there are.
    package struct ClassRows: Equatable, Sendable, Decodable {
        /// The class's name.
        package var name: String
        /// Rows to train on.
        package var train: Int
        /// Rows that validate.
        package var validation: Int
        /// Rows of the test set.
        package var test: Int

        package init(name: String, train: Int, validation: Int, test: Int) {
            (self.name, self.train, self.validation, self.test) = (name, train, validation, test)
        }
    }

    /// One line of the history.
    package struct Epoch: Equatable, Sendable, Decodable {
        /// From 1.
        package var epoch: Int
        /// Mean training loss; nil where it is not finite.
        package var loss: Double?
        /// Training accuracy, 0 ... 1.
        package var accuracy: Double?
        /// Mean loss of the validation rows.
        package var validationLoss: Double?
        /// Accuracy on the validation rows, 0 ... 1.
        package var validationAccuracy: Double?
        /// The learning rate of the epoch's last step.
        package var learningRate: Double
        /// Time of the training pass alone, in seconds.
        package var seconds: Double
        /// Norm of the gradient by all weights at the epoch's end, of its last rows; nil where it was not recorded.
        package var gradientNorm: Double?
        /// Time from the epoch's start to its end, pauses left out; nil where it was not recorded.
        package var wallSeconds: Double?

        enum CodingKeys: String, CodingKey {
            case epoch, loss, accuracy, seconds
            case validationLoss = "val_loss"
            case validationAccuracy = "val_accuracy"
            case learningRate = "learning_rate"
            case gradientNorm = "gradient_norm"
            case wallSeconds = "wall_seconds"
        }

        package init(_ figures: EpochFigures) {
            epoch = figures.epoch
            loss = figures.loss.finite
            accuracy = figures.accuracy.finite
            validationLoss = figures.validationLoss?.finite
            validationAccuracy = figures.validationAccuracy?.finite
            learningRate = figures.learningRate
            seconds = figures.seconds
            gradientNorm = figures.gradientNorm?.finite
            wallSeconds = figures.wallSeconds
        }
    }

    /// The JSON's format and its version: from 2 on it has program, date and digest.
    static let format = (name: "trainspotter run", version: 2)

    /// The version of the program that trained it; nil in reports of the first form.
    package var program: String?
    /// When it ended, by UTC and ISO 8601, to the second.
    package var date: String?
    /// The canonical spec line, with the run's live changes.
    package var spec: String
    /// What it was trained on.
    package var dataset: Data
    /// Trainable weights and biases.
    package var parameters: Int
    /// The seed of the run.
    package var seed: UInt64
    /// Workers that share a step.
    package var threads: Int
    /// The completed epochs, in order.
    package var epochs: [Epoch]
    /// Training rows a second over all epochs; nil before the first is done.
    package var samplesPerSecond: Double?
    /// Figures of the test set; nil if it was not evaluated.
    package var test: TestReport?

    enum CodingKeys: String, CodingKey {
        case spec, dataset, parameters, seed, threads, epochs, test, program, date
        case samplesPerSecond = "samples_per_second"
    }

    /// - Parameters:
    ///   - threads: workers that shared each step.
    ///   - epochs: the finished ones, in order.
    ///   - test: figures of the test set after the last epoch.
    package init(
        line: RunLine, dataset: Data, threads: Int, epochs: [EpochFigures], test: ClassificationMetrics?
    ) {
        let spec = line.spec
        self.spec = line.description
        self.dataset = dataset
        parameters = spec.network.parameterCount
        seed = spec.training.seed
        self.threads = threads
        self.epochs = epochs.map(Epoch.init)
        let seconds = epochs.reduce(0) { $0 + $1.seconds }
        samplesPerSecond = seconds > 0 ? Double(dataset.train * epochs.count) / seconds : nil
        self.test = test.map(TestReport.init)
    }

    /// Adds the figures' origin.
    ///
    /// - Parameters:
    ///   - program: the version that trained it.
    ///   - date: when the run ended.
    ///   - digest: SHA-256 of the data set, 64 hexadecimal digits.
    package mutating func sign(program: String = ProgramVersion.current, date: Date = Date(), digest: String?) {
        self.program = program
        self.date = date.formatted(.iso8601)
        dataset.sha256 = digest
    }

    /// Decodes what `text` gave.
    ///
    /// - Throws: `DecodingError` if a key is missing or of another type.
    package init(text: String) throws {
        self = try JSONDecoder().decode(RunReport.self, from: Foundation.Data(text.utf8))
    }

    /// JSON of several lines, without a line break at its end.
    package var text: String { json.text() }

    private var json: JSON {
        .object([
            "format": .object(["name": .text(Self.format.name), "version": .integer(Self.format.version)]),
            "program": program.map(JSON.text) ?? .null, "date": date.map(JSON.text) ?? .null, "spec": .text(spec),
            "dataset": dataset.json,
            "parameters": .integer(parameters), "seed": .unsigned(seed), "threads": .integer(threads),
            "epochs": .array(epochs.map(\.json)), "samples_per_second": .number(samplesPerSecond),
            "test": test?.json ?? .null,
        ])
    }
}

extension RunReport.ClassRows {
    /// The object that a report prints.
    var json: JSON {
        .object([
            "name": .text(name), "train": .integer(train), "validation": .integer(validation), "test": .integer(test),
        ])
    }
}

extension RunReport.Epoch {
    /// The object that `text` prints.
    package var json: JSON {
        .object([
            "epoch": .integer(epoch), "loss": .number(loss), "accuracy": .number(accuracy),
            "val_loss": .number(validationLoss), "val_accuracy": .number(validationAccuracy),
            "learning_rate": .number(learningRate), "seconds": .number(seconds),
            "gradient_norm": .number(gradientNorm), "wall_seconds": .number(wallSeconds),
        ])
    }
}

extension Double {
    /// Nil for NaN and infinity, which JSON can't express.
    var finite: Double? { isFinite ? self : nil }
}
