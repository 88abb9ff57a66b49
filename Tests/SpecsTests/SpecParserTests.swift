import Kernels
import Specs
import Testing

@Suite struct SpecParserTests {
    @Test(
        "A spec is printed in its canonical form",
        arguments: [
            ("200tanh", "784-200tanh-10 adam lr=1e-3 batch=32 epochs=10 seed=1"),
            ("784-200tanh-10", "784-200tanh-10 adam lr=1e-3 batch=32 epochs=10 seed=1"),
            ("none", "784-10 adam lr=1e-3 batch=32 epochs=10 seed=1"),
            ("784-10", "784-10 adam lr=1e-3 batch=32 epochs=10 seed=1"),
            // Alone, 784 is a hidden linear layer, and so is a bare 10 after layers that are not the full chain.
            ("784", "784-784-10 adam lr=1e-3 batch=32 epochs=10 seed=1"),
            ("200tanh-10", "784-200tanh-10-10 adam lr=1e-3 batch=32 epochs=10 seed=1"),
            // Blanks may stand at the joints of the layers, and before an activation.
            ("8 tanh", "784-8tanh-10 adam lr=1e-3 batch=32 epochs=10 seed=1"),
            (
                "8 Tanh + drop0.1 - 4 relu:0:6 sgd",
                "784-8tanh+drop0.1-4relu:0:6-10 sgd lr=0.01 batch=32 epochs=10 seed=1"
            ),
            ("784 -8 tanh- 10 seed=2", "784-8tanh-10 adam lr=1e-3 batch=32 epochs=10 seed=2"),
            // The output layer as it is written elsewhere is no further one; behind a hidden one it is said twice.
            ("10softmax", "784-10 adam lr=1e-3 batch=32 epochs=10 seed=1"),
            ("10 softmax", "784-10 adam lr=1e-3 batch=32 epochs=10 seed=1"),
            ("200tanh-10softmax", "784-200tanh-10 adam lr=1e-3 batch=32 epochs=10 seed=1"),
            ("200 - 10 Softmax", "784-200-10 adam lr=1e-3 batch=32 epochs=10 seed=1"),
            ("784-200tanh-10softmax", "784-200tanh-10 adam lr=1e-3 batch=32 epochs=10 seed=1"),
            ("784-10softmax", "784-10 adam lr=1e-3 batch=32 epochs=10 seed=1"),
            ("784-200tanh-10softmax-10", "784-200tanh-10softmax-10 adam lr=1e-3 batch=32 epochs=10 seed=1"),
            ("8tanh-10softmax-10softmax", "784-8tanh-10softmax-10 adam lr=1e-3 batch=32 epochs=10 seed=1"),
            ("10softmax-8tanh", "784-10softmax-8tanh-10 adam lr=1e-3 batch=32 epochs=10 seed=1"),
            ("8tanh-12softmax", "784-8tanh-12softmax-10 adam lr=1e-3 batch=32 epochs=10 seed=1"),
            ("100-50", "784-100-50-10 adam lr=1e-3 batch=32 epochs=10 seed=1"),
            ("784-784-10-10", "784-784-10-10 adam lr=1e-3 batch=32 epochs=10 seed=1"),
            (
                "512RELU+drop0.20-64leaky_relu SGD",
                "784-512relu+drop0.2-64leaky_relu-10 sgd lr=0.01 batch=32 epochs=10 seed=1"
            ),
            (
                "  8silu\tsgd   nesterov=true momentum=.90 ",
                "784-8silu-10 sgd lr=0.01 batch=32 epochs=10 seed=1 momentum=0.9 nesterov=true"
            ),
            (
                "8 rho=0.95 rmsprop epsilon=0.001",
                "784-8-10 rmsprop lr=1e-3 batch=32 epochs=10 seed=1 rho=0.95 epsilon=1e-3"
            ),
            (
                "8gelu adamw wd=0.01 beta2=0.99 beta1=0.8 lr=3e-4",
                "784-8gelu-10 adamw lr=3e-4 batch=32 epochs=10 seed=1 beta1=0.8 beta2=0.99 wd=0.01"
            ),
            (
                "8elu l2=1e-4 init=he_normal scale=standard val=0.2 seed=18446744073709551615 epochs=3 batch=100000",
                "784-8elu-10 adam lr=1e-3 batch=100000 epochs=3 seed=18446744073709551615 "
                    + "val=0.2 scale=standard init=he_normal l2=1e-4"
            ),
            // Batch normalization, noise and dropout, and the arguments of an activation.
            (
                "64relu:0:6+bn+noise.1+drop0.5-32leaky_relu:0.2-8softmax-9relu:0:none:1",
                "784-64relu:0:6+bn+noise0.1+drop0.5-32leaky_relu-8softmax-9relu:0:none:1-10 adam lr=1e-3 batch=32 "
                    + "epochs=10 seed=1"
            ),
            (
                "8 clipnorm=1 ema=0.99 emaevery=10 wd=0.01 maxnorm=3 l1=1e-5",
                "784-8-10 adam lr=1e-3 batch=32 epochs=10 seed=1 wd=0.01 clipnorm=1 ema=0.99 emaevery=10 l1=1e-5 "
                    + "maxnorm=3"
            ),
            // What decides comes first, wherever it stands.
            (
                "8 alpha=0.1 warmup=1 schedule=cosine smooth=0.1",
                "784-8-10 adam lr=1e-3 batch=32 epochs=10 seed=1 schedule=cosine alpha=0.1 warmup=1 smooth=0.1"
            ),
            (
                "8 schedule=piecewise boundaries=100,200 rates=1e-3,5e-4,1e-4 loss=focal focalgamma=1",
                "784-8-10 adam lr=1e-3 batch=32 epochs=10 seed=1 schedule=piecewise boundaries=100,200 "
                    + "rates=1e-3,5e-4,1e-4 loss=categorical_focal_crossentropy focalgamma=1"
            ),
            (
                "8 muon ema=0.99 clipvalue=none patience=3 restore=true monitor=val_accuracy plateau=2 factor=0.5",
                "784-8-10 muon lr=1e-3 batch=32 epochs=10 seed=1 ema=0.99 monitor=val_accuracy patience=3 restore=true "
                    + "plateau=2 factor=0.5"
            ),
            (
                "8threshold:0.5-8threshold:0:1-8threshold initmode=fan_avg init=variance_scaling initdistribution=normal",
                "784-8threshold:0.5-8threshold:0:1-8threshold-10 adam lr=1e-3 batch=32 epochs=10 seed=1 "
                    + "init=variance_scaling initmode=fan_avg"
            ),
            (
                "8 adafactor epsilon1=1e-20 clipthreshold=0.5",
                "784-8-10 adafactor lr=1e-3 batch=32 epochs=10 seed=1 epsilon1=1e-20 clipthreshold=0.5"
            ),
            (
                "8 Schedule_Free_AdamW warmupsteps=100 epsilon=1e-8",
                "784-8-10 schedule_free_adamw lr=0.0025 batch=32 epochs=10 seed=1 warmupsteps=100"
            ),
            // What equals its default is not printed.
            (
                "8 beta1=0.9 val=0.1 scale=unit init=glorot_uniform l2=0 epsilon=1e-7",
                "784-8-10 adam lr=1e-3 batch=32 epochs=10 seed=1"
            ),
            ("notebook", "784-8tanh-10 adam lr=1e-3 batch=32 epochs=8 seed=1 scale=raw"),
            ("exercise-1", "784-200-10 adam lr=1e-3 batch=32 epochs=30 seed=1"),
            ("exercise-2", "784-200tanh-10 adam lr=1e-3 batch=32 epochs=30 seed=1"),
            ("exercise-3", "784-100relu-200relu-100relu-10 adam lr=1e-3 batch=32 epochs=50 seed=1"),
            (
                "challenge",
                "784-1000relu-500relu-10 adam lr=1e-3 batch=128 epochs=40 seed=1 schedule=cosine augment=elastic"
            ),
            ("Exercise-2 epochs=5 seed=7", "784-200tanh-10 adam lr=1e-3 batch=32 epochs=5 seed=7"),
            ("exercise-2 sgd momentum=0.9", "784-200tanh-10 sgd lr=0.01 batch=32 epochs=30 seed=1 momentum=0.9"),
        ])
    func canonicalForm(line: String, canonical: String) throws {
        let spec = try ExperimentSpec(parsing: line)
        #expect(spec.description == canonical)
        #expect(try ExperimentSpec(parsing: canonical) == spec)
    }

