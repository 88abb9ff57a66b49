import TerminalUI

/// The areas of Lab's panels. With less room panels are left out in this order: pairs, shape, epochs and digit; then
/// confusion and wrong digits, of which the focused one replaces the curves; then all but the focused one.
struct LabLayout {
    let areas: [LabPanel: Rect]
    /// The network drawn as boxes; nil without room, as those below.
    private(set) var shape: Rect?
    /// The figures of each epoch.
    private(set) var epochs: Rect?
    /// The digit at hand in full size.
    private(set) var digit: Rect?
    /// The most confused pairs.
    private(set) var pairs: Rect?

    init(_ body: Rect, focus: LabPanel, layers: Int) {
        if body.width >= 120, body.height >= 30 {
            self = LabLayout(wide: body, layers: layers)
        } else if body.width >= 76, body.height >= 18 {
            areas = LabLayout.medium(body)
        } else if body.width >= 56, body.height >= 12 {
            areas = LabLayout.small(body, focus: focus)
        } else {
            areas = [focus: body]
        }
    }

    func panel(at x: Int, _ y: Int) -> LabPanel? { areas.first { $0.value.contains(x: x, y: y) }?.key }

    private init(wide body: Rect, layers: Int) {
        let (left, rest) = body.splitLeft(36)
        let (middle, right) = rest.splitRight(min(60, max(50, body.width / 3 - 4)))
        let (composer, below) = left.splitTop(min(left.height - 10, max(20, layers + 17)))
        let (confusion, lower) = right.splitTop(13)
        let (digit, pairs) = lower.splitTop(lower.height >= 18 + 5 ? 18 : lower.height)
        let (curves, wrong) = middle.splitBottom(body.height >= 52 ? 19 : 10)
        let (loss, accuracy) = curves.splitTop((curves.height + 1) / 2)
        areas = [.composer: composer, .loss: loss, .accuracy: accuracy, .confusion: confusion, .wrong: wrong]
        // Two lines for input, output and each hidden layer, and the border.
        let (shape, epochs) = below.splitTop(min(below.height, 2 * layers + 6))
        let split = epochs.height >= 6
        self.shape = below.height >= 6 ? (split ? shape : below) : nil
        self.epochs = split ? epochs : nil
        self.digit = digit.height >= 10 ? digit : nil
        self.pairs = pairs.isEmpty ? nil : pairs
    }

    private static func medium(_ body: Rect) -> [LabPanel: Rect] {
        let (left, right) = body.splitLeft(min(44, max(min(36, body.width - 44), body.width * 2 / 5)))
        let lower = body.height >= 26 ? (body.height >= 34 ? 14 : 10) : 8
        let (composer, confusion) = left.splitBottom(lower)
        let (curves, wrong) = right.splitBottom(body.height >= 26 ? 10 : 8)
        let (loss, accuracy) = curves.splitTop((curves.height + 1) / 2)
        return [.composer: composer, .loss: loss, .accuracy: accuracy, .confusion: confusion, .wrong: wrong]
    }

    private static func small(_ body: Rect, focus: LabPanel) -> [LabPanel: Rect] {
        let (left, right) = body.splitLeft(30)
        switch focus {
        case .confusion, .wrong: return [.composer: left, focus: right]
        default:
            let (loss, accuracy) = right.splitTop((right.height + 1) / 2)
            return [.composer: left, .loss: loss, .accuracy: accuracy]
        }
    }
}
