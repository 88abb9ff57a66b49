import DataFormats
import Datasets
import TestSupport
import Testing

/// Draw with a real mouse in a real terminal.
@Suite(
    .serialized, .timeLimit(.minutes(40)),
    .enabled(if: TmuxTerminal.path != nil, "tmux is not installed; `make test` installs it"))
struct DrawTerminalTests {
    /// A report of the mouse in SGR form (xterm's control sequences, mode 1006), columns and rows from 1.
    private static func report(_ button: Int, _ x: Int, _ y: Int, released: Bool = false) -> String {
        "\u{1B}[<\(button);\(x);\(y)\(released ? "m" : "M")"
    }

    /// A seven on the canvas at the left of a window of 80 × 24: along the top, then down to the left.
    private static let seven: [String] = {
        let down = (0...4).map { (x: 21 - 2 * $0, y: 7 + 2 * $0) }
        let moves = [12, 16].map { report(32, $0, 7) } + down.map { report(32, $0.x, $0.y) }
        return [report(0, 9, 7)] + moves + [report(0, down[4].x, down[4].y, released: true)]
    }()

    @Test("A seven drawn with the mouse is seen as one, and saved where the status line says")
    func seven() throws {
        let terminal = try TmuxTerminal(["32relu", "epochs=2"])
        defer { terminal.close() }
        try terminal.wait(for: "60,000 images of mnist ready")
        try terminal.press("Space")
        try terminal.wait(for: "test accuracy")
        try terminal.press("7")
        try terminal.wait(for: "nothing drawn yet")
        try terminal.send(Self.seven.joined())
        // A long bar: the network is sure.
        try terminal.wait(for: "a seven") { $0.contains(/7 ━{12,}/) }
        try terminal.press("X")
        let screen = try terminal.wait(for: "drawing-1.pgm")
        let path = try #require(screen.firstMatch(of: /sees it: (\S+drawing-1\.pgm)/)?.1)
        let image = try PGMFile.read(path: String(path))
        #expect(image.rows == 28 && image.columns == 28 && image.pixels.contains(255))
        try terminal.press("x")
        try terminal.wait(for: "nothing drawn yet")
        try terminal.press("q")
        #expect(try terminal.waitForExit() == 0)
    }
}
