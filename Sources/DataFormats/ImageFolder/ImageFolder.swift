/// Which images a folder holds, by part and class. No image is opened for it but those whose names don't end as an
/// image's.
struct ImageFolder: Sendable {
    /// One image.
    struct Item: Sendable, Equatable {
        let path: String
        let label: UInt8
    }

    /// Names of the folders of classes, in their order: numbers by value where all are numbers, else by their bytes.
    private(set) var folders: [String] = []
    /// In mixed order: files are sorted by class, and the last rows of a part are to be of all classes.
    private(set) var train: [Item] = []
    /// Likewise; nil without a test part.
    private(set) var test: [Item]?
    /// The folders that the classes' folders lie in.
    private(set) var places: (train: String, test: String?)
    /// What was left out, a line each.
    private(set) var notes: [String] = []

    private let root: String
    private let mostFiles: Int
    private var room: Int
    private var others: (names: [String], count: Int) = ([], 0)
    private var outside: (names: [String], count: Int) = ([], 0)

    /// Files and folders that are looked at.
    static let mostFiles = 1 << 18
    private static let mostClasses = LabelCoding.mostClasses
    /// Files of a folder that are looked at to see whether it has images.
    private static let sampled = 64
    /// Names that a note tells.
    private static let told = 3
    /// The seed of the mixed order.
    static let seed: UInt64 = 0

    /// - Returns: nil where the path is no folder with folders of images.
    /// - Throws: `DataError` where there are too many of them, or a part lacks what it needs.
    init?(_ path: String, mostFiles: Int) throws(DataError) {
        guard let root = FolderListing.real(path),
            let listing = try FolderListing(root, root: root, most: mostFiles), !listing.isCut
        else { return nil }
        (self.root, self.mostFiles) = (root, mostFiles)
        places = (path, nil)
        room = mostFiles - listing.files.count - listing.folders.count
        let parts = try Self.parts(path, listing, root)
        let classes: [String]
        if let parts {
            let own = DataFolder.path(path, parts.train)
            places = (own, parts.test.map { DataFolder.path(path, $0) })
            classes = try Self.classes(own, try FolderListing(own, root: root, most: Self.mostFiles), root)
        } else {
            classes = try Self.classes(path, listing, root)
        }
        guard !classes.isEmpty else { return nil }
        take(listing, listing.files + (parts == nil ? listing.folders.filter { !classes.contains($0) } : []))
        if let parts { note(unused: listing.folders.filter { $0 != parts.train && $0 != parts.test }) }
        folders = Self.ordered(classes)
        train = try items(places.train)
        try takeTest()
        notes += [
            Self.note("left out, as they are no images", others),
            Self.note("left out, as they are links that lead out of the folder", outside),
        ].compactMap(\.self)
    }

    /// The folders of both parts; nil where the classes lie in the folder itself.
    private static func parts(
        _ path: String, _ listing: FolderListing, _ root: String
    ) throws(DataError) -> (train: String, test: String?)? {
        func part(_ names: [String]) -> String? { listing.folders.first { names.contains($0.lowercased()) } }
        func hasClasses(_ name: String) throws(DataError) -> Bool {
            let own = DataFolder.path(path, name)
            return try !classes(own, try FolderListing(own, root: root, most: mostFiles), root, most: 1).isEmpty
        }
        let test = part(["test", "testing"])
        if let train = part(["train", "training"]), try hasClasses(train) {
            guard let test, try hasClasses(test) else { return (train, nil) }
            return (train, test)
        }
        guard let test, try hasClasses(test) else { return nil }
        throw .filesMissing(
            folder: path, expected: "folders of images to train on beside \(test), such as train/CLASS",
            names: ["train"])
    }

