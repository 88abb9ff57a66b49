import Kernels

/// What a layer reads.
enum LayerInput {
    case sparse(SparseInput)
    case matrix(UnsafePointer<Float>, stride: Int)
}