    @Test("Input width and classes are the data set's, also for a preset")
    func otherData() throws {
        #expect(try ExperimentSpec(parsing: "400-30relu-26", inputs: 400, classes: 26).network.widths == [400, 30, 26])
        #expect(try ExperimentSpec(parsing: "notebook", inputs: 64, classes: 3).network.widths == [64, 8, 3])
        #expect(try ExperimentSpec(parsing: "784-30relu", inputs: 64, classes: 3).network.widths == [64, 784, 30, 3])
    }

    @Test("A preset has its own spec", arguments: Presets.all)
    func presets(preset: Preset) throws {
        #expect(try ExperimentSpec(parsing: preset.name) == preset.spec)
        #expect(Presets.named(preset.name.uppercased()) == preset)
    }

    @Test("A random spec reads back from its canonical form as the same value")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 42)
        var lines: Set<String> = []
        for _ in 0..<2_000 {
            let spec = ExperimentSpec.random(using: &generator)
            let line = spec.description
            lines.insert(line)
            let back = try ExperimentSpec(parsing: line, inputs: spec.network.inputs, classes: spec.network.classes)
            #expect(back == spec, "\(line)")
            #expect(back.description == line)
        }
        #expect(lines.count > 1_990)
    }

    @Test("Every setting of the table reads back what it prints, and is printed where it is not the default")
    func table() throws {
        #expect(
            SpecSetting.all.map(\.key).sorted { $0.rawValue < $1.rawValue }
                == SpecKey.allCases.sorted { $0.rawValue < $1.rawValue })
        let training = TrainingConfiguration()
        for setting in SpecSetting.all where setting.key.isUsed(in: training) {
            #expect(try setting.reading(setting.text(in: training), into: training) == training, "\(setting.key)")
        }
    }

    @Test("A setting that loses its meaning goes back to its default")
    func unused() throws {
        var training = try ExperimentSpec(
            parsing: "8 sgd momentum=0.9 schedule=cosine alpha=0.5 patience=3 mindelta=0.1"
        ).training
        training.optimizer = Optimizer(.adam)
        training.schedule.kind = .constant
        training.earlyStopping.patience = nil
        training.resetUnused()
        var expected = TrainingConfiguration()
        expected.learningRate = 0.01
        #expect(training == expected)
    }

    @Test(
        "Numbers are printed shortly and read back exactly",
        arguments: [
            (0, "0"), (1, "1"), (0.1, "0.1"), (0.01, "0.01"), (0.001, "1e-3"), (0.0003, "3e-4"), (0.0015, "0.0015"),
            (0.00015, "1.5e-4"), (0.999, "0.999"), (1e-7, "1e-7"), (2.5e-300, "2.5e-300"), (100, "100"), (1_000, "1e3"),
            (12.5, "12.5"), (1.0 / 3, "0.3333333333333333"), (-0.001, "-1e-3"), (1e22, "1e22"), (123_456, "123456"),
        ] as [(Double, String)])
    func numbers(value: Double, text: String) {
        #expect(SpecNumber.short(value) == text)
        #expect(Double(text) == value)
    }
}

