import ArgumentParser
import Datasets
import Foundation
import Reports
import Runs
import Specs
import Training

/// `trainspotter runs show`: all data of a run.
struct RunsShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one saved run.",
        discussion: """
            EXAMPLES
              trainspotter runs show last
              trainspotter train $(trainspotter runs show 12 --spec)
            """)

    @OptionGroup var chosen: RunArgument

    @Flag(help: "Print only the run's line, which repeats it, and a comment with what is needed for that.")
    var spec = false

    @Flag(help: "Print JSON, with every epoch.")
    var json = false

    @OptionGroup var store: StoreOptions

    func run() throws {
        let store = try store.openExisting()
        var run = try chosen.find(in: store)
        if spec { return try printLine(of: run) }
        if run.awaitsTest { run = try measured(run, in: store) }
        run.size = try stored { () throws(StoreError) in try store.size(of: run.id) }
        let (epochs, changes, events, test) = try stored { () throws(StoreError) in
            (
                try store.epochs(of: run.id), try store.changes(of: run), try store.events(of: run.id),
                try store.testReport(of: run.id)
            )
        }
        let kept = try stored { () throws(StoreError) in try store.dataset(of: run) }
        if json {
            return try printResult(
                RunListing.text(
                    run, classNames: kept?.classNames, epochs: epochs, changes: changes, events: events, test: test))
        }
        var rows = run.facts + Self.classes(kept) + (test?.summaryRows ?? [])
        if let words = try Self.start(of: run, in: store) { rows.append(["began", words]) }
        if let words = Self.teacher(of: run, in: store) { rows.append(["teacher", words]) }
        if let words = run.testWords { rows.append(["weights", "the test's figures are \(words)"]) }
        if let final = try stored({ () throws(StoreError) in try store.weights(of: run.id, .final) }) {
            let digest = WeightDigest(of: final.tensors)
            rows.append(["digest", "of its weights; from=\(digest) begins another run with them"])
        }
        var text = TextTable.text(rows)
        let happened = Self.happened(changes, events, batchesPerEpoch: run.batchesPerEpoch)
        if !happened.isEmpty { text += "\n\nepoch  what happened\n" + TextTable.text(happened, rightAligned: [0]) }
        if !epochs.isEmpty { text += "\n\n" + Self.table(epochs) }
        try printResult(text)
    }

    /// A run whose final weights were not tested is tested when it is first shown, if its data set is available.
    private func measured(_ run: RunSummary, in store: RunStore) throws(CommandFailure) -> RunSummary {
        guard !store.isReadOnly,
            let trained = try? DatasetSource.trained(
                on: run.dataSource, digest: run.fingerprint, imported: .standard),
            let dataset = try? trained.source.load()
        else { return run }
        return try stored { () throws(StoreError) in
            try store.measureEnd(of: run, on: dataset, threads: ThreadOptions.standard)
        }
    }

    /// Whose weights it began with, in words; nil where new ones were drawn.
    private static func start(of run: RunSummary, in store: RunStore) throws -> String? {
        guard let digest = (try? ExperimentSpec(parsing: run.specLine))?.training.from else { return nil }
        let owner = try stored { () throws(StoreError) in
            try store.owner(of: digest, parameters: run.parameters)
        }
        guard let owner, !owner.run.begins(with: digest) else { return "with weights of a run that is not here" }
        return "with weights of run \(owner.run.id)"
    }

    /// What it learned from beside the labels, in words; nil where these counted alone.
    private static func teacher(of run: RunSummary, in store: RunStore) -> String? {
        guard let digest = (try? ExperimentSpec(parsing: run.specLine))?.training.distillation.teacher else {
            return nil
        }
        return "it learned from \((try? store.teacherName(of: digest)) ?? "a network that is not here"), too"
    }

    private func printLine(of run: RunSummary) throws {
        if let fault = run.lineFault { printError("trainspotter: this line does not repeat run \(run.id): \(fault)") }
        try printResult("\(run.lineText) \(run.origin)")
    }

    /// What the classes are called, where they have names: `10: T-shirt, trouser, pullover and 7 more`.
    private static func classes(_ kept: StoredDataset?) -> [[String]] {
        guard let names = kept?.classNames, names != names.indices.map(String.init) else { return [] }
        let shown = names.count > mostNames ? Array(names.prefix(mostNames - 1)) : names
        let more = names.count - shown.count
        return [
            ["classes", "\(names.count): " + shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")]
        ]
    }

    private static let mostNames = 10

    /// Changes and events in the order of their places.
    private static func happened(
        _ changes: [RunChange], _ events: [RunEvent], batchesPerEpoch: Int
    ) -> [[String]] {
        let changed = changes.map { change in
            (change.change.place.position(batchesPerEpoch: batchesPerEpoch), change.time, change.change.setting.phrase)
        }
        let all = changed + events.map { ($0.position, $0.time, $0.line) }
        return all.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map { [FigureText.fixed($0.0, 2), $0.2] }
    }

    /// The first and the last epochs of a long run.
    private static func table(_ epochs: [EpochFigures]) -> String {
        let (head, tail) = (10, 20)
        let left = epochs.count - head - tail
        let shown = left > 0 ? Array(epochs.prefix(head)) + Array(epochs.suffix(tail)) : epochs
        func text(_ value: Double?, _ digits: Int = 4) -> String { value.map { FigureText.fixed($0, digits) } ?? "–" }
        // Earlier versions recorded neither the norm of the gradient nor the wall time.
        let columns: [(name: String, isThere: Bool, text: (EpochFigures) -> String)] = [
            ("epoch", true, { "\($0.epoch)" }), ("loss", true, { text($0.loss) }),
            ("accuracy", true, { text($0.accuracy) }), ("val_loss", true, { text($0.validationLoss) }),
            ("val_accuracy", true, { text($0.validationAccuracy) }),
            ("lr", true, { SpecNumber.short($0.learningRate) }),
            (
                "gradient", epochs.contains { $0.gradientNorm != nil },
                { $0.gradientNorm.map(FigureText.significant) ?? "–" }
            ), ("seconds", true, { text($0.seconds, 3) }),
            ("wall", epochs.contains { $0.wallSeconds != nil }, { text($0.wallSeconds, 3) }),
        ].filter(\.isThere)
        let rows = shown.map { epoch in columns.map { $0.text(epoch) } }
        let table = TextTable.text([columns.map(\.name)] + rows, rightAligned: Set(columns.indices))
        return left > 0 ? table + "\n(\(left) epochs in between; --json has all)" : table
    }
}

