import CursesTerminal
import Foundation
import TerminalUI
import TestSupport

/// A compiled terminfo entry, which is changed and compiled again.
///
/// The process's one loaded entry belongs to ncurses. So ncurses reads what was made of the input only where nothing
/// else is in the process: in the fuzzer, which says so by a variable. It is not given the input itself, as it does not
/// stand every damaged entry; those of a machine are its administrator's.
struct TerminfoTarget: FuzzTarget {
    static let name = "terminfo"
    static let parsers = ["TerminfoEntry.loaded", "TerminalType.withoutPadding"]
    static let aloneVariable = "TRAINSPOTTER_FUZZER_ALONE"

    /// The folder that ncurses looks in; nil where ncurses is left alone.
    private let folder: TemporaryFolder?

    init() throws {
        guard ProcessInfo.processInfo.environment[Self.aloneVariable] != nil else {
            folder = nil
            return
        }
        let folder = try TemporaryFolder()
        try folder.write([], as: "f/fuzz")
        setenv("TERMINFO", folder.path, 1)
        self.folder = folder
    }

    static func samples() throws -> [String: [UInt8]] {
        var small = CompiledTerminfo.empty(named: "small")
        small.booleans[1] = true
        small.numbers[0] = 80
        small.strings[10] = Array("\u{1B}[%i%p1%d;%p2%dH$<5/>".utf8)
        small.extended.strings["kUP5"] = Array("\u{1B}[1;5A".utf8)
        small.extended.booleans = ["AX"]
        small.extended.numbers = ["U8": 1]
        return ["small": small.compiled]
    }

    func run(_ input: [UInt8]) throws {
        guard let entry = CompiledTerminfo.read(input) else { return }
        try Self.check(entry)
        guard let folder else { return }
        for meant in [entry, entry.with(colors: .truecolor)] {
            try ScratchFile.write(meant.compiled, to: folder.path("f/fuzz"))
            guard let read = TerminfoEntry.installed(name: "fuzz") else { continue }
            let differing = zip(read.strings, meant.strings).enumerated().filter { $0.element.0 != $0.element.1 }
            try require(
                differing.isEmpty,
                "ncurses reads \(differing.map { "\($0.offset): \($0.element)" }.joined(separator: ", "))")
            try require(read.booleans == meant.booleans, "ncurses reads other flags than were meant")
        }
    }

    private static func check(_ entry: TerminfoEntry) throws {
        for level in ColorLevel.allCases {
            let derived = entry.with(colors: level)
            let again = try unwrap(CompiledTerminfo.read(derived.compiled), "what was compiled can't be read")
            try require(again.booleans == derived.booleans, "other flags come back")
            try require(again.numbers == derived.numbers, "other numbers come back")
            try require(again.strings == derived.strings, "other strings come back")
            try require(again.extended == derived.extended, "other extended capabilities come back")
        }
        for string in entry.strings.compactMap(\.self) {
            let text = String(decoding: string, as: UTF8.self)
            let bare = TerminalType.withoutPadding(text)
            try require(bare.utf8.count <= text.utf8.count, "a longer text without its delays")
        }
    }

    private static func unwrap<Value>(_ value: Value?, _ what: String) throws -> Value {
        guard let value else { throw Finding(what) }
        return value
    }
}
