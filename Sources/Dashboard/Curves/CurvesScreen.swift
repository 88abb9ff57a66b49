/// The user's choices in Curves; the charts of Lab share them.
package struct CurvesScreen: Equatable, Sendable {
    /// Position of the value cursor, in epochs of the newest run; nil without a cursor.
    package var cursor: Double?
    /// Whether the loss axis is logarithmic.
    package var logarithmic = false
    /// Whether the user wants a linear axis also for a run that has diverged.
    package var isLinear = false
    /// What the x axis counts.
    package var axis = CurveAxis.epochs
    /// The batches behind the lines.
    package var band = BatchBand.half
    /// Whether compared runs far outside are drawn, and the axes reach to their ends.
    package var showsOutliers = false
    /// How curves are smoothed.
    package var smoothing = Smoothing()
    /// The part of the run that is drawn; nil for all of it.
    package var window: CurvesWindow?

    let cache = CurvesCache()

    package init() {}

    /// Whether training is drawn batch by batch, over an axis of batches.
    package var perBatch: Bool { axis == .steps }
}

/// A part of a run, in its epochs.
package struct CurvesWindow: Equatable, Sendable {
    /// Its length in epochs.
    package var span: Double
    /// Its right end, in epochs; nil stays at the run's newest point.
    package var end: Double?

    package init(span: Double, end: Double?) {
        self.span = span
        self.end = end
    }

    /// The window's place within an axis.
    ///
    /// - Parameters:
    ///   - whole: the end of the axis, in epochs.
    ///   - newest: the run's newest point, in epochs.
    func range(in whole: Double, newest: Double) -> ClosedRange<Double> {
        let end = max(span, min(end ?? newest, whole))
        return (end - span)...end
    }
}
