/// The greatest data sets that are loaded, of any format.
package enum DatasetLimits {
    /// Bytes of a file, counted unpacked: 2 GiB, 45 times MNIST's training images.
    package static let fileBytes = 2 << 30
    /// Pixels of an image: 1024 × 1024.
    package static let pixels = 1 << 20
}
