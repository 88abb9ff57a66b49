import Datasets
import Networks
import Specs
import TestSupport
import Testing
import Training

/// The weights of a run are the same whoever shares its steps, and wherever it is taken up.
@Suite struct SameBitsTests {
    /// The network's whole state and what it predicts, at the run's end.
    private struct Outcome: Equatable {
        let state: TrainerState
        let weights: [Tensor]
        let test: Evaluation
    }

    private func trainer(_ line: String, threads: Int) throws -> Trainer {
        try Trainer(spec: try SmallData.spec(line), dataset: SmallData.dataset, threads: threads)
    }

    private func finish(_ trainer: Trainer) -> Outcome {
        while trainer.epoch < trainer.spec.training.epochs, !trainer.stopsEarly {
            if !trainer.epochIsComplete { _ = trainer.step() }
            if trainer.epochIsComplete { _ = trainer.finishEpoch() }
        }
        var state = trainer.state
        // Time is no part of what a run computes.
        state.running.seconds = 0
        trainer.finishRun()
        return Outcome(state: state, weights: trainer.network.tensors(), test: trainer.evaluateTest())
    }

    @Test(arguments: TrustedSpecs.lines)
    func `one to eight workers come to the same bits, and so does a run that is taken up after any number of steps`(
        line: String
    ) throws {
        let alone = finish(try trainer(line, threads: 1))
        #expect(alone.weights.contains { $0.values.contains { $0 != 0 && $0.isFinite } })
        for threads in 2...8 {
            // Steps are shared for as long as the governor has not tried what is faster.
            #expect(finish(try trainer(line, threads: threads)) == alone, "\(threads) workers")
        }
        let first = try trainer(line, threads: 2)
        for step in 0..<(first.batchesPerEpoch + 3) {
            if first.epochIsComplete { _ = first.finishEpoch() }
            let next = try trainer(line, threads: 1 + step % 4)
            try next.restore(first.state)
            // Each taken up a step later than the one before.
            _ = next.step()
            _ = first.step()
            #expect(next.state.network == first.state.network, "after \(step) steps")
            if step % 7 == 3 { #expect(finish(next) == alone, "after \(step) steps") }
        }
    }

    @Test func `the table has every choice of the language that decides what is computed`() throws {
        let specs = try TrustedSpecs.lines.map(SmallData.spec)
        func missing<Kind: CaseIterable & Hashable>(_ kind: Kind.Type, _ found: (ExperimentSpec) -> [Kind]) -> [Kind] {
            let there = Set(specs.flatMap(found))
            return Kind.allCases.filter { !there.contains($0) }
        }
        #expect(missing(Activation.Kind.self) { $0.network.hidden.map(\.activation.kind) } == [])
        #expect(missing(Optimizer.Kind.self) { [$0.training.optimizer.kind] } == [])
        #expect(missing(LearningRateSchedule.Kind.self) { [$0.training.schedule.kind] } == [])
        #expect(missing(InputScale.self) { [$0.training.scale] } == [])
        #expect(missing(Augmentation.Preset.self) { [$0.training.augmentation.preset] } == [])
        #expect(missing(Initializer.self) { [$0.training.initializer] } == [])
        #expect(missing(Loss.Kind.self) { [$0.training.loss.kind] } == [])
        #expect(missing(HoldingOut.self) { [$0.training.split] } == [])
        #expect(missing(ClassWeighting.self) { [$0.training.classWeight] } == [])
    }
}
