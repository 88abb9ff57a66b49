/// A setting that can be changed while a run trains.
public enum LiveSetting: Equatable, Hashable, Sendable, Codable {
    /// The learning rate; the schedule is multiplied so that it starts with it.
    case learningRate(Double)
    /// The dropout rate behind a hidden layer, counted from 0.
    case dropout(Double, layer: Int)
    /// The factor of the L1 penalty.
    case l1(Double)
    /// The factor of the L2 penalty.
    case l2(Double)
    /// The number of epochs of the whole run; schedules that span the run use it from here on.
    case epochs(Int)
    /// The run ends here, with the weights of its last step.
    case stop

    /// The setting in the language of run lines: `lr=3e-3`, `drop2=0.3` (layers from 1), `l1=…`, `l2=…`, `epochs=61`,
    /// `stop`.
    public var word: String { value.map { "\(name)=\($0)" } ?? name }

    /// What is set, in the language of run lines.
    public var name: String {
        switch self {
        case .learningRate: "lr"
        case .dropout(_, let layer): "drop\(layer + 1)"
        case .l1: "l1"
        case .l2: "l2"
        case .epochs: "epochs"
        case .stop: "stop"
        }
    }

    /// What it is set to; nil for a stop.
    public var value: String? {
        switch self {
        case .learningRate(let value), .dropout(let value, _), .l1(let value), .l2(let value): SpecNumber.short(value)
        case .epochs(let epochs): "\(epochs)"
        case .stop: nil
        }
    }

    /// The setting in words, for the user: `learning rate 3e-3`.
    public var phrase: String {
        switch self {
        case .learningRate(let rate): "learning rate \(SpecNumber.short(rate))"
        case .dropout(let rate, let layer): "dropout \(SpecNumber.short(rate)) behind layer \(layer + 1)"
        case .l1(let lambda): "L1 penalty \(SpecNumber.short(lambda))"
        case .l2(let lambda): "L2 penalty \(SpecNumber.short(lambda))"
        case .epochs(let epochs): "\(epochs) \(epochs == 1 ? "epoch" : "epochs") in all"
        case .stop: "stopped"
        }
    }
}

extension LiveSetting {
    /// The settings of the spec language that can be changed while a run trains, in the order in which changes are told.
    public static let keys: [SpecKey] = [.lr, .l1, .l2, .epochs]

    /// A setting with its value in a configuration; nil where it can't be changed while a run trains.
    public init?(_ key: SpecKey, in training: TrainingConfiguration) {
        switch key {
        case .lr: self = .learningRate(training.learningRate)
        case .l1: self = .l1(training.l1)
        case .l2: self = .l2(training.l2)
        case .epochs: self = .epochs(training.epochs)
        default: return nil
        }
    }
}

/// A place between two batches of a run: completed epochs, and completed batches of the one after them.
public struct RunPlace: Equatable, Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// Completed epochs.
    public var epoch: Int
    /// Completed batches of the next epoch.
    public var batch: Int

    /// The place after so many epochs and batches.
    public init(epoch: Int, batch: Int = 0) {
        self.epoch = epoch
        self.batch = batch
    }

    public static func < (one: RunPlace, other: RunPlace) -> Bool {
        (one.epoch, one.batch) < (other.epoch, other.batch)
    }

    /// `@12+844`: after 12 epochs and 844 batches; `@12` where no batch followed.
    public var description: String { "@\(epoch)" + (batch == 0 ? "" : "+\(batch)") }

    /// Epochs done, with the share of the one under way: the x axis of curves.
    public func position(batchesPerEpoch: Int) -> Double {
        Double(epoch) + Double(batch) / Double(max(1, batchesPerEpoch))
    }
}

/// A setting and the place from which it holds.
public struct LiveChange: Equatable, Hashable, Sendable, Codable {
    /// Where in the run the change is made.
    public var place: RunPlace
    /// What is changed, and its new value.
    public var setting: LiveSetting

    /// A change of a setting at a place of the run.
    public init(_ setting: LiveSetting, at place: RunPlace) {
        self.place = place
        self.setting = setting
    }
}

extension ExperimentSpec {
    /// The spec with the change made. A stop changes nothing.
    public mutating func apply(_ setting: LiveSetting) {
        switch setting {
        case .learningRate(let rate): training.learningRate = rate
        case .dropout(let rate, let layer):
            if network.hidden.indices.contains(layer) { network.hidden[layer].dropout = rate }
        case .l1(let lambda): training.l1 = lambda
        case .l2(let lambda): training.l2 = lambda
        case .epochs(let epochs): training.epochs = epochs
        case .stop: break
        }
    }

    /// The changes that bring a run of another spec to this one while it trains, in a fixed order. Differences that
    /// can't be changed in a running run are left out.
    public func liveDifferences(from old: ExperimentSpec) -> [LiveSetting] {
        func changed(_ keys: [SpecKey]) -> [LiveSetting] {
            keys.compactMap { key in
                let setting = LiveSetting(key, in: training)
                return setting == LiveSetting(key, in: old.training) ? nil : setting
            }
        }
        // The length of the run comes last.
        return changed(LiveSetting.keys.filter { $0 != .epochs }) + dropoutDifferences(from: old) + changed([.epochs])
    }

    private func dropoutDifferences(from old: ExperimentSpec) -> [LiveSetting] {
        guard network.hidden.map(\.units) == old.network.hidden.map(\.units) else { return [] }
        return zip(network.hidden, old.network.hidden).enumerated().compactMap { index, layers in
            layers.0.dropout == layers.1.dropout ? nil : .dropout(layers.0.dropout, layer: index)
        }
    }
}
