import TerminalUI

/// What the user chose in Digits; which digits those are is shared.
package struct DigitsScreen: Equatable, Sendable {
    /// The filter while it is typed, and the one that Esc brings back.
    var typing: TextField?
    var filterBefore: DigitsFilter?
    /// What was chosen before the digits alike to one.
    var alikeBefore: DigitsFilter?
    var refusal: String?

    /// What fills the screen: gallery and digit, the gallery alone, or the digit in full size.
    package enum Form: Sendable { case both, gallery, large }
    package internal(set) var form = Form.both
    /// Whether the nearest training digits are looked for.
    package internal(set) var showsNearest = false

    package init() {}
}
