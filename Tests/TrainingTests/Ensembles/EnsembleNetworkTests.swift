import DataFormats
import Datasets
import Foundation
import Kernels
import Networks
import Specs
import Testing
import Training

@Suite("The networks of an ensemble") struct EnsembleNetworkTests {
    private static let dataset = SmallData.dataset
    private static let shape = dataset.test.shape
    private static let lines = [
        "7relu seed=1", "5tanh-6relu+bn seed=2 scale=standard", "6relu seed=3 deslant=true width=12",
    ]

    /// A network of two epochs.
    private static func trained(_ line: String) throws -> Trainer {
        let trainer = try Trainer(spec: try SmallData.spec(line + " epochs=2 lr=1e-2"), dataset: dataset, threads: 1)
        while trainer.epoch < 2 {
            while !trainer.epochIsComplete { _ = trainer.step() }
            _ = trainer.finishEpoch()
        }
        return trainer
    }

    private static func member(_ trainer: Trainer, weight: Double = 1, name: String = "net") -> Ensemble.Member {
        Ensemble.Member(
            name: name, spec: trainer.spec, tensors: trainer.network.tensors(), transform: trainer.network.transform,
            weight: weight)
    }

    private static let all = RowNumbers(0..<dataset.test.count)

    @Test func `each member sees the images in its own form and scaling, and gives the bits of its trainer`() throws {
        let trainers = try Self.lines.map(Self.trained)
        let network = try EnsembleNetwork(
            try Ensemble(trainers.map { Self.member($0) }), shape: Self.shape, threads: 2)
        let members = network.evaluateMembers(Self.dataset.test, rows: Self.all, source: .test)
        for (member, trainer) in zip(members, trainers) {
            let own = trainer.evaluateTest(at: RunPlace(epoch: 0), weights: nil)
            #expect(member == own)
        }
        #expect(Set(members.map(\.probabilities)).count == 3)
    }

    @Test(arguments: EnsembleMean.allCases)
    func `the prediction is the mean of the members, whatever the number of threads`(mean: EnsembleMean) throws {
        let trainers = try Self.lines.map(Self.trained)
        let ensemble = try Ensemble(zip(trainers, [3, 1, 2]).map { Self.member($0, weight: $1) }, mean: mean)
        let weights = [0.5, 1.0 / 6, 1.0 / 3]
        let own = trainers.map { $0.evaluateTest().probabilities }
        let one = try EnsembleNetwork(ensemble, shape: Self.shape, threads: 1)
        let found = one.evaluate(Self.dataset.test, rows: Self.all, source: .test)
        // In plain code, class by class.
        for row in stride(from: 0, to: found.count, by: 7) {
            let terms = (0..<4).map { column in
                zip(own, weights).reduce(0.0) { sum, member in
                    let value = Double(member.0[row * 4 + column])
                    return sum + member.1 * (mean == .arithmetic ? value : log(value))
                }
            }
            let values = mean == .arithmetic ? terms : terms.map { exp($0) }
            for column in 0..<4 {
                let expected = values[column] / values.reduce(0, +)
                #expect(abs(Double(found.probabilities[row * 4 + column]) - expected) < 1e-6)
            }
        }
        for threads in [2, 3, 5] {
            let network = try EnsembleNetwork(ensemble, shape: Self.shape, threads: threads)
            #expect(network.evaluate(Self.dataset.test, rows: Self.all, source: .test) == found, "\(threads) threads")
        }
        let members = one.evaluateMembers(Self.dataset.test, rows: Self.all, source: .test)
        #expect(Evaluation(of: members, mean: mean, weights: ensemble.weights) == found)
    }

    @Test func `rows are those that are asked for, in that order, and more than a block of them`() throws {
        let ensemble = try Ensemble(try Self.lines.map { Self.member(try Self.trained($0)) })
        let network = try EnsembleNetwork(ensemble, shape: Self.shape, threads: 2)
        let images = SmallData.images(2500, seed: 9)
        let all = network.predict(images, rows: RowNumbers(0..<2500))
        let few = network.predict(images, rows: RowNumbers([2400, 3, 1030, 3]))
        for (place, row) in [2400, 3, 1030, 3].enumerated() {
            for column in 0..<4 { #expect(abs(few[place * 4 + column] - all[row * 4 + column]) < 1e-6) }
        }
        let evaluation = network.evaluate(images, rows: RowNumbers(100..<2500), source: .test)
        #expect(evaluation.labels == Array(images.labels[100...]))
        #expect(evaluation.loss > 0)
        #expect(abs(evaluation.loss - (evaluation.scoredRows.logLoss() ?? 0)) < 1e-6)
        #expect(network.predict(images, rows: RowNumbers(0..<0)) == [])
    }

    @Test func `networks that can't be averaged are refused by name`() throws {
        let first = Self.member(try Self.trained("5relu"), name: "run 1")
        func error(_ body: () throws -> Void) -> EnsembleError? {
            do { try body() } catch { return error as? EnsembleError }
            return nil
        }
        #expect(error { _ = try Ensemble([]) } == .empty)
        let wide = Network(
            spec: try ExperimentSpec(parsing: "5relu", inputs: 9, classes: 4),
            transform: InputTransform(multiply: 1, add: 0), threads: 1)
        let other = Ensemble.Member(name: "wide", spec: wide.spec, tensors: wide.tensors(), transform: first.transform)
        #expect(error { _ = try Ensemble([first, other]) } == .inputs("run 1", 36, "wide", 9))
        let more = Network(
            spec: try ExperimentSpec(parsing: "5relu", inputs: 36, classes: 7),
            transform: InputTransform(multiply: 1, add: 0), threads: 1)
        let classes = Ensemble.Member(
            name: "more", spec: more.spec, tensors: more.tensors(), transform: first.transform)
        #expect(error { _ = try Ensemble([first, classes]) } == .classes("run 1", 4, "more", 7))
        let torn = Ensemble.Member(
            name: "torn", spec: first.spec, tensors: Array(first.tensors.dropLast()), transform: first.transform)
        #expect(error { _ = try Ensemble([torn]) } == .tensor("torn", .missing(name: "1.bias")))
        #expect(
            EnsembleError.inputs("run 1", 784, "wide", 9).description
                == "run 1 takes 784 inputs and wide 9: networks of an ensemble see the same images")
    }

    @Test func `validation rows must be the same for all members`() throws {
        func ensemble(_ lines: [String]) throws -> Ensemble {
            try Ensemble(lines.map { Self.member(try Self.trained($0), name: $0) })
        }
        let same = try ensemble(["5relu val=0.2", "5tanh val=0.2"])
        #expect(try same.validationRows(of: Self.dataset) == RowNumbers(400..<500))
        #expect(throws: EnsembleError.otherValidation("5relu val=0.2", "5relu val=0.1")) {
            try ensemble(["5relu val=0.2", "5relu val=0.1"]).validationRows(of: Self.dataset)
        }
        #expect(throws: EnsembleError.noValidation("5relu val=0")) {
            try ensemble(["5relu val=0"]).validationRows(of: Self.dataset)
        }
    }
}
