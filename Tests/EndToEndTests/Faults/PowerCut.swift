import Foundation
import Runs
import TestSupport
import Testing

/// The disk after a power cut, and what had been said to be done by then.
struct PowerCut: Sendable {
    let contents: [String: [UInt8]]
    /// How many of the commands had ended.
    let done: Int
    /// Files as they are once they are written.
    let whole: [String: [UInt8]]
    let weights: SavedWeights
    let event: Int

    private static let store = "data/trainspotter/runs.sqlite"

    var comment: String { "event \(event), \(done) commands done: \(contents.map { "\($0) \($1.count)" }.sorted())" }

    func check() throws {
        let folder = try TemporaryFolder()
        for (name, bytes) in contents { try folder.write(bytes, as: name) }
        try checkStore(folder)
        try checkFiles(folder)
    }

    private func checkStore(_ folder: TemporaryFolder) throws {
        guard FileManager.default.fileExists(atPath: folder.path(Self.store)) else {
            #expect(done == 0, "\(comment)")
            return
        }
        let store = try RunStore(path: folder.path(Self.store))
        #expect(try store.faults() == [], "\(comment)")
        guard done >= 1 else { return }
        let run = try #require(try store.summary(of: 1), "\(comment)")
        #expect(run.state == .finished, "\(comment)")
        #expect(try store.weights(of: 1, .final) == weights, "\(comment)")
        if done >= 2 { #expect(run.name == "wide", "\(comment)") }
        if done >= 9 { #expect(run.deleted != nil, "\(comment)") }
    }

    private func checkFiles(_ folder: TemporaryFolder) throws {
        // Replaced whole, or not at all.
        let old = contents["old.npz"]
        #expect(old == whole["old.npz"] || (done < 3 && old == Array("old".utf8)), "\(comment)")
        #expect(contents["r.json"] == whole["r.json"] || (done < 6 && contents["r.json"] == nil), "\(comment)")
        if done >= 6 { #expect(contents["log.csv"] == whole["log.csv"], "\(comment)") }
        if done >= 4 { #expect(contents.keys.filter { $0.hasPrefix("new/tensors/") }.count == 6, "\(comment)") }
        if contents["one.run"] != nil {
            #expect(try RunStore.foreign(folder.path("one.run")).weights(of: 1, .final) == weights, "\(comment)")
        } else {
            #expect(done < 5, "\(comment)")
        }
        guard contents["other.sqlite"] != nil else { return #expect(done < 7, "\(comment)") }
        let other = try RunStore(path: folder.path("other.sqlite"))
        #expect(try other.faults() == [], "\(comment)")
        if done >= 7 { #expect(try other.weights(of: 1, .final) == weights, "\(comment)") }
    }
}
