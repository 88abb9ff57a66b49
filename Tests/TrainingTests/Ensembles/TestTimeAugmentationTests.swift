import Datasets
import Specs
import Testing
import Training

@Suite("Test-time augmentation") struct TestTimeAugmentationTests {
    private static let dataset = SmallData.dataset
    private static let all = RowNumbers(0..<dataset.test.count)

    private static func network(_ lines: [String], threads: Int) throws -> EnsembleNetwork {
        let members = try lines.map { line in
            let spec = try SmallData.spec(line + " epochs=1 lr=1e-2")
            let trainer = try Trainer(spec: spec, dataset: dataset, threads: 1)
            while !trainer.epochIsComplete { _ = trainer.step() }
            return Ensemble.Member(
                name: line, spec: spec, tensors: trainer.network.tensors(), transform: trainer.network.transform)
        }
        return try EnsembleNetwork(try Ensemble(members), shape: dataset.test.shape, threads: threads)
    }

    private static func evaluate(
        _ network: EnsembleNetwork, _ augmentation: TestTimeAugmentation, rows: RowNumbers = all
    ) throws -> Evaluation {
        try network.evaluate(dataset.test, rows: rows, source: .test, augmentation)
    }

    private static let lines = ["7relu augment=elastic", "6tanh augment=affine deslant=true seed=2"]
    private static let own = TestTimeAugmentation(count: 3, strength: 0.5, seed: 5)

    @Test func `bits depend neither on threads nor on which rows are asked for`() throws {
        let one = try Self.evaluate(try Self.network(Self.lines, threads: 1), Self.own)
        for threads in [2, 3] {
            #expect(try Self.evaluate(try Self.network(Self.lines, threads: threads), Self.own) == one)
        }
        let part = try Self.evaluate(
            try Self.network(Self.lines, threads: 2), Self.own, rows: RowNumbers([190, 7, 44]))
        for (place, row) in [190, 7, 44].enumerated() {
            for column in 0..<4 {
                #expect(abs(part.probabilities[place * 4 + column] - one.probabilities[row * 4 + column]) < 1e-6)
            }
        }
    }

    @Test func `another seed, another strength and more copies change it, and none of them the image itself`() throws {
        let network = try Self.network(Self.lines, threads: 1)
        let plain = network.evaluate(Self.dataset.test, rows: Self.all, source: .test)
        let base = try Self.evaluate(network, Self.own)
        for other in [
            TestTimeAugmentation(count: 3, strength: 0.5, seed: 6),
            TestTimeAugmentation(count: 3, strength: 1, seed: 5),
            TestTimeAugmentation(count: 4, strength: 0.5, seed: 5),
            TestTimeAugmentation(count: 3, augmentation: Self.shifted, strength: 1, seed: 5),
        ] {
            #expect(try Self.evaluate(network, other).probabilities != base.probabilities)
        }
        // Distortions that hardly move a pixel leave the prediction where it was.
        var still = Augmentation.none
        still.rotate = 1e-4
        let same = try Self.evaluate(
            network, TestTimeAugmentation(count: 2, augmentation: still, strength: 1, seed: 1))
        for (one, other) in zip(same.probabilities, plain.probabilities) { #expect(abs(one - other) < 0.05) }
        #expect(network.evaluate(Self.dataset.test, rows: Self.all, source: .test) == plain)
    }

    private static var shifted: Augmentation {
        var augmentation = Augmentation.none
        augmentation.shift = 2
        return augmentation
    }

    @Test func `it is the mean of the image and its copies`() throws {
        let network = try Self.network(["7relu augment=affine"], threads: 1)
        let plain = network.evaluate(Self.dataset.test, rows: Self.all, source: .test).probabilities
        func mean(_ count: Int) throws -> [Float] {
            try Self.evaluate(network, TestTimeAugmentation(count: count, strength: 1, seed: 3)).probabilities
        }
        let (one, two) = (try mean(1), try mean(2))
        // With one copy c: (p + c) / 2; with two, c and d: (p + c + d) / 3, so that c and d are probabilities.
        for row in 0..<Self.dataset.test.count {
            var (first, second): (Float, Float) = (0, 0)
            for column in 0..<4 {
                let place = row * 4 + column
                let copy = 2 * one[place] - plain[place]
                let other = 3 * two[place] - plain[place] - copy
                #expect(copy > -1e-5 && copy < 1 + 1e-5 && other > -1e-5 && other < 1 + 1e-5)
                (first, second) = (first + copy, second + other)
            }
            #expect(abs(first - 1) < 1e-4 && abs(second - 1) < 1e-4)
        }
    }

    @Test func `a network that was trained on images as they are needs to be told how`() throws {
        let network = try Self.network(["5relu"], threads: 1)
        #expect(throws: EnsembleError.noAugmentation("5relu")) { try Self.evaluate(network, Self.own) }
        let given = TestTimeAugmentation(count: 1, augmentation: Self.shifted, strength: 1, seed: 1)
        #expect(try Self.evaluate(network, given).count == 200)
        // What erases a rectangle alone has nothing left here.
        let erasing = try Self.network(["5relu erase=0.5"], threads: 1)
        #expect(throws: EnsembleError.self) { try Self.evaluate(erasing, Self.own) }
    }
}
