import Datasets
import Exports
import Files
import Foundation
import Reports
import Specs
import Training

/// The event files of `train --tensorboard`, written while the run trains. Errors of the disk don't stop the run.
final class TensorBoardFiles {
    private let log: TensorBoardLog
    private var folder: TensorBoardFolder
    /// Why the files are incomplete; nil while they are complete.
    private(set) var failure: CommandFailure?

    /// Makes the run's folder and the files. For a resumed run they are made again up to the place where it was saved;
    /// what came after that is written when it is trained again.
    ///
    /// - Parameters:
    ///   - parent: TensorBoard's `--logdir`.
    ///   - recorded: the saved run; nil for one that is not saved.
    init(parent: String, line: RunLine, dataset: Dataset, of recorded: RecordedRun?) throws(CommandFailure) {
        let split: Split
        do throws(TrainingError) { split = try Trainer.split(line.spec, dataset) } catch { throw CommandFailure(error) }
        log = TensorBoardLog(
            line: line, dataset: .init(dataset, split), classNames: dataset.classNames, place: dataset.place)
        let started = recorded?.started ?? Date.now
        let past = try Self.past(recorded, log)
        do throws(ExportError) {
            folder = try TensorBoardFolder(
                parent: parent,
                name: TensorBoardFolder.name(chain: line.spec.network.hiddenChain, start: Self.stamp(started)),
                owner: recorded.map { "run \($0.run), started \(Int($0.started.timeIntervalSince1970 * 1000)) ms\n" })
            try folder.append(log.opening(at: started.timeIntervalSince1970) + past)
        } catch {
            throw CommandFailure(error, option: "--tensorboard")
        }
    }

    /// The epochs of a resumed run, with times that follow from the time of their training.
    private static func past(_ recorded: RecordedRun?, _ log: TensorBoardLog) throws(CommandFailure) -> [TensorBoardLog
        .Addition]
    {
        guard let recorded, let past = recorded.resumption, !past.epochs.isEmpty else { return [] }
        let confusions = Dictionary(past.confusions.map { ($0.epoch, $0.counts) }) { $1 }
        var time = recorded.started.timeIntervalSince1970
        return past.epochs.flatMap { figures in
            time += figures.seconds
            return log.epoch(RunReport.Epoch(figures), confusion: confusions[figures.epoch], at: time)
        }
    }

    deinit { folder.close() }

    /// The run's folder.
    var path: String { folder.path }

    func epochFinished(_ report: EpochReport) {
        append(log.epoch(RunReport.Epoch(report.figures), confusion: report.validation?.confusion, at: Self.now))
    }

    /// - Parameter changes: all live changes of this session.
    func changed(to changes: [LiveChange]) { append(log.changes(changes, at: Self.now)) }

    func runEnded(test: Evaluation?, images: ImageSet, epochs: Int, isWhole: Bool) {
        append(
            log.closing(
                test: test, images: images, epochs: epochs, ending: isWhole ? .finished : .failed, at: Self.now))
        do throws(ExportError) { try folder.finish() } catch { fail(error) }
    }

    /// Reports a fault once; the next addition tries again with all that is missing.
    private func append(_ additions: [TensorBoardLog.Addition]) {
        do throws(ExportError) {
            try folder.append(additions)
            failure = nil
        } catch {
            if failure == nil { printError("trainspotter: --tensorboard \(error); the run still trains") }
            fail(error)
        }
    }

    private func fail(_ error: ExportError) { failure = CommandFailure(error, option: "--tensorboard") }

    private static var now: Double { Date.now.timeIntervalSince1970 }

    /// A time by the local clock as `20261125-162005`.
    private static func stamp(_ date: Date) -> String {
        var seconds = time_t(date.timeIntervalSince1970)
        var parts = tm()
        localtime_r(&seconds, &parts)
        var text = [CChar](repeating: 0, count: 32)
        let count = strftime(&text, text.count, "%Y%m%d-%H%M%S", &parts)
        return String(decoding: text.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
