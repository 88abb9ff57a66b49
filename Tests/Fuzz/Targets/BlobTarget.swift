import Foundation
import Networks
import Runs
import TestSupport
import Training

/// A checkpoint, weights or an evaluation under a right checksum: the first byte says which, the second the layout.
struct BlobTarget: FuzzTarget {
    static let name = "blob"
    static let parsers = ["TrainerState.init(bytes", "Evaluation.init(bytes", "Tensor.reading", "RowSet.init(bytes"]

    init() throws {}

    static func samples() throws -> [String: [UInt8]] {
        let trainer = try StoreSamples.trainer()
        func input(_ data: Data, _ kind: UInt8) -> [UInt8] { [kind, data[4]] + data.dropFirst(Blob.headerLength) }
        return [
            "checkpoint": input(trainer.state.bytes, 0), "weights": input(Tensor.bytes(trainer.network.tensors()), 1),
            "evaluation": input(trainer.evaluateTest().bytes, 2),
        ]
    }

    func run(_ input: [UInt8]) throws {
        guard input.count >= 2 else { return }
        let bytes = Data(Blob.sealed(input[0], input[1], Array(input.dropFirst(2))))
        do {
            switch input[0] % 3 {
            case 0: try Self.train(try Self.comesBack(try TrainerState(bytes: bytes)))
            case 1:
                let tensors = try Tensor.reading(bytes)
                let again = Tensor.bytes(tensors)
                try require(Tensor.bytes(try Tensor.reading(again)) == again, "other weights come back")
            default:
                let evaluation = try Evaluation(bytes: bytes)
                let again = evaluation.bytes
                try require(try Evaluation(bytes: again).bytes == again, "another evaluation comes back")
                try EvaluationReading.readAll(evaluation)
            }
        } catch let error as BlobError {
            try requireMessage(error)
        }
    }

    private static func comesBack(_ state: TrainerState) throws -> TrainerState {
        let again = state.bytes
        try require(try TrainerState(bytes: again).bytes == again, "another state comes back")
        return state
    }

    /// A state that a trainer takes can be trained from.
    static func train(_ state: TrainerState) throws {
        guard !state.network.weights.isEmpty else { return }
        let trainer = try Trainer(spec: try StoreSamples.spec(), dataset: StoreSamples.dataset, threads: 1)
        do { try trainer.restore(state) } catch {
            try requireMessage(error)
            return
        }
        for _ in 0..<3 {
            if trainer.epochIsComplete { _ = trainer.finishEpoch() } else { _ = trainer.step() }
        }
        _ = trainer.history.samples.losses.indices.map { trainer.history.samples.batches(at: $0) }
        try EvaluationReading.readAll(trainer.evaluateTest())
        _ = try TrainerState(bytes: trainer.state.bytes)
    }
}
