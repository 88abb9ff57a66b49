import Specs
import TerminalUI

/// The composer's rows, and what the network costs.
enum PlainComposer {
    /// - Parameter editing: the value of the selected row while it is typed.
    static func lines(_ state: Shared, _ editing: TextField?) -> [PlainLine] {
        let composer = state.composer
        var lines = composer.rows.enumerated().map { index, row in
            line(row, index == composer.cursor ? editing : nil, state, isSelected: index == composer.cursor)
        }
        if case .setting(let key) = composer.selected {
            lines.append(PlainLine("about \(key.rawValue)", "\(key.meaning); \(SpecSetting.of(key).expected)"))
        }
        let spec = composer.spec
        lines.append(PlainLine("parameters", Figures.grouped(spec.network.parameterCount)))
        lines.append(PlainLine("memory", Figures.bytes(spec.memoryInDashboard(threads: state.threads))))
        if let time = state.epochTime {
            lines.append(
                PlainLine("time of an epoch", (time.isMeasured ? "" : "about ") + Figures.duration(time.seconds)))
        }
        return lines
    }

    private static func line(_ row: ComposerRow, _ editing: TextField?, _ state: Shared, isSelected: Bool) -> PlainLine
    {
        if let field = editing {
            return PlainLine(typing: label(row), field)
        }
        let note: String =
            switch state.timing(of: row) {
            case .waits: ", waits for the next start"
            case .live where isSelected: ", changes take effect at once"
            default: ""
            }
        let words =
            switch row {
            case .setting(.from): state.composer.weightsWords
            case .setting(.teacher): state.composer.teacherWords
            default: nil as String?
            }
        let origin = words.map { ", \($0)" } ?? ""
        return PlainLine(label(row), value(row, state.composer.spec) + origin + note, isSelected: isSelected)
    }

    private static func label(_ row: ComposerRow) -> String {
        switch row {
        case .layer(let index): "layer \(index + 1)"
        case .addLayer: "add a layer"
        case .setting(let key): key.rawValue
        case .input, .output, .optimizer: row.label
        }
    }

    private static func value(_ row: ComposerRow, _ spec: ExperimentSpec) -> String {
        switch row {
        case .layer(let index): layer(spec.network.layers[index])
        case .addLayer: "enter adds one"
        case .input: input(spec.network)
        case .output: layer(spec.network.outputLayer)
        case .optimizer, .setting: row.typed(in: spec)
        }
    }

    /// `784 pixels`
    static func input(_ network: NetworkSpec) -> String { "\(network.input) pixels" }

    /// `200 units, tanh, batch normalization, dropout 0.2`
    static func layer(_ layer: LayerFacts) -> String {
        let words = [
            "\(layer.output) \(layer.isOutput ? "classes" : "units")",
            layer.operation.isEmpty ? "linear" : layer.operation,
        ]
        return (words + layer.extras.compactMap(\.phrase)).joined(separator: ", ")
    }
}

extension PlainLine {
    /// A value while it is typed.
    init(typing label: String, _ field: TextField) {
        let start = "type \(label): "
        self.init(start + field.text, isSelected: true)
        caret = start.unicodeScalars.count + field.cursor
    }
}
