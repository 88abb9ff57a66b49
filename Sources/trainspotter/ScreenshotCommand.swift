import ArgumentParser
import Dashboard
import Dispatch
import Foundation
import Neural
import TerminalUI

/// `trainspotter screenshot`: trains, then draws a screen without a terminal.
struct ScreenshotCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "screenshot", abstract: "Train a network and draw a screen of the dashboard into a file.",
        discussion: """
            EXAMPLES
              trainspotter screenshot lab --size 160x48 --out lab.svg
              trainspotter screenshot confusion exercise-2 --epochs 5 --theme light
            """)

    @Argument(help: ArgumentHelp(stringLiteral: names + "."))
    var view: String

    private static let names = Screen.allCases.map { $0.title.lowercased() }.joined(separator: ", ")

    @Argument(help: "Layers or a preset's name, then settings.")
    var spec: [String] = []

    @Option(help: ArgumentHelp("Columns and rows.", valueName: "columnsxrows"))
    var size = "120x40"

    @Option(
        help: ArgumentHelp(
            "Epochs to train before the picture, at most the spec's. (default: 3 of them)", valueName: "n"))
    var epochs: Int?

    @Option(
        help: ArgumentHelp(
            "Keys to press before the picture, one character each; a line break is Enter.", valueName: "keys"))
    var keys = ""

    @Option(help: ArgumentHelp("An .svg or a .txt file; - or nothing prints text.", valueName: "file"))
    var out = "-"

    @OptionGroup var data: DataOptions
    @OptionGroup var threads: ThreadOptions
    @OptionGroup var display: DisplayOptions

    func run() throws {
        guard let screen = Screen.allCases.first(where: { $0.title.lowercased() == view.lowercased() }) else {
            throw CommandFailure.usage("\(view): no such view; expected \(Self.names)")
        }
        let parts = size.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        guard parts.count == 2, parts.allSatisfy((1...1000).contains) else {
            throw CommandFailure.usage("--size \(size): expected columns and rows, 1 to 1000, such as 120x40")
        }
        try file?.check()
        let spec = try ExperimentSpec(words: spec, shape: try data.shape())
        let most = spec.training.epochs
        let epochs = epochs ?? min(3, most)
        guard (0...most).contains(epochs) else {
            throw CommandFailure.usage("--epochs \(epochs): expected 0 to \(most), the epochs of the spec")
        }
        let options = display.over(DisplayState())
        let look = Look(
            theme: try ThemeCatalog.load(chosen: display.theme).current, glyphs: options.glyphs ?? .braille,
            colors: options.colors ?? .truecolor)
        var state = DashboardState(spec: spec, width: parts[0], height: parts[1], look: look)
        let news = DispatchSemaphore(value: 0)
        let runner = EffectRunner(source: try data.source(), threads: threads.threads) { news.signal() }
        defer { runner.shutDown() }
        let failure = try train(&state, epochs: epochs, showing: screen, runner, news)
        for scalar in keys.unicodeScalars {
            let key: Key = scalar == "\n" ? .enter : .character(scalar)
            for effect in update(&state, .input(.key(key))) { perform(effect, runner) }
        }
        while state.awaitsInspection {
            news.wait()
            for action in runner.takeActions() {
                for effect in update(&state, action) { runner.run(effect) }
            }
        }
        try write(render(state), look)
        if let failure { throw failure }
    }

    /// A picture changes nothing that is kept.
    private func perform(_ effect: Effect, _ runner: EffectRunner) {
        if case .remember = effect { return }
        runner.run(effect)
    }

    /// Runs the dashboard's own machinery until the epochs are done.
    ///
    /// - Returns: why the run ended before that; its picture can still be drawn.
    /// - Throws: `CommandFailure` if the run can't start.
    private func train(
        _ state: inout DashboardState, epochs: Int, showing screen: Screen, _ runner: EffectRunner,
        _ news: DispatchSemaphore
    ) throws(CommandFailure) -> CommandFailure? {
        runner.loadData()
        var failure: CommandFailure?
        while true {
            news.wait()
            for action in runner.takeActions() {
                for effect in update(&state, action) { runner.run(effect) }
                guard case .event(.failed(let error), _) = action else { continue }
                // What can't start has no picture.
                guard case .diverged = error else { throw CommandFailure(error) }
                failure = CommandFailure(error)
            }
            if case .failed(let error) = state.data { throw CommandFailure(error) }
            guard state.data.loaded != nil else { continue }
            if state.run == nil {
                for effect in update(&state, .input(.key(epochs == 0 ? "." : " "))) { runner.run(effect) }
                guard state.run != nil else { throw .usage(state.message?.text ?? "the network can't be trained") }
                // The view is open while the run learns, as a person's would be.
                let opening = Key.character(Unicode.Scalar(UInt8(48 + screen.rawValue)))
                for effect in update(&state, .input(.key(opening))) { runner.run(effect) }
            }
            guard let run = state.run else { continue }
            if let failure {
                if run.snapshot?.state == .failed { return failure }
                continue
            }
            // After the spec's last epoch comes the test set.
            let isOver = epochs < run.spec.training.epochs || run.state == .finished
            if run.history.count >= epochs, run.snapshot != nil, isOver { return nil }
        }
    }

    private var file: OutputFile? { out == "-" ? nil : OutputFile(option: "--out", path: out) }

    private func write(_ buffer: Buffer, _ look: Look) throws(CommandFailure) {
        guard let file else { return try printResult(buffer.text) }
        let text = out.hasSuffix(".svg") ? buffer.svg(look: look, title: "trainspotter") : buffer.text + "\n"
        try file.write(text)
    }
}
