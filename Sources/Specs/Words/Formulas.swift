/// What a word of the spec language computes, in one line: z is a layer's input to its activation, g a gradient, w a
/// weight, p a class's probability and y its truth. The kernels' sources have them in full.
extension Activation.Kind: DescribedWord {
    /// What it computes, in a line.
    public var formula: String {
        switch self {
        case .linear: "z"
        case .relu: "z above threshold, up to max_value; below it negative_slope·(z − threshold)"
        case .relu6: "z from 0 to 6, and these bounds beyond"
        case .leakyRelu: "z above 0, else negative_slope·z"
        case .elu: "z above 0, else alpha·(exp z − 1)"
        case .selu: "1.0507·z above 0, else 1.7581·(exp z − 1)"
        case .celu: "z above 0, else alpha·(exp(z / alpha) − 1)"
        case .gelu: "z·Φ(z), Φ the normal distribution"
        case .geluTanh: "z/2·(1 + tanh(√(2/π)·(z + 0.044715·z³)))"
        case .silu: "z·sigmoid(z), also called swish"
        case .hardSilu: "z·hard_sigmoid(z), also called hard swish"
        case .sigmoid: "1 / (1 + exp(−z))"
        case .hardSigmoid: "(z + 3) / 6, held within 0 and 1"
        case .logSigmoid: "−ln(1 + exp(−z))"
        case .tanh: "tanh z"
        case .hardTanh: "z, held within −1 and 1"
        case .tanhShrink: "z − tanh z"
        case .softShrink: "z drawn towards 0 by threshold, 0 within it"
        case .hardShrink: "z beyond threshold either way, else 0"
        case .softplus: "ln(1 + exp z)"
        case .softsign: "z / (1 + |z|)"
        case .squareplus: "(z + √(z² + b)) / 2"
        case .mish: "z·tanh(ln(1 + exp z))"
        case .exponential: "exp z"
        case .threshold: "z above threshold, else default_value"
        case .sparseSigmoid: "(z + 1) / 2, held within 0 and 1"
        case .sparsePlus: "0 up to −1, (z + 1)² / 4 up to 1, then z"
        case .softmax: "exp z / Σ exp z over the layer's units"
        case .logSoftmax: "z − ln Σ exp z over the layer's units"
        case .sparsemax: "z − τ above 0, else 0, with the τ that makes the sum over the layer's units 1"
        }
    }
}

extension Loss.Kind: DescribedWord {
    /// What it computes, in a line.
    public var formula: String {
        switch self {
        case .crossentropy: "−Σ y·ln p"
        case .mse: "mean of (y − p)² over the classes"
        case .focal: "−Σ y·focalalpha·(1 − p)^focalgamma·ln p"
        case .klDivergence: "Σ y·ln(y / p)"
        case .hinge: "max(0, 1 + the greatest p of a wrong class − p of the true one)"
        }
    }
}

extension LearningRateSchedule.Kind: DescribedWord {
    /// t: batches since the start, or since the warm-up.
    public var formula: String {
        switch self {
        case .constant: "lr"
        case .exponential: "lr·decayrate^(t / decaysteps)"
        case .piecewise: "the next of rates after each of boundaries"
        case .polynomial: "(lr − lrend)·(1 − t / decaysteps)^lrpower + lrend"
        case .inverseTime: "lr / (1 + decayrate·t / decaysteps)"
        case .cosine: "from lr to alpha·lr along half a cosine over decaysteps"
        case .cosineRestarts: "cosine, begun anew after decaysteps, each time tmul as long and mmul as high"
        case .oneCycle: "up from lr / startdiv to lr over rise of the run, then down to the start / enddiv"
        }
    }
}

extension Initializer: DescribedWord {
    /// The variance of a kernel's values, or how else they are drawn.
    public var formula: String {
        switch self {
        case .glorotUniform: "uniform, variance 2 / (inputs + units)"
        case .glorotNormal: "normal, cut at two deviations, variance 2 / (inputs + units)"
        case .heUniform: "uniform, variance 2 / inputs"
        case .heNormal: "normal, cut at two deviations, variance 2 / inputs"
        case .lecunUniform: "uniform, variance 1 / inputs"
        case .lecunNormal: "normal, cut at two deviations, variance 1 / inputs"
        case .orthogonal: "orthonormal columns, or rows where there are fewer inputs than units"
        case .randomNormal: "normal, deviation 0.05"
        case .randomUniform: "uniform from −0.05 to 0.05"
        case .truncatedNormal: "normal, deviation 0.05, cut at two deviations"
        case .varianceScaling: "of initdistribution, variance initscale / initmode"
        case .zeros: "0"
        }
    }
}

extension VarianceScaling.Mode: DescribedWord {
    /// What it computes, in a line.
    public var formula: String {
        switch self {
        case .fanIn: "a layer's inputs"
        case .fanOut: "a layer's units"
        case .fanAverage: "(inputs + units) / 2"
        }
    }
}

extension VarianceScaling.Distribution: DescribedWord {
    /// What it computes, in a line.
    public var formula: String {
        switch self {
        case .truncatedNormal: "normal, cut at two deviations and widened to the variance"
        case .untruncatedNormal: "normal"
        case .uniform: "uniform"
        }
    }
}

extension InputScale: DescribedWord {
    /// What it computes, in a line.
    public var formula: String {
        switch self {
        case .unit: "byte / 255"
        case .raw: "byte, 0 to 255"
        case .standard: "(byte − mean) / deviation, both over all pixels of the training rows"
        }
    }
}

extension HoldingOut: DescribedWord {
    /// What it computes, in a line.
    public var formula: String {
        switch self {
        case .last: "the last n·val rows of the file: Keras's validation_split"
        case .shuffled: "⌈n·val⌉ rows by chance: scikit-learn's train_test_split(random_state=splitseed)"
        case .stratified: "⌈n·val⌉ rows by chance, of each class its share: train_test_split(…, stratify=labels)"
        }
    }
}

extension ClassWeighting: DescribedWord {
    /// What it computes, in a line.
    public var formula: String {
        switch self {
        case .none: "each training row's loss counts once"
        case .balanced: "loss · n / (classes · count): n training rows, count of them of the row's class"
        }
    }
}

extension Augmentation.Preset: DescribedWord {
    /// What it computes, in a line.
    public var formula: String {
        switch self {
        case .none: "images as they are"
        case .affine: "rotate=12 stretch=0.12 shift=1: degrees, a share, pixels of 28"
        case .elastic: "affine with bend=1.2: a smooth field moves the pixels"
        }
    }
}

extension Monitor: DescribedWord {
    /// What it computes, in a line.
    public var formula: String { "the mean over the \(needsValidation ? "validation" : "training") rows of an epoch" }
}
