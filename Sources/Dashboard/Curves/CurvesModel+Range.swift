import Foundation
import TerminalUI
import Training

/// What the y axis has to show.
extension CurvesModel {
    /// From the lines alone, not from the bands. The whole loss begins at 0; a window shows its own values, so that small
    /// differences are visible. Nil where the chart takes its values as they are.
    func yRange(_ lines: [LineChart.Series], in range: ClosedRange<Double>) -> ClosedRange<Double>? {
        var values = values(lines, in: range)
        guard var low = values.min(), var high = values.max() else { return quantity == .accuracy ? 0...100 : nil }
        if curves.perBatch {
            values.sort()
            // The very first batches would flatten all that follow; they continue to the edge.
            let beyond = values.count / 30
            if quantity == .loss { high = values[values.count - 1 - beyond] } else { low = values[beyond] }
        }
        // Beside other runs a bad start is cut at the edge.
        if let worst = outliers?.worst.map({ $0 * factor }), worst.isFinite {
            if quantity == .loss { high = min(high, worst * 8) } else { low = max(low, 100 - (100 - worst) * 8) }
        }
        if isLogarithmic {
            let least = values.lazy.filter { $0 > 0 }.min()
            return least.map { $0...max($0, high) }
        }
        high = max(low, high)
        if curves.window != nil { return low...high }
        switch quantity {
        case .loss: return min(0, low)...max(high, 1e-6)
        // Up to 100 unless the run is far from it.
        // A foreign run's figures can be beyond it.
        case .accuracy: return low...(high >= 80 ? max(100, high) : high)
        }
    }

    /// The finite values. The epoch under way counts only while there is no other: the mean of its first
    /// batches would make the axis jump at the start of each epoch.
    private func values(_ lines: [LineChart.Series], in range: ClosedRange<Double>) -> [Double] {
        let live = state.shownRuns.filter { $0.history.count > 0 }.compactMap(livePoint)
        return lines.flatMap(\.points).filter { point in
            range.contains(point.x) && point.y.isFinite && !live.contains(point)
        }.map(\.y)
    }
}
