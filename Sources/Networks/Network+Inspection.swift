import Kernels
import Specs

/// What a view shows of a network's inside. Nothing here changes what the next step does.
extension Network {
    /// Outputs of the hidden layers for some rows, as at inference: one matrix (rows, units) for each layer.
    package func hiddenOutputs(_ batch: ImageBatch) -> [[Float]] {
        precondition(batch.width == spec.network.inputs, "rows of the spec's input width")
        let inputs = AlignedBuffer<Float>(count: batch.count * batch.width)
        Elementwise.gather(0..<batch.count, of: batch, transform: transform, into: inputs.pointer)
        let count = batch.count * InferenceBuffers.widest(spec.network.layers)
        let (first, second) = (AlignedBuffer<Float>(count: count), AlignedBuffer<Float>(count: count))
        var outputs: [[Float]] = []
        for stage in stages { stage.prepareInference(parameters.pointer) }
        withExtendedLifetime((inputs, first, second)) {
            var matrices = MatrixPair(first.pointer, second.pointer)
            let input = LayerInput.matrix(inputs.pointer, stride: batch.width)
            Denormals.flushed {
                _ = infer(input, rows: batch.count, into: &matrices) { layer, values in
                    guard !layer.isOutput else { return }
                    outputs.append(unpadded(values, rows: batch.count, width: layer.output.count))
                }
            }
        }
        return outputs
    }

    /// The inputs of the output layer for some rows: the last hidden layer's outputs, or the network's inputs where
    /// there is none.
    ///
    /// - Returns: (rows, width), row-major.
    package func features(_ batch: ImageBatch) -> [Float] {
        if let last = hiddenOutputs(batch).last { return last }
        var inputs = [Float](repeating: 0, count: batch.count * batch.width)
        inputs.withUnsafeMutableBufferPointer { inputs in
            guard let inputs = inputs.baseAddress else { return }
            Elementwise.gather(0..<batch.count, of: batch, transform: transform, into: inputs)
        }
        return inputs
    }

    /// Calls `body` for each of `count` pieces of work, which are divided among the workers.
    package func forEachPiece(_ count: Int, _ body: (_ piece: Int) -> Void) {
        pool.run(inParallel: count > 1) { worker in
            for piece in pool.share(of: count, worker: worker) { body(piece) }
        }
    }

    /// The weights (inputs) that lead to one unit of the first layer.
    package func firstLayerWeights(ofUnit unit: Int) -> [Float] {
        guard let kernel = layout.variables.first(where: \.isKernel),
            let block = kernel.ranges.indices.last(where: { kernel.start(ofBlock: $0) <= unit })
        else { return [] }
        precondition(unit >= 0 && unit < kernel.columns, "a unit of the first layer")
        let column = unit - kernel.start(ofBlock: block)
        let weights = parameters.pointer + kernel.ranges[block].lowerBound + column
        return (0..<kernel.rows).map { weights[$0 * kernel.width(ofBlock: block)] }
    }

    /// Calls `body` while other weights take the place of the network's own, which come back after it, bit for bit.
    ///
    /// - Throws: `TensorError` where names or shapes don't fit; `body` is not called then.
    package func withWeights<Result>(_ tensors: [Tensor], _ body: () -> Result) throws -> Result {
        try check(tensors)
        let own = parametersCopy
        let kept = stages.flatMap(\.kept)
        let ownKept = kept.map { Array(UnsafeBufferPointer(start: $0.values.pointer, count: $0.count)) }
        defer {
            for (index, value) in own.enumerated() { parameters.pointer[index] = value }
            for (tensor, values) in zip(kept, ownKept) {
                for (index, value) in values.enumerated() { tensor.values.pointer[index] = value }
            }
        }
        try load(tensors)
        return body()
    }

    /// The Euclidean norm of every layer's kernel; 0 for a layer without one.
    package var kernelNorms: [Double] { kernelNorms(of: parameters.pointer) }

    /// A copy of all parameters, in the order of the flat array.
    package var parametersCopy: [Float] { Array(UnsafeBufferPointer(start: parameters.pointer, count: layout.count)) }

    /// The norm of the change of every layer's kernel since a copy was made.
    package func updateNorms(since copy: [Float]) -> [Double] {
        precondition(copy.count == layout.count, "a copy of this network's parameters")
        return (0..<layout.count).map { parameters.pointer[$0] - copy[$0] }
            .withUnsafeBufferPointer { $0.baseAddress.map(kernelNorms) ?? [] }
    }

    /// The norm of the gradient by every layer's kernel, with the penalties', before any clipping.
    package func gradientNorms(_ batch: ImageBatch, labels: UnsafePointer<UInt8>) -> [Double] {
        let gradients = gradients(batch, labels: labels)
        return spec.network.layers.map { layer in
            guard let tensor = gradients.first(where: { $0.name == "\(layer.index).kernel" }) else { return 0 }
            return tensor.values.withUnsafeBufferPointer { values in
                values.baseAddress.map { Elementwise.sumOfSquares($0, count: values.count).squareRoot() } ?? 0
            }
        }
    }

    /// The norm of the gradient by all weights together, with the penalties', before any clipping.
    package func gradientNorm(_ batch: ImageBatch, labels: UnsafePointer<UInt8>) -> Double {
        gradients(batch, labels: labels).reduce(0.0) { sum, tensor in
            tensor.values.withUnsafeBufferPointer { values in
                values.baseAddress.map { sum + Elementwise.sumOfSquares($0, count: values.count) } ?? sum
            }
        }.squareRoot()
    }

    private func kernelNorms(of flat: UnsafePointer<Float>) -> [Double] {
        spec.network.layers.map { layer in
            let kernel = layout.variables.first { $0.isKernel && $0.layer == layer.index }
            let squares = (kernel?.ranges ?? []).reduce(0.0) {
                $0 + Elementwise.sumOfSquares(flat + $1.lowerBound, count: $1.count)
            }
            return squares.squareRoot()
        }
    }

    private func unpadded(_ values: Matrix, rows: Int, width: Int) -> [Float] {
        (0..<rows).flatMap { row in
            UnsafeBufferPointer(start: values.values + row * values.stride, count: width)
        }
    }
}
