/// A network and how to train it: the value that the dashboard, the command line and the run store all use.
///
/// Its one-line text form is the spec language (`init(parsing:)` and `description`).
public struct ExperimentSpec: Codable, Equatable, Hashable, Sendable {
    /// The layers.
    public var network: NetworkSpec
    /// Optimizer, loss, epochs and all other settings.
    public var training: TrainingConfiguration

    /// The spec of a network, with Keras's defaults for training.
    public init(network: NetworkSpec, training: TrainingConfiguration = TrainingConfiguration()) {
        self.network = network
        self.training = training
    }

    /// What the program starts with when no spec is given.
    public static let standard = ExperimentSpec(
        network: NetworkSpec(hidden: [HiddenLayer(units: 128, activation: .relu)]))
}
