import Foundation
import Kernels
import TestSupport
import Testing
import Training

/// Linear read-outs, and what they find in the layers of a network.
@Suite(.timeLimit(.minutes(40))) struct LinearReadoutTests {
    private static func columns(_ values: [Float], width: Int = 1) -> FeatureColumns {
        FeatureColumns(values, rows: values.count / width, stride: width, columns: 0..<width)
    }

    // Two rows at -1 and 1, of the classes 0 and 1. By symmetry the weights are -w and w, and the probability of the
    // right class is p = 1 / (1 + exp(-2 w)). The gradient vanishes where 1 - p = penalty * w: with w = 1 the penalty is
    // 1 / (1 + exp(2)).
    @Test("Two points are read off with the weights that were worked out by hand")
    func byHand() throws {
        let penalty = Float(1 / (1 + exp(2.0)))
        let readout = try #require(
            LinearReadout(Self.columns([-1, 1]), labels: [0, 1], classes: 2, penalty: penalty))
        for (weight, wanted) in zip(readout.weights, [-1, 1, 0, 0] as [Float]) { #expect(abs(weight - wanted) < 1e-4) }
        let right = Float(1 / (1 + exp(-2.0)))
        let found = readout.probabilities(Self.columns([-1, 1, 0]))
        for (value, wanted) in zip(found, [right, 1 - right, 1 - right, right, 0.5, 0.5]) {
            #expect(abs(value - wanted) < 1e-4)
        }
    }

    @Test("The unit of a feature doesn't matter, and a feature that is the same in all rows is left out")
    func scale() throws {
        let plain = try #require(LinearReadout(Self.columns([-1, 1, -2, 2]), labels: [0, 1, 0, 1], classes: 2))
        let other = try #require(
            LinearReadout(
                Self.columns([900, 7, 1100, 7, 800, 7, 1200, 7], width: 2), labels: [0, 1, 0, 1], classes: 2))
        for (a, b) in zip(
            plain.probabilities(Self.columns([-1, 0.5])),
            other.probabilities(Self.columns([900, 3, 1050, -8], width: 2)))
        {
            #expect(abs(a - b) < 1e-5)
        }
    }

    @Test("Three classes along a line are told apart, and the same features give the same bits")
    func threeClasses() throws {
        var generator = SeededGenerator(seed: 5)
        let labels = (0..<300).map { UInt8($0 % 3) }
        let values = labels.flatMap { [Float($0) * 4 + generator.normal(), generator.normal()] }
        let readout = try #require(LinearReadout(Self.columns(values, width: 2), labels: labels, classes: 3))
        let predictions = ScoredRows(
            probabilities: readout.probabilities(Self.columns(values, width: 2)), classes: 3, labels: labels
        ).predictions()
        #expect(zip(predictions, labels).count { $0 == $1 } > 285)
        #expect(LinearReadout(Self.columns(values, width: 2), labels: labels, classes: 3) == readout)
    }

    @Test("Features that are no numbers, and no rows, give no read-out")
    func edges() {
        #expect(LinearReadout(Self.columns([1, .nan]), labels: [0, 1], classes: 2) == nil)
        #expect(LinearReadout(Self.columns([1, .infinity]), labels: [0, 1], classes: 2) == nil)
        #expect(LinearReadout(Self.columns([]), labels: [], classes: 2) == nil)
    }

    // MARK: - Of a network

    private static let image = Array(SmallData.dataset.test.image(3))

    private static func trainer(_ line: String, threads: Int = 2, epochs: Int = 2) throws -> Trainer {
        let trainer = try Trainer(spec: try SmallData.spec(line), dataset: SmallData.dataset, threads: threads)
        for _ in 0..<epochs {
            while !trainer.epochIsComplete { _ = trainer.step() }
            _ = trainer.finishEpoch()
        }
        return trainer
    }

    /// The answer that has the read-outs: the second one.
    private static func probes(_ trainer: Trainer) throws -> LayerProbes {
        let inspector = Inspector(trainer)
        inspector.receive(Watch(image: image, probes: true))
        let first = try #require(inspector.answer(isTraining: false))
        #expect(first.probes == nil && !first.isComplete && inspector.owesAnswer)
        let second = try #require(inspector.answer(isTraining: false))
        #expect(second.isComplete && !inspector.owesAnswer && inspector.answer(isTraining: false) == nil)
        return try #require(second.probes)
    }

    @Test("Pixels and hidden layers have a read-out each, the same with any number of threads")
    func network() throws {
        let trainer = try Self.trainer("24relu-12tanh lr=0.01")
        let before = trainer.network.state
        let found = try Self.probes(trainer)
        #expect(trainer.network.state == before)
        #expect(found.probes.count == 3 && found.areValidation && found.place.epoch == 2)
        #expect(found.checked == trainer.split.validation.count && found.fitted == trainer.split.training.count)
        for probe in found.probes {
            #expect(try #require(probe.accuracy) > 0.5)
            #expect(probe.probabilities.count == 4 && abs(probe.probabilities.reduce(0, +) - 1) < 1e-5)
        }
        let evaluation = try #require(trainer.evaluateValidation())
        #expect(found.networkAccuracy == evaluation.accuracy)
        #expect(try Self.probes(try Self.trainer("24relu-12tanh lr=0.01", threads: 1)) == found)
    }

    @Test("Without validation rows other training rows are checked, without hidden layers only the pixels")
    func otherRows() throws {
        let trainer = try Self.trainer("none val=0")
        let found = try Self.probes(trainer)
        #expect(found.probes.count == 1 && !found.areValidation)
        #expect(found.fitted + found.checked <= trainer.split.training.count && found.checked > 0)
    }

    @Test("A network that is no number any more has a read-out of its pixels alone")
    func diverged() throws {
        let trainer = try Self.trainer("8relu sgd lr=1000 l2=1000", epochs: 0)
        while !trainer.epochIsComplete { _ = trainer.step() }
        let found = try Self.probes(trainer)
        #expect(found.probes[0].accuracy != nil && found.probes[1].accuracy == nil)
        #expect(found.probes[1].probabilities.isEmpty && found.networkAccuracy == nil)
    }

    @Test("While a run trains the figures stay for two seconds, without probabilities for another image")
    func pace() throws {
        let trainer = try Self.trainer("8relu", epochs: 0)
        var now = ContinuousClock().now
        let inspector = Inspector(trainer, now: { now })
        func trained(_ watch: Watch? = nil, after time: Duration) -> Inspection? {
            if let watch { inspector.receive(watch) }
            _ = trainer.step()
            inspector.stepEnded()
            now += time
            return inspector.answer(isTraining: true)
        }
        #expect(trained(Watch(image: Self.image, probes: true), after: .zero)?.probes == nil)
        let first = try #require(trained(after: .zero)?.probes)
        #expect(first.place.batch == 2 && first.probes.allSatisfy { $0.probabilities.count == 4 })
        let later = try #require(trained(after: .milliseconds(300)))
        #expect(later.probes == first && later.batch == 3 && !later.isComplete)
        let other = Array(SmallData.dataset.test.image(5))
        let another = try #require(trained(Watch(image: other, probes: true), after: .zero)?.probes)
        #expect(another.place == first.place && another.probes.allSatisfy { $0.probabilities.isEmpty })
        #expect(trained(after: .seconds(2))?.probes == another, "the fit comes with the next answer")
        let fresh = try #require(trained(after: .zero))
        #expect(fresh.isComplete && fresh.probes?.probes.allSatisfy { $0.probabilities.count == 4 } == true)
    }
}
