/// The digest by which a data set is known: of its images and labels alone, however they are kept.
package enum DatasetDigest {
    /// SHA-256 over sizes, pixels and labels, 64 hexadecimal digits.
    ///
    /// - Parameters:
    ///   - shape: of every image.
    ///   - parts: the rows of the training file, then those of the test set.
    package static func digest(_ shape: ImageShape, _ parts: [LabelledImages]) -> String {
        var digest = SHA256()
        // Grey images say nothing of channels: their digests are as old as the first stores.
        let channels = shape.channels == 1 ? "" : " \(shape.channels)"
        for part in parts {
            digest.update(Array("\(part.labels.count) \(shape.rows) \(shape.columns)\(channels)\n".utf8))
            digest.update(part.pixels)
            digest.update(part.labels)
        }
        return digest.finish()
    }
}
