import Specs
import Testing
import Training

@Suite struct NonFiniteTests {
    @Test("A run whose loss is no number any more names the layer and the rate of its last step")
    func named() throws {
        let spec = try SmallData.spec("9-7 scale=raw sgd lr=100 warmup=0.5 epochs=3")
        let trainer = try Trainer(spec: spec, dataset: SmallData.dataset, threads: 1)
        #expect(trainer.nonFiniteLayer == nil)
        while trainer.epoch < 3 {
            let isFinite = trainer.step().lossSum.isFinite
            #expect(trainer.nonFiniteLayer == nil || !isFinite || trainer.nonFiniteLayer?.place == .weights)
            guard isFinite else { break }
            if trainer.epochIsComplete { _ = trainer.finishEpoch() }
        }
        let found = try #require(trainer.nonFiniteLayer)
        #expect(found.place == .outputs && trainer.rateOfLastStep > 0 && trainer.rateOfLastStep <= 100)
    }
}