extension ExperimentSpec {
    /// A valid spec whose layers are drawn at random, and about half of whose settings are.
    static func random(using generator: inout SeededGenerator) -> ExperimentSpec {
        let inputs = [784, 64, 10, 1].randomElement(using: &generator) ?? 784
        let classes = [10, 2, 26].randomElement(using: &generator) ?? 10
        let hidden = (0..<Int.random(in: 0...5, using: &generator)).map { _ in HiddenLayer.random(using: &generator) }
        var training = TrainingConfiguration()
        training.optimizer = Optimizer.defaults.randomElement(using: &generator) ?? Optimizer(.adam)
        let keys = SpecKey.allCases
        while true {
            var drawn = training
            // In any order: what has no meaning in the end is reset.
            for key in keys.shuffled(using: &generator) where Bool.random(using: &generator) {
                drawn = (try? SpecSetting.of(key).reading(key.randomText(using: &generator), into: drawn)) ?? drawn
            }
            drawn.seed = generator.next()
            drawn.resetUnused()
            let spec = ExperimentSpec(
                network: NetworkSpec(inputs: inputs, hidden: hidden, classes: classes), training: drawn)
            if (try? spec.validate()) != nil { return spec }
        }
    }
}

extension HiddenLayer {
    fileprivate static func random(using generator: inout SeededGenerator) -> HiddenLayer {
        let units = [1, 10, 64, 200, 784, Int.random(in: 1...999, using: &generator)]
        var activation = Activation.allCases.randomElement(using: &generator) ?? .linear
        if !activation.argumentNames.isEmpty, Bool.random(using: &generator) { activation.alpha = 0.375 }
        if activation.kind == .threshold { activation.threshold = Double.random(in: 0..<2, using: &generator) }
        if activation.kind == .relu, Bool.random(using: &generator) {
            activation.maximum = 6
            activation.threshold = Double.random(in: 0..<1, using: &generator)
        }
        return HiddenLayer(
            units: units.randomElement(using: &generator) ?? 1, activation: activation,
            batchNormalization: Bool.random(using: &generator),
            noise: Bool.random(using: &generator) ? 0 : Double.random(in: 0..<2, using: &generator),
            dropout: Bool.random(using: &generator) ? 0 : Double.random(in: 0..<0.9, using: &generator))
    }
}

extension SpecKey {
    /// A text that may be valid for the setting.
    fileprivate func randomText(using generator: inout SeededGenerator) -> String {
        switch SpecSetting.of(self).kind {
        case .choice(let texts): return texts.randomElement(using: &generator) ?? ""
        case .number(let range) where range.isWhole: return "\(Int.random(in: 0...500, using: &generator))"
        case .digest: return "sha256:" + String(UInt64.random(in: 1 << 60 ... .max, using: &generator), radix: 16)
        case .interval:
            return ["4..9", "10", "0.5..1", "none", "9..4", "14..22"].randomElement(using: &generator) ?? ""
        case .list: return ["10,20", "0.1,0.01,0.001", "none"].randomElement(using: &generator) ?? ""
        case .number, .seed:
            let exponent = Int.random(in: -9...1, using: &generator)
            let sign = self == .power || self == .beta2decay ? "-" : ""
            return Bool.random(using: &generator)
                ? "\(sign)1e\(exponent)" : "\(sign)\(Double.random(in: 0..<2, using: &generator))"
        }
    }
}
