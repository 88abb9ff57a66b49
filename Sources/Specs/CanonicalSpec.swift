extension ExperimentSpec {
    /// Reads a canonical line, whose chain tells the inputs and the classes: `784-200tanh-10 adam lr=0.001 …`.
    ///
    /// - Throws: `SpecError` for the first word at fault.
    public init(canonical line: String) throws(SpecError) {
        let chain = line.split(whereSeparator: \.isWhitespace).first ?? ""
        let entries = chain.split(separator: "-")
        guard entries.count >= 2, let inputs = entries.first.flatMap({ Int($0) }),
            SpecRules.inputsRange.contains(inputs), let classes = entries.last.flatMap({ Int($0) }),
            SpecRules.classesRange.contains(classes)
        else {
            throw SpecError(
                String(chain.prefix(60)), "not a full chain",
                expected: "layers from the pixels of an image to 2 to 256 classes, such as 784-200tanh-10")
        }
        try self.init(parsing: line, inputs: inputs, classes: classes)
    }

    /// The hidden layers of a canonical line, without reading all of it.
    public static func hiddenWords(of line: String) -> String {
        let chain = line.prefix { !$0.isWhitespace }
        let words = chain.split(separator: "-").dropFirst().dropLast()
        return words.isEmpty ? "none" : words.joined(separator: "-")
    }
}

extension RunLine {
    /// Reads a canonical line with the changes behind it, whose chain tells the inputs and the classes.
    public init(canonical line: String) throws(SpecError) {
        let parts = Parts(line)
        let spec = try ExperimentSpec(canonical: parts.spec)
        let changes = try [LiveChange](parsing: parts.changes.joined(separator: " "), of: spec)
        self.init(spec: spec, changes: changes, origin: parts.origin)
    }
}
