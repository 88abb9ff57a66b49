/// A network and how to train it: the value that the dashboard, the command line and the run store speak in.
///
/// Its one-line text form is the spec language (`init(parsing:)` and `description`).
public struct ExperimentSpec: Codable, Equatable, Hashable, Sendable {
    public var network: NetworkSpec
    public var training: TrainingConfiguration

    public init(network: NetworkSpec, training: TrainingConfiguration = TrainingConfiguration()) {
        self.network = network
        self.training = training
    }

    /// What the program starts with when nothing is said.
    public static let standard = ExperimentSpec(
        network: NetworkSpec(hidden: [HiddenLayer(units: 128, activation: .relu)]))
}
