import ArgumentParser
import DataFormats
import Datasets
import Foundation
import Reports
import Runs

/// `trainspotter data list`: what has a name.
struct ListData: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the data sets that have a name, published and imported ones.")

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func run() throws {
        _ = try data.source()
        let sets = DatasetSource.known.map(ListedDataset.init) + data.imported.all.map(ListedDataset.init)
        if json { return try printResult(JSON.array(sets.map(\.json)).text()) }
        let heading = ["name", "size", "images", "classes", "bytes", "from"]
        try printResult(TextTable.text([heading] + sets.map(\.cells), rightAligned: [3, 4]))
    }
}

/// A line of the list.
private struct ListedDataset {
    private let name: String
    private let shape: ImageShape?
    private let counts: (train: Int, test: Int)?
    private let classNames: [String]?
    /// Where it is from, or why it can't be used.
    private let from: String
    private let notes: [String]
    private let digest: String?
    private let paths: [String]
    private let problem: String?

    init(_ known: KnownDataset) {
        (name, shape, counts, digest, notes) = (known.name, known.shape, known.counts, nil, [])
        classNames = known.allClassNames
        paths = (try? DatasetSource.resolve(known.name))?.files() ?? []
        problem = known.isAvailable ? nil : "not here: \(known.installation ?? "its files are missing")"
        from = problem ?? "\(known.folder ?? "comes with the program"), \(known.summary)"
    }

    init(_ imported: (name: String, path: String, facts: Result<ImportedFormat, DataError>)) {
        (name, paths) = (imported.name, [imported.path])
        switch imported.facts {
        case .success(let facts):
            (shape, counts, classNames) = (facts.shape, facts.counts, facts.classNames)
            (from, notes, digest) = (facts.about.source, facts.about.notes, facts.about.digest)
            problem = nil
        case .failure(let error):
            (shape, counts, classNames, digest, notes) = (nil, nil, nil, nil, [])
            problem = error.description
            from = "can't be used: \(error)"
        }
    }

    /// Bytes of its files; nil where they are not here.
    private var bytes: Int? {
        let sizes = paths.compactMap { try? FileManager.default.attributesOfItem(atPath: $0)[.size] as? Int }
        return sizes.isEmpty ? nil : sizes.reduce(0, +)
    }

    var cells: [String] {
        let channels = shape.map { $0.channels == 1 ? "" : " × \($0.channels)" } ?? ""
        return [
            name, shape.map { "\($0.rows) × \($0.columns)\(channels)" } ?? "–",
            counts.map { "\(FigureText.grouped($0.train)) + \(FigureText.grouped($0.test))" } ?? "–",
            classNames.map { "\($0.count)" } ?? "–", bytes.map(ByteAmount.text) ?? "–", from.harmlessLine,
        ]
    }

    var json: JSON {
        .object([
            "name": .text(name), "rows": number(shape?.rows), "columns": number(shape?.columns),
            "channels": number(shape?.channels), "train": number(counts?.train), "test": number(counts?.test),
            "classes": number(classNames?.count), "class_names": .array((classNames ?? []).map(JSON.text)),
            "bytes": number(bytes), "from": .text(from), "notes": .array(notes.map(JSON.text)),
            "sha256": digest.map(JSON.text) ?? .null, "paths": .array(paths.map(JSON.text)),
            "problem": problem.map(JSON.text) ?? .null,
        ])
    }

    private func number(_ value: Int?) -> JSON { value.map(JSON.integer) ?? .null }
}
