import Specs
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
    /// Epochs planned; 0 where that isn't known.
    var planned = 0
    /// What the network of epoch 0 is called for short; one that began with saved weights is not untrained.
    var start = TrainingConfiguration().startWords

    private var weightWords: (full: String, short: String) {
        switch weights {
        case .average: return ("averaged weights", "average")
        // Only a run that was given its weights ends with those of no epoch.
        case .best(epoch: 0): return ("imported weights", "imported")
        case .best(let epoch): return ("best weights (epoch \(epoch))", "best, epoch \(epoch)")
        case nil: break
        }
        if epoch == 0, batch == 0 { return ("before training", start) }
        return ("epoch \(epoch)" + (batch > 0 ? ", batch \(batch)" : ""), "epoch \(epoch)")
    }

    /// The weights alone.
    var weightsInShort: String { weightWords.short }

    /// The weights alone, as a caption.
    var weightsInFull: String { weightWords.full }

    /// The words, the fullest first. They end at the right of a frame: blanks keep the places of the digits that the epoch
    /// will have, so that no word moves when they come.
    var forms: [String] {
        let rows = source == .test ? ["test"] : ["validation", "val"]
        let last = rows[rows.count - 1]
        let digits = "\(planned)".count - "\(epoch)".count
        let room = weights == nil && batch == 0 && epoch > 0 ? String(repeating: " ", count: max(0, digits)) : ""
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

extension Shared {
    /// The same, with the places for the epochs of the shown run.
    func measured(_ place: MeasuredOn) -> MeasuredOn {
        var place = place
        place.planned = run?.plannedEpochs ?? 0
        place.start = startWords
        return place
    }
}

extension Evaluation {
    var measuredOn: MeasuredOn { MeasuredOn(source: source, epoch: epoch, batch: batch, weights: weights) }
}
