extension SpecSetting {
    /// Every setting, in the order of `SpecKey`.
    public static let all: [SpecSetting] = run + optimizer + bounds + schedule + data + loss + callbacks

    private static let run: [SpecSetting] = [
        number(.lr, \.learningRate, SpecRules.learningRate),
        whole(.batch, \.batch, SpecRules.batch),
        whole(.epochs, \.epochs, SpecRules.epochs),
        SpecSetting(
            key: .seed, kind: .whole,
            read: { (text, training) throws(SpecError) in training.seed = try SpecRules.seed(text).get() },
            text: { "\($0.seed)" }),
    ]

    private static let optimizer: [SpecSetting] = [
        number(.momentum, \.optimizer.momentum, SpecRules.momentum),
        flag(.nesterov, \.optimizer.nesterov),
        number(.beta1, \.optimizer.beta1, SpecRules.decayRate),
        number(.beta2, \.optimizer.beta2, SpecRules.decayRate),
        number(.rho, \.optimizer.rho, SpecRules.decayRate),
        number(.epsilon, \.optimizer.epsilon, SpecRules.epsilon),
        flag(.centered, \.optimizer.centered),
        flag(.amsgrad, \.optimizer.amsgrad),
        number(.accumulator, \.optimizer.accumulator) { SpecRules.number($0, "a start from 0 to 1000", 0...1000) },
        number(.power, \.optimizer.ratePower) { SpecRules.number($0, "an exponent from -2 to 0", -2...0) },
        number(.beta2decay, \.optimizer.beta2Decay) { SpecRules.number($0, "an exponent from -2 to 0", -2...0) },
        number(.epsilon1, \.optimizer.epsilon1) { SpecRules.number($0, "an epsilon from 1e-35 to 1", 1e-35...1) },
        number(.epsilon2, \.optimizer.epsilon2) { SpecRules.number($0, "a size from 0 to 1", 0...1) },
        number(.clipthreshold, \.optimizer.clipThreshold) {
            SpecRules.number($0, "a bound above 0 and at most 1000000") { $0 > 0 && $0 <= 1_000_000 }
        },
        whole(.warmupsteps, \.optimizer.warmupSteps, SpecRules.warmupSteps),
        number(.wd, \.optimizer.weightDecay, SpecRules.weightDecay),
    ]

    private static let bounds: [SpecSetting] = [
        clipping(.clipnorm, GradientClipping.norm) { if case .norm(let bound) = $0 { bound } else { nil } },
        clipping(.globalclipnorm, GradientClipping.globalNorm) {
            if case .globalNorm(let bound) = $0 { bound } else { nil }
        },
        clipping(.clipvalue, GradientClipping.value) { if case .value(let bound) = $0 { bound } else { nil } },
        SpecSetting(
            key: .ema, kind: .number,
            read: { (text, training) throws(SpecError) in
                guard !isNone(text) else { return training.averaging = nil }
                let momentum = try SpecRules.averaging(text).get()
                training.averaging = WeightAveraging(
                    momentum: momentum, overwriteEvery: training.averaging?.overwriteEvery)
            },
            text: { $0.averaging.map { NumberText.short($0.momentum) } ?? "none" }),
        SpecSetting(
            key: .emaevery, kind: .whole,
            read: { (text, training) throws(SpecError) in
                training.averaging?.overwriteEvery = isNone(text) ? nil : try SpecRules.steps(text).get()
            },
            text: { $0.averaging?.overwriteEvery.map { "\($0)" } ?? "none" }),
    ]

    private static let schedule: [SpecSetting] = [
        choice(.schedule, \.schedule.kind, "schedule"),
        optional(.decaysteps, \.schedule.decaySteps, SpecRules.steps),
        number(.decayrate, \.schedule.decayRate) {
            SpecRules.number($0, "a decay rate above 0 and at most 1000") { $0 > 0 && $0 <= 1000 }
        },
        flag(.staircase, \.schedule.staircase),
        number(.lrend, \.schedule.end, SpecRules.leastRate),
        number(.lrpower, \.schedule.power) {
            SpecRules.number($0, "a power above 0 and at most 100") { $0 > 0 && $0 <= 100 }
        },
        flag(.cycle, \.schedule.cycle),
        number(.alpha, \.schedule.alpha) { SpecRules.number($0, "a share of the rate from 0 to 1", 0...1) },
        number(.tmul, \.schedule.periodFactor) { SpecRules.number($0, "a factor from 1 to 100", 1...100) },
        number(.mmul, \.schedule.peakFactor) {
            SpecRules.number($0, "a factor above 0 and at most 100") { $0 > 0 && $0 <= 100 }
        },
        list(.boundaries, \.schedule.boundaries, SpecRules.steps) { "\($0)" },
        list(.rates, \.schedule.rates, SpecRules.learningRate, NumberText.short),
        number(.rise, \.schedule.rise) {
            SpecRules.number($0, "a share of the run above 0 and below 1") { $0 > 0 && $0 < 1 }
        },
        number(.startdiv, \.schedule.startDivisor, SpecRules.divisor),
        number(.enddiv, \.schedule.endDivisor, SpecRules.divisor),
        number(.warmup, \.schedule.warmup) {
            SpecRules.number($0, "epochs from 0 to 1000000", 0...1_000_000)
        },
    ]

