/// Which runs are kept before others.
package enum PruneOrder: Sendable, Equatable {
    /// The best on the validation rows, as in the leaderboard.
    case leaderboard
    /// By a field, the best first: the least loss, the greatest accuracy, the newest run.
    case field(RunOrder)

    /// The least validation loss first.
    package static let standard = PruneOrder.field(RunOrder(RunField.validationLoss, isDescending: false))

    /// The order of a field's name, or of `leaderboard`.
    ///
    /// - Throws: `unknownField` for a name that no field has.
    package static func named(_ name: String) throws(RunFilterError) -> PruneOrder {
        name == "leaderboard" ? .leaderboard : .field(try RunOrder(parsing: name))
    }

    /// In words: `val_loss`.
    package var words: String {
        switch self {
        case .leaderboard: "leaderboard"
        case .field(let order): order.field.name
        }
    }

    func sorted(_ runs: [RunSummary]) -> [RunSummary] {
        switch self {
        case .leaderboard: RunOrder.leaderboard(runs)
        case .field(let order): order.sorted(runs)
        }
    }
}
