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
    case rename, tags, note
    case delete, undelete
    /// Train the selected run again.
    case `repeat`
    /// Resume the run where it was left, or for more epochs.
    case proceed
}

extension RunsScreen {
    package static let context = KeyContext.runs

    package static let bindings: [Binding] = [
        Binding([.enter], "enter", .runs, "compose", "the run's spec into the composer", .open),
        Binding(
            ["/"], "/", .runs, "filter", "filter: lr<0.01 optimizer=adam val_accuracy>0.98 name~wide, or any words",
            .runs(.filter)),
        Binding(["m"], "m", .runs, "mark", "draw the run in the charts, and compare the specs", .runs(.mark)),
        Binding(["M"], "M", .runs, "", "take all marks away", .runs(.unmarkAll)),
        Binding(["s"], "s", .runs, "sort", "sort by the next column", .runs(.sort)),
        Binding(["S"], "S", .runs, "", "the other way round", .runs(.reverse)),
        Binding(["b"], "b", .runs, "best", "leaderboard: the best on the test set first", .runs(.leaderboard)),
        Binding(["w"], "w", .runs, "columns", "other columns: results, settings or origin", .runs(.columns)),
        Binding(["d"], "d", .runs, "differences", "below the table: the run, or what differs", .runs(.panel)),
        Binding(
            ["E"], "E", .runs, "errors",
            "the digits that the marked run gets right and this one wrong, or the reverse; enter opens one in Digits",
            .runs(.errors)),
        Binding(["n"], "n", .runs, "name", "name the run", .runs(.rename)),
        Binding(["T"], "T", .runs, "tags", "change its tags", .runs(.tags)),
        Binding(["N"], "N", .runs, "note", "write a note on it", .runs(.note)),
        Binding(["x", .delete], "x", .runs, "delete", "delete the run", .runs(.delete)),
        Binding(["u"], "u", .runs, "undo", "bring the deleted run back", .runs(.undelete)),
        Binding(["p"], "p", .runs, "repeat", "train the same again, with the same seed", .runs(.repeat)),
        Binding(
            ["+"], "+", .runs, "go on",
            "go on with a run that was stopped or interrupted; with a finished one for more "
                + "epochs", .runs(.proceed)),
    ]
}
