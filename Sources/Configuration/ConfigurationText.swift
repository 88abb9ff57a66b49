import Foundation
import TOMLKit

/// The text of a configuration file: TOML, one `key = value` a line, and sections with such lines.
///
/// Each line is read by itself, so that a bad one is refused alone, with its number.
package struct ConfigurationText: Equatable, Sendable {
    /// A setting and its line.
    package struct Entry: Equatable, Sendable {
        /// The section that it is in; empty above the first.
        package let section: String
        /// The name before the equals sign.
        package let key: String
        /// The value after the equals sign.
        package let value: ConfigurationValue
        /// From 1.
        package let line: Int
    }

    /// A line that can't be used, and why.
    package struct Problem: Equatable, Sendable, CustomStringConvertible {
        /// From 1.
        package let line: Int
        /// What is wrong with it, in words for the user.
        package let reason: String

        package init(line: Int, reason: String) {
            self.line = line
            self.reason = reason
        }

        package var description: String { "line \(line): \(reason)" }
    }

    /// The settings, in the file's order; each key once.
    package private(set) var entries: [Entry] = []
    /// The lines that can't be used, in the file's order.
    package private(set) var problems: [Problem] = []
    private let lines: [String]
    /// The line of the first section, as an index: below it no line is a setting without a section.
    private let firstSection: Int?
    /// The section that is being read; nil for one that is not known.
    private var section: String? = ""
    private let sections: Set<String>
    /// The line of a section that is not known, from 1.
    private var unknownSection = 0

    /// - Parameter sections: the names of the sections that are known; lines of others are problems.
    package init(parsing text: String, sections: Set<String> = []) {
        self.sections = sections
        let text = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
        lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        firstSection = lines.firstIndex { $0.trimmingCharacters(in: .whitespaces).hasPrefix("[") }
        for (index, line) in lines.enumerated() { read(line, index) }
    }

    private mutating func read(_ line: String, _ index: Int) {
        let trimmed = line.trimmingCharacters(in: .whitespaces)
        guard !trimmed.isEmpty, !trimmed.hasPrefix("#") else { return }
        func refuse(_ reason: String) { problems.append(Problem(line: index + 1, reason: reason)) }
        if trimmed.hasPrefix("[") {
            section = name(ofSection: trimmed)
            if section == nil {
                refuse(noSection(trimmed))
                unknownSection = index + 1
            }
            return
        }
        guard let section else { return refuse("belongs to the section of line \(unknownSection)") }
        guard let (key, value) = Self.setting(trimmed) else {
            return refuse("found \(trimmed.prefix(40)), expected key = value, such as theme = \"nord\"")
        }
        if let first = entries.first(where: { $0.key == key && $0.section == section }) {
            return refuse("\(ConfigurationValue.key(key)) is set on line \(first.line) already")
        }
        entries.append(Entry(section: section, key: key, value: value, line: index + 1))
    }

    private func name(ofSection line: String) -> String? {
        sections.first { name in
            guard line.hasPrefix("[\(name)]") else { return false }
            let rest = line.dropFirst(name.count + 2).drop { $0.isWhitespace }
            return rest.isEmpty || rest.hasPrefix("#")
        }
    }

    private func noSection(_ line: String) -> String {
        let known = sections.sorted().map { "[\($0)]" }.joined(separator: ", ")
        return known.isEmpty
            ? "sections are not known; expected key = value" : "\(line.prefix(40)): no such section; expected \(known)"
    }

    /// One line's key and value; nil if it is not TOML, or has another kind of value.
    private static func setting(_ line: String) -> (key: String, value: ConfigurationValue)? {
        guard let table = try? TOMLTable(string: line), table.count == 1, let key = table.keys.first,
            let value = table[key]
        else { return nil }
        switch value.type {
        case .string: return value.string.map { (key, .text($0)) }
        case .int: return value.int.map { (key, .whole($0)) }
        case .double: return value.double.map { (key, .number($0)) }
        case .bool: return value.bool.map { (key, .flag($0)) }
        default: return nil
        }
    }

    /// The text with settings changed or added; all other lines and comments stay.
    package func setting(_ changes: [(key: String, value: ConfigurationValue)]) -> String {
        var lines = lines
        var added: [String] = []
        for (key, value) in changes {
            let new = "\(key) = \(value.toml)"
            if let entry = entries.first(where: { $0.key == key && $0.section.isEmpty }) {
                lines[entry.line - 1] = new + Self.comment(of: lines[entry.line - 1])
            } else {
                added.append(new)
            }
        }
        while firstSection == nil, lines.last?.trimmingCharacters(in: .whitespaces).isEmpty == true {
            lines.removeLast()
        }
        lines.insert(contentsOf: added, at: firstSection ?? lines.count)
        return lines.joined(separator: "\n") + (lines.last == "" ? "" : "\n")
    }

    /// The rest of a line after its value: from the first # outside of it.
    private static func comment(of line: String) -> String {
        for index in line.indices where line[index] == "#" {
            if setting(String(line[..<index])) != nil { return "  " + line[index...] }
        }
        return ""
    }
}
