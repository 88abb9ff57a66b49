import TerminalUI

/// One row of the table that drives dispatch, footer, help and the README's key table.
package struct Binding: Sendable {
    package let keys: [Key]
    /// The keys as a person reads them.
    package let name: String
    package let context: KeyContext
    /// One or two words for the footer; empty keeps it out of there.
    package let label: String
    package let help: String
    package let command: Command

    init(_ keys: [Key], _ name: String, _ context: KeyContext, _ label: String, _ help: String, _ command: Command) {
        self.keys = keys
        self.name = name
        self.context = context
        self.label = label
        self.help = help
        self.command = command
    }
}

/// Where a binding holds. Narrower contexts win over `everywhere`.
package enum KeyContext: String, CaseIterable, Sendable {
    case composer = "Composer"
    case curves = "Curves"
    case confusion = "Confusion"
    case digits = "Digits"
    case network = "Network"
    case draw = "Draw"
    case runs = "Runs"
    case training = "Training"
    case everywhere = "Everywhere"
    /// Only there: see `PlainScreen`.
    case plain = "With --plain"
}

/// The key bindings.
package enum KeyMap {
    package static let bindings: [Binding] =
        composer + curves + confusion + digits + digitsViews + network + runs + draw + training + everywhere + plain

    private static let composer: [Binding] = [
        Binding(
            [.enter], "enter", .composer, "type", "type a value: 200tanh+drop0.2 on a layer, 3e-4 on the rate", .open),
        Binding([.left, "h"], "← h", .composer, "", "step the value down", .move(.left)),
        Binding([.right, "l"], "→ l", .composer, "", "step the value up", .move(.right)),
        Binding(["+", "n"], "+", .composer, "add", "add a layer below", .addLayer),
        Binding(["x", .delete], "x", .composer, "delete", "delete the layer", .deleteLayer),
        Binding(["f"], "f", .composer, "function", "next activation", .cycleActivation(1)),
        Binding(["F"], "F", .composer, "", "previous activation", .cycleActivation(-1)),
        Binding(["d"], "d", .composer, "dropout", "next dropout rate", .stepDropout),
        Binding(["D"], "D", .composer, "", "duplicate the layer", .duplicateLayer),
        Binding(["K"], "K", .composer, "", "move the layer up", .moveLayer(-1)),
        Binding(["J"], "J", .composer, "", "move the layer down", .moveLayer(1)),
        Binding(["p"], "p", .composer, "presets", "choose among the presets", .presets),
        Binding(["u"], "u", .composer, "", "undo the last edit", .undo),
        Binding([.control("r")], "ctrl-r", .composer, "", "redo", .redo),
    ]

    private static let curves: [Binding] = [
        Binding([.left, "h"], "← h", .curves, "", "value cursor to the left", .move(.left)),
        Binding([.right, "l"], "→ l", .curves, "cursor", "value cursor to the right", .move(.right)),
        Binding(["y"], "y", .curves, "log", "logarithmic or linear loss", .toggleLogScale),
        Binding(["s"], "s", .curves, "smooth", "smoother lines, the raw ones behind them", .smooth(1)),
        Binding(["S"], "S", .curves, "", "less smooth lines", .smooth(-1)),
        Binding(["+", "="], "+", .curves, "zoom", "zoom in, around the value cursor", .zoom(1)),
        Binding(["-"], "-", .curves, "", "zoom out", .zoom(-1)),
        Binding(["0"], "0", .curves, "", "all of the run", .resetZoom),
        Binding(["H"], "H", .curves, "", "zoomed: to the left", .slide(-1)),
        Binding(["L"], "L", .curves, "pan", "zoomed: to the right", .slide(1)),
        Binding(["b"], "b", .curves, "batches", "training by batches or by epochs", .togglePerBatch),
        Binding(
            ["m"], "m", .curves, "compare", "with the marked runs, or the newest ones; or alone", .toggleComparison),
    ]

    private static let confusion: [Binding] = [
        Binding([.enter], "enter", .confusion, "digits", "the digits behind the cell", .open),
        Binding(
            ["m"], "m", .confusion, "scale", "counts, per cent of the row or the column, or logarithmic colours",
            .cycleHeatmapMode),
        Binding(["d"], "d", .confusion, "diagonal", "hide or show the diagonal", .toggleDiagonal),
        Binding(["H"], "H", .confusion, "", "an earlier epoch of the run", .slide(-1)),
        Binding(["L"], "L", .confusion, "epoch", "a later epoch", .slide(1)),
        Binding(["x"], "x", .confusion, "pin", "the difference from this epoch; H and L then move", .pinEpoch),
        Binding(["X"], "X", .confusion, "runs", "the difference from another run, or none", .cycleBaseline),
    ]

    private static let digits: [Binding] = [
        Binding(["/"], "/", .digits, "filter", "filter: 4>9, 4>, >9, wrong, right, all, marked", .filter),
        Binding(["w"], "w", .digits, "shown", "wrong ones only, right ones only, or all", .cycleShown),
        Binding(["s"], "s", .digits, "sort", "sort: loss, confidence, margin, likely mislabelled, index", .cycleSort),
        Binding(["n"], "n", .digits, "nearest", "the training digits that it takes for alike", .digits(.nearest)),
        Binding(["m"], "m", .digits, "mark", "mark the digit, or take its mark away", .digits(.mark)),
        Binding(["x"], "x", .digits, "save", "save the marked ones: a CSV table and a PGM sheet", .digits(.save)),
        Binding([.enter], "enter", .digits, "large", "the digit in full size; from Lab the gallery", .open),
        Binding(["y"], "y", .digits, "true", "only digits of the next true class, or of any", .filterTruth(1)),
        Binding(["Y"], "Y", .digits, "", "only digits of the true class before", .filterTruth(-1)),
        Binding(["u"], "u", .digits, "guess", "only digits taken for the next class, or for any", .filterPrediction(1)),
        Binding(["U"], "U", .digits, "", "only digits taken for the class before", .filterPrediction(-1)),
    ]

    private static let training: [Binding] = [
        Binding([" "], "space", .training, "play", "start, pause and go on", .playPause),
        Binding(["."], ".", .training, "step", "train one batch, then pause", .stepBatch),
        Binding([">"], ">", .training, "epoch", "train to the end of the epoch, then pause", .stepEpoch),
        Binding(["r"], "r", .training, "restart", "start again with the same seed", .restart),
        Binding(["R"], "R", .training, "new seed", "start again with the next seed", .restartWithNewSeed),
        Binding(["["], "[", .training, "", "learning rate down, live", .rateDown),
        Binding(["]"], "]", .training, "rate", "learning rate up, live", .rateUp),
        Binding(["a"], "a", .training, "auto-run", "train anew at every edit", .toggleAutoRun),
    ]

    private static let everywhere: [Binding] = [
        Binding([.tab], "tab", .everywhere, "panel", "next panel", .focusNext),
        Binding([.backTab], "shift-tab", .everywhere, "", "previous panel", .focusPrevious),
        Binding(["1"], "1", .everywhere, "", "Lab: everything on one screen", .show(.lab)),
        Binding(["2"], "2", .everywhere, "", "Curves: loss and accuracy at full size", .show(.curves)),
        Binding(["3"], "3", .everywhere, "", "Confusion: what is taken for what", .show(.confusion)),
        Binding(["4"], "4", .everywhere, "", "Digits: browse the ones it gets wrong", .show(.digits)),
        Binding(
            ["5"], "5", .everywhere, "", "Network: layers, weights, and what they do with a digit", .show(.network)),
        Binding(["6"], "6", .everywhere, "", "Runs: every saved run, and how they differ", .show(.runs)),
        Binding(["7"], "7", .everywhere, "", "Draw: your own digits, seen live", .show(.draw)),
        Binding([.up, "k"], "↑ k", .everywhere, "", "up", .move(.up)),
        Binding([.down, "j"], "↓ j", .everywhere, "", "down", .move(.down)),
        Binding([.left, "h"], "← h", .everywhere, "", "left", .move(.left)),
        Binding([.right, "l"], "→ l", .everywhere, "", "right", .move(.right)),
        Binding([.pageUp], "page up", .everywhere, "", "one page up", .page(-1)),
        Binding([.pageDown], "page down", .everywhere, "", "one page down", .page(1)),
        Binding([.home, "g"], "home g", .everywhere, "", "to the start", .toStart),
        Binding([.end, "G"], "end G", .everywhere, "", "to the end", .toEnd),
        Binding([.enter], "enter", .everywhere, "open", "open what is selected", .open),
        Binding([.escape], "esc", .everywhere, "back", "one level back", .back),
        Binding(["v"], "v", .everywhere, "val/test", "look at the validation rows or the test set", .toggleSource),
        Binding(
            ["e"], "e", .everywhere, "spec", "edit the spec line; what is pasted where no line is open becomes it",
            .editSpec),
        Binding(
            ["c"], "c", .everywhere, "", "copy the line of the spec, or of the run in Runs, to the clipboard", .copySpec
        ),
        Binding(["t"], "t", .everywhere, "theme", "next theme", .nextTheme),
        Binding(["o"], "o", .everywhere, "options", "all options, kept in the configuration file", .options),
        Binding(
            ["P"], "P", .everywhere, "", "save the screen: a picture (SVG) and plain text, where saved files go",
            .screenshot),
        Binding([.control("l")], "ctrl-l", .everywhere, "", "draw the screen anew", .redraw),
        Binding([.control("z")], "ctrl-z", .everywhere, "", "suspend, whatever is open; fg comes back", .suspend),
        Binding(["?", .function(1)], "?", .everywhere, "help", "this help", .help),
        Binding(["q", .control("c")], "q", .everywhere, "quit", "quit; a second ctrl-c at once", .quit),
    ]

    private static let plain: [Binding] = [
        Binding(["}"], "}", .plain, "", "later lines of the screen", .turnPage(1)),
        Binding(["{"], "{", .plain, "", "earlier lines of the screen", .turnPage(-1)),
    ]

    /// The README's key table: a row a binding, by context, in Markdown.
    package static var markdownTable: String {
        var lines = ["| where | key | what it does |", "|---|---|---|"]
        for context in KeyContext.allCases {
            for (index, binding) in bindings.filter({ $0.context == context }).enumerated() {
                let place = index == 0 ? context.rawValue : ""
                lines.append("| \(place) | `\(binding.name)` | \(binding.help) |")
            }
        }
        return lines.joined(separator: "\n")
    }

    /// The command of a key where the contexts hold, the narrowest context first.
    package static func command(for key: Key, in contexts: [KeyContext]) -> Command? {
        for context in contexts {
            if let binding = bindings.first(where: { $0.context == context && $0.keys.contains(key) }) {
                return binding.command
            }
        }
        return nil
    }
}

extension Key: ExpressibleByUnicodeScalarLiteral {
    package init(unicodeScalarLiteral value: Unicode.Scalar) { self = .character(value) }
}

extension DashboardState {
    /// The contexts whose keys work now, the narrowest first.
    package var keyContexts: [KeyContext] {
        let own: KeyContext =
            switch screen {
            case .lab:
                switch focus {
                case .composer: .composer
                case .loss, .accuracy: .curves
                case .confusion: .confusion
                case .wrong: .digits
                }
            case .curves: .curves
            case .confusion: .confusion
            case .digits: .digits
            case .network: .network
            case .draw: .draw
            case .runs: .runs
            }
        return [own, .training, .everywhere] + (display.plain ? [.plain] : [])
    }
}
