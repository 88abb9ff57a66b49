/// The panels beside the confusion matrix, in the order in which they follow each other.
package enum ConfusionDetail: String, CaseIterable, Sendable {
    case classes, pairs, recall, sureness, broken, margins, reliability, roc, precisionRecall

    /// Rows of the panel, frame included: as few as still tell something, and as many as it can fill.
    func heights(classes: Int) -> (least: Int, most: Int) {
        switch self {
        case .classes: (min(14, classes + 4), classes + 5)
        case .pairs: (4, 17)
        case .recall: (min(14, classes + 2), 2 * classes + 2)
        case .sureness: (8, 16)
        case .broken: (10, 18)
        case .margins: (8, 14)
        case .reliability: (8, 13)
        case .roc, .precisionRecall: (9, 16)
        }
    }

    /// In words for a message.
    var words: String {
        switch self {
        case .classes: "figures of each class"
        case .pairs: "the most confused pairs"
        case .recall: "recall of each class by epoch"
        case .sureness: "how sure the predictions are, and right"
        case .broken: "what an epoch broke"
        case .margins: "margins of right and wrong predictions"
        case .reliability: "whether probabilities are true"
        case .roc: "ROC curve of the true class"
        case .precisionRecall: "precision and recall of the true class"
        }
    }

    /// This one and those behind it, round to the one before it.
    var andFollowing: [ConfusionDetail] {
        let all = ConfusionDetail.allCases
        let start = all.firstIndex(of: self) ?? 0
        return Array(all[start...] + all[..<start])
    }
}
