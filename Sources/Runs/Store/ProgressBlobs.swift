import Foundation
import GRDB
import Networks
import Reports
import Specs
import Training

/// The large parts of a save, encoded as bytes.
struct ProgressBlobs {
    private let checkpoint: Data?
    private let weights: [(kind: SavedWeights.Kind, saved: SavedWeights, bytes: Data, digest: WeightDigest?)]
    private let test: Data?
    private let metrics: ClassificationMetrics?

    init(_ progress: UnsavedProgress) {
        checkpoint = progress.checkpoint?.bytes
        let sets = [(SavedWeights.Kind.best, progress.best), (.final, progress.final), (.start, progress.start)]
        weights = sets.compactMap { kind, saved in
            // The best ones change too often to be hashed each time.
            saved.map { (kind, $0, Tensor.bytes($0.tensors), kind == .best ? nil : WeightDigest(of: $0.tensors)) }
        }
        test = progress.test?.bytes
        metrics = progress.test.map(ClassificationMetrics.init)
    }

    func save(_ progress: UnsavedProgress, run: Int, now: Date, _ database: Database) throws {
        if let state = progress.checkpoint, let checkpoint {
            try database.execute(
                sql: "INSERT OR REPLACE INTO checkpoint (run, epoch, batch, time, state) VALUES (?, ?, ?, ?, ?)",
                arguments: [run, state.epoch, state.batch, now.timeIntervalSince1970, checkpoint])
            try database.execute(
                sql: "UPDATE run SET checkpoint_epoch = ?, checkpoint_batch = ? WHERE id = ?",
                arguments: [state.epoch, state.batch, run])
        }
        for (kind, saved, bytes, digest) in weights {
            try database.execute(
                sql: "INSERT OR REPLACE INTO weights (run, kind, epoch, tensors, sha256) VALUES (?, ?, ?, ?, ?)",
                arguments: [run, kind.rawValue, saved.place.epoch, bytes, digest?.description])
            guard kind == .final else { continue }
            try database.execute(
                sql: "UPDATE run SET final_epoch = ?, final_batch = ?, final_weights = ? WHERE id = ?",
                arguments: [saved.place.epoch, saved.place.batch, WeightSource.text(saved.source), run])
        }
        if let test, let metrics {
            try database.execute(
                sql: "INSERT OR REPLACE INTO test_result (run, report, evaluation) VALUES (?, ?, ?)",
                arguments: [run, TestReport(metrics).text, test])
            try database.execute(
                sql: """
                    UPDATE run SET test_loss = ?, test_accuracy = ?, test_errors = ?, test_recall = ?, test_epoch = ?,
                        test_batch = ?, test_weights = ? WHERE id = ?
                    """,
                arguments: [
                    metrics.loss, metrics.accuracy, metrics.errors, metrics.macro.recall, progress.test?.epoch,
                    progress.test?.batch, WeightSource.text(progress.test?.weights), run,
                ])
        }
        if progress.final != nil { try Self.forgetOtherTest(run: run, database) }
    }

    /// A test result of other weights is not the run's result. Without one, it is computed when it is first shown.
    private static func forgetOtherTest(run: Int, _ database: Database) throws {
        try database.execute(
            sql: """
                UPDATE run SET test_loss = NULL, test_accuracy = NULL, test_errors = NULL, test_recall = NULL,
                    test_epoch = NULL, test_batch = NULL, test_weights = NULL
                WHERE id = ? AND (test_epoch IS NOT final_epoch OR test_batch IS NOT final_batch
                    OR test_weights IS NOT final_weights)
                """, arguments: [run])
        try database.execute(
            sql: """
                DELETE FROM test_result
                WHERE run = :run AND (SELECT test_epoch FROM run WHERE id = :run) IS NULL
                """, arguments: ["run": run])
    }
}

/// Which weights were saved or tested, in the store's words: `last`, `average`, `best 12`.
enum WeightSource {
    static func text(_ source: FinalWeights?) -> String {
        switch source {
        case nil: "last"
        case .average: "average"
        case .best(let epoch): "best \(epoch)"
        }
    }

    /// Nil for the last step's, and for words that no version of this layout writes.
    static func source(_ text: String?) -> FinalWeights? {
        if text == "average" { return .average }
        let words = text?.split(separator: " ") ?? []
        guard words.count == 2, words[0] == "best", let epoch = Int(words[1]) else { return nil }
        return .best(epoch: epoch)
    }
}

/// Counts as the store has them: unsigned 32-bit, little-endian, row by row.
enum ConfusionBytes {
    static func bytes(_ counts: [[Int]]) -> Data {
        counts.joined().map { UInt32(clamping: $0).littleEndian }.withUnsafeBytes { Data($0) }
    }

    /// Nil where the bytes are not classes × classes counts.
    static func counts(_ bytes: Data, classes: Int) -> [[Int]]? {
        // Compared before it is multiplied: a file can contain any number.
        guard (0...1 << 16).contains(classes), bytes.count == 4 * classes * classes else { return nil }
        var values = [UInt32](repeating: 0, count: classes * classes)
        _ = values.withUnsafeMutableBytes { bytes.copyBytes(to: $0) }
        return (0..<classes).map { row in
            values[(row * classes)..<((row + 1) * classes)].map { Int(UInt32(littleEndian: $0)) }
        }
    }
}
