import Testing
import Training

/// Which epochs' weights are kept, and that they are bounded.
@Suite struct KeptWeightsTests {
    private func epochs(_ last: Int, parameters: Int) -> [Int] {
        var kept = KeptWeights(parameters: parameters)
        for epoch in 0...last { kept.note(epoch: epoch) { [] } }
        return kept.epochs
    }

    @Test("Of few epochs all are kept")
    func few() { #expect(epochs(20, parameters: 1_000) == Array(0...20)) }

    @Test("Of many the round ones stay, and the others are evenly spaced")
    func many() {
        let kept = epochs(10_000, parameters: 50_890)
        #expect(kept.count <= 64)
        for round in [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000] {
            #expect(kept.contains(round))
        }
        #expect(4 * 50_890 * kept.count <= KeptWeights.budget)
    }

    @Test("The bytes of all copies are known before the run, and none takes more")
    func bytes() {
        for (parameters, planned) in [(1_000, 3), (50_890, 100), (1_000_000, 300), (5_000_000, 10), (0, 10)] {
            let bytes = KeptWeights.bytes(parameters: parameters, epochs: planned)
            #expect(bytes >= 4 * parameters * epochs(planned, parameters: parameters).count, "\(parameters)")
            #expect(bytes <= KeptWeights.budget)
        }
        #expect(KeptWeights.bytes(parameters: 1_000, epochs: 3) == 16_000)
    }

    @Test("A large network keeps fewer, the first and the newest among them, and one that is too large none")
    func large() {
        let kept = epochs(300, parameters: 1_000_000)
        #expect(kept.count <= 4 && kept.first == 0 && kept.last ?? 0 >= 200)
        #expect(epochs(300, parameters: 5_000_000).isEmpty)
    }

    @Test("A run that is trained again from an epoch forgets what came after it")
    func again() {
        var kept = KeptWeights(parameters: 10)
        for epoch in [0, 1, 2, 3, 2] { kept.note(epoch: epoch) { [] } }
        #expect(kept.epochs == [0, 1, 2])
    }

    @Test("The tour has the first, the round ones, and of too many the later")
    func tour() {
        var kept = KeptWeights(parameters: 10)
        for epoch in 0...60 { kept.note(epoch: epoch) { [] } }
        #expect(kept.tour(11).map(\.epoch) == [0, 1, 2, 5, 10, 20, 50])
        #expect(kept.tour(4).map(\.epoch) == [0, 10, 20, 50])
    }
}
