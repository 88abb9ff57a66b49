import Foundation
import TestSupport
import Testing

/// The real program in a real terminal.
@Suite(
    .serialized, .timeLimit(.minutes(40)),
    .enabled(if: TmuxTerminal.path != nil, "tmux is not installed; `make test` installs it"))
struct DashboardTerminalTests {
    /// Opens the dashboard and waits for its data.
    private func open(
        _ arguments: [String] = [], type: String = "tmux-256color", environment: [String: String] = [:]
    ) throws -> TmuxTerminal {
        let terminal = try TmuxTerminal(arguments, type: type, environment: environment)
        try terminal.wait(for: "60,000 images of mnist")
        return terminal
    }

    /// Holds the terminal against what it was before the program.
    private func expectRestored(_ terminal: TmuxTerminal, status: Int) throws {
        #expect(try terminal.waitForExit() == status)
        #expect(try terminal.modes() == .plain)
        let settings = try terminal.settings()
        #expect(settings.before == settings.after)
        #expect(!settings.before.isEmpty)
    }

    @Test("Composing, training, looking at wrong digits, resizing and leaving, all in one go")
    func wholeTour() throws {
        let terminal = try open()
        defer { terminal.close() }
        let start = try terminal.screen()
        #expect(start.hasPrefix(" 1 Lab 2 Curves 3 Conf 4 Digits 5 Net 6 Runs 7 Draw 8 Data 9 Search"))
        #expect(start.contains(" 784-128relu-10 adam lr=1e-3 batch=32 epochs=10 seed=1\n"))
        #expect(ScreenPanel("network", in: start)?.text.contains("101,770 weights") == true)
        #expect(try terminal.modes() == .dashboard)

        try terminal.press("+")
        let deeper = try terminal.wait(for: " 784-128relu-128relu-10 adam")
        #expect(ScreenPanel("network", in: deeper)?.text.contains("118,282 weights") == true)

        try terminal.press("Space")
        try terminal.wait(for: "● training")
        try terminal.wait(for: "a loss curve") { ScreenPanel("loss", in: $0)?.text.hasBraille == true }
        try terminal.wait(for: "the second epoch") { ($0.epoch ?? 0) >= 2 }
        try terminal.wait(for: "the confusion after an epoch") { $0.worstPair != nil }

        try terminal.press("Space")
        try terminal.wait(for: "● paused")
        try terminal.press("Tab", "Tab", "Tab")
        let paused = try terminal.wait(for: "enter digits")
        try expectDrillDown(terminal, from: paused)
        try expectSizes(terminal)

        try terminal.press("q")
        try expectRestored(terminal, status: 0)
    }

    @Test("--plain has words alone, with the terminal's cursor on what is at hand, and gives the terminal back")
    func plain() throws {
        let terminal = try open(["--plain", "8tanh", "epochs=1"])
        defer { terminal.close() }
        let start = try terminal.screen()
        #expect(start.hasPrefix("view: Lab, 1 of 9\nmessage: none\npanel: network, 1 of 5\nrun: none yet"))
        let modes = try terminal.modes()
        #expect(modes.alternateScreen && modes.cursor)
        #expect(try terminal.lineOfCursor() == "layer 1: 8 units, tanh")
        try terminal.press("Down", "Down", "Down")
        try terminal.wait(for: "the optimizer's line") { _ in
            try terminal.lineOfCursor() == "optimizer: adam"
        }
        try terminal.press("Space")
        let finished = try terminal.wait(for: "test accuracy: ")
        #expect(finished.contains("epochs done: 1 of 1"))
        #expect(finished.unicodeScalars.allSatisfy { $0.isASCII })
        try terminal.press("q")
        try expectRestored(terminal, status: 0)
    }

    /// Leaves the worst cell of the heatmap, where the cursor starts, and comes back to it; opens it, sees its digits
    /// alone, and comes back to Lab.
    private func expectDrillDown(_ terminal: TmuxTerminal, from lab: String) throws {
        let worst = try #require(lab.worstPair)
        let (away, back) = worst.pair.truth > 0 ? ("Up", "Down") : ("Down", "Up")
        try terminal.press(away, back, "Enter")
        let title = "digits \(worst.pair.truth) → \(worst.pair.predicted)"
        try terminal.wait(for: title)
        let digits = try terminal.settled()
        let gallery = try #require(ScreenPanel(title, in: digits))
        #expect(gallery.border.contains(" \(worst.count) of 6,000 "))
        #expect(!gallery.text.captions.isEmpty && gallery.text.captions.count <= worst.count)
        #expect(Set(gallery.text.captions) == [worst.pair])
        #expect(gallery.text.hasBraille)
        let detail = try #require(ScreenPanel("digit ", in: digits))
        #expect(detail.border.captions == [worst.pair])
        try terminal.press("Escape")
        try terminal.wait(for: "Lab again") { ScreenPanel("network", in: $0) != nil && !$0.contains(title) }
    }

