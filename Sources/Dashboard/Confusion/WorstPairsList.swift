import TerminalUI
import Training

/// The most confused pairs beside a small matrix, where it leaves room; without a matrix in as many columns as fit.
struct WorstPairsList {
    /// Those that have room, the worst first.
    let pairs: [ConfusedPair]
    private let shown: ShownConfusion
    private let names: ClassNames
    private let area: Rect
    /// Columns of a pair with the blanks behind it.
    private let pitch: Int

    /// Columns behind a count, to the frame.
    private let margin: Int

    /// Columns of a name, at most, in which a pair is written.
    private static let rooms = [10, 8, 7, 6]
    /// The same, where names are cut to what tells them apart.
    private static let fewColumns = [5, 4, 3, 2]

    /// - Parameters:
    ///   - map: the matrix.
    ///   - inner: the panel around both.
    /// - Returns: nil without room.
    init?(_ shown: ShownConfusion, _ names: ClassNames, around map: Rect, in inner: Rect) {
        let first = map.width == 0 ? inner.x + 1 : map.maxX + 1
        let area = Rect(x: first, y: inner.y, width: inner.maxX - first, height: inner.height)
        guard map.width < inner.width, area.width > 0, area.height > 0 else { return nil }
        (self.shown, self.area) = (shown, area)
        let all = shown.mostConfused(.max)
        // Beside a matrix a pair has the names that stand above its columns, where these fit.
        let forms =
            WorstPairsList.rooms.map(names.fitting)
            + (WorstPairsList.rooms + WorstPairsList.fewColumns).flatMap { [names.beginning($0), names.ends($0)] }
        let named = forms.filter { !$0.isEmpty }
        let counts = all.map { ConfusionView.count($0, shown).count }.max() ?? 1
        func width(_ names: ClassNames) -> Int {
            (all.map { names[$0.truth].columns + 1 + names[$0.predicted].columns }.max() ?? 0) + 1 + counts
        }
        let fitting =
            named.first { width($0) < area.width } ?? named.first { width($0) <= area.width } ?? ClassNames(nil)
        margin = width(fitting) < area.width ? 1 : 0
        self.names = fitting
        // Numbers of one digit have columns of a steady width.
        let pitch = max(11, width(fitting) + 3)
        let columns = max(1, (area.width + 2) / pitch)
        self.pitch = area.width / columns
        pairs = Array(all.prefix(area.height * columns))
    }

    private var columns: Int { max(1, area.width / max(1, pitch)) }

    func draw(on buffer: inout Buffer, _ theme: Theme) {
        let greatest = pairs.first.map { abs($0.count) } ?? 0
        for (number, pair) in pairs.enumerated() {
            let x = area.x + number / area.height * pitch
            let y = area.y + number % area.height
            // As in the map: from a third of the greatest on, a pair stands out.
            let stands = 3 * abs(pair.count) >= greatest
            let style = theme.style(.text)
            buffer.write("\(names[pair.truth])→\(names[pair.predicted])", x: x, y: y, stands ? style.bold() : style)
            let count = theme.style(ConfusionView.role(pair))
            buffer.write(
                ConfusionView.count(pair, shown), rightAlignedAt: x + pitch - (columns > 1 ? 3 : margin), y: y,
                stands ? count.bold() : count)
        }
    }
}
