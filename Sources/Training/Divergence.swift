import Foundation
import Specs

/// Finds from the losses of a run's batches that the run has diverged, before its loss is NaN or infinite, or where it
/// never becomes so.
///
/// A run has diverged where the loss does not come down, and stays ten times above both the loss of guessing and the
/// least loss before. It also has where the loss is a million times as high for some batches in a row, as on its way to
/// infinity.
///
/// Not reported are:
/// - spikes that fall again, as with raw pixels or at the first steps of a high rate;
/// - losses that begin high, as an untrained network's on raw pixels;
/// - a network that learns nothing, whose loss stays near that of guessing;
/// - losses that have an upper bound, such as mse.
package struct Divergence: Equatable, Sendable {
    /// The losses when the divergence was found.
    package struct Finding: Equatable, Sendable {
        /// The mean loss of the last batches.
        package var loss: Double
        /// The least mean loss before, or the first batch's loss if that was less.
        package var least: Double
        /// The loss of a network that gives every class the same probability.
        package var chance: Double
    }

    /// The number of consecutive windows that have to be high.
    static let patience = 4
    /// A window is high where its mean is this many times the greater of guessing's loss and the least one before.
    static let factor = 10.0
    /// The loss is coming down where a window's mean is less than this share of the first of the row.
    static let fall = 0.7
    /// The number of consecutive batches, and the factor of their loss, that are a divergence at once.
    static let rush = 5
    static let rushFactor = 1e6

    /// Batches of a window: a tenth of an epoch, 5 to 50.
    private let window: Int
    private let chance: Double
    private var sum = 0.0
    private var count = 0
    /// Consecutive batches up to now whose loss is beyond `rushFactor`, and the sum of their losses.
    private var rushing = 0
    private var rushingSum = 0.0
    /// Means of the last windows, oldest first.
    private var means: [Double] = []
    private var least = Double.infinity
    /// The first finding; it never changes.
    package private(set) var finding: Finding?

    /// - Parameters:
    ///   - loss: the loss function, whose value for guessing is the reference.
    ///   - classes: number of classes of the data set.
    package init(loss: Loss, classes: Int, batchesPerEpoch: Int) {
        chance = loss.ofGuessing(classes: classes)
        window = min(max(batchesPerEpoch / 10, 5), 50)
    }

    /// Adds the loss of a batch.
    ///
    /// A changed penalty makes another loss: begin with a new value then.
    ///
    /// - Parameter loss: its mean loss, with or without penalties; NaN and infinity are ignored.
    /// - Returns: the finding, once, at the batch that completes it; nil at all others.
    package mutating func batchFinished(loss: Double) -> Finding? {
        guard finding == nil, loss.isFinite else { return nil }
        // The untrained network's loss is a window of its own: it may be high.
        if least == .infinity { least = loss }
        finding = rushFinding(loss) ?? windowFinding(loss)
        return finding
    }

    /// Whether a run whose batches are not known has diverged, by its epochs: its last loss is not finite or far above
    /// that of guessing, or a loss before was on its way to infinity.
    ///
    /// - Parameters:
    ///   - loss: the mean loss of its last epoch.
    ///   - greatest: the greatest one of all epochs.
    package static func isEnd(loss: Double, greatest: Double, _ function: Loss, classes: Int) -> Bool {
        guard loss.isFinite, greatest.isFinite else { return true }
        let chance = function.ofGuessing(classes: classes)
        return loss > factor * chance || greatest > rushFactor * chance
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
