/// The classes of a set of EMNIST, by the file that is published with it, or by its name. Source: Cohen, Afshar, Tapson
/// and van Schaik, "EMNIST: an extension of MNIST to handwritten letters", 2017.
struct EMNISTClasses: Sendable, Equatable {
    /// The label of the first class: letters are counted from 1.
    let first: Int
    /// A character each.
    let names: [String]

    private static let digits = (0...9).map(String.init)
    private static let capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".map(String.init)
    private static let small = "abcdefghijklmnopqrstuvwxyz".map(String.init)
    /// Small letters that don't look as capital ones do.
    private static let unlike = "abdefghnqrt".map(String.init)
    /// A mapping has a line of some bytes for each class.
    private static let longestMapping = 1 << 14

    /// Nil where the set is none of EMNIST's.
    ///
    /// - Throws: `DataError` for a mapping that is none.
    init?(set: String, folder: String) throws(DataError) {
        let words = set.split(separator: "-")
        guard words.contains("emnist"), let name = words.last else { return nil }
        let path = Self.mapping(set: set, folder: folder)
        if let bytes = DataFolder.beginning(of: path, count: Self.longestMapping + 1) {
            try self.init(mapping: bytes, path: path)
            return
        }
        let names: [String]
        switch name {
        case "digits", "mnist": names = Self.digits
        case "letters": names = Self.capitals
        case "balanced", "bymerge": names = Self.digits + Self.capitals + Self.unlike
        case "byclass": names = Self.digits + Self.capitals + Self.small
        default: return nil
        }
        self.init(first: name == "letters" ? 1 : 0, names: names)
    }

    /// The path of the file that is published with a set.
    static func mapping(set: String, folder: String) -> String { DataFolder.path(folder, "\(set)-mapping.txt") }

    private init(first: Int, names: [String]) { (self.first, self.names) = (first, names) }

    /// Reads lines of a label and the codes of its characters: `1 65 97`.
    ///
    /// - Throws: `DataError.malformedText`.
    init(mapping bytes: [UInt8], path: String) throws(DataError) {
        guard bytes.count <= Self.longestMapping else {
            throw .unreadable(path: path, reason: "longer than \(Self.longestMapping) bytes")
        }
        var first: Int?
        var names: [String] = []
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            func fault(_ expected: String, _ found: String) -> DataError {
                .malformedText(path: path, line: index + 1, column: nil, expected: expected, found: found)
            }
            let fields = line.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
            if fields.isEmpty { continue }
            let numbers = fields.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
            guard numbers.count == fields.count, numbers.count >= 2 else {
                throw fault("a label and codes of characters, such as 1 65 97", "other words")
            }
            let next = first.map { $0 + names.count }
            guard next ?? numbers[0] == numbers[0], (0...1).contains(first ?? numbers[0]) else {
                throw fault("the label \(next.map(String.init) ?? "0 or 1")", "\(numbers[0])")
            }
            guard names.count < LabelCoding.mostClasses else {
                throw fault("at most \(LabelCoding.mostClasses) classes", "more")
            }
            guard let scalar = UInt32(exactly: numbers[1]).flatMap(Unicode.Scalar.init), numbers[1] > 0x20,
                !(0x7F...0x9F).contains(numbers[1])
            else { throw fault("the code of a visible character", "\(numbers[1])") }
            first = first ?? numbers[0]
            names.append(String(Character(scalar)))
        }
        guard let first, names.count > 1 else {
            throw .malformedText(path: path, line: 1, column: nil, expected: "lines of two classes", found: "fewer")
        }
        self.init(first: first, names: names)
    }
}
