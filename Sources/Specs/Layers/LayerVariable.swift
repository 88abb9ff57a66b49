/// An array of numbers that a layer keeps, named and shaped as in Keras.
public struct LayerVariable: Equatable, Sendable {
    /// Within its layer: `kernel`, `bias`, `gamma`, `beta`, `moving_mean`, `moving_variance`.
    public let name: String
    /// A kernel's is (inputs, units), the others' are (units).
    public let shape: [Int]
    /// Whether the optimizer changes it; moving statistics are kept beside what it changes.
    public let isTrainable: Bool

    /// Values in all, 2⁵⁰ at most, which is beyond any memory.
    public var count: Int { Self.count(shape.reduce(1.0) { $0 * Double($1) }) }

    /// A number of values or operations that is exact up to 2⁵⁰, and 2⁵⁰ from there on: nothing overflows.
    static func count(_ value: Double) -> Int { Int(min(value, Double(1 << 50))) }
}

/// The shape of a matrix of weights: a row for each input, a column for each unit.
public struct KernelShape: Equatable, Sendable {
    /// Rows.
    public let inputs: Int
    /// Columns.
    public let units: Int

    /// A matrix of so many rows and columns.
    public init(inputs: Int, units: Int) {
        self.inputs = inputs
        self.units = units
    }

    /// The shape of an array, nil where it is no matrix.
    public init?(_ shape: [Int]) {
        guard shape.count == 2 else { return nil }
        self.init(inputs: shape[0], units: shape[1])
    }

    /// As arrays have it.
    public var axes: [Int] { [inputs, units] }
}
