import Specs

/// The read-outs that somebody watches: fitted when they are asked for, and again as the weights change.
///
/// A fit takes longer than all else that is watched. While a run trains there is one every two seconds at most, in at
/// most a sixtieth of the time; between two, the last figures stay.
struct Probing {
    private var rows: ProbeRows?
    private var pixels: LinearReadout?
    private var fitted: (key: Key, probes: FittedProbes)?
    /// Whether the weights have changed since the fit.
    private var isStale = false
    private var next: ContinuousClock.Instant?
    /// What the last fit gave for its image: the run's weights are others soon.
    private var last: (image: [UInt8], probes: LayerProbes)?

    /// The weights that a fit is of.
    struct Key: Equatable {
        var place: RunPlace
        /// Whether they are those that were kept, not those of the run.
        var areKept: Bool
    }

    private static let interval = Duration.seconds(2)
    private static let leastShare = 60

    /// To be called after the run's weights have changed.
    mutating func weightsChanged() { if fitted?.key.areKept == false { isStale = true } }

    /// Whether the read-outs have to be fitted before they tell of these weights.
    ///
    /// - Parameter now: nil where the run does not train.
    func isDue(_ key: Key, now: ContinuousClock.Instant?) -> Bool {
        guard let fitted, fitted.key == key, !isStale else {
            // Others are wanted, or none are there.
            guard let now, let next, fitted?.key.areKept == key.areKept else { return true }
            return now >= next
        }
        return false
    }

    /// What is known without a fit; nil where nothing is.
    func known(_ key: Key, _ image: [UInt8], _ outputs: [[Float]]) -> LayerProbes? {
        guard let fitted else { return nil }
        if fitted.key == key { return isStale ? nil : fitted.probes.reading(image, outputs) }
        guard fitted.key.areKept == key.areKept else { return nil }
        if let last, last.image == image { return last.probes }
        return fitted.probes.figures
    }

    /// Fits them, and reads an image with them.
    mutating func fit(
        _ trainer: Trainer, _ key: Key, _ image: [UInt8], _ outputs: [[Float]], now: () -> ContinuousClock.Instant
    ) -> LayerProbes {
        let start = now()
        let rows = rows ?? ProbeRows(trainer)
        if self.rows == nil {
            self.rows = rows
            pixels = trainer.fitPixels(rows)
        }
        let probes = trainer.fitProbes(rows, pixels: pixels, at: key.place)
        let reading = probes.reading(image, outputs)
        (fitted, isStale, last) = ((key, probes), false, (image, reading))
        next = now() + max(Self.interval, start.duration(to: now()) * Self.leastShare)
        return reading
    }
}
