extension SpecKey {
    /// What the setting does, in a few words.
    public var meaning: String {
        switch self {
        case .lr: "learning rate"
        case .batch: "images of a step"
        case .epochs: "passes over the training rows"
        case .seed: "of the weights, the order of the images, dropout and noise"
        case .from: "saved weights that the run begins with, instead of those of init"
        case .momentum: "share of the last step that is kept"
        case .nesterov: "look ahead along the momentum"
        case .beta1: "share that the mean of the gradients keeps"
        case .beta2: "share that the mean of their squares keeps"
        case .rho: "share that the mean of the squares keeps"
        case .epsilon: "keeps the division from 0"
        case .centered: "divide by the deviation, not by the mean square's root"
        case .amsgrad: "keep the greatest mean of the squares"
        case .accumulator: "what the sum of the squares starts at"
        case .power: "exponent of the accumulator"
        case .beta2decay: "share that the mean of the squares keeps after t steps: 1 − t^beta2decay"
        case .epsilon1: "added to the squares of the gradients"
        case .epsilon2: "least size of a kernel's or bias's weights that its step is measured by"
        case .clipthreshold: "greatest root mean square of a step, before the rate"
        case .warmupsteps: "batches over which the rate rises, whatever the schedule"
        case .wd: "decoupled weight decay"
        case .clipnorm: "greatest norm of each variable's gradient"
        case .globalclipnorm: "greatest norm of all gradients together"
        case .clipvalue: "greatest size of each value of a gradient"
        case .ema: "share that the moving average of the weights keeps; the run ends with the average"
        case .emaevery: "steps after which the average also replaces the weights"
        case .schedule: "how the learning rate changes"
        case .decaysteps: "batches of one decay; none is an epoch, or the whole run"
        case .decayrate: "factor of a decay"
        case .staircase: "decay at once after each decaysteps"
        case .lrend: "last learning rate"
        case .lrpower: "exponent of the polynomial"
        case .cycle: "begin anew at the end"
        case .alpha: "last learning rate as a share of the first"
        case .tmul: "how much longer each restart is"
        case .mmul: "how much higher each restart is"
        case .boundaries: "batches after which the next rate is taken"
        case .rates: "the rates, one more than boundaries"
        case .rise: "share of the run in which the rate rises"
        case .startdiv: "the peak is divided by it at the start"
        case .enddiv: "the start is divided by it at the end"
        case .warmup: "epochs over which the rate first rises from 0"
        case .val: "share of the training rows held out for validation"
        case .split: "which rows are held out"
        case .splitseed: "of the rows held out; the random_state of scikit-learn's train_test_split"
        case .classweight: "how much a row of each class counts in training"
        case .scale: "how bytes become inputs: / 255, as they are, or mean 0 and deviation 1"
        case .deslant: "straighten all images, those of validation and test, too"
        case .width: "pixels of 28 that the ink is wide: of all images; drawn anew for training images with .."
        case .augment: "how training images are distorted, each anew at every epoch"
        case .rotate: "greatest rotation of training images, in degrees"
        case .shear: "greatest slant of training images, in degrees"
        case .stretch: "greatest change of their height and width, as a share"
        case .shift: "greatest shift, in pixels of an image of 28 × 28"
        case .bend: "how far a smooth field moves their pixels, in pixels of 28, root mean square"
        case .noise: "deviation of normal noise on training images, as a share of white"
        case .erase: "share of training images of which a random rectangle is made black"
        case .mild: "numbers of classes that are rotated and slanted only half as far"
        case .strength: "what all distortions are multiplied by; from the first to the last epoch with .."
        case .initializer: "how kernels start"
        case .initscale: "what the fan is divided into, for the variance"
        case .initmode: "the fan: a layer's inputs, its units, or the mean of both"
        case .initdistribution: "what kernels are drawn from; a truncated one is cut at two deviations"
        case .l1: "λ of the penalty λΣ|w| on every kernel"
        case .l2: "λ of the penalty λΣw² on every kernel"
        case .maxnorm: "greatest norm of a unit's incoming weights"
        case .loss: "what is made small"
        case .smooth: "label smoothing"
        case .teacher: "a saved network whose probabilities the run learns from, beside the labels"
        case .temp: "what the logits of teacher and network are divided by: above 1 small probabilities count more"
        case .hard: "share of the labels in the loss; the teacher has the rest"
        case .focalalpha: "weight of the focal loss"
        case .focalgamma: "exponent of the focal loss"
        case .monitor: "the figure that the callbacks watch"
        case .patience: "epochs without improvement after which the run ends"
        case .mindelta: "an improvement is more than this"
        case .restore: "end with the weights of the best epoch"
        case .plateau: "epochs without improvement after which the rate is reduced"
        case .factor: "what the rate is then multiplied by"
        case .plateaudelta: "an improvement is more than this"
        case .cooldown: "epochs after a reduction in which none is counted"
        case .minlr: "least learning rate"
        }
    }

    /// The words that the setting goes with; empty where it goes with everything.
    public var companions: [String] {
        let base = TrainingConfiguration()
        let optimizers = Optimizer.Kind.allCases.filter { $0.settings.contains(self) }.map(\.rawValue)
        let schedules = LearningRateSchedule.Kind.allCases.filter { $0.settings.contains(self) }.map(\.rawValue)
        let losses = Loss.Kind.allCases.filter { $0.settings.contains(self) }.map(\.rawValue)
        let initializers = Initializer.allCases.filter { $0.settings.contains(self) }.map(\.rawValue)
        let splits = HoldingOut.allCases.filter { $0.settings.contains(self) }.map(\.rawValue)
        for words in [optimizers, schedules, losses, initializers, splits] where !words.isEmpty { return words }
        guard case .setting(let keys)? = missing(in: base) else { return [] }
        return keys.map(\.rawValue)
    }
}

extension SpecSetting {
    /// The default in the spec language, beside an optimizer, schedule or loss that has the setting.
    public var standard: String {
        var training = TrainingConfiguration()
        if let kind = Optimizer.Kind.allCases.first(where: { $0.settings.contains(key) }) {
            training.optimizer = Optimizer(kind)
        }
        return text(in: training)
    }
}
