import ArgumentParser
import Cluster
import DataFormats
import Datasets
import Foundation

/// `trainspotter search-task`: what a job of a search on a cluster runs. No user calls it.
struct SearchTaskCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search-task", abstract: "Train the trials of a job of `search --engine slurm`.",
        shouldDisplay: false)

    @Argument(help: "The file that says what the jobs of an array train.")
    var batch: String

    @Argument(help: "The job's number in its array.")
    var index: Int

    func run() throws {
        let task: ClusterTask
        do throws(ClusterTask.Fault) { task = try ClusterTask(path: batch, index: index) } catch {
            throw CommandFailure.usage(error.description)
        }
        // Slurm ends a job by SIGTERM some seconds before SIGKILL.
        Interrupt.watch()
        let imported = task.batch.dataFolder.map(ImportedDatasets.init(chosen:)) ?? .standard
        let dataset: Dataset
        do throws(DataError) { dataset = try DatasetSource.resolve(task.batch.data, imported: imported).load() } catch {
            throw CommandFailure(error)
        }
        do throws(ClusterTask.Fault) {
            try task.run(on: dataset) {
                Interrupt.isRequested
            } onLine: {
                printError($0)
            }
        } catch .stopped {
            throw CommandFailure.interrupted
        } catch {
            throw CommandFailure.running(error.description)
        }
    }
}
