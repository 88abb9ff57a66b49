import Datasets
import Specs
import Training

extension DataPart {
    /// As screens and reports name it.
    package var words: String {
        switch self {
        case .training: "training rows"
        case .heldOut: "rows held out"
        case .test: "test rows"
        }
    }
}

extension DataWarning {
    /// The warning and what to do about it, in one line.
    ///
    /// - Parameters:
    ///   - names: of the classes, or their numbers.
    ///   - method: how the rows are chosen that are held out.
    package func text(_ names: [String], _ method: HoldingOut) -> String {
        switch self {
        case .sortedLabels(let heldOut):
            return "labels are sorted: all rows held out are \(Self.list(heldOut, names)); split=stratified mixes them"
        case .otherClassesHeldOut(let found):
            return found.text(names, method)
        case .labelsFromOne:
            return "no image of class 0: if labels begin at 1, name the classes in a file classes.txt beside these, "
                + "or import them anew with --classes"
        case .emptyClasses(let classes, .training):
            return "no row to train on is \(Self.list(classes, names)): where the file has some, "
                + (method == .stratified ? "try a smaller val" : "try split=stratified")
        case .emptyClasses(let classes, .heldOut):
            return "no row held out is \(Self.list(classes, names)): \(method.advice)"
        case .emptyClasses(let classes, .test):
            return "no test image is \(Self.list(classes, names)): its recall can't be known"
        case .constantImages(let count, let first, let part):
            let noun = (part == .train ? "training" : "test") + (count == 1 ? " image is" : " images are")
            return
                "\(FigureText.grouped(count)) \(noun) of one value, the first is \(FigureText.grouped(first)): is the file whole?"
        case .narrowRange(let least, let greatest):
            return
                "values go from \(least) to \(greatest) of 255: scale=\(least)..\(greatest) behind the path stretches them"
        case .seenImages(let count, .test):
            return "\(Self.images(count, "test image")) trained on or held out, too: the test is too easy"
        case .seenImages(let count, _):
            return "\(Self.images(count, "row")) held out and trained on, too: the validation is too easy"
        case .contradictions(let count):
            return "\(FigureText.grouped(count)) \(count == 1 ? "image stands" : "images stand") under two labels, "
                + "one of them wrong: look at the duplicates"
        case .unbalanced(let most, let least, let times):
            return "\(names[most]) has \(FigureText.significant(times.rounded())) times the images of \(names[least]): "
                + "classweight=balanced evens them"
        }
    }

    private static func images(_ count: Int, _ noun: String) -> String {
        "\(FigureText.grouped(count)) \(noun)\(count == 1 ? " is" : "s are")"
    }

    /// The first few, and how many more: `3, 5 or 8`.
    private static func list(_ classes: [Int], _ names: [String]) -> String {
        let shown = classes.prefix(classes.count > 4 ? 3 : 4).map { names.indices.contains($0) ? names[$0] : "\($0)" }
        let more = classes.count - shown.count
        if more > 0 { return shown.joined(separator: ", ") + " or \(more) more" }
        guard let end = shown.last, shown.count > 1 else { return shown.first ?? "" }
        return shown.dropLast().joined(separator: ", ") + " or " + end
    }
}

extension SplitDifference {
    /// That the rows held out have other classes than the rest, and what to do about it, in one line.
    ///
    /// - Parameters:
    ///   - names: of the classes, or their numbers.
    ///   - method: how the rows are chosen that are held out.
    package func text(_ names: [String], _ method: HoldingOut) -> String {
        func perCent(_ share: Double) -> String { "\(FigureText.fixed(100 * share, 0)) %" }
        return "\(names[label]) is \(perCent(heldOut)) of the rows held out, "
            + "\(trained == 0 ? "none" : perCent(trained)) of the others: \(method.advice)"
    }
}

extension HoldingOut {
    /// What helps where the rows held out lack a class, or have other shares of them than the rest.
    fileprivate var advice: String {
        switch self {
        case .last, .shuffled: "try split=stratified"
        // Each class has its share already: there are too few rows of one.
        case .stratified: "try a greater val"
        }
    }
}
