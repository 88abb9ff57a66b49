import TerminalUI

/// Where Lab's panels lie. With less room panels drop out in this order: pairs, shape and digit, then confusion and wrong
/// digits (one of them comes back in place of the curves while it has the focus), then all but the focused one.
struct LabLayout {
    let areas: [LabPanel: Rect]
    /// The network drawn as boxes; nil without room.
    let shape: Rect?
    /// The digit at hand in full size; nil without room.
    let digit: Rect?
    /// The most confused pairs; nil without room.
    let pairs: Rect?

    init(_ body: Rect, focus: LabPanel, layers: Int) {
        if body.width >= 120, body.height >= 30 {
            (areas, shape, digit, pairs) = LabLayout.wide(body, layers: layers)
        } else if body.width >= 76, body.height >= 18 {
            (areas, shape, digit, pairs) = (LabLayout.medium(body), nil, nil, nil)
        } else if body.width >= 56, body.height >= 12 {
            (areas, shape, digit, pairs) = (LabLayout.small(body, focus: focus), nil, nil, nil)
        } else {
            (areas, shape, digit, pairs) = ([focus: body], nil, nil, nil)
        }
    }

    func panel(at x: Int, _ y: Int) -> LabPanel? { areas.first { $0.value.contains(x: x, y: y) }?.key }

    private static func wide(_ body: Rect, layers: Int) -> ([LabPanel: Rect], Rect?, Rect?, Rect?) {
        let (left, rest) = body.splitLeft(36)
        let (middle, right) = rest.splitRight(min(60, max(50, body.width / 3 - 4)))
        let (composer, shape) = left.splitTop(min(left.height - 10, max(20, layers + 17)))
        let (confusion, lower) = right.splitTop(body.height >= 42 ? 15 : 14)
        let (digit, pairs) = lower.splitTop(lower.height >= 18 + 6 ? 18 : lower.height)
        let (curves, wrong) = middle.splitBottom(body.height >= 52 ? 19 : 10)
        let (loss, accuracy) = curves.splitTop((curves.height + 1) / 2)
        return (
            [.composer: composer, .loss: loss, .accuracy: accuracy, .confusion: confusion, .wrong: wrong],
            shape.height >= 6 ? shape : nil, digit.height >= 10 ? digit : nil, pairs.isEmpty ? nil : pairs
        )
    }

    private static func medium(_ body: Rect) -> [LabPanel: Rect] {
        let (left, right) = body.splitLeft(min(44, max(34, body.width * 2 / 5)))
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
