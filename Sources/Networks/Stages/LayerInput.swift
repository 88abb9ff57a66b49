import Kernels

/// What a layer reads.
enum LayerInput {
    case sparse(SparseInput)
    case matrix(UnsafePointer<Float>, stride: Int)

    init(_ input: StepInput, worker: Int) {
        switch input {
        case .sparse(let inputs): self = .sparse(inputs[min(worker, inputs.count - 1)])
        case .matrix(let matrix): self = .matrix(matrix.values, stride: matrix.stride)
        }
    }
}

/// What the first layer of a stage reads in a training step: packed bytes, or all inputs as floats.
enum StepInput {
    /// One copy for all workers, or one for each.
    case sparse([SparseInput])
    case matrix(Matrix)
}
