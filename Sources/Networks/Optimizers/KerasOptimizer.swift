/// An optimizer as Keras 3 names it: its class, and the arguments for the settings that it has of its own.
package struct KerasOptimizer: Equatable, Sendable {
    package enum Value: Equatable, Sendable {
        case number(Double)
        case whole(Int)
        case flag(Bool)
    }

    package struct Argument: Equatable, Sendable {
        package let name: String
        package let value: Value
    }

    /// In `keras.optimizers`.
    package let className: String
    /// In the order in which they are written.
    package let arguments: [Argument]
    /// What takes the average that the optimizer keeps of the weights, which `fit` does not; nil where it keeps none.
    package let averageCall: String?

    init(_ className: String, _ arguments: KeyValuePairs<String, Value>, averageCall: String? = nil) {
        self.className = className
        self.arguments = arguments.map { Argument(name: $0.key, value: $0.value) }
        self.averageCall = averageCall
    }
}
