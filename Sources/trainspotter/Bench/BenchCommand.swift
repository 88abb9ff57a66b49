import ArgumentParser
import CursesTerminal
import Dashboard
import Datasets
import Foundation
import Networks
import Reports
import Specs
import Training

/// `trainspotter bench`: how long an epoch takes.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure how long an epoch takes.",
        discussion: """
            Trains each network on all but the last tenth of the training file (54,000 \
            images of MNIST) and times the training passes alone. An activation at the \
            end of a NET is that of all its layers without one; settings of the spec \
            language can follow it. GFLOP/s counts multiplications by skipped zeros, too; \
            test ms is the time of evaluating the whole test set. The shares of a step's \
            time are measured in one more epoch: gather loads the images, tail is the work \
            row by row (the later layers, the loss, and backward), update computes the \
            kernels' gradients and makes the optimizer's step. --products times products of \
            dense matrices in a step's shapes; training skips zeros, but does all other work, \
            too. --frame-cost compares the steps around each frame with those before it: lost \
            is the additional time; lost elsewhere is the same between frames, where other \
            programs cause it. In a terminal its frames are presented, too. The time of \
            augment is part of the seconds, but of no phase. A NET with from= begins with \
            these saved weights: activations that are often 0 take less time.

            EXAMPLES
              trainspotter bench
              trainspotter bench 8tanh 100-200-100relu --batch 128 --json -
              trainspotter bench --frames
              trainspotter bench 200tanh --frame-cost 20
              trainspotter bench 512-512relu --batch 128 --products
              trainspotter bench "200tanh sgd lr=0.1 momentum=0.9 batch=64"
            """)

    @Argument(
        help: "Hidden layers and settings, such as 200tanh or \"100-200relu batch=64\".", completion: Completions.spec)
    var net = ["8tanh", "200linear", "200tanh", "100-200-100relu"]

    @Option(help: ArgumentHelp("Images of a step, for a NET without batch=.", valueName: "n"))
    var batch = 32

    @Option(help: ArgumentHelp("Passes over the images.", valueName: "n"))
    var epochs = 5

    @Flag(help: "Time a frame of each view of the dashboard instead; in a terminal, in its size, and present it, too.")
    var frames = false

    @Option(
        help: ArgumentHelp(
            "Measure instead the time that frames of the dashboard take from the training of each NET, for so many seconds.",
            valueName: "s"))
    var frameCost: Double?

    @Flag(help: "Time how fast a store of 1,000 saved runs opens instead.")
    var history = false

    @Flag(help: "Time OpenBLAS alone on the matrix products of a step, too, and compare training with it.")
    var products = false

    @OptionGroup var threads: ThreadOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var json: JSONOptions
    @OptionGroup var store: StoreOptions

    /// A network that is measured.
    private struct Measured {
        let net: String
        let spec: ExperimentSpec
        /// The saved weights that its spec names.
        let named: WeightFinder?
    }

    func validate() throws {
        guard SettingRange.epochs.contains(epochs) else {
            throw ValidationError("--epochs \(epochs): expected \(SettingRange.epochs.bounds)")
        }
        if let frameCost, !(1...300).contains(frameCost) {
            throw ValidationError("--frame-cost: expected 1 to 300 seconds")
        }
        if store.store != nil, frames || history { throw ValidationError("--store: expected a NET with from=") }
        let others = [("--frames", frames), ("--frame-cost", frameCost != nil), ("--history", history)]
            .filter(\.1).map(\.0)
        if others.count > 1 { throw ValidationError("expected one of \(others.joined(separator: " and "))") }
        if let flag = others.first, json.json != nil { throw ValidationError("\(flag): has no JSON") }
    }

    func run() throws {
        if history { return try printResult(HistoryBench.run(rounds: epochs)) }
        if frames { return try measureFrames() }
        guard !products || json.json == nil else { throw CommandFailure.usage("--products: has no JSON") }
        var outputs = OutputFiles()
        outputs.add("--json", json.json)
        outputs.keep(store)
        outputs.keep(try data.source())
        try outputs.check()
        let shape = try data.shape()
        let networks = try networks(shape)
        if let frameCost { return try measureFrameCost(networks, seconds: frameCost) }
        let dataset = try data.load()
        Interrupt.watch()
        var entries: [BenchReport.Entry] = []
        var comparisons: [String] = []
        for network in networks {
            let entry = try measure(network, dataset)
            entries.append(entry)
            if products { comparisons.append(ProductBench.table(beside: entry, network.spec)) }
        }
        let written = Result { try json.write(BenchReport(entries: entries).text) }
        if !json.isStandardOutput {
            try printResult(([Self.table(entries)] + comparisons).joined(separator: "\n\n"))
        }
        try written.get()
    }

    private func networks(_ shape: DatasetShape) throws -> [Measured] {
        for net in net where net.isEmpty || ExperimentSpec.startsWithSetting(net) {
            throw CommandFailure.usage(
                "\(net.shown): no layers; expected a NET's layers and settings in one argument: \"200tanh batch=64\"")
        }
        let specs = try net.map { try ExperimentSpec(words: words(of: $0), shape: shape) }
        try store.refuseUnused(by: specs, expected: "a NET with from=, which names saved weights")
        return try zip(net, specs).map { Measured(net: $0, spec: $1, named: try store.finder(for: $1)) }
    }

    /// Times frames of every view, and of longer and longer runs.
    private func measureFrames() throws {
        let state = try drawnState()
        let terminal = openTerminal(answersSignals: false)
        var bench = FrameBench(state, terminal: terminal)
        let size = terminal?.size ?? FrameBench.size
        let tables = [bench.views(), bench.wholeFrames(), bench.browsing(), bench.lengths()].filter { !$0.isEmpty }
        terminal?.close()
        try printResult(tables.map { FrameBench.Row.table($0, size: size) }.joined(separator: "\n\n"))
    }

    private func measureFrameCost(_ networks: [Measured], seconds: Double) throws {
        let dataset = try data.load()
        let state = try drawnState()
        let workers = threads.threads
        Interrupt.watch()
        let terminal = openTerminal(answersSignals: true)
        let reports = Result {
            try networks.map { network in
                var bench = FrameCostBench(state, terminal: terminal)
                let report = try bench.run(seconds: seconds) { otherWork in
                    let trainer = try Trainer(
                        spec: network.spec, dataset: dataset, threads: workers,
                        otherWork: otherWork.beside(workers: workers))
                    try trainer.begin(with: network.named)
                    return trainer
                }
                return (net: network.net, report: report)
            }
        }
        let size = terminal?.size ?? FrameBench.size
        terminal?.close()
        try printResult(FrameCostBench.Report.table(try reports.get(), size: size))
    }

    /// Times frames of Lab with one run.
    private func drawnState() throws -> DashboardState {
        let spec = try ExperimentSpec(words: ["200relu-100relu", "epochs=2"], shape: try data.shape())
        var dashboard = HeadlessDashboard(
            DashboardState(spec: spec, width: 200, height: 60), source: try data.source(), threads: threads.threads)
        try dashboard.train(epochs: 2, showing: .network)
        try dashboard.settle()
        dashboard.close()
        return dashboard.state
    }

    private func openTerminal(answersSignals: Bool) -> CursesTerminal? {
        let options = CursesTerminal.Options(answersSignals: answersSignals)
        return isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 ? try? CursesTerminal(options: options) : nil
    }

    private func measure(_ network: Measured, _ dataset: Dataset) throws -> BenchReport.Entry {
        let spec = network.spec
        let trainer: Trainer
        do throws(TrainingError) {
            trainer = try Trainer(spec: spec, dataset: dataset, threads: threads.threads)
            try trainer.begin(with: network.named)
        } catch {
            throw CommandFailure(error)
        }
        let seconds = try (0..<epochs).map { _ in try epoch(trainer) }
        let profile = StepProfile()
        trainer.network.profile = profile
        _ = try epoch(trainer)
        return BenchReport.Entry(
            net: network.net, batch: spec.training.batch, threads: threads.threads, epochSeconds: seconds,
            rows: trainer.split.training.count, operations: spec.network.trainingOperations,
            shares: profile.shares.map { ($0.phase.rawValue, $0.share) }, testSeconds: testSeconds(trainer))
    }

    /// The least time of some evaluations of the whole test set, in seconds: losses, predictions and confusion matrix.
    private func testSeconds(_ trainer: Trainer) -> Double {
        let clock = ContinuousClock()
        let times = (0..<5).map { _ in clock.measure { _ = trainer.evaluateTest() } }
        return (times.min() ?? .zero).seconds
    }

    /// Seconds of one training pass.
    private func epoch(_ trainer: Trainer) throws -> Double {
        while !trainer.epochIsComplete {
            _ = trainer.step()
            if Interrupt.isRequested { throw CommandFailure.interrupted }
        }
        return trainer.finishEpoch().figures.seconds
    }

    /// A NET as the words of a spec, with defaults for missing settings.
    private func words(of net: String) -> [String] {
        let words = net.split(separator: " ").map(String.init)
        let open = ["batch=\(batch)", "epochs=\(epochs + 1)", "val=0.1"].filter { setting in
            !words.contains { $0.prefix { $0 != "=" } == setting.prefix { $0 != "=" } }
        }
        return [Self.layers(of: words.first ?? "")] + words.dropFirst() + open
    }

    /// The layers in the spec language: `100-200relu` stands for `100relu-200relu`.
    static func layers(of net: String) -> String {
        var entries = net.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        let isBare = { (entry: String) in !entry.isEmpty && entry.allSatisfy { ("0"..."9").contains($0) } }
        guard let last = entries.last, entries.dropLast().allSatisfy(isBare) else { return net }
        let activation = last.drop { ("0"..."9").contains($0) }
        for index in entries.indices.dropLast() { entries[index] += activation }
        return entries.joined(separator: "-")
    }

    /// Times, then the shares of the phases.
    static func table(_ entries: [BenchReport.Entry]) -> String {
        func seconds(_ value: Double?) -> String { value.map { FigureText.fixed($0, 4) } ?? "none" }
        let times = entries.map { entry in
            [
                entry.net, "\(entry.batch)", "\(entry.threads)", seconds(entry.medianSeconds),
                seconds(entry.epochSeconds.min()), seconds(entry.epochSeconds.max()),
                entry.samplesPerSecond.map { FigureText.grouped(Int($0)) } ?? "none",
                entry.gigaflops.map { FigureText.fixed($0, 1) } ?? "none",
                FigureText.fixed(1000 * entry.testSeconds, 1),
            ]
        }
        let shares = entries.map { entry in
            [entry.net] + entry.shares.map { "\(FigureText.fixed(100 * $0.share, 0)) %" }
        }
        let right = Set(1...8)
        return TextTable.text(
            [["net", "batch", "threads", "median s", "least s", "most s", "images/s", "GFLOP/s", "test ms"]] + times,
            rightAligned: right) + "\n\n"
            + TextTable.text([["time in"] + StepProfile.Phase.allCases.map(\.rawValue)] + shares, rightAligned: right)
    }
}
