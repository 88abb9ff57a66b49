import TerminalUI
import Training

/// Which rows and which weights figures are of, in words for a frame.
struct MeasuredOn: Equatable {
    let source: Evaluation.Source
    /// Epochs trained.
    let epoch: Int
    /// Batches of the epoch after that.
    var batch = 0
    /// Which weights the run's end put in place of the last step's.
    var weights: FinalWeights?

    private var weightWords: (full: String, short: String) {
        switch weights {
        case .average: return ("averaged weights", "average")
        case .best(let epoch): return ("best weights (epoch \(epoch))", "best, epoch \(epoch)")
        case nil: break
        }
        if epoch == 0, batch == 0 { return ("before training", "untrained") }
        return ("epoch \(epoch)" + (batch > 0 ? ", batch \(batch)" : ""), "epoch \(epoch)")
    }

    /// The weights alone.
    var weightsInShort: String { weightWords.short }

    /// The weights alone, as a caption.
    var weightsInFull: String { weightWords.full }

    /// The words, the fullest first. They end at the right of a frame: a blank keeps the place of the epoch's second
    /// digit, so that none of them moves when it comes.
    var forms: [String] {
        let rows = source == .test ? ["test"] : ["validation", "val"]
        let last = rows[rows.count - 1]
        let room = weights == nil && batch == 0 && 1...9 ~= epoch ? " " : ""
        return (rows.map { "\($0) · \(weightWords.full)" } + ["\(last) · \(weightWords.short)"]).map { $0 + room }
    }

    /// The fullest words that fit; the shortest where none does.
    func fitting(_ room: Int) -> String { forms.first { $0.columns <= room } ?? forms[forms.count - 1] }

    /// As a sentence's part, for a screen reader.
    var plain: String {
        let rows = source == .test ? "test" : "validation"
        if epoch == 0, batch == 0 { return "\(rows) rows, before training" }
        guard weights != nil else { return "\(rows) rows after \(weightWords.full)" }
        return "\(rows) rows, \(weightWords.full)"
    }
}

extension Evaluation {
    var measuredOn: MeasuredOn { MeasuredOn(source: source, epoch: epoch, batch: batch, weights: weights) }
}
