import SoakParts
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(40)), .disabled(if: Sanitizer.isOn, Comment(rawValue: Sanitizer.keepsMemory)))
struct ReopenedTerminalTests {
    @Test("Choosing other colours opens the terminal anew, and frees what was open before")
    func colours() throws {
        let folder = try TemporaryFolder()
        try folder.writeDataset(trainLabels: (0..<30).map { UInt8($0 % 3) }, testLabels: [1, 2])
        let terminal = try WatchedTerminal(["8relu", "--data", folder.path], folder: folder)
        terminal.look(for: .milliseconds(500))
        // The second row of the options.
        for key in ["o", "j"] { _ = terminal.answer(to: key) }
        func step(_ times: Int) throws -> Int {
            for number in 0..<times { _ = terminal.answer(to: number % 2 == 0 ? "\u{1B}OC" : "\u{1B}OD") }
            return try #require(ProcessFigures(of: terminal.program)).anonymous
        }
        let before = try step(10)
        terminal.forget()
        let after = try step(40)
        // Each time mode 1049 is left and entered again; two keys can be answered by one frame.
        #expect(terminal.opened >= 10, "the terminal was not opened anew")
        #expect(after - before < 400 * terminal.opened, "\(terminal.opened) times take \(after - before) KiB")
        try terminal.quit()
    }
}
