import Datasets

/// What the user looks at: inspected at once, and again while the weights change.
package struct Watch: Sendable, Equatable {
    /// One image of the data set's size, rows × columns bytes: its probabilities and the hidden layers' outputs for it
    /// are wanted.
    package var image: [UInt8]?
    /// The units of one layer that are looked at; nil for none.
    package var units: Units?
    /// Whether the figures of each layer are wanted.
    package var layers: Bool
    /// How many of the training rows that are nearest to the image are wanted.
    package var neighbours: Int
    /// The true class of the image, where its saliency is wanted; nil where it is not.
    package var saliencyOf: Int?
    /// The rows whose map is wanted; nil for no map.
    package var map: Evaluation.Source?
    /// Whether linear read-outs of the layers are wanted, for the image and in general.
    package var probes: Bool
    /// The epoch whose kept weights are looked at; nil for those of now. Where they are not kept any more, those of now
    /// take their place.
    package var epoch: Int?

    /// Units of a layer.
    package struct Units: Sendable, Equatable {
        /// The layer, counted from 0; the last is the output layer.
        package var layer: Int
        /// The units that are looked at; those that the layer doesn't have are left out.
        package var units: [Int]
        /// The unit that is followed through the kept epochs; nil for none.
        package var followed: Int?

        package init(layer: Int, units: [Int], followed: Int? = nil) {
            (self.layer, self.units, self.followed) = (layer, units, followed)
        }
    }

    package init(
        image: [UInt8]? = nil, units: Units? = nil, layers: Bool = false, neighbours: Int = 0, saliencyOf: Int? = nil,
        map: Evaluation.Source? = nil, probes: Bool = false, epoch: Int? = nil
    ) {
        self.image = image
        self.units = units
        self.layers = layers
        self.neighbours = neighbours
        self.saliencyOf = saliencyOf
        self.map = map
        self.probes = probes
        self.epoch = epoch
    }
}

/// The result of an inspection at one moment of a run.
package struct Inspection: Sendable, Equatable {
    /// The request that it answers.
    package let watch: Watch
    /// Finished epochs.
    package let epoch: Int
    /// Finished batches of the epoch after them.
    package let batch: Int
    /// The image's probabilities, one a class; empty without an image.
    package var probabilities: [Float] = []
    /// The hidden layers' outputs for the image, one list a layer; empty without an image.
    package var outputs: [[Float]] = []
    /// One for each unit that was asked for, in that order.
    package var units: [UnitPicture] = []
    /// The unit that is followed, at each kept epoch, oldest first.
    package var past: [PastUnit] = []
    /// The rows that the units' digits and means are of; nil without units.
    package var sample: SampledRows?
    /// One for each layer, the output layer too; empty where not asked for.
    package var layers: [LayerFigures] = []
    /// The nearest training rows, the nearest first; empty where none were asked for.
    package var neighbours: [Neighbour] = []
    /// What the prediction for the image depends on; nil where not asked for.
    package var saliency: Saliency?
    /// Some digits as the last hidden layer sees them; nil where not asked for, and where they are no numbers.
    package var map: FeatureMap?
    /// What linear read-outs of the layers say; nil where not asked for, and before they are fitted.
    package var probes: LayerProbes?
    /// The epochs whose weights are kept, oldest first.
    package var keptEpochs: [Int] = []

    package init(watch: Watch, epoch: Int, batch: Int) {
        self.watch = watch
        self.epoch = epoch
        self.batch = batch
    }
}

/// The rows that units are measured on.
package struct SampledRows: Sendable, Equatable {
    /// Numbers within the training file, from 0.
    package let rows: RowNumbers
    /// Whether they are validation rows; else they are training rows, as the run has no others.
    package let areValidation: Bool

    package init(rows: RowNumbers, areValidation: Bool) {
        (self.rows, self.areValidation) = (rows, areValidation)
    }
}

/// What a unit looks for.
package struct UnitPicture: Sendable, Equatable {
    /// Its number within its layer, from 0.
    package let unit: Int
    /// The weights (inputs) that lead to it from the image; empty beyond the first layer.
    package var weights: [Float]
    /// The rows, by their number within the training file, with its greatest outputs, the greatest first.
    package var strongest: [Int]
    /// The mean of these rows, a byte for each pixel and channel; empty in the first layer, which has its weights, and
    /// without rows.
    package var meanImage: [UInt8]
    /// Its mean output for each class; NaN for a class without rows.
    package var classMeans: [Float]
    /// Whether it gives the same output for all rows.
    package var isDead: Bool

    package init(
        unit: Int, weights: [Float] = [], strongest: [Int] = [], meanImage: [UInt8] = [], classMeans: [Float] = [],
        isDead: Bool = false
    ) {
        self.unit = unit
        self.weights = weights
        self.strongest = strongest
        self.meanImage = meanImage
        self.classMeans = classMeans
        self.isDead = isDead
    }
}

/// What a unit looked for at an earlier epoch.
package struct PastUnit: Sendable, Equatable {
    /// Finished epochs.
    package let epoch: Int
    /// The unit as it was then.
    package let picture: UnitPicture

    package init(epoch: Int, picture: UnitPicture) { (self.epoch, self.picture) = (epoch, picture) }
}

/// What the logits of two classes depend on, for one image: their gradients by the inputs.
package struct Saliency: Sendable, Equatable {
    /// The true class of the image.
    package let truth: Int
    /// The class with the greatest probability.
    package let predicted: Int
    /// The gradient of the true class's logit (inputs).
    package let ofTruth: [Float]
    /// The gradient of the predicted class's logit (inputs).
    package let ofPredicted: [Float]

    package init(truth: Int, predicted: Int, ofTruth: [Float], ofPredicted: [Float]) {
        self.truth = truth
        self.predicted = predicted
        self.ofTruth = ofTruth
        self.ofPredicted = ofPredicted
    }
}

/// Norms of a layer's kernel, and what its units do.
package struct LayerFigures: Sendable, Equatable {
    /// The Euclidean norm of the kernel.
    package var weightNorm: Double
    /// The Euclidean norm of the loss's gradient by the kernel, for the coming batch, of which at most 256 rows are
    /// used.
    package var gradientNorm: Double
    /// Norm of the last step's change of the kernel, divided by the kernel's norm; nil before a step was measured.
    package var updateRatio: Double?
    /// Share of units that give the same output for every sampled training row, 0 ... 1; nil for the output layer.
    package var deadShare: Double?
    /// How the outputs that are not zero for the sampled rows are spread from the least to the greatest: shares in
    /// `spreadBins` steps of equal width. Empty for the output layer, and where outputs are not finite.
    package var spread: [Float] = []

    /// The steps of `spread`.
    package static let spreadBins = 7

    package init(
        weightNorm: Double, gradientNorm: Double, updateRatio: Double? = nil, deadShare: Double? = nil,
        spread: [Float] = []
    ) {
        self.weightNorm = weightNorm
        self.gradientNorm = gradientNorm
        self.updateRatio = updateRatio
        self.deadShare = deadShare
        self.spread = spread
    }
}

/// A training row whose features are near to those of another image.
package struct Neighbour: Sendable, Equatable {
    /// Its number within the training file, from 0.
    package var row: Int
    /// Euclidean distance between the last hidden layer's outputs for the two.
    package var distance: Float

    package init(row: Int, distance: Float) {
        self.row = row
        self.distance = distance
    }
}
