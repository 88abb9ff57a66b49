import TerminalUI
import Training

/// The batches behind the lines.
extension CurvesModel {
    /// Bands from the outer one to the inner one; empty where they are switched off, or nothing is known of batches.
    func bands() -> [LineChart.Series] {
        guard curves.band != .none, let history = run.snapshot?.history, !history.buckets.isEmpty else { return [] }
        let half = curves.perBatch && history.stride == 1 ? [] : keptQuartiles(history)
        let outer = curves.band == .all ? [extremes(history)] : []
        return outer + (half.isEmpty ? [] : [LineChart.Series(name: "half", envelope: half, color: look.theme[.train])])
    }

    /// Whether single batches are known. Of a run that an earlier version saved, only means of some are.
    private static func hasSamples(_ history: BatchHistory) -> Bool { !history.samples.losses.isEmpty }

    /// The values whose quartiles are drawn, each with the number of batches up to it.
    private func sampled(_ history: BatchHistory) -> (values: [Float], batches: [Int]) {
        let samples = history.samples
        guard !CurvesModel.hasSamples(history) else {
            return (
                quantity == .loss ? samples.losses : samples.accuracies,
                samples.losses.indices.map(samples.batches)
            )
        }
        let means = history.buckets.map { Float((quantity == .loss ? $0.loss : $0.accuracy).mean($0.count)) }
        return (means, history.buckets.indices.map { $0 * history.stride + history.buckets[$0].count })
    }

    private func extremes(_ history: BatchHistory) -> LineChart.Series {
        let places = places(run)
        let perEpoch = Double(run.batchesPerEpoch)
        let points = history.buckets.enumerated().map { index, bucket in
            let range = (quantity == .loss ? bucket.loss : bucket.accuracy).range
            return LineChart.EnvelopePoint(
                x: places.place((Double(index) + 0.5) * Double(history.stride) / perEpoch),
                low: range.map { $0.lowerBound * factor } ?? .nan, high: range.map { $0.upperBound * factor } ?? .nan)
        }
        var series = LineChart.Series(name: "all", envelope: points, color: look.theme[.train], mark: ".")
        series.isOuter = true
        return series
    }

    private func keptQuartiles(_ history: BatchHistory) -> [LineChart.EnvelopePoint] {
        let range = state.own.range(state.shared)
        let isTraining = run.state == .running && !run.isOpened
        let key = CurvesCache.Key(
            run: run.key, isLoss: quantity == .loss, axis: curves.axis, start: range.lowerBound,
            end: range.upperBound, timeUnit: timeUnit, isWall: isWall,
            batches: isTraining ? CurvesCache.rounded(history.batches) : history.batches, epochs: run.history.count)
        return curves.cache.band(key) { quartiles(history) }
    }

    /// The quartiles of the sampled batches in equal parts of the axis, at least eight batches in each.
    private func quartiles(_ history: BatchHistory) -> [LineChart.EnvelopePoint] {
        let (known, batches) = sampled(history)
        let range = state.own.range(state.shared)
        let places = places(run)
        let perEpoch = Double(run.batchesPerEpoch)
        let length = range.upperBound - range.lowerBound
        guard length > 0 else { return [] }
        let seen = batches.map { places.place(Double($0) / perEpoch) }
        let first = seen.firstIndex { $0 >= range.lowerBound } ?? seen.count
        let last = seen.lastIndex { $0 <= range.upperBound } ?? -1
        guard first <= last else { return [] }
        // Halved until there are enough, so that the parts stay where they are while the run goes on.
        let filled = max(1e-9, (seen[last] - seen[first]) / length)
        var parts = 120.0
        while parts > 1, Double(last - first + 1) < 8 * parts * filled { parts /= 2 }
        var values = [[Float]](repeating: [], count: Int(parts.rounded(.up)))
        for index in first...last {
            let part = min(values.count - 1, Int((seen[index] - range.lowerBound) / length * parts))
            values[part].append(known[index])
        }
        return values.indices.compactMap { part in
            // With its neighbours, as a part alone has few batches: the ground is smooth where the run is.
            let near = max(0, part - 1)...min(values.count - 1, part + 1)
            guard !values[part].isEmpty, let half = LineChart.quartiles(near.flatMap { values[$0] }) else { return nil }
            return LineChart.EnvelopePoint(
                x: range.lowerBound + (Double(part) + 0.5) * length / parts, low: half.lowerBound * factor,
                high: half.upperBound * factor)
        }
    }

    private var sampledWords: String {
        guard let history = run.snapshot?.history, !CurvesModel.hasSamples(history), history.stride > 1 else {
            return "batches"
        }
        return "means of \(history.stride) batches"
    }

    /// What is drawn behind the lines, in words with the look of it. It depends on what is chosen, not on what is known
    /// so far, so that no word comes or goes while a run is trained.
    func bandLegend(_ dim: Style) -> [Span] {
        guard curves.band != .none, let history = run.snapshot?.history else { return [] }
        var half = LineChart.Series(name: "half", envelope: [], color: look.theme[.train])
        let inner = [LineChart.swatch(of: half, look), Span(" half of the \(sampledWords)", dim)]
        half.isOuter = true
        let outer = [LineChart.swatch(of: half, look), Span(" all batches", dim)]
        if curves.perBatch, history.stride == 1 { return curves.band == .all ? outer : [] }
        return curves.band == .all ? outer + [Span("  ", dim)] + inner : inner
    }
}
