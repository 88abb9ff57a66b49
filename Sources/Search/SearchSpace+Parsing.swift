import Specs

extension SearchSpace {
    /// Reads a line with sets, `{a,b}`, and ranges, `1e-4..1e-2`.
    ///
    /// - Parameters:
    ///   - line: layers first, as such or as `layers={...}`, then the optimizer and settings.
    ///   - inputs: pixels of an image.
    ///   - classes: of the data set.
    /// - Throws: `SpecError` for the first word at fault.
    package init(parsing line: String, inputs: Int = 784, classes: Int = 10) throws(SpecError) {
        var builder = SearchSpaceBuilder()
        for word in try Self.words(line) { try builder.add(word) }
        guard builder.parameters.contains(where: { $0.key == "layers" }) else {
            throw SpecError(line, "no layers", expected: "layers first, such as 200tanh or layers={200tanh,512relu}")
        }
        self.line = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        (dimensions, parameters) = (builder.dimensions, builder.parameters)
        (self.inputs, self.classes) = (inputs, classes)
        try checkTexts()
    }

    /// Words between blanks that are in no braces.
    private static func words(_ line: String) throws(SpecError) -> [String] {
        var (words, word, depth) = ([String](), "", 0)
        for character in line {
            if character == "{" { depth += 1 }
            if character == "}" { depth -= 1 }
            guard depth >= 0 else { throw SpecError(word + "}", "a brace that nothing opened", expected: "{a,b}") }
            if character.isWhitespace {
                guard depth == 0 else { continue }
                if !word.isEmpty { words.append(word) }
                word = ""
            } else {
                word.append(character)
            }
        }
        guard depth == 0 else { throw SpecError(word, "a brace that nothing closes", expected: "{a,b}") }
        return word.isEmpty ? words : words + [word]
    }

    /// Every text of every parameter is tried with the first text of the others, and both ends of each number.
    private func checkTexts() throws(SpecError) {
        for share in [0.0, 1] {
            var first = SearchPoint(values: [])
            for dimension in dimensions {
                let isActive = dimension.isActive(in: first)
                let kind = dimension.kind
                let isChoice = if case .choice = kind { true } else { false }
                first.values.append(isActive ? Self.value(kind, at: isChoice ? 0 : share) : .nan)
            }
            _ = try spec(of: first)
            for (place, dimension) in dimensions.enumerated() {
                guard case .choice(let count) = dimension.kind else { continue }
                for number in 1..<max(1, count) {
                    var point = first
                    point.values[place] = Double(number)
                    for (other, dependent) in dimensions.enumerated() where dependent.parent?.dimension == place {
                        point.values[other] =
                            dependent.isActive(in: point) ? Self.value(dependent.kind, at: share) : .nan
                    }
                    _ = try spec(of: point)
                }
            }
        }
    }
}

/// Collects the parameters of a line, and what is chosen in them.
private struct SearchSpaceBuilder {
    var parameters: [SearchSpace.Parameter] = []
    var dimensions: [SearchDimension] = []

    mutating func add(_ word: String) throws(SpecError) {
        let halves = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard halves.count == 2 else {
            // Layers come first, and the optimizer's name stands alone.
            return try add(key: parameters.isEmpty ? "layers" : "optimizer", text: word, word: word)
        }
        try add(key: halves[0], text: halves[1], word: word)
    }

    private mutating func add(key: String, text: String, word: String) throws(SpecError) {
        guard SearchSpace.ownKeys.contains(key) || SpecKey(rawValue: key) != nil else {
            throw SpecError(
                word, "no such setting",
                expected: "layers, optimizer, drop, bn or a setting of the spec language",
                nearest: Spelling.nearest(to: key, among: SearchSpace.ownKeys + SpecKey.allCases.map(\.rawValue)))
        }
        guard !["seed", "from"].contains(key) else {
            throw SpecError(word, "the same for all trials", expected: "--seed for the seed, and new weights")
        }
        guard !parameters.contains(where: { $0.key == key }) else {
            throw SpecError(word, "\(key) is there twice", expected: "each name once")
        }
        let texts = try alternatives(text, word: word)
        let choice = texts.count > 1 ? dimensions.count : nil
        if texts.count > 1 { dimensions.append(SearchDimension(name: key, kind: .choice(texts.count))) }
        var templates: [SearchSpace.Template] = []
        for (number, text) in texts.enumerated() {
            let parent = choice.map { SearchDimension.Parent(dimension: $0, text: number) }
            templates.append(try template(key, text, parent: parent, word: word))
        }
        parameters.append(SearchSpace.Parameter(key: key, texts: templates, choice: choice))
    }

