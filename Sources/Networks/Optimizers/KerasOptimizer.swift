/// An optimizer as Keras 3 names it: its class, and the arguments for the settings that it has of its own.
package struct KerasOptimizer: Equatable, Sendable {
    /// A value in Python.
    package enum Value: Equatable, Sendable {
        case number(Double)
        case whole(Int)
        case flag(Bool)
    }

    /// A keyword argument of the class.
    package struct Argument: Equatable, Sendable {
        /// Keras's name of the setting.
        package let name: String
        /// Its value in the spec.
        package let value: Value
    }

    /// The class in `keras.optimizers`, such as `Adam`.
    package let className: String
    /// In the order in which they are written.
    package let arguments: [Argument]
    /// The call that loads the average of the weights, which `fit` does not do; nil where the optimizer has none.
    package let averageCall: String?

    init(_ className: String, _ arguments: KeyValuePairs<String, Value>, averageCall: String? = nil) {
        self.className = className
        self.arguments = arguments.map { Argument(name: $0.key, value: $0.value) }
        self.averageCall = averageCall
    }
}
