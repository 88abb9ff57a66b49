import DataFormats

/// The digest of a data set: it depends on the data alone, not on the name or on how the files are packed.
package enum DatasetFingerprint {
    /// SHA-256 over sizes, pixels and labels, 64 hexadecimal digits. Takes some tenths of a second for MNIST.
    package static func digest(of dataset: Dataset) -> String {
        var digest = SHA256()
        for images in [dataset.train, dataset.test] {
            // Grey images say nothing of channels: their digests are as old as the first stores.
            let channels = images.shape.channels == 1 ? "" : " \(images.shape.channels)"
            digest.update(Array("\(images.count) \(images.rows) \(images.columns)\(channels)\n".utf8))
            digest.update(images.pixels)
            digest.update(images.labels)
        }
        return digest.finish()
    }
}
