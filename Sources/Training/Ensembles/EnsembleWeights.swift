import Foundation
import Kernels

/// Weights of an ensemble's members that make the log-loss of some rows least.
///
/// The loss is a convex function of the weights, which are numbers from 0 with a sum of 1, so that there is one least value.
package struct EnsembleWeights: Sendable, Equatable {
    /// One a member, with a sum of 1.
    package let weights: [Double]
    /// Mean of −ln of the truth's probability with these weights.
    package let loss: Double
    /// The same with equal weights.
    package let equalLoss: Double

    /// Steps at most, and the improvement of the loss below which they end.
    private static let (mostSteps, least) = (2000, 1e-10)

    /// Fits the weights, beginning with equal ones.
    ///
    /// For the arithmetic mean each step is one of expectation maximization for the shares of a mixture (Dempster, Laird and
    /// Rubin 1977): wₘ becomes the mean over the rows of wₘ pₘ(y) / Σ wₖ pₖ(y). For the geometric mean it is one of
    /// exponentiated gradients (Kivinen and Warmuth 1997), whose length is halved where the loss would rise.
    ///
    /// - Parameters:
    ///   - members: rows × classes of each, row-major.
    ///   - labels: true classes, one a row; at least one row.
    package init(_ members: [[Float]], labels: [UInt8], classes: Int, mean: EnsembleMean) {
        precondition(!members.isEmpty && !labels.isEmpty, "a member and a row at least")
        let fit = Fit(members, labels: labels, classes: classes)
        let equal = [Double](repeating: 1 / Double(members.count), count: members.count)
        let (found, first) = Denormals.flushed {
            switch mean {
            case .arithmetic: fit.mixture(from: equal, steps: Self.mostSteps, least: Self.least)
            case .geometric: fit.pool(from: equal, steps: Self.mostSteps, least: Self.least)
            }
        }
        (weights, loss, equalLoss) = (found.weights, found.loss, first)
    }
}

/// What the steps need of the members' probabilities.
private struct Fit {
    typealias Result = (weights: [Double], loss: Double)
    let classes: Int
    let labels: [Int]
    /// ln p: for each row and class, one a member.
    let logs: [Double]
    let members: Int

    init(_ probabilities: [[Float]], labels: [UInt8], classes: Int) {
        (self.classes, members) = (classes, probabilities.count)
        self.labels = labels.map(Int.init)
        var logs: [Double] = []
        logs.reserveCapacity(labels.count * classes * probabilities.count)
        for place in 0..<(labels.count * classes) {
            for values in probabilities { logs.append(log(Double(max(values[place], EnsembleMean.least)))) }
        }
        self.logs = logs
    }

    private func first(_ row: Int, _ column: Int) -> Int { (row * classes + column) * members }

    func mixture(from start: [Double], steps: Int, least: Double) -> (Result, first: Double) {
        let truths = labels.indices.flatMap { row in
            let place = first(row, labels[row])
            return logs[place..<(place + members)].map { exp($0) }
        }
        var (weights, loss) = (start, Double.infinity)
        var firstLoss: Double?
        for _ in 0...steps {
            var sums = [Double](repeating: 0, count: members)
            var next = 0.0
            for row in labels.indices {
                var total = 0.0
                for member in 0..<members { total += weights[member] * truths[row * members + member] }
                next -= log(total)
                for member in 0..<members { sums[member] += weights[member] * truths[row * members + member] / total }
            }
            next /= Double(labels.count)
            firstLoss = firstLoss ?? next
            let isDone = loss - next < least
            loss = next
            if isDone { break }
            weights = sums.map { $0 / Double(labels.count) }
        }
        return ((weights, loss), firstLoss ?? loss)
    }

    func pool(from start: [Double], steps: Int, least: Double) -> (Result, first: Double) {
        var weights = start
        var (loss, gradient) = self.loss(start)
        let firstLoss = loss
        var length = 1.0
        for _ in 0..<steps {
            // The least is taken away, so that no factor overflows.
            let lowest = gradient.min() ?? 0
            let raised = zip(weights, gradient).map { $0 * exp(-length * ($1 - lowest)) }
            let sum = raised.reduce(0, +)
            let tried = raised.map { $0 / sum }
            let (next, nextGradient) = self.loss(tried)
            if next > loss {
                length /= 2
                if length < 1e-9 { break }
                continue
            }
            let isDone = loss - next < least
            (weights, loss, gradient) = (tried, next, nextGradient)
            if isDone { break }
            length *= 1.5
        }
        return ((weights, loss), firstLoss)
    }

    /// The log-loss of the geometric mean, and its gradient: the mean over the rows of Σ q(c) ln pₘ(c) − ln pₘ(y).
    private func loss(_ weights: [Double]) -> (Double, [Double]) {
        var loss = 0.0
        var gradient = [Double](repeating: 0, count: members)
        var scores = [Double](repeating: 0, count: classes)
        for row in labels.indices {
            for column in 0..<classes {
                let place = first(row, column)
                var score = 0.0
                for member in 0..<members { score += weights[member] * logs[place + member] }
                scores[column] = score
            }
            let greatest = scores.reduce(-Double.infinity, max)
            let total = scores.reduce(0) { $0 + exp($1 - greatest) }
            let truth = first(row, labels[row])
            loss += greatest + log(total) - scores[labels[row]]
            for column in 0..<classes {
                let share = exp(scores[column] - greatest) / total
                let place = first(row, column)
                for member in 0..<members { gradient[member] += share * logs[place + member] }
            }
            for member in 0..<members { gradient[member] -= logs[truth + member] }
        }
        let count = Double(labels.count)
        return (loss / count, gradient.map { $0 / count })
    }
}
