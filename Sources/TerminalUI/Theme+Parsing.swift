import Foundation

/// Why a theme can't be used.
package enum ThemeError: Error, Equatable, CustomStringConvertible {
    case unreadable(path: String, reason: String)
    case malformed(theme: String, line: Int, found: String, expected: String)

    package var description: String {
        switch self {
        case .unreadable(let path, let reason): "theme \(path): \(reason)"
        case .malformed(let theme, let line, let found, let expected):
            "theme \(theme), line \(line): found \(found), expected \(expected)"
        }
    }
}

extension Theme {
    /// Reads a theme in btop's format: `theme[key]="#RRGGBB"`, `"#GG"` (grey), `"R G B"` or `""` (the terminal's own).
    ///
    /// Keys of other programs are ignored. Colours that text is written in are lifted to a contrast of 4.5 where they
    /// have less. A role that the text does not name takes btop's nearest key, then the
    /// standard theme's colour.
    package init(name: String, parsing text: String) throws(ThemeError) {
        var found: [String: Color] = [:]
        // Some editors start a file with a byte order mark, and end its lines as on Windows: \r\n is one Character.
        let text = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
        for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = raw.trimmingCharacters(in: .whitespacesAndNewlines)
            if line.isEmpty || line.hasPrefix("#") { continue }
            let (key, value) = try Theme.assignment(line, theme: name, line: index + 1)
            guard let color = Theme.color(value) else {
                throw .malformed(
                    theme: name, line: index + 1, found: "\"\(value.prefix(40))\"",
                    expected: "\"#RRGGBB\", \"#GG\", \"R G B\" with 0 to 255 each, or \"\"")
            }
            found[key] = color
        }
        self.name = name
        colors = [:]
        for role in Role.allCases {
            // In btop an empty middle means that a gradient has none, not that it is the terminal's own colour.
            let substitute = role.substitutes.lazy.compactMap { found[$0] }.first { !$0.isTerminalDefault }
            colors[role] = found[role.rawValue] ?? substitute ?? Theme.standard[role]
        }
        if found["main_bg"] != nil { derive(named: found) }
        liftTexts()
    }

    /// The least contrast of text with its background (WCAG 2.1, level AA).
    package static let leastContrast = 4.5

    /// Raises the contrast of the theme's text colours, and keeps their hue. btop draws only boxes and graphs with many
    /// of them, where the dashboard writes figures.
    private mutating func liftTexts() {
        let written: [Role] = [.text, .title, .key, .dim, .train, .validation, .good, .warning, .bad]
        for role in written + Theme.runRoles { colors[role] = self[role].lifted(on: page, to: Theme.leastContrast) }
        let selected = self[.selectedBackground].isTerminalDefault ? page : self[.selectedBackground]
        colors[.selectedText] = self[.selectedText].lifted(on: selected, to: Theme.leastContrast)
    }

    /// Reads a theme file; the theme is named after the file, without its extension.
    package static func load(path: String) throws(ThemeError) -> Theme {
        guard let data = FileManager.default.contents(atPath: path) else {
            let exists = FileManager.default.fileExists(atPath: path)
            throw .unreadable(path: path, reason: exists ? "can't be read" : "no such file")
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw .unreadable(path: path, reason: "is not UTF-8 text")
        }
        let file = path.split(separator: "/").last.map(String.init) ?? path
        let name = file.hasSuffix(".theme") ? String(file.dropLast(6)) : file
        return try Theme(name: name, parsing: text)
    }

    /// Splits `theme[key]="value"`; quotes may be missing, and a comment may follow the closing one.
    private static func assignment(
        _ line: String, theme: String, line number: Int
    ) throws(ThemeError) -> (key: String, value: String) {
        let wrong = ThemeError.malformed(
            theme: theme, line: number, found: "\"\(line.prefix(40))\"", expected: "theme[key]=\"#RRGGBB\"")
        guard line.hasPrefix("theme["), let close = line.firstIndex(of: "]") else { throw wrong }
        let key = line[line.index(line.startIndex, offsetBy: 6)..<close]
        let rest = line[line.index(after: close)...].trimmingCharacters(in: .whitespaces)
        guard !key.isEmpty, rest.hasPrefix("=") else { throw wrong }
        let value = rest.dropFirst().trimmingCharacters(in: .whitespaces)
        guard let quote = value.first, quote == "\"" || quote == "'" else { return (String(key), value) }
        let inner = value.dropFirst()
        guard let end = inner.firstIndex(of: quote) else { throw wrong }
        let behind = inner[inner.index(after: end)...].trimmingCharacters(in: .whitespaces)
        guard behind.isEmpty || behind.hasPrefix("#") else { throw wrong }
        return (String(key), inner[..<end].trimmingCharacters(in: .whitespaces))
    }

    private static func color(_ value: String) -> Color? {
        if value.isEmpty { return .terminalDefault }
        if value.hasPrefix("#") {
            let digits = value.dropFirst()
            guard digits.allSatisfy(\.isHexDigit), let number = UInt32(digits, radix: 16) else { return nil }
            switch digits.count {
            case 6: return Color(rgb: number)
            case 2: return Color(rgb: number << 16 | number << 8 | number)
            default: return nil
            }
        }
        let parts = value.split(separator: " ").map { UInt8($0) }
        guard parts.count == 3, let red = parts[0], let green = parts[1], let blue = parts[2] else { return nil }
        return Color(red, green, blue)
    }

    /// Colours for roles that another program's theme has no key for, made from its background and text, so that a
    /// light theme stays light.
    private mutating func derive(named found: [String: Color]) {
        let page = page
        let faint: [(role: Role, of: Role, share: Double)] = [
            (.heatStart, .heatEnd, 0.8), (.heatMiddle, .heatEnd, 0.4), (.diagonalStart, .diagonalEnd, 0.7),
        ]
        for (role, source, share) in faint where found[role.rawValue] == nil && !self[source].isTerminalDefault {
            colors[role] = self[source].mixed(with: page, share)
        }
        if found[Role.digitStart.rawValue] == nil { colors[.digitStart] = page }
        if found[Role.digitEnd.rawValue] == nil { colors[.digitEnd] = page.readable([self[.text]]) }
    }
}

