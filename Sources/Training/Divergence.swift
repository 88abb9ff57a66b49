import Foundation
import Specs

/// Tells from the losses of a run's batches that it has diverged, before its loss is no number, or where it never becomes
/// one.
///
/// It has diverged where the loss stays ten times above both what guessing costs and the least that it was before, and
/// does not come down; or where it is a million times as high for some batches in a row, as on its way to infinity. Not
/// told are spikes that fall again, as with raw pixels or at the first steps of a high rate; losses that begin high, as an
/// untrained network's on raw pixels; and a network that learns nothing, whose loss stays near that of guessing. Losses
/// that have a bound, such as mse, can't show it.
package struct Divergence: Equatable, Sendable {
    /// What was seen when it was noticed.
    package struct Finding: Equatable, Sendable {
        /// The mean loss of the last batches.
        package var loss: Double
        /// The least mean loss before, the first batch's among them.
        package var least: Double
        /// What guessing costs.
        package var chance: Double
    }

    /// Windows in a row that have to be high.
    static let patience = 4
    /// How many times the greater of guessing's loss and the least one before is high.
    static let factor = 10.0
    /// A window is coming down whose loss is less than this share of that at the start of the row.
    static let fall = 0.7
    /// Batches in a row, and how many times that loss, that end it at once.
    static let rush = 5
    static let rushFactor = 1e6

    /// Batches whose mean is one point of the course: a tenth of an epoch, 5 to 50.
    private let window: Int
    private let chance: Double
    private var sum = 0.0
    private var count = 0
    /// The last batches in a row of which each was beyond `rushFactor`, and the sum of their losses.
    private var rushing = 0
    private var rushingSum = 0.0
    /// Means of the last windows, oldest first.
    private var means: [Double] = []
    private var least = Double.infinity
    /// What was found; it stays.
    package private(set) var finding: Finding?

    /// - Parameters:
    ///   - loss: what is made small.
    ///   - classes: of the data set.
    package init(loss: Loss, classes: Int, batchesPerEpoch: Int) {
        chance = loss.ofGuessing(classes: classes)
        window = min(max(batchesPerEpoch / 10, 5), 50)
    }

    /// Takes note of a batch.
    ///
    /// A penalty that is changed while the run is under way is another loss: begin anew then.
    ///
    /// - Parameter loss: its mean loss, with or without penalties.
    /// - Returns: what was found, at the batch that gave it away; nil at all others.
    package mutating func batchFinished(loss: Double) -> Finding? {
        guard finding == nil, loss.isFinite else { return nil }
        // The untrained network's loss counts by itself: it may be high.
        if least == .infinity { least = loss }
        finding = rushFinding(loss) ?? windowFinding(loss)
        return finding
    }

    private var reference: Double { max(chance, least) }

    private mutating func rushFinding(_ loss: Double) -> Finding? {
        let isRushing = loss > Self.rushFactor * reference
        (rushing, rushingSum) = isRushing ? (rushing + 1, rushingSum + loss) : (0, 0)
        guard rushing == Self.rush else { return nil }
        return Finding(loss: rushingSum / Double(Self.rush), least: least, chance: chance)
    }

    private mutating func windowFinding(_ loss: Double) -> Finding? {
        sum += loss
        count += 1
        guard count == window else { return nil }
        let mean = sum / Double(count)
        (sum, count) = (0, 0)
        means = means.suffix(Self.patience - 1) + [mean]
        let isHigh = means.count == Self.patience && means.allSatisfy { $0 > Self.factor * reference }
        let before = least
        least = min(least, mean)
        guard isHigh, mean > Self.fall * means[0] else { return nil }
        return Finding(loss: mean, least: before, chance: chance)
    }
}

extension Loss {
    /// The loss of a network that gives every class the same probability.
    func ofGuessing(classes: Int) -> Double {
        let share = 1 / Double(max(classes, 1))
        return switch kind {
        case .crossentropy, .klDivergence: -log(share)
        case .mse: share * (1 - share)
        case .focal: -focalAlpha * pow(1 - share, focalGamma) * log(share)
        case .hinge: 1
        }
    }
}
