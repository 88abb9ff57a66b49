import Foundation
import Runs
import TestSupport
import Testing

/// What the commands read, and what they give where nothing fails.
struct FaultyInputs: Sendable {
    let folder: TemporaryFolder
    /// A store with the run that all commands train or read.
    let store: [UInt8]
    let weights: SavedWeights

    init() throws {
        folder = try TemporaryFolder()
        try folder.writeDataset(
            trainLabels: (0..<60).map { UInt8($0 % 3) }, testLabels: (0..<20).map { UInt8($0 % 3) })
        let path = folder.path("runs.sqlite")
        let trained = try Program.run(
            ["train", "4relu", "epochs=2", "batch=8", "--quiet", "--threads", "1", "--data", folder.path]
                + ["--store", path])
        try #require(trained.status == 0, "\(trained)")
        let exported = try Program.run(["runs", "export", "1", "--bundle", folder.path("one.run"), "--store", path])
        try #require(exported.status == 0, "\(exported)")
        let written = try Program.run(
            ["export", "1", "--format", "npz", "--out", folder.path("weights.npz"), "--store", path])
        try #require(written.status == 0, "\(written)")
        weights = try #require(try RunStore(path: path).weights(of: 1, .final))
        store = try folder.bytes(of: "runs.sqlite")
    }
}

/// A command that was tried in a folder of its own.
struct FaultyRun: Sendable {
    let command: FaultyCommand
    let folder: TemporaryFolder
    let result: Program.Result
    private let inputs: FaultyInputs

    /// - Parameter log: gets what was done.
    init(_ command: FaultyCommand, _ fault: DiskFault?, _ inputs: FaultyInputs, log: String? = nil) throws {
        (self.command, self.inputs) = (command, inputs)
        folder = try TemporaryFolder()
        if command.hasStore { try folder.write(inputs.store, as: "runs.sqlite") }
        var environment = try FaultLibrary.environment(below: folder.path).merging(fault?.environment ?? [:]) { $1 }
        environment["FAULTS_LOG"] = log
        environment["XDG_DATA_HOME"] = folder.path("data")
        // Copies that are made for a moment are in the folder, too.
        environment["TMPDIR"] = folder.path
        result = try Program.run(
            command.words(folder: folder.path, inputs: inputs.folder.path), environment: environment)
    }

    // MARK: - What is expected

    /// Holds everything that is left against what a fault may leave.
    ///
    /// - Parameter whole: the same command where nothing failed.
    func check(_ fault: DiskFault, whole: FaultyRun) throws {
        let comment: Comment = "\(command): \(fault): \(result)"
        try #require((0...2).contains(result.status), comment)
        if result.status != 0 { checkMessage(fault, comment) }
        if result.status == 0 { try checkResult(whole, comment) }
        // A removal that fails can't be undone by another one.
        if fault.call != .remove {
            let temporary = try folder.contents().filter { $0.contains("trainspotter-") || $0.contains(".before-") }
            #expect(temporary == [], comment)
        }
        try checkStores(comment)
        if case .run(let number, let store) = command.result { try checkRun(number, store, comment) }
    }

    /// Which words say the reason.
    private static func reasons(_ fault: DiskFault) -> [String] {
        switch fault.error {
        case 0, ENOSPC: ["the disk is full", "No space left on device"]
        case EIO: ["I/O error", "Input/output error"]
        default: [String(cString: strerror(fault.error))]
        }
    }

    private func checkMessage(_ fault: DiskFault, _ comment: Comment) {
        let lines = result.errors.split(separator: "\n")
        #expect(lines.contains { $0.contains(folder.path) }, comment)
        #expect(lines.last?.hasPrefix("trainspotter: ") == true, comment)
        #expect(!result.errors.contains(".trainspotter-"), comment)
        // SQLite reads what it can't open for writing, and does not say why; nor does it say why a sync failed.
        let others: [String] =
            switch fault.call {
            case .open: ["can't be written (read-only)", "a file beside it can't be made"]
            case .sync: ["disk I/O error"]
            default: []
            }
        #expect((Self.reasons(fault) + others).contains { result.errors.contains($0) }, comment)
    }

    /// The result is there as it should be.
    func checkResult(_ whole: FaultyRun, _ comment: Comment) throws {
        switch command.result {
        case .run(let number, let store): try expectFinished(number, store, comment)
        case .files(let names):
            for name in names {
                let bytes = try folder.bytes(of: name)
                #expect(try bytes == whole.folder.bytes(of: name), "\(name): \(comment)")
            }
        case .ending(let name, let text): #expect(try folder.text(of: name).hasSuffix(text), comment)
        case .events:
            let files = try folder.contents().filter { $0.hasSuffix("events.out.tfevents.trainspotter") }
            #expect(files.count == 3, comment)
            for file in files { #expect(try !TFRecordReader.read(folder.bytes(of: file)).isEmpty, comment) }
        case .bundle(let name):
            let bundle = try RunStore.foreign(folder.path(name))
            #expect(try bundle.summaries().count == 1, comment)
            #expect(try bundle.weights(of: 1, .final) == inputs.weights, comment)
        case .edited(let expected): #expect(try edited() == expected, comment)
        }
    }

    private func edited() throws -> String {
        let run = try #require(try RunStore(path: folder.path("runs.sqlite")).summary(of: 1))
        return "\(run.name ?? "-") \(run.tags) \"\(run.note)\" \(run.deleted != nil)"
    }

    private func expectFinished(_ number: Int, _ store: String, _ comment: Comment) throws {
        let store = try RunStore(path: folder.path(store), missing: .refuse)
        #expect(try store.summary(of: number)?.state == .finished, comment)
        #expect(try store.weights(of: number, .final)?.tensors == inputs.weights.tensors, comment)
    }

    /// Every store and bundle that is there is whole, and what was in it before is still in it.
    private func checkStores(_ comment: Comment) throws {
        for name in try folder.contents() where name.hasSuffix(".sqlite") || name.hasSuffix(".run") {
            let store = try RunStore(path: folder.path(name), missing: .refuse)
            #expect(try store.faults() == [], comment)
            if command.hasStore, name == "runs.sqlite" {
                #expect(try store.weights(of: 1, .final) == inputs.weights, comment)
            }
        }
    }

    /// A run that is there is finished, or goes on to the same bits.
    private func checkRun(_ number: Int, _ name: String, _ comment: Comment) throws {
        guard FileManager.default.fileExists(atPath: folder.path(name)),
            let run = try RunStore(path: folder.path(name)).summary(of: number)
        else { return }
        if run.state != .finished {
            let arguments = [
                "train", "--resume", "\(number)", "--quiet", "--threads", "1", "--store", folder.path(name),
            ]
            let resumed = try Program.run(arguments)
            #expect(resumed.status == 0, "\(resumed.errors); \(comment)")
        }
        try expectFinished(number, name, comment)
    }
}

extension FaultyCommand {
    /// The words of its line.
    func words(folder: String, inputs: String) -> [String] {
        arguments.replacing("$D", with: folder).replacing("$I", with: inputs).split(separator: " ").map(String.init)
    }
}
