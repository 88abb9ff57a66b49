import Foundation
import Kernels
import Networks
import Specs
import Testing

@Suite struct NetworkStateTests {
    /// Every optimizer, and every option that keeps something or takes another path through a step.
    private static let settings = [
        "sgd", "sgd momentum=0.9 nesterov=true", "rmsprop", "rmsprop momentum=0.8 centered=true", "adam",
        "adam amsgrad=true", "adamw", "adamax", "nadam", "adagrad", "adadelta lr=1", "ftrl lr=0.1",
        "ftrl lr=0.1 power=-0.7",
        "lion", "lamb", "muon", "adafactor lr=0.1", "schedule_free_adamw warmupsteps=20 wd=0.1", "sgd clipnorm=0.1",
        "adam globalclipnorm=0.5 wd=0.1", "adam clipvalue=0.01",
        "nadam ema=0.9 emaevery=5", "lamb ema=0.9 maxnorm=1", "muon clipnorm=0.5 ema=0.9 emaevery=3 maxnorm=1",
        "adafactor globalclipnorm=0.5 ema=0.9 maxnorm=1", "schedule_free_adamw clipnorm=0.5 ema=0.9 emaevery=3",
    ]

    @Test(arguments: settings)
    func `a restored network goes on bit for bit on another number of threads, dropout included`(line: String) throws {
        let set = ByteSet(count: 60, width: 90, classes: 6, density: 0.2, seed: 1)
        let spec = try ExperimentSpec(
            parsing: "140relu+bn+noise0.1+drop0.25-33tanh+bn+drop0.1 \(line) l1=1e-4 l2=1e-4", inputs: 90,
            classes: 6)
        let straight = Network(spec: spec, transform: unitScale, threads: 1)
        let start = straight.tensors()
        straight.fit(set, batch: 16, epochs: 2)
        let saved = try JSONEncoder().encode(straight.state)
        straight.fit(set, batch: 16, epochs: 2)

        let resumed = Network(spec: spec, transform: unitScale, threads: 2)
        try resumed.restore(JSONDecoder().decode(NetworkState.self, from: saved))
        resumed.fit(set, batch: 16, epochs: 2)
        #expect(resumed.state == straight.state)
        let optimizer = spec.training.optimizer
        #expect(resumed.state.step == 16)
        #expect(resumed.state.moments.count == (optimizer.kind == .adafactor ? 2 : optimizer.momentCount))
        #expect(resumed.state.averages.isEmpty == (spec.training.averaging == nil))
        #expect(straight.tensors() != start && straight.tensors().allSatisfy { $0.values.allSatisfy(\.isFinite) })
    }

    /// What is remembered of pixels that no image has had yet is no part of the state, and must not matter.
    @Test(arguments: ["200tanh", "8relu adamw wd=0.1", "100relu amsgrad=true", "33tanh+bn maxnorm=1"])
    func `a network restored after every step takes the same steps, past empty pixels too`(line: String) throws {
        let spec = try ExperimentSpec(parsing: line, inputs: 150, classes: 6)
        func run(restores: Bool) throws -> NetworkState {
            let network = Network(spec: spec, transform: unitScale, threads: 1)
            for step in 0..<14 {
                // The penalty and dense batches take another path, which fills the moments of other pixels.
                network.l2 = step % 5 == 3 ? 0.01 : 0
                if restores { try network.restore(network.state) }
                network.fit(Self.setWithFewerEmptyPixels(step), batch: 40, epochs: 1)
            }
            return network.state
        }
        let straight = try run(restores: false)
        #expect(try run(restores: true) == straight)
        #expect(straight.weights.allSatisfy { $0.values.allSatisfy(\.isFinite) })
    }

