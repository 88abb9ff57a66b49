import TerminalUI
import Training

extension CurvesScreen {
    // MARK: - The x axis

    /// Steps of the x axis in an epoch of a run: its batches where they are counted.
    func unit(of run: ShownRun) -> Double { perBatch ? Double(run.batchesPerEpoch) : 1 }

    /// The part of the x axis that is to be seen.
    func range(_ shared: Shared) -> ClosedRange<Double> {
        let unit = shared.curvesRun.map(unit) ?? 1
        guard let window else { return 0...(whole(shared) * unit) }
        let range = range(of: window, shared)
        return (range.lowerBound * unit)...(range.upperBound * unit)
    }

    /// How far the x axis reaches without a window, in epochs of the newest run: to the next nice number, at most to the
    /// planned end until that is passed.
    private func whole(_ shared: Shared) -> Double {
        guard let run = shared.curvesRun else { return 1 }
        let unit = self.unit(of: run)
        let reached = shared.shownRuns.map { $0.position * self.unit(of: $0) }.max() ?? 0
        let planned = Double(max(1, run.plannedEpochs)) * unit
        let ladder: [Double] = [1, 2, 3, 5, 8, 10, 15, 20, 30, 40, 50, 75]
        var scale = 1.0
        while scale * 75 < reached { scale *= 10 }
        let nice = ladder.map { $0 * scale }.first { $0 >= reached } ?? reached
        return max(reached <= planned ? min(nice, planned) : nice, 1) / unit
    }

    /// The narrowest window: two epochs, or 16 buckets of batches.
    private func leastSpan(_ shared: Shared) -> Double {
        guard let run = shared.curvesRun, perBatch else { return 2 }
        return Double(16 * run.batchStride) / Double(run.batchesPerEpoch)
    }

    // MARK: - Zoom and pan

    private func newest(_ shared: Shared) -> Double { shared.curvesRun?.position ?? 0 }

    private func range(of window: CurvesWindow, _ shared: Shared) -> ClosedRange<Double> {
        window.range(in: whole(shared), newest: newest(shared))
    }

    /// Halves or doubles what is to be seen. A place, in epochs, stays where it is on the screen; without one the cursor
    /// comes to the middle, or else the newest point to the end.
    mutating func zoom(_ steps: Int, around place: Double? = nil, _ shared: Shared) {
        let range = window.map { self.range(of: $0, shared) } ?? 0...whole(shared)
        let length = range.upperBound - range.lowerBound
        let span = max(leastSpan(shared), steps > 0 ? length / 2 : length * 2)
        guard span < whole(shared), length > 0 else { return window = nil }
        if let place {
            setWindow(span: span, end: place + span * (range.upperBound - place) / length, shared)
        } else {
            setWindow(span: span, end: cursor.map { $0 + span / 2 } ?? newest(shared), shared)
        }
    }

    /// Moves the window by a part of its length.
    mutating func pan(_ share: Double, _ shared: Shared) {
        guard let window else { return }
        setWindow(span: window.span, end: range(of: window, shared).upperBound + share * window.span, shared)
    }

    /// A window that reaches the newest point follows it from then on.
    private mutating func setWindow(span: Double, end: Double, _ shared: Shared) {
        let end = min(max(end, span), whole(shared))
        window = CurvesWindow(span: span, end: end >= newest(shared) ? nil : end)
    }

    /// Shifts the window so that the cursor is in it.
    private mutating func showCursor(_ shared: Shared) {
        guard let window, let cursor else { return }
        let range = range(of: window, shared)
        if cursor < range.lowerBound { setWindow(span: window.span, end: cursor + window.span, shared) }
        if cursor > range.upperBound { setWindow(span: window.span, end: cursor, shared) }
    }

    // MARK: - The value cursor

    mutating func moveCursor(by step: Int, _ shared: Shared) {
        if perBatch { moveBatchCursor(by: step, shared) } else { moveEpochCursor(by: step, shared) }
        showCursor(shared)
    }

    private mutating func moveEpochCursor(by step: Int, _ shared: Shared) {
        guard let epochs = shared.curvesRun?.history.buckets, let last = epochs.last else { return }
        let at = cursor.map { cursor in
            epochs.firstIndex { Double($0.figures.epoch) >= cursor } ?? epochs.count - 1
        }
        let from = at ?? (step < 0 ? epochs.count : epochs.count - 1)
        let to = min(max(0, from + step), epochs.count - 1)
        cursor = Double(epochs.indices.contains(to) ? epochs[to].figures.epoch : last.figures.epoch)
    }

    /// By the stored batches, and as finely as is visible.
    private mutating func moveBatchCursor(by step: Int, _ shared: Shared) {
        guard let run = shared.curvesRun, let history = run.snapshot?.history, !history.buckets.isEmpty else { return }
        let perEpoch = Double(run.batchesPerEpoch)
        let seen = (range(shared).upperBound - range(shared).lowerBound) / Double(history.stride)
        let pace = max(1, Int(seen / 120))
        let end = history.buckets.count
        let from =
            cursor.map { Int(($0 * perEpoch / Double(history.stride)).rounded()) }
            ?? (step < 0 ? end + pace : end)
        let (to, overflow) = step.multipliedReportingOverflow(by: pace)
        setBatchCursor(overflow ? (step < 0 ? 1 : end) : from + to, run, history)
    }

    /// - Parameter bucket: counted from 1.
    private mutating func setBatchCursor(_ bucket: Int, _ run: ShownRun, _ history: BatchHistory) {
        let batch = min(max(1, bucket) * history.stride, history.batches)
        cursor = Double(batch) / Double(run.batchesPerEpoch)
    }

    /// Moves the cursor to the stored point nearest to a place on the x axis.
    mutating func setCursor(at place: Double, _ shared: Shared) {
        guard let run = shared.curvesRun else { return }
        if perBatch {
            guard let history = run.snapshot?.history, !history.buckets.isEmpty else { return }
            setBatchCursor(Int((place / Double(history.stride)).rounded()), run, history)
        } else {
            let nearest = run.epochs.map { Double($0.epoch) }.min { abs($0 - place) < abs($1 - place) }
            if let nearest { cursor = nearest }
        }
    }

    /// After an epoch has ended, moves the cursor to a stored point.
    mutating func keepCursor(_ shared: Shared) {
        guard let cursor, !perBatch else { return }
        self.cursor = shared.curvesRun?.history.figures(at: Int(cursor.rounded())).map { Double($0.epoch) }
    }

    mutating func togglePerBatch(_ shared: Shared) {
        perBatch.toggle()
        guard cursor != nil else { return }
        if perBatch { return }
        // Back to the epoch that the batch belongs to.
        cursor = cursor.map { $0.rounded(.up) }
        keepCursor(shared)
    }
}