    /// The texts of a set, or the one text that it is.
    private func alternatives(_ text: String, word: String) throws(SpecError) -> [String] {
        guard text.hasPrefix("{") else { return [text] }
        guard text.hasSuffix("}"), !text.dropFirst().dropLast().contains(where: { "{}".contains($0) }) else {
            throw SpecError(word, "not one set", expected: "{a,b}")
        }
        let texts = text.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard texts.allSatisfy({ !$0.isEmpty }), Set(texts).count == texts.count else {
            throw SpecError(word, "empty or equal texts in a set", expected: "{a,b}")
        }
        return texts
    }

    /// A text in which `100..2000` is a number that is chosen.
    private mutating func template(
        _ key: String, _ text: String, parent: SearchDimension.Parent?, word: String
    ) throws(SpecError) -> SearchSpace.Template {
        if key == "layers" { return try layers(text, parent: parent, word: word) }
        let parts = text.split(separator: "..", omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 1, let interval = try interval(key, parts, word: word) else {
            return SearchSpace.Template(pieces: [.text(text)])
        }
        dimensions.append(SearchDimension(name: key, kind: .number(interval), parent: parent))
        return SearchSpace.Template(pieces: [.number(dimension: dimensions.count - 1)])
    }

    /// The numbers between the ends of a setting's range; nil where two dots are a part of its value.
    private func interval(_ key: String, _ parts: [String], word: String) throws(SpecError) -> SearchDimension.Interval?
    {
        let range: SettingRange
        if key == "drop" {
            range = .dropout
        } else {
            guard let key = SpecKey(rawValue: key) else {
                throw SpecError(word, "\(key) has no numbers", expected: "a set, {a,b}")
            }
            let setting = SpecSetting.of(key)
            if case .interval = setting.kind { return nil }
            guard setting.isNumber, key != .seed, let numbers = setting.range else {
                throw SpecError(word, "\(key.rawValue) has no range of numbers", expected: "a set, {a,b}")
            }
            range = numbers
        }
        guard parts.count == 2, !parts[1].hasPrefix(".") else {
            throw SpecError(word, "not one range", expected: "LEAST..GREATEST")
        }
        let (least, greatest) = (try range.number(in: parts[0]), try range.number(in: parts[1]))
        guard least < greatest else {
            throw SpecError(word, "a range that does not rise", expected: "\(parts[1])..\(parts[0])")
        }
        return SearchDimension.Interval(
            least, greatest, isLogarithmic: range.scale == .logarithmic, isWhole: range.isWhole)
    }

    /// Layers in which units can be ranges: `100..2000relu-50..500relu`.
    private mutating func layers(
        _ text: String, parent: SearchDimension.Parent?, word: String
    ) throws(SpecError) -> SearchSpace.Template {
        var pieces: [SearchSpace.Template.Piece] = []
        var rest = text[...]
        while let dots = rest.firstRange(of: "..") {
            let before = rest[..<dots.lowerBound]
            let digits = before.reversed().prefix { $0.isASCII && $0.isNumber }.count
            let after = rest[dots.upperBound...].prefix { $0.isASCII && $0.isNumber }
            let first = before.suffix(digits)
            guard !first.isEmpty, !after.isEmpty else {
                throw SpecError(word, "a range without two numbers of units", expected: "such as 100..2000relu")
            }
            let (least, greatest) = (
                try SettingRange.units.whole(String(first)), try SettingRange.units.whole(String(after))
            )
            guard least < greatest else {
                throw SpecError(word, "a range that does not rise", expected: "\(after)..\(first)")
            }
            pieces.append(.text(String(before.dropLast(digits))))
            pieces.append(.number(dimension: dimensions.count))
            let number = dimensions.count { $0.name.hasPrefix("units") } + 1
            dimensions.append(
                SearchDimension(
                    name: "units \(number)",
                    kind: .number(
                        SearchDimension.Interval(
                            Double(least), Double(greatest), isLogarithmic: true, isWhole: true)), parent: parent))
            rest = rest[after.endIndex...]
        }
        pieces.append(.text(String(rest)))
        return SearchSpace.Template(pieces: pieces)
    }
}

extension SettingRange {
    /// One end of a range of numbers.
    fileprivate func number(in text: String) throws(SpecError) -> Double {
        isWhole ? Double(try whole(text)) : try number(text)
    }
}
