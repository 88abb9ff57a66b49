import Foundation
import Runs
import Specs
import Testing
import Training

/// When what is saved, without a clock.
struct RecorderQueueTests {
    private func figures(_ epoch: Int) -> UnsavedProgress { RunSamples.progress([RunSamples.figures(epoch)]) }

    @Test("Figures wait for a second, a state does not, and a silent run says that it is there")
    func waits() throws {
        var queue = RecorderQueue(now: 100)
        #expect(queue.wait(at: 100) == 20)
        queue.add(figures(1))
        #expect(queue.wait(at: 100.25) == 0.75)
        var state = UnsavedProgress()
        state.checkpoint = try RunSamples.trainer("8tanh val=0.1 batch=30", batches: 1).state
        queue.add(state)
        #expect(queue.wait(at: 100.25) == 0)
        let taken = queue.take(at: 100.5)
        #expect(taken.epochs.map(\.epoch) == [1])
        #expect(taken.checkpoint == state.checkpoint)
        #expect(queue.isEmpty)
        #expect(queue.wait(at: 100.5) == 20)
    }

    @Test("The best weights go with the next state, the newest of them alone")
    func holdsBestWeights() throws {
        var queue = RecorderQueue(now: 0)
        for epoch in 1...2 {
            var progress = figures(epoch)
            progress.best = SavedWeights(at: RunPlace(epoch: epoch), tensors: [])
            queue.add(progress)
        }
        #expect(queue.take(at: 1).best == nil)
        var state = UnsavedProgress()
        state.checkpoint = try RunSamples.trainer("8tanh val=0.1 batch=30", batches: 1).state
        queue.add(state)
        #expect(queue.take(at: 2).best == SavedWeights(at: RunPlace(epoch: 2), tensors: []))
    }

    @Test("What could not be saved waits longer and longer, before what came since")
    func retries() {
        var queue = RecorderQueue(now: 0)
        queue.add(figures(1))
        for wait in [1.0, 2, 5, 10, 30, 30] {
            let taken = queue.take(at: 50)
            queue.failed(taken)
            queue.add(figures(2))
            #expect(queue.wait(at: 50) == wait)
        }
        #expect(queue.take(at: 90).epochs.map(\.epoch) == [1, 2, 2, 2, 2, 2, 2])
        queue.saved()
        #expect(queue.wait(at: 90) == 20)
    }

    @Test("Confusion matrices that can't be saved do not fill the memory")
    func isBounded() {
        var queue = RecorderQueue(now: 0)
        for epoch in 1...3000 {
            var progress = figures(epoch)
            progress.confusions = [.init(epoch: epoch, counts: [[1]])]
            queue.add(progress)
        }
        #expect(queue.waiting.confusions.count == 2048)
        #expect(queue.waiting.confusions.last?.epoch == 3000)
        #expect(queue.waiting.epochs.count == 3000)
    }

    @Test("States are wanted as seldom as a hundredth of the time asks, and every 30 seconds in any case")
    func paces() {
        var pace = CheckpointPace()
        /// The moments at which a state is wanted.
        func wanted(at times: [Double], isEpochEnd: Bool) -> [Double] {
            times.filter { pace.isDue(at: $0, isEpochEnd: isEpochEnd) }
        }
        #expect(wanted(at: [0, 0.9, 1, 1.5], isEpochEnd: true) == [0, 1], "the first epoch brings one")
        pace.saved(seconds: 0.02)
        #expect(wanted(at: [8.9, 9, 9.1], isEpochEnd: true) == [9])
        #expect(wanted(at: [33.9, 34], isEpochEnd: false) == [34])
        pace.saved(seconds: 3)
        #expect(wanted(at: [58.9, 59], isEpochEnd: true) == [59])
    }
}
