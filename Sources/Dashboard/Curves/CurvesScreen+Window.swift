import TerminalUI
import Training

extension CurvesScreen {
    // MARK: - The x axis

    /// The part of the x axis that is to be seen, in its own unit.
    func range(_ shared: Shared) -> ClosedRange<Double> {
        guard let run = shared.curvesRun else { return 0...whole(shared) }
        let places = places(run, shared)
        guard let window else {
            return 0...(axis == .time ? wholeTime(shared) / places.timeUnit : places.place(whole(shared)))
        }
        let range = range(of: window, shared)
        let low = places.place(range.lowerBound)
        return low...max(low, places.place(range.upperBound))
    }

    /// The part of the run that is to be seen, in epochs.
    func epochs(_ shared: Shared) -> ClosedRange<Double> {
        window.map { range(of: $0, shared) } ?? 0...whole(shared)
    }

    /// Places of a run on the axis.
    func places(_ run: ShownRun, _ shared: Shared) -> CurvePlaces {
        CurvePlaces(run, axis, timeUnit: timeUnit(shared), isWall: countsWallTime(shared))
    }

    /// Whether an axis of time counts all that passed: where that is known of every run that is drawn. Earlier versions
    /// recorded the time of the training passes alone.
    func countsWallTime(_ shared: Shared) -> Bool {
        axis == .time && shared.shownRuns.allSatisfy { $0.history.wallSeconds != nil }
    }

    /// Seconds that an axis of time counts by: so that its end is a number of two or three digits.
    func timeUnit(_ shared: Shared) -> Double {
        guard axis == .time else { return 1 }
        let length = wholeTime(shared)
        return length <= 200 ? 1 : length <= 12_000 ? 60 : 3600
    }

    /// How far an axis of time reaches without a window, in seconds.
    private func wholeTime(_ shared: Shared) -> Double {
        let isWall = countsWallTime(shared)
        let ends = shared.shownRuns.map { run in
            let reached = CurvePlaces(run, .time, isWall: isWall).place(run.position)
            return run.isAlive ? CurvesScreen.roundEnd(reached) : reached
        }
        return max(ends.max() ?? 1, 1e-3)
    }

    /// The next of 1, 2, 5, 10, 20, 50, 100 ...: an axis that ends there rarely changes.
    static func roundEnd(_ value: Double) -> Double { LineChart.niceStep(span: max(value, 1e-3), count: 1) }

    /// How far the x axis reaches without a window, in epochs. That of a run under way is at most the planned end, until
    /// that is passed.
    private func whole(_ shared: Shared) -> Double {
        let lengths = shared.shownRuns.map(length).sorted()
        guard let longest = lengths.last else { return Double(max(1, shared.composer.spec.training.epochs)) }
        guard lengths.count > 1, !showsOutliers else { return max(longest, 1) }
        // The shortest axis that shows four of five runs whole, and the one under way.
        let most = lengths[max(0, (lengths.count * 4 + 4) / 5 - 1)]
        let own = shared.run.map { $0.isAlive ? length($0) : 0 } ?? 0
        return max(most, own, 1)
    }

    private func length(_ run: ShownRun) -> Double {
        // The only epoch is in the middle, not at the edge.
        let length = reached(run)
        return length <= 1 ? 2 : length
    }

    private func reached(_ run: ShownRun) -> Double {
        guard run.isAlive else { return run.position }
        let end = max(1, CurvesScreen.roundEnd(run.position))
        let planned = Double(run.plannedEpochs)
        return run.position <= planned ? min(end, planned) : end
    }

    /// The longest run, where it goes on behind the axis.
    func beyond(_ shared: Shared) -> (run: Int, epoch: Int)? {
        guard axis != .time, window == nil, shared.shownRuns.count > 1 else { return nil }
        let longest = shared.shownRuns.max { $0.position < $1.position }
        guard let longest, longest.position > whole(shared) + 1e-9 else { return nil }
        return (longest.number, Int(longest.position))
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
        guard shared.curvesRun != nil else { return }
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
            let epoch = places(run, shared).epochs(place)
            let nearest = run.epochs.map { Double($0.epoch) }.min { abs($0 - epoch) < abs($1 - epoch) }
            if let nearest { cursor = nearest }
        }
    }

    /// After an epoch has ended, moves the cursor to a stored point.
    mutating func keepCursor(_ shared: Shared) {
        guard let cursor, !perBatch else { return }
        self.cursor = shared.curvesRun?.history.figures(at: Int(cursor.rounded())).map { Double($0.epoch) }
    }

    mutating func setAxis(_ axis: CurveAxis, _ shared: Shared) {
        let wasPerBatch = perBatch
        self.axis = axis
        guard wasPerBatch, !perBatch else { return }
        // Back to the epoch that the batch belongs to.
        cursor = cursor.map { $0.rounded(.up) }
        keepCursor(shared)
    }

    // MARK: - The y axis

    /// Whether an axis is logarithmic: as the user wants, and by itself where the run has diverged.
    func isLogarithmic(_ quantity: CurvesModel.Quantity, _ shared: Shared) -> Bool {
        guard quantity == .loss else { return false }
        return logarithmic || !isLinear && shared.shownRuns.count < 2 && shared.curvesRun?.hasDiverged == true
    }

    mutating func toggleLogScale(_ shared: Shared) {
        let isOn = isLogarithmic(.loss, shared)
        (logarithmic, isLinear) = (!isOn, isOn && shared.curvesRun?.hasDiverged == true)
    }
}
