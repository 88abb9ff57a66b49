import CursesTerminal
import Datasets
import Exports
import Files
import Reports
import TerminalUI

/// The places of a run's results.
extension TrainCommand {
    /// The files with results.
    ///
    /// - Parameter sources: the files of the data set.
    func outputs(reading sources: [DatasetSource] = []) throws(CommandFailure) -> OutputFiles {
        var outputs = OutputFiles()
        outputs.add("--json", json.json)
        outputs.add("--csv", csv)
        if let export { outputs.keep("a file that --export writes", RunExport.paths(in: export)) }
        if saving.save { outputs.keep(saving.store) }
        for source in sources { outputs.keep(source) }
        return outputs
    }

    /// The recorder of a short run may not have computed it yet.
    func digest(of dataset: Dataset, _ recorded: RecordedRun?) -> String {
        let known = recorded.flatMap { try? $0.store.summary(of: $0.run)?.fingerprint }
        return known ?? DatasetFingerprint.digest(of: dataset)
    }

    /// What is printed where a crash ends the program.
    func noteResuming(_ recorded: RecordedRun?) {
        guard let recorded, !recorded.store.isDetached else { return }
        let number = recorded.number
        CursesTerminal.setNote("run \(number) interrupted; `\(saving.store.resumeCommand(number))` resumes it")
    }

    /// Printed for the user: on standard error where standard output is a file.
    func sayResult(_ summary: String) throws(CommandFailure) {
        if !json.isStandardOutput, csv != "-" { return try printResult(summary) }
        if csv == "-", !quiet { printProgress(summary.harmlessLines + "\n") }
    }

    /// Checks before the training that the results can be written.
    func checkFolders() throws(CommandFailure) {
        do throws(ExportError) { if let export { try RunExport.check(folder: export) } } catch {
            throw .usage("--export \(error)")
        }
        do throws(ExportError) { if let tensorboard { try StagedFiles.check(folder: tensorboard) } } catch {
            throw .usage("--tensorboard \(error)")
        }
    }

    func writeExport(_ outcome: HeadlessRun.Outcome, _ report: RunReport) throws(CommandFailure) {
        guard let export, let test = outcome.test else { return }
        let files = RunExport(line: outcome.line, report: report, tensors: outcome.tensors, test: test)
        do {
            for path in try files.write(to: export) {
                printError("trainspotter: \(path): removed, it was made from the weights that were there before")
            }
        } catch {
            throw .running("--export \(error)")
        }
    }
}
