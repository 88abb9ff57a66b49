/// Words of Keras, PyTorch and scikit-learn that have another name in the spec language.
///
/// They are not accepted, so that a network has exactly one line; the error message names the right word.
package enum ForeignWords {
    /// The valid word among these that the user means, whatever its capitals, `_` and `-`; nil where none is known.
    static func meaning(of word: String, among names: [String]) -> String? {
        let letters = bare(word)
        if letters.isEmpty { return nil }
        if let same = names.first(where: { bare($0) == letters }) { return same }
        return all.first { $0.key == letters && names.contains($0.value) }?.value
    }

    /// Small letters and digits alone: `LeakyReLU` and `leaky_relu` are one word.
    package static func bare(_ word: String) -> String {
        word.lowercased().filter { $0 != "_" && $0 != "-" && $0 != "." }
    }

    /// Keys as `bare` leaves them.
    package static let all: [(key: String, value: String)] =
        Array(run) + Array(optimizers) + Array(schedules) + Array(activations) + Array(weights) + Array(callbacks)

    private static let run: KeyValuePairs = [
        "learningrate": "lr", "learningrateinit": "lr", "eta": "lr", "stepsize": "lr",
        "batchsize": "batch", "bs": "batch", "minibatch": "batch", "nepochs": "epochs", "numepochs": "epochs",
        "maxepochs": "epochs", "maxiter": "epochs", "randomstate": "seed", "randomseed": "seed",
        "manualseed": "seed", "validationsplit": "val", "validationfraction": "val", "valsplit": "val",
        "validation": "val", "testsize": "val", "stratify": "split", "classweights": "classweight",
        "rescale": "scale", "normalize": "scale", "normalization": "scale", "scaling": "scale",
        "augmentation": "augment", "dataaugmentation": "augment", "augmentations": "augment", "distort": "augment",
        "distortion": "augment", "elastictransform": "elastic", "randomaffine": "affine",
        "rotation": "rotate", "randomrotation": "rotate", "rotationrange": "rotate", "degrees": "rotate",
        "randomshear": "shear", "shearrange": "shear", "zoom": "stretch", "randomzoom": "stretch",
        "zoomrange": "stretch", "translate": "shift", "translation": "shift", "randomtranslation": "shift",
        "widthshiftrange": "shift", "heightshiftrange": "shift",
        "minmax": "unit", "zscore": "standard", "standardize": "standard", "standardscaler": "standard",
        "meanstd": "standard", "yes": "true", "on": "true", "1": "true", "no": "false", "off": "false", "0": "false",
    ]

    private static let optimizers: KeyValuePairs = [
        "eps": "epsilon", "weightdecay": "wd",
        "initialaccumulatorvalue": "accumulator", "learningratepower": "power", "clip": "clipnorm",
        "gradclip": "globalclipnorm", "gradientclip": "globalclipnorm", "clipgradnorm": "globalclipnorm",
        "maxgradnorm": "globalclipnorm", "gradientclipval": "globalclipnorm", "clipgradvalue": "clipvalue",
        "emamomentum": "ema", "emadecay": "ema", "emaoverwritefrequency": "emaevery",
        "gradientdescent": "sgd", "gd": "sgd", "rms": "rmsprop",
        "schedulefree": "schedule_free_adamw", "adamwschedulefree": "schedule_free_adamw",
    ]

    private static let schedules: KeyValuePairs = [
        "scheduler": "schedule", "lrschedule": "schedule", "lrscheduler": "schedule",
        "learningrateschedule": "schedule",
        "warmupepochs": "warmup", "endlearningrate": "lrend", "endlr": "lrend",
        "gamma": "decayrate", "tmult": "tmul", "milestones": "boundaries", "values": "rates", "pctstart": "rise",
        "divfactor": "startdiv", "finaldivfactor": "enddiv",
        "none": "constant", "step": "piecewise", "steplr": "piecewise", "multistep": "piecewise",
        "multisteplr": "piecewise", "piecewiseconstant": "piecewise", "piecewiseconstantdecay": "piecewise",
        "exponentialdecay": "exponential", "exponentiallr": "exponential", "exp": "exponential",
        "polynomialdecay": "polynomial", "polynomiallr": "polynomial", "poly": "polynomial", "linear": "polynomial",
        "inversetimedecay": "inverse_time", "cosinedecay": "cosine", "cosineannealing": "cosine",
        "cosineannealinglr": "cosine", "cosinedecayrestarts": "cosine_restarts",
        "cosineannealingwarmrestarts": "cosine_restarts", "sgdr": "cosine_restarts", "onecyclelr": "one_cycle",
    ]

    private static let activations: KeyValuePairs = [
        "swish": "silu", "hardswish": "hard_silu", "identity": "linear", "none": "linear", "logistic": "sigmoid",
        "lrelu": "leaky_relu", "geluapproximate": "gelu_tanh", "gelunew": "gelu_tanh",
        "rectifier": "relu",
    ]

    private static let weights: KeyValuePairs = [
        "kernelinitializer": "init", "initializer": "init", "kernelinit": "init", "weightinit": "init",
        "glorot": "glorot_uniform", "xavier": "glorot_uniform", "xavieruniform": "glorot_uniform",
        "xaviernormal": "glorot_normal", "he": "he_normal", "kaiming": "he_uniform", "kaiminguniform": "he_uniform",
        "kaimingnormal": "he_normal", "lecun": "lecun_normal", "normal": "random_normal", "uniform": "random_uniform",
        "zero": "zeros", "truncnormal": "truncated_normal", "l2regularization": "l2", "kernelregularizer": "l2",
        "l1regularization": "l1",
        "maxnormconstraint": "maxnorm", "kernelconstraint": "maxnorm",
        "lossfunction": "loss", "criterion": "loss", "labelsmoothing": "smooth",
        "cce": "categorical_crossentropy", "ce": "categorical_crossentropy", "nll": "categorical_crossentropy",
        "xent": "categorical_crossentropy", "logloss": "categorical_crossentropy",
        "crossentropyloss": "categorical_crossentropy", "nllloss": "categorical_crossentropy",
        "sparsecategoricalcrossentropy": "categorical_crossentropy", "meansquarederror": "mse", "mseloss": "mse",
        "focal": "categorical_focal_crossentropy", "focalloss": "categorical_focal_crossentropy",
        "kl": "kl_divergence", "kld": "kl_divergence", "kldiv": "kl_divergence", "kldivloss": "kl_divergence",
        "kullbackleiblerdivergence": "kl_divergence", "hinge": "categorical_hinge", "hingeloss": "categorical_hinge",
    ]

    private static let callbacks: KeyValuePairs = [
        "earlystopping": "patience", "niternochange": "patience", "restorebestweights": "restore",
        "restorebest": "restore", "reducelronplateau": "plateau", "tol": "mindelta",
        "valacc": "val_accuracy", "acc": "accuracy",
    ]
}

extension Spelling {
    /// What a word that is not among these most likely means: the same thing under another name, or the word that it is
    /// a misspelling of.
    public static func suggestion(for word: String, among names: [String]) -> String? {
        ForeignWords.meaning(of: word, among: names) ?? nearest(to: word, among: names)
    }
}