    private static let data: [SpecSetting] = [
        number(.val, \.validation, SpecRules.validation),
        choice(.scale, \.scale, "input scale"),
        choice(.augment, \.augmentation, "augmentation"),
        choice(.initializer, \.initializer, "initializer"),
        number(.initscale, \.varianceScaling.scale) {
            SpecRules.number($0, "a scale above 0 and at most 1000") { $0 > 0 && $0 <= 1000 }
        },
        choice(.initmode, \.varianceScaling.mode, "mode"),
        choice(
            .initdistribution, \.varianceScaling.distribution, "distribution",
            aliases: ["normal": .truncatedNormal]),
        number(.l1, \.l1, SpecRules.l1),
        number(.l2, \.l2, SpecRules.l2),
        optional(.maxnorm, \.maxNorm, SpecRules.bound),
    ]

    private static let loss: [SpecSetting] = [
        choice(
            .loss, \.loss.kind, "loss",
            aliases: [
                "crossentropy": .crossentropy, "mean_squared_error": .mse, "focal": .focal, "kl": .klDivergence,
                "hinge": .hinge,
            ]),
        number(.smooth, \.loss.labelSmoothing) { SpecRules.number($0, "a label smoothing from 0 to 1", 0...1) },
        number(.focalalpha, \.loss.focalAlpha) { SpecRules.number($0, "a weight from 0 to 1000", 0...1000) },
        number(.focalgamma, \.loss.focalGamma) { SpecRules.number($0, "an exponent from 0 to 100", 0...100) },
    ]

    private static let callbacks: [SpecSetting] = [
        choice(.monitor, \.earlyStopping.monitor, "figure"),
        optional(.patience, \.earlyStopping.patience, SpecRules.patience),
        number(.mindelta, \.earlyStopping.minDelta, SpecRules.delta),
        flag(.restore, \.earlyStopping.restoresBest),
        optional(.plateau, \.plateau.patience, SpecRules.patience),
        number(.factor, \.plateau.factor) {
            SpecRules.number($0, "a factor above 0 and below 1") { $0 > 0 && $0 < 1 }
        },
        number(.plateaudelta, \.plateau.minDelta, SpecRules.delta),
        whole(.cooldown, \.plateau.cooldown, SpecRules.patience),
        number(.minlr, \.plateau.minimum, SpecRules.leastRate),
    ]

    private static func clipping(
        _ key: SpecKey, _ make: @escaping @Sendable (Double) -> GradientClipping,
        _ bound: @escaping @Sendable (GradientClipping) -> Double?
    ) -> SpecSetting {
        SpecSetting(
            key: key, kind: .number,
            read: { (text, training) throws(SpecError) in
                if isNone(text) {
                    if let now = training.clipping, bound(now) != nil { training.clipping = nil }
                } else {
                    training.clipping = make(try SpecRules.bound(text).get())
                }
            },
            text: { $0.clipping.flatMap(bound).map(NumberText.short) ?? "none" })
    }

    private static func list<Value: Sendable>(
        _ key: SpecKey, _ path: Path<[Value]>,
        _ rule: @escaping @Sendable (String) -> Result<Value, SpecError>,
        _ print: @escaping @Sendable (Value) -> String
    ) -> SpecSetting {
        SpecSetting(
            key: key, kind: .list,
            read: { (text, training) throws(SpecError) in
                let entries = isNone(text) ? [] : text.split(separator: ",", omittingEmptySubsequences: false)
                var values: [Value] = []
                for entry in entries { values.append(try rule(String(entry)).get()) }
                training[keyPath: path] = values
            },
            text: { $0[keyPath: path].isEmpty ? "none" : $0[keyPath: path].map(print).joined(separator: ",") })
    }
}
