import TerminalUI
import Training

/// The confusion matrix on the screen: of the newest epoch or an earlier one, alone or against another.
struct ShownConfusion {
    /// Rows true, columns predicted.
    let counts: [[Int]]
    /// The rows that it is of.
    let source: Evaluation.Source
    /// Epochs trained when it was measured.
    let epoch: Int
    /// The evaluation with every row; nil for an earlier epoch.
    let evaluation: Evaluation?
    /// As large as `counts`; nil without a difference.
    let baseline: [[Int]]?
    /// The name of the baseline: `epoch 2`, `run 3`.
    let baselineName: String
    /// Its rows and weights.
    let measuredOn: MeasuredOn

    var classes: Int { counts.count }

    /// A matrix scaled to as many images of each class as another one, as a run with more validation rows has greater
    /// counts.
    static func scaled(_ counts: [[Int]], to other: [[Int]]) -> [[Int]] {
        zip(counts, other).map { row, otherRow in
            let (total, wanted) = (row.reduce(0, +), otherRow.reduce(0, +))
            guard total != wanted, total > 0 else { return row }
            return row.map { Int((Double($0) * Double(wanted) / Double(total)).rounded()) }
        }
    }

    /// Number of confused pairs, or of changed ones.
    var pairs: Int {
        counts.enumerated().reduce(0) { sum, line in
            let before = baseline?[line.offset]
            return sum + line.element.indices.count { $0 != line.offset && line.element[$0] != before?[$0] ?? 0 }
        }
    }

    /// Cells off the diagonal with the greatest counts, or the greatest differences; ties by class.
    func mostConfused(_ limit: Int) -> [ConfusedPair] {
        var pairs: [ConfusedPair] = []
        for (truth, row) in counts.enumerated() {
            for (predicted, count) in row.enumerated() where truth != predicted {
                let difference = count - (baseline?[truth][predicted] ?? 0)
                guard difference != 0 else { continue }
                pairs.append(ConfusedPair(truth: truth, predicted: predicted, count: difference))
            }
        }
        let sorted = pairs.sorted {
            (abs($1.count), $0.truth, $0.predicted) < (abs($0.count), $1.truth, $1.predicted)
        }
        return Array(sorted.prefix(max(0, limit)))
    }
}

extension Shared {
    /// Nil before the first evaluation.
    var shownConfusion: ShownConfusion? {
        guard let run else { return nil }
        if source == .validation, let chosen = lookBack.epoch,
            let epoch = run.confusions.epochs.last(where: { $0 <= chosen }),
            let counts = run.confusions.confusion(at: epoch)
        {
            return shown(counts, epoch: epoch, nil)
        }
        return evaluation.map { shown($0.confusion, epoch: $0.epoch, $0) } ?? storedConfusion(of: run)
    }

    /// The newest matrix that is saved of an opened run, whose network may not be there.
    private func storedConfusion(of run: ShownRun) -> ShownConfusion? {
        guard run.isOpened, let counts = run.confusion(source) else { return nil }
        let epoch = source == .test ? run.testPlace?.epoch : run.confusions.epochs.last
        return shown(counts, epoch: epoch ?? run.history.count, nil)
    }

    private func shown(_ counts: [[Int]], epoch: Int, _ evaluation: Evaluation?) -> ShownConfusion {
        let (baseline, name) = baseline
        let place = measured(evaluation?.measuredOn ?? MeasuredOn(source: source, epoch: epoch))
        // Another network may have other classes.
        guard let baseline, baseline.count == counts.count else {
            return ShownConfusion(
                counts: counts, source: source, epoch: epoch, evaluation: evaluation, baseline: nil, baselineName: "",
                measuredOn: place)
        }
        let scaled = ShownConfusion.scaled(baseline, to: counts)
        return ShownConfusion(
            counts: counts, source: source, epoch: epoch, evaluation: evaluation, baseline: scaled,
            baselineName: scaled == baseline ? name : "\(name), scaled", measuredOn: place)
    }

    private var baseline: (counts: [[Int]]?, name: String) {
        switch lookBack.baseline {
        case .epoch(let epoch) where source == .validation:
            return (run?.confusions.confusion(at: epoch), epoch == 0 ? startWords : "epoch \(epoch)")
        case .run(let key):
            let record = record(key)
            return (record?.confusion(source), "run \(record?.number ?? key.number)")
        case .epoch, nil: return (nil, "")
        }
    }

    /// Other runs with a matrix to compare with: the marked ones, the last first, or else earlier ones, the newest first.
    /// The matrix of a saved run may not be read yet.
    var otherRuns: [RunKey] {
        let marked = comparison.marked.map(\.key).filter { $0 != run?.key }
        return (marked.isEmpty ? earlierRuns : marked).reversed().filter { key in
            guard let record = record(key) else { return true }
            return record.confusion(source) != nil
        }
    }

    /// The next of the other runs, and after the last none.
    mutating func cycleBaseline() {
        let others = otherRuns
        guard let first = others.first else { return savedRuns.read(for: .baseline, orSay: &message) }
        guard case .run(let key) = lookBack.baseline, let index = others.firstIndex(of: key) else {
            return lookBack.baseline = .run(first)
        }
        lookBack.baseline = index + 1 < others.count ? .run(others[index + 1]) : nil
    }
}
