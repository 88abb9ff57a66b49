import Training

/// The figures of a run at one place of its curves.
struct CurveReading {
    /// From 1.
    var epoch: Int
    /// Batches of that epoch up to here, and of a whole one; nil at an epoch's end.
    var batch: (done: Int, of: Int)?
    var loss: Double?
    var accuracy: Double?
    /// The least and the greatest batch, where several stand for the place.
    var losses: ClosedRange<Double>?
    var accuracies: ClosedRange<Double>?
    var validationLoss: Double?
    var validationAccuracy: Double?
    var learningRate: Double?
    var seconds: Double?

    init(_ figures: EpochFigures) {
        epoch = figures.epoch
        loss = figures.loss
        accuracy = figures.accuracy
        validationLoss = figures.validationLoss
        validationAccuracy = figures.validationAccuracy
        learningRate = figures.learningRate
        seconds = figures.seconds
    }
}

extension ShownRun {
    /// Batches of an epoch; 1 before they are known.
    var batchesPerEpoch: Int { max(1, facts?.batchesPerEpoch ?? snapshot?.batchesPerEpoch ?? 1) }

    /// Batches that each full bucket of the batches' history stands for.
    var batchStride: Int { snapshot?.history.stride ?? 1 }

    /// Epochs done, with the share of the one under way.
    var position: Double { max(snapshot?.position ?? 0, Double(history.count)) }

    /// The figures of the epoch at a place, or of the newest one.
    func reading(atEpoch epoch: Double?) -> CurveReading? {
        let figures = epoch.flatMap { history.figures(at: Int($0.rounded())) }
        if let figures { return CurveReading(figures) }
        return epoch == nil ? history.last.map { CurveReading($0) } : nil
    }

    /// The figures of the batches at a place, counted from the run's start, with those of the epoch before it.
    ///
    /// - Parameter batch: how many batches were done; nil for the newest.
    func reading(atBatch batch: Double?) -> CurveReading? {
        guard let batches = snapshot?.history, let last = batches.buckets.indices.last else { return nil }
        let index = batch.map { Int((max(0, $0) - 0.5) / Double(batches.stride)) } ?? last
        guard batches.buckets.indices.contains(index) else { return nil }
        let bucket = batches.buckets[index]
        let done = index * batches.stride + bucket.count
        let before = (done - 1) / batchesPerEpoch
        var reading = CurveReading(epoch: before + 1)
        reading.batch = (done - before * batchesPerEpoch, batchesPerEpoch)
        reading.loss = bucket.loss.mean(bucket.count)
        reading.accuracy = bucket.accuracy.mean(bucket.count)
        reading.losses = bucket.count > 1 ? bucket.loss.range : nil
        reading.accuracies = bucket.count > 1 ? bucket.accuracy.range : nil
        // Validation is measured at the ends of epochs: the newest one so far holds.
        let validated = history.figures(at: max(1, done / batchesPerEpoch))
        if let validated, validated.epoch <= max(1, done / batchesPerEpoch), done >= batchesPerEpoch {
            reading.validationLoss = validated.validationLoss
            reading.validationAccuracy = validated.validationAccuracy
        }
        reading.learningRate = history.figures(at: before + 1)?.learningRate ?? snapshot?.learningRate
        return reading
    }
}

extension CurveReading {
    fileprivate init(epoch: Int) { self.epoch = epoch }
}

extension BatchHistory.Extent {
    /// NaN if one of the values is.
    func mean(_ count: Int) -> Double { Double(sum) / Double(max(1, count)) }

    /// Nil if no value is a number.
    var range: ClosedRange<Double>? { low <= high ? Double(low)...Double(high) : nil }
}

extension CurveReading {
    /// Validation loss less training loss: how much better the network knows the rows that it was trained on.
    var gap: Double? {
        guard let loss, let validationLoss, loss.isFinite, validationLoss.isFinite else { return nil }
        return validationLoss - loss
    }
}
