import ArgumentParser
import Datasets
import Foundation
import Runs
import Specs

/// What a shell offers for a word, asked of the program itself while the user types. What can't be read offers nothing.
enum Completions {
    typealias Offer = SpecCompletion.Offer

    /// Words of a spec; behind `--resume` and its kind a saved run.
    static let spec = offering { word in
        if word.before.contains(where: { ["--resume", "--continue-for", "--set"].contains($0) }) { return runs(word) }
        let isDashboard = !["train", "bench"].contains(word.before.dropFirst().first)
        return SpecCompletion.offers(for: word.text, after: word.specWords, layersAreOptional: isDashboard)
    }

    /// The words that the command `settings` explains.
    static let specWord = offering { _ in SpecReference.words.map { Offer($0, "") } }

    /// Numbers and names of saved runs.
    static let run = offering { runs($0) }

    /// Numbers of deleted runs.
    static let deletedRun = offering { word in summaries(word, .deleted).map { Offer("\($0.id)", facts($0)) } }

    /// Saved runs and ensembles, and folders and files with weights.
    static let model = offering { runs($0) + ensembles($0) + files($0, ["npz"]) }

    /// Names of saved ensembles.
    static let ensemble = offering { ensembles($0) }

    static let dataset = offering { word in
        DatasetSource.known.map { Offer($0.name, $0.summary) } + imported(word)
            + files(word, ["npz", "csv", "tsv", "csv.gz", "tsv.gz"])
    }

    /// Names of imported data sets.
    static let importedDataset = offering { imported($0) }

    static let theme = offering { word in
        let names = (try? ThemeCatalog.load(chosen: nil).all.map(\.name)) ?? []
        return names.map { Offer($0, "") } + (word.text.contains("/") ? files(word, ["theme"]) : [])
    }

    /// Fields by which runs are sorted: `-` before one turns the order round.
    static let order = offering { word in
        let sign = word.text.hasPrefix("-") ? "-" : ""
        return [Offer("leaderboard", "the best on the validation rows first")]
            + RunField.all.map { Offer(sign + $0.name, $0.help) }
    }

    /// Fields between commas.
    static let fields = offering { word in
        let done = word.text.lastIndex(of: ",").map { word.text[...$0] } ?? ""
        return RunField.all.map { Offer(done + $0.name, $0.help) }
    }

    /// Answers a shell. What goes wrong is not said: it would be printed into the line that the user types.
    static func answer(_ arguments: [String]) {
        do { _ = try Trainspotter.parseAsRoot(arguments) } catch {
            guard Trainspotter.exitCode(for: error) == .success else { return }
            try? writeStream(Array((Trainspotter.fullMessage(for: error) + "\n").utf8), to: STDOUT_FILENO)
        }
    }

    private static func offering(_ offers: @escaping @Sendable (TypedWord) -> [Offer]) -> CompletionKind {
        .custom { words, index, prefix in
            let word = TypedWord(words: words, index: index, prefix: prefix, shell: CompletionShell.requesting)
            return offers(word).filter { $0.word.hasPrefix(word.text) && $0.word.allSatisfy(isPlain) }.map(word.shown)
        }
    }

    /// Whether a character means itself in every shell. bash expands what it is offered: of a run that is called
    /// `$(reboot)`, as an imported one can be, only the number is offered.
    private static func isPlain(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "._-+=,@%/:".contains(character))
    }

    private static func imported(_ word: TypedWord) -> [Offer] {
        let imported = word.value(of: "--data-folder").map(ImportedDatasets.init(chosen:)) ?? .standard
        return imported.all.map { Offer($0.name, (try? $0.facts.get().about.source) ?? "") }
    }

    // MARK: - Saved runs

    private static func runs(_ word: TypedWord) -> [Offer] {
        let runs = summaries(word, .kept)
        guard let newest = runs.first else { return [] }
        let names = runs.compactMap { run in run.name.map { Offer($0, facts(run)) } }.filter { !$0.word.hasPrefix("-") }
        return [Offer("last", facts(newest))] + runs.map { Offer("\($0.id)", facts($0)) } + names
    }

    private static func facts(_ run: RunSummary) -> String {
        [run.name, run.specLine].compactMap(\.self).joined(separator: "  ")
    }

    private static func ensembles(_ word: TypedWord) -> [Offer] {
        let found = read(word) { (store) throws(StoreError) in try store.ensembles() } ?? []
        return found.map { Offer($0.name, "\($0.mean.rawValue) mean of \($0.members.count) networks") }
            .filter { !$0.word.hasPrefix("-") }
    }

    private static func summaries(_ word: TypedWord, _ selection: RunStore.Selection) -> [RunSummary] {
        read(word) { (store) throws(StoreError) in try store.summaries(selection) } ?? []
    }

    /// What the store has that the command line names, read without a change to it; nil where it can't be read.
    private static func read<Value>(_ word: TypedWord, _ body: (RunStore) throws(StoreError) -> Value) -> Value? {
        do throws(StoreError) {
            let path =
                if let store = word.value(of: "--store") { store } else {
                    try RunStore.standardPath(dataFolder: BaseDirectories.data, makingFolders: false)
                }
            guard FileManager.default.fileExists(atPath: path) else { return nil }
            return try body(RunStore(reading: path))
        } catch {
            return nil
        }
    }

    // MARK: - Files

    /// Folders, and files whose names end so, where what is typed points.
    private static func files(_ word: TypedWord, _ endings: [String]) -> [Offer] {
        let folder = word.text.lastIndex(of: "/").map { word.text[...$0] } ?? ""
        let path = folder.isEmpty ? "." : String(folder)
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
        return names.compactMap { name -> Offer? in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder) else { return nil }
            if isFolder.boolValue { return Offer("\(folder)\(name)/", "") }
            return endings.contains { name.hasSuffix(".\($0)") } ? Offer("\(folder)\(name)", "") : nil
        }.filter { $0.word.dropFirst(folder.count).first != "." || word.text.dropFirst(folder.count).first == "." }
    }
}
