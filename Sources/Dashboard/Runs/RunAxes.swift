import Foundation
import Runs
import Specs

/// The axes of parallel coordinates: what the runs differ in, and what came of them.
struct RunAxes {
    /// One axis.
    struct Axis: Equatable {
        let name: String
        /// The distinct values in words, from the bottom to the top.
        let values: [String]
        /// The height of each value, 0 ... 1.
        let shares: [Double]
        /// The place of each run's value; nil where it has none.
        let places: [Int?]
    }

    /// The marked runs, or else those of the table.
    let runs: [RunRow]
    let axes: [Axis]
    private let brush: RunsBrush

    /// More lines could not be told apart.
    static let mostRuns = 64

    init(_ screen: RunsScreen, _ shared: Shared) {
        let marked = shared.comparison.marked.compactMap { member in
            screen.rows.first { $0.key == member.key } ?? shared.unlistedRow(member.key)
        }
        runs = marked.count > 1 ? marked : Array(screen.rows.prefix(Self.mostRuns))
        axes = Self.settings(runs) + Self.results(runs)
        brush = screen.brush
    }

    /// Whether a run has a value within every brushed range.
    func passes(_ run: Int) -> Bool {
        axes.allSatisfy { axis in
            guard let range = brush.places(on: axis.name) else { return true }
            return axis.places[run].map(range.contains) ?? false
        }
    }

    // MARK: - Axes

    /// Data set, weights, and every part of the spec that is not the same for all.
    private static func settings(_ runs: [RunRow]) -> [Axis] {
        var axes = [
            words("data", runs.map(\.summary.dataset)),
            numbers("weights", runs.map { Double($0.summary.parameters) }) { Figures.rate($0) },
        ]
        let traits = runs.map(\.traits)
        guard let names = traits.compactMap(\.self).first.map({ _ in SpecTraits.names }) else { return [] }
        for (index, name) in names.enumerated() {
            // Beside an axis each column counts: `64relu×2`.
            let texts = traits.map { ($0?.texts[index] ?? "").replacing(" ×", with: "×") }
            axes.append(words(name.isEmpty ? index == 0 ? "layers" : "optimizer" : name, texts))
        }
        return axes.filter { $0.values.count > 1 }
    }

    private static func results(_ runs: [RunRow]) -> [Axis] {
        [
            // The least loss is the best, so it is on top.
            numbers("val loss", runs.map { $0.summary.bestValidationLoss ?? .nan }, isReversed: true) {
                Figures.loss($0)
            },
            numbers("val %", runs.map { 100 * ($0.summary.bestValidationAccuracy ?? .nan) }) {
                String(format: "%.2f", $0)
            },
            numbers("test %", runs.map { 100 * ($0.summary.testAccuracy ?? .nan) }) { String(format: "%.2f", $0) },
        ].filter { !$0.values.isEmpty }
    }

    /// Numbers at their heights; logarithmic where they span more than a factor of 20. Words evenly apart, by the alphabet.
    private static func words(_ name: String, _ texts: [String]) -> Axis {
        let numbers = texts.map { $0.isEmpty ? Double.nan : Double($0) ?? .nan }
        let areNumbers = zip(numbers, texts).allSatisfy { $0.isFinite || $1.isEmpty }
        if areNumbers { return Self.numbers(name, numbers) { SpecNumber.short($0) } }
        let values = Set(texts).subtracting([""]).sorted()
        let shares = values.indices.map { values.count > 1 ? Double($0) / Double(values.count - 1) : 0.5 }
        return Axis(name: name, values: values, shares: shares, places: texts.map { values.firstIndex(of: $0) })
    }

    private static func numbers(
        _ name: String, _ numbers: [Double], isReversed: Bool = false, _ text: (Double) -> String
    ) -> Axis {
        var values = Set(numbers.filter(\.isFinite)).sorted()
        if isReversed { values.reverse() }
        guard let first = values.first, let last = values.last else {
            return Axis(name: name, values: [], shares: [], places: numbers.map { _ in nil })
        }
        let isLogarithmic = min(first, last) > 0 && max(first, last) / min(first, last) > 20
        func scaled(_ value: Double) -> Double { isLogarithmic ? log(value) : value }
        let span = scaled(last) - scaled(first)
        return Axis(
            name: name, values: values.map(text),
            shares: values.map { span == 0 ? 0.5 : (scaled($0) - scaled(first)) / span },
            places: numbers.map { number in number.isFinite ? values.firstIndex(of: number) : nil })
    }
}
