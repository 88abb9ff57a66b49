import DataFormats

/// Where the data set of a saved run is: its path is a hint, its digest says which one it is.
extension DatasetSource {
    /// A data set with the images and labels that a run was trained on, as far as one can be found.
    package struct Trained: Sendable {
        /// Where it is. Where an imported one of the same digest is there, too, its images are read already.
        package let source: DatasetSource
        /// What is to be said, where it is not the one that the run names; else nil.
        package let note: String?
    }

    /// The data set of a saved run: the one that it names, unless that is gone or has other images or labels, and an
    /// imported one has the same.
    ///
    /// - Parameters:
    ///   - argument: the text behind `--data` that found it.
    ///   - digest: of its images and labels; nil where it is not known.
    /// - Throws: as `resolve` and `load`, where no imported one has the digest.
    package static func trained(
        on argument: String, digest: String?, imported: ImportedDatasets, formats: DatasetFormats = .standard,
        onThread: @Sendable () -> Void = {}
    ) throws(DataError) -> Trained {
        guard let digest, let name = imported.name(ofDigest: digest) else {
            return Trained(source: try resolve(argument, imported: imported, formats: formats), note: nil)
        }
        let same = try resolve(name, imported: imported, formats: formats)
        let why: String
        do throws(DataError) {
            let named = try resolve(argument, imported: imported, formats: formats)
            if named == same { return Trained(source: named, note: nil) }
            let dataset = try named.load(onThread: onThread)
            let found = DatasetFingerprint.digest(of: dataset)
            if found == digest { return Trained(source: named.read(as: dataset.signed(found)), note: nil) }
            why = "has other images or labels now"
        } catch {
            why = "can't be read now"
        }
        return Trained(
            source: same, note: "\(argument) \(why); the imported data set \(name) has the same images, and is used")
    }
}
