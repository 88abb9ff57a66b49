/// Shares of rows: accuracies and their like.
package enum Share {
    /// `part / whole`, rounded once: 34 rows of 100 give the same `Double` as the 0.34 that a user types. `1 - errors /
    /// rows` rounds twice, and is less than that for one count in five.
    ///
    /// - Returns: 0 ... 1; 0 without rows.
    package static func of(_ part: Int, among whole: Int) -> Double {
        whole == 0 ? 0 : Double(part) / Double(whole)
    }

    /// The share of `whole` rows that a figure was meant to be, where it was computed as `1 - errors / rows`. Any other
    /// figure is returned unchanged.
    ///
    /// Both roundings together are at most an `ulpOfOne` away from the share.
    package static func nearest(to figure: Double, among whole: Int) -> Double {
        guard whole > 0, (0...1).contains(figure) else { return figure }
        let share = of(Int((figure * Double(whole)).rounded()), among: whole)
        return abs(share - figure) <= .ulpOfOne ? share : figure
    }
}
