import Kernels

/// What differs between the forward passes of training, inference and inspection: where a dense layer reads and
/// writes, how it normalizes, and whether its outputs are masked. `DenseShape.forward` is the one body of all three.
struct DensePass {
    /// What comes between the products and the activation.
    enum Normalization {
        case none
        /// By the statistics of the batch, which are kept for the way back: from the products to the activation's input.
        case batch(NormalizationBuffers)
        /// By the moving statistics, as one scale and one shift for each unit (units' stride), in place.
        case moving(scale: UnsafePointer<Float>, shift: UnsafePointer<Float>)
    }

    let input: LayerInput
    /// All parameters of the network.
    let parameters: UnsafePointer<Float>
    let normalization: Normalization
    /// Where the products go, what the activation reads and where it writes, each (rows, units' stride). They may be
    /// one matrix.
    let products: UnsafeMutablePointer<Float>
    let activationInput: UnsafeMutablePointer<Float>
    let output: UnsafeMutablePointer<Float>
    /// Noise and dropout, while training.
    let mask: OutputMask?

    /// A pass that keeps nothing for the way back: every step of it is made in one matrix.
    init(
        _ input: LayerInput, parameters: UnsafePointer<Float>, normalization: Normalization,
        inPlace matrix: UnsafeMutablePointer<Float>
    ) {
        (self.input, self.parameters, self.normalization) = (input, parameters, normalization)
        (products, activationInput, output) = (matrix, matrix, matrix)
        mask = nil
    }

    /// A pass at inference that keeps what the activation reads and what it gives.
    init(
        _ input: LayerInput, parameters: UnsafePointer<Float>, normalization: Normalization,
        before: UnsafeMutablePointer<Float>, behind: UnsafeMutablePointer<Float>
    ) {
        (self.input, self.parameters, self.normalization) = (input, parameters, normalization)
        (products, activationInput, output) = (before, before, behind)
        mask = nil
    }

    /// A pass that keeps what the way back needs.
    init(
        _ input: LayerInput, parameters: UnsafePointer<Float>, _ values: LayerPlaces,
        normalization: NormalizationBuffers?, mask: OutputMask?
    ) {
        (self.input, self.parameters, self.mask) = (input, parameters, mask)
        self.normalization = normalization.map { .batch($0) } ?? .none
        (products, activationInput, output) = (values.products, values.activationInput, values.y)
    }
}

/// The noise and the dropout of a layer's outputs in one step.
struct OutputMask {
    /// Standard deviation of the noise; 0 for none.
    let deviation: Float
    let noiseKey: UInt64
    /// Share of the units that are dropped; 0 for none.
    let rate: Float
    let dropoutKey: UInt64
    /// Where the masked outputs go (rows, units' stride).
    let output: UnsafeMutablePointer<Float>

    /// Noise first, then dropout.
    func apply(_ slice: Slice, _ values: UnsafePointer<Float>) {
        var source = values
        if deviation > 0 {
            Elementwise.gaussianNoise(slice, deviation: deviation, key: noiseKey, source, into: output)
            source = UnsafePointer(output)
        }
        if rate > 0 { Elementwise.dropout(slice, rate: rate, key: dropoutKey, source, into: output) }
    }
}

extension DenseShape {
    /// The layer for some rows: products, normalization, activation, noise and dropout.
    func forward(_ pass: DensePass, rows: Range<Int>) {
        for block in units.blocks { forward(block, pass, rows: rows) }
        finish(pass, rows: rows)
    }

    /// One block of units for some rows, which are all rows where the batch normalizes. Once all blocks are there,
    /// `finish` completes them.
    func forward(_ block: UnitBlocks.Block, _ pass: DensePass, rows: Range<Int>) {
        multiply(block, rows: rows, input: pass.input, parameters: pass.parameters, into: pass.products)
        let slice = slice(block, rows: rows)
        normalize(block, slice, pass)
        if !activation.needsWholeRows { activate(slice, pass) }
    }

    /// The activation where a value depends on its whole row.
    func finish(_ pass: DensePass, rows: Range<Int>) {
        guard activation.needsWholeRows else { return }
        activate(activationSlice(rows: rows), pass)
    }

    private func normalize(_ block: UnitBlocks.Block, _ slice: Slice, _ pass: DensePass) {
        switch pass.normalization {
        case .none: break
        case .batch(let buffers):
            BatchNormalization.forward(
                slice, gamma: pass.parameters + gammaOffset(block), beta: pass.parameters + betaOffset(block),
                buffers.x.pointer, into: pass.activationInput, buffers.statistics(block))
        case .moving(let scale, let shift):
            Elementwise.scaleAndShift(slice, scale: scale + block.start, shift: shift + block.start, pass.products)
        }
    }

    private func activate(_ slice: Slice, _ pass: DensePass) {
        activation.forward(slice, pass.activationInput, into: pass.output)
        pass.mask?.apply(slice, pass.output)
    }
}
