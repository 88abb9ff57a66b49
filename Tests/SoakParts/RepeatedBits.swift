import Foundation
import TestSupport

/// Trains saved runs again without a screen, each from its own line on one thread, and compares the bits.
package struct RepeatedBits {
    /// What came of it.
    package struct Result {
        package var equal: [Int] = []
        package var differing: [String] = []
    }

    private struct Run {
        let number: Int
        let line: String
        let epochs: Int
        let figures: [String: String]

        var hasChanges: Bool { line.contains(" @") }
    }

    /// Why runs can't be compared.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// Figures of a run that follow from its line alone.
    private static let keys = [
        "line", "finished_epochs", "best_epoch", "best_val_loss", "best_val_accuracy", "test_loss", "test_accuracy",
        "test_errors", "test_epoch", "test_batch", "test_weights",
    ]
    private let store: String
    private let folder: TemporaryFolder
    private let data: String

    /// - Parameters:
    ///   - folder: for the runs that are trained again.
    ///   - data: the data set that the runs were trained with.
    package init(store: String, folder: TemporaryFolder, data: String) {
        (self.store, self.folder, self.data) = (store, folder, data)
    }

    /// Repeats some of the runs: first those with live changes, then the newest.
    ///
    /// - Parameters:
    ///   - most: of these so many.
    ///   - epochs: runs with more are left out, as they take too long.
    /// - Throws: `Failure` where the store can't be read, or a run can't be trained.
    package func compare(most: Int, epochs: Int) throws -> Result {
        let runs = try list(store).filter { $0.epochs <= epochs }
        let changed = runs.filter(\.hasChanges).suffix(most / 2)
        let plain = runs.filter { !$0.hasChanges }.suffix(most - changed.count)
        var result = Result()
        for run in changed + plain {
            let difference = try difference(of: run)
            if difference.isEmpty {
                result.equal.append(run.number)
            } else {
                result.differing.append("run \(run.number), \(run.line): \(difference)")
            }
        }
        return result
    }

    private func difference(of run: Run) throws -> String {
        let elsewhere = folder.path("repeated-\(run.number).sqlite")
        let line = try text(["runs", "show", "\(run.number)", "--spec", "--store", store])
        let trained = try Program.run(
            ["train", line, "--quiet", "--threads", "1", "--data", data, "--store", elsewhere])
        guard trained.status == 0, let again = try list(elsewhere).last else {
            throw Failure(description: "run \(run.number) can't be repeated: \(trained.errors)")
        }
        var differences = Self.keys.filter { run.figures[$0] != again.figures[$0] }
        if try weights(run.number, store) != weights(again.number, elsewhere) { differences.append("weights") }
        return differences.joined(separator: ", ")
    }

    /// The runs that came to an end with weights, the oldest first.
    private func list(_ store: String) throws -> [Run] {
        let data = Data(try text(["runs", "list", "--json", "--store", store]).utf8)
        let runs = try JSONSerialization.jsonObject(with: data) as? [[String: Any]] ?? []
        return runs.compactMap { run -> Run? in
            guard let number = run["run"] as? Int, let line = run["line"] as? String, run["line_fault"] is NSNull,
                let state = run["state"] as? String, ["finished", "stopped"].contains(state),
                let epochs = run["finished_epochs"] as? Int, epochs > 0
            else { return nil }
            let figures = Self.keys.map { ($0, "\(run[$0] ?? "none")") }
            return Run(
                number: number, line: line, epochs: epochs, figures: Dictionary(uniqueKeysWithValues: figures))
        }.sorted { $0.number < $1.number }
    }

    private func weights(_ number: Int, _ store: String) throws -> [UInt8] {
        let name = "\(UUID().uuidString).npz"
        _ = try text(["export", "\(number)", "--format", "npz", "--out", folder.path(name), "--store", store])
        defer { try? folder.remove(name) }
        return try folder.bytes(of: name)
    }

    private func text(_ arguments: [String]) throws -> String {
        let result = try Program.run(arguments)
        guard result.status == 0 else {
            throw Failure(description: "\(arguments.joined(separator: " ")): \(result.errors)")
        }
        return result.output.trimmingCharacters(in: .newlines)
    }
}
