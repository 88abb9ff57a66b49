/// What the name of a file or of an array says of it, by its words: `emnist-letters-test-images-idx3-ubyte` has test
/// images of the set `emnist-letters`.
struct DataName: Sendable, Equatable {
    /// What it holds.
    enum Role: Sendable { case images, labels }
    /// What it is for.
    enum Part: Sendable { case train, test, validation }

    /// Nil where no word says so.
    var role: Role?
    /// Nil where no word says so: everything, or what is not to test with.
    var part: Part?
    /// What the other words are: files of one data set share it.
    let set: String
    /// Where two names say the same, the one with the lower rank counts: `images` before `data`.
    private(set) var rank = 0

    private static let images = ["images", "image", "imgs", "img", "x", "pixels", "data", "features", "inputs"]
    private static let labels = ["labels", "label", "y", "target", "targets", "classes"]
    private static let parts: [String: Part] = [
        "train": .train, "training": .train, "test": .test, "testing": .test, "t10k": .test, "val": .validation,
        "valid": .validation, "validation": .validation,
    ]
    /// What words of the format say is found in the file itself.
    private static let silent: Set = [
        "idx1", "idx2", "idx3", "idx4", "idx", "ubyte", "byte", "short", "int", "float", "double", "npy", "npz", "csv",
        "tsv", "txt", "gz",
    ]

    init(_ name: String) {
        var rest: [Substring] = []
        let words = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        for word in words.flatMap(Self.halves) {
            let word = String(word)
            if role == nil, let rank = Self.images.firstIndex(of: word) {
                (role, self.rank) = (.images, rank)
            } else if role == nil, let rank = Self.labels.firstIndex(of: word) {
                (role, self.rank) = (.labels, rank)
            } else if part == nil, let part = Self.parts[word] {
                self.part = part
            } else if !Self.silent.contains(word) {
                rest.append(word[...])
            }
        }
        set = rest.joined(separator: "-")
    }

    /// `xtrain` and `testy` are two words.
    private static func halves(_ word: Substring) -> [Substring] {
        for part in ["train", "test", "val", "valid"] {
            if word == "x\(part)" || word == "y\(part)" { return [word.prefix(1), word.dropFirst()] }
            if word == "\(part)x" || word == "\(part)y" { return [word.dropLast(), word.suffix(1)] }
        }
        return [word]
    }
}

/// The files, or the arrays, of one data set.
struct DataGroup<Item: Sendable>: Sendable {
    /// Shared by their names; empty where they have nothing else in them.
    let set: String
    var trainImages: Item?
    var trainLabels: Item?
    var testImages: Item?
    var testLabels: Item?
    /// Names of a part for validation, which is not used.
    var unused: [String] = []

    /// Those of them that are there, in the order above.
    var items: [Item] { [trainImages, trainLabels, testImages, testLabels].compactMap(\.self) }
    /// Whether they are images and labels to train on, and nothing or images and labels to test with.
    var isWhole: Bool {
        trainImages != nil && trainLabels != nil && (testImages == nil) == (testLabels == nil)
    }

    /// What it lacks, in words. Without any of a test part, that is not missed.
    var missing: [String] {
        let hasTest = testImages != nil || testLabels != nil
        let parts: [(Item?, String)] = [
            (trainImages, "training images"), (trainLabels, "training labels"), (testImages, "test images"),
            (testLabels, "test labels"),
        ]
        return parts.prefix(hasTest ? 4 : 2).filter { $0.0 == nil }.map(\.1)
    }

    /// Sets by their names, in the names' order.
    ///
    /// - Parameter items: each with what its name says, and the name; those that say no role are left out.
    static func all(_ items: [(name: DataName, text: String, item: Item)]) -> [DataGroup] {
        let named = items.filter { $0.name.role != nil }
        var groups: [String: DataGroup] = [:]
        // Names that say their part come first, then those that say more plainly what they hold.
        for (name, text, item) in named.sorted(by: {
            ($0.name.part == nil ? 1 : 0, $0.name.rank, $0.text) < ($1.name.part == nil ? 1 : 0, $1.name.rank, $1.text)
        }) {
            groups[name.set, default: DataGroup(set: name.set)].take(name, text, item)
        }
        return groups.values.sorted { $0.set < $1.set }
    }

    private mutating func take(_ name: DataName, _ text: String, _ item: Item) {
        switch (name.part ?? .train, name.role ?? .images) {
        case (.validation, _): unused.append(text)
        case (.train, .images): trainImages = trainImages ?? item
        case (.train, .labels): trainLabels = trainLabels ?? item
        case (.test, .images): testImages = testImages ?? item
        case (.test, .labels): testLabels = testLabels ?? item
        }
    }

    /// The one that is meant.
    ///
    /// - Parameters:
    ///   - groups: at least one.
    ///   - wanted: a set's name, or the last words of it: `letters` for `emnist-letters`.
    /// - Throws: `DataError.severalSets` where there are several and none is named, `badOption` where none has the name.
    static func chosen(of groups: [DataGroup], wanted: String?, path: String) throws(DataError) -> DataGroup {
        let names = groups.map { $0.set.isEmpty ? "none" : $0.set }
        guard let wanted else {
            let whole = groups.filter(\.isWhole)
            if whole.count > 1, let plain = whole.first(where: { $0.set.isEmpty }) { return plain }
            guard whole.count <= 1, whole.count == 1 || groups.count == 1 else {
                throw .severalSets(path: path, names: whole.isEmpty ? names : whole.map(\.set))
            }
            return whole.first ?? groups[0]
        }
        if let exact = groups.first(where: { $0.set == wanted.lowercased() }) { return exact }
        if wanted.lowercased() == "none", let plain = groups.first(where: { $0.set.isEmpty }) { return plain }
        let ending = groups.filter { $0.set.hasSuffix("-" + wanted.lowercased()) }
        guard ending.count == 1 else {
            throw .badOption(
                source: path, word: "set=\(wanted)", expected: "one of the sets there: " + names.joined(separator: ", ")
            )
        }
        return ending[0]
    }
}
