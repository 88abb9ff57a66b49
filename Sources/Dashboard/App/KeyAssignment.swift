import Configuration
import Specs
import TerminalUI

/// Which keys have which verb: the usual ones, and those that the section `[keys]` of the configuration file gives.
package struct KeyAssignment: Equatable, Sendable {
    /// The keys of a program without a configuration file.
    package static let usual = KeyAssignment()
    private var own: [KeyVerb: Key] = [:]
    private var verbs: [Key: KeyVerb] = [:]

    private init() { index() }

    /// All keys of a verb, the one that screens name first.
    ///
    /// A key of one's own takes the place of the letter or sign. Arrows, Enter, Esc and the like stay, so that no view is
    /// without them.
    package func keys(of verb: KeyVerb) -> [Key] {
        guard let key = own[verb] else { return verb.keys }
        return [key] + verb.keys.filter { !$0.isCharacter && $0 != key }
    }

    /// The verb of a key; nil for a key without one.
    package func verb(of key: Key) -> KeyVerb? { verbs[key] }

    /// The key that screens name, in words: `esc`, `ctrl-r`, `x`.
    package func name(of verb: KeyVerb) -> String { keys(of: verb)[0].name }

    private mutating func index() {
        verbs = [:]
        for verb in KeyVerb.allCases { for key in keys(of: verb) { verbs[key] = verb } }
    }

    // MARK: - The configuration file

    /// Reads the lines of the section: a verb, and the name of its key. Lines that can't be used are ignored.
    ///
    /// - Returns: those lines, and why they can't be used.
    package mutating func read(_ entries: [ConfigurationText.Entry]) -> [ConfigurationText.Problem] {
        var problems: [ConfigurationText.Problem] = []
        var taken: [(verb: KeyVerb, entry: ConfigurationText.Entry)] = []
        for entry in entries {
            do throws(KeyError) {
                let (verb, key) = try Self.reading(entry)
                own[verb] = key
                taken.append((verb, entry))
            } catch { problems.append(.init(line: entry.line, reason: error.description)) }
        }
        // All lines count together, so that two verbs can exchange their keys.
        while let (index, other) = firstConflict(taken) {
            let (verb, entry) = taken.remove(at: index)
            let key = name(of: verb)
            own[verb] = nil
            problems.append(
                .init(
                    line: entry.line,
                    reason: "\(verb.rawValue): \(key) is the key of \(other.rawValue); give that another one, too"))
        }
        self.index()
        return problems
    }

    private func firstConflict(_ taken: [(verb: KeyVerb, entry: ConfigurationText.Entry)]) -> (Int, KeyVerb)? {
        for (index, line) in taken.enumerated().reversed() {
            guard let key = own[line.verb] else { continue }
            let other = KeyVerb.allCases.first { $0 != line.verb && keys(of: $0).contains(key) }
            if let other { return (index, other) }
        }
        return nil
    }

    private static func reading(_ entry: ConfigurationText.Entry) throws(KeyError) -> (KeyVerb, Key) {
        guard let verb = KeyVerb(rawValue: entry.key) else { throw KeyError(unknownVerb: entry.key) }
        guard case .text(let name) = entry.value, let key = Key(name: name) else {
            throw KeyError(verb, found: entry.value)
        }
        if let reason = key.isReserved { throw KeyError(verb, key, reason) }
        return (verb, key)
    }
}

/// Why a line of the section `[keys]` can't be used.
struct KeyError: Error, Equatable {
    let description: String

    init(unknownVerb word: String) {
        let nearest = Spelling.nearest(to: word, among: KeyVerb.allCases.map(\.rawValue))
        description =
            "\(ConfigurationValue.key(word)): no such command" + (nearest.map { "; did you mean \($0)?" } ?? "")
    }

    init(_ verb: KeyVerb, found: ConfigurationValue) {
        description =
            "\(verb.rawValue) = \(found.toml): expected a key, such as \"x\", \"space\", \"ctrl-x\" or \"F5\""
    }

    init(_ verb: KeyVerb, _ key: Key, _ reason: String) {
        description = "\(verb.rawValue): \(key.name) \(reason)"
    }
}

extension Key {
    var isCharacter: Bool { if case .character = self { true } else { false } }

    /// Why no verb can have it; nil if one can.
    var isReserved: String? {
        switch self {
        case .control("c"): "always quits"
        case .enter, .escape: "always opens and goes back"
        // Terminals send them for other keys.
        case .control("i"): "is tab in a terminal"
        case .control("m"), .control("j"): "is enter in a terminal"
        case .control("h"): "is backspace in a terminal"
        default: nil
        }
    }

    /// The key of a name as screens and the configuration file write it; nil for none.
    package init?(name: String) {
        let named: [String: Key] = [
            "space": " ", "enter": .enter, "esc": .escape, "tab": .tab, "shift-tab": .backTab,
            "backspace": .backspace, "delete": .delete, "insert": .insert, "up": .up, "down": .down, "left": .left,
            "right": .right, "home": .home, "end": .end, "page up": .pageUp, "page down": .pageDown,
        ]
        if let key = named[name.lowercased()] {
            self = key
        } else if let number = name.first.flatMap({ $0 == "F" ? Int(name.dropFirst()) : nil }), 1...12 ~= number {
            self = .function(number)
        } else if name.hasPrefix("ctrl-"), let letter = name.unicodeScalars.last, name.unicodeScalars.count == 6,
            "a"..."z" ~= letter
        {
            self = .control(letter)
        } else if let scalar = name.unicodeScalars.first, name.unicodeScalars.count == 1, scalar.value > 0x20,
            !(0x7F..<0xA0 ~= scalar.value)
        {
            self = .character(scalar)
        } else {
            return nil
        }
    }
}
