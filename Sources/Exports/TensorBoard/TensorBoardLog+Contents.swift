import DataFormats
import Datasets
import Interchange
import Reports
import Specs

/// Contents of the entries.
extension TensorBoardLog {
    /// Markdown.
    var description: String {
        """
        `\(line)`

        | | |
        |---|---|\(words)
        | data | \(dataset.name): \(FigureText.grouped(dataset.train)) images to train on, \
        \(FigureText.grouped(dataset.validation)) to validate, \(FigureText.grouped(dataset.test)) to test |
        | parameters | \(FigureText.grouped(spec.network.parameterCount)) |
        | again | `\(RepeatCommand(line: line, place: place).text)` |
        | made by | Trainspotter \(ProgramVersion.current) |
        """
    }

    /// Rows of the table with the user's words; a bar or a line break would end a cell.
    private var words: String {
        let rows = [
            ("name", annotations.name ?? ""), ("tags", annotations.tags.joined(separator: ", ")),
            ("note", annotations.note),
        ]
        return rows.filter { !$0.1.isEmpty }.map { name, text in
            let cell = text.replacing("|", with: "\\|").replacing("\n", with: "<br>")
            return "\n| \(name) | \(cell) |"
        }.joined()
    }

    func picture(of confusion: [[Int]], _ rows: String) -> TensorBoardEvent.Value {
        let names = classNames.enumerated().map { "\($0) \($1)" }.joined(separator: ", ")
        let isNamed = classNames != classNames.indices.map(String.init)
        return .image(
            "confusion", ConfusionPicture(confusion: confusion).image, title: "Confusion of \(rows)",
            description: "Rows are true classes, columns predicted ones; the colours show shares of a true class."
                + (isNamed ? " Classes: \(names)." : ""))
    }

    func picture(of mistake: Mistake, rank: Int, _ images: ImageSet) -> TensorBoardEvent.Value {
        let image = PNGImage(
            width: images.columns, height: images.rows, kind: .gray,
            pixels: ShownLevels(images).shown(images.grayImage(mistake.row)).pixels)
        let (truth, predicted) = (classNames[mistake.truth], classNames[mistake.predicted])
        let title = "\(rank < 10 ? "0" : "")\(rank) \(truth) predicted as \(predicted)"
        func perCent(_ share: Float) -> String { FigureText.perCent(Double(share)) }
        return .image(
            "mistakes/\(title)", image.enlarged(by: 4), title: title,
            description: "Test image \(mistake.row): \(perCent(mistake.confidence)) for \(predicted), "
                + "\(perCent(mistake.probabilities[mistake.truth])) for \(truth).")
    }

    /// The plugin's `session_start_info`: every setting of the spec's line as a hyperparameter.
    func start(at time: Double) -> ProtocolMessage {
        var info = ProtocolMessage()
        for (name, value) in hyperparameters { info.append(1, .message([1: .text(name), 2: .message(value)])) }
        info.append(5, .double(time))
        return [1: .integer(0), 3: .message(info)]
    }

    private var hyperparameters: [(name: String, value: ProtocolMessage)] {
        // google.protobuf.Value: a number is its field 2, a text its field 3.
        func text(_ value: String) -> ProtocolMessage { [3: .text(value)] }
        let settings = "\(spec)".split(separator: " ").dropFirst(2).compactMap { word -> (String, ProtocolMessage)? in
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { return nil }
            return (parts[0], Double(parts[1]).map { [2: .double($0)] } ?? text(parts[1]))
        }
        return [("layers", text(spec.network.hiddenChain)), ("optimizer", text(spec.training.optimizer.name))]
            + settings
            + [("parameters", [2: .double(Double(spec.network.parameterCount))]), ("data", text(dataset.name))]
    }
}
