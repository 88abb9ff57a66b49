import Datasets
import Foundation
import GRDB

/// What tells two data sets apart, whatever they are called and however their files are packed.
public enum DatasetFingerprint {
    /// SHA-256 over sizes, pixels and labels, 64 hexadecimal digits. Takes some tenths of a second for MNIST.
    public static func digest(of dataset: Dataset) -> String {
        var digest = SHA256()
        for images in [dataset.train, dataset.test] {
            digest.update(Array("\(images.count) \(images.rows) \(images.columns)\n".utf8))
            digest.update(images.pixels)
            digest.update(images.labels)
        }
        return digest.finish()
    }
}

extension RunStore {
    /// The data set's fingerprint. It is computed once for files that stay as they are.
    ///
    /// - Parameter files: what tells the files and their dates; nil where they are not known.
    public func fingerprint(of dataset: Dataset, files: String?) throws(StoreError) -> String {
        // What is kept saves time alone: a full disk, or a store that was removed, is told where a run is saved.
        if let files, let known = try? knownFingerprint(files: files) { return known }
        let digest = DatasetFingerprint.digest(of: dataset)
        if let files {
            try? write { database in
                try database.execute(
                    sql: "INSERT OR REPLACE INTO fingerprint (files, digest) VALUES (?, ?)",
                    arguments: [files, digest])
            }
        }
        return digest
    }

    private func knownFingerprint(files: String) throws(StoreError) -> String? {
        try read { database in
            try String.fetchOne(database, sql: "SELECT digest FROM fingerprint WHERE files = ?", arguments: [files])
        }
    }
}
