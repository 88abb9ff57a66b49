/// What a user says of arrays, as far as they don't tell it themselves.
package struct WeightRequest: Sendable {
    /// Layers and settings; nil where there are no hidden layers, whose activations only this tells.
    package var spec: String?
    /// Whether kernels have a row for each unit; nil where their shapes tell.
    package var transposesKernels: Bool?
    /// The layers' names in order; empty where names and shapes tell.
    package var order: [String]
    /// What the batch normalizations add to the variance where they are from; nil where names tell, or it is this
    /// program's 1e-3.
    package var batchNormEpsilon: Double?
    /// Values of an image, and classes, of the data set that the network is for, and its name.
    package var data: Data

    /// See `data`.
    package struct Data: Sendable {
        /// Values of an image.
        package var inputs: Int
        /// Its classes.
        package var classes: Int
        /// As errors call it.
        package var name: String

        package init(inputs: Int, classes: Int, name: String) {
            (self.inputs, self.classes, self.name) = (inputs, classes, name)
        }
    }

    package init(
        spec: String? = nil, transposesKernels: Bool? = nil, order: [String] = [], batchNormEpsilon: Double? = nil,
        data: Data
    ) {
        self.spec = spec
        self.transposesKernels = transposesKernels
        self.order = order
        self.batchNormEpsilon = batchNormEpsilon
        self.data = data
    }
}
