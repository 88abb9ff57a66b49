import Foundation
import Specs

/// An order of runs by one field. Runs without a value are last.
package struct RunOrder: Sendable, Equatable {
    /// The field whose values are compared.
    package var field: RunField
    /// Whether the greatest value is first.
    package var isDescending: Bool

    package init(_ field: RunField, isDescending: Bool) {
        self.field = field
        self.isDescending = isDescending
    }

    /// Reads a field's name. The best value is first: the greatest accuracy, the least loss; with `-` before the name
    /// it is last.
    ///
    /// - Throws: `unknownField` for a name that no field has.
    package init(parsing text: String) throws(RunFilterError) {
        let isTurned = text.hasPrefix("-")
        field = try RunField.find(isTurned ? String(text.dropFirst()) : text)
        isDescending = (field.moreIsBetter || field.name == "id") != isTurned
    }

    /// The greatest validation accuracy first, then the least validation loss: a run that was chosen by the test set
    /// would seem better than it is. Runs without validation rows are last.
    package static func leaderboard(_ runs: [RunSummary]) -> [RunSummary] { runs.sorted(by: leads) }

    /// Whether a run is before another in the leaderboard.
    package static func leads(_ first: RunSummary, _ second: RunSummary) -> Bool {
        let (a, b) = (first.bestValidationAccuracy ?? -1, second.bestValidationAccuracy ?? -1)
        guard a == b else { return a > b }
        let (c, d) = (first.bestValidationLoss ?? .infinity, second.bestValidationLoss ?? .infinity)
        return c == d ? first.id < second.id : c < d
    }

    /// The runs in this order; where values are equal, the newest run first.
    package func sorted(_ runs: [RunSummary]) -> [RunSummary] {
        sorted(runs) { ($0, $0.traits()) }
    }

    /// The same for rows that hold runs with the parts of their specs.
    ///
    /// - Parameter run: gives the run of a row with the parts of its spec; nil where its line can't be read.
    package func sorted<Row>(_ rows: [Row], _ run: (Row) -> (RunSummary, SpecTraits?)) -> [Row] {
        let keyed = rows.map { row in
            let (summary, traits) = run(row)
            return (row: row, id: summary.id, value: field.value(summary, traits))
        }
        return keyed.sorted { precedes(($0.value, $0.id), ($1.value, $1.id)) }.map(\.row)
    }

    /// Whether a run comes before another.
    package func precedes(_ first: (RunSummary, SpecTraits?), _ second: (RunSummary, SpecTraits?)) -> Bool {
        precedes((field.value(first.0, first.1), first.0.id), (field.value(second.0, second.1), second.0.id))
    }

    private func precedes(_ first: (value: RunField.Value, id: Int), _ second: (value: RunField.Value, id: Int)) -> Bool
    {
        switch Self.compare(first.value, second.value, isDescending: isDescending) {
        case .orderedAscending: true
        case .orderedDescending: false
        case .orderedSame: first.id > second.id
        }
    }

    private static func compare(
        _ first: RunField.Value, _ second: RunField.Value, isDescending: Bool
    ) -> ComparisonResult {
        let result: ComparisonResult
        switch (first, second) {
        case (.none, .none): return .orderedSame
        case (.none, _): return .orderedDescending
        case (_, .none): return .orderedAscending
        case (.number(let a), .number(let b)):
            // NaN counts as no value.
            if a.isNaN || b.isNaN { return a.isNaN ? (b.isNaN ? .orderedSame : .orderedDescending) : .orderedAscending }
            result = a == b ? .orderedSame : a < b ? .orderedAscending : .orderedDescending
        case (.text(let a), .text(let b)): result = order(a, b)
        case (.texts(let a), .texts(let b)): result = order(a.joined(separator: " "), b.joined(separator: " "))
        default: return .orderedSame
        }
        guard isDescending, result != .orderedSame else { return result }
        return result == .orderedAscending ? .orderedDescending : .orderedAscending
    }

    private static func order(_ first: String, _ second: String) -> ComparisonResult {
        let (a, b) = (first.lowercased(), second.lowercased())
        return a == b ? .orderedSame : a < b ? .orderedAscending : .orderedDescending
    }
}
