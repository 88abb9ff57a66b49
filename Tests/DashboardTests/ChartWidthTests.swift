import Dashboard
import TerminalUI
import Testing

/// No chart is narrower on a larger screen.
@Suite struct ChartWidthTests {
    /// Widths of the loss chart for bodies of growing size; 0 where it is not shown.
    private func falls(_ sizes: [(Int, Int)], _ columns: (Rect) -> Int) -> [String] {
        var greatest = 0
        var falls: [String] = []
        for (width, height) in sizes {
            let count = columns(Rect(x: 0, y: 3, width: width, height: height - 5))
            if count > 0, Double(count) < 0.95 * Double(greatest) { falls.append("\(width)x\(height): \(count)") }
            greatest = max(greatest, count)
        }
        return falls
    }

    private func walk(_ columns: (Rect) -> Int) -> [String] {
        var found: [String] = []
        for height in 14...80 { found += falls((44...240).map { ($0, height) }, columns) }
        for width in 44...240 { found += falls((14...80).map { (width, $0) }, columns) }
        return Array(found.prefix(5))
    }

    @Test("Curves: where names get longer and where the table comes in, the charts keep their columns")
    func curves() {
        // All sizes are walked in SizeTests; the panels fill the screen, and their lines have 96 columns at most there.
        let columns = [120, 126, 127, 133, 134].map { width in
            var state = Sample.browsing(width: width, height: 40)
            Sample.press(&state, "2")
            let screen = DrawnScreen(render(state))
            #expect(width == 134 || screen.panels(["loss"]).map(\.width) == [width - 2])
            return screen.chartColumns("loss")
        }
        #expect(columns.allSatisfy { (53...56).contains($0) }, "\(columns)")
    }

    @Test("Lab: a chart never loses more than a twentieth of its columns as the screen grows", arguments: [1, 6])
    func lab(layers: Int) {
        // The narrowest screens have one panel, and a chart where it has the focus.
        let falls = walk { LabLayout($0, focus: .composer, needs: .init(layers: layers)).areas[.loss]?.width ?? 0 }
        #expect(falls == [])
    }

    @Test("Lab has at least 60 columns for its charts from 104 columns on")
    func least() {
        for width in 104...240 {
            for height in [24, 40, 60] {
                let layout = LabLayout(
                    Rect(x: 0, y: 3, width: width, height: height - 5), focus: .composer, needs: .init())
                #expect(layout.areas[.loss]?.width ?? 0 >= 60, "\(width)x\(height)")
            }
        }
    }

    @Test("The table of epochs comes in where the charts keep their width, the strip where the charts are high enough")
    func parts() {
        func layout(_ width: Int, _ height: Int) -> CurvesLayout {
            CurvesLayout(Rect(x: 0, y: 3, width: width, height: height - 5), runs: 1)
        }
        #expect(layout(133, 40).table == nil && layout(134, 40).table?.width == 16)
        #expect(layout(160, 48).table?.width == 42 && layout(160, 48).loss.width == 118)
        #expect(layout(80, 24).strip == nil && layout(120, 40).strip?.height == 8)
        let tall = layout(120, 40)
        #expect(tall.loss.x == tall.accuracy.x && tall.loss.height >= tall.accuracy.height)
    }
}
