import Foundation

/// The values of a heatmap's cells: as counts, as shares, and relative to the greatest of them.
struct HeatmapAmounts {
    private let counts: [[Int]]
    private let baseline: [[Int]]?
    private let mode: Heatmap.Mode
    private let totals: Totals
    private let baselineTotals: Totals?
    /// Off the diagonal, and of a difference on the diagonal.
    private var greatest: (error: Double, hit: Double) = (0, 0)

    /// Sums of rows and columns.
    private struct Totals {
        let rows: [Int]
        let columns: [Int]

        init(_ counts: [[Int]]) {
            rows = counts.map { $0.reduce(0, +) }
            let width = counts.map(\.count).max() ?? 0
            columns = counts.reduce(into: Array(repeating: 0, count: width)) { sums, row in
                for (column, value) in row.enumerated() { sums[column] += value }
            }
        }

        func share(_ value: Int, _ row: Int, _ column: Int, _ mode: Heatmap.Mode) -> Double? {
            let total = mode == .columnPercent ? columns[column] : rows[row]
            return total > 0 ? Double(value) / Double(total) : nil
        }
    }

    init(_ heatmap: Heatmap) {
        counts = heatmap.counts
        baseline = heatmap.baseline
        mode = heatmap.mode
        totals = Totals(heatmap.counts)
        baselineTotals = heatmap.baseline.map(Totals.init)
        var found = (error: 0.0, hit: 0.0)
        for row in counts.indices {
            for column in counts[row].indices {
                let amount = abs(amount(row, column))
                if row == column { found.hit = max(found.hit, amount) } else { found.error = max(found.error, amount) }
            }
        }
        greatest = found
    }

    /// The count, or the difference of the counts.
    func count(_ row: Int, _ column: Int) -> Int {
        guard row < counts.count, column < counts[row].count else { return 0 }
        return counts[row][column] - (baseline?[row][column] ?? 0)
    }

    /// The share of the row or the column, or the difference of the shares; nil where the row or column is empty.
    func share(_ row: Int, _ column: Int, _ mode: Heatmap.Mode) -> Double? {
        guard row < counts.count, column < counts[row].count else { return nil }
        let share = totals.share(counts[row][column], row, column, mode)
        guard let baseline else { return share }
        return (share ?? 0) - (baselineTotals?.share(baseline[row][column], row, column, mode) ?? 0)
    }

    private func amount(_ row: Int, _ column: Int) -> Double {
        switch mode {
        case .counts: return Double(count(row, column))
        case .rowPercent, .columnPercent: return share(row, column, mode) ?? 0
        case .logarithmic: return log(1 + Double(abs(count(row, column))))
        }
    }

    /// 0 to 1: relative to the greatest error for an error, to its row or column for a right prediction, to the
    /// greatest for a difference.
    func intensity(_ row: Int, _ column: Int) -> Double {
        if row == column, baseline == nil {
            return share(row, column, mode == .columnPercent ? .columnPercent : .rowPercent) ?? 0
        }
        let most = row == column ? greatest.hit : greatest.error
        return most > 0 ? min(1, abs(amount(row, column)) / most) : 0
    }
}
