import Specs

/// The network of the composed spec as a run would start with it: Network looks into it before the first run.
package struct InitialNetwork: Equatable, Sendable {
    /// The spec whose seed draws its weights, or which names them.
    package let spec: ExperimentSpec
    /// The data set that it is made for.
    package let data: LoadedData
    /// Its name in actions; no run has it.
    package let ticket: Int
    /// Why it can't be made, in words.
    package internal(set) var problem: String?
}

extension DashboardState {
    /// Has the network made where it is looked into, made again where the spec changes, and freed where it is not needed.
    mutating func initialEffects() -> [Effect] {
        let spec = shared.composer.spec
        guard screen == .network, shared.run == nil, let data = shared.data.loaded,
            shared.refusal(toStart: spec) == nil
        else {
            guard shared.initial != nil else { return [] }
            shared.initial = nil
            return [.closeInitial]
        }
        if let initial = shared.initial, initial.spec == spec, initial.data == data { return [] }
        initialsSoFar += 1
        shared.initial = InitialNetwork(spec: spec, data: data, ticket: .min + initialsSoFar)
        return [.makeInitial(spec, ticket: .min + initialsSoFar)]
    }
}
