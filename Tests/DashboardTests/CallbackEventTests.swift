import Dashboard
import Testing
import Training

@Suite struct CallbackEventTests {
    @Test("A reduction on a plateau is told and marked as a new rate")
    func reduced() {
        var state = Sample.training()
        _ = update(&state, .event(.rateReduced(from: 1e-3, to: 1e-4, position: 2), run: 1))
        #expect(state.message == .note("no better for a while: learning rate reduced to 1e-4"))
        let marker = state.run?.markers.last
        #expect(marker?.kind == .learningRate(1e-4) && marker?.position == 2)
    }

    @Test("Early stopping is told, and the weights that come back bring their digits")
    func stoppedEarly() {
        var state = Sample.training()
        _ = update(&state, .event(.bestEpoch(2, value: 0.3), run: 1))
        _ = update(&state, .event(.stoppedEarly(epoch: 4, best: 2), run: 1))
        #expect(state.message == .note("stopped early after epoch 4: epoch 2 was the best"))
        let validation = Sample.evaluation(epoch: 2)
        _ = update(&state, .event(.weightsReplaced(.best(epoch: 2), validation: validation), run: 1))
        #expect(state.run?.validation == validation)
        _ = update(&state, .event(.finished, run: 1))
        #expect(state.run?.state == .finished)
    }
}
