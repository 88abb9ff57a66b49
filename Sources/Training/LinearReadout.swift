import Kernels

/// Some columns of a row-major matrix of features.
package struct FeatureColumns: Sendable {
    /// (rows, stride).
    package let values: [Float]
    /// Number of rows.
    package let rows: Int
    /// Values from one row to the next.
    package let stride: Int
    /// The columns that count.
    package let columns: Range<Int>

    package init(_ values: [Float], rows: Int, stride: Int, columns: Range<Int>) {
        precondition(
            values.count == rows * stride && columns.upperBound <= stride, "columns of a (rows, stride) matrix")
        (self.values, self.rows, self.stride, self.columns) = (values, rows, stride, columns)
    }
}

/// Softmax regression: the classes read off some features by one linear layer, with nothing hidden between the two.
///
/// Minimizes the mean cross-entropy and half of `penalty` times the sum of the squared weights, of features with mean 0
/// and deviation 1, by Nesterov's accelerated gradient descent with the restarts of O'Donoghue and Candès (2015),
/// "Adaptive restart for accelerated gradient schemes". The step follows from the bound of Böhning (1992), "Multinomial
/// logistic regression algorithm": the curvature is at most half of that of the features' second moments. Start and
/// number of steps are fixed, so that the same features give the same bits.
package struct LinearReadout: Sendable, Equatable {
    /// Number of classes.
    package let classes: Int
    /// (width + 1, classes), for standardized features; the last row has the biases.
    package let weights: [Float]
    private let means: [Float]
    /// One over the deviation; 0 for a feature that is the same in all rows.
    private let factors: [Float]

    /// Steps of a fit.
    package static let steps = 100
    /// The usual penalty.
    package static let penalty: Float = 1e-3
    private static let powerRounds = 12

    /// Fits the read-out; nil where there are no rows, or a value is not finite.
    ///
    /// - Parameter labels: a class for each row, 0 ..< classes.
    package init?(_ features: FeatureColumns, labels: [UInt8], classes: Int, penalty: Float = Self.penalty) {
        precondition(labels.count == features.rows, "a label for each row")
        guard features.rows > 0, let scaling = Self.scaling(features) else { return nil }
        (means, factors) = scaling
        self.classes = classes
        let (rows, width) = (features.rows, features.columns.count + 1)
        let inputs = Self.standardized(features, means, factors)
        let rate = 1 / (0.5 * Self.greatestCurvature(inputs, rows: rows, width: width) + penalty)
        let biases = (width - 1) * classes
        var weights = [Float](repeating: 0, count: width * classes)
        var ahead = weights
        var sinceRestart: Float = 0
        for _ in 0..<Self.steps {
            let gradient = Self.gradient(inputs, rows: rows, width: width, ahead, labels, classes)
            var along: Float = 0
            var next = ahead
            for index in next.indices {
                let slope = gradient[index] + (index < biases ? penalty * ahead[index] : 0)
                next[index] -= rate * slope
                along += slope * (next[index] - weights[index])
            }
            // Uphill: what was gathered leads past the least value.
            sinceRestart = along > 0 ? 0 : sinceRestart + 1
            let momentum = sinceRestart / (sinceRestart + 3)
            for index in next.indices { ahead[index] = next[index] + momentum * (next[index] - weights[index]) }
            weights = next
        }
        self.weights = weights
    }

    /// Probabilities of the classes (rows, classes) for features of the width that it was fitted to.
    package func probabilities(_ features: FeatureColumns) -> [Float] {
        precondition(features.columns.count == means.count, "features of the width that it was fitted to")
        let inputs = Self.standardized(features, means, factors)
        return Self.softmax(inputs, rows: features.rows, width: means.count + 1, weights, classes)
    }

    // MARK: - Features

    /// Each column's mean, and one over its deviation; nil where a value is not finite.
    private static func scaling(_ features: FeatureColumns) -> (means: [Float], factors: [Float])? {
        let width = features.columns.count
        var (sums, squares) = ([Double](repeating: 0, count: width), [Double](repeating: 0, count: width))
        for row in 0..<features.rows {
            let start = row * features.stride + features.columns.lowerBound
            for column in 0..<width { sums[column] += Double(features.values[start + column]) }
        }
        let means = sums.map { $0 / Double(features.rows) }
        for row in 0..<features.rows {
            let start = row * features.stride + features.columns.lowerBound
            for column in 0..<width {
                let difference = Double(features.values[start + column]) - means[column]
                squares[column] += difference * difference
            }
        }
        guard squares.allSatisfy(\.isFinite) else { return nil }
        let factors = zip(squares, means).map { square, mean in
            let deviation = (square / Double(features.rows)).squareRoot()
            return deviation > 1e-6 * max(1, abs(mean)) ? Float(1 / deviation) : 0
        }
        return (means.map(Float.init), factors)
    }

    /// (rows, width + 1): mean 0 and deviation 1, and a column of ones for the biases.
    private static func standardized(_ features: FeatureColumns, _ means: [Float], _ factors: [Float]) -> [Float] {
        let width = means.count
        return [Float](unsafeUninitializedCapacity: features.rows * (width + 1)) { result, count in
            for row in 0..<features.rows {
                let (from, to) = (row * features.stride + features.columns.lowerBound, row * (width + 1))
                for column in 0..<width {
                    result[to + column] = (features.values[from + column] - means[column]) * factors[column]
                }
                result[to + width] = 1
            }
            count = features.rows * (width + 1)
        }
    }

    /// The greatest eigenvalue of inputsᵀ · inputs / rows, by power iteration from a fixed start.
    private static func greatestCurvature(_ inputs: [Float], rows: Int, width: Int) -> Float {
        func length(_ vector: [Float]) -> Float { vector.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        var vector = (0..<width).map { 1 + Float($0 % 7) / 7 }
        for _ in 0..<powerRounds {
            let norm = length(vector)
            guard norm > 0 else { break }
            let projected = product(m: rows, n: 1, k: width, inputs, vector.map { $0 / norm })
            vector = product(
                m: width, n: 1, k: rows, inputs, transposed: true, projected, factor: 1 / Float(rows))
        }
        // The column of ones alone has 1.
        return max(1, length(vector))
    }

    // MARK: - Products

    /// inputsᵀ · (probabilities − one-hot labels) / rows: (width, classes).
    private static func gradient(
        _ inputs: [Float], rows: Int, width: Int, _ weights: [Float], _ labels: [UInt8], _ classes: Int
    ) -> [Float] {
        var errors = softmax(inputs, rows: rows, width: width, weights, classes)
        for row in 0..<rows { errors[row * classes + Int(labels[row])] -= 1 }
        return product(m: width, n: classes, k: rows, inputs, transposed: true, errors, factor: 1 / Float(rows))
    }

    /// softmax(inputs (rows, width) · weights (width, classes)).
    private static func softmax(
        _ inputs: [Float], rows: Int, width: Int, _ weights: [Float], _ classes: Int
    ) -> [Float] {
        let logits = product(m: rows, n: classes, k: width, inputs, weights)
        return [Float](unsafeUninitializedCapacity: rows * classes) { result, count in
            logits.withUnsafeBufferPointer { logits in
                guard let logits = logits.baseAddress, let result = result.baseAddress else { return }
                Softmax.forward(
                    rows: rows, classes: classes, logits: logits, stride: classes, probabilities: result, labels: nil,
                    losses: nil)
            }
            count = rows * classes
        }
    }

    /// (m, n) = factor · a (m, k) · b (k, n); `a` is stored as (k, m) where it is transposed.
    private static func product(
        m: Int, n: Int, k: Int, _ a: [Float], transposed: Bool = false, _ b: [Float], factor: Float = 1
    ) -> [Float] {
        [Float](unsafeUninitializedCapacity: m * n) { result, count in
            a.withUnsafeBufferPointer { a in
                b.withUnsafeBufferPointer { b in
                    guard let a = a.baseAddress, let b = b.baseAddress, let result = result.baseAddress else { return }
                    MatrixProducts.multiply(
                        m: m, n: n, k: k, a, stride: transposed ? m : k, transposeA: transposed, b, stride: n,
                        factor: factor, into: result, stride: n)
                }
            }
            count = m * n
        }
    }
}
