import Files
import Foundation
import Runs
import Training

/// The folder of a search that all nodes see. Whatever lies in it was written whole under another name first.
///
///     task.sh           what an array task runs
///     batches/N.json    what the tasks of an array are to do; there until all of it is done
///     trials/T.A.state  from where attempt A of trial T goes on
///     trials/T.A.partial, T.A.done    a store with what it has trained so far, or all of it
///     logs/N_I.log      what task I has said
package struct ClusterFolder: Sendable {
    /// The results of an attempt.
    package enum Result: String { case partial, done }

    /// Its path.
    package let path: String

    package init(_ path: String) { self.path = URL(fileURLWithPath: path).standardizedFileURL.path }

    /// Makes the folders and the script.
    ///
    /// - Parameter program: the path of this program on all nodes.
    /// - Throws: `WriteFailure`.
    package func prepare(program: String) throws(WriteFailure) {
        for folder in ["", "batches", "trials", "logs"] {
            do {
                try FileManager.default.createDirectory(
                    atPath: "\(path)/\(folder)", withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700])
            } catch {
                throw WriteFailure(reason: "\(path)/\(folder) can't be made")
            }
        }
        try write(Array(Self.script(program: program).utf8), script)
    }

    /// What an array task runs: `task.sh BATCH`.
    package static func script(program: String) -> String {
        """
        #!/bin/sh
        # An array task of a search: trains the trials of its place in the list.
        exec \(ShellWords.quoted(program)) search-task "$1" "$SLURM_ARRAY_TASK_ID"

        """
    }

    /// The path of the script that a task runs.
    package var script: String { "\(path)/task.sh" }

    /// The path of what a task says.
    package func log(of batch: String, _ index: String) -> String { "\(path)/logs/\(batch)_\(index).log" }

    /// `sbatch` has a meaning of its own for percent signs.
    package func logPattern(of batch: String) -> String {
        log(of: batch, "").dropLast(5).replacing("%", with: "%%") + "_%a.log"
    }

    /// The last line that a task has said; nil where it said nothing.
    package func lastWords(of batch: String, _ index: Int) -> String? {
        guard let file = FileHandle(forReadingAtPath: log(of: batch, "\(index)")) else { return nil }
        defer { try? file.close() }
        guard let size = try? file.seekToEnd(), (try? file.seek(toOffset: size - min(size, 4096))) != nil,
            let bytes = try? file.readToEnd()
        else { return nil }
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        return lines.last { !$0.allSatisfy(\.isWhitespace) }.map { String($0.prefix(300)) }
    }

    // MARK: - Batches

    /// The path of a batch's file.
    package func batch(_ name: String) -> String { "\(path)/batches/\(name).json" }

    /// Saves a batch, whole or not at all.
    package func write(_ batch: ClusterBatch) throws(WriteFailure) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let bytes = try? encoder.encode(batch) else {
            throw WriteFailure(reason: "\(batch.name) can't be written")
        }
        try write([UInt8](bytes), self.batch(batch.name))
    }

    /// The batches that are not done.
    package func batches() -> [ClusterBatch] {
        names(in: "batches").filter { $0.hasSuffix(".json") }.compactMap {
            try? ClusterFolder.batch(at: "\(path)/batches/\($0)")
        }
    }

    /// The batch in a file.
    ///
    /// - Throws: where it can't be read.
    package static func batch(at path: String) throws -> ClusterBatch {
        try JSONDecoder().decode(ClusterBatch.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    }

    // MARK: - Trials

    /// The path of what has come back from a trial.
    package func file(of work: ClusterWork, _ result: Result) -> String {
        "\(path)/trials/\(work.name).\(result.rawValue)"
    }

    private func stateFile(of work: ClusterWork) -> String { "\(path)/trials/\(work.name).state" }

    /// Saves the state that a trial goes on from, whole or not at all.
    package func write(_ state: TrainerState, of work: ClusterWork) throws(WriteFailure) {
        try write([UInt8](state.bytes), stateFile(of: work))
    }

    /// The state that a trial goes on from.
    ///
    /// - Throws: where it can't be read.
    package func state(of work: ClusterWork) throws -> TrainerState? {
        guard work.hasState else { return nil }
        return try TrainerState(bytes: Data(contentsOf: URL(fileURLWithPath: stateFile(of: work))))
    }

    /// The names of all files of trials.
    package func trialFiles() -> Set<String> { Set(names(in: "trials")) }

    // MARK: - What is not needed any more

    /// Removes the files of a trial.
    package func remove(_ work: ClusterWork) {
        for file in [stateFile(of: work), file(of: work, .partial), file(of: work, .done)] { unlink(file) }
    }

    /// Removes the file of a batch, and what its tasks said unless that is to be kept.
    package func remove(_ batch: ClusterBatch, keepingLogs: Bool) {
        if !keepingLogs { for index in batch.tasks.indices { unlink(log(of: batch.name, "\(index)")) } }
        unlink(self.batch(batch.name))
    }

    /// Removes all of it but for logs of what went wrong.
    package func clear() {
        for folder in ["batches", "trials"] { try? FileManager.default.removeItem(atPath: "\(path)/\(folder)") }
        unlink(script)
        // Not where something is in them.
        rmdir("\(path)/logs")
        rmdir(path)
    }

    private func names(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []
    }

    private func write(_ bytes: [UInt8], _ file: String) throws(WriteFailure) { try FileTarget(file).write(bytes) }
}
