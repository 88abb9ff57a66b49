import Foundation
import TestSupport
import Testing

/// Pastes and bursts of keys into the real program in a real terminal.
@Suite(
    .serialized, .timeLimit(.minutes(40)),
    .enabled(if: TmuxTerminal.path != nil, "tmux is not installed; `make test` installs it"))
struct PasteTerminalTests {
    @Test("A paste onto Lab becomes the spec line; nothing of it is a command, and Enter applies it")
    func ontoLab() throws {
        let terminal = try TmuxTerminal()
        defer { terminal.close() }
        try terminal.wait(for: "60,000 images of mnist")
        try terminal.paste("784-30tanh-10 sgd lr=0.1\nq r\tx")
        let pasted = try terminal.wait(for: "spec 784-30tanh-10 sgd lr=0.1 q r x")
        #expect(pasted.contains("network") && !pasted.contains("training ●"))
        try terminal.press("C-w", "C-w", "C-w", "Enter")
        try terminal.wait(for: " 784-30tanh-10 sgd lr=0.1 batch=32 epochs=10 seed=1")
        // A question is answered by keys alone.
        try terminal.press("Space")
        try terminal.wait(for: "● training")
        try terminal.press("q")
        try terminal.wait(for: "quit while run")
        try terminal.paste("q\ny")
        try terminal.wait(for: "a paste is text")
        try terminal.press("q")
        #expect(try terminal.waitForExit() == 0)
    }

    @Test("Pastes are marked again when the terminal is taken anew, and no more once the program has ended")
    func takenAnew() throws {
        let terminal = try TmuxTerminal()
        defer { terminal.close() }
        try terminal.wait(for: "60,000 images of mnist")
        try terminal.press("C-l")
        try terminal.settled()
        try terminal.paste("4tanh q")
        try terminal.wait(for: "spec 4tanh q")
        try terminal.press("Escape", "q")
        #expect(try terminal.waitForExit() == 0)
        try terminal.paste("as it is")
        let echoed = try terminal.wait(for: "as it is")
        #expect(!echoed.contains("200~") && !echoed.contains("201~"))
    }

    @Test("A paste that is far too long is refused with the limit, onto Lab and into a line, and keys go on")
    func tooLong() throws {
        let terminal = try TmuxTerminal()
        defer { terminal.close() }
        try terminal.wait(for: "60,000 images of mnist")
        let long = String(repeating: "r", count: 2_000_000)
        try terminal.paste(long)
        try terminal.wait(for: "not pasted: a spec line takes 10,000 characters at most")
        try terminal.press("e")
        try terminal.wait(for: "enter apply   esc cancel")
        try terminal.paste(long)
        try terminal.wait(for: "this line takes 10,000 characters at most")
        try terminal.press("Escape", "q")
        #expect(try terminal.waitForExit() == 0)
    }

    @Test("Keys that come faster than they can be answered are all answered, in order")
    func burst() throws {
        let terminal = try TmuxTerminal()
        defer { terminal.close() }
        try terminal.wait(for: "60,000 images of mnist")
        try terminal.press("e", "C-u")
        try terminal.wait(for: "enter apply   esc cancel")
        let keys = (0..<3_000).map { "\($0 % 10)" }.joined() + "end"
        try terminal.type(keys)
        try terminal.wait(for: "789end")
        try terminal.type(String(repeating: "x", count: 8_000))
        try terminal.wait(for: "this line takes 10,000 characters at most")
        try terminal.press("C-u", "a")
        try terminal.wait(for: "spec a")
        try terminal.press("Escape", "q")
        #expect(try terminal.waitForExit() == 0)
    }
}
