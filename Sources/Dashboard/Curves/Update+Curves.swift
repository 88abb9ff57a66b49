import TerminalUI
import Training

extension DashboardState {
    // MARK: - The x axis

    /// Steps of the x axis in an epoch of a run: its batches where they are counted.
    func curvesUnit(of run: RunRecord) -> Double { curves.perBatch ? Double(run.batchesPerEpoch) : 1 }

    /// The part of the x axis that is to be seen.
    var curvesRange: ClosedRange<Double> {
        let unit = curvesRun.map(curvesUnit) ?? 1
        guard let window = curves.window else { return 0...(wholeCurves * unit) }
        let range = range(of: window)
        return (range.lowerBound * unit)...(range.upperBound * unit)
    }

    /// How far the x axis reaches without a window, in epochs of the newest run: to the next nice number, at most to the
    /// planned end until that is passed.
    private var wholeCurves: Double {
        guard let run = curvesRun else { return 1 }
        let unit = curvesUnit(of: run)
        let reached = shownRuns.map { $0.position * curvesUnit(of: $0) }.max() ?? 0
        let planned = Double(max(1, run.plannedEpochs)) * unit
        let ladder: [Double] = [1, 2, 3, 5, 8, 10, 15, 20, 30, 40, 50, 75]
        var scale = 1.0
        while scale * 75 < reached { scale *= 10 }
        let nice = ladder.map { $0 * scale }.first { $0 >= reached } ?? reached
        return max(reached <= planned ? min(nice, planned) : nice, 1) / unit
    }

    /// The narrowest window: two epochs, or 16 of what is kept of the batches.
    private var leastSpan: Double {
        guard let run = curvesRun, curves.perBatch else { return 2 }
        return Double(16 * run.batchStride) / Double(run.batchesPerEpoch)
    }

    // MARK: - Zoom and pan

    private var newestPlace: Double { curvesRun?.position ?? 0 }

    private func range(of window: CurvesWindow) -> ClosedRange<Double> {
        window.range(in: wholeCurves, newest: newestPlace)
    }

    /// Halves or doubles what is to be seen. A place, in epochs, stays where it is on the screen; without one the cursor
    /// comes to the middle, or else the newest point to the end.
    mutating func zoomCurves(_ steps: Int, around place: Double? = nil) {
        let range = curves.window.map(range) ?? 0...wholeCurves
        let length = range.upperBound - range.lowerBound
        let span = max(leastSpan, steps > 0 ? length / 2 : length * 2)
        guard span < wholeCurves, length > 0 else { return curves.window = nil }
        if let place {
            setWindow(span: span, end: place + span * (range.upperBound - place) / length)
        } else {
            setWindow(span: span, end: curves.cursor.map { $0 + span / 2 } ?? newestPlace)
        }
    }

    /// Moves the window by a part of its length.
    mutating func panCurves(_ share: Double) {
        guard let window = curves.window else { return }
        setWindow(span: window.span, end: range(of: window).upperBound + share * window.span)
    }

    /// A window that reaches the newest point follows it from then on.
    private mutating func setWindow(span: Double, end: Double) {
        let end = min(max(end, span), wholeCurves)
        curves.window = CurvesWindow(span: span, end: end >= newestPlace ? nil : end)
    }

    /// Shifts the window so that the cursor is in it.
    private mutating func showCursor() {
        guard let window = curves.window, let cursor = curves.cursor else { return }
        let range = range(of: window)
        if cursor < range.lowerBound { setWindow(span: window.span, end: cursor + window.span) }
        if cursor > range.upperBound { setWindow(span: window.span, end: cursor) }
    }

    // MARK: - The value cursor

    mutating func moveCurveCursor(by step: Int) {
        if curves.perBatch { moveBatchCursor(by: step) } else { moveEpochCursor(by: step) }
        showCursor()
    }

    private mutating func moveEpochCursor(by step: Int) {
        guard let epochs = curvesRun?.history.buckets, let last = epochs.last else { return }
        let at = curves.cursor.map { cursor in
            epochs.firstIndex { Double($0.figures.epoch) >= cursor } ?? epochs.count - 1
        }
        let from = at ?? (step < 0 ? epochs.count : epochs.count - 1)
        let to = min(max(0, from + step), epochs.count - 1)
        curves.cursor = Double(epochs.indices.contains(to) ? epochs[to].figures.epoch : last.figures.epoch)
    }

    /// By what is kept of the batches, and as far as an eye can tell.
    private mutating func moveBatchCursor(by step: Int) {
        guard let run = curvesRun, let history = run.snapshot?.history, !history.buckets.isEmpty else { return }
        let perEpoch = Double(run.batchesPerEpoch)
        let seen = (curvesRange.upperBound - curvesRange.lowerBound) / Double(history.stride)
        let pace = max(1, Int(seen / 120))
        let end = history.buckets.count
        let from =
            curves.cursor.map { Int(($0 * perEpoch / Double(history.stride)).rounded()) }
            ?? (step < 0 ? end + pace : end)
        let (to, overflow) = step.multipliedReportingOverflow(by: pace)
        setBatchCursor(overflow ? (step < 0 ? 1 : end) : from + to, run, history)
    }

    /// - Parameter bucket: counted from 1.
    private mutating func setBatchCursor(_ bucket: Int, _ run: RunRecord, _ history: BatchHistory) {
        let batch = min(max(1, bucket) * history.stride, history.batches)
        curves.cursor = Double(batch) / Double(run.batchesPerEpoch)
    }

    /// Puts the cursor on what is kept nearest to a place on the x axis.
    mutating func setCurveCursor(at place: Double) {
        guard let run = curvesRun else { return }
        if curves.perBatch {
            guard let history = run.snapshot?.history, !history.buckets.isEmpty else { return }
            setBatchCursor(Int((place / Double(history.stride)).rounded()), run, history)
        } else {
            let nearest = run.epochs.map { Double($0.epoch) }.min { abs($0 - place) < abs($1 - place) }
            if let nearest { curves.cursor = nearest }
        }
    }

    /// An epoch has ended: the cursor stays on one that is kept.
    mutating func keepCurveCursor() {
        guard let cursor = curves.cursor, !curves.perBatch else { return }
        curves.cursor = curvesRun?.history.figures(at: Int(cursor.rounded())).map { Double($0.epoch) }
    }

    mutating func togglePerBatch() {
        curves.perBatch.toggle()
        guard curves.cursor != nil else { return }
        if curves.perBatch { return }
        // Back to the epoch that the batch belongs to.
        curves.cursor = curves.cursor.map { $0.rounded(.up) }
        keepCurveCursor()
    }
}
