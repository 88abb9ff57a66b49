import Neural
import TerminalUI

/// The spec being composed, the selected row, and what undo needs.
public struct ComposerState: Equatable, Sendable {
    public internal(set) var spec: ExperimentSpec
    /// Index into `rows`.
    public internal(set) var cursor: Int
    /// The value of the selected row while it is typed.
    public internal(set) var editing: TextField?
    /// Why the last value was refused, until the next key.
    public internal(set) var refusal: Refusal?
    var past: [ExperimentSpec] = []
    var future: [ExperimentSpec] = []
    private static let undoDepth = 200

    public init(spec: ExperimentSpec) {
        self.spec = spec
        cursor = spec.network.hidden.isEmpty ? 2 : 1
    }

    public var rows: [ComposerRow] { ComposerRow.rows(of: spec) }
    public var selected: ComposerRow { rows[min(max(0, cursor), rows.count - 1)] }

    /// Puts a new spec in place, so that undo brings the present one back.
    mutating func change(to new: ExperimentSpec) {
        guard new != spec else { return }
        past.append(spec)
        if past.count > ComposerState.undoDepth { past.removeFirst() }
        future = []
        set(new)
    }

    mutating func undo() -> Bool {
        guard let last = past.popLast() else { return false }
        future.append(spec)
        set(last)
        return true
    }

    mutating func redo() -> Bool {
        guard let next = future.popLast() else { return false }
        past.append(spec)
        set(next)
        return true
    }

    private mutating func set(_ new: ExperimentSpec) {
        spec = new
        refusal = nil
        cursor = min(max(0, cursor), rows.count - 1)
    }
}

/// One line of the composer.
public enum ComposerRow: Equatable, Hashable, Sendable {
    case input
    /// A hidden layer, counted from 0.
    case layer(Int)
    case output
    case addLayer
    case optimizer, learningRate, momentum, nesterov, rho, beta1, beta2, epsilon, weightDecay
    case batch, epochs, validation, initializer, l2, scale, seed

    static func rows(of spec: ExperimentSpec) -> [ComposerRow] {
        var rows: [ComposerRow] = [.input]
        rows += spec.network.hidden.indices.map(ComposerRow.layer)
        rows += [.addLayer, .output, .optimizer, .learningRate]
        switch spec.training.optimizer {
        case .sgd: rows += [.momentum, .nesterov]
        case .rmsprop: rows += [.rho]
        case .adam: break
        case .adamw: rows += [.weightDecay]
        }
        rows += [.batch, .epochs, .validation, .initializer, .l2, .scale, .seed]
        return rows
    }

    /// The label at the left.
    var label: String {
        switch self {
        case .input: "input"
        case .layer(let index): "\(index + 1)"
        case .output: "output"
        case .addLayer: "+ add layer"
        case .optimizer: "optimizer"
        case .learningRate: "rate"
        case .momentum: "momentum"
        case .nesterov: "nesterov"
        case .rho: "rho"
        case .beta1: "beta 1"
        case .beta2: "beta 2"
        case .epsilon: "epsilon"
        case .weightDecay: "decay"
        case .batch: "batch"
        case .epochs: "epochs"
        case .validation: "validate"
        case .initializer: "init"
        case .l2: "l2"
        case .scale: "scale"
        case .seed: "seed"
        }
    }
}
