import Foundation
import Networks
import Specs
import Testing
import Training

/// Schedules, callbacks and the saved state of a run, at the trainer.
@Suite struct TrainerRunTests {
    private func trainer(_ line: String, threads: Int = 1) throws -> Trainer {
        try Trainer(spec: try SmallData.spec(line), dataset: SmallData.dataset, threads: threads)
    }

    /// Trains to the end of the run.
    @discardableResult
    private func finish(_ trainer: Trainer) -> [EpochReport] {
        var reports: [EpochReport] = []
        while trainer.epoch < trainer.spec.training.epochs, !trainer.stopsEarly {
            if !trainer.epochIsComplete { _ = trainer.step() }
            if trainer.epochIsComplete { reports.append(trainer.finishEpoch()) }
        }
        return reports
    }

    private static let settings =
        Optimizer.Kind.allCases.map { "\($0.rawValue) lr=0.01" } + [
            "sgd momentum=0.9 nesterov=true clipnorm=0.1 schedule=cosine warmup=0.5",
            "rmsprop momentum=0.5 centered=true globalclipnorm=1 schedule=one_cycle",
            "adam amsgrad=true ema=0.9 emaevery=7 restore=true",
            "adamw maxnorm=1 clipvalue=0.05 patience=1 mindelta=0.5 restore=true",
            "nadam ema=0.95 plateau=0 factor=0.5 monitor=accuracy", "muon ema=0.9 restore=true monitor=loss",
        ]

    @Test("A run taken up anywhere ends with the same bits, on another number of workers", arguments: settings)
    func resumed(line: String) throws {
        let line = "40relu+bn+noise0.1+drop0.3-17tanh \(line) epochs=4 l2=1e-4 seed=9"
        let straight = try trainer(line)
        finish(straight)
        let first = try trainer(line)
        // In the middle of the second epoch.
        for _ in 0..<first.batchesPerEpoch { _ = first.step() }
        _ = first.finishEpoch()
        for _ in 0..<5 { _ = first.step() }
        let saved = try JSONEncoder().encode(first.state)

        let second = try trainer(line, threads: 2)
        try second.restore(JSONDecoder().decode(TrainerState.self, from: saved))
        #expect(second.position == first.position && second.history == first.history)
        #expect(second.state == first.state)
        finish(second)
        #expect(second.state == straight.state)
        #expect(second.finishRun() == straight.finishRun())
        #expect(second.evaluateTest() == straight.evaluateTest())
    }

    @Test("A state that is not the spec's is refused, and changes nothing")
    func refusals() throws {
        let trainer = try trainer("8relu+drop0.2 restore=true epochs=2")
        for _ in 0..<3 { _ = trainer.step() }
        let good = trainer.state
        func refusal(_ change: (inout TrainerState) -> Void) -> TrainerStateError? {
            var state = good
            state.lastRate = 7
            change(&state)
            do throws(TrainerStateError) {
                try trainer.restore(state)
            } catch {
                return error
            }
            return nil
        }
        #expect(refusal { $0.batch = 16 } == .position(epoch: 0, batch: 16, batchesPerEpoch: 15))
        #expect(refusal { $0.epoch = -1 } == .position(epoch: -1, batch: 3, batchesPerEpoch: 15))
        #expect(refusal { $0.baseRate = .nan } != nil)
        #expect(refusal { $0.l2 = -1 } == .setting("the L2 factor -1.0"))
        #expect(refusal { $0.l1 = .infinity } == .setting("the L1 factor inf"))
        #expect(refusal { $0.dropout = [] } == .setting("0 dropout rates for 1 hidden layers"))
        #expect(refusal { $0.dropout = [1] } == .setting("the dropout rate 1.0"))
        #expect(refusal { $0.network.moments = [] } == .network(.moments(expected: 2, found: 0)))
        #expect(refusal { $0.bestWeights = [] } == .bestWeights(.missing(name: "0.bias")))
        #expect(trainer.state == good)
    }

