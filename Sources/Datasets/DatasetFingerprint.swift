/// The digest of a data set: it depends on the data alone, not on the name or on how the files are packed.
package enum DatasetFingerprint {
    /// SHA-256 over sizes, pixels and labels, 64 hexadecimal digits. Takes some tenths of a second for MNIST.
    package static func digest(of dataset: Dataset) -> String {
        var digest = SHA256()
        for images in [dataset.train, dataset.test] {
            digest.update(Array("\(images.count) \(images.rows) \(images.columns)\n".utf8))
            digest.update(images.pixels)
            digest.update(images.labels)
        }
        return digest.finish()
    }
}
