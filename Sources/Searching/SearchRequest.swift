import Search
import Specs

/// A search as it is typed on one line: a space, and among its words what the search itself needs.
///
///     layers={200tanh,512relu} lr=1e-4..1e-2 epochs=9 trials=40 budget=10m
package struct SearchRequest: Sendable, Equatable {
    /// What it does.
    package var plan: SearchPlan
    /// The user's name for it; nil without one.
    package var name: String?

    /// Trials of a search whose budget is not given.
    package static let standardTrials = 50

    /// - Parameters:
    ///   - line: the words in any order, but layers first.
    ///   - inputs: pixels of an image.
    ///   - classes: of the data set.
    /// - Throws: `SpecError` for the first word at fault, and where no trial is possible.
    package init(parsing line: String, inputs: Int, classes: Int) throws(SpecError) {
        var (words, own): ([String], [String: String]) = ([], [:])
        for word in line.split(whereSeparator: \.isWhitespace).map(String.init) {
            let halves = word.split(separator: "=", maxSplits: 1).map(String.init)
            guard let key = halves.first, Self.keys.contains(key) else {
                words.append(word)
                continue
            }
            guard halves.count == 2 else { throw SpecError(word, "no value", expected: "such as trials=40") }
            own[key] = halves[1]
        }
        let space = try SearchSpace(parsing: words.joined(separator: " "), inputs: inputs, classes: classes)
        guard !space.isFixed else {
            throw SpecError(line, "nothing to choose", expected: "a set, {a,b}, or a range, LEAST..GREATEST, in it")
        }
        plan = SearchPlan(space: space.line)
        name = own["name"]
        if let text = own["sampler"] {
            guard let sampler = SearchPlan.Sampler(rawValue: text) else {
                throw SpecError(
                    "sampler=\(text)", "no such sampler",
                    expected: SearchPlan.Sampler.allCases.map(\.rawValue).joined(separator: ", "))
            }
            plan.sampler = sampler
        }
        try read(budget: own)
        // Each point is a spec that is made while the user waits.
        guard plan.sampler != .grid || space.grid(steps: plan.gridSteps, limit: Self.mostPoints) != nil else {
            throw SpecError(
                "sampler=grid", "over \(Self.mostPoints) points", expected: "fewer texts and ranges, or another sampler"
            )
        }
        _ = try SearchEngine.epochs(of: plan, space)
    }

    private static let mostPoints = 2000

    /// Words that are no part of the space.
    package static let keys = ["trials", "budget", "sampler", "name"]

    private mutating func read(budget own: [String: String]) throws(SpecError) {
        if let text = own["trials"] {
            guard let trials = SearchBudget.trials(text) else {
                throw SpecError("trials=\(text)", "not a number of trials", expected: "1 to 1,000,000")
            }
            plan.trials = trials
        }
        if let text = own["budget"] {
            guard let seconds = SearchBudget.seconds(text) else {
                throw SpecError("budget=\(text)", "not a time", expected: "such as 90s, 30m or 2h")
            }
            plan.seconds = seconds
        }
        if plan.trials == nil, plan.seconds == nil, plan.sampler != .grid { plan.trials = Self.standardTrials }
    }
}

/// How long a search may go on, as it is typed.
package enum SearchBudget {
    /// `40`: 1 to 1,000,000 trials; nil for anything else.
    package static func trials(_ text: String) -> Int? {
        guard let trials = Int(text), (1...1_000_000).contains(trials) else { return nil }
        return trials
    }

    /// `90s`, `30m`, `2h`, `1.5h`, in seconds; nil for anything else.
    package static func seconds(_ text: String) -> Double? {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600]
        guard let unit = text.last.flatMap({ units[$0] }), let number = Double(text.dropLast()), number > 0,
            number * unit < 1e8
        else { return nil }
        return number * unit
    }

    /// `45 s`, `12 min 30 s`, `2 h 5 min`.
    package static func words(_ seconds: Double) -> String {
        let whole = Int(min(1e9, max(0, seconds)).rounded())
        if whole < 60 { return "\(whole) s" }
        if whole < 3600 { return whole % 60 == 0 ? "\(whole / 60) min" : "\(whole / 60) min \(whole % 60) s" }
        return whole / 60 % 60 == 0 ? "\(whole / 3600) h" : "\(whole / 3600) h \(whole / 60 % 60) min"
    }

    /// An estimate: `about 40 s to go`, `about 3 min to go`.
    package static func toGo(_ seconds: Double) -> String {
        let unit = seconds < 60 ? 1.0 : 60
        return "about \(words(max(1, (seconds / unit).rounded(.up) * unit))) to go"
    }

    /// As it is typed: `90s`, `30m`, `2h`.
    package static func typed(_ seconds: Double) -> String {
        if seconds.truncatingRemainder(dividingBy: 3600) == 0 { return "\(Int(seconds / 3600))h" }
        if seconds.truncatingRemainder(dividingBy: 60) == 0 { return "\(Int(seconds / 60))m" }
        return "\(SpecNumber.short(seconds))s"
    }
}

extension SearchPlan {
    /// The line from which the search could be typed again.
    ///
    /// - Parameter space: another space than its own, such as a narrower one.
    package func line(space other: String? = nil) -> String {
        var words = [other ?? space]
        if sampler != .random { words.append("sampler=\(sampler.rawValue)") }
        if let trials { words.append("trials=\(trials)") }
        if let seconds { words.append("budget=\(SearchBudget.typed(seconds))") }
        return words.joined(separator: " ")
    }
}
