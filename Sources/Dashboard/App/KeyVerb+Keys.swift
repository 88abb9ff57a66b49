import TerminalUI

extension KeyVerb {
    /// Its usual keys; the first one is the one that screens name, the others do the same.
    package var keys: [Key] {
        switch self {
        case .train: [" "]
        case .stepBatch: ["."]
        case .stepEpoch: [">"]
        case .again: ["r"]
        case .againNewSeed: ["R"]
        case .useWeights: ["U"]
        case .teach: ["Y"]
        case .rateDown: ["["]
        case .rateUp: ["]"]
        case .autoRun: ["a"]
        case .findRate: ["F"]
        case .lab: ["1"]
        case .curves: ["2"]
        case .confusion: ["3"]
        case .digits: ["4"]
        case .network: ["5"]
        case .runs: ["6"]
        case .draw: ["7"]
        case .data: ["8"]
        case .search: ["9"]
        case .nextPanel: [.tab]
        case .previousPanel: [.backTab]
        case .backToRun: ["B"]
        case .up: [.up, "k"]
        case .down: [.down, "j"]
        case .left: [.left, "h"]
        case .right: [.right, "l"]
        case .pageUp: [.pageUp]
        case .pageDown: [.pageDown]
        case .start: [.home, "g"]
        case .end: [.end, "G"]
        case .open: [.enter]
        case .back: [.escape]
        case .filter: ["/"]
        case .sort: ["s"]
        case .sortReverse: ["S"]
        case .best: ["*"]
        case .what: ["w"]
        case .detail: ["d"]
        case .alone: ["z"]
        case .rows: ["v"]
        case .weights: ["V"]
        case .trueClass: ["("]
        case .predictedClass: [")"]
        case .samePair: ["&"]
        case .nextDigit: ["n"]
        case .previousDigit: ["N"]
        case .asFed: [","]
        case .more: ["+"]
        case .less: ["-"]
        case .whole: ["0"]
        case .earlier: ["H"]
        case .later: ["L"]
        case .logarithmic: ["y"]
        case .batches: ["b"]
        case .average: ["A"]
        case .outliers: ["O"]
        case .mark: ["m"]
        case .unmarkAll: ["M"]
        case .compare: ["C"]
        case .compareEpoch: ["="]
        case .errors: ["E"]
        case .ensemble: ["Z"]
        case .delete: ["x", .delete]
        case .undo: ["u"]
        case .redo: [.control("r")]
        case .name: ["i"]
        case .note: ["I"]
        case .tags: ["T"]
        case .presets: ["p"]
        case .activation: ["f"]
        case .dropout: ["%"]
        case .duplicate: ["D"]
        case .moveUp: ["K"]
        case .moveDown: ["J"]
        case .wipe: ["W"]
        case .openImage: ["<"]
        case .editSpec: ["e"]
        case .export: ["X"]
        case .picture: ["P"]
        case .copy: ["c"]
        case .theme: ["t"]
        case .options: ["o"]
        case .help: ["?", .function(1)]
        case .redraw: [.control("l")]
        case .suspend: [.control("z")]
        case .quit: ["q", .control("c")]
        case .pageForward: ["}"]
        case .pageBack: ["{"]
        }
    }

    /// The usual key that screens name, in words. Where the user's own keys count, ask `KeyAssignment`.
    package var key: String { keys[0].name }
}

extension Key {
    /// The key in words, as help and docs write it.
    package var name: String {
        switch self {
        case .character(" "): "space"
        case .character(let scalar): String(scalar)
        case .control(let scalar): "ctrl-\(scalar)"
        case .enter: "enter"
        case .escape: "esc"
        case .tab: "tab"
        case .backTab: "shift-tab"
        case .backspace: "backspace"
        case .delete: "delete"
        case .insert: "insert"
        case .up: "↑"
        case .down: "↓"
        case .left: "←"
        case .right: "→"
        case .home: "home"
        case .end: "end"
        case .pageUp: "page up"
        case .pageDown: "page down"
        case .function(let number): "F\(number)"
        }
    }
}