    /// Shrinks the terminal until nothing fits, and back again.
    private func expectSizes(_ terminal: TmuxTerminal) throws {
        let before = try terminal.settled()
        try terminal.resize(width: 60, height: 20)
        let small = try terminal.wait(for: "the layout of 60 × 20") {
            $0.contains("1 Lab 2 Cu 3 Co 4 Di") && ScreenPanel("network", in: $0) != nil
        }
        #expect(small.components(separatedBy: "\n").allSatisfy { $0.count <= 60 })
        try terminal.resize(width: 10, height: 5)
        let tiny = try terminal.wait(for: "10 × 5")
        #expect(tiny.contains("40 × 12") && !tiny.contains("Lab"))
        try terminal.resize(width: 80, height: 24)
        try terminal.wait(for: "everything as it was") { $0 == before }
    }

    @Test("While training runs q asks; Esc goes on, and q again ends it with the terminal restored")
    func quitAsks() throws {
        let terminal = try open(["64relu", "epochs=1000"])
        defer { terminal.close() }
        try terminal.press("Space")
        try terminal.wait(for: "● training")
        try terminal.press("q")
        try terminal.wait(for: "quit while run")
        try terminal.press("Escape")
        let going = try terminal.wait(for: "the run going on") { !$0.contains("quit while run") }
        #expect(going.contains("● training"))
        try terminal.press("q")
        try terminal.wait(for: "quit while run")
        try terminal.press("q")
        try expectRestored(terminal, status: 0)
    }

    @Test("Ctrl-C twice leaves at once while training runs, with status 130")
    func twoInterrupts() throws {
        let terminal = try open(["64relu", "epochs=1000"])
        defer { terminal.close() }
        try terminal.press("Space")
        try terminal.wait(for: "● training")
        try terminal.press("C-c", "C-c")
        try expectRestored(terminal, status: 130)
    }

    @Test("A single batch and a single epoch are trained on request")
    func steps() throws {
        let terminal = try open(["8relu"])
        defer { terminal.close() }
        try terminal.press(".")
        try terminal.wait(for: "one batch") { $0.contains("● paused") && $0.epoch == 1 && $0.contains("img/s") }
        try terminal.press(">")
        try terminal.wait(for: "one epoch") {
            $0.contains("● paused") && ScreenPanel("confusion", in: $0)?.border.contains("epoch 1 ") == true
        }
        try terminal.press("q")
        try expectRestored(terminal, status: 0)
    }

    @Test("A bad value is refused in place, with the reason, and what was there stays")
    func refusedValue() throws {
        let terminal = try open()
        defer { terminal.close() }
        try terminal.press("Enter")
        try terminal.wait(for: "the value being typed") { $0.contains("enter apply") }
        try terminal.press("C-u")
        try terminal.type("0relu")
        try terminal.wait(for: "0relu")
        try terminal.press("Enter")
        let refused = try terminal.wait(for: "out of range; expected 1 to 100000 units")
        #expect(refused.contains("0relu") && refused.contains(" 784-128relu-10 adam"))
        try terminal.press("Escape")
        let left = try terminal.wait(for: "the value of before") { !$0.contains("0relu") }
        #expect(left.contains(" 784-128relu-10 adam") && !left.contains("out of range"))
        try terminal.press("q")
        try expectRestored(terminal, status: 0)
    }

    @Test("Without UTF-8 nothing but ASCII is drawn")
    func plainASCII() throws {
        let terminal = try open(environment: ["LC_ALL": "C"])
        defer { terminal.close() }
        try terminal.press("Space")
        let curve = try terminal.wait(for: "a finished epoch") { $0.contains("val . epoch 1") }
        #expect(curve.unicodeScalars.allSatisfy { $0.isASCII })
        #expect(curve.contains("+- loss ") && curve.contains("+- network "))
        try terminal.press("q", "q")
        try expectRestored(terminal, status: 0)
    }

    @Test("A terminal that can't place its cursor is refused in one line with status 2")
    func dumbTerminal() throws {
        let terminal = try TmuxTerminal(width: 120, type: "dumb")
        defer { terminal.close() }
        try expectRestored(terminal, status: 2)
        let said = try terminal.screen().split(separator: "\n")
        #expect(
            said == [
                "trainspotter: a terminal of type “dumb” can't place its cursor; set TERM to what it is, such as "
                    + "xterm-256color"
            ])
    }

    @Test("An unknown or missing terminal type is taken for an xterm", arguments: ["nonsense", ""])
    func unknownTerminal(type: String) throws {
        let terminal = try open(type: type)
        defer { terminal.close() }
        #expect(try terminal.screen().hasPrefix(" 1 Lab 2 Curves 3 Conf 4 Digits"))
        try terminal.press("q")
        try expectRestored(terminal, status: 0)
    }

    @Test("A bad spec is refused before anything is drawn")
    func badSpec() throws {
        let terminal = try TmuxTerminal(["200tanhh"], width: 160)
        defer { terminal.close() }
        try expectRestored(terminal, status: 2)
        let said = try terminal.screen().split(separator: "\n")
        // The terminal breaks the one line.
        #expect(said.count <= 3 && said.joined().contains("did you mean 200tanh? expected one of linear"))
    }

    @Test("A data folder that can't be read is refused in one line with status 2")
    func badData() throws {
        let terminal = try TmuxTerminal(["--data", "/no/such/folder"], width: 120)
        defer { terminal.close() }
        try expectRestored(terminal, status: 2)
        let said = try terminal.screen().split(separator: "\n")
        #expect(said.count == 1)
        #expect(
            said.first == "trainspotter: /no/such/folder: no such file or folder")
    }
}
