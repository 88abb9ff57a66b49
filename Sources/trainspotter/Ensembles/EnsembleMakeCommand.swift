import ArgumentParser
import Datasets
import Exports
import Files
import Foundation
import Reports
import RunExports
import Runs
import Specs
import Training

/// `trainspotter ensemble make`: the figures of an ensemble, which can be saved.
struct EnsembleMakeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "make", abstract: "Average networks, and say what that gains (what happens without a subcommand).",
        discussion: """
            A NETWORK is a saved run's number or name, a folder that `train --export` \
            wrote, a .npz file, or a saved ensemble, whose networks are then taken. All \
            must have the same inputs and classes; each sees the images in its own form.

            The table has each network by itself. "adds" counts the images that the mean \
            gets right with it and wrong without it, "costs" the reverse, "alone" those \
            that no other network gets right.

            WEIGHTS (--weights)
              equal       all networks count the same
              validation  those with the least log-loss of the validation rows, which
                          must be the same for all networks
              2,1,1       one number for each network

            The test set is only told of, and never chooses a weight. --save keeps the \
            ensemble in the store, under a name that `evaluate`, `predict` and `export` \
            take; a run that it needs can't be deleted then. --export writes a folder \
            that they take, too.

            EXAMPLES
              trainspotter ensemble 11 12 14 --mean geometric
              trainspotter ensemble 11 12 14 --weights validation --save committee
              trainspotter ensemble committee --export committee-folder
              trainspotter ensemble wide deep digits/ --json -
            """)

    @Argument(help: "Networks: runs, folders, .npz files or ensembles.", completion: Completions.model)
    var networks: [String]

    @Option(help: "How probabilities are averaged. (default: arithmetic, or a saved ensemble's own)")
    var mean: EnsembleMean?

    @Option(help: ArgumentHelp("How much each network counts.", valueName: "equal|validation|n,n,…"))
    var weights: EnsembleWeighting?

    @Option(parsing: .unconditional, help: ArgumentHelp("Save it in the store under a name.", valueName: "name"))
    var save: String?

    @Option(help: ArgumentHelp("Write it as a folder, which is made.", valueName: "folder"), completion: .directory)
    var export: String?

    @Option(help: ArgumentHelp("Images of each kind to name.", valueName: "n"))
    var count = 12

    @OptionGroup var store: StoreOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var threads: ThreadOptions
    @OptionGroup var json: JSONOptions

    func validate() throws {
        guard count >= 0 else { throw ValidationError("--count \(count): expected 0 or more") }
    }

    func run() throws {
        var outputs = OutputFiles()
        outputs.add("--json", json.json)
        try outputs.check()
        if let export { try exported { () throws(ExportError) in try SavedEnsemble.checkEmpty(export) } }
        let chosen = try EnsembleChoice(networks, mean: mean, store).ensemble
        outputs.keep(chosen)
        outputs.keep(store)
        try outputs.check()
        let dataset = try data.load(of: chosen, other: .told)
        let network = try chosen.network(dataset, threads: threads.threads)
        let weighting = weights ?? .own
        let (ensemble, fitted) = try weighting.apply(to: chosen, network, dataset)
        let members = network.evaluateMembers(
            dataset.test, rows: RowNumbers(0..<dataset.test.count), source: .test)
        let report = EnsembleReport(members, names: ensemble.names, mean: ensemble.mean, weights: ensemble.weights)
        let whole = Evaluation(of: members, mean: ensemble.mean, weights: ensemble.weights)
        if let save { try keep(ensemble, as: save) }
        let files = try export.map { try write(ensemble, to: $0) } ?? []
        try json.write(EnsembleText.json(report, weighting, fitted, TestReport(ClassificationMetrics(whole))).text())
        for file in files where !json.isStandardOutput { printError(file) }
        guard !json.isStandardOutput else { return }
        try printResult(EnsembleText(report: report, weighting: weighting, fitted: fitted, count: count).text)
        if let save {
            printError("saved as \(save): `trainspotter evaluate \(save)\(store.place)` measures it")
        }
    }

    private func exported<Value>(_ body: () throws(ExportError) -> Value) throws(CommandFailure) -> Value {
        do throws(ExportError) { return try body() } catch { throw CommandFailure(error, option: "--export") }
    }

    private func write(_ ensemble: SavedEnsemble, to folder: String) throws -> [String] {
        do { return try ensemble.write(to: folder) } catch let error as ExportError {
            throw CommandFailure(error, option: "--export")
        }
    }

    private func keep(_ ensemble: SavedEnsemble, as name: String) throws(CommandFailure) {
        var members: [StoredEnsemble.Member] = []
        for (place, member) in ensemble.members.enumerated() {
            guard let run = member.run?.number else {
                throw .usage(
                    "--save \(name): \(ensemble.names[place]) is no saved run; expected runs, or --export with a folder "
                        + "(`trainspotter import` makes a run of weights)")
            }
            members.append(
                StoredEnsemble.Member(
                    run: run, digest: WeightDigest(of: member.tensors), weight: ensemble.weights[place]))
        }
        let store = try store.openExisting()
        try stored { () throws(StoreError) in
            _ = try store.createEnsemble(name: name, mean: ensemble.mean, members: members)
        }
    }
}

extension EnsembleMean: ExpressibleByArgument {}
