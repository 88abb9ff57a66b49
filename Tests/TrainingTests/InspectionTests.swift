import Dispatch
import Foundation
import Specs
import TestSupport
import Testing
import Training

/// What is found in a network, and that finding it changes nothing.
@Suite(.timeLimit(.minutes(40))) struct InspectionTests {
    private static func trainer(_ line: String) throws -> Trainer {
        try Trainer(spec: try SmallData.spec(line), dataset: SmallData.dataset, threads: 2)
    }

    private static func answer(_ trainer: Trainer, _ watch: Watch) throws -> Inspection {
        let inspector = Inspector(trainer)
        inspector.receive(watch)
        return try #require(inspector.answer(isTraining: false))
    }

    private static let image = Array(SmallData.dataset.test.image(3))

    @Test(
        "The last hidden layer's outputs give the probabilities that the network predicts",
        arguments: ["40tanh", "20relu+bn-36gelu+drop0.3", "5softmax", "17sigmoid scale=standard"])
    func outputs(line: String) throws {
        let trainer = try Self.trainer(line + " lr=0.01")
        for _ in 0..<10 { _ = trainer.step() }
        let found = try Self.answer(trainer, Watch(image: Self.image))
        #expect(found.outputs.map(\.count) == trainer.spec.network.hidden.map(\.units))
        let features = try #require(found.outputs.last)
        let tensors = trainer.network.tensors()
        let last = trainer.spec.network.hidden.count
        let kernel = try #require(tensors.first { $0.name == "\(last).kernel" })
        let bias = try #require(tensors.first { $0.name == "\(last).bias" })
        let logits = (0..<4).map { unit in
            features.indices.reduce(Double(bias.values[unit])) {
                $0 + Double(features[$1]) * Double(kernel.values[$1 * 4 + unit])
            }
        }
        let sum = logits.reduce(0) { $0 + exp($1) }
        for (logit, probability) in zip(logits, found.probabilities) {
            #expect(abs(exp(logit) / sum - Double(probability)) < 1e-5)
        }
        let evaluation = trainer.evaluateTest()
        #expect(zip(found.probabilities, evaluation.probabilities(ofRow: 3)).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test("Weights are those of the first layer's units, and units that don't exist have none")
    func weights() throws {
        let trainer = try Self.trainer("150relu")
        let found = try Self.answer(trainer, Watch(units: Watch.Units(layer: 0, units: Array(140..<200))))
        let kernel = try #require(trainer.network.tensors().first { $0.name == "0.kernel" })
        #expect(found.units.map(\.unit) == Array(140..<150))
        for picture in found.units {
            #expect(picture.weights == (0..<36).map { kernel.values[$0 * 150 + picture.unit] })
        }
        #expect(found.probabilities.isEmpty && found.layers.isEmpty && found.neighbours.isEmpty)
    }

    @Test(
        "A unit's digits are those with its greatest outputs, and its means those of the classes", arguments: [0, 1, 2])
    func pictures(layer: Int) throws {
        let trainer = try Self.trainer("24relu-12tanh")
        for _ in 0..<20 where !trainer.epochIsComplete { _ = trainer.step() }
        let found = try Self.answer(trainer, Watch(units: Watch.Units(layer: layer, units: [3, 0])))
        let sample = try #require(found.sample)
        #expect(sample == SampledRows(rows: trainer.split.validation, areValidation: true))
        #expect(found.units.map(\.unit) == [3, 0])
        // Each row by itself, as the inspection of one image gives it.
        let outputs = try sample.rows.map { row in
            let alone = try Self.answer(trainer, Watch(image: Array(SmallData.dataset.train.image(row))))
            return layer == 2 ? alone.probabilities : alone.outputs[layer]
        }
        for picture in found.units {
            let values = outputs.map { $0[picture.unit] }
            let best = Trainer.least(values.map { -$0 }, count: 9)
            #expect(
                zip(picture.strongest, best).allSatisfy {
                    abs(values[sample.rows.place(of: $0) ?? 0] - values[$1]) < 1e-5
                })
            for label in 0..<4 {
                let own = sample.rows.filter { SmallData.dataset.train.labels[$0] == UInt8(label) }
                let mean = own.reduce(0.0) { $0 + Double(values[sample.rows.place(of: $1) ?? 0]) } / Double(own.count)
                #expect(abs(mean - Double(picture.classMeans[label])) < 1e-5)
            }
            #expect(picture.weights.isEmpty == (layer > 0) && picture.meanImage.isEmpty == (layer == 0))
        }
    }

    @Test("A dead unit has no digits")
    func deadUnit() throws {
        let trainer = try Self.trainer("10relu")
        var tensors = trainer.network.tensors()
        for index in tensors.indices where tensors[index].name == "0.bias" { tensors[index].values[2] = -1000 }
        try trainer.network.load(tensors)
        let found = try Self.answer(trainer, Watch(units: Watch.Units(layer: 0, units: [2, 3])))
        #expect(found.units[0].isDead && found.units[0].strongest.isEmpty)
        #expect(!found.units[1].isDead && found.units[1].strongest.count == 9)
    }

    @Test("Earlier weights are looked at as they were, and the network is as before")
    func kept() throws {
        let trainer = try Self.trainer("12relu+bn")
        let inspector = Inspector(trainer)
        inspector.epochEnded()
        let untrained = trainer.network.firstLayerWeights(ofUnit: 4)
        for _ in 0..<2 {
            while !trainer.epochIsComplete { _ = trainer.step() }
            _ = trainer.finishEpoch()
            inspector.epochEnded()
        }
        let before = trainer.network.state
        inspector.receive(
            Watch(image: Self.image, units: Watch.Units(layer: 0, units: [4], followed: 4), layers: true, epoch: 0))
        let found = try #require(inspector.answer(isTraining: false))
        #expect(found.epoch == 0 && found.batch == 0 && found.keptEpochs == [0, 1, 2])
        #expect(found.units.first?.weights == untrained)
        #expect(found.past.map(\.epoch) == [0, 1, 2] && found.past[0].picture.weights == untrained)
        #expect(found.past[2].picture.weights == trainer.network.firstLayerWeights(ofUnit: 4))
        #expect(trainer.network.state == before)
    }

    @Test("With plain gradient descent a step changes each kernel by rate times gradient")
    func ratio() throws {
        let trainer = try Self.trainer("20tanh-12relu sgd lr=0.05")
        let inspector = Inspector(trainer)
        inspector.receive(Watch(layers: true))
        let before = try #require(inspector.answer(isTraining: false))
        #expect(before.layers.allSatisfy { $0.updateRatio == nil } && before.layers.count == 3)
        inspector.receive(Watch(layers: true))
        inspector.stepBegins()
        _ = trainer.step()
        inspector.stepEnded()
        let after = try #require(inspector.answer(isTraining: false))
        for (old, new) in zip(before.layers, after.layers) {
            let ratio = try #require(new.updateRatio)
            #expect(abs(ratio * new.weightNorm / (0.05 * old.gradientNorm) - 1) < 1e-3)
        }
        let kernel = try #require(trainer.network.tensors().first { $0.name == "1.kernel" })
        let norm = kernel.values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        #expect(abs(after.layers[1].weightNorm / norm - 1) < 1e-6)
    }

    @Test("The change of weights that are no numbers is none, also where the measured step still was one")
    func ratioOfNoNumber() throws {
        let trainer = try Self.trainer("20tanh-12relu sgd lr=0.05")
        let inspector = Inspector(trainer)
        func ratios(measured: Bool) throws -> [Double?] {
            inspector.receive(Watch(layers: true))
            if measured { inspector.stepBegins() }
            _ = trainer.step()
            if measured { inspector.stepEnded() }
            return try #require(inspector.answer(isTraining: false)).layers.map(\.updateRatio)
        }
        #expect(try ratios(measured: true).allSatisfy { $0?.isFinite == true })
        trainer.apply(.learningRate(.infinity))
        for measured in [false, true] {
            #expect(try ratios(measured: measured).allSatisfy { $0?.isNaN == true }, "\(measured)")
        }
    }

    @Test("A unit is dead that says the same of every row")
    func dead() throws {
        #expect(Trainer.deadShare([0, 1, 0, 2, 0, 1], rows: 3, units: 2) == 0.5)
        #expect(Trainer.deadShare([1, 0, 0, 1], rows: 2, units: 2) == 0)
        let trainer = try Self.trainer("10relu")
        var tensors = trainer.network.tensors()
        for index in tensors.indices where tensors[index].name == "0.bias" {
            for unit in 0..<4 { tensors[index].values[unit] = -1000 }
        }
        try trainer.network.load(tensors)
        let found = try Self.answer(trainer, Watch(layers: true))
        #expect(try #require(found.layers[0].deadShare) >= 0.4)
        #expect(found.layers[1].deadShare == nil)
    }

    @Test("The nearest training row to a training image is itself", arguments: ["16relu", "none"])
    func neighbours(line: String) throws {
        let trainer = try Self.trainer(line)
        let image = Array(SmallData.dataset.train.image(321))
        let found = try Self.answer(trainer, Watch(image: image, neighbours: 5)).neighbours
        // A product of one row may round otherwise than that of many.
        #expect(found.count == 5 && found[0].row == 321 && found[0].distance < 1e-5)
        #expect(zip(found, found.dropFirst()).allSatisfy { $0.distance <= $1.distance })
        #expect(found.allSatisfy { trainer.split.training.contains($0.row) })
    }

    @Test("Of the least values the first of equals comes first, and NaN never")
    func least() {
        #expect(Trainer.least([3, .nan, 1, 2, 1], count: 3) == [2, 4, 3])
        #expect(Trainer.least([.nan], count: 3).isEmpty)
        #expect(Trainer.least([5, 4], count: 9) == [1, 0])
    }

    @Test("An answer comes once, and again only when the weights have changed")
    func once() throws {
        let trainer = try Self.trainer("8relu")
        var now = ContinuousClock().now
        let inspector = Inspector(trainer, now: { now })
        #expect(inspector.answer(isTraining: false) == nil)
        inspector.receive(Watch(image: Self.image))
        #expect(inspector.answer(isTraining: true) != nil)
        #expect(inspector.answer(isTraining: false) == nil)
        _ = trainer.step()
        inspector.stepEnded()
        #expect(inspector.answer(isTraining: true) == nil, "in the same moment, while it trains")
        #expect(inspector.answer(isTraining: false)?.batch == 1, "where no more batches follow")
        inspector.stepEnded()
        now += .milliseconds(59)
        #expect(inspector.answer(isTraining: true) == nil)
        now += .milliseconds(1)
        #expect(inspector.answer(isTraining: true) != nil)
        inspector.receive(Watch(layers: true))
        #expect(inspector.answer(isTraining: true) != nil, "a new question")
        inspector.stepEnded()
        now += .milliseconds(199)
        #expect(inspector.answer(isTraining: true) == nil)
        now += .milliseconds(1)
        #expect(inspector.answer(isTraining: true) != nil)
        inspector.receive(nil)
        inspector.stepEnded()
        #expect(inspector.answer(isTraining: false) == nil)
    }

    @Test("A network that is no number any more can be looked into, after an epoch's last batch, too")
    func diverged() throws {
        let trainer = try Self.trainer("8relu sgd lr=1000 l2=1000")
        while !trainer.epochIsComplete { _ = trainer.step() }
        let found = try Self.answer(
            trainer,
            Watch(
                image: Self.image, units: Watch.Units(layer: 0, units: Array(0..<8)), layers: true, neighbours: 4,
                saliencyOf: 1, map: .validation))
        #expect(found.layers.count == 2 && found.layers.allSatisfy { !$0.gradientNorm.isFinite })
        #expect(found.neighbours.isEmpty && found.probabilities.count == 4)
        #expect(found.map == nil && found.units.count == 8 && found.layers.allSatisfy { $0.spread.isEmpty })
    }

    @Test("A run that is watched trains to the same bits", arguments: ["24relu+drop0.2", "16tanh+bn clipnorm=1"])
    func sameBits(line: String) throws {
        let (plain, watched) = (try Self.trainer(line), try Self.trainer(line))
        let inspector = Inspector(watched)
        for _ in 0..<plain.batchesPerEpoch {
            _ = plain.step()
            inspector.epochEnded()
            inspector.receive(
                Watch(
                    image: Self.image, units: Watch.Units(layer: 1, units: [0, 1, 2], followed: 1), layers: true,
                    neighbours: 3, saliencyOf: 2, map: .validation, probes: true, epoch: plain.batch % 2 == 0 ? 0 : nil)
            )
            inspector.stepBegins()
            _ = watched.step()
            inspector.stepEnded()
            #expect(inspector.answer(isTraining: true)?.layers.isEmpty == false)
        }
        #expect(plain.network.state == watched.network.state)
    }

    @Test("A thread answers while it trains, while it is paused and when it has finished")
    func session() throws {
        let news = DispatchSemaphore(value: 0)
        let session = TrainingSession(
            spec: try SmallData.spec("8relu epochs=2"), dataset: SmallData.dataset, threads: 1, paused: true
        ) { news.signal() }
        var found: [Inspection] = []
        var isFinished = false
        func listen(until isDone: () -> Bool) -> Bool {
            while !isDone() {
                guard news.wait(timeout: Patience.end) == .success else { return false }
                let heard = session.takeNews()
                if heard.events.contains(.finished) { isFinished = true }
                if let inspection = heard.inspection { found.append(inspection) }
            }
            return true
        }
        session.send(.watch(Watch(image: Self.image)))
        #expect(listen { found.count == 1 })
        #expect(found.last?.epoch == 0 && found.last?.batch == 0)
        session.send(.stepBatch)
        #expect(listen { found.last?.batch == 1 })
        session.send(.resume)
        #expect(listen { isFinished && found.last?.epoch == 2 && found.last?.batch == 0 })
        session.send(.watch(Watch(units: Watch.Units(layer: 0, units: [0, 1]))))
        #expect(listen { found.last?.units.count == 2 })
        #expect(found.last?.keptEpochs == [0, 1, 2])
        session.send(.stop)
        session.waitUntilEnded()
    }
}
