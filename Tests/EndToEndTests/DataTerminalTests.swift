import TestSupport
import Testing

/// The data set is looked at in a real terminal, before any training.
@Suite(
    .serialized, .timeLimit(.minutes(40)),
    .enabled(if: TmuxTerminal.path != nil, "tmux is not installed; `make test` installs it"))
struct DataTerminalTests {
    @Test(
        "Images, counts and values are there before training; initial weights are looked at, and training starts from here"
    )
    func beforeTraining() throws {
        let terminal = try TmuxTerminal(["32relu", "epochs=2"])
        defer { terminal.close() }
        try terminal.wait(for: "60,000 images of mnist ready")
        try terminal.press("8")
        // NumPy's RandomState(1).permutation(54000)[0], and its distance from the mean of the sixes.
        let start = try terminal.wait(for: "distance 6.27, usual 6.5")
        #expect(ScreenPanel("train 17,556", in: start) != nil)
        let classes = try #require(ScreenPanel("classes", in: start))
        #expect(classes.text.contains(/all +54,000 +6,000 +10,000/), "\(classes.text)")
        #expect(ScreenPanel("training rows", in: start)?.text.hasBraille == true)

        try terminal.press("d", "d")
        try terminal.wait(for: "33.3 ± 78.6")
        try terminal.press("n")
        try terminal.wait(for: "draw 2")
        try terminal.press("(")
        try terminal.wait(for: "training rows, class 0")
        try terminal.press("s", "s")
        try terminal.wait(for: "most unlike its class")
        try terminal.press("Enter")
        try terminal.wait(for: "[1 0 0 0 0 0 0 0 0 0]")

        try terminal.press("5")
        try terminal.wait(for: "initial weights")
        try terminal.press("4")
        try terminal.wait(for: "rows held out")
        try terminal.press("8", "Space")
        let trained = try terminal.wait(for: "test accuracy")
        #expect(trained.contains("[1 0 0 0 0 0 0 0 0 0]"), "training leaves the view as it was")
        try terminal.press("4")
        try terminal.wait(for: "predictions") { !$0.captions.isEmpty }
        try terminal.press("q")
        #expect(try terminal.waitForExit() == 0)
    }
}
