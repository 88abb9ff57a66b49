import Networks

/// Copies of a run's weights after some of its epochs, to look back at: at most `most`, and `budget` bytes together.
///
/// The epochs 0, 1, 2, 5, 10, 20, 50, … stay, where most changes at first; the others are evenly spaced, and their distance
/// doubles when there are too many. A run of 10,000 epochs of 64 units, 204 KB a copy, keeps 13 MB at most.
package struct KeptWeights {
    /// The weights after one epoch.
    package struct Copy {
        /// Finished epochs.
        package let epoch: Int
        /// All weights, as `Network.tensors` gives them.
        package let tensors: [Tensor]
    }

    /// Oldest first.
    package private(set) var copies: [Copy] = []
    /// The greatest number of copies.
    package let most: Int
    /// Epochs from one evenly spaced copy to the next.
    private var stride = 1

    /// Bytes of all copies together.
    package static let budget = 16 << 20
    /// Copies of a small network.
    private static let mostOfAll = 64

    /// - Parameter parameters: values of one copy, 4 bytes each.
    package init(parameters: Int) {
        most = Self.most(parameters)
    }

    private static func most(_ parameters: Int) -> Int { min(mostOfAll, budget / max(1, 4 * parameters)) }

    /// The most bytes that the copies of a run take.
    ///
    /// - Parameters:
    ///   - parameters: values of one copy, 4 bytes each.
    ///   - epochs: the planned ones.
    package static func bytes(parameters: Int, epochs: Int) -> Int {
        let most = most(parameters)
        // The untrained weights are one of them.
        return most < 2 ? 0 : min(most - 1, epochs) * 4 * parameters + 4 * parameters
    }

    /// The epochs that are kept, oldest first.
    package var epochs: [Int] { copies.map(\.epoch) }

    /// The weights after an epoch; nil where they are not kept.
    package func copy(at epoch: Int) -> Copy? { copies.first { $0.epoch == epoch } }

    /// Keeps the weights after an epoch, if it is one to keep. An epoch that is there already, or an earlier one, ends
    /// what came after it: the run was trained again from there.
    package mutating func note(epoch: Int, _ tensors: () -> [Tensor]) {
        copies.removeAll { $0.epoch >= epoch }
        // A single copy is nothing to compare with.
        guard most >= 2, copies.isEmpty || Self.isKept(epoch, stride) else { return }
        copies.append(Copy(epoch: epoch, tensors: tensors()))
        let first = copies[0].epoch
        while copies.count > most {
            stride *= 2
            let (before, stride) = (copies.count, stride)
            copies.removeAll { !Self.isKept($0.epoch, stride) && $0.epoch != first }
            // Too few fit even for the round epochs.
            if copies.count == before, stride > epoch { copies.remove(at: 1) }
        }
    }

    private static func isKept(_ epoch: Int, _ stride: Int) -> Bool { epoch.isMultiple(of: stride) || isRound(epoch) }

    /// Whether it is 0, 1, 2 or 5, or one of these times a power of ten.
    static func isRound(_ epoch: Int) -> Bool {
        var rest = epoch
        while rest >= 10, rest.isMultiple(of: 10) { rest /= 10 }
        return [0, 1, 2, 5].contains(rest)
    }

    /// At most so many epochs that show how it went: the first, the round ones, and the newest; of too many the later.
    package func tour(_ count: Int) -> [Copy] {
        let round = copies.filter { Self.isRound($0.epoch) || $0.epoch == copies.first?.epoch }
        guard round.count > count, let first = round.first else { return round }
        return [first] + round.suffix(max(0, count - 1))
    }
}
