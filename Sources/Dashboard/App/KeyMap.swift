import TerminalUI

/// One row of the table that drives dispatch, footer, help and the table of keys in the docs.
package struct Binding: Sendable {
    /// All keys of the command.
    package let keys: [Key]
    /// The keys in the words of help and docs.
    package let name: String
    /// Where the keys work.
    package let context: KeyContext
    /// One or two words for the footer; empty where the footer leaves it out.
    package let label: String
    /// What it does, for help and docs.
    package let help: String
    /// The command of the keys.
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

/// The key bindings.
package enum KeyMap {
    /// All bindings, in the order of help and docs.
    package static let bindings: [Binding] =
        DashboardState.screens.flatMap { $0.bindings } + training + panels + screens + everywhere + plain

    private static let training: [Binding] = [
        Binding([" "], "space", .training, "play", "start, pause and go on", .run(.playPause)),
        Binding(["."], ".", .training, "step", "train one batch, then pause", .run(.stepBatch)),
        Binding([">"], ">", .training, "epoch", "train to the end of the epoch, then pause", .run(.stepEpoch)),
        Binding(["r"], "r", .training, "restart", "start again with the same seed", .run(.restart)),
        Binding(["R"], "R", .training, "new seed", "start again with the next seed", .run(.restartWithNewSeed)),
        Binding(["["], "[", .training, "", "learning rate down, live", .run(.rateDown)),
        Binding(["]"], "]", .training, "rate", "learning rate up, live", .run(.rateUp)),
        Binding(["a"], "a", .training, "auto-run", "train anew at every edit", .run(.toggleAutoRun)),
    ]

    private static let panels: [Binding] = [
        Binding([.tab], "tab", .everywhere, "panel", "next panel", .focusNext),
        Binding([.backTab], "shift-tab", .everywhere, "", "previous panel", .focusPrevious),
    ]

    private static let screens = Screen.allCases.map { screen in
        Binding(
            [.character(screen.key)], String(screen.key), .everywhere, "", "\(screen.title): \(screen.summary)",
            .show(screen))
    }

    private static let everywhere: [Binding] = [
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

    /// The table of keys in the docs, in Markdown: a row for each binding, by context.
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

    /// The command of a key in these contexts, the narrowest first; nil without one.
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
        [type(of: active).context, .training, .everywhere] + (shared.display.plain ? [.plain] : [])
    }
}
