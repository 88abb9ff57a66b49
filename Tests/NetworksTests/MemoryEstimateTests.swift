import Kernels
import Memory
import Networks
import Specs
import Testing

@Suite struct MemoryEstimateTests {
    /// Bytes of all buffers that can be reached from a value.
    private func reachable(_ value: Any) -> Int {
        var seen: Set<ObjectIdentifier> = []
        func bytes(_ value: Any) -> Int {
            let mirror = Mirror(reflecting: value)
            if mirror.displayStyle == .class {
                guard seen.insert(ObjectIdentifier(value as AnyObject)).inserted else { return 0 }
                if let buffer = value as? any SizedBuffer { return buffer.byteCount }
            }
            return mirror.children.reduce(0) { $0 + bytes($1.value) }
        }
        return bytes(value)
    }

    @Test(arguments: [
        "200tanh batch=1000", "300gelu+drop0.5-200tanh+bn+noise0.1 batch=2000", "30relu batch=1 sgd",
        "300tanh-200relu muon ema=0.99 batch=32", "200softmax adam amsgrad=true clipnorm=1",
        "100silu+bn scale=standard", "300tanh-200relu adafactor", "200tanh+bn schedule_free_adamw",
        "200elu+drop0.1 batch=1500 scale=standard rmsprop centered=true momentum=0.9",
    ])
    func `the estimate is what a network's buffers take`(line: String) throws {
        let set = ByteSet(count: 2000, width: 300, classes: 10, density: 0.9, seed: 1)
        let spec = try ExperimentSpec(parsing: line, inputs: 300, classes: 10)
        let isShifted = spec.training.scale == .standard
        let network = Network(
            spec: spec, transform: InputTransform(multiply: 0.01, add: isShifted ? -1 : 0), threads: 2)
        network.fit(set, batch: min(spec.training.batch, 2000), epochs: spec.training.batch == 1 ? 0 : 1)
        _ = network.trainStep(set.batch(0..<1), labels: set.labelPointer)
        _ = network.predict(set, 0..<300)
        let taken = Double(reachable(network))
        let estimate = Double(spec.memoryEstimate(threads: 2, rows: 2000))
        // It is never much less; the kernels that are drawn before there is anything to predict may make it more.
        #expect(estimate > 0.97 * taken && estimate < 1.1 * taken, "\(estimate) for \(taken)")
    }

    @Test func `kernels are there twice while they are drawn, orthogonal ones thrice`() throws {
        func estimate(_ initializer: String) throws -> Int {
            try ExperimentSpec(parsing: "5000relu batch=1 sgd init=\(initializer)", inputs: 4000, classes: 10)
                .memoryEstimate(threads: 1, rows: 1)
        }
        let kernel = 4 * 4000 * 5000
        #expect(try estimate("orthogonal") - estimate("zeros") == kernel)
        #expect(try estimate("zeros") > 2 * kernel)
    }

    @Test("A network over the memory limit is refused with the figure")
    func memory() throws {
        let spec = try ExperimentSpec(parsing: "2000relu-2000relu")
        let mebibytes = (spec.memoryEstimate + (1 << 20) - 1) >> 20
        try spec.refuseTooLarge(budget: MemoryBudget(bytes: spec.memoryEstimate, bound: .machine))
        let error = #expect(throws: SpecError.self) {
            try spec.refuseTooLarge(budget: MemoryBudget(bytes: 64 << 20, bound: .machine))
        }
        #expect(
            error?.description
                == "784-2000relu-2000relu-10: training takes about \(mebibytes) MiB for 5592010 parameters; "
                + "expected at most 64 MiB, 60 % of this machine's memory: fewer units or layers, or a smaller batch")
        let huge = try ExperimentSpec(parsing: "100000relu-100000relu")
        #expect(throws: SpecError.self) { try huge.validateForTraining() }
    }

    @Test func `what takes more than the limit is refused`() throws {
        #expect(throws: SpecError.self) {
            try ExperimentSpec(parsing: "4096gelu+drop0.5-4096gelu+drop0.5 batch=54000", inputs: 784, classes: 10)
                .refuseTooLarge(budget: MemoryBudget(bytes: 4 << 30, bound: .program))
        }
    }

    @Test func `sizes beyond all bounds stay at the greatest number`() {
        let layer = HiddenLayer(units: .max, activation: .gelu, batchNormalization: true)
        var spec = ExperimentSpec(network: NetworkSpec(inputs: .max, hidden: [layer], classes: .max))
        spec.training.batch = .max
        #expect(spec.memoryEstimate == .max)
    }
}
