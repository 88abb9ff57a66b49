import Cluster
import Datasets
import Foundation
import Reports
import Runs
import Search
import Searching
import Specs
import Synchronization
import Training

/// A search from its start, or from where it was interrupted, to its end or to Ctrl-C.
struct SearchSession {
    private var plan: SearchPlan
    private let space: SearchSpace
    let dataset: Dataset
    let source: DatasetSource
    let imported: ImportedDatasets
    private let store: RunStore
    private let options: StoreOptions
    /// The number of the search in the store.
    let number: Int
    private var saved: [SavedTrial] = []
    /// Seconds of its sessions before.
    private var earlier = 0.0
    var workers = 1

    /// A new search.
    ///
    /// - Parameter sharedFolder: where a search on a cluster keeps its files; nil for beside the store.
    init(
        _ plan: SearchPlan, name: String?, sharedFolder: String?, _ options: StoreOptions, _ data: DataOptions
    ) throws {
        var plan = plan
        source = try data.source()
        plan.data = source.argument
        dataset = try data.load(source)
        space = try Self.space(plan, dataset)
        (self.options, imported) = (options, data.imported)
        store = try options.open()
        plan.slurm?.folder = Self.folder(in: sharedFolder ?? store.path + ".jobs")
        self.plan = plan
        let text = plan.text
        let store = store
        number = try stored { () throws(StoreError) in
            try store.createSearch(plan: text, name: name, seed: plan.seed)
        }
    }

    /// One that the store has.
    ///
    /// - Parameter search: its number; the newest if nil.
    init(resuming search: Int?, _ options: StoreOptions, _ data: DataOptions) throws {
        let store = try options.openExisting()
        let all = try stored { () throws(StoreError) in try store.searches() }
        guard let found = search.map({ number in all.first { $0.id == number } }) ?? all.first else {
            throw CommandFailure.usage(
                search.map { "--search \($0): there is no such search" } ?? "--resume: there is no search yet")
        }
        guard found.ended == nil else {
            throw CommandFailure.usage(
                "search \(found.id) has ended; `trainspotter runs list --filter tag=\(RunSummary.tag(ofSearch: found.id))` "
                    + "lists its trials")
        }
        guard let plan = try? JSONDecoder().decode(SearchPlan.self, from: Data(found.plan.utf8)) else {
            throw CommandFailure.running("search \(found.id): its plan can't be read")
        }
        saved = try stored { () throws(StoreError) in try store.trials(of: found.id) }
        earlier = found.seconds
        let runs = saved.compactMap(\.run)
        let alive = try stored { () throws(StoreError) in try store.summaries(.all) }
            .first { $0.state.isAlive && runs.contains($0.id) }
        if let alive {
            throw CommandFailure.usage(
                "search \(found.id) is under way: process \(alive.owner.process) trains run \(alive.id)")
        }
        source = try data.data == nil ? DatasetSource.resolve(plan.data, imported: data.imported) : data.source()
        dataset = try data.load(source)
        space = try Self.space(plan, dataset)
        let digest = DatasetFingerprint.digest(of: dataset)
        let others = try stored { () throws(StoreError) in try store.summaries(.all) }
            .first { runs.contains($0.id) && $0.fingerprint != nil && $0.fingerprint != digest }
        if others != nil {
            throw CommandFailure.usage("\(dataset.name) has other images or labels than those of search \(found.id)")
        }
        (self.plan, self.options, self.store, number) = (plan, options, store, found.id)
        imported = data.imported
    }

    private static func space(_ plan: SearchPlan, _ dataset: Dataset) throws(CommandFailure) -> SearchSpace {
        do throws(SpecError) {
            let space = try SearchSpace(
                parsing: plan.space, inputs: dataset.train.imageBytes, classes: dataset.classes)
            _ = try SearchEngine.epochs(of: plan, space)
            guard plan.sampler != .grid || plan.grid(space) != nil else {
                throw SpecError(
                    plan.space, "the grid has over 100,000 points", expected: "fewer steps, or --sampler random")
            }
            return space
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Another budget for the rest of it.
    mutating func change(trials: Int?, seconds: Double?) {
        plan.trials = trials ?? plan.trials
        plan.seconds = seconds ?? plan.seconds
    }

    /// Other options for Slurm for the rest of it.
    ///
    /// - Throws: `CommandFailure` where this machine trains it.
    mutating func change(_ arguments: SlurmArguments, workers: Int?) throws {
        guard var options = plan.slurm else {
            guard arguments.first == nil else {
                throw CommandFailure.usage("\(arguments.first ?? ""): search \(number) is trained on this machine")
            }
            return
        }
        arguments.apply(to: &options, workers: workers)
        plan.slurm = options
        self.workers = options.tasks * options.processors
    }

    // MARK: - Running

    func run(quiet: Bool, _ json: JSONOptions) throws {
        let trials = try restored()
        let recorder = recorder()
        let lines = SearchLines(isQuiet: quiet)
        let cluster = try plan.slurm.map { try self.cluster($0, lines) }
        let trainer: any TrialTrainer = cluster ?? LocalTrials(dataset: dataset, workers: workers)
        let engine: SearchEngine
        do throws(SpecError) {
            engine = try SearchEngine(
                plan, space, trainer: trainer, recorder: recorder, trials: trials
            ) { lines.tell($0) }
        } catch {
            throw CommandFailure(error)
        }
        Interrupt.watch()
        introduce(engine, lines)
        let ending = train(engine, cluster, lines)
        if let trouble = recorder.close() {
            throw CommandFailure.running("search \(number): its last moments are not saved: \(trouble)")
        }
        if ending == .finished {
            try test()
            try stored { () throws(StoreError) in try store.endSearch(number) }
        }
        let result = try SearchText(number: number, store)
        try json.write(result.json)
        if !json.isStandardOutput { try printResult(result.text) }
        if case .failed(let reason) = ending {
            throw CommandFailure.running(
                "\(reason); `trainspotter search --resume --search \(number)\(options.place)` goes on")
        }
        guard ending == .stopped else { return }
        printError(
            "trainspotter: interrupted; `\(options.searchCommand(number))` goes on")
        throw CommandFailure.status(CommandFailure.interrupted.status)
    }

    /// Ctrl-C asks on a terminal, while the trials go on.
    private func train(
        _ engine: SearchEngine, _ cluster: ClusterTrials?, _ lines: SearchLines
    ) -> SearchEngine.Ending {
        let done = DispatchSemaphore(value: 0)
        let ending = Mutex(SearchEngine.Ending.stopped)
        let thread = Thread {
            let end = engine.run()
            ending.withLock { $0 = end }
            done.signal()
        }
        thread.name = "search"
        thread.start()
        while done.wait(timeout: .now() + 0.05) != .success {
            guard Interrupt.isRequested else { continue }
            lines.isHeld = true
            let stops: Bool
            if let cluster {
                let choice = Self.choiceAtStop()
                if let choice { cluster.choose(choice) }
                stops = choice != nil
            } else {
                stops = Self.wantsToStop()
            }
            if stops { engine.stop() }
            lines.isHeld = false
            if stops {
                done.wait()
                break
            }
            lines.say("the search goes on")
            Interrupt.watch()
        }
        return ending.withLock(\.self)
    }

    /// Asks where somebody can answer; no answer in ten seconds is yes.
    private static func wantsToStop() -> Bool {
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return true }
        FileHandle.standardError.write(Data("\nstop the search? All is saved. [Y/n] ".utf8))
        var waiting = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, 10_000) == 1, let answer = readLine() else { return true }
        return !answer.lowercased().hasPrefix("n")
    }

