/// What is typed for a part of a spec, with the same rules and error messages as a whole line.
extension ExperimentSpec {
    /// The spec with a hidden layer replaced by what is typed for it: one layer or several, and settings behind them.
    ///
    /// - Parameters:
    ///   - index: of the layer, from 0.
    ///   - text: such as `200tanh`, `8 tanh` or `200tanh-64relu lr=3e-4`; `none` removes the layer.
    /// - Throws: `SpecError` for the first word at fault.
    public func replacing(layer index: Int, with text: String) throws(SpecError) -> ExperimentSpec {
        var new = self
        let words = LayerWords(text)
        var chain = LayerChain(
            word: words.layers ?? "", line: text, inputs: network.inputs, classes: network.classes)
        chain.endsInOutput = index == network.hidden.count - 1
        new.network.hidden.replaceSubrange(index...index, with: try chain.parse().hidden)
        new.training = try SettingsParser(start: training).parse(words.rest)
        return new
    }

    /// The spec with settings, or an optimizer, replaced by words such as `lr=3e-4` or `adamw wd=0.01`.
    ///
    /// - Throws: `SpecError` for the first word at fault.
    public func replacing(settings text: String) throws(SpecError) -> ExperimentSpec {
        var new = self
        new.training = try SettingsParser(start: training).parse(
            text.split(whereSeparator: \.isWhitespace).map(String.init)[...])
        return new
    }
}
