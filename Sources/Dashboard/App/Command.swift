/// What a key asks for; the key map says which key.
package enum Command: Equatable, Sendable {
    case show(Screen)
    case focusNext, focusPrevious
    case move(Direction)
    case page(Int)
    case toStart, toEnd
    case open, back
    case playPause, stepBatch, stepEpoch, restart, restartWithNewSeed
    case rateDown, rateUp
    case toggleAutoRun
    case toggleLogScale
    case nextTheme, options, screenshot
    case editSpec, copySpec
    case toggleSource
    case help, quit, suspend, redraw
    /// To a page of the plain screen before or after the one in sight.
    case turnPage(Int)
    // Composer
    case addLayer, deleteLayer, duplicateLayer, moveLayer(Int), cycleActivation(Int), stepDropout
    case undo, redo, presets
    // Curves
    case smooth(Int), zoom(Int), resetZoom, togglePerBatch, toggleComparison
    /// Along the epochs: the window of the curves, or the epoch of the confusion.
    case slide(Int)
    // Confusion
    case cycleHeatmapMode, toggleDiagonal, pinEpoch, cycleBaseline
    // Digits
    case cycleShown, cycleSort, filter
    case digits(DigitsCommand)
    /// The next or previous true class or predicted class that digits are chosen by.
    case filterTruth(Int), filterPrediction(Int)
    case draw(DrawCommand)
    case network(NetworkCommand)
    case runs(RunsCommand)

    /// Whether it may start a run, for which the data set has to be there.
    var startsTraining: Bool {
        switch self {
        case .playPause, .stepBatch, .stepEpoch, .restart, .restartWithNewSeed: true
        default: false
        }
    }

    package enum Direction: Sendable { case up, down, left, right }
}
