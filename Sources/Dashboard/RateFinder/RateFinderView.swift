import Foundation
import Specs
import TerminalUI
import Training

/// The losses by the rate, smoothed and raw, with the proposed rate.
enum RateFinderView {
    static func draw(_ state: Shared, _ finder: RateFinder, on buffer: inout Buffer) {
        let look = state.look
        let theme = look.theme
        let width = min(84, buffer.width - 4)
        let detail = [Span("\(RateSearch.steps) steps, loss of the training batches", theme.style(.dim))]
        let inner = Popup(
            title: "learning-rate finder", width: width, height: min(22, buffer.height - 2), detail: detail
        ).draw(in: buffer.bounds, on: &buffer, look: look)
        let lines = lines(finder, in: inner)
        let (plot, below) = inner.splitBottom(min(lines.count + 1, inner.height))
        if case .found(let search) = finder.stage { draw(search, in: plot, on: &buffer, look) }
        for (line, (text, isFirst)) in lines.enumerated() {
            let style = isFirst ? theme.style(.title).bold() : theme.style(.dim)
            buffer.write(text, x: below.x, y: below.y + 1 + line, style, maxWidth: below.width)
        }
    }

    /// The thoughts that have room as a whole below a plot of four rows, the first one in any case.
    private static func lines(_ finder: RateFinder, in inner: Rect) -> [(text: String, isFirst: Bool)] {
        let leastPlot = 4
        var lines: [(text: String, isFirst: Bool)] = []
        for (index, thought) in words(finder).enumerated() {
            let more = WrappedText.lines(thought, width: inner.width)
            guard index == 0 || lines.count + more.count + 1 + leastPlot <= inner.height else { break }
            lines += more.map { ($0, index == 0) }
        }
        return lines
    }

    private static func draw(_ search: RateSearch, in area: Rect, on buffer: inout Buffer, _ look: Look) {
        guard let least = search.smoothed.min(), let first = search.losses.first else { return }
        let top = max(first, search.smoothed.max() ?? first)
        let bottom = min(least, search.losses.min() ?? least)
        let range = bottom...max(top, bottom + 1e-6)
        func points(_ values: [Double]) -> [(x: Double, y: Double)] {
            zip(search.rates, values).map { (log10($0), min(top, $1)) }
        }
        var lines = [
            DotPlot.Line(points(search.losses), role: .dim, mark: "."),
            DotPlot.Line(points(search.smoothed), role: .train, mark: "*"),
        ]
        if let rate = search.proposed {
            let x = log10(rate)
            lines.append(DotPlot.Line([(x, range.lowerBound), (x, range.upperBound)], role: .key, mark: "|"))
        }
        DotPlot(
            lines: lines, xRange: log10(RateSearch.least)...log10(RateSearch.greatest), yRange: range,
            xLabels: ("1e-6", "learning rate, logarithmic", "10"),
            yLabels: (Figures.loss(range.lowerBound), Figures.loss(range.upperBound))
        ).draw(in: area, on: &buffer, look: look)
    }

    /// With one digit.
    private static func inShort(_ rate: Double) -> String {
        SpecNumber.short(Double(String(format: "%.0e", rate)) ?? rate)
    }

    /// What came of it, and what the keys do, one thought a line.
    static func words(_ finder: RateFinder) -> [String] {
        let untouched = "It trains a network of its own from the spec's first weights: no run is touched."
        switch finder.stage {
        case .searching: return ["trains \(RateSearch.steps) steps with rates from 1e-6 to 10 ...", untouched]
        case .refused(let reason): return [reason]
        case .found(let search):
            let now = "the spec has \(SpecNumber.short(finder.spec.training.learningRate))"
            guard let rate = search.proposed else {
                return ["the loss falls at no rate: nothing to propose; \(now)", untouched]
            }
            let end = search.rates.count < RateSearch.steps ? search.rates.last : nil
            let diverges = end.map { "; from \(inShort($0)) on it diverges" } ?? ""
            return [
                "proposed \(SpecNumber.short(rate)), where the loss falls fastest; \(now)",
                "Enter applies it to the composer, Esc goes back\(diverges)", untouched,
            ]
        }
    }
}
