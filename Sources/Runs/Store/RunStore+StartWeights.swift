import DataFormats
import GRDB
import Networks
import Specs
import Training

extension WeightDigest {
    /// The digest of weights: SHA-256 over each tensor in the order of the names, its name, a line end, its sizes with
    /// commas between them, a line end, and its values as little-endian single-precision numbers, row by row.
    package init(of tensors: [Tensor]) {
        var digest = SHA256()
        for tensor in tensors.sorted(by: { $0.name < $1.name }) {
            digest.update(Array("\(tensor.name)\n\(tensor.shape.map(String.init).joined(separator: ","))\n".utf8))
            // A key path would be walked anew for each value.
            tensor.values.map { $0.bitPattern.littleEndian }.withUnsafeBytes { digest.update(Array($0)) }
        }
        self.init(sha256: digest.finish())
    }
}

extension RunStore {
    /// The saved weights of a digest, of any run that has them: those that it ended with, its best ones, those that it
    /// began with, or those of its newest state. A part that can't be read is not any run's.
    ///
    /// - Parameter parameters: of the network that is looked for: runs with as many are looked at first.
    /// - Returns: nil where no run has them.
    package func weights(of digest: WeightDigest, parameters: Int? = nil) throws(StoreError) -> [Tensor]? {
        try owner(of: digest, parameters: parameters)?.weights
    }

    /// The run that has the saved weights of a digest, and these; as `weights(of:parameters:)` finds them. A run that only
    /// began with them is named where no other has them.
    package func owner(
        of digest: WeightDigest, parameters: Int? = nil
    ) throws(StoreError) -> (run: RunSummary, weights: [Tensor])? {
        let all = try summaries(.all)
        let digests = try read { try Self.digests($0) }
        func rank(_ run: RunSummary) -> Int {
            // Runs of the same rank keep their order.
            let isKnown = digests[run.id]?.values.contains(digest.description) ?? false
            return (run.begins(with: digest) ? 4 : 0) + (isKnown ? 0 : 2) + (run.parameters == parameters ? 0 : 1)
        }
        let ranks = all.map(rank)
        for run in all.indices.sorted(by: { (ranks[$0], $0) < (ranks[$1], $1) }).map({ all[$0] }) {
            for kind in [SavedWeights.Kind.start, .final, .best] {
                if let known = digests[run.id]?[kind.rawValue], known != digest.description { continue }
                let found = try readable { () throws(StoreError) in try weights(of: run.id, kind)?.tensors }
                if let found, WeightDigest(of: found) == digest { return (run, found) }
            }
            guard run.finalPlace == nil || !run.endsWithFinalWeights else { continue }
            let state = try readable { () throws(StoreError) in try checkpoint(of: run.id)?.network.weights }
            if let state, WeightDigest(of: state) == digest { return (run, state) }
        }
        return nil
    }

    /// The digests that stand beside weights, by run and kind.
    private static func digests(_ database: Database) throws -> [Int: [String: String]] {
        var digests: [Int: [String: String]] = [:]
        let rows = try Row.fetchCursor(database, sql: "SELECT run, kind, sha256 FROM weights WHERE sha256 IS NOT NULL")
        while let row = try rows.next() {
            digests[try row.count("run"), default: [:]][try row.value("kind")] = try row.value("sha256") as String
        }
        return digests
    }

    /// The weights that a run has now: those that it ended with, or those of its newest state.
    ///
    /// A run that was continued, and then interrupted, still has the weights of its earlier end.
    ///
    /// - Returns: nil where none are saved.
    package func newestWeights(of run: RunSummary) throws(StoreError) -> NewestWeights? {
        let final = try weights(of: run.id, .final)
        if let final, run.endsWithFinalWeights { return NewestWeights(tensors: final.tensors, state: nil) }
        guard let state = try checkpoint(of: run.id) else {
            return final.map { NewestWeights(tensors: $0.tensors, state: nil) }
        }
        return NewestWeights(
            tensors: state.network.weights, state: RunPlace(epoch: state.epoch, batch: state.batch))
    }

    private func readable<Value>(_ body: () throws(StoreError) -> Value?) throws(StoreError) -> Value? {
        do throws(StoreError) { return try body() } catch {
            if case .damaged = error { return nil }
            throw error
        }
    }

    /// Gives the weights that a line names, from a store that is opened when they are asked for.
    package static func weightFinder(
        _ open: @escaping @Sendable () throws(StoreError) -> RunStore
    ) -> WeightFinder {
        WeightFinder { digest, network throws(TrainingError) in
            let store: RunStore
            do throws(StoreError) { store = try open() } catch {
                throw .noWeights(digest, reason: error.description)
            }
            return try store.weightFinder.weights(digest, network)
        } teacher: { digest, dataset throws(TrainingError) in
            let store: RunStore
            do throws(StoreError) { store = try open() } catch {
                throw .noTeacher(digest, reason: error.description)
            }
            return try store.weightFinder.teacher(digest, dataset)
        }
    }

    /// Gives the weights that a run's line names.
    package var weightFinder: WeightFinder {
        WeightFinder { [self] digest, network throws(TrainingError) in
            let found: [Tensor]?
            do throws(StoreError) {
                found = try inItsPlace().weights(of: digest, parameters: network.parameterCount)
            } catch {
                throw .noWeights(digest, reason: error.description)
            }
            guard let found else {
                throw .noWeights(
                    digest,
                    reason:
                        "no run in \(path) has them; `trainspotter import` and `trainspotter runs import` bring weights in"
                )
            }
            return found
        } teacher: { [self] digest, dataset throws(TrainingError) in
            let store: RunStore
            do throws(StoreError) { store = try inItsPlace() } catch {
                throw .noTeacher(digest, reason: error.description)
            }
            return try store.teacher(of: digest, dataset)
        }
    }
}

/// The weights that a run has now.
package struct NewestWeights: Sendable {
    /// All of the network's.
    package let tensors: [Tensor]
    /// The place of the state that they are of; nil where the run ended with them.
    package let state: RunPlace?
}

extension RunSummary {
    /// Whether its line names these weights as those that it began with.
    package func begins(with digest: WeightDigest) -> Bool { specLine.contains("from=\(digest)") }

    /// Whether nothing was trained behind its final weights, where it has some.
    var endsWithFinalWeights: Bool { state == .finished || state == .stopped }
}
