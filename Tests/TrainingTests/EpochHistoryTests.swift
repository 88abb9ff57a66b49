import Testing
import Training

@Suite struct EpochHistoryTests {
    private func figures(_ epoch: Int, loss: Double? = nil, seconds: Double = 1) -> EpochFigures {
        let value = loss ?? 1 / Double(epoch)
        return EpochFigures(
            epoch: epoch, loss: value, accuracy: 0.5, validationLoss: value, learningRate: 1e-3, seconds: seconds)
    }

    private func points(_ history: EpochHistory) -> [EpochHistory.Point] {
        history.points(.validationLoss)
    }

    @Test("Up to its capacity a history keeps every epoch as it was")
    func short() {
        var history = EpochHistory(capacity: 8)
        for epoch in 1...8 { history.append(figures(epoch)) }
        #expect(history.figures == (1...8).map { figures($0) } && history.stride == 1 && history.count == 8)
        #expect(points(history).map(\.epoch) == Array(1...8))
        #expect(points(history).map(\.value) == (1...8).map { 1 / Double($0) })
    }

    @Test("However long the run, memory is bounded, spikes survive at their epochs, best and last are exact")
    func long() {
        var history = EpochHistory(capacity: 16)
        let epochs = 10_007
        for epoch in 1...epochs {
            let loss = epoch == 1234 ? 99 : epoch == 5678 ? 0.001 : 1 + Double(epoch % 7) / 100
            history.append(figures(epoch, loss: loss))
            #expect(history.buckets.count <= 16)
        }
        #expect(history.count == epochs && history.buckets.reduce(0) { $0 + $1.count } == epochs)
        #expect(history.last == figures(epochs, loss: 1 + Double(epochs % 7) / 100))
        #expect(history.best == figures(5678, loss: 0.001))
        let line = points(history)
        #expect(line.count <= 2 * 16 + 1 && line.map(\.epoch) == line.map(\.epoch).sorted())
        #expect(line.contains { $0.epoch == 1234 && $0.value == 99 })
        #expect(line.contains { $0.epoch == 5678 && $0.value == 0.001 })
        #expect(line.last?.epoch == epochs)
    }

    @Test("A value that is no number leaves a gap, also after its neighbours have merged")
    func gap() {
        var history = EpochHistory(capacity: 4)
        for epoch in 1...8 { history.append(figures(epoch, loss: epoch == 3 ? .nan : 1)) }
        #expect(history.stride == 2)
        #expect(points(history).filter { $0.value.isNaN }.map(\.epoch) == [3])
        #expect(points(history).filter { $0.value == 1 }.map(\.epoch) == [1, 4, 5, 7, 8])
        #expect(history.best == figures(1, loss: 1))
    }

    @Test("An epoch that is no longer kept is stood for by the next one that is")
    func standIn() {
        var history = EpochHistory(capacity: 4)
        for epoch in 1...8 { history.append(figures(epoch)) }
        #expect(history.figures.map(\.epoch) == [2, 4, 6, 8])
        #expect([1, 2, 3, 8].map { history.figures(at: $0)?.epoch } == [2, 2, 4, 8])
        #expect(history.figures(at: 9) == nil)
    }

    @Test("The time of an epoch is the median of the last ones")
    func seconds() {
        var history = EpochHistory(capacity: 4)
        #expect(history.secondsPerEpoch == nil)
        for epoch in 1...100 { history.append(figures(epoch, seconds: 9)) }
        for epoch in 101...114 { history.append(figures(epoch, seconds: epoch.isMultiple(of: 5) ? 50 : 2)) }
        #expect(history.secondsPerEpoch == 2)
    }
}
