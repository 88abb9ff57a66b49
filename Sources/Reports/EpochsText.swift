/// The progress of a run in words, also beyond the planned epochs.
package enum EpochsText {
    /// `3/10`, and beyond them `11 (planned 10)`.
    package static func short(_ done: Int, _ planned: Int) -> String {
        done > planned ? "\(done) (planned \(planned))" : "\(done)/\(planned)"
    }

    /// `3 of 10 epochs`, and beyond them `11 epochs (planned 10)`.
    package static func ofPlanned(_ done: Int, _ planned: Int) -> String {
        done > planned ? "\(done) epochs (planned \(planned))" : "\(done) of \(planned) epochs"
    }
}
