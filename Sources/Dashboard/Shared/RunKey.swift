/// Which run: one that this session has started, or a saved one of an earlier session or another program.
package enum RunKey: Hashable, Sendable {
    /// From 1, in the order of the starts.
    case session(Int)
    /// By its number in the run store.
    case saved(Int)

    /// Its number, of whichever kind.
    var number: Int {
        switch self {
        case .session(let number), .saved(let number): number
        }
    }
}
