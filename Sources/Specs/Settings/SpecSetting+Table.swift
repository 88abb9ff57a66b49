extension SpecSetting {
    /// Every setting, in the order of `SpecKey`.
    public static let all: [SpecSetting] = run + optimizer + bounds + schedule + data + loss + callbacks

    private static let run: [SpecSetting] = [
        number(.lr, \.learningRate, .learningRate),
        whole(.batch, \.batch, .batch),
        whole(.epochs, \.epochs, .epochs),
        SpecSetting(
            key: .seed, kind: .seed,
            read: { (text, training) throws(SpecError) in training.seed = try SpecRules.seed(text).get() },
            text: { "\($0.seed)" }),
        digest(.from, \.from),
    ]

    private static let optimizer: [SpecSetting] = [
        number(
            .momentum, \.optimizer.momentum,
            SettingRange("a momentum", .at(0), .before(1, asFloat: true)).stepped(
                .linear, 0, 0.5, 0.8, 0.9, 0.95, 0.99)),
        flag(.nesterov, \.optimizer.nesterov),
        number(.beta1, \.optimizer.beta1, .decayRate.stepped(.linear, 0, 0.5, 0.8, 0.9, 0.95, 0.99)),
        number(.beta2, \.optimizer.beta2, .decayRate.stepped(.linear, 0.9, 0.95, 0.99, 0.999, 0.9999)),
        number(.rho, \.optimizer.rho, .decayRate.stepped(.linear, 0, 0.5, 0.8, 0.9, 0.95, 0.99)),
        number(
            .epsilon, \.optimizer.epsilon,
            SettingRange("an epsilon", .at(1e-12), .at(1)).stepped(
                .logarithmic, 1e-10, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1)),
        flag(.centered, \.optimizer.centered),
        flag(.amsgrad, \.optimizer.amsgrad),
        number(
            .accumulator, \.optimizer.accumulator,
            SettingRange("a start", .at(0), .at(1000)).stepped(.logarithmic, 0, 1e-3, 1e-2, 0.1, 1)),
        number(.power, \.optimizer.ratePower, .exponent.stepped(.linear, -1, -0.75, -0.5, -0.25, 0)),
        number(.beta2decay, \.optimizer.beta2Decay, .exponent.stepped(.linear, -1, -0.9, -0.8, -0.7, -0.5)),
        number(
            .epsilon1, \.optimizer.epsilon1,
            SettingRange("an epsilon", .at(1e-35), .at(1)).stepped(
                .logarithmic, 1e-30, 1e-20, 1e-15, 1e-10, 1e-8, 1e-6)),
        number(
            .epsilon2, \.optimizer.epsilon2,
            SettingRange("a size", .at(0), .at(1)).stepped(.logarithmic, 0, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1)),
        number(.clipthreshold, \.optimizer.clipThreshold, .bound.stepped(.logarithmic, 0.1, 0.5, 1, 2, 5, 10)),
        whole(
            .warmupsteps, \.optimizer.warmupSteps,
            SettingRange(0...1_000_000_000, "steps").stepped(.logarithmic, 0, 100, 200, 500, 1000, 2000, 5000)),
        number(
            .wd, \.optimizer.weightDecay,
            SettingRange("a weight decay", .at(0), .at(1)).stepped(
                .logarithmic, 0, 1e-4, 4e-4, 1e-3, 4e-3, 1e-2, 4e-2, 1e-1)),
    ]

    private static let bounds: [SpecSetting] = [
        clipping(.clipnorm, GradientClipping.norm, .bound.stepped(.logarithmic, 0.1, 0.5, 1, 2, 5, 10)) {
            if case .norm(let bound) = $0 { bound } else { nil }
        },
        clipping(.globalclipnorm, GradientClipping.globalNorm, .bound.stepped(.logarithmic, 0.1, 0.5, 1, 2, 5, 10)) {
            if case .globalNorm(let bound) = $0 { bound } else { nil }
        },
        clipping(.clipvalue, GradientClipping.value, .bound.stepped(.logarithmic, 0.01, 0.1, 0.5, 1, 5)) {
            if case .value(let bound) = $0 { bound } else { nil }
        },
        averaging(
            SettingRange("a share that the average keeps,", .at(0), .before(1, asFloat: true)).stepped(
                .linear, 0.9, 0.99, 0.999, 0.9999)),
        optional(.emaevery, \.averageEvery, .batches.stepped(.logarithmic, 10, 100, 1000)),
    ]

    private static let schedule: [SpecSetting] = [
        choice(.schedule, \.schedule.kind, "schedule"),
        optional(
            .decaysteps, \.schedule.decaySteps,
            .batches.stepped(.logarithmic, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)),
        number(
            .decayrate, \.schedule.decayRate,
            SettingRange("a decay rate", .before(0), .at(1000)).stepped(
                .linear, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)),
        flag(.staircase, \.schedule.staircase),
        number(.lrend, \.schedule.end, .lastRate),
        number(
            .lrpower, \.schedule.power,
            SettingRange("a power", .before(0), .at(100)).stepped(.linear, 0.5, 1, 2, 3)),
        flag(.cycle, \.schedule.cycle),
        number(
            .alpha, \.schedule.alpha,
            SettingRange("a share of the rate", .at(0), .at(1)).stepped(.logarithmic, 0, 0.001, 0.01, 0.1, 0.5)),
        number(
            .tmul, \.schedule.periodFactor,
            SettingRange("a factor", .at(1), .at(100)).stepped(.linear, 1, 1.5, 2, 3)),
        number(
            .mmul, \.schedule.peakFactor,
            SettingRange("a factor", .before(0), .at(100)).stepped(.linear, 0.5, 0.7, 0.9, 1)),
        wholes(.boundaries, \.schedule.boundaries, .batches),
        numbers(.rates, \.schedule.rates, .learningRate),
        number(
            .rise, \.schedule.rise,
            SettingRange("a share of the run", .before(0), .before(1)).stepped(.linear, 0.1, 0.2, 0.3, 0.4, 0.5)),
        number(.startdiv, \.schedule.startDivisor, .divisor.stepped(.logarithmic, 1, 10, 25, 100)),
        number(.enddiv, \.schedule.endDivisor, .divisor.stepped(.logarithmic, 1, 10, 100, 1000, 10_000)),
        number(
            .warmup, \.schedule.warmup,
            SettingRange("epochs", .at(0), .at(1_000_000)).stepped(.linear, 0, 0.5, 1, 2, 3, 5, 10)),
    ]

    private static let data: [SpecSetting] = [
        number(
            .val, \.validation,
            SettingRange("a share of the training rows,", .at(0), .before(1, asFloat: true)).stepped(
                .linear, 0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)),
        choice(.split, \.split, "split"),
        whole(.splitseed, \.splitSeed, SettingRange(0...4_294_967_295, "as a seed").steppedByOne),
        choice(.classweight, \.classWeight, "class weight"),
        choice(.scale, \.scale, "input scale"),
        flag(.deslant, \.deslant),
        rising(.width, \.inkWidth, SettingRange(4...28, "pixels of 28").stepped(.linear, 10, 12, 14, 16, 18, 20)),
        SpecSetting(
            key: .augment, kind: .choice(Augmentation.Preset.allCases.map(\.rawValue)),
            read: { (text, training) throws(SpecError) in
                training.augmentation = Augmentation(try SpecRules.choice(text, "augmentation").get())
            },
            text: { $0.augmentation.preset.rawValue }),
        number(
            .rotate, \.augmentation.rotate,
            SettingRange("degrees", .at(0), .at(180)).stepped(.linear, 0, 5, 7.5, 10, 12, 15, 20, 30)),
        number(
            .shear, \.augmentation.shear,
            SettingRange("degrees", .at(0), .at(60)).stepped(.linear, 0, 5, 7.5, 10, 12, 15, 20, 30)),
        number(
            .stretch, \.augmentation.stretch,
            SettingRange("a share of the lengths,", .at(0), .at(0.9)).stepped(
                .linear, 0, 0.05, 0.1, 0.12, 0.15, 0.2, 0.3)),
        number(
            .shift, \.augmentation.shift,
            SettingRange("pixels of 28", .at(0), .at(28)).stepped(.linear, 0, 0.5, 1, 1.5, 2, 3, 4)),
        number(
            .bend, \.augmentation.bend,
            SettingRange("pixels of 28", .at(0), .at(10)).stepped(.linear, 0, 0.5, 0.8, 1, 1.2, 1.5, 2)),
        number(
            .noise, \.augmentation.noise,
            SettingRange("a share of white", .at(0), .at(1)).stepped(.linear, 0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3)),
        number(
            .erase, \.augmentation.erase,
            SettingRange("a share of the images", .at(0), .at(1)).stepped(.linear, 0, 0.1, 0.2, 0.3, 0.5, 0.75, 1)),
        wholes(.mild, \.augmentation.mild, SettingRange(0...255, "as the number of a class")),
        interval(
            .strength, \.augmentation.strength,
            SettingRange("a factor", .at(0), .at(10)).stepped(.linear, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2)),
        choice(.initializer, \.initializer, "initializer"),
        number(
            .initscale, \.varianceScaling.scale,
            SettingRange("a scale", .before(0), .at(1000)).stepped(.logarithmic, 0.1, 0.2, 0.5, 1, 2, 3, 5, 10)),
        choice(.initmode, \.varianceScaling.mode, "mode"),
        choice(
            .initdistribution, \.varianceScaling.distribution, "distribution",
            aliases: ["normal": .truncatedNormal]),
        number(.l1, \.l1, .l1),
        number(.l2, \.l2, .l2),
        optional(.maxnorm, \.maxNorm, .bound.stepped(.linear, 0.5, 1, 2, 3, 4, 5)),
    ]

    private static let loss: [SpecSetting] = [
        choice(
            .loss, \.loss.kind, "loss",
            aliases: [
                "crossentropy": .crossentropy, "mean_squared_error": .mse, "focal": .focal, "kl": .klDivergence,
                "hinge": .hinge,
            ]),
        number(
            .smooth, \.loss.labelSmoothing,
            SettingRange("a label smoothing", .at(0), .at(1)).stepped(.linear, 0, 0.05, 0.1, 0.2)),
        number(
            .focalalpha, \.loss.focalAlpha,
            SettingRange("a weight", .at(0), .at(1000)).stepped(.linear, 0.1, 0.25, 0.5, 1)),
        number(
            .focalgamma, \.loss.focalGamma,
            SettingRange("an exponent", .at(0), .at(100)).stepped(.linear, 0, 0.5, 1, 2, 5)),
        digest(.teacher, \.distillation.teacher),
        number(
            .temp, \.distillation.temperature,
            SettingRange("a temperature", .at(0.1), .at(100)).stepped(.linear, 1, 1.5, 2, 3, 4, 5, 10)),
        number(
            .hard, \.distillation.hard,
            SettingRange("a share of the loss", .at(0), .at(1)).stepped(.linear, 0, 0.1, 0.2, 0.5, 0.9, 1)),
    ]

    private static let callbacks: [SpecSetting] = [
        choice(.monitor, \.earlyStopping.monitor, "figure"),
        optional(.patience, \.earlyStopping.patience, .patience),
        number(.mindelta, \.earlyStopping.minDelta, .delta),
        flag(.restore, \.earlyStopping.restoresBest),
        optional(.plateau, \.plateau.patience, .patience),
        number(
            .factor, \.plateau.factor,
            SettingRange("a factor", .before(0), .before(1)).stepped(.linear, 0.1, 0.2, 0.5, 0.7, 0.9)),
        number(.plateaudelta, \.plateau.minDelta, .delta),
        whole(.cooldown, \.plateau.cooldown, .patience.stepped(.linear, 0, 1, 2, 5, 10)),
        number(.minlr, \.plateau.minimum, .lastRate),
    ]
}
