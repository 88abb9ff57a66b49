/// What the user looks at: inspected at once, and again while the weights change.
package struct Watch: Sendable, Equatable {
    /// One image of the data set's size, rows × columns bytes: its probabilities and the hidden layers' outputs for it
    /// are wanted.
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
    /// The weights (inputs) of each unit that was asked for.
    package var weights: [[Float]] = []
    /// One for each layer, the output layer too; empty where not asked for.
    package var layers: [LayerFigures] = []
    /// The nearest training rows, the nearest first; empty where none were asked for.
    package var neighbours: [Neighbour] = []

    package init(watch: Watch, epoch: Int, batch: Int) {
        self.watch = watch
        self.epoch = epoch
        self.batch = batch
    }
}

/// Norms of a layer's kernel, and the share of its dead units.
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

    package init(weightNorm: Double, gradientNorm: Double, updateRatio: Double? = nil, deadShare: Double? = nil) {
        self.weightNorm = weightNorm
        self.gradientNorm = gradientNorm
        self.updateRatio = updateRatio
        self.deadShare = deadShare
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
