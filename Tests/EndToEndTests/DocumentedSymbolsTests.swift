import Foundation
import Testing

/// What a target offers to others has a sentence that says what it is.
@Suite struct DocumentedSymbolsTests {
    private static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL

    /// Names whose meaning the language or a protocol fixes.
    private static let fixed: Set = ["CodingKeys", "body", "description", "hash"]

    /// A declaration for other targets, and its name. An `init` and an enum's case are left out.
    private static var declaration: Regex<(Substring, Substring)> {
        #/
        ^\ * (?:@\w+ (?:\([^)]*\))? \ +)* (?:package|public) (?:\ +\w+ (?:\(set\))?)*?
        \ + (?:func|var|let|struct|enum|class|actor|protocol|typealias) \ + `? (\w+)
        /#
    }

    /// A requirement of a protocol, and its name.
    private static var requirement: Regex<(Substring, Substring)> {
        /^ +(?:(?:static|mutating|nonisolated) +)*(?:func|var) +(\w+)/
    }

    @Test("Whatever another target uses has a documentation comment")
    func comments() throws {
        let sources = try Self.targets(in: "Sources")
        let users = try sources.merging(Self.targets(in: "Tests")) { first, _ in first }
        let words = users.mapValues { files in
            Set(files.values.joined().lazy.filter { !Self.isComment($0) }.flatMap(Self.words))
        }
        #expect(sources.count > 15)
        var missing: [String] = []
        for (target, files) in sources {
            // What a protocol of the target requires is described there.
            let required = Set(
                files.values.flatMap { lines in
                    Self.requirements(lines).compactMap { Self.name(lines[$0], Self.requirement) }
                })
            for (file, lines) in files {
                let requirements = Self.requirements(lines)
                for (name, number) in Self.undocumented(lines) {
                    let isRequirement = requirements.contains(number - 1)
                    let isUsed = words.contains { $0.key != target && $0.value.contains(name) }
                    guard isRequirement || isUsed && !required.contains(name) else { continue }
                    missing.append("\(file):\(number): \(name)")
                }
            }
        }
        #expect(missing.isEmpty, "without a comment:\n\(missing.sorted().joined(separator: "\n"))")
    }

    @Test("A declaration without a comment is found, below attributes too, and one with a comment is not")
    func detection() {
        let lines = """
            package struct Bare {
                /// Counts.
                package let count: Int
                package private(set) var total = 0
                @discardableResult
                package static func make() -> Bare { Bare() }
                /// Adds.
                @discardableResult package mutating func add() -> Int { 1 }
                package init() {}
                let own: Int
            }
            package protocol Counter {
                /// Counts.
                var count: Int { get }
                mutating func reset()
            }
            """.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(Self.undocumented(lines).map(\.name) == ["Bare", "total", "make", "Counter", "reset"])
        #expect(Self.undocumented(lines).map(\.line) == [1, 4, 6, 12, 15])
    }

    /// The declarations for other targets and the requirements of protocols that have no comment above them, with their
    /// lines, from 1.
    private static func undocumented(_ lines: [String]) -> [(name: String, line: Int)] {
        let requirements = Self.requirements(lines)
        return lines.indices.compactMap { index in
            let isRequirement = requirements.contains(index)
            guard isRequirement || lines[index].contains("package ") || lines[index].contains("public "),
                let name = Self.name(lines[index], isRequirement ? requirement : declaration), !fixed.contains(name)
            else { return nil }
            let above = lines[..<index].last { !$0.drop { $0 == " " }.hasPrefix("@") } ?? ""
            return above.drop { $0 == " " }.hasPrefix("///") ? nil : (name, index + 1)
        }
    }

    /// Indices of the lines with requirements of protocols that other targets can use.
    private static func requirements(_ lines: [String]) -> Set<Int> {
        var found: Set<Int> = []
        var end: String?
        for (index, line) in lines.enumerated() {
            if let close = end {
                if line == close { end = nil } else if name(line, requirement) != nil { found.insert(index) }
            } else if line.contains(" protocol "), name(line, declaration) != nil, line.hasSuffix("{") {
                end = line.prefix { $0 == " " } + "}"
            }
        }
        return found
    }

    private static func name(_ line: String, _ pattern: Regex<(Substring, Substring)>) -> String? {
        (try? pattern.prefixMatch(in: line)).map { String($0.1) }
    }

    /// The names, keywords and numbers of a line.
    private static func words(_ line: String) -> [String] {
        line.utf8.split { byte in
            !(UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "_"))
        }.map { String(decoding: $0, as: UTF8.self) }
    }

    private static func isComment(_ line: String) -> Bool { line.drop { $0 == " " }.hasPrefix("//") }

    /// The lines of every file of every target, by the target's folder and the file's path.
    private static func targets(in folder: String) throws -> [String: [String: [String]]] {
        var targets: [String: [String: [String]]] = [:]
        let path = root.appending(path: folder).path
        for name in try FileManager.default.subpathsOfDirectory(atPath: path) where name.hasSuffix(".swift") {
            let text = try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
            let target = String(name.prefix { $0 != "/" })
            targets[target, default: [:]]["\(folder)/\(name)"] =
                text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        }
        return targets
    }
}
