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
    func member(_ contents: DigitsContents, width: Int, asBars: Bool) -> PanelStack<DigitsDetail>.Member {
        switch self {
        case .probabilities:
            let rows = asBars ? contents.classes : DigitDetailView.rows(width: width, classes: contents.classes)
            return .init(self, least: rows + 2) { $0 - 2 - rows }
        case .past:
            // One epoch is a bar and a sentence.
            return .init(self, least: 6, most: contents.epochs > 1 ? 10 : 6)
        case .pairs:
            let pairs = contents.pairs
            return .init(self, least: 4, keeps: min(10, max(4, pairs + 2)), most: 14) { $0 - 2 - pairs }
        case .saliency:
            return .init(self, least: 10) { height in
                // Two maps with their captions, beside one another where they are low.
                let rows = height - 2
                let isStacked = rows >= 18 || width < 32
                return isStacked ? rows - 30 : rows - 1 - min(14, (width / 2 - 3) / 2)
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
