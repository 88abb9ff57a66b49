import Foundation
import TestSupport
import Testing

/// A store of runs, as the command line shows it.
struct SavedRuns {
    /// Which weights a run has, and what was measured of them.
    struct Result: Equatable {
        let line: String
        let weights: [UInt8]
        /// Test figures with their place and weights, and how the run ended.
        let figures: [String: String]

        /// What differs, in words.
        func difference(from other: Result) -> String {
            var words: [String] = []
            if line != other.line { words.append("lines\n  \(line)\n  \(other.line)") }
            if weights != other.weights { words.append("weights of \(weights.count) and \(other.weights.count) bytes") }
            for (key, figure) in figures.sorted(by: { $0.key < $1.key }) where figure != other.figures[key] {
                words.append("\(key): \(figure.prefix(80)) and \((other.figures[key] ?? "none").prefix(80))")
            }
            return words.isEmpty ? "nothing" : words.joined(separator: "; ")
        }
    }

    let folder: TemporaryFolder
    let name: String

    var option: [String] { ["--store", folder.path(name)] }
    /// For a new run: one that goes on finds its images.
    var data: [String] { ["--data", folder.path("digits")] }

    func run(_ arguments: [String]) throws -> Program.Result { try Program.run(arguments + option) }

    /// What `runs show` says of the newest run; nil where there is none.
    func newest() throws -> [String: Any]? {
        let shown = try run(["runs", "show", "last", "--json"])
        guard shown.status == 0 else { return nil }
        return try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any]
    }

    /// The line of the newest run, with the comment behind it.
    func line() throws -> String {
        let shown = try run(["runs", "show", "last", "--spec"])
        #expect(shown.status == 0 && shown.errors == "", "\(shown.errors)")
        return shown.output.trimmingCharacters(in: .newlines)
    }

    /// - Parameter wasKilled: the figures can then be those of other weights than the newest, as the run says itself.
    func result(wasKilled: Bool = false) throws -> Result {
        let shown = try #require(try newest())
        let line = try #require(shown["line"] as? String)
        var keys = ["failure", "planned_epochs", "line_fault"]
        if !wasKilled {
            keys += ["finished_epochs", "best_epoch", "best_val_loss", "best_val_accuracy", "test_loss"]
            keys += ["test_accuracy", "test_errors", "test_epoch", "test_batch", "test_weights", "test"]
        }
        var figures = try keys.map { key in
            let data = try JSONSerialization.data(
                withJSONObject: shown[key] ?? NSNull(), options: [.sortedKeys, .fragmentsAllowed])
            return (key, String(decoding: data, as: UTF8.self))
        }
        // What interrupted a run is a stop of its line.
        let state = shown["state"] as? String ?? "none"
        figures.append(("state", state == "interrupted" ? "stopped" : state))
        // A run that diverged has no weights to give away.
        let weights = state == "failed" ? [] : try weights()
        return Result(line: line, weights: weights, figures: Dictionary(uniqueKeysWithValues: figures))
    }

    private func weights() throws -> [UInt8] {
        let out = folder.path("\(UUID().uuidString).npz")
        let exported = try run(["export", "last", "--format", "npz", "--out", out])
        try #require(exported.status == 0, "\(exported.errors)")
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: out)))
    }
}
