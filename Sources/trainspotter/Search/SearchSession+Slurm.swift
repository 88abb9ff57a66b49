import Cluster
import Datasets
import Foundation
import Runs
import Search
import Searching

extension SearchSession {
    /// Who trains the trials on Slurm.
    func cluster(_ options: SlurmOptions, _ lines: SearchLines) throws -> ClusterTrials {
        guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
            throw CommandFailure.running("the system does not tell where this program is")
        }
        // Nodes have folders of their own; a name that only this user's folder knows is found there by its path.
        let data = ClusterTrials.Data(
            argument: source.argument, folder: imported.folder, digest: DatasetFingerprint.digest(of: dataset))
        return ClusterTrials(options, search: number, data: data, program: program) { lines.say($0.description) }
    }

    /// The folder of a new search in one that all nodes see: a path from the root, which no other search has.
    static func folder(in shared: String) -> String {
        let name = "search-" + String(UInt32.random(in: 0...UInt32.max), radix: 16)
        return URL(fileURLWithPath: "\(shared)/\(name)").standardizedFileURL.path
    }

    /// What becomes of a search on Slurm that is interrupted: asked where somebody can answer. Without an answer in
    /// half a minute its jobs are left running.
    ///
    /// - Returns: nil where it goes on.
    static func choiceAtStop() -> ClusterTrials.AtStop? {
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return .leave }
        FileHandle.standardError.write(
            Data("\nstop? [l]eave its jobs running and follow them later, [c]ancel them, or [g]o on: ".utf8))
        var waiting = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, 30_000) == 1, let answer = readLine()?.lowercased() else { return .leave }
        return switch answer.first {
        case "g", "n": nil
        case "c": .cancel
        default: .leave
        }
    }
}
