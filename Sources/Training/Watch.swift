/// What a person looks at: answered once, and anew while the weights change.
public struct Watch: Sendable, Equatable {
    /// One image, rows × columns bytes of the data set's size: its probabilities and what the hidden layers say of it.
    public var image: [UInt8]?
    /// Units of the first layer whose weights are wanted.
    public var units: Range<Int>
    /// Whether the figures of each layer are wanted.
    public var layers: Bool
    /// How many of the training rows that are nearest to the image are wanted.
    public var neighbours: Int

    public init(image: [UInt8]? = nil, units: Range<Int> = 0..<0, layers: Bool = false, neighbours: Int = 0) {
        self.image = image
        self.units = units
        self.layers = layers
        self.neighbours = neighbours
    }
}

/// What was found at one moment of a run.
public struct Inspection: Sendable, Equatable {
    /// What was asked.
    public let watch: Watch
    /// Finished epochs, and finished batches of the one after them.
    public let epoch: Int
    public let batch: Int
    /// What the network says of the image, one a class; empty without one.
    public var probabilities: [Float] = []
    /// The hidden layers' outputs for the image, one list a layer; empty without one.
    public var outputs: [[Float]] = []
    /// The weights (inputs) of each unit that was asked for.
    public var weights: [[Float]] = []
    /// One for each layer, the output layer too; empty where not asked for.
    public var layers: [LayerFigures] = []
    /// The nearest first.
    public var neighbours: [Neighbour] = []

    public init(watch: Watch, epoch: Int, batch: Int) {
        self.watch = watch
        self.epoch = epoch
        self.batch = batch
    }
}

/// How a layer's kernel fares.
public struct LayerFigures: Sendable, Equatable {
    /// The Euclidean norm of the kernel.
    public var weightNorm: Double
    /// The norm of the gradient by the kernel, of the coming batch (its first rows where it is long).
    public var gradientNorm: Double
    /// By what share of its norm the last step changed the kernel; nil before a step was seen.
    public var updateRatio: Double?
    /// Share of units that say the same of every sampled training row; nil for the output layer.
    public var deadShare: Double?

    public init(weightNorm: Double, gradientNorm: Double, updateRatio: Double? = nil, deadShare: Double? = nil) {
        self.weightNorm = weightNorm
        self.gradientNorm = gradientNorm
        self.updateRatio = updateRatio
        self.deadShare = deadShare
    }
}

/// A training row that the network sees much as it sees another image.
public struct Neighbour: Sendable, Equatable {
    /// Within the training file.
    public var row: Int
    /// Between the last hidden layer's outputs of the two.
    public var distance: Float

    public init(row: Int, distance: Float) {
        self.row = row
        self.distance = distance
    }
}
