import Datasets
import Networks
import Runs
import Testing
import Training

/// Blobs under a right checksum whose values no program of ours writes: what the fuzzer found in them.
struct HostileBlobTests {
    private func evaluation(
        firstRow: Int = 0, epoch: Int = 1, batch: Int = 0, probabilities: [Float] = [0.25, 0.75, 1, 0]
    ) -> Evaluation {
        Evaluation(
            source: .test, rows: RowNumbers(firstRow..<(firstRow + 2)), classes: 2, epoch: epoch, batch: batch,
            labels: [1, 0],
            probabilities: probabilities, losses: [0.3, 0])
    }

    @Test("Probabilities that are none ended the program in the histogram of margins")
    func refusesProbabilities() throws {
        for value in [3e38, 1.5, -0.5] as [Float] {
            let bytes = evaluation(probabilities: [0.25, 0.75, value, 0]).bytes
            #expect(throws: BlobError.value("probabilities beyond 0 to 1")) { try Evaluation(bytes: bytes) }
        }
        // A network that has diverged gives none, and rounding may add a little.
        for value in [.nan, 1.000_000_1] as [Float] {
            let read = try Evaluation(bytes: evaluation(probabilities: [0.25, 0.75, value, 0]).bytes)
            #expect(MarginHistogram(read, bins: 20).unknown == (value.isNaN ? 1 : 0))
        }
    }

    @Test("Numbers of rows, epochs and steps near the end of an Int ended the program where one was added")
    func refusesGreatNumbers() throws {
        for damaged in [evaluation(firstRow: .max - 2), evaluation(epoch: .max), evaluation(batch: .min)] {
            #expect(throws: BlobError.self) { try Evaluation(bytes: damaged.bytes) }
        }
        for damaged in [evaluation(firstRow: -1), evaluation(epoch: -1), evaluation(batch: -1)] {
            #expect(throws: BlobError.value("a negative number")) { try Evaluation(bytes: damaged.bytes) }
        }
        var state = try RunSamples.trainer("8tanh batch=30 val=0.1", batches: 3).state
        #expect(try TrainerState(bytes: state.bytes) == state)
        state.epoch = .max
        #expect(throws: BlobError.value("the number \(Int.max)")) { try TrainerState(bytes: state.bytes) }
    }

    @Test("The name of a tensor was put into errors whatever it was, with line ends")
    func refusesNames() throws {
        var state = try RunSamples.trainer("8tanh batch=30 val=0.1", batches: 3).state
        for name in ["0.ker\nnel", String(repeating: "x", count: 65), "0.kérnel"] {
            state.network.weights[0].name = name
            let bytes = state.bytes
            #expect(throws: BlobError.value("a tensor without a name of its kind")) { try TrainerState(bytes: bytes) }
        }
    }

    @Test("A state of another network says in words what does not fit")
    func wordsOfErrors() throws {
        var state = try RunSamples.trainer("8tanh batch=30 val=0.1", batches: 3).state
        state.network.weights[0].name = "7.kernel"
        let trainer = try RunSamples.trainer("8tanh batch=30 val=0.1", batches: 0)
        let error = #expect(throws: TrainerStateError.self) { try trainer.restore(state) }
        #expect(
            error?.description
                == "the state's network does not fit the spec: 7.kernel: the network has no tensor of that name")
        #expect("\(NetworkStateError.negativeStep(-1))" == "it has made -1 steps")
    }
}