extension RunSummary {
    /// A name and its value a row.
    fileprivate var facts: [[String]] {
        var rows = [["run", "\(id)"]]
        if let name { rows.append(["name", name]) }
        if !tags.isEmpty { rows.append(["tags", tags.joined(separator: " ")]) }
        if !ensembles.isEmpty { rows.append(["needed", "by the ensemble \(ensembles.joined(separator: ", "))"]) }
        if !note.isEmpty { rows.append(["note", note.replacing("\n", with: " / ")]) }
        rows += [
            [
                "state",
                isImported
                    ? "imported, no epochs"
                    : state.rawValue + (failure.map { ": \($0)" } ?? "") + ", "
                        + EpochsText.ofPlanned(epochs, plannedEpochs),
            ],
            ["line", lineText],
            [
                "data",
                "\(dataset): \(FigureText.grouped(trainingRows)) images to train on, "
                    + "\(FigureText.grouped(validationRows)) to validate, \(FigureText.grouped(testRows)) to test",
            ],
            ["sha256", fingerprint ?? "not computed yet"],
            ["started", "\(started.formatted(.iso8601)) on \(machine.host)"],
            ["made by", "trainspotter \(program), \(machine.threads) threads, OpenBLAS for \(machine.blas)"],
        ]
        if let lineFault { rows.append(["repeat", "its line does not repeat it: \(lineFault)"]) }
        if let ended { rows.append(["ended", ended.formatted(.iso8601)]) }
        if let epoch = checkpointEpoch, let batch = checkpointBatch, state != .finished {
            rows.append(["saved to", "epoch \(epoch), batch \(batch) of \(batchesPerEpoch)"])
        }
        if let size { rows.append(["takes", size.words]) }
        if let bestEpoch, let loss = bestValidationLoss {
            rows.append(["best", "epoch \(bestEpoch), validation loss \(FigureText.fixed(loss, 4))"])
        }
        return rows
    }
}

extension RunSize {
    /// What is not there is left out: `3.8 MB: state 1.9 MB, weights 1.3 MB, predictions 450.1 kB, figures 13.6 kB`.
    fileprivate var words: String {
        let parts = [("state", state), ("weights", weights), ("predictions", predictions), ("figures", figures)]
        let there = parts.filter { $0.1 > 0 }.map { "\($0.0) \(ByteAmount.text($0.1))" }
        return ByteAmount.text(total) + (there.isEmpty ? "" : ": \(there.joined(separator: ", "))")
    }
}

extension RunEvent {
    /// The event in words.
    var line: String {
        let number = value.map(SpecNumber.short) ?? "none"
        return switch kind {
        case .plateau: "learning rate reduced from \(previous.map(SpecNumber.short) ?? "none") to \(number)"
        case .best: "best so far: \(number)"
        case .earlyStop: "stopped early: epoch \(number) was the best"
        case .weightsReplaced: value == nil ? "averaged weights taken" : "weights of epoch \(number) taken"
        case .paused: "paused"
        case .finished: "finished"
        case .stopped: "stopped"
        case .failed: "failed: \(text ?? "no reason is known")"
        case .interrupted: "interrupted"
        case .resumed: "resumed"
        case .imported: "weights imported from \(text ?? "a file")"
        case .saveFailed:
            "could not be saved for \(number) \(value == 1 ? "epoch" : "epochs"): \(text ?? "no reason is known")"
        }
    }
}
