/// What the user looks at: answered once, and again while the weights change.
package struct Watch: Sendable, Equatable {
    /// One image, rows × columns bytes of the data set's size: its probabilities and what the hidden layers say of it.
    package var image: [UInt8]?
    /// Units of the first layer whose weights are wanted.
    package var units: Range<Int>
    /// Whether the figures of each layer are wanted.
    package var layers: Bool
    /// How many of the training rows that are nearest to the image are wanted.
    package var neighbours: Int

    package init(image: [UInt8]? = nil, units: Range<Int> = 0..<0, layers: Bool = false, neighbours: Int = 0) {
        self.image = image
        self.units = units
        self.layers = layers
        self.neighbours = neighbours
    }
}

/// What was found at one moment of a run.
package struct Inspection: Sendable, Equatable {
    /// What was asked.
    package let watch: Watch
    /// Finished epochs, and finished batches of the one after them.
    package let epoch: Int
    package let batch: Int
    /// What the network says of the image, one a class; empty without one.
    package var probabilities: [Float] = []
    /// The hidden layers' outputs for the image, one list a layer; empty without one.
    package var outputs: [[Float]] = []
    /// The weights (inputs) of each unit that was asked for.
    package var weights: [[Float]] = []
    /// One for each layer, the output layer too; empty where not asked for.
    package var layers: [LayerFigures] = []
    /// The nearest first.
    package var neighbours: [Neighbour] = []

    package init(watch: Watch, epoch: Int, batch: Int) {
        self.watch = watch
        self.epoch = epoch
        self.batch = batch
    }
}

/// How a layer's kernel fares.
package struct LayerFigures: Sendable, Equatable {
    /// The Euclidean norm of the kernel.
    package var weightNorm: Double
    /// The norm of the gradient by the kernel, of the coming batch (its first rows where it is long).
    package var gradientNorm: Double
    /// By what share of its norm the last step changed the kernel; nil before a step was seen.
    package var updateRatio: Double?
    /// Share of units that say the same of every sampled training row; nil for the output layer.
    package var deadShare: Double?

    package init(weightNorm: Double, gradientNorm: Double, updateRatio: Double? = nil, deadShare: Double? = nil) {
        self.weightNorm = weightNorm
        self.gradientNorm = gradientNorm
        self.updateRatio = updateRatio
        self.deadShare = deadShare
    }
}

/// A training row that the network sees much as it sees another image.
package struct Neighbour: Sendable, Equatable {
    /// Within the training file.
    package var row: Int
    /// Between the last hidden layer's outputs of the two.
    package var distance: Float

    package init(row: Int, distance: Float) {
        self.row = row
        self.distance = distance
    }
}
