import ArgumentParser
import Dashboard
import Datasets
import Foundation
import Runs
import Specs
import TerminalUI

/// `trainspotter screenshot`: trains, then draws a screen without a terminal.
struct ScreenshotCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "screenshot", abstract: "Draw a screen of the dashboard into a file.",
        discussion: """
            Shows a saved run with --run; else a network is trained for the picture, \
            from the saved weights that its spec names by from=, if it names some. The view \
            search shows the newest search of the store, or that of --search.

            EXAMPLES
              trainspotter screenshot lab --size 160x48 --out lab.svg
              trainspotter screenshot confusion exercise-2 --epochs 5 --theme light
              trainspotter screenshot curves --run 12 --out wide.svg
              trainspotter screenshot search --search 2 --size 160x48 --out search.svg
            """)

    @Argument(
        help: ArgumentHelp(stringLiteral: "What to draw: " + names + "."),
        completion: .list(Screen.allCases.map { $0.title.lowercased() }))
    var view: String

    private static let names = Screen.allCases.map { $0.title.lowercased() }.joined(separator: ", ")

    @Argument(help: "Layers or a preset's name, then settings; without layers 128relu.", completion: Completions.spec)
    var spec: [String] = []

    @Option(help: ArgumentHelp("Columns and rows.", valueName: "columnsxrows"))
    var size = "120x40"

    @Option(
        name: .customLong("run"),
        help: ArgumentHelp(
            "Draw a saved run, by its number or name, in place of training one; `last` is the newest.",
            valueName: "run"), completion: Completions.run)
    var chosenRun: String?

    @Option(help: ArgumentHelp("The search that the view search shows. (default: the newest)", valueName: "n"))
    var search: Int?

    @Option(
        help: ArgumentHelp(
            "Epochs to train before the picture, at most the spec's. (default: 3 of them)", valueName: "n"))
    var epochs: Int?

    @Flag(help: "Draw it before any training.")
    var untrained = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Keys to press before the picture, one character each; a line break is Enter. A run that they start is "
                + "trained as long as the first.", valueName: "keys"))
    var keys = ""

    @Option(
        help: ArgumentHelp("An .svg or a .txt file; - or nothing prints text.", valueName: "file"),
        completion: .file(extensions: ["svg", "txt"]))
    var out = "-"

    @OptionGroup var data: DataOptions
    @OptionGroup var threads: ThreadOptions
    @OptionGroup var display: DisplayOptions
    @OptionGroup var store: StoreOptions

    func run() throws {
        guard let screen = Screen.named(view) else {
            let names = Screen.allCases.map { $0.title.lowercased() }
            let hint = Spelling.nearest(to: view, among: names).map { "; did you mean \($0)?" } ?? ""
            throw CommandFailure.usage("\(view.shown): no such view; expected \(Self.names)\(hint)")
        }
        let parts = size.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        guard parts.count == 2, parts.allSatisfy((1...1000).contains) else {
            throw CommandFailure.usage("--size \(size): expected columns and rows, 1 to 1000, such as 120x40")
        }
        if display.plain, out.hasSuffix(".svg") {
            throw CommandFailure.usage("--plain has no picture: expected a .txt file for --out, or -")
        }
        guard out == "-" || !hasOtherEnding else {
            throw CommandFailure.usage("--out \(out): expected an .svg or a .txt file, or - for standard output")
        }
        try outputs(reading: nil).check()
        let size = (width: parts[0], height: parts[1])
        guard search == nil || screen == .search else {
            throw CommandFailure.usage("--search: the view search shows one")
        }
        if screen == .search, chosenRun == nil {
            try draw(try searches(size)) { dashboard in
                try dashboard.show(untrained: screen)
                try press(on: &dashboard, epochs: 1)
            }
        } else if let chosenRun {
            let run = try savedRun(chosenRun)
            let source = try data.source(of: run.saved.summary)
            try outputs(reading: source).check()
            try draw(try dashboard(of: run, source, size)) { dashboard in
                try dashboard.show(run, in: screen)
                try press(on: &dashboard, epochs: max(1, run.saved.summary.epochs))
            }
        } else {
            let (spec, epochs) = try trainedRun()
            try outputs(reading: try data.source()).check()
            let dashboard = HeadlessDashboard(
                try state(spec, size), source: try data.source(), threads: threads.threads,
                openRuns: try storeOfWeights(spec))
            try draw(dashboard) { dashboard in
                if untrained {
                    try dashboard.show(untrained: screen)
                } else {
                    try dashboard.train(epochs: epochs, showing: screen)
                }
                try press(on: &dashboard, epochs: epochs)
            }
        }
    }

    private func draw(_ shown: HeadlessDashboard, preparing prepare: (inout HeadlessDashboard) throws -> Void) throws {
        var dashboard = shown
        defer { dashboard.close() }
        try prepare(&dashboard)
        try dashboard.settle()
        try write(dashboard.state)
        if let failure = dashboard.failure { throw failure }
    }

    /// The spec that is trained for the picture, and its number of epochs.
    private func trainedRun() throws -> (ExperimentSpec, epochs: Int) {
        guard !untrained || epochs == nil else {
            throw CommandFailure.usage("--untrained: nothing is trained, so --epochs does not go with it")
        }
        let spec = try ExperimentSpec(words: spec, shape: try data.shape(), layersAreOptional: true)
        let most = spec.training.epochs
        let epochs = epochs ?? min(3, most)
        guard (0...most).contains(epochs) else {
            throw CommandFailure.usage("--epochs \(epochs): expected 0 to \(most), the epochs of the spec")
        }
        return (spec, epochs)
    }

    /// Opens the store with the weights that a spec names; nil where it names none.
    private func storeOfWeights(_ spec: ExperimentSpec) throws -> (@Sendable () throws(StoreError) -> RunStore)? {
        try store.refuseUnused(by: [spec], expected: "--run, which names what to draw of it, or a spec with from=")
        return try store.finder(for: spec) == nil ? nil : try openingStore()
    }

    private func savedRun(_ text: String) throws -> ShownRun {
        guard spec.isEmpty, epochs == nil, !untrained else {
            throw CommandFailure.usage(
                "--run: a saved run is drawn as it is, so no spec, --epochs or --untrained goes with it")
        }
        return try ShownRun(text, store: try store.openExisting())
    }

    private func dashboard(
        of run: ShownRun, _ source: DatasetSource, _ size: (width: Int, height: Int)
    ) throws -> HeadlessDashboard {
        var state = try state(run.spec, size)
        state.secondsFromGMT = TimeZone.current.secondsFromGMT()
        return HeadlessDashboard(state, source: source, threads: threads.threads, openRuns: try openingStore())
    }

    /// A dashboard whose store has the search to draw.
    private func searches(_ size: (width: Int, height: Int)) throws -> HeadlessDashboard {
        guard spec.isEmpty, epochs == nil else {
            throw CommandFailure.usage(
                "search: a saved search is drawn as it is, so no spec and no --epochs goes with it")
        }
        let source = try data.source()
        try outputs(reading: source).check()
        if let search {
            let all = try store.openExisting()
            guard try stored({ () throws(StoreError) in try all.searches() }).contains(where: { $0.id == search })
            else {
                throw CommandFailure.usage("--search \(search): there is no such search")
            }
        }
        var state = try state(ExperimentSpec(words: [], shape: try data.shape(), layersAreOptional: true), size)
        state.secondsFromGMT = TimeZone.current.secondsFromGMT()
        state.searches.show(search)
        return HeadlessDashboard(state, source: source, threads: threads.threads, openRuns: try openingStore())
    }

    private func openingStore() throws -> @Sendable () throws(StoreError) -> RunStore {
        let path = try stored { () throws(StoreError) in try store.path(makingFolders: false) }
        return { () throws(StoreError) in try RunStore(path: path, missing: .refuse) }
    }

    private func state(_ spec: ExperimentSpec, _ size: (width: Int, height: Int)) throws -> DashboardState {
        let options = display.over(DisplayState())
        let look = Look(
            theme: try ThemeCatalog.load(chosen: display.theme).current, glyphs: options.glyphs ?? .braille,
            colors: options.colors ?? .truecolor)
        var state = DashboardState(spec: spec, width: size.width, height: size.height, look: look)
        state.display.plain = display.plain
        return state
    }

    private func press(on dashboard: inout HeadlessDashboard, epochs: Int) throws {
        try dashboard.settle()
        for scalar in keys.unicodeScalars {
            try dashboard.press(scalar == "\n" ? .enter : .character(scalar), epochs: epochs)
        }
    }

    /// A device or a pipe has no file extension, and gets text.
    private var hasOtherEnding: Bool {
        let ending = URL(fileURLWithPath: out).pathExtension
        return !["", "svg", "txt"].contains(ending)
    }

    private func outputs(reading source: DatasetSource?) -> OutputFiles {
        var outputs = OutputFiles()
        outputs.add("--out", out)
        outputs.keep(store)
        if let source { outputs.keep(source) }
        return outputs
    }

    private func write(_ state: DashboardState) throws(CommandFailure) {
        let text: String =
            if display.plain {
                PlainScreen(state).text
            } else if out.hasSuffix(".svg") {
                render(state).svg(look: state.look, title: "trainspotter")
            } else {
                render(state).text
            }
        try OutputFile(option: "--out", path: out).write(out.hasSuffix(".svg") ? text : text + "\n")
    }
}

extension Screen {
    /// The view of a title; Digits, which is called Images where the images are none, by either.
    fileprivate static func named(_ text: String) -> Screen? {
        let title = text.lowercased()
        return allCases.first { $0.title.lowercased() == title || $0 == .digits && title == "images" }
    }
}
