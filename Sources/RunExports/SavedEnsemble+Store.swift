import Exports
import Runs
import Training

extension SavedEnsemble {
    /// An ensemble of saved runs, with the weights that these had when it was made.
    ///
    /// Files made from it go to the folder of its name if no other one is named.
    ///
    /// - Throws: `ModelError` where a member's weights are gone, or can't be read.
    package init(_ stored: StoredEnsemble, in store: RunStore) throws(ModelError) {
        var members: [SavedModel] = []
        var names: [String] = []
        for number in stored.members.indices {
            do throws(StoreError) {
                let (run, weights) = try store.member(number, of: stored)
                names.append(run.name ?? "run \(run.id)")
                do throws(ModelError) { members.append(try SavedModel(run, in: store, weights: weights)) } catch {
                    throw .brokenEnsemble(stored.name, member: number + 1, reason: error.description)
                }
            } catch {
                throw .run(error.description)
            }
        }
        do throws(EnsembleError) {
            try self.init(
                name: stored.name, folder: stored.name, mean: stored.mean, members: members, names: names,
                weights: stored.members.map(\.weight))
        } catch {
            throw .ensemble(path: stored.name, reason: error.description)
        }
    }
}
