import Datasets
import Kernels
import Networks
import Specs

/// Trains one network on one data set, a batch at a time, on the caller's thread.
///
/// An epoch's order depends on the seed and the epoch's number alone, so that a run can be resumed at any epoch. The
/// same spec, data and seed give the same bits for any number of threads, and after `restore` of a `state`.
package final class Trainer {
    /// The layers and settings of the run, without its live changes.
    package let spec: ExperimentSpec
    /// The rows that are trained, validated and tested on.
    package let dataset: Dataset
    /// The network, with the weights of the last step; with those of the run's end after `finishRun`.
    package let network: Network
    /// The training rows, and those that validate.
    package let split: Split
    /// Mean and deviation of the pixels that are trained on; nil but where the inputs are scaled by them.
    package let pixelStatistics: PixelStatistics?
    /// Finished epochs.
    package internal(set) var epoch = 0
    /// Finished batches of the current epoch.
    package internal(set) var batch = 0
    /// Every batch so far.
    package internal(set) var history = BatchHistory()
    /// Whether early stopping ended the run at the last epoch.
    package internal(set) var stopsEarly = false
    /// Early stopping and reductions of the rate so far.
    package internal(set) var callbacks = RunCallbacks()

    /// The rate that the schedule is scaled to: the spec's, the user's, or what reductions on a plateau have left of
    /// it.
    var baseRate: Double
    var lastRate: Double
    var dropout: [Double]
    var bestWeights: [Tensor]?
    /// The planned epochs of the run: the spec's, or the number that the user set.
    package internal(set) var plannedEpochs: Int
    /// Which weights the network has after the run's end replaced them; nil while they are the last step's.
    package internal(set) var endWeights: FinalWeights?
    /// The last step's weights, while those of the end replace them.
    var weightsBeforeEnd: [Tensor]?
    /// Rows of the epoch under way.
    private(set) var order: [Int32]
    var running = RunningMeans()
    private let augmenter: Augmenter?
    /// What the run learns from beside the labels; nil where these count alone.
    var teacher: Teacher?
    private var governor = SharingGovernor()
    private let clock = ContinuousClock()
    private let isCancelled: () -> Bool
    private let otherWork: OtherWork?
    /// Time of the last step that the workers shared, in seconds.
    private var sharedStep = Double.infinity
    /// Whether the last step was computed by one thread, as other work was under way.
    package private(set) var givesWay = false
    /// In seconds. A step that may take longer is shared: the other work would be over before its end.
    private static let shortStep = 0.002

    /// Means of the epoch that is under way.
    package struct RunningMeans: Sendable, Equatable, Codable {
        /// Rows trained so far.
        package var rows = 0
        /// Time spent in training steps, in seconds.
        package var seconds = 0.0
        /// Sum of the rows' losses, with regularization.
        package var lossSum = 0.0
        /// Rows whose prediction was right.
        package var right = 0
        package init() {}
        /// Mean loss; NaN before the first batch.
        package var loss: Double { rows == 0 ? .nan : lossSum / Double(rows) }
        /// Share of right predictions, 0 ... 1; NaN before the first batch.
        package var accuracy: Double { rows == 0 ? .nan : Double(right) / Double(rows) }
    }

    /// - Parameters:
    ///   - dataset: its image size and class count must be the spec's.
    ///   - threads: workers that share each step, the caller's thread among them.
    ///   - otherWork: while it is under way, a short step is computed by the caller's thread alone.
    ///   - isCancelled: called on any worker's thread while kernels are initialized and rows are evaluated. Once it is
    ///     true, network and evaluations are incomplete, and must not be used.
    /// - Throws: `TrainingError` if spec and data set don't fit together.
    package init(
        spec: ExperimentSpec, dataset: Dataset, threads: Int, otherWork: OtherWork? = nil,
        isCancelled: @escaping () -> Bool = { false }
    ) throws(TrainingError) {
        split = try Trainer.split(spec, dataset)
        do throws(SpecError) {
            try spec.refuseTooLarge()
            try spec.refuseTooLarge(threads: threads, rows: split.training.count)
        } catch {
            throw .tooLarge(error)
        }
        self.isCancelled = isCancelled
        self.otherWork = otherWork
        self.spec = spec
        let dataset = dataset.formed(spec.training)
        self.dataset = dataset
        pixelStatistics = PixelStatistics(spec.training.scale, images: dataset.train, rows: split.training)
        let transform =
            pixelStatistics?.transform
            ?? InputTransform(spec.training.scale, images: dataset.train, rows: split.training)
        network = Network(
            spec: spec, transform: transform, threads: threads,
            classWeights: ClassWeights.weights(spec.training.classWeight, split, dataset),
            largestBatch: min(spec.training.batch, split.training.count), isCancelled: isCancelled)
        augmenter = Augmenter(
            spec.training, images: dataset.train, capacity: min(spec.training.batch, split.training.count),
            threads: threads)
        order = []
        baseRate = spec.training.learningRate
        lastRate = baseRate
        dropout = spec.network.hidden.map(\.dropout)
        plannedEpochs = spec.training.epochs
        network.learningRate = rateOfNextStep
        shuffle()
    }

    /// The rows that a run of the spec trains on, and those that validate.
    ///
    /// - Throws: `TrainingError` if spec and data set don't fit together.
    package static func split(_ spec: ExperimentSpec, _ dataset: Dataset) throws(TrainingError) -> Split {
        let size = dataset.train.imageBytes
        guard spec.network.inputs == size else {
            throw .inputsDiffer(spec: spec.network.inputs, dataset: size, name: dataset.name)
        }
        guard spec.network.classes == dataset.classes else {
            throw .classesDiffer(spec: spec.network.classes, dataset: dataset.classes, name: dataset.name)
        }
        let split: Split
        do throws(Split.Problem) {
            split = try Split(spec.training, labels: dataset.train.labels)
        } catch {
            throw .notStratified(error, classNames: dataset.classNames)
        }
        guard !split.training.isEmpty else { throw .noTrainingRows(dataset.train.count) }
        return split
    }

    /// The evaluation of a data set's test images by weights that no trainer has.
    ///
    /// - Parameters:
    ///   - tensors: exactly the spec's, in its order.
    ///   - place: the place of a run that the weights are from.
    /// - Throws: `TrainingError` if spec and data set don't fit together.
    package static func evaluating(
        _ tensors: [Tensor], of spec: ExperimentSpec, on dataset: Dataset, threads: Int, at place: RunPlace
    ) throws(TrainingError) -> Evaluation {
        let trainer = try Trainer(spec: spec, dataset: dataset, threads: threads)
        do { try trainer.network.load(tensors) } catch {
            preconditionFailure("the tensors are the network's: \(error)")
        }
        return trainer.evaluateTest(at: place, weights: nil)
    }

    /// Batches of an epoch; the last one may have fewer rows.
    package var batchesPerEpoch: Int { (split.training.count + spec.training.batch - 1) / spec.training.batch }
    /// Whether all batches of the epoch are trained, and `finishEpoch` comes next.
    package var epochIsComplete: Bool { batch == batchesPerEpoch }
    /// Loss, accuracy and time of the epoch under way.
    package var runningMeans: RunningMeans { running }

    /// Where the run stands.
    package var place: RunPlace { RunPlace(epoch: epoch, batch: batch) }

    /// Trains on the next batch of the epoch. The epoch must have one left, and the weights must not be those of the
    /// run's end.
    package func step() -> StepResult {
        precondition(!epochIsComplete, "finish the epoch first")
        precondition(
            spec.training.distillation.teacher == nil || teacher != nil, "a run with a teacher learns from it")
        precondition(weightsBeforeEnd == nil, "the end's weights are not those to train on: reopen the run first")
        let first = batch * spec.training.batch
        let count = min(spec.training.batch, order.count - first)
        network.learningRate = rateOfNextStep
        lastRate = network.learningRate
        stopsEarly = false
        givesWay = sharedStep * Double(network.threads) < Self.shortStep && otherWork?.isUnderWay == true
        network.sharesSteps = governor.isShared && !givesWay
        let start = clock.now
        let result = withTrainingRows(first..<(first + count)) { rows, labels in
            network.trainStep(rows, labels: labels, soft: network.withStepWorkers { teacher?.targets(of: rows) })
        }
        let seconds = start.duration(to: clock.now).seconds
        if network.threads > 1, !givesWay { governor.stepped(rows: count, seconds: seconds) }
        if network.sharesSteps { sharedStep = seconds }
        running.seconds += seconds
        running.rows += count
        running.lossSum += result.lossSum
        running.right += result.correct
        batch += 1
        history.append(loss: Float(result.lossSum / Double(count)), accuracy: Float(result.correct) / Float(count))
        return result
    }

    /// Closes a complete epoch: evaluates the validation rows, runs the callbacks, and shuffles for the next epoch.
    package func finishEpoch() -> EpochReport { finishEpoch(validation: evaluateEpochEnd()) }

    /// Evaluates the validation rows after the epoch's last batch; nil if there are none.
    func evaluateEpochEnd() -> Evaluation? {
        precondition(epochIsComplete, "the epoch has batches left")
        guard !split.validation.isEmpty else { return nil }
        return evaluate(
            dataset.train, rows: split.validation, source: .validation, at: RunPlace(epoch: epoch + 1), weights: nil)
    }

    /// Closes the epoch with an evaluation of the validation rows.
    ///
    /// - Parameter wallSeconds: gives the time from the epoch's start to its end; nil where nobody measures it.
    func finishEpoch(validation: Evaluation?, wallSeconds: () -> Double? = { nil }) -> EpochReport {
        precondition(epochIsComplete, "the epoch has batches left")
        let gradientNorm = endGradientNorm
        epoch += 1
        let figures = EpochFigures(
            epoch: epoch, loss: running.loss, accuracy: running.accuracy, validationLoss: validation?.loss,
            validationAccuracy: validation?.accuracy, learningRate: lastRate, seconds: running.seconds,
            gradientNorm: gradientNorm, wallSeconds: wallSeconds())
        running = RunningMeans()
        batch = 0
        let events = callbacks.epochFinished(figures, rate: baseRate, training: spec.training)
        for event in events { obey(event) }
        network.learningRate = rateOfNextStep
        shuffle()
        return EpochReport(figures: figures, validation: validation, callbacks: events)
    }

    private func obey(_ event: CallbackEvent) {
        switch event {
        case .best: if spec.training.earlyStopping.restoresBest { bestWeights = network.tensors() }
        case .rateReduced(_, let rate): baseRate = rate
        case .stopsEarly: stopsEarly = true
        }
    }

    /// Evaluates the validation rows; nil if there are none.
    package func evaluateValidation() -> Evaluation? {
        split.validation.isEmpty ? nil : evaluate(dataset.train, rows: split.validation, source: .validation)
    }

    /// Evaluates the test set.
    package func evaluateTest() -> Evaluation {
        evaluate(dataset.test, rows: RowNumbers(0..<dataset.test.count), source: .test)
    }

    /// Evaluates some images, whose labels are used only for losses and counts.
    ///
    /// - Parameters:
    ///   - images: each of as many pixels as the network has inputs.
    ///   - rows: those of `images` to evaluate.
    ///   - source: the set that the result names.
    package func evaluate(_ images: ImageSet, rows: RowNumbers, source: Evaluation.Source) -> Evaluation {
        evaluate(images, rows: rows, source: source, at: place, weights: endWeights)
    }

    /// Evaluates the test set with weights of a run that were loaded into the network.
    ///
    /// - Parameters:
    ///   - place: the place of the run that the weights are from.
    ///   - weights: which weights these are, where not the last step's.
    package func evaluateTest(at place: RunPlace, weights: FinalWeights?) -> Evaluation {
        evaluate(
            dataset.test, rows: RowNumbers(0..<dataset.test.count), source: .test, at: place, weights: weights)
    }

    private func evaluate(
        _ images: ImageSet, rows: RowNumbers, source: Evaluation.Source, at place: RunPlace, weights: FinalWeights?
    ) -> Evaluation {
        let classes = spec.network.classes
        var probabilities = [Float](repeating: 0, count: rows.count * classes)
        var losses = [Float](repeating: 0, count: rows.count)
        let numbers = rows.numbers
        numbers.withUnsafeBufferPointer { numbers in
            withRows(of: images, numbers, first: 0, count: numbers.count) { batch, labels in
                probabilities.withUnsafeMutableBufferPointer { probabilities in
                    losses.withUnsafeMutableBufferPointer { losses in
                        guard let probabilities = probabilities.baseAddress, let losses = losses.baseAddress else {
                            return
                        }
                        network.predict(
                            batch, labels: labels, probabilities: probabilities, losses: losses,
                            isCancelled: isCancelled)
                    }
                }
            }
        }
        return Evaluation(
            source: source, rows: rows, classes: classes, epoch: place.epoch, batch: place.batch, weights: weights,
            labels: rows.values(of: images.labels), probabilities: probabilities, losses: losses,
            regularization: network.regularizationLoss)
    }

    func withRows<Result>(
        of images: ImageSet, _ numbers: UnsafeBufferPointer<Int32>, first: Int, count: Int,
        _ body: (ImageBatch, UnsafePointer<UInt8>) -> Result
    ) -> Result {
        images.pixels.withUnsafeBufferPointer { pixels in
            images.labels.withUnsafeBufferPointer { labels in
                guard let pixels = pixels.baseAddress, let labels = labels.baseAddress,
                    let numbers = numbers.baseAddress
                else { preconditionFailure("a data set without rows can't be trained on") }
                let batch = ImageBatch(
                    pixels: pixels, width: images.imageBytes, rows: numbers + first, count: count)
                return body(batch, labels)
            }
        }
    }

    /// Rows of the epoch under way as they are trained on, by their places in its order; at most a batch of them.
    func withTrainingRows<Result>(
        _ places: Range<Int>, _ body: (ImageBatch, UnsafePointer<UInt8>) -> Result
    ) -> Result {
        order.withUnsafeBufferPointer { order in
            guard let augmenter else {
                return withRows(of: dataset.train, order, first: places.lowerBound, count: places.count, body)
            }
            let rows = UnsafeBufferPointer(rebasing: order[places])
            return augmenter.withBatch(rows, epoch: epoch, of: plannedEpochs, network: network, body)
        }
    }

    /// Puts the rows into the order of the epoch under way.
    func shuffle() {
        var generator = SeededGenerator(seed: spec.training.seed, stream: 0x5348_5546 &+ UInt64(epoch))
        order = split.training.numbers
        generator.shuffle(&order)
    }
}
