import ArgumentParser
import Reports
import Runs

/// `trainspotter runs size`: what the store takes, and what pruning would give back.
struct RunsSizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "size", abstract: "Show what the saved runs take on the disk, and what pruning would give back.",
        discussion: """
            `runs list --columns id,size,spec --sort size` has what each run takes, `runs show` its parts.

            EXAMPLES
              trainspotter runs size
              trainspotter runs prune --only states --dry-run
            """)

    @Flag(help: "Print JSON, in bytes.")
    var json = false

    @OptionGroup var store: StoreOptions

    func run() throws {
        let store = try store.openExisting()
        let (runs, size) = try stored { () throws(StoreError) in
            (try store.summaries(.all, withSizes: true), try store.size())
        }
        let parts = RunSize.sum(runs.compactMap(\.size))
        let prunable = Prunable(runs, used: size.used)
        if json { return try printResult(Self.json(store.path, runs.count, size, parts, prunable).text()) }
        func row(_ name: String, _ bytes: Int, _ words: String) -> [String] { [name, ByteAmount.text(bytes), words] }
        let runWords = runs.count == 1 ? "run" : "runs"
        let rows = [
            row("file", size.file, store.path),
            row("free in it", size.free, "is used before it grows; `runs compact` gives it back"),
            row("states", parts.state, "what \(runs.count) \(runWords) are resumed or trained on from"),
            row("weights", parts.weights, "best and final"),
            row("predictions", parts.predictions, "for the test set, with every probability"),
            row("figures", parts.figures, "epochs and confusion matrices"),
        ]
        let would = [
            row("--only states", prunable.states, "of finished runs without name, tag or note"),
            row("--only weights", prunable.weights, "of ended ones, with their states"),
            row("--deleted", prunable.deleted, "runs that `runs undelete` could bring back"),
        ]
        try printResult(
            TextTable.text(rows, rightAligned: [1]) + "\n\n`runs prune` would give back\n"
                + TextTable.text(would, rightAligned: [1]))
    }

    /// What some ways of pruning would give back, in bytes.
    private struct Prunable {
        var states = 0
        var weights = 0
        var deleted = 0

        init(_ runs: [RunSummary], used: Int) {
            var pruning = Pruning()
            pruning.part = .state
            states = pruning.plan(runs, used: used).bytes
            pruning.part = .weights
            weights = pruning.plan(runs, used: used).bytes
            deleted = RunSize.sum(runs.filter { $0.deleted != nil }.compactMap(\.size)).total
        }
    }

    private static func json(
        _ path: String, _ runs: Int, _ size: StoreSize, _ parts: RunSize, _ prunable: Prunable
    ) -> JSON {
        .object([
            "store": .text(path), "runs": .integer(runs), "file": .integer(size.file), "free": .integer(size.free),
            "state": .integer(parts.state), "weights": .integer(parts.weights),
            "predictions": .integer(parts.predictions), "figures": .integer(parts.figures),
            "prunable": .object([
                "states": .integer(prunable.states), "weights": .integer(prunable.weights),
                "deleted": .integer(prunable.deleted),
            ]),
        ])
    }
}

/// `trainspotter runs compact`: gives free space within the store back to the disk.
struct RunsCompactCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compact", abstract: "Give free space within the store back to the disk.",
        discussion: """
            `runs prune` does it by itself. A store that an earlier version made is written anew for it, once: that \
            needs room for a second copy, and waits until no run is being trained.
            """)

    @OptionGroup var store: StoreOptions

    func run() throws { try Self.compact(try store.openExisting()) }

    /// Does it, and says what came of it on standard error.
    static func compact(_ store: RunStore) throws(CommandFailure) {
        switch try stored({ () throws(StoreError) in try store.compact() }) {
        case .done(let bytes): printError("the file is \(ByteAmount.text(bytes)) smaller: \(store.path)")
        case .training(let run):
            printError(
                "the file stays as long as it is while run \(run) is being trained; `trainspotter runs compact` "
                    + "makes it shorter then")
        }
    }
}
