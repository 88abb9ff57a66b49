extension GlyphLevel {
    /// The richest glyphs that a terminal in this environment is likely to show.
    ///
    /// The first non-empty of LC_ALL, LC_CTYPE and LANG decides, as in setlocale; without UTF-8 there it is ASCII.
    ///
    /// - Parameter environment: the process's variables.
    package static func detect(environment: [String: String]) -> GlyphLevel {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        let name = locale.lowercased()
        guard name.contains("utf-8") || name.contains("utf8") else { return .ascii }
        // The kernel's console has box drawing and half blocks in its font, but no braille.
        return environment["TERM"] == "linux" ? .block : .braille
    }
}

extension ColorLevel {
    /// The richest colours for this environment.
    ///
    /// `NO_COLOR` (not empty, as no-color.org has it) wins; then the count decides, which COLORTERM can raise.
    ///
    /// - Parameters:
    ///   - environment: the process's variables.
    ///   - colors: number of colours in terminfo; negative where it has none.
    package static func detect(environment: [String: String], colors: Int) -> ColorLevel {
        if let flag = environment["NO_COLOR"], !flag.isEmpty { return .mono }
        if colors < 8 { return .mono }
        if colors > 256 { return .truecolor }
        if colors < 256 { return .palette16 }
        let promise = environment["COLORTERM"]?.lowercased()
        return promise == "truecolor" || promise == "24bit" ? .truecolor : .palette256
    }
}