    /// On a kernel Adam's step and the average are made a block at a time, without a gradient in between.
    @Test(arguments: ["200tanh", "140relu+bn-33tanh adamw wd=0.1", "8relu", "100relu-40relu amsgrad=true"])
    func `an average changes no weight, and is that of the weights after each step`(line: String) throws {
        let (plain, averaged) = try (
            Network(
                spec: ExperimentSpec(parsing: line, inputs: 150, classes: 6), transform: unitScale, threads: 1),
            Network(
                spec: ExperimentSpec(parsing: line + " ema=0.9", inputs: 150, classes: 6), transform: unitScale,
                threads: 2)
        )
        var expected: [String: [Float]] = [:]
        for step in 0..<8 {
            for network in [plain, averaged] { network.fit(Self.setWithFewerEmptyPixels(step), batch: 40, epochs: 1) }
            let (weights, state) = (plain.state.weights, averaged.state)
            #expect(state.weights == weights)
            for tensor in weights {
                var average = expected[tensor.name] ?? tensor.values
                OptimizerKernels.average(
                    count: average.count, &average, of: tensor.values, momentum: step == 0 ? 0 : 0.9)
                expected[tensor.name] = average
            }
            #expect(!state.averages.isEmpty)
            for tensor in state.averages { #expect(tensor.values == expected[tensor.name], "\(tensor.name)") }
        }
    }

    /// Batches that are sparse or dense in turn, each with fewer pixels that are empty in all images.
    private static func setWithFewerEmptyPixels(_ step: Int) -> ByteSet {
        let set = ByteSet(count: 40, width: 150, classes: 6, density: step % 4 == 2 ? 0.9 : 0.2, seed: UInt64(step))
        let pixels = set.pixels.enumerated().map { $0.offset % 150 < 22 * (step % 7) + 10 ? $0.element : 0 }
        return ByteSet(pixels: pixels, labels: set.labels, width: 150)
    }

    @Test func `Adafactor keeps a row and a column of each kernel, and a state of other sizes is refused`() throws {
        let spec = try ExperimentSpec(parsing: "40tanh+bn adafactor", inputs: 30, classes: 6)
        let network = Network(spec: spec, transform: unitScale, threads: 1)
        network.fit(ByteSet(count: 60, width: 30, classes: 6, density: 0.2, seed: 1), batch: 16, epochs: 1)
        let state = network.state
        let (rows, columns) = (state.moments[0], state.moments[1])
        #expect(rows.map(\.name) == ["0.kernel", "1.kernel"] && rows.map(\.shape) == [[30], [40]])
        #expect(columns.map(\.name) == ["0.kernel", "0.bias", "0.gamma", "0.beta", "1.kernel", "1.bias"])
        #expect(columns.map(\.shape) == [[40], [40], [40], [40], [6], [6]])
        for tensor in rows + columns { #expect(tensor.values.allSatisfy { $0 > 0 && $0.isFinite }) }
        var bad = state
        bad.moments[0][1].shape = [41]
        #expect(throws: NetworkStateError.tensor(.shape(name: "1.kernel", expected: [40], found: [41]))) {
            try network.restore(bad)
        }
        #expect(network.state == state)
    }

    /// 20 rows of three classes whose pixel 5 is always 0.
    private static func setWithEmptyPixel(width: Int) -> ByteSet {
        let pixels = (0..<(20 * width)).map { (place: Int) -> UInt8 in
            place % width == 5 ? 0 : UInt8(place * 37 % 256)
        }
        return ByteSet(pixels: pixels, labels: (0..<20).map { UInt8($0 % 3) }, width: width)
    }

    /// A pixel and a unit without gradient: the product of their means is less than any float, which Keras divides by.
    @Test func `Adafactor leaves what has no gradient where it is`() throws {
        let spec = try ExperimentSpec(parsing: "9relu adafactor", inputs: 12, classes: 3)
        let network = Network(spec: spec, transform: unitScale, threads: 1)
        var tensors = network.tensors()
        // The first unit is never above 0.
        tensors[1].values[0] = -1000
        try network.load(tensors)
        let set = Self.setWithEmptyPixel(width: 12)
        network.fit(set, batch: 20, epochs: 5)
        let after = network.tensors()
        for tensor in after { #expect(tensor.values.allSatisfy { $0.isFinite }) }
        #expect(after != tensors)
        for place in 0..<9 { #expect(after[0].values[5 * 9 + place] == tensors[0].values[5 * 9 + place]) }
        for place in 0..<12 { #expect(after[0].values[place * 9] == tensors[0].values[place * 9]) }
    }

    @Test func `schedule-free ends with the mean of what it went through, and keeps untouched weights to the bit`()
        throws
    {
        let spec = try ExperimentSpec(parsing: "none schedule_free_adamw lr=0.1 beta1=0.7", inputs: 8, classes: 3)
        let network = Network(spec: spec, transform: unitScale, threads: 1)
        #expect(!network.takeAverages())
        let start = network.tensors()
        let set = Self.setWithEmptyPixel(width: 8)
        var sums = start[0].values.map { _ in 0.0 }
        for _ in 0..<10 {
            network.fit(set, batch: 20, epochs: 1)
            for (place, z) in network.state.moments[0][0].values.enumerated() { sums[place] += Double(z) / 10 }
        }
        #expect(network.takeAverages())
        let end = network.tensors()[0].values
        for (place, mean) in sums.enumerated() { #expect(abs(Double(end[place]) - mean) < 1e-6) }
        for unit in 0..<3 { #expect(end[5 * 3 + unit] == start[0].values[5 * 3 + unit]) }
    }

    @Test func `loaded tensors come back as they were, for widths with and without remainders`() throws {
        for widths in [[5, 3], [7, 8, 9, 2], [33, 200, 17, 10], [20, 513, 4]] {
            let network = Network(spec: experiment(widths), transform: unitScale, threads: 1)
            var next: Float = 0
            let tensors = network.tensors().map { tensor in
                Tensor(
                    name: tensor.name, shape: tensor.shape,
                    values: tensor.values.map { _ in
                        next += 1
                        return next
                    })
            }
            try network.load(tensors.reversed())
            #expect(network.tensors() == tensors)
        }
    }

    @Test func `batch normalization's tensors have Keras's order, start and shapes, and come back as they were`() throws
    {
        let spec = try ExperimentSpec(parsing: "17tanh+bn-4relu-9gelu+bn", inputs: 5, classes: 3)
        let network = Network(spec: spec, transform: unitScale, threads: 1)
        let start = network.tensors()
        let normalized = ["kernel", "bias", "gamma", "beta", "moving_mean", "moving_variance"]
        #expect(
            start.map(\.name) == normalized.map { "0.\($0)" } + ["1.kernel", "1.bias"]
                + normalized.map { "2.\($0)" } + ["3.kernel", "3.bias"])
        #expect(start[2].values == [Float](repeating: 1, count: 17) && start[5].values == start[2].values)
        #expect(start[3].values == [Float](repeating: 0, count: 17) && start[4].values == start[3].values)
        let other = start.enumerated().map { index, tensor in
            Tensor(name: tensor.name, shape: tensor.shape, values: tensor.values.map { $0 + Float(index) })
        }
        try network.load(other.shuffled())
        #expect(network.tensors() == other)
        #expect(try spec.network.ordered(other.reversed()) == other)
        #expect(network.state.moments[0].map(\.name) == start.map(\.name).filter { !$0.contains("moving") })
        #expect(throws: TensorError.missing(name: "0.moving_mean")) {
            try network.load(other.filter { $0.name != "0.moving_mean" })
        }
        #expect(network.tensors() == other)
    }

    @Test func `tensors that don't fit are refused by name, and nothing of them is used`() {
        let network = Network(spec: experiment([5, 4, 3]), transform: unitScale, threads: 1)
        let good = network.tensors()
        func refusal(_ change: (inout [Tensor]) -> Void) -> TensorError? {
            var tensors = good.map { Tensor(name: $0.name, shape: $0.shape, values: $0.values.map { $0 + 1 }) }
            change(&tensors)
            do {
                try network.load(tensors)
            } catch {
                return error as? TensorError
            }
            return nil
        }
        #expect(refusal { $0.removeLast() } == .missing(name: "1.bias"))
        #expect(refusal { $0[0].name = "7.kernel" } == .unexpected(name: "7.kernel"))
        #expect(refusal { $0[0].shape = [4, 5] } == .shape(name: "0.kernel", expected: [5, 4], found: [4, 5]))
        #expect(refusal { $0[2].values.removeLast() } == .count(name: "1.kernel", expected: 12, found: 11))
        #expect(network.tensors() == good)
    }

    @Test func `a state of another optimizer or with a bad tensor is refused as a whole`() {
        let network = Network(spec: experiment([5, 4, 3]), transform: unitScale, threads: 1)
        let good = network.state
        func refusal(_ change: (inout NetworkState) -> Void) -> NetworkStateError? {
            var state = good
            for index in state.weights.indices {
                state.weights[index].values = state.weights[index].values.map { $0 + 1 }
            }
            change(&state)
            do {
                try network.restore(state)
            } catch {
                return error
            }
            return nil
        }
        #expect(refusal { $0.moments.removeLast() } == .moments(expected: 2, found: 1))
        #expect(refusal { $0.step = -1 } == .negativeStep(-1))
        #expect(refusal { $0.averages = $0.weights } == .averages(expected: false))
        #expect(refusal { $0.momentumProduct = 1.5 } == .momentumProduct(1.5))
        #expect(refusal { $0.moments[1].removeFirst() } == .tensor(.missing(name: "0.kernel")))
        #expect(
            refusal { $0.weights[3].shape = [4] } == .tensor(.shape(name: "1.bias", expected: [3], found: [4])))
        #expect(network.state == good)
    }
}
