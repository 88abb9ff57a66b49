import Datasets

/// Some digits as the last hidden layer sees them, on the plane in which they differ most.
package struct FeatureMap: Sendable, Equatable {
    /// The set that the rows are of.
    package let source: Evaluation.Source
    /// Numbers within the set's file, from 0.
    package let rows: RowNumbers
    /// Whether they are training rows, as the run has no validation rows.
    package let areTraining: Bool
    /// The predicted class of each row.
    package let predictions: [UInt8]
    /// Coordinates of each row along the first principal component.
    package var x: [Float]
    /// Coordinates along the second.
    package var y: [Float]
    /// Shares of the whole variance along both, 0 ... 1.
    package let shares: [Double]

    /// The greatest number of rows.
    package static let mostRows = 1_000

    package init(
        source: Evaluation.Source, rows: RowNumbers, areTraining: Bool = false, predictions: [UInt8], x: [Float],
        y: [Float], shares: [Double]
    ) {
        self.source = source
        self.rows = rows
        self.areTraining = areTraining
        self.predictions = predictions
        self.x = x
        self.y = y
        self.shares = shares
    }

    /// A component's sign means nothing: turned so that on the whole the coordinates rise with the class.
    package mutating func turn(byClasses labels: [UInt8]) {
        let mean = Float(labels.reduce(0) { $0 + Int($1) }) / Float(max(1, labels.count))
        func falls(_ values: [Float]) -> Bool { zip(values, labels).reduce(0) { $0 + $1.0 * (Float($1.1) - mean) } < 0 }
        if falls(x) { x = x.map { -$0 } }
        if falls(y) { y = y.map { -$0 } }
    }

    /// Turned so that along both components its rows lie on the whole where another map of the same rows has them: a map
    /// does not flip from one epoch to the next.
    package mutating func align(with other: FeatureMap) {
        guard source == other.source, rows == other.rows else { return }
        func agreement(_ a: [Float], _ b: [Float]) -> Double {
            let product = zip(a, b).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
            let sizes = [a, b].map { $0.reduce(0.0) { $0 + Double($1) * Double($1) } }
            return sizes[0] > 0 && sizes[1] > 0 ? product / (sizes[0] * sizes[1]).squareRoot() : 0
        }
        if agreement(x, other.x) < 0 { x = x.map { -$0 } }
        if agreement(y, other.y) < 0 { y = y.map { -$0 } }
    }
}
