import Specs

/// The spec being composed, the selected row, and what undo needs.
package struct ComposerState: Equatable, Sendable {
    /// The spec with all edits.
    package internal(set) var spec: ExperimentSpec
    /// The live changes of a loaded run line; removed by the next edit.
    package internal(set) var changes: [LiveChange] = []
    /// The run whose weights were taken last for the spec to begin with.
    package internal(set) var weights: KnownWeights?
    /// The run that was taken last as the spec's teacher.
    package internal(set) var teacher: KnownTeacher?
    /// Index into `rows`.
    package internal(set) var cursor: Int
    /// Why the last value was refused, until the next key.
    package internal(set) var refusal: Refusal?
    var past: [Version] = []
    var future: [Version] = []
    private static let undoDepth = 200

    /// A spec, and the position of the cursor.
    struct Version: Equatable, Sendable {
        var spec: ExperimentSpec
        var cursor: Int
    }

    package init(spec: ExperimentSpec) {
        self.spec = spec
        cursor = spec.network.hidden.isEmpty ? 2 : 1
    }

    /// The lines of the composer for this spec.
    package var rows: [ComposerRow] { ComposerRow.rows(of: spec) }
    /// The line with the cursor.
    package var selected: ComposerRow { rows[min(max(0, cursor), rows.count - 1)] }

    /// Replaces the spec, so that undo brings the present one back.
    mutating func change(to new: ExperimentSpec) {
        changes = []
        guard new != spec else { return }
        past.append(present)
        if past.count > ComposerState.undoDepth { past.removeFirst() }
        future = []
        set(Version(spec: new, cursor: cursor))
    }

    /// Sets the live changes that the next run makes.
    package mutating func take(_ changes: [LiveChange]) { self.changes = changes }

    mutating func undo() -> Bool {
        guard let last = past.popLast() else { return false }
        future.append(present)
        set(last)
        return true
    }

    mutating func redo() -> Bool {
        guard let next = future.popLast() else { return false }
        past.append(present)
        set(next)
        return true
    }

    private var present: Version { Version(spec: spec, cursor: cursor) }

    private mutating func set(_ new: Version) {
        spec = new.spec
        changes = []
        refusal = nil
        cursor = min(max(0, new.cursor), rows.count - 1)
    }
}

/// One line of the composer.
package enum ComposerRow: Equatable, Hashable, Sendable {
    case input
    /// A hidden layer, counted from 0.
    case layer(Int)
    case output
    case addLayer
    case optimizer
    case setting(SpecKey)

    /// Layers, then the optimizer and every setting that has a meaning beside the others.
    static func rows(of spec: ExperimentSpec) -> [ComposerRow] {
        var rows: [ComposerRow] = [.input]
        rows += spec.network.hidden.indices.map(ComposerRow.layer)
        rows += [.addLayer, .output, .optimizer]
        rows += settings.filter { $0.isUsed(in: spec.training) && $0.isShown(in: spec.training) }
            .map(ComposerRow.setting)
        return rows
    }

    /// Where the weights are from is first, and behind it the settings that are changed most.
    private static let settings: [SpecKey] = {
        let first: [SpecKey] = [
            .from, .lr, .momentum, .nesterov, .rho, .batch, .epochs, .val, .initializer, .l2, .scale, .augment, .seed,
            .loss, .schedule,
        ]
        return first + SpecKey.allCases.filter { !first.contains($0) }
    }()

    /// The label at the left, at most ten characters.
    package var label: String {
        switch self {
        case .input: "input"
        case .layer(let index): "\(index + 1)"
        case .output: "output"
        case .addLayer: "+ add layer"
        case .optimizer: "optimizer"
        case .setting(let key): key.label
        }
    }
}

extension SpecKey {
    /// Whether the composer has a row for it: a digest comes with a line, and nobody types it; what else is
    /// done with images comes with an augmentation.
    fileprivate func isShown(in training: TrainingConfiguration) -> Bool {
        switch self {
        case .from: training.from != nil
        case .teacher: training.distillation.teacher != nil
        case .augment: true
        case _ where SpecKey.images.contains(self):
            training.augmentation != .none || training.deslant || training.inkWidth != nil
        default: true
        }
    }

    /// A name of at most ten characters.
    var label: String {
        switch self {
        case .lr: "rate"
        case .beta1: "beta 1"
        case .beta2: "beta 2"
        case .accumulator: "start"
        case .power: "exponent"
        case .beta2decay: "beta 2 pow"
        case .epsilon1: "epsilon 1"
        case .epsilon2: "epsilon 2"
        case .clipthreshold: "clip rms"
        case .warmupsteps: "warm steps"
        case .wd: "decay"
        case .clipnorm: "clip norm"
        case .globalclipnorm: "clip all"
        case .clipvalue: "clip value"
        case .ema: "average"
        case .emaevery: "overwrite"
        case .decaysteps: "steps"
        case .decayrate: "decay rate"
        case .lrend: "end rate"
        case .lrpower: "power"
        case .alpha: "end share"
        case .tmul: "lengthen"
        case .mmul: "heighten"
        case .startdiv: "start ÷"
        case .enddiv: "end ÷"
        case .warmup: "warm-up"
        case .val: "validate"
        case .split: "held out"
        case .splitseed: "split seed"
        case .classweight: "weighting"
        case .initscale: "init scale"
        case .initmode: "init mode"
        case .initdistribution: "init draws"
        case .maxnorm: "max norm"
        case .smooth: "smoothing"
        case .focalalpha: "alpha"
        case .temp: "temperat."
        case .focalgamma: "gamma"
        case .mindelta: "min delta"
        case .plateaudelta: "min delta"
        case .minlr: "min rate"
        default: rawValue
        }
    }
}
