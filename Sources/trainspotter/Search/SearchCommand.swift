import ArgumentParser
import Datasets
import Foundation
import Reports
import Runs
import Search
import Searching
import Specs
import Training

/// `trainspotter search`: many networks, of which the best go on.
struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Try many networks, and train the best of them on.",
        discussion: """
            A space is a spec with sets, {a,b}, and ranges, LEAST..GREATEST: \
            layers={200tanh,100..2000relu}, lr=1e-4..1e-2, optimizer={adam,sgd}, \
            drop=0..0.5 for all hidden layers, bn={true,false}, and any setting. Quote it \
            for the shell. Ranges are drawn on the settings' own scales.

            Trials run side by side, one thread each. They stop at rungs, and a third of \
            those at a rung goes on to the next one (asynchronous successive halving). \
            They are compared by validation alone: the test set is read once, for the \
            best one, at the end. The best are trained again with other seeds.

            Every trial is a run in the store. Ctrl-C saves all; --resume goes on, also \
            after a crash, with other --trials, --budget or --workers where they are given.

            EXAMPLES
              trainspotter search "layers={200tanh,512relu} lr=1e-4..1e-2"
              trainspotter search "100..2000relu drop=0..0.5" --budget 30m
              trainspotter search "64relu lr={1e-3,1e-2}" --sampler grid
              trainspotter search "100..2000relu" --engine slurm --workers 50
              trainspotter search --resume
            """)

    @Argument(help: "The space: a spec with sets and ranges in it.")
    var space: [String] = []

    @Option(help: ArgumentHelp("Trials in all. (default: 50 without --budget)", valueName: "n"))
    var trials: Int?

    @Option(help: ArgumentHelp("Time in all, such as 90s, 30m or 2h.", valueName: "time"))
    var budget: String?

    @Option(help: ArgumentHelp("How trials are chosen: random, tpe or grid. (default: random)", valueName: "how"))
    var sampler: SearchPlan.Sampler?

    @Option(help: ArgumentHelp("Steps of each range on a grid. (default: 3)", valueName: "n"))
    var gridSteps: Int?

    @Option(help: ArgumentHelp("One of so many trials goes on at each rung. (default: 3)", valueName: "n"))
    var reduction: Int?

    @Flag(name: .customLong("no-halving"), help: "Train all trials to their ends.")
    var trainsAll = false

    @Option(help: ArgumentHelp("How many of the best are trained again with other seeds. (default: 3)", valueName: "n"))
    var finalists: Int?

    @Option(help: ArgumentHelp("Seeds of each of them, its first one among them. (default: 3)", valueName: "n"))
    var repeats: Int?

    @Option(help: ArgumentHelp("Which trials chance draws, and the seed of each. (default: 1)", valueName: "n"))
    var seed: UInt64?

    @Option(
        help: ArgumentHelp(
            "Trials side by side; jobs at once with Slurm. (default: one a processor; 10 jobs)", valueName: "n"))
    var workers: Int?

    @Option(parsing: .unconditional, help: ArgumentHelp("A name for the search.", valueName: "name"))
    var name: String?

    @Flag(help: "Go on with the newest search, or with that of --search.")
    var resume = false

    @Option(help: ArgumentHelp("The number of the search to go on with.", valueName: "n"))
    var search: Int?

    @OptionGroup var slurm: SlurmArguments
    @OptionGroup var store: StoreOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var json: JSONOptions

    @Flag(help: "No progress.")
    var quiet = false

    func validate() throws {
        guard !resume || space.isEmpty else { throw ValidationError("--resume: the space is that of the search") }
        guard resume || !space.isEmpty else { throw ValidationError("Missing expected argument '<space> ...'") }
        let fixed: [(String, Bool)] = [
            ("--sampler", sampler != nil), ("--grid-steps", gridSteps != nil), ("--reduction", reduction != nil),
            ("--no-halving", trainsAll), ("--finalists", finalists != nil), ("--repeats", repeats != nil),
            ("--seed", seed != nil), ("--name", name != nil),
        ]
        if resume, let (option, _) = fixed.first(where: \.1) {
            throw ValidationError("\(option): that of a search is fixed; --trials, --budget and --workers can change")
        }
        guard reduction == nil || !trainsAll else { throw ValidationError("--reduction: not with --no-halving") }
        try slurm.validate(resumes: resume)
        guard search == nil || resume else { throw ValidationError("--search: expected --resume, too") }
        for (option, number, range) in [
            ("--trials", trials, 1...1_000_000), ("--grid-steps", gridSteps, 1...1000),
            ("--reduction", reduction, 2...100),
            ("--finalists", finalists, 0...1000), ("--repeats", repeats, 1...1000), ("--workers", workers, 1...1024),
        ] {
            guard let number, !range.contains(number) else { continue }
            throw ValidationError("\(option) \(number): expected \(range.lowerBound) to \(range.upperBound)")
        }
        if let budget, Self.seconds(budget) == nil {
            throw ValidationError("--budget \(budget): expected a time such as 90s, 30m or 2h")
        }
    }

    func run() throws {
        if let path = json.json, !json.isStandardOutput { try OutputFile(option: "--json", path: path).check() }
        var session = try resume ? SearchSession(resuming: search, store, data) : begin()
        if resume { session.change(trials: trials, seconds: budget.flatMap(Self.seconds)) }
        session.workers = workers ?? ThreadOptions.standard
        try session.change(slurm, workers: workers)
        try session.run(quiet: quiet, json)
    }

    private func begin() throws -> SearchSession {
        var plan = SearchPlan(space: try store.namingTeacher(in: space.joined(separator: " ")))
        plan.sampler = sampler ?? plan.sampler
        plan.gridSteps = gridSteps ?? plan.gridSteps
        plan.reduction = trainsAll ? 0 : reduction ?? plan.reduction
        plan.finalists = finalists ?? plan.finalists
        plan.repeats = repeats ?? plan.repeats
        plan.seed = seed ?? plan.seed
        plan.seconds = budget.flatMap(Self.seconds)
        plan.trials = trials ?? (budget == nil && plan.sampler != .grid ? 50 : nil)
        if slurm.engine == .slurm {
            guard !plan.space.contains(/(?:^|\s)(?:from|teacher)=/) else {
                throw CommandFailure.usage(
                    "--engine slurm: nodes don't have the saved weights; expected a space without from and teacher")
            }
            var options = SlurmOptions()
            slurm.apply(to: &options, workers: workers)
            plan.slurm = options
        }
        return try SearchSession(plan, name: name, sharedFolder: slurm.sharedFolder, store, data)
    }

    /// `90s`, `30m`, `2h`, `1.5h`.
    static func seconds(_ text: String) -> Double? {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600]
        guard let unit = text.last.flatMap({ units[$0] }), let number = Double(text.dropLast()), number > 0,
            number * unit < 1e8
        else { return nil }
        return number * unit
    }
}

extension SearchPlan.Sampler: ExpressibleByArgument {}