    @Test("Each step takes the schedule's rate, and an epoch reports that of its last step")
    func schedule() throws {
        let trainer = try trainer("8relu epochs=3 schedule=exponential decaysteps=10 decayrate=0.5 warmup=1 lr=0.02")
        var rates: [Double] = []
        while trainer.epoch < 2 {
            _ = trainer.step()
            rates.append(trainer.network.learningRate)
            if trainer.epochIsComplete { #expect(trainer.finishEpoch().figures.learningRate == rates.last) }
        }
        // 15 batches: a line from 0, then halves in ten steps.
        for (step, rate) in rates.enumerated() {
            let wanted = step < 15 ? 0.02 * Double(step) / 15 : 0.02 * pow(0.5, Double(step - 15) / 10)
            #expect(abs(rate - wanted) < 1e-12)
        }
        #expect(rates.count == 30)
    }

    @Test("A person's rate multiplies the schedule from then on")
    func rateWithSchedule() throws {
        let line = "8relu epochs=2 schedule=polynomial lr=0.01 lrend=0.001"
        let (plain, changed) = (try trainer(line), try trainer(line))
        for _ in 0..<4 { for trainer in [plain, changed] { _ = trainer.step() } }
        #expect(plain.network.learningRate == changed.network.learningRate)
        changed.apply(.learningRate(0.03))
        for _ in 0..<4 { for trainer in [plain, changed] { _ = trainer.step() } }
        #expect(abs(changed.network.learningRate - 3 * plain.network.learningRate) < 1e-12)
    }

    @Test("Early stopping ends the run, and the best epoch's weights come back")
    func stopsEarly() throws {
        // At such a rate the network gets worse soon.
        let trainer = try trainer("16tanh sgd lr=3 momentum=0.95 epochs=40 patience=2 restore=true seed=4")
        var weights: [[Tensor]] = []
        var reports: [EpochReport] = []
        while trainer.epoch < 40, !trainer.stopsEarly {
            while !trainer.epochIsComplete { _ = trainer.step() }
            reports.append(trainer.finishEpoch())
            weights.append(trainer.network.tensors())
        }
        let losses = reports.compactMap(\.figures.validationLoss)
        let best = try #require(losses.indices.min { losses[$0] < losses[$1] }) + 1
        #expect(trainer.stopsEarly && trainer.epoch == best + 2 && trainer.epoch < 40)
        #expect(reports.last?.callbacks == [.stopsEarly(best: best)])
        #expect(reports[best - 1].callbacks == [.best(epoch: best, value: losses[best - 1])])
        #expect(trainer.network.tensors() == weights.last)
        #expect(trainer.finishRun() == .best(epoch: best))
        #expect(trainer.network.tensors() == weights[best - 1])
        #expect(trainer.evaluateValidation()?.loss == losses[best - 1])
    }

    @Test("A plateau reduces the rate of the next epoch, down to the least one")
    func plateau() throws {
        let trainer = try trainer("8relu epochs=6 lr=0.01 plateau=1 plateaudelta=1000 factor=0.5 minlr=0.003")
        let reports = finish(trainer)
        #expect(reports.map(\.figures.learningRate) == [0.01, 0.01, 0.005, 0.003, 0.003, 0.003])
        #expect(reports[1].callbacks == [.rateReduced(from: 0.01, to: 0.005)])
        #expect(reports[2].callbacks == [.rateReduced(from: 0.005, to: 0.003)])
        #expect(reports[3...].allSatisfy { $0.callbacks.isEmpty })
    }

    @Test("The averages replace the weights when the run ends; without them nothing does")
    func averages() throws {
        let averaged = try trainer("8relu epochs=2 ema=0.9")
        let plain = try trainer("8relu epochs=2")
        finish(averaged)
        finish(plain)
        #expect(averaged.network.tensors() == plain.network.tensors())
        let averages = averaged.network.state.averages
        #expect(averaged.finishRun() == .average && plain.finishRun() == nil)
        #expect(averaged.network.tensors() == averages)
        #expect(averaged.network.tensors() != plain.network.tensors())
    }
}
