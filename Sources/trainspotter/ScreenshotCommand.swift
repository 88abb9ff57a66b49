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

    @Argument(help: "lab, curves, confusion or digits.")
    var view: String

    @Argument(help: "Layers or a preset's name, then settings.")
    var spec: [String] = []

    @Option(help: ArgumentHelp("Columns and rows.", valueName: "columnsxrows"))
    var size = "120x40"

    @Option(help: ArgumentHelp("Epochs to train before the picture.", valueName: "n"))
    var epochs = 3

    @Option(help: ArgumentHelp("Keys to press before the picture, one character each.", valueName: "keys"))
    var keys = ""

    @Option(help: ArgumentHelp("An .svg or a .txt file; - or nothing prints text.", valueName: "file"))
    var out = "-"

    @OptionGroup var data: DataOptions
    @OptionGroup var threads: ThreadOptions
    @OptionGroup var display: DisplayOptions

    func run() throws {
        guard let screen = Screen.allCases.first(where: { $0.title.lowercased() == view.lowercased() }) else {
            let names = Screen.allCases.map { $0.title.lowercased() }.joined(separator: ", ")
            throw CommandFailure.usage("\(view): no such view; expected \(names)")
        }
        let parts = size.split(separator: "x").compactMap { Int($0) }
        guard parts.count == 2, parts.allSatisfy((1...1000).contains), epochs >= 0 else {
            throw CommandFailure.usage("--size \(size): expected columns and rows such as 120x40")
        }
        let spec = try ExperimentSpec(words: spec, shape: try data.shape())
        let options = display.terminalOptions
        let look = Look(
            theme: try ThemeCatalog.load(chosen: display.theme).current, glyphs: options.glyphs ?? .braille,
            colors: options.colors ?? .truecolor)
        var state = DashboardState(spec: spec, width: parts[0], height: parts[1], look: look)
        try train(&state)
        _ = update(&state, .input(.key(.character(Unicode.Scalar(UInt8(48 + screen.rawValue))))))
        for scalar in keys.unicodeScalars { _ = update(&state, .input(.key(.character(scalar)))) }
        try write(render(state), look)
    }

    /// Runs the dashboard's own machinery until the epochs are done.
    private func train(_ state: inout DashboardState) throws {
        let news = DispatchSemaphore(value: 0)
        let runner = EffectRunner(source: try data.source(), threads: threads.threads) { news.signal() }
        runner.loadData()
        while true {
            news.wait()
            for action in runner.takeActions() {
                for effect in update(&state, action) { runner.run(effect) }
            }
            if case .failed(let error) = state.data { throw CommandFailure(error) }
            guard state.data.loaded != nil else { continue }
            if state.run == nil {
                for effect in update(&state, .input(.key(.character(epochs == 0 ? "." : " ")))) { runner.run(effect) }
            }
            guard let run = state.run else { continue }
            if run.state == .failed { break }
            if run.history.count >= epochs, run.snapshot != nil { break }
        }
        runner.shutDown()
    }

    private func write(_ buffer: Buffer, _ look: Look) throws {
        if out == "-" {
            print(buffer.text)
            return
        }
        let text = out.hasSuffix(".svg") ? buffer.svg(look: look, title: "trainspotter") : buffer.text + "\n"
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: out), options: .atomic)
        } catch {
            throw CommandFailure.running("--out \(out): can't be written: \(error.localizedDescription)")
        }
    }
}
