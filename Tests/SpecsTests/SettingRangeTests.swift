import Specs
import Testing

@Suite struct SettingRangeTests {
    /// What a setting takes at and just within each end, and what it refuses just beyond.
    struct Edges: CustomTestStringConvertible, Sendable {
        let keys: [SpecKey]
        let inside: [String]
        let outside: [String]
        var isOptional = false
        var testDescription: String { keys.map(\.rawValue).joined(separator: " ") }
    }

    static let edges = [
        Edges(
            keys: [.lr, .rates], inside: ["1e-45", "1e-9", "999.999", "1000"],
            outside: ["0", "-1e-9", "1e-50", "1000.001"]),
        Edges(keys: [.batch, .epochs], inside: ["1", "2", "999999", "1000000"], outside: ["0", "-1", "1000001"]),
        Edges(
            keys: [.splitseed], inside: ["0", "1842", "4294967294", "4294967295"], outside: ["-1", "4294967296", "1.5"]),
        Edges(
            keys: [.from, .teacher], inside: ["sha256:0123456789abcdef"],
            outside: ["0123456789abcdef", "sha256:0123456789abcde", "sha256:0123456789abcdeg", "md5:0123456789abcdef"],
            isOptional: true),
        Edges(keys: [.rotate], inside: ["0", "7.5", "180"], outside: ["-1", "180.5"]),
        Edges(keys: [.shear], inside: ["0", "7.5", "60"], outside: ["-1", "60.5"]),
        Edges(keys: [.stretch], inside: ["0", "0.12", "0.9"], outside: ["-0.1", "0.91"]),
        Edges(keys: [.shift], inside: ["0", "0.5", "28"], outside: ["-0.5", "28.5"]),
        Edges(keys: [.bend], inside: ["0", "1.2", "10"], outside: ["-1", "10.5"]),
        Edges(keys: [.width], inside: ["4", "14", "28"], outside: ["3", "29", "14.5"], isOptional: true),
        Edges(keys: [.noise, .erase], inside: ["0", "0.1", "1"], outside: ["-0.1", "1.01"]),
        Edges(keys: [.mild], inside: ["0", "7", "255"], outside: ["-1", "256", "1.5"]),
        Edges(keys: [.strength], inside: ["0", "0.5", "10"], outside: ["-1", "10.5"]),
        Edges(keys: [.seed], inside: ["0", "18446744073709551615"], outside: ["-1", "18446744073709551616"]),
        Edges(
            keys: [.momentum, .beta1, .beta2, .rho, .val], inside: ["0", "1e-9", "0.9999999"],
            outside: ["-1e-9", "0.99999999999", "1"]),
        Edges(
            keys: [.ema], inside: ["0", "1e-9", "0.9999999"], outside: ["-1e-9", "0.99999999999", "1"], isOptional: true
        ),
        Edges(keys: [.epsilon], inside: ["1e-12", "1.1e-12", "0.999999", "1"], outside: ["9.9e-13", "0", "1.000001"]),
        Edges(
            keys: [.accumulator, .lrend, .minlr, .l1, .l2, .focalalpha, .mindelta, .plateaudelta],
            inside: ["0", "1e-300", "999.999", "1000"], outside: ["-1e-300", "1000.001"]),
        Edges(
            keys: [.power, .beta2decay], inside: ["-2", "-1.999999", "-1e-9", "0"], outside: ["-2.000001", "1e-9"]),
        Edges(keys: [.epsilon1], inside: ["1e-35", "1.1e-35", "0.999999", "1"], outside: ["9e-36", "1.000001"]),
        Edges(
            keys: [.epsilon2, .wd, .alpha, .smooth], inside: ["0", "1e-300", "0.99999999999", "1"],
            outside: ["-1e-300", "1.000001"]),
        Edges(keys: [.clipthreshold], inside: ["1e-300", "999999.9", "1000000"], outside: ["0", "-1", "1000000.1"]),
        Edges(
            keys: [.clipnorm, .globalclipnorm, .clipvalue, .maxnorm], inside: ["1e-300", "999999.9", "1000000"],
            outside: ["0", "-1", "1000000.1"], isOptional: true),
        Edges(keys: [.warmupsteps], inside: ["0", "1", "999999999", "1000000000"], outside: ["-1", "1000000001"]),
        Edges(keys: [.boundaries], inside: ["1", "2", "999999999", "1000000000"], outside: ["0", "1000000001"]),
        Edges(
            keys: [.emaevery, .decaysteps], inside: ["1", "2", "999999999", "1000000000"],
            outside: ["0", "-1", "1000000001"], isOptional: true),
        Edges(keys: [.decayrate, .initscale], inside: ["1e-300", "999.999", "1000"], outside: ["0", "1000.001"]),
        Edges(keys: [.lrpower, .mmul], inside: ["1e-300", "99.999", "100"], outside: ["0", "-1", "100.001"]),
        Edges(keys: [.tmul], inside: ["1", "1.000001", "99.999", "100"], outside: ["0.999999", "100.001"]),
        Edges(keys: [.rise, .factor], inside: ["1e-300", "0.99999999999"], outside: ["0", "-1", "1"]),
        Edges(
            keys: [.startdiv, .enddiv], inside: ["1", "1.000001", "999999999", "1e9"], outside: ["0.999999", "1.1e9"]),
        Edges(keys: [.warmup], inside: ["0", "1e-300", "999999.9", "1000000"], outside: ["-1e-300", "1000000.1"]),
        Edges(keys: [.temp], inside: ["0.1", "1", "99.999", "100"], outside: ["0", "0.0999", "100.001"]),
        Edges(keys: [.hard], inside: ["0", "1e-300", "0.999", "1"], outside: ["-1e-300", "1.0001"]),
        Edges(keys: [.focalgamma], inside: ["0", "1e-300", "99.999", "100"], outside: ["-1e-300", "100.001"]),
        Edges(
            keys: [.patience, .plateau], inside: ["0", "1", "999999", "1000000"], outside: ["-1", "1000001"],
            isOptional: true),
        Edges(keys: [.cooldown], inside: ["0", "1", "999999", "1000000"], outside: ["-1", "1000001"]),
    ]

