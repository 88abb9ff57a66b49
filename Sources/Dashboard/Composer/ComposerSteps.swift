import Specs

extension SpecKey {
    /// The rungs that left and right step to, lowest first; empty where a value is typed only.
    package var steps: [Double] {
        switch self {
        case .lr:
            [
                1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.2, 0.5,
                1, 2, 5, 10,
            ]
        case .batch: [1, 2, 4, 8, 16, 32, 50, 64, 100, 128, 200, 256, 512, 1024, 2048, 4096]
        case .epochs: [1, 2, 3, 5, 8, 10, 15, 20, 30, 40, 50, 75, 100, 150, 200, 300, 500, 1000]
        case .val: [0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5]
        case .l1, .l2: [0, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1]
        case .momentum, .rho: [0, 0.5, 0.8, 0.9, 0.95, 0.99]
        case .beta1: [0, 0.5, 0.8, 0.9, 0.95, 0.99]
        case .beta2: [0.9, 0.95, 0.99, 0.999, 0.9999]
        case .epsilon: [1e-10, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1]
        case .wd: [0, 1e-4, 4e-4, 1e-3, 4e-3, 1e-2, 4e-2, 1e-1]
        case .accumulator: [0, 1e-3, 1e-2, 0.1, 1]
        case .power: [-1, -0.75, -0.5, -0.25, 0]
        case .beta2decay: [-1, -0.9, -0.8, -0.7, -0.5]
        case .epsilon1: [1e-30, 1e-20, 1e-15, 1e-10, 1e-8, 1e-6]
        case .epsilon2: [0, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1]
        case .clipthreshold: [0.1, 0.5, 1, 2, 5, 10]
        case .warmupsteps: [0, 100, 200, 500, 1000, 2000, 5000]
        case .initscale: [0.1, 0.2, 0.5, 1, 2, 3, 5, 10]
        case .clipnorm, .globalclipnorm: [0.1, 0.5, 1, 2, 5, 10]
        case .clipvalue: [0.01, 0.1, 0.5, 1, 5]
        case .ema: [0.9, 0.99, 0.999, 0.9999]
        case .emaevery: [10, 100, 1000]
        case .decaysteps: [100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000]
        case .decayrate: [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99]
        case .lrend, .minlr: [0, 1e-6, 1e-5, 1e-4, 1e-3]
        case .lrpower: [0.5, 1, 2, 3]
        case .alpha: [0, 0.001, 0.01, 0.1, 0.5]
        case .tmul: [1, 1.5, 2, 3]
        case .mmul: [0.5, 0.7, 0.9, 1]
        case .rise: [0.1, 0.2, 0.3, 0.4, 0.5]
        case .startdiv: [1, 10, 25, 100]
        case .enddiv: [1, 10, 100, 1000, 10_000]
        case .warmup: [0, 0.5, 1, 2, 3, 5, 10]
        case .maxnorm: [0.5, 1, 2, 3, 4, 5]
        case .smooth: [0, 0.05, 0.1, 0.2]
        case .focalalpha: [0.1, 0.25, 0.5, 1]
        case .focalgamma: [0, 0.5, 1, 2, 5]
        case .patience, .plateau: [0, 1, 2, 3, 5, 10, 20]
        case .mindelta, .plateaudelta: [0, 1e-5, 1e-4, 1e-3, 1e-2]
        case .factor: [0.1, 0.2, 0.5, 0.7, 0.9]
        case .cooldown: [0, 1, 2, 5, 10]
        case .nesterov, .centered, .amsgrad, .schedule, .staircase, .cycle, .boundaries, .rates, .seed, .scale,
            .augment, .initializer, .initmode, .initdistribution, .loss, .monitor, .restore:
            []
        }
    }

    /// Whether `none` switches the setting off.
    var isOptional: Bool {
        switch self {
        case .clipnorm, .globalclipnorm, .clipvalue, .ema, .emaevery, .decaysteps, .maxnorm, .patience, .plateau: true
        default: false
        }
    }
}
