import Foundation
import GRDB
import Neural
import Training

/// The large parts of a save, as the bytes that go into the file.
struct ProgressBlobs {
    private let checkpoint: Data?
    private let weights: [(kind: SavedWeights.Kind, epoch: Int, bytes: Data)]
    private let test: Data?
    private let metrics: ClassificationMetrics?

    init(_ progress: RunProgress) {
        checkpoint = progress.checkpoint?.bytes
        weights = [(SavedWeights.Kind.best, progress.best), (.final, progress.final)].compactMap { kind, saved in
            saved.map { (kind, $0.epoch, Tensor.bytes($0.tensors)) }
        }
        test = progress.test?.bytes
        metrics = progress.test.map(ClassificationMetrics.init)
    }

    func save(_ progress: RunProgress, run: Int, now: Date, _ database: Database) throws {
        if let state = progress.checkpoint, let checkpoint {
            try database.execute(
                sql: "INSERT OR REPLACE INTO checkpoint (run, epoch, batch, time, state) VALUES (?, ?, ?, ?, ?)",
                arguments: [run, state.epoch, state.batch, now.timeIntervalSince1970, checkpoint])
            try database.execute(
                sql: "UPDATE run SET checkpoint_epoch = ?, checkpoint_batch = ? WHERE id = ?",
                arguments: [state.epoch, state.batch, run])
        }
        for saved in weights {
            try database.execute(
                sql: "INSERT OR REPLACE INTO weights (run, kind, epoch, tensors) VALUES (?, ?, ?, ?)",
                arguments: [run, saved.kind.rawValue, saved.epoch, saved.bytes])
        }
        if let test, let metrics {
            try database.execute(
                sql: "INSERT OR REPLACE INTO test_result (run, report, evaluation) VALUES (?, ?, ?)",
                arguments: [run, TestReport(metrics).text, test])
            try database.execute(
                sql: "UPDATE run SET test_loss = ?, test_accuracy = ?, test_errors = ?, test_recall = ? WHERE id = ?",
                arguments: [metrics.loss, metrics.accuracy, metrics.errors, metrics.macro.recall, run])
        }
    }
}

/// Counts as the store keeps them: unsigned 32-bit, little-endian, row by row.
enum ConfusionBytes {
    static func bytes(_ counts: [[Int]]) -> Data {
        counts.joined().map { UInt32(clamping: $0).littleEndian }.withUnsafeBytes { Data($0) }
    }

    /// nil where the bytes are not classes × classes counts.
    static func counts(_ bytes: Data, classes: Int) -> [[Int]]? {
        guard classes >= 0, bytes.count == 4 * classes * classes else { return nil }
        var values = [UInt32](repeating: 0, count: classes * classes)
        _ = values.withUnsafeMutableBytes { bytes.copyBytes(to: $0) }
        return (0..<classes).map { row in
            values[(row * classes)..<((row + 1) * classes)].map { Int(UInt32(littleEndian: $0)) }
        }
    }
}
