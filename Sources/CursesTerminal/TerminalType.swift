import CNcurses
import CTerminal
import Foundation
import TerminalUI

/// A terminal type that terminfo has and that can show a screen.
package struct TerminalType {
    /// The name by which ncurses opens it.
    package let name: String
    let hasMouse: Bool
    /// Whether it can be asked to mark pastes. A terminal of this kind that can't do so ignores the sequence.
    let marksPastes: Bool
    /// The sequences that restore the screen where ncurses can't.
    package let farewell: String
    /// The sequence that clears the drawing where there is no alternate screen, so that the shell does not write into
    /// it.
    package let clearing: String
    private let wanted: ColorLevel
    /// Number of colours in its own entry.
    private let colors: Int
    /// Its entry with the wanted colours; nil where its own has them.
    private let derived: TerminfoEntry?

    /// Finds the type without writing to the terminal; an unknown one is treated as xterm.
    package init(environment: [String: String], wanted: ColorLevel?) throws(CursesTerminal.Failure) {
        let requested = environment["TERM"] ?? ""
        let candidates = requested.isEmpty ? ["xterm-256color"] : [requested, "xterm-256color"]
        guard let name = candidates.first(where: { terminfo_load($0) }) else { throw .unknownTerminal(requested) }
        defer { terminfo_unload() }
        guard terminfo_text("cup") != nil else { throw .tooDumb(name) }
        self.name = name
        hasMouse = terminfo_text("kmous") != nil
        marksPastes = Self.text("cup")?.hasPrefix("\u{1B}[") == true
        colors = Int(terminfo_number_named("colors"))
        let level = wanted ?? ColorLevel.detect(environment: Self.trusted(environment), colors: colors)
        self.wanted = level
        clearing = terminfo_text("rmcup") != nil ? "" : Self.text("clear") ?? "\r\n"
        farewell = Self.farewell(hasMouse: hasMouse, marksPastes: marksPastes) + clearing
        derived = Self.derive(level, colors: colors, name: name)
    }

    /// GNU screen passes on COLORTERM of the terminal around it, but not its colours.
    package static func trusted(_ environment: [String: String]) -> [String: String] {
        guard environment["TERM"]?.hasPrefix("screen") == true, environment["TMUX"] == nil else { return environment }
        return environment.filter { $0.key != "COLORTERM" }
    }

    /// Nil where the type's own entry has all that is wanted.
    private static func derive(_ level: ColorLevel, colors: Int, name: String) -> TerminfoEntry? {
        let own = TerminfoEntry.loaded(name: name)
        var entry = own
        if level == .truecolor || level == .palette256 && colors != 256 { entry = entry.with(colors: level) }
        // With direct colours the sixteen have no numbers.
        if level == .palette16, colors > 256 { entry = entry.with(colors: .palette256) }
        return entry == own ? nil : entry
    }

    /// Starts ncurses with it, and returns the colours that it really gets; nil where it can't be opened.
    func open() -> ColorLevel? {
        if let derived, Self.open(name, entry: derived) {
            return wanted == .palette16 && colors < 8 ? .mono : wanted
        }
        return curses_open(name, terminal_output()) == nil ? nil : own
    }

    /// The wanted colours that the type's own entry has.
    private var own: ColorLevel {
        switch wanted {
        case .truecolor: return colors > 256 ? .truecolor : Self.best(colors)
        case .palette256: return Self.best(colors)
        case .palette16: return colors >= 8 && colors <= 256 ? .palette16 : Self.best(colors)
        case .mono: return .mono
        }
    }

    private static func best(_ colors: Int) -> ColorLevel {
        colors >= 256 ? .palette256 : colors >= 8 ? .palette16 : .mono
    }

    /// ncurses reads a whole entry from TERMINFO, where that starts with `hex:`.
    private static func open(_ name: String, entry: TerminfoEntry) -> Bool {
        let before = ProcessInfo.processInfo.environment["TERMINFO"]
        setenv("TERMINFO", "hex:" + entry.hexadecimal, 1)
        let opened = curses_open(name, terminal_output()) != nil
        if let before { setenv("TERMINFO", before, 1) } else { unsetenv("TERMINFO") }
        return opened
    }

    private static func farewell(hasMouse: Bool, marksPastes: Bool) -> String {
        // Pastes in brackets first; the rest is the mouse.
        var text = marksPastes ? PasteReader.disabling : ""
        text += hasMouse ? "\u{1B}[?1006l\u{1B}[?1003l\u{1B}[?1002l\u{1B}[?1000l" : ""
        for name in ["rmkx", "sgr0", "op", "cnorm", "rmcup"] { text += Self.text(name) ?? "" }
        return text
    }

    private static func text(_ name: String) -> String? {
        terminfo_text(name).map { withoutPadding(String(cString: $0)) }
    }

    /// Delays such as `$<5/>` are for `tputs`, not for the terminal.
    package static func withoutPadding(_ text: String) -> String {
        var result = ""
        var rest = Substring(text)
        while let start = rest.range(of: "$<"), let end = rest[start.upperBound...].firstIndex(of: ">") {
            result += rest[..<start.lowerBound]
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }
}
