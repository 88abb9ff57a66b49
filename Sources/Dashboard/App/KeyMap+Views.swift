import TerminalUI

extension KeyMap {
    static let digitsViews: [Binding] = [
        Binding(["n"], "n", .digits, "nearest", "the training digits that it takes for alike", .digits(.nearest)),
        Binding(
            ["f"], "f", .digits, "alike", "only digits of its true and predicted class, or all again", .digits(.alike)),
        Binding(["m"], "m", .digits, "mark", "mark the digit, or take its mark away", .digits(.mark)),
        Binding(["M"], "M", .digits, "", "take all marks away", .digits(.unmarkAll)),
        Binding(
            ["x"], "x", .digits, "save marked", "save the marked ones: a CSV table and a PGM sheet", .digits(.save)),
        Binding(["z"], "z", .digits, "", "the gallery alone, or with the digit", .digits(.wholeGallery)),
    ]

    static let network: [Binding] = [
        Binding(["n"], "n", .network, "digit", "the next digit at hand", .network(.digit(1))),
        Binding(["N"], "N", .network, "", "the digit before", .network(.digit(-1))),
        Binding([.enter], "enter", .network, "", "the digit among the others", .open),
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
