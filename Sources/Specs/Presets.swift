/// A spec with a name.
public struct Preset: Sendable, Equatable {
    /// The name, as in `trainspotter train exercise-1`.
    public let name: String
    /// For images of 784 pixels and 10 classes.
    public let spec: ExperimentSpec
    /// What it is for, in some words.
    public let summary: String
}

/// The networks of a course's exercises on MNIST, and one for its challenge: the best test accuracy without
/// convolutions. Cireşan et al. (2010) report 99.65 %.
public enum Presets {
    /// All presets, in the order in which they are listed.
    public static let all = [
        preset("notebook", [HiddenLayer(units: 8, activation: .tanh)], epochs: 8, "raw pixels, small net") {
            $0.scale = .raw
        },
        preset("exercise-1", [HiddenLayer(units: 200)], epochs: 30, "more units, but no activation"),
        preset("exercise-2", [HiddenLayer(units: 200, activation: .tanh)], epochs: 30, "the same with an activation"),
        preset(
            "exercise-3", [100, 200, 100].map { HiddenLayer(units: $0, activation: .relu) }, epochs: 50,
            "a deeper network"),
        preset(
            "challenge", [1000, 500].map { HiddenLayer(units: $0, activation: .relu) }, epochs: 40,
            "trained on distorted digits"
        ) {
            $0.batch = 128
            $0.schedule.kind = .cosine
            $0.augmentation = Augmentation(.elastic)
        },
    ]

    /// The preset of that name, however it is capitalized.
    public static func named(_ name: String) -> Preset? { all.first { $0.name == name.lowercased() } }

    private static func preset(
        _ name: String, _ hidden: [HiddenLayer], epochs: Int, _ summary: String,
        _ change: (inout TrainingConfiguration) -> Void = { _ in }
    ) -> Preset {
        var training = TrainingConfiguration()
        training.epochs = epochs
        change(&training)
        return Preset(
            name: name, spec: ExperimentSpec(network: NetworkSpec(hidden: hidden), training: training),
            summary: summary)
    }
}
