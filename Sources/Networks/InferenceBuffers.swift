import Kernels
import Specs

/// What each worker needs to predict a chunk of rows.
package final class InferenceBuffers {
    /// Rows of a chunk, at most.
    package static let chunk = 128

    /// Two matrices for each worker, which the layers write in turn.
    private let matrices: [(AlignedBuffer<Float>, AlignedBuffer<Float>)]
    private let sparse: [SparseInput]
    private let dense: [AlignedBuffer<Float>]
    private let transform: InputTransform
    let labels: [AlignedBuffer<UInt8>]

    init(_ layers: [LayerFacts], threads: Int, transform: InputTransform) {
        let widest = Self.widest(layers)
        let inputs = layers[0].input.count
        func each<T>(_ make: () -> T) -> [T] { (0..<threads).map { _ in make() } }
        matrices = each { (AlignedBuffer(count: Self.chunk * widest), AlignedBuffer(count: Self.chunk * widest)) }
        dense = each { AlignedBuffer(count: Self.chunk * inputs) }
        labels = each { AlignedBuffer(count: Self.chunk) }
        sparse =
            transform.zeroKeepingFactor.map { factor in
                each { SparseInput(width: inputs, capacity: Self.chunk, multiply: factor, transposes: false) }
            } ?? []
        self.transform = transform
    }

    /// Floats of a layer's outputs for one row, at most.
    static func widest(_ layers: [LayerFacts]) -> Int {
        layers.map { UnitBlocks.stride(units: $0.output.count) }.max() ?? 0
    }

    static func bytes(_ layers: [LayerFacts], threads: Int, keepsZeros: Bool) -> Int {
        guard let first = layers.first else { return 0 }
        let floats = chunk.times(widest(layers).times(2).plus(first.input.count))
        let sparse = keepsZeros ? SparseInput.bytes(width: first.input.count, capacity: chunk, transposes: false) : 0
        return floats.times(4).plus(chunk).plus(sparse).times(threads)
    }

    func pair(worker: Int) -> MatrixPair {
        MatrixPair(matrices[worker].0.pointer, matrices[worker].1.pointer)
    }

    /// The images of a chunk as the first layer reads them.
    func input(_ batch: ImageBatch, worker: Int) -> LayerInput {
        if !sparse.isEmpty {
            let input = sparse[worker]
            if InputBuffers.isSparse(nonZero: input.pack(batch), of: batch) { return .sparse(input) }
        }
        let inputs = dense[worker].pointer
        Elementwise.gather(0..<batch.count, of: batch, transform: transform, into: inputs)
        return .matrix(inputs, stride: batch.width)
    }
}
