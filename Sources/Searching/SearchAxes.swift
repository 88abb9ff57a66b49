import Foundation
import Scales
import Search
import Specs

/// The axes of a search's parallel coordinates: one for each setting that is searched, and what trials reached.
package struct SearchAxes: Sendable, Equatable {
    /// One axis; its values have places from 0, at the bottom, to 1.
    package struct Axis: Sendable, Equatable {
        /// What is measured.
        package enum Measure: Sendable, Equatable {
            /// A dimension of the space, by its place.
            case dimension(Int)
            /// The validation accuracy, by the logarithm of the errors: half as many are the same step everywhere.
            case result
        }

        /// A labelled place.
        package struct Tick: Sendable, Equatable {
            /// 0 ... 1.
            package let share: Double
            /// In words.
            package let label: String
        }

        /// What it is called.
        package let name: String
        /// What is measured.
        package let measure: Measure
        /// From the bottom to the top.
        package let ticks: [Tick]
        /// How many texts a choice has; nil for numbers.
        package let texts: Int?
    }

    /// In the order of the space's line; the result is last.
    package let axes: [Axis]
    private let space: SearchSpace
    private let results: ClosedRange<Double>

    package init(_ search: SearchSummary) {
        let space = search.space
        self.space = space
        let reached = search.trials.compactMap { $0.accuracy.flatMap { $0.isFinite ? Self.scaled($0) : nil } }
        let (low, high) = (reached.min() ?? 0, reached.max() ?? 1)
        results = high - low > 0.02 ? low...high : (low - 0.01)...(low + 0.02)
        var axes: [Axis] = []
        for (place, dimension) in space.dimensions.enumerated() {
            switch dimension.kind {
            case .choice(let count):
                let ticks = (0..<count).map { text in
                    Axis.Tick(
                        share: Self.share(ofText: text, of: count), label: space.text(of: Double(text), on: place))
                }
                axes.append(Axis(name: dimension.name, measure: .dimension(place), ticks: ticks, texts: count))
            case .number(let interval):
                let ticks = Self.ticks(interval).map {
                    Axis.Tick(share: interval.share(of: $0), label: space.text(of: $0, on: place))
                }
                axes.append(Axis(name: dimension.name, measure: .dimension(place), ticks: ticks, texts: nil))
            }
        }
        let ticks = Self.resultTicks(results)
        self.axes = axes + [Axis(name: "val %", measure: .result, ticks: ticks, texts: nil)]
    }

    /// The place of a trial on an axis, 0 ... 1; nil where the axis does not count for it.
    package func share(of trial: SearchTrial, on axis: Axis) -> Double? {
        switch axis.measure {
        case .result: return trial.accuracy.flatMap { $0.isFinite ? share(ofResult: $0) : nil }
        case .dimension(let place):
            guard let point = trial.point, point.values.indices.contains(place) else { return nil }
            return share(of: point.values[place], on: axis)
        }
    }

    /// The place of a value of an axis, 0 ... 1; nil for none.
    package func share(of value: Double, on axis: Axis) -> Double? {
        guard !value.isNaN else { return nil }
        guard case .dimension(let place) = axis.measure else { return share(ofResult: value) }
        switch space.dimensions[place].kind {
        case .choice(let count): return Self.share(ofText: Int(value), of: count)
        case .number(let interval): return interval.share(of: value)
        }
    }

    /// The value at a place of an axis: a number of three digits, the number of a text, or an accuracy.
    package func value(at share: Double, on axis: Axis) -> Double {
        guard case .dimension(let place) = axis.measure else {
            let span = results.upperBound - results.lowerBound
            let error = exp(-(results.lowerBound + min(1, max(0, share)) * span))
            return 1 - error
        }
        switch space.dimensions[place].kind {
        case .choice(let count): return (min(1, max(0, share)) * Double(count - 1)).rounded()
        case .number(let interval): return interval.value(at: share)
        }
    }

    /// A value of an axis in words.
    package func text(of value: Double, on axis: Axis) -> String {
        switch axis.measure {
        case .result: String(format: "%.2f", 100 * value)
        case .dimension(let place): space.text(of: value, on: place)
        }
    }

    // MARK: - Scales

    private static func share(ofText text: Int, of count: Int) -> Double {
        count > 1 ? Double(text) / Double(count - 1) : 0.5
    }

    /// The negative logarithm of the share of errors; below one in ten thousand all are alike.
    private static func scaled(_ accuracy: Double) -> Double { -log(max(1e-4, 1 - accuracy)) }

    private func share(ofResult accuracy: Double) -> Double {
        min(1, max(0, (Self.scaled(accuracy) - results.lowerBound) / (results.upperBound - results.lowerBound)))
    }

    /// Both ends, and round numbers between them.
    private static func ticks(_ interval: SearchDimension.Interval) -> [Double] {
        var between: [Double] = []
        if interval.isLogarithmic {
            for exponent in Int(log10(interval.least).rounded(.down))...Int(log10(interval.greatest).rounded(.up)) {
                between += [1, 2, 5].map { $0 * pow(10, Double(exponent)) }
            }
            let decades = log10(interval.greatest / interval.least)
            if decades > 1.5 { between = between.filter { abs(log10($0) - log10($0).rounded()) < 1e-9 } }
        } else {
            let step = RoundStep.least(from: (interval.greatest - interval.least) / 5)
            let first = (interval.least / step).rounded(.up)
            between = (0..<6).map { (first + Double($0)) * step }
        }
        let span = { interval.share(of: $0) }
        let inner = between.filter { $0 > interval.least && $0 < interval.greatest && (0.08...0.92).contains(span($0)) }
        return [interval.least] + inner.map { interval.isWhole ? $0.rounded() : cleaned($0) } + [interval.greatest]
    }

    /// Without the last bits that a product leaves: `0.3`, not `0.30000000000000004`.
    private static func cleaned(_ value: Double) -> Double { Double(String(format: "%.3g", value)) ?? value }

    private static func resultTicks(_ range: ClosedRange<Double>) -> [Axis.Tick] {
        let span = range.upperBound - range.lowerBound
        let ends = [range.lowerBound, range.upperBound].map {
            (share: ($0 - range.lowerBound) / span, value: 1 - exp(-$0))
        }
        let round = [0.2, 0.5, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 0.995, 0.998, 0.999]
            .map { (share: (scaled($0) - range.lowerBound) / span, value: $0) }
            .filter { (0.06...0.94).contains($0.share) }
        return (ends + round).sorted { $0.share < $1.share }
            .map { Axis.Tick(share: $0.share, label: String(format: "%.1f", 100 * $0.value)) }
    }
}

extension SearchBrush {
    /// The range on an axis.
    package subscript(axis: SearchAxes.Axis) -> ClosedRange<Double>? {
        get {
            switch axis.measure {
            case .dimension(let place): ranges[place]
            case .result: result
            }
        }
        set {
            switch axis.measure {
            case .dimension(let place): ranges[place] = newValue
            case .result: result = newValue
            }
        }
    }
}
