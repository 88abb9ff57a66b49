import Datasets
import Reports
import TerminalUI
import Training

/// The data set without any network: the image at hand, the classes, and what is to be known.
enum PlainData {
    static func lines(_ state: ScreenContext<DataScreen>) -> [PlainLine] {
        if let typing = state.own.typing { return filter(typing, state.own.browser, state.shared) }
        guard let data = state.data.loaded else {
            return [PlainLine("data", state.shared.loadingText, isSelected: true)]
        }
        let browser = state.own.browser
        var lines = sample(browser, state.shared, isSelected: state.own.what == .samples)
        if state.own.what != .samples { lines += mean(of: state.own.label, state.shared) }
        lines += warnings(state.own.warnings, data, state.shared)
        lines += classes(browser, data, state.shared)
        return lines + pixels(browser.part.file, data, state.shared)
    }

    /// What is chosen, and the image at hand.
    static func sample(_ browser: SampleBrowser, _ shared: Shared, isSelected: Bool = true) -> [PlainLine] {
        var lines = [
            PlainLine("rows", browser.part.words + shared.fedWords(of: browser.part)),
            PlainLine("split", DataView.split(shared)),
            PlainLine("filter", browser.filter.description),
            PlainLine("sorted", browser.order.words + (browser.isReversed ? ", turned round" : "")),
            PlainLine("chosen", PlainText.count(browser.rows.count, shared.imageNames.noun)),
        ]
        if browser.order == .random { lines.append(PlainLine("draw", "\(browser.draw)")) }
        guard let facts = SampleFacts(browser.selected, shared) else {
            return lines + [PlainLine("image", SampleGallery.emptyText(browser, shared), isSelected: isSelected)]
        }
        lines.append(
            PlainLine(
                SampleView.title(facts.sample, shared),
                "class \(shared.imageNames[facts.label]), \(Figures.grouped(browser.cursor + 1)) of "
                    + Figures.grouped(browser.rows.count), isSelected: isSelected))
        return lines + facts.lines(shared.imageNames, room: 200).map { PlainLine($0.name, $0.value) }
    }

    private static func mean(of label: Int, _ shared: Shared) -> [PlainLine] {
        guard let found = shared.surveyAtHand?.classes[label] else {
            return [PlainLine("mean", "looking at all images", isSelected: true)]
        }
        guard let mean = found.mean, let spread = found.spread else {
            return [PlainLine("mean of \(shared.imageNames[label])", "it has no training image", isSelected: true)]
        }
        let ink = mean.pixels.isEmpty ? 0 : mean.pixels.reduce(0) { $0 + Int($1) } / mean.pixels.count
        return [
            PlainLine(
                "mean of \(shared.imageNames[label])",
                "of \(PlainText.count(found.count, "image")), mean value \(ink), their mean distance from it "
                    + PlainText.figure(spread), isSelected: true)
        ]
    }

    private static func warnings(_ warnings: [DataWarning], _ data: LoadedData, _ shared: Shared) -> [PlainLine] {
        guard shared.surveyAtHand != nil else { return [PlainLine("to know", "looking at all images")] }
        let notes = data.dataset.notes.map { PlainLine("read", $0) }
        guard !warnings.isEmpty else { return [PlainLine("to know", "nothing unusual was found")] + notes }
        let method = shared.composer.spec.training.split
        return warnings.map { PlainLine("to know", $0.text(data.dataset.classNames, method)) } + notes
    }

    private static func classes(_ browser: SampleBrowser, _ data: LoadedData, _ shared: Shared) -> [PlainLine] {
        guard let division = browser.division else { return [] }
        return (0..<data.dataset.classes).map { label in
            let counts = DataPart.allCases.map { "\(Figures.grouped(division.counts($0)[label])) \($0.words)" }
            let weight = division.weights.map { ", weight \(PlainText.figure(Double($0[label])))" } ?? ""
            return PlainLine("class \(data.dataset.classNames[label])", counts.joined(separator: ", ") + weight)
        }
    }

    private static func pixels(_ file: DatasetPart, _ data: LoadedData, _ shared: Shared) -> [PlainLine] {
        guard let survey = shared.surveyAtHand else { return [] }
        let images = file == .train ? data.dataset.train : data.dataset.test
        return PixelsView.facts(survey[file].levels, survey, images, room: 200).map {
            PlainLine($0.name, $0.value.replacingOccurrences(of: " ± ", with: ", deviation "))
        }
    }

    /// The filter while it is typed, and the number of its images.
    static func filter(_ typing: SampleTyping, _ browser: SampleBrowser, _ shared: Shared) -> [PlainLine] {
        [
            PlainLine(typing: "the filter", typing.field),
            typing.refusal.map { PlainLine("refused", $0) }
                ?? PlainLine("found", PlainText.count(browser.rows.count, shared.imageNames.noun)),
            PlainLine("examples", "4 or from 500 or all"),
        ]
    }
}
