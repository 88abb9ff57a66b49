import Datasets
import Foundation
import GRDB

extension RunStore {
    /// The data set's fingerprint. It is computed once for files that stay as they are.
    ///
    /// - Parameter files: what tells the files and their dates; nil where they are not known.
    package func fingerprint(of dataset: Dataset, files: String?) throws(StoreError) -> String {
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
