import ArgumentParser
import Datasets
import Foundation
import Reports
import Runs
import Specs

/// `trainspotter data remove`: an imported data set goes.
struct RemoveData: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove imported data sets; what they were imported from stays.",
        discussion: """
            The runs that were trained on a data set are said. They stay, with all their \
            figures; what needs their images then needs --data.
            """)

    @Argument(help: ArgumentHelp("Names.", valueName: "name"), completion: Completions.importedDataset)
    var names: [String]

    @Flag(help: "Don't ask.")
    var yes = false

    @OptionGroup var folder: DataFolderOptions
    @OptionGroup var store: StoreOptions

    func run() throws {
        let imported = folder.imported
        var paths: [String] = []
        for name in names {
            guard let path = imported.path(of: name), imported.contains(name) else {
                throw CommandFailure.usage("\(name.shown): \(reason(against: name, imported))")
            }
            paths.append(path)
        }
        let runs = runs()
        for name in names { printError(facts(of: name, imported, runs)) }
        guard try isAgreed() else { throw CommandFailure.running("nothing was removed") }
        for (name, path) in zip(names, paths) {
            guard unlink(path) == 0 || errno == ENOENT else {
                throw CommandFailure.running("\(path): can't be removed: \(String(cString: strerror(errno)))")
            }
            printError("removed \(name)")
        }
    }

    /// Why no data set of this name can be removed, and what is meant perhaps.
    private func reason(against name: String, _ imported: ImportedDatasets) -> String {
        if DatasetSource.known.contains(where: { $0.name == name.lowercased() }) {
            return "expected an imported data set; this one is known to the program, and is not in its folder"
        }
        let nearest = Spelling.nearest(to: name, among: imported.names)
        return "no imported data set of that name"
            + (nearest.map { "; did you mean \($0)?" } ?? "; `trainspotter data list` shows the names")
    }

    /// Those of the store; none where there is no store.
    private func runs() -> [RunSummary] {
        guard let path = try? store.path(makingFolders: false), FileManager.default.fileExists(atPath: path) else {
            return []
        }
        return (try? RunStore(reading: path).summaries(.kept)) ?? []
    }

    private func facts(of name: String, _ imported: ImportedDatasets, _ runs: [RunSummary]) -> String {
        guard let facts = try? imported.facts(of: name) else { return "\(name): a damaged file" }
        let counts = "\(FigureText.grouped(facts.counts.train)) + \(FigureText.grouped(facts.counts.test)) images"
        let trained = runs.filter { $0.fingerprint == facts.about.digest }.map { "\($0.id)" }.reversed()
        let most = 20
        let list = trained.prefix(most).joined(separator: " ") + (trained.count > most ? " …" : "")
        let words =
            trained.isEmpty
            ? "no run was trained on these images"
            : "trained on these images: run\(trained.count > 1 ? "s" : "") \(list)"
        return "\(name): \(counts) from \(facts.about.source); \(words)"
    }

    /// - Throws: where nobody can be asked.
    private func isAgreed() throws(CommandFailure) -> Bool {
        if yes { return true }
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
            throw .usage("what is removed can't be brought back: --yes removes it without asking")
        }
        printError("Remove this for good? (y/n)")
        return ["y", "yes"].contains((readLine() ?? "").lowercased().trimmingCharacters(in: .whitespaces))
    }
}
