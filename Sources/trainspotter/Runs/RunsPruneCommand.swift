import ArgumentParser
import Foundation
import Reports
import Runs

/// `trainspotter runs prune`: saved runs, or parts of them, are removed for good.
struct RunsPruneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune", abstract: "Remove saved runs for good, or their weights alone, and keep the best.",
        discussion: """
            Runs are put in an order, the best first, by any field of `runs list`; by \
            leaderboard it is the validation accuracy. The first ones stay, as --keep \
            says, and of the others as many go as --max-size asks for, the worst first: \
            then deleted runs go before all others, and the states of finished runs \
            before whole runs. Where the order has no value for a run, it is last.

            A run that is being trained, was interrupted, or has a name, a tag or a note \
            always stays. On a terminal it asks before anything goes; --yes does not.

            WHAT GOES (--only)
              runs     all of a run
              weights  weights and the state that it is resumed from; its line, curves
                       and figures stay
              states   of finished runs: what only training for more epochs needs, and
                       the curves of batches; they can still be shown and exported

            EXAMPLES
              trainspotter runs prune --keep 20 --by val_loss
              trainspotter runs prune --max-size 2GB --dry-run
              trainspotter runs prune --only states
              trainspotter runs prune --keep 5 --filter "dataset=mnist units<100"
            """)

    @Option(help: ArgumentHelp("The number of runs that stay, the best ones.", valueName: "n"))
    var keep: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Which runs are the best: a field, leaderboard, or id for the newest.", valueName: "field"),
        completion: Completions.order)
    var by = "val_loss"

    @Option(
        help: ArgumentHelp(
            "Prune until the saved runs take no more than this, such as 500MB or 2GB; one stays at least.",
            valueName: "size"))
    var maxSize: String?

    @Option(
        help: ArgumentHelp("What goes: \(Self.parts).", valueName: "what"),
        completion: .list(Pruning.Part.allCases.map(\.rawValue)))
    var only: Pruning.Part = .run

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Only runs that fulfil these conditions.", valueName: "conditions"))
    var filter = ""

    @Flag(help: "Remove for good also what `runs delete` has deleted in the last 30 days.")
    var deleted = false

    @Flag(help: "Only say what would go.")
    var dryRun = false

    @Flag(help: "Don't ask.")
    var yes = false

    @OptionGroup var store: StoreOptions

    private static let parts = Pruning.Part.allCases.map(\.rawValue).joined(separator: ", ")

    func validate() throws {
        if let keep, keep < 0 { throw ValidationError("--keep \(keep): expected 0 or more") }
        if let maxSize, ByteAmount.bytes(maxSize) == nil {
            throw ValidationError("--max-size \(maxSize): expected \(ByteAmount.expected)")
        }
        guard keep != nil || maxSize != nil || only != .run || deleted || !filter.isEmpty else {
            throw ValidationError("expected --keep, --max-size, --only, --filter or --deleted: which runs go")
        }
    }

    func run() throws {
        let pruning = try pruning()
        let store = try store.openExisting()
        if !dryRun, let refusal = store.refusal { throw CommandFailure(refusal) }
        let runs = try stored { () throws(StoreError) in try store.summaries(.all, withSizes: true) }
        let plan = pruning.plan(runs, used: try stored { () throws(StoreError) in try store.size().used })
        guard !plan.steps.isEmpty else {
            printError(plan.isEnough ? "there is nothing to prune" : "nothing may go")
            return tell(plan.kept)
        }
        try printResult(table(plan, runs))
        tell(plan.kept)
        if !plan.isEnough {
            printError("that is not enough: \(ByteAmount.text(plan.used - plan.bytes)) stay in use")
        }
        if dryRun { return printError("nothing was changed: --dry-run") }
        guard try isAgreed(plan) else { throw CommandFailure.running("nothing was pruned") }
        try carryOut(plan, pruning, store)
    }

    private func pruning() throws(CommandFailure) -> Pruning {
        var pruning = Pruning()
        do throws(RunFilterError) {
            pruning.order = try PruneOrder.named(by)
            pruning.filter = try RunFilter(parsing: filter)
        } catch {
            throw .usage(error.description)
        }
        (pruning.part, pruning.most) = (only, maxSize.flatMap(ByteAmount.bytes))
        // With --deleted alone only those go.
        let isOfDeleted = deleted && keep == nil && maxSize == nil && only == .run && filter.isEmpty
        (pruning.keep, pruning.takesDeleted) = (isOfDeleted ? Int.max : keep, deleted)
        return pruning
    }

    private func carryOut(_ plan: PrunePlan, _ pruning: Pruning, _ store: RunStore) throws {
        let done = try stored { () throws(StoreError) in try store.prune(plan, pruning) }
        let bytes = ByteAmount.text(done.reduce(0) { $0 + $1.bytes })
        printError("pruned: \(count(done.count, "run")), \(bytes)")
        if done.count < plan.steps.count {
            printError("\(count(plan.steps.count - done.count, "run")) changed meanwhile, and stayed")
        }
        try RunsCompactCommand.compact(store)
    }

    /// - Throws: where nobody can be asked.
    private func isAgreed(_ plan: PrunePlan) throws(CommandFailure) -> Bool {
        if yes { return true }
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
            throw .usage(
                "what is pruned can't be brought back: --yes prunes it without asking, --dry-run changes nothing")
        }
        printError("Remove this for good? It can't be brought back. (y/n)")
        return ["y", "yes"].contains((readLine() ?? "").lowercased().trimmingCharacters(in: .whitespaces))
    }

    private func table(_ plan: PrunePlan, _ runs: [RunSummary]) -> String {
        let field = RunField.named(by) ?? RunField.named("val_loss")
        let byNumber = Dictionary(uniqueKeysWithValues: runs.map { ($0.id, $0) })
        let shown = RunColumns([field].compactMap(\.self).filter { $0.name != "id" })
        let heading = ["run", "goes", "size"] + shown.fields.map(\.name) + ["spec"]
        let rows = plan.steps.compactMap { step -> [String]? in
            guard let run = byNumber[step.run] else { return nil }
            let what = step.wasDeleted ? "all, deleted" : ["runs": "all", "states": "state"][step.part.rawValue]
            return ["\(step.run)", what ?? step.part.rawValue, ByteAmount.text(step.bytes)] + shown.values(run)
                + [run.specLine]
        }
        let sum = "in all \(ByteAmount.text(plan.bytes)) of \(ByteAmount.text(plan.used))"
        return TextTable.text([heading] + rows, rightAligned: [0, 2, 3]) + "\n\(sum)"
    }

    /// The runs that would go by their place, and stay.
    private func tell(_ kept: [PrunePlan.Kept]) {
        for reason in Set(kept.map(\.reason)).sorted() {
            let runs = kept.filter { $0.reason == reason }.map(\.run).sorted().map(String.init)
            let list = runs.count == 1 ? "run \(runs[0]) stays" : "runs \(runs.joined(separator: " ")) stay"
            printError("\(list): \(reason)")
        }
    }

    private func count(_ count: Int, _ what: String) -> String { "\(count) \(what)\(count == 1 ? "" : "s")" }
}

extension Pruning.Part: ExpressibleByArgument {}
