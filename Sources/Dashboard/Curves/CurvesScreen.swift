/// What a person chose in Curves; the charts of Lab follow it.
package struct CurvesScreen: Equatable, Sendable {
    /// Where the value cursor stands, in epochs of the newest run; nil without a cursor.
    package var cursor: Double?
    /// The loss axis.
    package var logarithmic = false
    /// Whether training is drawn batch by batch, over an axis of batches.
    package var perBatch = false
    package var smoothing = Smoothing()
    /// The part of the run that is to be seen; nil for all of it.
    package var window: CurvesWindow?

    package init() {}
}

/// A part of a run, in its epochs.
package struct CurvesWindow: Equatable, Sendable {
    /// Its length.
    package var span: Double
    /// Its right end; nil stays at the run's newest point.
    package var end: Double?

    package init(span: Double, end: Double?) {
        self.span = span
        self.end = end
    }

    /// The window's place within an axis.
    ///
    /// - Parameters:
    ///   - whole: how far the axis reaches.
    ///   - newest: how far the run has come.
    func range(in whole: Double, newest: Double) -> ClosedRange<Double> {
        let end = max(span, min(end ?? newest, whole))
        return (end - span)...end
    }
}
