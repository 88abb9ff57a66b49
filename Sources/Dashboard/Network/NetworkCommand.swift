import TerminalUI

/// Commands of the keys of Network.
package enum NetworkCommand: Equatable, Sendable {
    /// Selects the next digit, or with −1 the one before.
    case digit(Int)
    /// The next order of the units, or the same one turned round.
    case sort, reverse
    /// What is shown beside the units.
    case detail
    /// Weights of an earlier or a later kept epoch.
    case epoch(Int)
}

extension NetworkScreen {
    package static let context = KeyContext.network

    package static let bindings: [Binding] = [
        Binding(
            .detail, .network, "detail",
            "what stands beside the units: the unit, its past, saliency, what each layer knows, map of the last layer",
            .network(.detail)),
        Binding(.sort, .network, "sort", "units by their output for the digit, or by number", .network(.sort)),
        Binding(.sortReverse, .network, "", "the same order, turned round", .network(.reverse)),
        Binding(.nextDigit, .network, "digit", "the next digit at hand", .network(.digit(1))),
        Binding(.previousDigit, .network, "", "the digit before", .network(.digit(-1))),
        Binding(.earlier, .network, "", "the weights of an earlier epoch", .network(.epoch(-1))),
        Binding(.later, .network, "epochs", "the weights of a later epoch, up to now", .network(.epoch(1))),
        Binding(.open, .network, "", "the digit among the others", .open),
    ]
}
