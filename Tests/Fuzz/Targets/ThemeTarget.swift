import TerminalUI

/// A theme file.
struct ThemeTarget: FuzzTarget {
    static let name = "theme"
    static let parsers = ["Theme.init(name:parsing", "Theme.load"]

    init() throws {}

    func run(_ input: [UInt8]) throws {
        do {
            let theme = try Theme(name: "x", parsing: String(decoding: input, as: UTF8.self))
            try Self.check(theme)
        } catch let error as ThemeError {
            try requireMessage(error)
        }
    }

    private static func check(_ theme: Theme) throws {
        let again = try Theme(name: "x", parsing: text(of: theme))
        for role in Theme.Role.allCases {
            try require(again[role] == theme[role], "\(role.rawValue) reads back as \(again[role].hexadecimal)")
        }
        // What is written in on a page of a known colour can be read.
        let page = theme[.background]
        guard !page.isTerminalDefault else { return }
        for role in [Theme.Role.text, .title, .key, .dim, .good, .warning, .bad] where !theme[role].isTerminalDefault {
            let contrast = theme[role].contrast(with: page)
            try require(contrast >= Theme.leastContrast, "\(role.rawValue) has a contrast of \(contrast)")
        }
        for colors in ColorLevel.allCases { _ = Look(theme: theme, colors: colors).raised }
    }

    /// Every role in a line of its own.
    private static func text(of theme: Theme) -> String {
        Theme.Role.allCases.map { role in
            "theme[\(role.rawValue)]=\"\(theme[role].isTerminalDefault ? "" : theme[role].hexadecimal)\""
        }.joined(separator: "\n")
    }
}
