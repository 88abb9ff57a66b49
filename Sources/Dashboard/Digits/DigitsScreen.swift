import TerminalUI

/// The user's choices in Digits; the chosen digits are shared.
package struct DigitsScreen: Equatable, Sendable {
    /// The filter while it is typed, and the one that Esc restores.
    var typing: TextField?
    var filterBefore: DigitsFilter?
    /// The choice before the list of similar digits.
    var alikeBefore: DigitsFilter?
    var refusal: String?
    /// The choice with which the view was opened: Esc clears a narrower one before it leaves.
    var filterAtEntry = DigitsFilter()

    /// The forms of the screen: gallery and digit, the gallery alone, or the digit in full size.
    package enum Form: Sendable { case both, gallery, large }
    /// The form that is drawn.
    package internal(set) var form = Form.both
    /// The panel beside the gallery that comes first; the next ones follow as far as there is room.
    package internal(set) var detail = DigitsDetail.probabilities

    /// The images before the first run, which need no predictions.
    package internal(set) var untrained = SampleBrowser(order: .index)
    /// The filter of these while it is typed.
    var untrainedTyping: SampleTyping?

    package init() {}
}
