import TerminalUI

extension KeyMap {
    static let digitsViews: [Binding] = [
        Binding(
            ["f"], "f", .digits, "alike", "only digits of its true and predicted class, or all again", .digits(.alike)),
        Binding(["M"], "M", .digits, "", "take all marks away", .digits(.unmarkAll)),
        Binding(["z"], "z", .digits, "", "the gallery alone, or with the digit", .digits(.wholeGallery)),
    ]

    static let network: [Binding] = [
        Binding(["n"], "n", .network, "digit", "the next digit at hand", .network(.digit(1))),
        Binding(["N"], "N", .network, "", "the digit before", .network(.digit(-1))),
        Binding([.enter], "enter", .network, "", "the digit among the others", .open),
    ]

    static let runs: [Binding] = [
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

    static let draw: [Binding] = [
        Binding([" "], "space", .draw, "pen", "lower or lift the pen: moving it draws", .draw(.pen)),
        Binding(["p"], "p", .draw, "play", "start training, pause and go on", .playPause),
        Binding(["x", .delete], "x", .draw, "clear", "clear the canvas", .draw(.clear)),
        Binding(["u"], "u", .draw, "undo", "undo the last stroke", .draw(.undo)),
        Binding([.control("r")], "ctrl-r", .draw, "", "redo", .draw(.redo)),
        Binding(["+", "="], "+", .draw, "", "thicker brush; the wheel, too", .draw(.brush(1))),
        Binding(["-"], "-", .draw, "brush", "thinner brush", .draw(.brush(-1))),
        Binding(["b"], "b", .draw, "eraser", "brush or eraser", .draw(.eraser)),
        Binding(["s"], "s", .draw, "save", "save what the network sees as a PGM file", .draw(.save)),
    ]
}
