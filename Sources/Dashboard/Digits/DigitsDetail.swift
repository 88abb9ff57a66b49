/// The panels beside the gallery, in the order in which they follow each other.
package enum DigitsDetail: CaseIterable, Sendable {
    case probabilities, past, pairs, saliency, nearest

    /// In words for a message.
    var words: String {
        switch self {
        case .probabilities: "the digit and its probabilities"
        case .past: "its predictions over the epochs"
        case .pairs: "the most confused pairs"
        case .saliency: "the pixels that its prediction depends on"
        case .nearest: "the training digits that are most alike"
        }
    }

    /// This one and those behind it, round to the one before it.
    var andFollowing: [DigitsDetail] {
        let all = DigitsDetail.allCases
        let start = all.firstIndex(of: self) ?? 0
        return Array(all[start...] + all[..<start])
    }

    /// The panel in a column beside the gallery: what it needs, and how much of a height it fills.
    func member(
        _ contents: DigitsContents, width: Int, asBars: Bool, isOnlyColumn: Bool
    ) -> PanelStack<DigitsDetail>.Member {
        switch self {
        case .probabilities:
            guard !asBars else { return .init(self, least: contents.classes + 2) { $0 - 2 - contents.classes } }
            let rows = DigitDetailView.rows(width: width, classes: contents.classes)
            return .init(self, least: rows.lowerBound + 2, keeps: rows.upperBound + 2) { height in
                height - 2 - rows.upperBound
            }
        case .past:
            // One epoch is a bar and a sentence.
            return .init(self, least: 4, keeps: 6, most: contents.epochs > 1 ? 10 : 6)
        case .pairs:
            // Where it could stand in the next column, it doesn't come in with a part of its lines.
            return ConfusedPairsLayout.member(
                self, pairs: contents.pairs, isWhole: !isOnlyColumn, opens: !isOnlyColumn)
        case .saliency:
            return .init(self, least: 10) { height in
                // Two maps with their captions, beside one another where they are low.
                let rows = height - 2
                guard !SaliencyView.isStacked(width - 2, rows, maps: 2) else { return rows - 30 }
                let spare = rows - 1 - SaliencyView.besideLines(width - 2, maps: 2)
                // Words about the map take two lines or four.
                return spare - (spare >= 4 ? 4 : spare >= 2 ? 2 : 0)
            }
        case .nearest: return .init(self, least: 10) { ($0 - 2) % DigitsGallery.height }
        }
    }
}

/// How much there is to show of a digit.
struct DigitsContents {
    /// Probabilities of a digit.
    var classes = 10
    /// Whether the classes have names, which need room beside the bars.
    var hasNames = false
    /// Pairs of classes that are confused at all.
    var pairs = 0
    /// Epochs whose predictions are there.
    var epochs = 0
}
