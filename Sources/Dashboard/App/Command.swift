/// A command of a key; the key map has the keys.
package enum Command: Equatable, Sendable {
    // Commands of every screen.
    case move(Direction)
    case page(Int)
    case toStart, toEnd
    case open, back
    /// Show the session's own run again.
    case backToRun
    // Commands of no screen.
    case show(Screen)
    case focusNext, focusPrevious
    case theme, options, presets, screenshot, findRate
    case editSpec, copySpec
    /// Choose a format in which the run is written: the selected one in Runs, elsewhere the one that is shown.
    case export
    case toggleSource
    /// The best weights of an opened run, or its final ones.
    case switchWeights
    case help, quit, suspend, redraw
    /// Turns to the page of the plain screen before or after the visible one.
    case turnPage(Int)
    case run(RunCommand)
    // Commands of one screen.
    case composer(ComposerCommand)
    case curves(CurvesCommand)
    case confusion(ConfusionCommand)
    case digits(DigitsCommand)
    case network(NetworkCommand)
    case draw(DrawCommand)
    case runs(RunsCommand)
    case data(DataCommand)
    case search(SearchViewCommand)

    package enum Direction: Sendable {
        case up, down, left, right

        /// How far it moves a cursor among things that stand in lines of so many.
        func step(columns: Int) -> Int {
            switch self {
            case .left: -1
            case .right: 1
            case .up: -columns
            case .down: columns
            }
        }
    }
}

/// The place where a binding works. Narrower contexts are preferred to `everywhere`.
package enum KeyContext: String, CaseIterable, Sendable {
    case composer = "Composer"
    case curves = "Curves"
    case confusion = "Confusion"
    case digits = "Digits"
    case network = "Network"
    case draw = "Draw"
    case runs = "Runs"
    case data = "Data"
    case search = "Search"
    case training = "Training"
    case everywhere = "Everywhere"
    /// Only on the plain screen: see `PlainScreen`.
    case plain = "With --plain"
}
