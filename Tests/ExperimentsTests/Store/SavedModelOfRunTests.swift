import Experiments
import Neural
import Testing
import Training

/// The network that stands for a saved run.
struct SavedModelOfRunTests {
    private let line = "8tanh adam lr=0.01 epochs=5 batch=30 seed=7 val=0.1"

    @Test("A run that ended has the weights of its end; continued and cut short, those it was saved with since")
    func takesNewestWeights() throws {
        let store = try RunStore()
        let run = try store.create(try RunSamples.run(line))
        let (ended, later) = (try RunSamples.trainer(line, batches: 15), try RunSamples.trainer(line, batches: 31))
        var end = RunProgress()
        (end.checkpoint, end.test) = (ended.state, ended.evaluateTest())
        end.final = SavedWeights(at: RunPlace(epoch: 1), tensors: ended.network.tensors())
        end.standing = .init(.finished)
        try store.record(end, run: run)
        func model() throws -> SavedModel { try SavedModel(try #require(try store.summary(of: run)), in: store) }
        #expect(try model().tensors == ended.network.tensors())
        #expect(try model().report?.test != nil)

        try store.claim(run: run)
        var since = RunProgress()
        (since.checkpoint, since.standing) = (later.state, .init(.interrupted))
        try store.record(since, run: run)
        #expect(try model().tensors == later.network.tensors())
        #expect(try model().report?.test == nil, "what was measured is not of these weights")
    }
}
