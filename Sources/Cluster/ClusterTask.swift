import Datasets
import Foundation
import Runs
import Searching
import Specs
import Synchronization
import Training

/// An array task: trains its list of trials on a node, and writes a file for each.
package struct ClusterTask: Sendable {
    /// Why a task does nothing, or not all of it.
    package enum Fault: Error, Equatable, CustomStringConvertible {
        /// The file that says what is to be done can't be read.
        case unreadable(path: String)
        /// There is no list for it.
        case noTask(index: Int, path: String)
        /// The data set is not that of the search.
        case otherData(name: String)
        /// A trial can't go on, or its file can't be written.
        case trial(number: Int, reason: String)
        /// It was told to end before all was done.
        case stopped

        package var description: String {
            switch self {
            case .unreadable(let path): "\(path): not what an array task is to do"
            case .noTask(let index, let path): "\(path): has no task \(index)"
            case .otherData(let name): "\(name) has other images or labels here than where the search was started"
            case .trial(let number, let reason): "trial \(number + 1): \(reason)"
            case .stopped: "ended before all was done; what was trained is saved"
            }
        }
    }

    /// What its array is to do.
    package let batch: ClusterBatch
    private let works: [ClusterWork]
    private let folder: ClusterFolder

    /// - Parameters:
    ///   - path: the file of the array in the search's folder.
    ///   - index: the task's number in it, from 0.
    /// - Throws: `Fault`.
    package init(path: String, index: Int) throws(Fault) {
        guard let batch = try? ClusterFolder.batch(at: path) else { throw .unreadable(path: path) }
        guard batch.tasks.indices.contains(index) else { throw .noTask(index: index, path: path) }
        (self.batch, works) = (batch, batch.tasks[index])
        folder = ClusterFolder(URL(fileURLWithPath: path).deletingLastPathComponent().path + "/..")
    }

    /// Trains all of its trials, as many at once as it has processors. A trial that can't go on does not keep the others.
    ///
    /// - Parameters:
    ///   - stops: asked between batches whether it is to end; what was trained is written then.
    ///   - onLine: called for what is to be known, from any of its threads.
    /// - Throws: the first `Fault`.
    package func run(
        on dataset: Dataset, stops: @escaping @Sendable () -> Bool, onLine: @escaping @Sendable (String) -> Void
    ) throws(Fault) {
        guard DatasetFingerprint.digest(of: dataset) == batch.digest else { throw .otherData(name: dataset.name) }
        let waiting = Mutex(works[...])
        let fault = Mutex<Fault?>(nil)
        let ended = DispatchGroup()
        for worker in 0..<max(1, min(batch.processors, works.count)) {
            ended.enter()
            let thread = Thread { [self] in
                while let work = stops() ? nil : waiting.withLock({ $0.popFirst() }) {
                    do throws(Fault) { try train(work, on: dataset, stops: stops, onLine) } catch {
                        onLine(error.description)
                        fault.withLock { $0 = $0 ?? error }
                    }
                }
                ended.leave()
            }
            (thread.name, thread.stackSize) = ("trial \(worker + 1)", TrialTraining.stackSize)
            thread.start()
        }
        ended.wait()
        if let fault = fault.withLock(\.self) { throw fault }
        if stops(), !waiting.withLock(\.isEmpty) { throw .stopped }
    }

    private func train(
        _ work: ClusterWork, on dataset: Dataset, stops: @escaping @Sendable () -> Bool,
        _ onLine: @escaping @Sendable (String) -> Void
    ) throws(Fault) {
        let done = folder.file(of: work, .done)
        do {
            let spec = try ExperimentSpec(canonical: work.line)
            let recording = TaskRecording(partial: folder.file(of: work, .partial)) { [batch, dataset] facts in
                NewRun(
                    line: RunLine(spec: spec), dataset: dataset.name, dataSource: batch.data, fingerprint: batch.digest,
                    facts: facts, machine: .current(threads: 1), tags: [RunSummary.tag(ofSearch: batch.search)])
            } onTrouble: {
                onLine("trial \(work.trial + 1) can't be saved, trying again: \($0)")
            }
            var training = TrialTraining(spec, from: try folder.state(of: work), figures: [], until: work.until)
            try training.run(on: dataset, recording: recording, named: nil, stops: stops)
            try recording.write(to: training.isThere ? done : folder.file(of: work, .partial))
            guard training.isThere else { throw Fault.stopped }
            onLine("trial \(work.trial + 1): \(training.figures.count) epochs, \(training.failure ?? "done")")
        } catch let fault as Fault {
            throw fault
        } catch {
            throw .trial(number: work.trial, reason: "\(error)")
        }
    }
}
