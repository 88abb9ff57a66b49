import Foundation
import Specs
import TestSupport

/// A small random network with random settings: an epoch of it takes a moment.
struct RandomSpec {
    /// In the language of specs.
    let line: String
    /// Hidden layers.
    let layers: Int
    let epochs: Int
    /// The learning rate that its optimizer starts with.
    let rate: Double
    private let words: [String]

    /// Numbers in a row have every optimizer and every schedule.
    init(seed: Int, chance: inout Chance) {
        let optimizer = Optimizer.defaults[seed % Optimizer.defaults.count]
        let schedules = LearningRateSchedule.Kind.allCases
        let schedule = schedules[(seed / 2 + seed) % schedules.count]
        rate = optimizer.defaultLearningRate
        layers = chance.whole(1...3)
        epochs = chance.whole(2...4)
        let chain = (0..<layers).map { _ in Self.layer(&chance) }.joined(separator: "-")
        let isAugmented = chance.of(0.15)
        words =
            [
                chain, optimizer.name, "batch=\(isAugmented ? 8 : chance.one(of: [1, 2, 3, 4]))",
                "epochs=\(epochs)", "seed=\(seed)", "val=\(chance.one(of: [0.1, 0.2, 0.5]))",
            ] + (isAugmented ? ["augment=\(chance.one(of: ["affine", "elastic"]))"] : [])
            + Self.schedule(schedule, rate, epochs, &chance) + Self.penalties(&chance) + Self.ends(schedule, &chance)
        line = (words + ["lr=\(chance.near(rate))"]).joined(separator: " ")
    }

    /// The same with another learning rate and, for a run that has come far, another number of epochs.
    func line(rate: String, epochs: Int) -> String {
        let others = words.map { $0.hasPrefix("epochs=") ? "epochs=\(epochs)" : $0 }
        return (others + ["lr=\(rate)"]).joined(separator: " ")
    }

    private static func layer(_ chance: inout Chance) -> String {
        let activation =
            chance.of(0.6)
            ? chance.one(of: ["relu", "tanh", "sigmoid"]) : chance.one(of: Activation.Kind.allCases).rawValue
        return "\(chance.whole(8...32))\(activation)" + (chance.of(0.2) ? "+bn" : "")
            + (chance.of(0.15) ? "+noise0.1" : "") + (chance.of(0.4) ? "+drop\(chance.one(of: [0.1, 0.25, 0.5]))" : "")
    }

    private static func schedule(
        _ kind: LearningRateSchedule.Kind, _ rate: Double, _ epochs: Int, _ chance: inout Chance
    ) -> [String] {
        var words = kind == .constant ? [] : ["schedule=\(kind.rawValue)"]
        switch kind {
        case .constant: break
        case .piecewise: return words + ["boundaries=700,4000", "rates=\(rate),\(rate / 3),\(rate / 20)"]
        case .oneCycle: return words + (chance.of(0.5) ? ["rise=0.4"] : [])
        case .polynomial: words += ["lrend=\(rate / 100)"]
        case .exponential, .inverseTime: words += chance.of(0.5) ? ["staircase=true"] : ["decaysteps=900"]
        // A decay of the whole run, which a new number of epochs stretches, or one of its own.
        case .cosine, .cosineRestarts: words += chance.of(0.3) ? ["decaysteps=3000"] : []
        }
        return words + (chance.of(0.4) ? ["warmup=\(chance.one(of: [0.5, 1]))"] : [])
    }

    private static func penalties(_ chance: inout Chance) -> [String] {
        (chance.of(0.25) ? ["l1=\(chance.near(1e-5))"] : []) + (chance.of(0.25) ? ["l2=\(chance.near(1e-4))"] : [])
            + (chance.of(0.2) ? [chance.one(of: ["clipnorm=1", "globalclipnorm=2", "maxnorm=3", "wd=1e-3"])] : [])
    }

    /// What the run's end depends on: averages, early stopping, the best epoch, a plateau.
    private static func ends(_ schedule: LearningRateSchedule.Kind, _ chance: inout Chance) -> [String] {
        var words: [String] = []
        if chance.of(0.3) { words += ["ema=\(chance.one(of: [0.9, 0.99]))"] + (chance.of(0.3) ? ["emaevery=500"] : []) }
        if chance.of(0.4) { words += ["patience=\(chance.whole(0...1))", "mindelta=\(chance.one(of: ["0", "0.05"]))"] }
        if chance.of(0.3) { words += ["restore=true"] }
        if schedule == .constant, chance.of(0.5) { words += ["plateau=0", "plateaudelta=0.05", "factor=0.5"] }
        if words.contains(where: { $0.hasPrefix("mindelta") || $0 == "restore=true" }), chance.of(0.3) {
            words += ["monitor=\(chance.one(of: ["loss", "val_accuracy"]))"]
        }
        return words
    }
}
