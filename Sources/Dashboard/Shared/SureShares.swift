import Training

/// Shares of the predictions, 0 ... 1: sure or unsure, right or wrong. They add up to 1.
package struct SureShares: Equatable {
    /// Right, and sure.
    package let sureRight: Double
    /// Right, but not sure.
    package let unsureRight: Double
    /// Wrong, and not sure.
    package let unsureWrong: Double
    /// Wrong, and sure.
    package let sureWrong: Double

    init(_ sureness: Sureness, right: Int, rows: Int) {
        sureRight = Share.of(sureness.right, among: rows)
        unsureRight = Share.of(right - sureness.right, among: rows)
        unsureWrong = Share.of(rows - right - sureness.wrong, among: rows)
        sureWrong = Share.of(sureness.wrong, among: rows)
    }

    /// From the bottom of the picture to its top.
    var stacked: [Double] { [sureWrong, unsureWrong, unsureRight, sureRight] }
    /// The names of `stacked`.
    static let names = ["sure, wrong", "unsure, wrong", "unsure, right", "sure, right"]
}
