/// The panels beside the confusion matrix, in the order in which they follow each other.
package enum ConfusionDetail: String, CaseIterable, Sendable {
    case classes, pairs, sureness, recall, broken, margins, reliability, roc, precisionRecall

    /// The panel in a column: what it needs, and how much of a height it fills.
    func member(_ contents: ConfusionContents) -> PanelStack<ConfusionDetail>.Member {
        let classes = contents.classes
        switch self {
        case .classes: return .init(self, least: min(14, classes + 4)) { $0 - 2 - (classes + 2) }
        case .pairs: return ConfusedPairsLayout.member(self, pairs: contents.pairs)
        case .sureness: return .init(self, least: 6, keeps: 8, most: 18)
        case .recall:
            return .init(self, least: min(14, classes + 2), most: 2 * classes + 2) {
                RecallPicture.blank($0 - 2, classes)
            }
        case .broken: return .init(self, least: 10, most: 18) { ($0 - 2) % DigitsGallery.height }
        case .margins: return .init(self, least: 8, most: 14)
        case .reliability:
            let rows = ReliabilityView.rows(classes: classes)
            return .init(self, least: 8, keeps: rows + 2) { $0 - 2 - rows }
        case .roc, .precisionRecall: return .init(self, least: 9, most: 18)
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

/// How much there is to show beside the matrix.
struct ConfusionContents {
    /// Rows of the matrix.
    var classes = 10
    /// Pairs of classes that are confused at all.
    var pairs = 0
    /// Whether there are epochs to choose among.
    var hasEpochs = false
}
