import Datasets
import Foundation
import GRDB

extension RunStore {
    /// The data set's fingerprint. It is computed only once for files that don't change.
    ///
    /// - Parameter files: identifies the files and their dates; nil where they are not known.
    package func fingerprint(of dataset: Dataset, files: String?) throws(StoreError) -> String {
        // The saved fingerprint only saves time. A full disk, or a store that was removed, is reported where a run is
        // saved.
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
