/// Layers in the notation of other programs: `Dense(200, activation="tanh")`, `[200, 100]`, `tanh200`.
enum ForeignLayers {
    /// In bytes; for longer lines no corrected form is suggested.
    private static let longest = 1_000

    /// The layers in the spec language; nil where they can't be told.
    ///
    /// - Parameter line: the whole line, as blanks may stand within.
    static func chain(_ line: String) -> String? {
        guard line.utf8.count <= longest else { return nil }
        let word = line.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
        return calls(line) ?? listed(line) ?? listed(word) ?? reversed(word)
    }

    /// Keras's `Dense(200, activation="tanh")`, PyTorch's `Linear(784, 200)`, one or more of them.
    private static func calls(_ line: String) -> String? {
        let text = line.lowercased()
        var layers: [String] = []
        for (name, place) in [("dense(", 0), ("linear(", 1)] where text.contains(name) {
            for piece in text.components(after: name) {
                let numbers = piece.prefix { $0 != ")" }.split { !$0.isASCIIDigit }
                guard let units = numbers.count > place ? numbers[place] : numbers.last else { return nil }
                layers.append(units + (activation(in: piece) ?? ""))
            }
        }
        return layers.isEmpty ? nil : layers.joined(separator: "-")
    }

    /// The first activation other than linear that a piece of code names.
    private static func activation(in code: Substring) -> String? {
        let words = code.split { !$0.isLetter && $0 != "_" }.map(String.init)
        let names = Activation.Kind.allCases.map(\.rawValue).filter { $0 != "linear" }
        return words.lazy.compactMap { ForeignWords.meaning(of: $0, among: names) }.first
    }

    /// `200,100`, `[200tanh, 100relu]`, `200x100`, `200/100`.
    private static func listed(_ text: String) -> String? {
        let isNumbers = text.allSatisfy { $0.isASCIIDigit || $0 == "x" }
        let parts = text.split { ",;/>[]()".contains($0) || $0.isWhitespace || (isNumbers && $0 == "x") }
        guard parts.count > 1, parts.allSatisfy({ (try? SpecRules.layer(String($0)).get()) != nil }) else { return nil }
        return parts.joined(separator: "-")
    }

    /// `tanh200`.
    private static func reversed(_ word: String) -> String? {
        let digits = word.reversed().prefix(while: \.isASCIIDigit)
        let names = Activation.Kind.allCases.map(\.rawValue)
        guard !digits.isEmpty, let name = ForeignWords.meaning(of: String(word.dropLast(digits.count)), among: names)
        else { return nil }
        return String(digits.reversed()) + name
    }
}

extension String {
    /// What follows each occurrence of the word, up to the next one.
    fileprivate func components(after word: String) -> [Substring] {
        var pieces: [Substring] = []
        var rest = self[...]
        while let found = rest.firstRange(of: word) {
            rest = rest[found.upperBound...]
            let end = rest.firstRange(of: word)?.lowerBound ?? rest.endIndex
            pieces.append(rest[..<end])
        }
        return pieces
    }
}
