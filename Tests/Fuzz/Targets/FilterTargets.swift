import Dashboard
import Runs

/// What is typed to choose digits: `4>9 wrong`.
struct DigitsFilterTarget: FuzzTarget {
    static let name = "digits-filter"
    static let parsers = ["DigitsFilter.init(parsing"]
    static let longestInput = 256
    /// The first byte says how many classes there are, from 1.
    private static let mostClasses = 256
    /// Names with blanks, signs and beginnings of others.
    private static let names = ["T-shirt", "shirt", "ankle boot", "boot", "a>b", "7", "all", "ä", "A", "a", ""]

    init() throws {}

    func run(_ input: [UInt8]) throws {
        guard let first = input.first else { return }
        let classes = 1 + Int(first) % Self.mostClasses
        guard let filter = DigitsFilter(parsing: String(decoding: input.dropFirst(), as: UTF8.self), classes: classes)
        else { return }
        for chosen in [filter.truth, filter.predicted].compactMap(\.self) {
            try require((0..<classes).contains(chosen), "class \(chosen) of \(classes)")
        }
        let again = DigitsFilter(parsing: filter.description, classes: classes)
        try require(again == filter, "“\(filter.description)” reads back as another filter")
        let named = filter.description(names: Self.names)
        let same = DigitsFilter(parsing: named, classes: Self.names.count, names: Self.names)
        let isNamed = [filter.truth, filter.predicted].allSatisfy { $0.map(Self.names.indices.contains) ?? true }
        try require(same == filter || !isNamed, "“\(named)” reads back as another filter")
        _ = DigitsFilter(
            parsing: String(decoding: input.dropFirst(), as: UTF8.self), classes: Self.names.count, names: Self.names)
        _ = filter.passes(truth: 0, predicted: classes - 1)
    }
}

/// What is typed to choose images without predictions: `4 from 500`.
struct SampleFilterTarget: FuzzTarget {
    static let name = "sample-filter"
    static let parsers = ["SampleFilter.init(parsing"]
    static let longestInput = 256
    private static let mostClasses = 256

    init() throws {}

    func run(_ input: [UInt8]) throws {
        guard let first = input.first else { return }
        let classes = 1 + Int(first) % Self.mostClasses
        let text = String(decoding: input.dropFirst(), as: UTF8.self)
        // Names that look like numbers and words of the filter, and one that is typed.
        let names = ["1", "all", "from", text.lowercased()]
        for names in [[], names] {
            guard let filter = SampleFilter(parsing: text, classes: classes, names: names) else { continue }
            try require(filter.first >= 0, "from \(filter.first)")
            try require((0..<classes).contains(filter.label ?? 0), "class \(filter.label ?? 0) of \(classes)")
            let again = SampleFilter(parsing: filter.description, classes: classes)
            try require(again == filter, "“\(filter.description)” reads back as another filter")
        }
    }
}

/// A filter, an order and a list of columns of saved runs, a line each.
struct RunFilterTarget: FuzzTarget {
    static let name = "run-filter"
    static let parsers = ["RunFilter.init(parsing", "RunOrder.init(parsing", "RunColumns.init(parsing"]
    static let longestInput = 1024
    private let runs: [RunSummary]

    init() throws {
        let store = try RunStore()
        for _ in 0..<3 { _ = try StoreSamples.fill(store) }
        runs = try store.summaries()
    }

    func run(_ input: [UInt8]) throws {
        let text = String(decoding: input, as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        do {
            let filter = try RunFilter(parsing: lines.first ?? "")
            let chosen = runs.filter { filter.accepts($0) }
            try require(!filter.isEmpty || chosen.count == runs.count, "no conditions, and a run is left out")
        } catch let error as RunFilterError { try requireMessage(error, most: input.count + 500) }
        do {
            let order = try RunOrder(parsing: lines.dropFirst().first ?? "")
            let sorted = order.sorted(runs).map(\.id)
            try require(order.sorted(runs.reversed()).map(\.id) == sorted, "an order that depends on the one before")
            try require(sorted.sorted() == runs.map(\.id).sorted(), "a run is lost, or there twice")
        } catch let error as RunFilterError { try requireMessage(error, most: input.count + 500) }
        do {
            let columns = try RunColumns(parsing: lines.dropFirst(2).first ?? "")
            let rows = columns.rows(runs)
            try require(rows.count == runs.count + 1, "\(rows.count) rows")
            try require(rows.allSatisfy { $0.count == columns.fields.count }, "a row of another length")
        } catch let error as RunFilterError { try requireMessage(error, most: input.count + 500) }
    }
}
