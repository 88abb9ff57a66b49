import Specs

/// A line of the composer: a row, or several that say little each.
enum ComposerLine: Equatable {
    /// A row, by its index.
    case row(Int)
    /// Hidden layers that are equal, by their rows.
    case equalLayers([Int])
    /// Settings that have their default values, by their rows.
    case defaults([Int])
    case blank

    /// The rows that it stands for.
    var rows: [Int] {
        switch self {
        case .row(let index): [index]
        case .equalLayers(let rows), .defaults(let rows): rows
        case .blank: []
        }
    }

    /// Fewer settings are not worth a line that hides them.
    private static let leastFolded = 3
    /// Settings that are shown always.
    private static let main: Set<SpecKey> = [.lr, .batch, .epochs]

    /// A line for each row, and a blank one between layers and settings.
    static func all(_ composer: ComposerState) -> [ComposerLine] {
        composer.rows.enumerated().flatMap { index, row -> [ComposerLine] in
            row == .optimizer ? [.blank, .row(index)] : [.row(index)]
        }
    }

    /// Equal layers on one line, and all settings at their defaults on the last; what the cursor is on stays open.
    static func folded(_ composer: ComposerState) -> [ComposerLine] {
        let rows = composer.rows
        let hidden = composer.spec.network.hidden
        var lines: [ComposerLine] = []
        var defaults: [Int] = []
        var group: [Int] = []
        func end(_ group: [Int]) -> [ComposerLine] {
            let before = group.filter { $0 < composer.cursor }
            let behind = group.filter { $0 > composer.cursor }
            let at = group.contains(composer.cursor) ? [ComposerLine.row(composer.cursor)] : []
            return equal(before) + at + equal(behind)
        }
        for (index, row) in rows.enumerated() {
            switch row {
            case .layer(let layer):
                if layer > 0, hidden[layer] != hidden[layer - 1] {
                    lines += end(group)
                    group = []
                }
                group.append(index)
            case .setting(let key) where !main.contains(key) && isDefault(key, in: composer.spec.training):
                defaults.append(index)
            default:
                lines += end(group)
                group = []
                lines.append(.row(index))
            }
        }
        lines += end(group)
        guard defaults.count >= leastFolded, !defaults.contains(composer.cursor) else {
            // All of them in their order.
            let layers = lines.filter { $0.rows.allSatisfy { !rows[$0].isSetting } }
            return layers + rows.indices.filter { rows[$0].isSetting }.map(ComposerLine.row)
        }
        return lines + [.defaults(defaults)]
    }

    private static func equal(_ layers: [Int]) -> [ComposerLine] {
        layers.count > 1 ? [.equalLayers(layers)] : layers.map(ComposerLine.row)
    }

    private static func isDefault(_ key: SpecKey, in training: TrainingConfiguration) -> Bool {
        var standard = TrainingConfiguration()
        standard.optimizer = Optimizer(training.optimizer.kind)
        return SpecSetting.of(key).text(in: training) == SpecSetting.of(key).text(in: standard)
    }
}

extension ComposerRow {
    var isSetting: Bool { if case .setting = self { true } else { false } }
}
