import Files
import Foundation
import Runs
import Search
import Searching
import Specs
import Synchronization
import Training

/// Trains the trials of a search on a cluster, by arrays of Slurm's jobs.
///
/// One thread does all of it, about once a second: it takes in what tasks have written, asks Slurm how tasks stand, and submits
/// what the search wants next. Whatever it needs to go on after its own end lies in the folder and in the store.
package final class ClusterTrials: TrialTrainer {
    /// What tasks need to know of the data set.
    package struct Data: Sendable {
        /// As `--data` names it.
        package let argument: String
        /// The folder of imported data sets; nil for the standard one.
        package let folder: String?
        /// `DatasetFingerprint` of it.
        package let digest: String

        package init(argument: String, folder: String?, digest: String) {
            (self.argument, self.folder, self.digest) = (argument, folder, digest)
        }
    }

    /// What becomes of the jobs where the search stops.
    package enum AtStop: Int, Sendable { case leave, cancel }

    /// Trials at once, in all jobs.
    package var workers: Int { options.tasks * options.processors }
    let options: SlurmOptions
    let slurm: Slurm
    let folder: ClusterFolder
    let data: Data
    let search: Int
    private let program: String
    private let atStop = Mutex(AtStop.leave)
    private let pause: Double
    let onNews: @Sendable (ClusterNews) -> Void

    /// - Parameters:
    ///   - search: the number of the search.
    ///   - program: the path of this program on all nodes.
    ///   - pause: seconds between two looks at the folder.
    ///   - onNews: called from the search's thread; must be quick.
    package init(
        _ options: SlurmOptions, slurm: Slurm = Slurm(), search: Int, data: Data, program: String,
        pause: Double = 0.5, onNews: @escaping @Sendable (ClusterNews) -> Void
    ) {
        (self.options, self.slurm, self.search, self.data) = (options, slurm, search, data)
        (self.program, self.pause, self.onNews) = (program, pause, onNews)
        folder = ClusterFolder(options.folder)
    }

    /// Says what becomes of the jobs where the search stops; they are left running otherwise.
    package func choose(_ choice: AtStop) { atStop.withLock { $0 = choice } }

    /// Submits what the search wants, and tells it what came back, until there is nothing more, or it stops. Blocks.
    package func train(_ search: SearchEngine) {
        do throws(WriteFailure) { try folder.prepare(program: program) } catch {
            return search.fail("\(folder.path) can't be used: \(error.reason)")
        }
        var session = ClusterSession(self, search)
        session.adopt()
        while !search.isStopping {
            guard session.advance() else { return folder.clear() }
            Thread.sleep(forTimeInterval: pause)
        }
        session.stop(atStop.withLock(\.self))
    }
}
