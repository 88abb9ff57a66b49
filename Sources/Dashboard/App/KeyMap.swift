import TerminalUI

/// One row of the table that drives dispatch, footer, help and the table of keys in the docs.
package struct Binding: Sendable {
    /// What its keys do; they follow from it.
    package let verb: KeyVerb
    /// Where the keys work.
    package let context: KeyContext
    /// One or two words for the footer; empty where the footer leaves it out.
    package let label: String
    /// What it does there, for help and docs.
    package let help: String
    /// The command of the keys.
    package let command: Command

    init(_ verb: KeyVerb, _ context: KeyContext, _ label: String, _ help: String, _ command: Command) {
        self.verb = verb
        self.context = context
        self.label = label
        self.help = help
        self.command = command
    }

    /// The usual keys of the command.
    package var keys: [Key] { verb.keys }
    /// The keys in the words of help and docs.
    package func name(_ keys: KeyAssignment = .usual) -> String {
        keys.keys(of: verb).map(\.name).joined(separator: " ")
    }
}

/// The key bindings.
package enum KeyMap {
    /// All bindings, in the order of help and docs.
    package static let bindings: [Binding] =
        DashboardState.screens.flatMap { $0.bindings } + training + panels + screens + everywhere + plain

    private static let training: [Binding] = [
        Binding(.train, .training, "play", "start, pause and resume", .run(.playPause)),
        Binding(.stepBatch, .training, "step", "train one batch, then pause", .run(.stepBatch)),
        Binding(.stepEpoch, .training, "epoch", "train to the end of the epoch, then pause", .run(.stepEpoch)),
        Binding(.again, .training, "restart", "start again with the same seed", .run(.restart)),
        Binding(
            .againNewSeed, .training, "new seed", "start again with the next seed", .run(.restartWithNewSeed)),
        Binding(.rateDown, .training, "", "learning rate down, live", .run(.rateDown)),
        Binding(.rateUp, .training, "rate", "learning rate up, live", .run(.rateUp)),
        Binding(.autoRun, .training, "auto-run", "train at every edit", .run(.toggleAutoRun)),
        Binding(
            .findRate, .training, "", "find a learning rate: train 100 steps with rising rates, beside any run",
            .findRate),
    ]

    private static let panels: [Binding] = [
        Binding(.nextPanel, .everywhere, "panel", "next panel", .focusNext),
        Binding(.previousPanel, .everywhere, "", "previous panel", .focusPrevious),
    ]

    private static let screens = Screen.allCases.map { screen in
        Binding(screen.verb, .everywhere, "", "\(screen.title): \(screen.summary)", .show(screen))
    }

    private static let everywhere: [Binding] = [
        Binding(.up, .everywhere, "", "up", .move(.up)),
        Binding(.down, .everywhere, "", "down", .move(.down)),
        Binding(.left, .everywhere, "", "left", .move(.left)),
        Binding(.right, .everywhere, "", "right", .move(.right)),
        Binding(.pageUp, .everywhere, "", "one page up", .page(-1)),
        Binding(.pageDown, .everywhere, "", "one page down", .page(1)),
        Binding(.start, .everywhere, "", "to the start", .toStart),
        Binding(.end, .everywhere, "", "to the end", .toEnd),
        Binding(.open, .everywhere, "open", "open what is selected", .open),
        Binding(.back, .everywhere, "back", "one level back", .back),
        Binding(
            .backToRun, .everywhere, "", "back to the run under way, where another one is shown", .backToRun),
        Binding(.rows, .everywhere, "val/test", "look at the validation rows or the test set", .toggleSource),
        Binding(
            .weights, .everywhere, "", "of a run that was opened: its best weights, or its final ones", .switchWeights),
        Binding(
            .editSpec, .everywhere, "spec", "edit the spec line; what is pasted where no line is open becomes it",
            .editSpec),
        Binding(
            .copy, .everywhere, "", "copy the line of the spec, or of the run in Runs, to the clipboard", .copySpec),
        Binding(
            .export, .everywhere, "",
            "write the shown run for other programs",
            .export),
        Binding(.theme, .everywhere, "theme", "choose a theme; it is shown at once", .theme),
        Binding(.options, .everywhere, "options", "all options, kept in the configuration file", .options),
        Binding(
            .picture, .everywhere, "", "save the screen: a picture (SVG) and plain text, where saved files go",
            .screenshot),
        Binding(.redraw, .everywhere, "", "draw the screen again", .redraw),
        Binding(.suspend, .everywhere, "", "suspend, whatever is open; fg comes back", .suspend),
        Binding(.help, .everywhere, "help", "this help", .help),
        Binding(.quit, .everywhere, "quit", "quit; a second ctrl-c at once", .quit),
    ]

    private static let plain: [Binding] = [
        Binding(.pageForward, .plain, "", "later lines of the screen", .turnPage(1)),
        Binding(.pageBack, .plain, "", "earlier lines of the screen", .turnPage(-1)),
    ]

    /// The table of keys in the docs, in Markdown: a row for each binding, by context.
    package static var markdownTable: String {
        var lines = ["| where | key | what it does |", "|---|---|---|"]
        for context in KeyContext.allCases {
            for (index, binding) in bindings.filter({ $0.context == context }).enumerated() {
                let place = index == 0 ? context.rawValue : ""
                lines.append("| \(place) | `\(binding.name())` | \(binding.help) |")
            }
        }
        return lines.joined(separator: "\n")
    }

    /// The command of a key in these contexts, the narrowest first; nil without one.
    package static func command(
        for key: Key, in contexts: [KeyContext], keys: KeyAssignment = .usual
    ) -> Command? {
        keys.verb(of: key).flatMap { command(for: $0, in: contexts) }
    }

    /// The command of a verb in these contexts, the narrowest first; nil without one.
    static func command(for verb: KeyVerb, in contexts: [KeyContext]) -> Command? {
        for context in contexts {
            if let binding = bindings.first(where: { $0.context == context && $0.verb == verb }) {
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
