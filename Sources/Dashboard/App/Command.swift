/// What a key asks for; the key map says which key.
package enum Command: Equatable, Sendable {
    // What every screen can be asked.
    case move(Direction)
    case page(Int)
    case toStart, toEnd
    case open, back
    // What no screen is asked.
    case show(Screen)
    case focusNext, focusPrevious
    case nextTheme, options, presets, screenshot
    case editSpec, copySpec
    case toggleSource
    case help, quit, suspend, redraw
    /// To a page of the plain screen before or after the one in sight.
    case turnPage(Int)
    case run(RunCommand)
    // What one screen is asked.
    case composer(ComposerCommand)
    case curves(CurvesCommand)
    case confusion(ConfusionCommand)
    case digits(DigitsCommand)
    case network(NetworkCommand)
    case draw(DrawCommand)
    case runs(RunsCommand)

    package enum Direction: Sendable { case up, down, left, right }
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
