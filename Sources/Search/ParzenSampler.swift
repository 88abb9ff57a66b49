import Foundation
import Kernels

/// Proposes points where good ones lie densely and bad ones do not: the tree-structured Parzen estimator.
///
/// Bergstra et al., "Algorithms for Hyper-Parameter Optimization" (2011), with each dimension by itself. The best
/// 15 % of the points count as good. Which candidate is best follows from the ratio of both densities.
package struct ParzenSampler: Sendable {
    /// A point and what it reached; greater is better.
    package typealias Observation = (point: SearchPoint, score: Double)

    private let space: SearchSpace
    /// Points that chance chooses before anything is learnt.
    package static let leastObservations = 12
    private static let goodShare = 0.15
    private static let candidates = 8
    /// The share of points that chance chooses all the same, so that nothing is given up early (a third in Falkner et al.,
    /// "BOHB", 2018).
    private static let chanceShare: Float = 0.2
    /// The weight of the prior of a number, which is even, in points; of a choice for each of its texts. A choice that few
    /// good points decide would be given up too early with less.
    private static let (priorWeight, textWeight) = (1.0, 3.0)

    package init(_ space: SearchSpace) { self.space = space }

    /// A point that is likely better than those seen.
    package func propose(_ observations: [Observation], using generator: inout SeededGenerator) -> SearchPoint {
        let seen = observations.filter { !$0.score.isNaN }.sorted { $0.score > $1.score }
        guard seen.count >= Self.leastObservations, generator.uniform() >= Self.chanceShare else {
            return space.random(using: &generator)
        }
        let count = max(3, Int((Double(seen.count) * Self.goodShare).rounded()))
        let (good, bad) = (seen.prefix(count).map(\.point), seen.dropFirst(count).map(\.point))
        var best: (point: SearchPoint, gain: Double)?
        for _ in 0..<Self.candidates {
            var (point, gain) = (SearchPoint(values: []), 0.0)
            for (place, dimension) in space.dimensions.enumerated() {
                guard dimension.isActive(in: point) else {
                    point.values.append(.nan)
                    continue
                }
                let densities = [good, bad].map { Density(dimension.kind, $0.map { $0.values[place] }) }
                let value = densities[0].draw(using: &generator)
                gain += densities[0].logarithm(value) - densities[1].logarithm(value)
                point.values.append(value)
            }
            if gain > best?.gain ?? -.infinity { best = (point, gain) }
        }
        return best?.point ?? space.random(using: &generator)
    }

    /// How densely values lie.
    private struct Density {
        private let kind: SearchDimension.Kind
        /// The weight of each text of a choice. For a number, the centres on its scale are used, and how wide each is.
        private var weights: [Double] = []
        private var centres: [(place: Double, width: Double)] = []

        /// - Parameter values: NaN where the dimension did not count.
        init(_ kind: SearchDimension.Kind, _ values: [Double]) {
            self.kind = kind
            let values = values.filter { !$0.isNaN }
            switch kind {
            case .choice(let count):
                weights = (0..<count).map { text in
                    ParzenSampler.textWeight + Double(values.count { Int($0) == text })
                }
            case .number(let interval):
                let places = values.map(interval.share).sorted()
                // As wide as the farther neighbour is away, but not narrower than the points are dense.
                let least = 1 / Double(min(100, places.count + 2))
                centres = places.indices.map { index in
                    let left = index == 0 ? places[index] : places[index] - places[index - 1]
                    let right = index + 1 == places.count ? 1 - places[index] : places[index + 1] - places[index]
                    return (places[index], min(1, max(least, left, right)))
                }
            }
        }

        func draw(using generator: inout SeededGenerator) -> Double {
            switch kind {
            case .choice(let count):
                var left = Double(generator.uniform()) * weights.reduce(0, +)
                for text in 0..<count {
                    left -= weights[text]
                    if left < 0 { return Double(text) }
                }
                return Double(count - 1)
            case .number(let interval):
                let total = Double(centres.count) + ParzenSampler.priorWeight
                let number = Int(Double(generator.uniform()) * total)
                guard number < centres.count else { return interval.value(at: Double(generator.uniform())) }
                let (place, width) = centres[number]
                // Within the ends: what falls outside is drawn again.
                for _ in 0..<16 {
                    let share = place + width * Double(generator.normal())
                    if (0...1).contains(share) { return interval.value(at: share) }
                }
                return interval.value(at: place)
            }
        }

        func logarithm(_ value: Double) -> Double {
            switch kind {
            case .choice: return log(weights[Int(value)] / weights.reduce(0, +))
            case .number(let interval):
                let place = interval.share(of: value)
                let sum = centres.reduce(ParzenSampler.priorWeight) { sum, centre in
                    let (low, high) = (-centre.place / centre.width, (1 - centre.place) / centre.width)
                    let inside = Self.normalShare(high) - Self.normalShare(low)
                    let distance = (place - centre.place) / centre.width
                    let density = exp(-0.5 * distance * distance) / (centre.width * (2 * .pi).squareRoot())
                    return sum + density / max(1e-12, inside)
                }
                return log(sum / (Double(centres.count) + ParzenSampler.priorWeight))
            }
        }

        /// The share of a standard normal distribution below a value.
        private static func normalShare(_ value: Double) -> Double { 0.5 * erfc(-value / 2.0.squareRoot()) }
    }
}
