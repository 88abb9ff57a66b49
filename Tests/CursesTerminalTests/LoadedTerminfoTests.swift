import CursesTerminal
import Foundation
import Testing

/// ncurses has one loaded entry, so these follow one another.
@Suite(.serialized)
struct LoadedTerminfoTests {
    @Test
    func `Direct colours replace the palette and leave the rest of an entry`() throws {
        let own = try #require(TerminfoEntry.installed(name: "xterm-256color"))
        let direct = own.with(colors: .truecolor)
        #expect(direct.string(named: "cup") == own.string(named: "cup"))
        #expect(direct.string(named: "setaf")?.hasPrefix("\u{1B}[38;2;") == true)
        #expect(direct.string(named: "setab")?.hasPrefix("\u{1B}[48;2;") == true)
        #expect(direct.string(named: "initc") == nil)
        #expect(direct.extended.booleans.contains("RGB"))
        #expect(direct.numbers.contains(1 << 24))
        #expect(own.with(colors: .mono) == own)
    }

    /// By infocmp, in a process of its own: the variable is not to change under other tests.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/infocmp"), "infocmp is not installed"))
    func `ncurses reads the derived entry as it was meant`() throws {
        let own = try #require(TerminfoEntry.installed(name: "xterm-256color"))
        let infocmp = Process()
        infocmp.executableURL = URL(fileURLWithPath: "/usr/bin/infocmp")
        infocmp.arguments = ["-x", "-1", "xterm-256color"]
        infocmp.environment = ["TERMINFO": "hex:" + own.with(colors: .truecolor).hexadecimal]
        let output = Pipe()
        infocmp.standardOutput = output
        try infocmp.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        infocmp.waitUntilExit()
        let lines = Set(text.split(separator: "\n").map { $0.drop { $0 == "\t" } })
        let expected: [Substring] = [
            "RGB,", "am,", "bce,", "colors#0x1000000,", "pairs#0x10000,", "cup=\\E[%i%p1%d;%p2%dH,", "kUP5=\\E[1;5A,",
            "setaf=\\E[38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%dm,",
        ]
        #expect(lines.isSuperset(of: expected), "missing: \(Set(expected).subtracting(lines))")
        #expect(!lines.contains("ccc,"))
    }

    @Test
    func `A type that is unknown is taken for an xterm, one that can't place its cursor is refused`() throws {
        #expect(try TerminalType(environment: ["TERM": "no-such-type"], wanted: nil).name == "xterm-256color")
        #expect(try TerminalType(environment: [:], wanted: nil).name == "xterm-256color")
        #expect(throws: CursesTerminal.Failure.tooDumb("dumb")) {
            try TerminalType(environment: ["TERM": "dumb"], wanted: nil)
        }
    }

    @Test
    func `Every failure is one line of its own`() {
        let all: [CursesTerminal.Failure] = [
            .noTerminal(.input), .noTerminal(.output), .unknownTerminal(""), .unknownTerminal("odd"), .tooDumb("dumb"),
            .noWakeDescriptor,
        ]
        for failure in all { #expect(!failure.description.isEmpty && !failure.description.contains("\n")) }
        #expect(Set(all.map(\.description)).count == all.count)
        #expect(CursesTerminal.Failure.unknownTerminal("odd").description.contains("odd"))
    }
}

struct ProcessPreparationTests {
    @Test
    func `What libraries read before main is set once`() {
        let first = CursesTerminal.environmentChanges(["TERM": "xterm"])
        #expect(first["SWIFT_BACKTRACE"]?.contains("interactive=no") == true)
        #expect(CursesTerminal.environmentChanges(first).isEmpty)
    }

    @Test
    func `A person's own settings are kept`() {
        let changes = CursesTerminal.environmentChanges(["SWIFT_BACKTRACE": "enable=no"])
        #expect(changes == ["SWIFT_BACKTRACE": "enable=no,interactive=no"])
        #expect(CursesTerminal.environmentChanges(["SWIFT_BACKTRACE": "interactive=yes"]).isEmpty)
    }
}
