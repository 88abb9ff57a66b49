import DataFormats

/// The digest of a data set: it depends on the data alone, not on the name or on how the files are packed.
package enum DatasetFingerprint {
    /// SHA-256 over sizes, pixels and labels, 64 hexadecimal digits. Takes some tenths of a second for MNIST, unless it
    /// is known from reading it.
    package static func digest(of dataset: Dataset) -> String {
        if let digest = dataset.digest { return digest }
        let parts = [dataset.train, dataset.test].map { LabelledImages(pixels: $0.pixels, labels: $0.labels) }
        // Both parts have the same shape, which `ImageSet` and the formats see to.
        return DatasetDigest.digest(dataset.train.shape, parts)
    }
}
