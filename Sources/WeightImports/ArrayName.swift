/// What an array's name says: the part of a layer that it is, and which layer's.
///
/// Names are read as Keras (`dense_1/kernel:0`), PyTorch (`layers.0.weight`, `bn1.running_mean`), this program
/// (`0.kernel`), and hand-made files (`mnist_weights1`, `W1`, `b1`) have them.
struct ArrayName: Equatable {
    /// A part of a layer. Of a layer of PyTorch that normalizes, γ is its weight and β its bias.
    enum Part: Equatable { case kernel, bias, gamma, beta, movingMean, movingVariance, count }

    /// A word or a number of a name.
    enum Word: Hashable, Comparable {
        case number(Int)
        case letters(String)

        static func < (one: Word, other: Word) -> Bool {
            switch (one, other) {
            case (.number(let one), .number(let other)): one < other
            case (.letters(let one), .letters(let other)): one < other
            case (.number, .letters): true
            case (.letters, .number): false
            }
        }
    }

    /// Nil where no word names one.
    let part: Part?
    /// What is left of the name without it: the layer's.
    let layer: [Word]
    /// That as it stands in the name.
    let text: String
    /// Whether it is PyTorch's name of a moving statistic: `running_mean`, `running_var`.
    let isRunning: Bool

    private static let parts: [String: Part] = [
        "kernel": .kernel, "weight": .kernel, "weights": .kernel, "w": .kernel, "bias": .bias, "biases": .bias,
        "b": .bias, "gamma": .gamma, "beta": .beta, "mean": .movingMean, "variance": .movingVariance,
        "var": .movingVariance, "tracked": .count,
    ]
    /// Words that stand before a part's.
    private static let attributes: Set = ["moving", "running", "num", "batches"]

    init(_ name: String) {
        var words = Self.words(name[...])
        // TensorFlow numbers a variable's outputs: `kernel:0`.
        if name.contains(":"), let last = words.last, name.hasSuffix(":" + last.text), Int(last.text) != nil {
            words.removeLast()
        }
        guard let place = words.lastIndex(where: { Self.parts[$0.text.lowercased()] != nil }) else {
            (part, layer, text, isRunning) = (nil, words.map(\.word), name, false)
            return
        }
        part = Self.parts[words[place].text.lowercased()]
        var first = place
        while first > 0, Self.attributes.contains(words[first - 1].text.lowercased()) { first -= 1 }
        isRunning = words[first..<place].contains { $0.text.lowercased() == "running" }
        words.removeSubrange(first...place)
        layer = words.map(\.word)
        text = words.map { String($0.text) }.joined(separator: ".")
    }

    /// The runs of letters and of digits, what is between them left out.
    private static func words(_ name: Substring) -> [(text: Substring, word: Word)] {
        var words: [(text: Substring, word: Word)] = []
        var rest = name
        while let first = rest.first {
            let isDigit = first.isASCII && first.isNumber
            guard isDigit || first.isLetter else {
                rest = rest.dropFirst()
                continue
            }
            let text = rest.prefix { isDigit ? $0.isASCII && $0.isNumber : $0.isLetter }
            rest = rest.dropFirst(text.count)
            words.append((text, (isDigit ? Int(text) : nil).map(Word.number) ?? .letters(String(text))))
        }
        return words
    }

    /// Whether one name comes before another one, where their numbers tell.
    static func precedes(_ one: [Word], _ other: [Word]) -> Bool { one.lexicographicallyPrecedes(other) }

    /// The letters alone: of layers with the same ones, the numbers tell the order.
    static func stem(_ layer: [Word]) -> [String] {
        layer.compactMap { if case .letters(let letters) = $0 { letters } else { nil } }
    }
}
