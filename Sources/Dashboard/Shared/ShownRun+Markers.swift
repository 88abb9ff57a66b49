import Specs
import Training

extension ShownRun {
    /// Something that happened at a point of the run.
    package struct Marker: Equatable, Sendable {
        package enum Kind: Equatable, Sendable {
            /// A setting was changed while it trained.
            case setting(LiveSetting)
            /// The rate was reduced on a plateau.
            case learningRate(Double)
            case pause
            /// Single batches trained by hand, one after the other; the newest stands at the marker's place.
            case steps(Int)
            /// The loss was far above where it had been.
            case diverged
            /// The loss was no number.
            case failure
            case stoppedEarly
            /// The run's end gave the network these weights.
            case weightsReplaced(FinalWeights)
            /// It could not be saved for so many epochs.
            case unsaved(epochs: Int)
        }
        package var kind: Kind
        /// In epochs.
        package var position: Double

        package init(kind: Kind, position: Double) {
            self.kind = kind
            self.position = position
        }
    }

    /// More markers could not be told apart.
    package static let mostMarkers = 128

    /// When there are too many, the oldest pause makes room, or else the oldest marker. The same marker at the
    /// same place, such as a second pause, is one.
    mutating func mark(_ kind: Marker.Kind, at position: Double) {
        let marker = Marker(kind: kind, position: position)
        guard !markers.contains(marker) else { return }
        if markers.count == ShownRun.mostMarkers {
            markers.remove(at: markers.firstIndex { $0.kind == .pause } ?? 0)
        }
        markers.append(marker)
    }

    /// Takes a snapshot over. A paused run that has moved by a batch was stepped: steps in a row are one marker.
    mutating func note(_ new: TrainingSnapshot) {
        defer {
            snapshot = new
            state = new.state
        }
        guard let old = snapshot, old.state == .paused, new.state == .paused, old.position < new.position else {
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