    private var training: TrainingConfiguration {
        var training = TrainingConfiguration()
        // How often the average replaces the weights has a place only where there is an average.
        training.averaging = WeightAveraging()
        return training
    }

    @Test(
        "A setting takes the ends of its range and what is just within, and refuses what is just beyond",
        arguments: edges)
    func ends(edges: Edges) throws {
        for setting in edges.keys.map(SpecSetting.of) {
            for text in edges.inside {
                let read = try setting.reading(text, into: training)
                #expect(Double(setting.text(in: read)) == Double(text), "\(setting.key)=\(text)")
            }
            for text in edges.outside + ["", "x", "nan", "inf", "1,5x"] {
                let error = #expect(throws: SpecError.self, "\(setting.key)=\(text)") {
                    try setting.reading(text, into: training)
                }
                #expect(error?.expected == setting.expected)
            }
            let isList = if case .list = setting.kind { true } else { false }
            let takesNone = (try? setting.reading("none", into: training)) != nil
            #expect(takesNone == (edges.isOptional || isList))
            #expect(setting.expected.hasSuffix(", or none") == edges.isOptional)
        }
    }

    @Test("Every setting's edges are tested, but for those whose values are words")
    func all() {
        let words = SpecSetting.all.filter { if case .choice = $0.kind { true } else { false } }
        let keys = Self.edges.flatMap(\.keys) + words.map(\.key)
        #expect(keys.count == SpecKey.allCases.count && Set(keys) == Set(SpecKey.allCases))
    }

    @Test(
        "A layer's values are held to their ranges, too",
        arguments: [
            (SettingRange.units, ["1", "2", "99999", "100000"], ["0", "-1", "100001", "1.5"]),
            (.dropout, ["0", "1e-9", "0.9999999"], ["-1e-9", "0.99999999999", "1"]),
            (.noise, ["0", "1e-300", "99.999", "100"], ["-1e-300", "100.001"]),
        ] as [(SettingRange, [String], [String])])
    func layers(range: SettingRange, inside: [String], outside: [String]) throws {
        for text in inside { #expect(try range.value(text) == Double(text)) }
        for text in outside { #expect(throws: SpecError.self, "\(text)") { try range.value(text) } }
        #expect(range.steps.allSatisfy { range.contains($0) } && range.steps == range.steps.sorted())
    }

    @Test("A number that is none is in no range, and a part of a unit is no unit")
    func contains() {
        for range in SpecSetting.all.compactMap(\.range) + [.units, .dropout, .noise] {
            for value in [Double.nan, .infinity, -.infinity] { #expect(!range.contains(value), "\(range)") }
        }
        #expect(SettingRange.units.contains(1.0) && !SettingRange.units.contains(1.5))
        #expect(!SettingRange.units.contains(Int.max) && !SettingRange.units.contains(Int.min))
    }

    @Test("A range says its ends in words, each as it is within or not")
    func words() {
        func words(_ key: SpecKey) -> [String] {
            [SpecSetting.of(key).range?.bounds ?? "", SpecSetting.of(key).expected]
        }
        #expect(words(.lr) == ["above 0 and at most 1000", "a learning rate above 0 and at most 1000"])
        #expect(words(.val) == ["0 to below 1", "a share of the training rows, from 0 to below 1"])
        #expect(words(.rise) == ["above 0 and below 1", "a share of the run above 0 and below 1"])
        #expect(words(.power) == ["-2 to 0", "an exponent from -2 to 0"])
        #expect(words(.startdiv) == ["1 to 1e9", "a divisor from 1 to 1e9"])
        #expect(words(.epsilon) == ["1e-12 to 1", "an epsilon from 1e-12 to 1"])
        #expect(words(.warmup) == ["0 to 1000000", "epochs from 0 to 1000000"])
        #expect(words(.patience) == ["0 to 1000000", "0 to 1000000 epochs, or none"])
        #expect(words(.emaevery) == ["1 to 1000000000", "1 to 1000000000 steps, or none"])
        #expect(words(.decaysteps) == ["1 to 1000000000", "1 to 1000000000 steps, or none"])
        #expect(words(.maxnorm) == ["above 0 and at most 1000000", "a bound above 0 and at most 1000000, or none"])
        #expect(SpecSetting.of(.seed).expected == "a whole number from 0 to 18446744073709551615")
        #expect(SpecSetting.of(.restore).expected == "false true")
    }

    @Test("Steps go up and down through a setting's usual values, end at the last and stay within its range")
    func steps() throws {
        // The seed of a split goes by one, as seeds do.
        for setting in SpecSetting.all where setting.key != .splitseed {
            guard case .number(let range) = setting.kind else { continue }
            let rungs = range.steps.map(range.text)
            #expect(!rungs.isEmpty && range.steps == range.steps.sorted() && Set(rungs).count == rungs.count)
            func walk(by step: Int, from text: String) throws -> [String] {
                var texts = [text]
                while texts.count < 100 {
                    let training = try setting.reading(texts[texts.count - 1], into: self.training)
                    guard let next = setting.next(by: step, in: training), next != texts.last else { break }
                    texts.append(next)
                }
                return texts
            }
            #expect(try walk(by: 1, from: rungs[0]) == rungs, "\(setting.key)")
            let down = rungs.reversed() + (range.allowsNone ? ["none"] : [])
            #expect(try walk(by: -1, from: rungs[rungs.count - 1]) == down, "\(setting.key)")
            if range.allowsNone { #expect(try walk(by: 1, from: "none") == ["none"] + rungs) }
        }
    }

    @Test("From a value between two steps, or beyond them all, a step goes to the nearest one on that side")
    func between() {
        #expect(
            SettingRange.learningRate.next(3e-3, by: 1) == 5e-3 && SettingRange.learningRate.next(3e-3, by: -1) == 2e-3)
        #expect(
            SettingRange.learningRate.next(700.0, by: 1) == 700 && SettingRange.learningRate.next(700.0, by: -1) == 10)
        #expect(SettingRange.units.next(100_000, by: 1) == 100_000 && SettingRange.units.next(129, by: -1) == 128)
        #expect(SettingRange.units.next(Int.max, by: 1) == Int.max)
        #expect([0, 0.25, 0.5, 0.7].map(SettingRange.dropout.nextInTurn) == [0.1, 0.3, 0, 0])
    }

    @Test("Edges step to values within the range", arguments: edges)
    func stepsFromEdges(edges: Edges) throws {
        for setting in edges.keys.map(SpecSetting.of) where setting.isNumber {
            for text in edges.inside {
                let read = try setting.reading(text, into: training)
                for step in [-1, 1] {
                    let next = try #require(setting.next(by: step, in: read))
                    if setting.key != .seed { _ = try setting.reading(next, into: read) }
                }
            }
        }
    }

    @Test("Seeds step by one, down to 0, and words go round")
    func others() {
        var training = self.training
        #expect(SpecSetting.of(.seed).next(by: 1, in: training) == "2")
        training.seed = 0
        #expect(SpecSetting.of(.seed).next(by: -1, in: training) == "0")
        training.seed = .max
        #expect(SpecSetting.of(.seed).next(by: 1, in: training) == "0")
        #expect(SpecSetting.of(.splitseed).next(by: 1, in: training) == "2")
        training.splitSeed = 0
        #expect(SpecSetting.of(.splitseed).next(by: -1, in: training) == "0")
        training.splitSeed = 4_294_967_295
        #expect(SpecSetting.of(.splitseed).next(by: 1, in: training) == "4294967295")
        #expect(SpecSetting.of(.scale).next(by: -1, in: training) == "standard")
        #expect(SpecSetting.of(.boundaries).next(by: 1, in: training) == nil)
    }

    @Test("A scale is logarithmic where the usual values span a factor of 50 or more")
    func scales() {
        for range in SpecSetting.all.compactMap(\.range) + [.units, .dropout] where !range.steps.isEmpty {
            let positive = range.steps.filter { $0 > 0 }
            let span = (positive.last ?? 1) / (positive.first ?? 1)
            #expect((range.scale == .logarithmic) == (span >= 50), "\(range.expected): \(span)")
        }
    }
}
