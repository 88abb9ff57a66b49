import Kernels
import Search
import Testing

@Suite("Asynchronous successive halving") struct SuccessiveHalvingTests {
    @Test func `rungs rise by the reduction, up to all epochs`() {
        #expect(SuccessiveHalving(epochs: 27).rungs == [1, 3, 9, 27])
        #expect(SuccessiveHalving(epochs: 20, reduction: 4).rungs == [1, 5, 20])
        #expect(SuccessiveHalving(epochs: 60, reduction: 3, least: 2).rungs == [2, 6, 20, 60])
        #expect(SuccessiveHalving(epochs: 1).rungs == [1] && SuccessiveHalving.none(epochs: 9).rungs == [9])
        #expect(SuccessiveHalving(epochs: 9).epochs(of: 27) == 27 + 9 * 2 + 3 * 6)
    }

    @Test func `a search ends when its trials and the finalists' seeds are trained, or its time is up`() {
        var plan = SearchPlan(space: "8tanh")
        let halving = plan.halving(epochs: 9)
        // 27 trials: 27 epochs to the first rung, 9 · 2 to the second, 3 · 6 to the end; 3 finalists with 2 more seeds, 9 each.
        let all = 27 + 18 + 18 + 3 * 2 * 9
        #expect(plan.secondsToGo(halving, trials: 27, epochs: 0, after: 0) == nil, "an epoch's time is not known yet")
        #expect(plan.secondsToGo(halving, trials: 27, epochs: 10, after: 5) == Double(all - 10) / 2)
        #expect(plan.secondsToGo(halving, trials: 27, epochs: all + 3, after: 60) == 0)
        #expect(plan.secondsToGo(halving, trials: nil, epochs: 10, after: 5) == nil)
        plan.seconds = 30
        #expect(plan.secondsToGo(halving, trials: nil, epochs: 0, after: 5) == 25)
        #expect(plan.secondsToGo(halving, trials: 27, epochs: 10, after: 5) == 25, "what ends it first")
        #expect(plan.secondsToGo(halving, trials: 27, epochs: all - 8, after: 20) == 8 * 20 / Double(all - 8))
        // Two trials are no more than two finalists.
        plan.seconds = nil
        #expect(plan.secondsToGo(plan.halving(epochs: 1), trials: 2, epochs: 1, after: 1) == 5)
    }

    @Test func `one of three goes on, the best first, and none twice`() {
        var halving = SuccessiveHalving(epochs: 9)
        #expect(halving.next(canBegin: true) == .begin)
        halving.record(trial: 0, rung: 0, score: 0.5)
        halving.record(trial: 1, rung: 0, score: 0.9)
        #expect(halving.next(canBegin: false) == nil)
        halving.record(trial: 2, rung: 0, score: 0.7)
        #expect(halving.next(canBegin: true) == .promote(trial: 1, toRung: 1))
        #expect(halving.next(canBegin: true) == .begin)
        for trial in 3..<9 { halving.record(trial: trial, rung: 0, score: 0.6 + Double(trial) / 100) }
        #expect(halving.next(canBegin: true) == .promote(trial: 2, toRung: 1))
        #expect(halving.next(canBegin: true) == .promote(trial: 8, toRung: 1))
        halving.takeBack(trial: 8, toRung: 1)
        #expect(halving.next(canBegin: true) == .promote(trial: 8, toRung: 1))
        for trial in [1, 2, 8] { halving.record(trial: trial, rung: 1, score: Double(trial)) }
        #expect(halving.next(canBegin: true) == .promote(trial: 8, toRung: 2), "the highest rung first")
        #expect(halving.ranking(of: 1).map(\.trial) == [8, 2, 1])
    }

    @Test func `a score that is no number is the worst, and is never promoted`() {
        var halving = SuccessiveHalving(epochs: 3)
        for trial in 0..<6 { halving.record(trial: trial, rung: 0, score: .nan) }
        #expect(halving.next(canBegin: false) == nil && halving.needed(of: nil).isEmpty)
        halving.record(trial: 6, rung: 0, score: 0.1)
        #expect(halving.ranking(of: 0).map(\.trial).first == 6)
        #expect(halving.next(canBegin: false) == .promote(trial: 6, toRung: 1))
    }

    /// Whatever comes, in whatever order workers end: what is promoted has its state still.
    @Test(arguments: 0..<20)
    func `the states of all that goes on are kept, and few others`(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let trials = 81
        var halving = SuccessiveHalving(epochs: 27)
        var (kept, begun, most): (Set<Int>, Int, Int) = ([], 0, 0)
        var running: [(trial: Int, rung: Int)] = []
        func finishOne() {
            guard !running.isEmpty else { return }
            let place = Int(generator.uniform() * Float(running.count))
            let (trial, rung) = running.remove(at: place)
            halving.record(trial: trial, rung: rung, score: Double(generator.uniform()) + Double(rung))
            kept.insert(trial)
            kept.formIntersection(halving.needed(of: trials))
            most = max(most, kept.count)
        }
        while true {
            if running.count == 3 { finishOne() }
            switch halving.next(canBegin: begun < trials) {
            case .begin:
                running.append((begun, 0))
                begun += 1
            case .promote(let trial, let rung):
                #expect(kept.contains(trial), "trial \(trial) lost its state before rung \(rung)")
                running.append((trial, rung))
            case nil:
                guard !running.isEmpty else {
                    #expect(halving.results.map(\.count)[0] == trials && halving.results[3].count >= 1)
                    #expect(most <= 27 + 18 + 9, "\(most) states at once")
                    return
                }
                finishOne()
            }
        }
    }
}
