/// Commands of the keys of Runs.
package enum RunsCommand: Equatable, Sendable {
    case filter
    case mark, unmarkAll
    /// Sort by the next column, in the other direction, or by the best test accuracy.
    case sort, reverse, leaderboard
    case columns
    /// Show the selected run below the table, or the differences.
    case panel
    /// Show the digits that two runs differ on.
    case errors
    /// Show what the mean of the marked runs and the selected one gains, or save it under a name.
    case ensemble
    case rename, tags, note
    case delete, undelete
    /// Train the selected run again, with its seed or the next one.
    case `repeat`(nextSeed: Bool)
    /// Resume the run where it was left, or for more epochs.
    case proceed
    /// Compose the run's network, and begin the next run with its weights.
    case useWeights
    case teach
}

extension RunsScreen {
    package static let context = KeyContext.runs

    package static let bindings: [Binding] = [
        Binding(
            .open, .runs, "open", "show the run in all views; the key for the run under way goes back to it", .open),
        Binding(
            .filter, .runs, "filter", "filter: lr<0.01 optimizer=adam val_accuracy>0.98 name~wide, or any words",
            .runs(.filter)),
        Binding(.mark, .runs, "mark", "draw the run in the charts, and compare the specs", .runs(.mark)),
        Binding(.unmarkAll, .runs, "", "take all marks away", .runs(.unmarkAll)),
        Binding(.sort, .runs, "sort", "sort by the next column", .runs(.sort)),
        Binding(.sortReverse, .runs, "", "the other way round", .runs(.reverse)),
        Binding(.best, .runs, "best", "leaderboard: the best on the validation rows first", .runs(.leaderboard)),
        Binding(.what, .runs, "columns", "other columns: results, settings or origin", .runs(.columns)),
        Binding(
            .detail, .runs, "below", "below the table: the run, what differs, curves, or parallel coordinates",
            .runs(.panel)),
        Binding(
            .errors, .runs, "errors",
            "the digits that the marked run gets right and this one wrong, or the reverse; enter opens one in Digits",
            .runs(.errors)),
        Binding(
            .ensemble, .runs, "ensemble",
            "average the probabilities of the marked runs (or the shown one) and the selected one; enter asks that in Draw, the key for a name saves it",
            .runs(.ensemble)),
        Binding(
            .export, .runs, "export",
            "write the run for other programs: report, .npz, .npy, Keras, ONNX, predictions or history",
            .export),
        Binding(.name, .runs, "name", "name the run", .runs(.rename)),
        Binding(.tags, .runs, "tags", "change its tags", .runs(.tags)),
        Binding(.note, .runs, "note", "write a note on it", .runs(.note)),
        Binding(.delete, .runs, "delete", "delete the run", .runs(.delete)),
        Binding(.undo, .runs, "undo", "bring the deleted run back", .runs(.undelete)),
        Binding(
            .again, .runs, "again", "train the selected run again, with the same seed", .runs(.repeat(nextSeed: false))),
        Binding(.againNewSeed, .runs, "", "train it again with the next seed", .runs(.repeat(nextSeed: true))),
        Binding(
            .more, .runs, "resume",
            "resume the run itself, where it was stopped or interrupted; train a finished one for more epochs",
            .runs(.proceed)),
        Binding(
            .useWeights, .runs, "weights",
            "compose the run's layers and settings for a new run that begins with its final weights (from=)",
            .runs(.useWeights)),
        Binding(
            .teach, .runs, "teacher",
            "make the run the teacher of the composed network, which then learns from its predictions, too (teacher=)",
            .runs(.teach)),
        Binding(.editSpec, .runs, "spec", "the run's spec in the spec line: enter composes it", .editSpec),
    ]
}
