import Specs
import Training

extension ShownRun {
    /// A mark of an event at a position of the run.
    package struct Marker: Equatable, Sendable {
        /// What happened there.
        package enum Kind: Equatable, Sendable {
            /// A setting was changed while it trained.
            case setting(LiveSetting)
            /// The rate was reduced on a plateau.
            case learningRate(Double)
            case pause
            /// Single steps, one after the other; the newest is at the marker's position.
            case steps(Int)
            /// The loss was far above its earlier values.
            case diverged
            /// The loss was NaN or infinite.
            case failure
            case stoppedEarly
            /// The run's end replaced the network's weights.
            case weightsReplaced(FinalWeights)
            /// It could not be saved for so many epochs.
            case unsaved(epochs: Int)
        }
        /// What happened there.
        package var kind: Kind
        /// Its position in epochs.
        package var position: Double

        package init(kind: Kind, position: Double) {
            self.kind = kind
            self.position = position
        }
    }

    /// The greatest number of markers, as more could not be distinguished.
    package static let mostMarkers = 128

    /// Whether it has diverged: its loss was not finite, or stayed far above that of guessing; see `Divergence`. Of a
    /// saved run only its epochs are known.
    var hasDiverged: Bool {
        if markers.contains(where: { $0.kind == .diverged || $0.kind == .failure }) { return true }
        guard !isAlive, let last = history.last else { return false }
        return Divergence.isEnd(
            loss: last.loss, greatest: history.greatestLoss, spec.training.loss, classes: spec.network.classes)
    }

    /// Where there are too many, the oldest pause is removed, or else the oldest marker. The same marker at the same
    /// position, such as a second pause, is added only once.
    mutating func mark(_ kind: Marker.Kind, at position: Double) {
        let marker = Marker(kind: kind, position: position)
        guard !markers.contains(marker) else { return }
        if markers.count == ShownRun.mostMarkers {
            markers.remove(at: markers.firstIndex { $0.kind == .pause } ?? 0)
        }
        markers.append(marker)
    }

    /// Applies a snapshot. If a paused run has moved by a batch, the user stepped it: consecutive steps are one marker.
    mutating func note(_ new: TrainingSnapshot) {
        defer {
            snapshot = new
            if !isOpened { state = new.state }
        }
        guard !isOpened, let old = snapshot, old.state == .paused, new.state == .paused, old.position < new.position
        else {
            return
        }
        let batch = 1 / Double(max(1, new.batchesPerEpoch))
        guard new.position - old.position < 1.5 * batch else { return }
        if let last = markers.last, case .steps(let count) = last.kind, abs(last.position - old.position) < 0.5 * batch
        {
            markers[markers.count - 1] = Marker(kind: .steps(count + 1), position: new.position)
        } else {
            mark(.steps(1), at: new.position)
        }
    }
}