    private func recorder() -> SearchRecorder {
        let number = number
        return SearchRecorder(
            of: number, plan, in: store, dataset: dataset, source: source, earlier: earlier,
            runs: Dictionary(uniqueKeysWithValues: saved.compactMap { trial in trial.run.map { (trial.number, $0) } })
        ) { error in
            printError("trainspotter: search \(number) can't be saved, trying again: \(error)")
        }
    }

    /// The trials that the store has, with their epochs.
    private func restored() throws -> [SearchEngine.Trial] {
        do {
            return try store.trials(saved, of: number, in: space)
        } catch let error as StoreError {
            throw CommandFailure(error)
        } catch let problem as SearchProblem {
            throw CommandFailure.running(problem.words)
        }
    }

    private func introduce(_ engine: SearchEngine, _ lines: SearchLines) {
        let rungs = engine.halving.rungs.map(String.init)
        let epochs =
            rungs.count == 1
            ? SearchLines.counted(engine.halving.rungs[0], "epoch") + " each"
            : "rungs at \(rungs.joined(separator: ", ")) epochs"
        let most = [plan.trials, plan.grid(space)?.count].compactMap(\.self).min()
        let parts = [
            most.map { "up to " + SearchLines.counted($0, "trial") },
            plan.seconds.map { "\(SearchBudget.words($0)) in all" },
            plan.slurm == nil ? "\(workers) side by side" : "up to \(workers) at once by Slurm", epochs,
        ]
        lines.say("search \(number), saved in \(store.path): \(parts.compactMap(\.self).joined(separator: ", "))")
        if let trials = plan.trials, plan.reduction > 1 {
            lines.say("about \(FigureText.grouped(engine.halving.epochs(of: trials))) epochs before the finalists")
        }
        let bytes = ByteAmount.text(diskBytes(engine))
        let isKnown = plan.trials != nil || plan.sampler == .grid
        lines.say("its states take up to \(bytes) of disk while it runs\(isKnown ? "" : ", for each hundred trials")")
        if let folder = plan.slurm?.folder {
            lines.say("its jobs read and write \(folder), which all nodes have to see")
        }
    }

    /// The states that are kept at once, of networks of the space's mean size.
    private func diskBytes(_ engine: SearchEngine) -> Int {
        var parameters = 0
        let sample = 40
        let grid = plan.grid(space)
        let points = grid.map { max(1, $0.count) }
        for number in 0..<sample {
            let drawn = plan.draw(trial: number % (points ?? sample), space, grid: grid, known: [])
            parameters += drawn?.spec.network.parameterCount ?? 0
        }
        // Weights and, with most optimizers, two moments.
        let each = parameters / sample * 4 * 3
        let trials = plan.trials ?? points ?? 100
        let isKnown = plan.trials != nil || points != nil
        let waiting = plan.reduction < 2 ? workers : isKnown ? trials / plan.reduction + workers : trials
        return each * (waiting + plan.finalists * plan.repeats)
    }

    /// Tests the best trial, once.
    private func test() throws {
        let found = try SearchText.summary(ofSearch: number, store)
        guard let run = found.finalists.first?.trial.run else { return }
        let (store, dataset, marks) = (store, dataset, source.fileMarks())
        _ = try stored { () throws(StoreError) in
            guard let summary = try store.summary(of: run) else { return }
            // Known since the start.
            let digest = try store.fingerprint(of: dataset, files: marks)
            try store.measureEnd(of: summary, on: dataset, digest: digest, threads: ThreadOptions.standard)
        }
    }
}
