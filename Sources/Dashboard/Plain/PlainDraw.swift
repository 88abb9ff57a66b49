import DataFormats
import Training

/// The pen, the ink, and the prediction.
enum PlainDraw {
    static func lines(_ state: ScreenContext<DrawScreen>) -> [PlainLine] {
        let draw = state.own
        let pen = draw.penIsDown ? "down" : "up"
        let tool = draw.erases ? "eraser" : "brush"
        var lines = [
            PlainLine(
                "pen", "\(pen), column \(draw.column + 1), row \(draw.row + 1) of \(DrawScreen.grid)", isSelected: true),
            PlainLine("ink under the pen", hasInk(draw) ? "yes" : "no"),
            PlainLine(tool, "\(draw.brush + 1) of \(DrawScreen.radii.count)"),
            PlainLine("canvas", coverage(draw)),
        ]
        if let asked = state.shared.asked {
            let runs = asked.runs.map(String.init).joined(separator: ", ")
            lines.append(PlainLine("predicted by", "the \(asked.mean.rawValue) mean of runs \(runs)"))
        }
        guard draw.input != nil else { return lines }
        guard let values = draw.probabilities(state.shared), !values.isEmpty else {
            let isThere = state.run?.canBeMeasured == true || state.shared.asked != nil
            lines.append(PlainLine("predicted", isThere ? "not known yet" : "nothing before space trains a network"))
            return lines
        }
        let order = values.indices.sorted { (values[$1].orLeast, $0) < (values[$0].orLeast, $1) }
        lines.append(PlainLine("predicted", state.classNames[order[0]]))
        lines += order.map { label in
            PlainLine(
                "probability of \(state.classNames[label])", PlainText.percent(Double(values[label]), digits: 1))
        }
        guard let saliency = state.inspection?.saliency, let shape = state.data.loaded?.dataset.train.shape else {
            return lines
        }
        let title = "for predicted \(state.classNames[saliency.predicted])"
        return lines + [PlainLine("saliency", SaliencyView.words(title, saliency.ofPredicted, shape))]
    }

    private static func hasInk(_ draw: DrawScreen) -> Bool {
        let (x, y) = (Int(draw.pen.x), Int(draw.pen.y))
        let index = y * DrawCanvas.side + x
        return draw.canvas.pixels.indices.contains(index) && draw.canvas.pixels[index] > 127
    }

    private static func coverage(_ draw: DrawScreen) -> String {
        let inked = draw.canvas.pixels.count { $0 > 127 }
        guard inked > 0 else { return "empty" }
        return "\(PlainText.percent(Double(inked) / Double(draw.canvas.pixels.count), digits: 0)) inked"
    }
}
