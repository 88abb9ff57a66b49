/// A spec that goes by a name.
public struct Preset: Sendable, Equatable {
    public let name: String
    /// For images of 784 pixels and 10 classes.
    public let spec: ExperimentSpec
    public let summary: String
}

/// The networks of the course that MNIST dashboards like this one come from.
public enum Presets {
    public static let all = [
        preset("notebook", [HiddenLayer(units: 8, activation: .tanh)], epochs: 8, scale: .raw, "raw pixels, small net"),
        preset("exercise-1", [HiddenLayer(units: 200)], epochs: 30, "more units, but no activation"),
        preset("exercise-2", [HiddenLayer(units: 200, activation: .tanh)], epochs: 30, "the same with an activation"),
        preset(
            "exercise-3", [100, 200, 100].map { HiddenLayer(units: $0, activation: .relu) }, epochs: 50,
            "a deeper network"),
    ]

    /// The preset of that name, however it is capitalized.
    public static func named(_ name: String) -> Preset? { all.first { $0.name == name.lowercased() } }

    private static func preset(
        _ name: String, _ hidden: [HiddenLayer], epochs: Int, scale: InputScale = .unit, _ summary: String
    ) -> Preset {
        var training = TrainingConfiguration()
        training.epochs = epochs
        training.scale = scale
        return Preset(
            name: name, spec: ExperimentSpec(network: NetworkSpec(hidden: hidden), training: training),
            summary: summary)
    }
}
