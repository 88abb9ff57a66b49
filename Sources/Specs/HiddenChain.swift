extension ExperimentSpec {
    /// The spec line with the hidden layers alone, which reads back to the same spec on the same data.
    public var shortDescription: String {
        network.hiddenChain + description.dropFirst(network.chain.count)
    }
}

extension NetworkSpec {
    /// The hidden layers in the spec language.
    public var hiddenChain: String {
        hidden.isEmpty ? "none" : hidden.map(\.word).joined(separator: "-")
    }
}
