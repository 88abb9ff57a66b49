import Cluster
import Foundation
import Search
import TestSupport

/// What Slurm's commands print, what a user says for them, and the file that says what an array task trains.
struct SlurmTarget: FuzzTarget {
    static let name = "slurm"
    static let parsers = [
        "SlurmListing.init(parsing", "SlurmState.init(parsing", "SlurmTime.init(parsing", "ShellWords.init(parsing",
        "TaskEnd.init(parsing", "SlurmFault.init(parsing", "ClusterTask.init",
    ]
    static let longestInput = 1024

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    func run(_ input: [UInt8]) throws {
        let text = String(decoding: input, as: UTF8.self)
        for (place, line) in SlurmListing(parsing: text).lines {
            try require(place.index >= 0 && !place.name.contains(where: \.isNewline), "\(place)")
            try require(line.job != Int.min, "\(line)")
        }
        if let end = TaskEnd(parsing: text) { try require(end.status >= Int.min, "\(end)") }
        for line in text.split(whereSeparator: \.isNewline) {
            _ = TaskEnd(accounting: String(line))
            if let job = Slurm.job(String(line)) { try require(job > 0, "job \(job)") }
        }
        try requireMessage(SlurmFault(parsing: text, command: "sbatch"))
        if let time = SlurmTime(parsing: text) { try require(time.seconds > 0, "\(text) is \(time.seconds) s") }
        try words(text)
        try task(input)
    }

    /// Words that are quoted read back to the same.
    private func words(_ text: String) throws {
        guard let words = ShellWords(parsing: text)?.words else { return }
        let line = words.map(ShellWords.quoted).joined(separator: " ")
        try require(ShellWords(parsing: line)?.words == words, "\(line) reads back to other words")
    }

    private func task(_ input: [UInt8]) throws {
        let path = folder.path("batch.json")
        try ScratchFile.write(input, to: path)
        do {
            let task = try ClusterTask(path: path, index: 0)
            try require(!task.batch.tasks.isEmpty, "a task of an array without tasks")
        } catch let fault as ClusterTask.Fault {
            try requireMessage(fault)
        }
    }
}
