import Specs
import TerminalUI
import Training

/// Parameters, memory and time of the network, in the line below the composer's rows; the rest goes onto the border.
struct ComposerCost {
    private let parameters: String
    private var inLine: [String] = []
    private var onBorder: [String] = []

    private static let noun = " weights"
    /// What an epoch usually takes at most, as an estimate.
    private static let widestTime = "≈ 0.00 s/epoch"

    /// - Parameter width: of the line, whose last column stays free as its first one does.
    init(_ state: Shared, width: Int) {
        let spec = state.composer.spec
        parameters = Figures.grouped(spec.network.parameterCount)
        let time = state.epochTime.map { ($0.isMeasured ? "" : "≈ ") + Figures.duration($0.seconds) + "/epoch" }
        let memory = Figures.bytes(spec.memoryInDashboard(threads: state.threads))
        let used = 1 + parameters.count + ComposerCost.noun.count
        // The time comes with the data, and its sign goes with the first epoch: neither moves the memory.
        let timeColumns = max(time?.count ?? 0, ComposerCost.widestTime.count)
        if used + 3 + memory.count + 3 + timeColumns < width {
            inLine = [memory] + [time].compactMap(\.self)
            return
        }
        onBorder = [memory]
        guard let time else { return }
        if used + 3 + time.count < width { inLine = [time] } else { onBorder.insert(time, at: 0) }
    }

    /// For the border, before what else stands there.
    func rest(before other: [Span], _ theme: Theme) -> [Span] {
        guard !onBorder.isEmpty else { return other }
        let gap = other.isEmpty ? [] : [Span("  ", theme.style(.dim))]
        return [Span(onBorder.joined(separator: " · "), theme.style(.text))] + gap + other
    }

    func draw(in line: Rect, on buffer: inout Buffer, _ theme: Theme) {
        var spans = [Span(" " + parameters, theme.style(.text)), Span(ComposerCost.noun, theme.style(.dim))]
        for fact in inLine { spans += [Span(" · ", theme.style(.dim)), Span(fact, theme.style(.text))] }
        buffer.write(spans, x: line.x, y: line.y, maxWidth: line.width)
    }
}

extension ExperimentSpec {
    /// The most bytes that a run takes in the dashboard: training, and the copies of its weights to look back at.
    func memoryInDashboard(threads: Int) -> Int {
        let kept = KeptWeights.bytes(parameters: network.parameterCount, epochs: training.epochs)
        let (sum, isTooMuch) = memoryEstimate(threads: threads).addingReportingOverflow(kept)
        return isTooMuch ? .max : sum
    }
}

extension ComposerRow {
    /// Whether left and right change its value.
    var hasSteps: Bool {
        switch self {
        case .input, .output, .addLayer: false
        case .layer, .optimizer, .setting: true
        }
    }
}
