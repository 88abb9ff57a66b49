import Networks
import Specs
import Testing

@Suite struct EpochCostTests {
    private func spec(_ line: String) throws -> ExperimentSpec {
        try ExperimentSpec(parsing: line, inputs: 784, classes: 10)
    }

    /// The values are those of the formula that was fitted, worked out by hand.
    @Test(
        "An epoch costs its rows, products, distortions and steps, and what the optimizer computes besides",
        arguments: [
            ("128relu", 0.044037553824), ("128relu muon", 2.860191283824), ("128relu adafactor", 0.086913553824),
            ("128relu schedule_free_adamw", 0.068048113824), ("128relu scale=standard", 0.1265256936),
            ("128relu augment=affine", 0.065637553824), ("128relu augment=elastic val=0", 0.10293061536),
            ("none batch=1", 0.208024606080), ("512relu-512relu batch=128 val=0.2", 0.305619231552),
            // None of these is an operation of the model.
            ("128tanh+bn+drop0.2 lr=0.1 epochs=99", 0.044037553824),
        ])
    func seconds(line: String, seconds: Double) throws {
        #expect(abs(try spec(line).epochSeconds(rows: 60_000) / seconds - 1) < 1e-9)
    }

    @Test("Muon multiplies matrices, a wide kernel's as often as a tall one's, and no other optimizer does")
    func multiplications() throws {
        func seconds(_ optimizer: String, inputs: Int, units: Int) throws -> Double {
            var spec = try spec("1relu \(optimizer)")
            spec.network = NetworkSpec(inputs: inputs, hidden: [], classes: units)
            return spec.epochSeconds(rows: 1000)
        }
        #expect(try seconds("muon", inputs: 600, units: 10) == seconds("muon", inputs: 10, units: 600))
        for optimizer in Optimizer.defaults {
            let more = try seconds(optimizer.name, inputs: 300, units: 300) / seconds("adam", inputs: 300, units: 300)
            #expect(optimizer.kind == .muon ? more > 50 : (1..<4).contains(more), "\(optimizer.name): \(more)")
        }
    }

    @Test("Rates and epochs leave an epoch's cost as it is, and nothing else does")
    func sameCost() throws {
        let base = try spec("128relu")
        for same in ["lr=0.1", "epochs=3", "seed=2", "l2=0.1"] {
            #expect(try base.hasCost(of: spec("128relu \(same)")), "\(same)")
        }
        for other in ["batch=64", "sgd", "val=0", "scale=raw", "augment=affine"] {
            #expect(try !base.hasCost(of: spec("128relu \(other)")), "\(other)")
        }
        #expect(try !base.hasCost(of: spec("129relu")))
    }

    @Test("Sizes beyond all memory have a cost, too")
    func huge() {
        let hidden = Array(repeating: HiddenLayer(units: .max), count: 3)
        var spec = ExperimentSpec.standard
        spec.network = NetworkSpec(inputs: 784, hidden: hidden, classes: 10)
        #expect(spec.epochSeconds(rows: .max).isFinite)
    }
}
