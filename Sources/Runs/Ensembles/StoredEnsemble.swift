import DataFormats
import Foundation
import Specs
import Training

/// Saved runs whose networks are averaged, under a name.
package struct StoredEnsemble: Sendable, Equatable, Identifiable {
    /// One of its networks.
    package struct Member: Sendable, Equatable {
        /// The run; nil where that was lost with a part of the store.
        package let run: Int?
        /// Its weights when the ensemble was made.
        package let digest: WeightDigest
        /// How much it counts; the weights have a sum of 1.
        package let weight: Double

        package init(run: Int?, digest: WeightDigest, weight: Double) {
            (self.run, self.digest, self.weight) = (run, digest, weight)
        }
    }

    /// Its number in the store.
    package let id: Int
    /// What the user calls it; no two ensembles of a store have one name.
    package let name: String
    /// How probabilities are averaged.
    package let mean: EnsembleMean
    /// When it was made.
    package let created: Date
    /// In their order.
    package let members: [Member]

    package init(id: Int, name: String, mean: EnsembleMean, created: Date, members: [Member]) {
        (self.id, self.name, self.mean) = (id, name, mean)
        (self.created, self.members) = (created, members)
    }

    /// The digest of what it predicts with: SHA-256 over the mean's name, and over each member's digest and the bits of its
    /// weight, a line each.
    package var digest: WeightDigest { Self.digest(mean, members) }

    /// The digest of an ensemble of such members.
    package static func digest(_ mean: EnsembleMean, _ members: [Member]) -> WeightDigest {
        var sum = SHA256()
        sum.update(Array("\(mean.rawValue)\n".utf8))
        for member in members {
            sum.update(Array("\(member.digest) \(String(member.weight.bitPattern, radix: 16))\n".utf8))
        }
        return WeightDigest(sha256: sum.finish())
    }
}