    /// Folders with images among their first files.
    private static func classes(
        _ path: String, _ listing: FolderListing?, _ root: String, most: Int = mostClasses + 1
    ) throws(DataError) -> [String] {
        var classes: [String] = []
        for name in listing?.folders ?? [] {
            let own = DataFolder.path(path, name)
            guard let files = try FolderListing(own, root: root, most: sampled)?.files,
                files.contains(where: { isImage(own, $0) })
            else { continue }
            classes.append(name)
            guard classes.count < most else { break }
        }
        guard classes.count <= mostClasses else {
            throw .unreadable(
                path: path, reason: "more than \(mostClasses) folders of images; expected a folder a class")
        }
        return classes
    }

    static func isImage(_ folder: String, _ name: String) -> Bool {
        if ImageKind.isImage(name: name) { return true }
        guard let file = try? FileBytes(path: DataFolder.path(folder, name)),
            let start = try? file.read(ImageKind.sniffed)
        else { return false }
        return ImageKind(ofFileStartingWith: start) != nil
    }

    /// Numbers by value where all are, else by their bytes.
    static func ordered(_ names: [String]) -> [String] {
        let sorted = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        guard names.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else { return sorted }
        func digits(_ name: String) -> Substring { name.drop { $0 == "0" } }
        return sorted.enumerated().sorted { one, other in
            let (left, right) = (digits(one.element), digits(other.element))
            return (left.count, String(left), one.offset) < (right.count, String(right), other.offset)
        }.map(\.element)
    }

    // MARK: - Files

    /// The images of one part, in mixed order.
    private mutating func items(_ place: String) throws(DataError) -> [Item] {
        var items: [Item] = []
        for (label, name) in folders.enumerated() {
            let folder = DataFolder.path(place, name)
            guard let listing = try FolderListing(folder, root: root, most: room) else { continue }
            guard !listing.isCut else {
                throw .unreadable(
                    path: root, reason: "more than \(mostFiles) files; expected at most so many images")
            }
            var unused: [String] = []
            for file in listing.files {
                if Self.isImage(folder, file) {
                    items.append(Item(path: DataFolder.path(folder, file), label: UInt8(label)))
                } else {
                    unused.append(file)
                }
            }
            room -= listing.files.count + listing.others.count + listing.outside.count
            take(listing, unused + listing.folders)
        }
        return SplitMix64.mixed(items.count, seed: Self.seed).map { items[$0] }
    }

    private mutating func takeTest() throws(DataError) {
        guard let place = places.test else { return }
        let listing = try FolderListing(place, root: root, most: Self.mostFiles)
        let unknown = try Self.classes(place, listing, root).filter { !folders.contains($0) }
        guard unknown.isEmpty else {
            throw .filesMissing(
                folder: places.train, expected: "a folder of images to train on for each class of \(place)",
                names: unknown)
        }
        test = try items(place)
    }

    // MARK: - Notes

    private mutating func take(_ listing: FolderListing, _ unused: [String]) {
        Self.add(listing.others + unused, to: &others)
        Self.add(listing.outside, to: &outside)
    }

    private static func add(_ names: [String], to list: inout (names: [String], count: Int)) {
        list.count += names.count
        for name in names where list.names.count < told && !list.names.contains(name) { list.names.append(name) }
    }

    private mutating func note(unused: [String]) {
        let validation = unused.filter { ["val", "valid", "validation"].contains($0.lowercased()) }
        if !validation.isEmpty {
            notes.append("not used, as they are to validate with: \(validation.joined(separator: ", "))")
        }
        Self.add(unused.filter { !validation.contains($0) }, to: &others)
    }

    private static func note(_ words: String, _ list: (names: [String], count: Int)) -> String? {
        guard list.count > 0 else { return nil }
        let names = list.names.map(\.shownName).joined(separator: ", ")
        return "\(words): \(list.count > list.names.count ? "\(list.count), such as " : "")\(names)"
    }
}

extension String {
    /// A name for one line: what ends lines or controls a terminal becomes a question mark.
    var shownName: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .lineSeparator, .paragraphSeparator: "?"
                    default: scalar
                    }
                }))
    }
}