extension Theme.Role {
    /// Keys that are used when a theme does not name this role, best first.
    var substitutes: [String] {
        switch self {
        case .background, .text, .key, .selectedBackground, .border: []
        case .selectedText, .title: ["main_fg"]
        case .dim: ["graph_text", "main_fg"]
        case .focusedBorder: ["proc_box", "mem_box", "net_box", "hi_fg"]
        case .train: ["run_1", "cached_end", "download_mid", "cpu_start"]
        case .validation: ["run_2", "available_end", "cpu_mid", "temp_mid"]
        case .good: ["free_end", "cpu_start", "free_mid"]
        case .warning: ["available_end", "cpu_mid", "temp_mid"]
        case .bad: ["used_end", "cpu_end", "temp_end"]
        case .heatStart, .heatMiddle: []
        case .heatEnd: ["temp_end", "cpu_end", "used_end"]
        case .diagonalStart: []
        case .diagonalEnd: ["cached_mid", "download_mid", "cached_end"]
        case .digitStart, .digitEnd: []
        case .probability: ["cached_mid", "download_mid", "cpu_start"]
        case .run1: ["train_line", "cached_end", "download_mid"]
        case .run2: ["val_line", "available_end", "cpu_mid"]
        case .run3: ["good", "free_end", "cpu_start"]
        case .run4: ["bad", "used_end", "cpu_end"]
        case .run5: ["upload_mid", "upload_end", "process_end"]
        case .run6: ["download_end", "process_mid"]
        case .run7: ["temp_mid", "available_mid"]
        case .run8: ["proc_misc", "graph_text"]
        }
    }
}
