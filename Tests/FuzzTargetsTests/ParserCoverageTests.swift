import Foundation
import FuzzTargets
import Testing

/// A new parser comes with a target of the fuzzer.
struct ParserCoverageTests {
    private static let sources = FuzzFiles.folder.appending(path: "../../Sources").standardizedFileURL

    /// Functions that look like parsers and read no format of their own.
    private static let others: Set = [
        "BoundedFile.read",  // gives bytes
        "RawNumbers.init(bytes",  // says where numbers are
        "SaveRequest.init(ending:bytes",  // keeps what is to be written
        "TensorBoardLog.init(place:bytes",  // goes on behind what it wrote
        "RunStore.init(reading",  // opens as `init(path` does, which a target tries
    ]

    @Test("Every function that reads a format is named by a target")
    func all() throws {
        let found = try Self.parsers()
        let named = Set(FuzzTargets.all.flatMap { $0.parsers })
        #expect(found.count >= 20)
        let missing = found.subtracting(named).subtracting(Self.others)
        #expect(missing.isEmpty, "without a target: \(missing.sorted().joined(separator: ", "))")
    }

    @Test("A declaration that reads a format is recognized")
    func detection() {
        let lines = [
            "extension Theme {", "    package init(name: String, parsing text: String) throws(ThemeError) {",
            "    package static func load(path: String) throws(ThemeError) -> Theme {",
            "    init(parsing text: String) {", "package struct Odd {",
            "    package init?(bytes: [UInt8], count: Int) {", "    package init(text: String = \"\") {",
            "    package init(bytes: Int, limit: Int) {",
        ]
        #expect(Self.parsers(in: lines) == ["Theme.init(name:parsing", "Theme.load", "Odd.init(bytes"])
    }

    private static func parsers() throws -> Set<String> {
        let names = try FileManager.default.subpathsOfDirectory(atPath: sources.path)
        var found: Set<String> = []
        // The program's own commands read nothing by themselves.
        for name in names where name.hasSuffix(".swift") && !name.hasPrefix("trainspotter/") {
            let text = try String(contentsOf: sources.appending(path: name), encoding: .utf8)
            found.formUnion(parsers(in: text.split(separator: "\n").map(String.init)))
        }
        return found
    }

    /// `Type.init(parsing` or `Type.decode` for each declaration that other targets can call.
    private static func parsers(in lines: [String]) -> [String] {
        let type =
            /^(?:(?:package|public|final|indirect) )*(?:struct|enum|class|actor|extension|protocol) (\[?\w+\]?)/
        let labels =
            /^ *(?:package|public) init\??\((?:(\w+)(?: \w+)?: [^,]+, )?(parsing|canonical|bytes(?=: (?:\[UInt8\]|Data)))\b/
        let function = /^ *(?:package|public) static func (decode|read|reading|load)\(/
        var (name, found) = ("", [String]())
        for line in lines {
            // Looked at first by a word, as matching every line takes long.
            if line.first != " ", let match = line.prefixMatch(of: type) { name = String(match.1) }
            if line.contains(" init"), let match = line.prefixMatch(of: labels) {
                found.append("\(name).init(\(match.1.map { "\($0):" } ?? "")\(match.2)")
            } else if line.contains(" static func "), let match = line.prefixMatch(of: function) {
                found.append("\(name).\(match.1)")
            }
        }
        return found
    }
}
