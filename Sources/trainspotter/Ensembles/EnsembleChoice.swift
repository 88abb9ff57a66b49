import Exports
import Training

/// The networks that the arguments of a command mean: of an ensemble all of its own.
struct EnsembleChoice {
    let ensemble: SavedEnsemble

    /// - Parameter mean: how they are averaged; nil for a saved ensemble's own way, or arithmetic.
    init(_ texts: [String], mean: EnsembleMean?, _ store: StoreOptions) throws(CommandFailure) {
        var members: [SavedModel] = []
        var names: [String] = []
        var weights: [Double] = []
        var found: [SavedEnsemble] = []
        for text in texts {
            let model = try ModelArgument.load(text, store)
            found.append(model)
            members += model.members
            names += model.single == nil ? model.names : [model.single?.annotations.name ?? model.name]
            // In the mean a network of an ensemble counts as much as one by itself.
            weights += model.weights.map { $0 * Double(model.members.count) }
        }
        try Self.refuseTwice(members, names)
        let one = found.count == 1 ? found[0] : nil
        do throws(EnsembleError) {
            ensemble = try SavedEnsemble(
                name: one?.name ?? "ensemble", folder: one?.folder ?? "ensemble",
                mean: mean ?? one?.mean ?? .arithmetic, members: members, names: Self.distinct(names, members),
                weights: weights)
        } catch {
            throw .usage(error.description)
        }
    }

    private static func refuseTwice(_ members: [SavedModel], _ names: [String]) throws(CommandFailure) {
        var seen: Set<String> = []
        for (member, name) in zip(members, names)
        where !seen.insert(member.run.map { "\($0.number)" } ?? member.weightsPath).inserted {
            throw .usage("\(name): it is there twice; expected each network once, and --weights where one counts more")
        }
    }

    /// The names, with the run's number behind one that several have.
    private static func distinct(_ names: [String], _ members: [SavedModel]) -> [String] {
        zip(names, members).map { name, member in
            guard names.count(where: { $0 == name }) > 1, let run = member.run else { return name }
            return "\(name) (\(run.number))"
        }
    }
}
