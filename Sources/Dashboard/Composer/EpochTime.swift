import Specs

/// How long an epoch takes: measured, or estimated from the network's size.
struct EpochTime: Equatable {
    var seconds: Double
    var isMeasured: Bool
}

extension Shared {
    /// How long one takes of the composer's spec; nil before the data is there. A run that was measured sets the scale for the others.
    var epochTime: EpochTime? {
        guard let rows = data.loaded?.dataset.train.count else { return nil }
        let spec = composer.spec
        let estimate = spec.epochSeconds(rows: rows)
        guard let run = allRuns.last(where: { $0.secondsPerEpoch != nil }), let seconds = run.secondsPerEpoch else {
            return EpochTime(seconds: estimate, isMeasured: false)
        }
        // Neither the rate nor the number of epochs changes how long one takes.
        if run.liveSpec.hasCost(of: spec) { return EpochTime(seconds: seconds, isMeasured: true) }
        return EpochTime(seconds: estimate * seconds / run.spec.epochSeconds(rows: rows), isMeasured: false)
    }
}

extension ExperimentSpec {
    fileprivate func hasCost(of other: ExperimentSpec) -> Bool {
        network == other.network && training.batch == other.training.batch
            && training.optimizer.kind == other.training.optimizer.kind
            && training.validation == other.training.validation && training.scale == other.training.scale
            && training.augmentation == other.training.augmentation
    }

    /// Seconds that an epoch takes on two cores of about 2024 with AVX-512: a part for each row, a part for each of its
    /// multiplications (of the first layer a seventh, as most of a digit's pixels are 0), and of each step a part for its
    /// hand-overs and one for each update of a weight. Fitted to `trainspotter bench` of fifteen networks and batches,
    /// which it misses by a seventh at most and by a thirtieth on average. Of Muon one was timed, and of Adafactor and
    /// schedule-free AdamW two each, beside Adam, in processor time of one thread, half of which is taken.
    ///
    /// - Parameter rows: of the training file, those held out for validation among them.
    func epochSeconds(rows: Int) -> Double {
        let widths = network.widths.map(Double.init)
        let kernels = zip(widths, widths.dropFirst()).map { (inputs: $0, units: $1) }
        let weights = kernels.map { $0.inputs * $0.units }
        let first = (weights.first ?? 0) * (training.scale == .standard ? 1 : 0.14)
        let products = first + weights.dropFirst().reduce(0, +)
        let all = weights.reduce(0, +)
        var step = 3.0e-6 + (8.2e-11 + training.optimizer.kind.extraSeconds) * all
        if training.optimizer.kind == .muon {
            step += 1.2e-11 * kernels.reduce(0) { $0 + Self.orthogonalization($1.inputs, $1.units) }
        }
        let distorting = training.augmentation.seconds * Double(network.inputs) / 784
        let perRow = 1.9e-7 + 1.77e-11 * products + distorting + step / Double(max(1, training.batch))
        return perRow * Double(rows) * (1 - training.validation)
    }

    /// Multiplications of Muon's five Newton-Schulz iterations on a kernel.
    private static func orthogonalization(_ inputs: Double, _ units: Double) -> Double {
        let (small, large) = (min(inputs, units), max(inputs, units))
        return 5 * (2 * large * small * small + small * small * small)
    }
}

extension Optimizer.Kind {
    /// Beyond Adam's, for an update of one weight: Adafactor passes over a whole kernel's gradient three times.
    fileprivate var extraSeconds: Double {
        switch self {
        case .adafactor: 2.5e-10
        case .scheduleFreeAdamW: 1.4e-10
        default: 0
        }
    }
}

extension Augmentation {
    /// For one image of 28 × 28; not fitted, but scaled down from a slower machine.
    fileprivate var seconds: Double {
        switch self {
        case .none: 0
        case .affine: 4e-7
        case .elastic: 9e-7
        }
    }
}
