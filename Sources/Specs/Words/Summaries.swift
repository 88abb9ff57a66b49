/// A word of the spec language that a list offers, with what it is.
public protocol DescribedWord: RawRepresentable<String>, Sendable {
    /// What it is, in a few plain words.
    var summary: String { get }
    /// What it computes, in a line.
    var formula: String { get }
}

extension Optimizer.Kind {
    /// What it is, in a few plain words.
    public var summary: String {
        switch self {
        case .sgd: "steps along the gradient; can have momentum"
        case .rmsprop: "divides by how large the gradients were of late"
        case .adam: "rmsprop with momentum; does well as it is"
        case .adamw: "adam, and the weights shrink a little each step"
        case .adamax: "adam that divides by the largest gradient of late"
        case .nadam: "adam that looks one step ahead"
        case .adagrad: "ever smaller steps where gradients were large"
        case .adadelta: "finds the size of its steps by itself"
        case .ftrl: "a rate for each weight; made for sparse inputs"
        case .lion: "steps of equal size: only the sign counts"
        case .lamb: "adam with steps in proportion to the weights"
        case .muon: "all directions of a layer's step count alike"
        case .adafactor: "like adam, but needs little memory"
        case .scheduleFreeAdamW: "adamw that averages and needs no schedule"
        }
    }
}

extension Activation.Kind {
    /// What it is, in a few plain words.
    public var summary: String {
        switch self {
        case .linear: "passes the sum on as it is"
        case .relu: "0 below 0, the sum above; the usual one"
        case .relu6: "relu, but never above 6"
        case .leakyRelu: "relu with a slight slope below 0"
        case .elu: "relu, but curved towards -1 below 0"
        case .selu: "elu, scaled so that deep nets keep their spread"
        case .celu: "elu without a kink at 0, whatever alpha is"
        case .gelu: "smooth relu with a dip below 0"
        case .geluTanh: "gelu, computed by a tanh"
        case .silu: "smooth relu with a dip below 0; swish"
        case .hardSilu: "silu made of straight pieces"
        case .sigmoid: "an S from 0 to 1"
        case .hardSigmoid: "sigmoid made of straight lines"
        case .logSigmoid: "logarithm of sigmoid, always below 0"
        case .tanh: "an S from -1 to 1"
        case .hardTanh: "tanh made of straight lines"
        case .tanhShrink: "small sums become almost 0"
        case .softShrink: "small sums become 0, others come nearer to it"
        case .hardShrink: "small sums become 0, others stay"
        case .softplus: "smooth relu, always above 0"
        case .softsign: "an S from -1 to 1 with long ends"
        case .squareplus: "softplus made of a square root"
        case .mish: "smooth relu with a dip below 0, like silu"
        case .exponential: "grows without end: use it with care"
        case .threshold: "the sum above a threshold, one value below"
        case .sparseSigmoid: "a straight line held between 0 and 1"
        case .sparsePlus: "smooth relu that is exactly 0 far below 0"
        case .softmax: "shares of the layer's units, together 1"
        case .logSoftmax: "logarithm of softmax"
        case .sparsemax: "softmax in which small shares are exactly 0"
        }
    }
}

extension Loss.Kind {
    /// What it is, in a few plain words.
    public var summary: String {
        switch self {
        case .crossentropy: "punishes sure mistakes; the usual one"
        case .mse: "squared errors of the probabilities"
        case .focal: "cross-entropy, mostly of hard images"
        case .klDivergence: "how far probabilities are from the truth"
        case .hinge: "wants the true class ahead by a margin"
        }
    }
}

extension LearningRateSchedule.Kind {
    /// What it is, in a few plain words.
    public var summary: String {
        switch self {
        case .constant: "the same rate all the time"
        case .exponential: "falls by the same factor again and again"
        case .piecewise: "rates of your own, one after the other"
        case .polynomial: "falls to an end, straight or in a curve"
        case .inverseTime: "falls fast at first, then ever slower"
        case .cosine: "falls gently, fast in the middle, gently again"
        case .cosineRestarts: "cosine that jumps up again, several times"
        case .oneCycle: "rises once, then falls to almost 0"
        }
    }
}

extension Initializer {
    /// What it is, in a few plain words.
    public var summary: String {
        switch self {
        case .glorotUniform: "spread by inputs and units, evenly; the usual one"
        case .glorotNormal: "spread by inputs and units, in a bell curve"
        case .heUniform: "wider, by the inputs, evenly: for relu"
        case .heNormal: "wider, by the inputs, in a bell curve: for relu"
        case .lecunUniform: "by the inputs, evenly: for selu"
        case .lecunNormal: "by the inputs, in a bell curve: for selu"
        case .orthogonal: "columns at right angles"
        case .randomNormal: "a narrow bell curve"
        case .randomUniform: "small and evenly spread"
        case .truncatedNormal: "a narrow bell curve without its ends"
        case .varianceScaling: "a spread of your own"
        case .zeros: "all the same: units then learn alike"
        }
    }
}

extension VarianceScaling.Mode {
    /// What it is, in a few plain words.
    public var summary: String {
        switch self {
        case .fanIn: "by the inputs of a layer"
        case .fanOut: "by the units of a layer"
        case .fanAverage: "by the mean of both"
        }
    }
}

extension VarianceScaling.Distribution {
    /// What it is, in a few plain words.
    public var summary: String {
        switch self {
        case .truncatedNormal: "a bell curve without its ends"
        case .untruncatedNormal: "a whole bell curve"
        case .uniform: "evenly spread"
        }
    }
}

extension InputScale {
    /// What it is, in a few plain words.
    public var summary: String {
        switch self {
        case .unit: "from 0 to 1"
        case .raw: "from 0 to 255, as they are"
        case .standard: "around 0, with a spread of 1"
        }
    }
}

extension Augmentation.Preset {
    /// What it is, in a few plain words.
    public var summary: String {
        switch self {
        case .none: "the images as they are"
        case .affine: "rotated, stretched and shifted a little"
        case .elastic: "bent as well, as by another hand"
        }
    }
}

extension HoldingOut {
    /// What it is, in a few plain words.
    public var summary: String {
        switch self {
        case .last: "the last rows of the file, as Keras"
        case .shuffled: "rows by chance, as scikit-learn"
        case .stratified: "by chance, of each class its share"
        }
    }
}

extension ClassWeighting {
    /// What it is, in a few plain words.
    public var summary: String {
        switch self {
        case .none: "all images count the same"
        case .balanced: "rare classes count as much as others"
        }
    }
}

extension Monitor {
    /// What it is, in a few plain words.
    public var summary: String {
        switch self {
        case .validationLoss: "loss of the validation rows"
        case .validationAccuracy: "accuracy of the validation rows"
        case .loss: "loss of the training rows"
        case .accuracy: "accuracy of the training rows"
        }
    }
}
