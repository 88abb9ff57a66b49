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

    /// The lines for a list of some height: all rows, or those that do not say what goes without saying; they are more
    /// than the height where even these don't fit.
    static func fitting(_ composer: ComposerState, height: Int) -> [ComposerLine] {
        let all = all(composer)
        if all.count <= height { return all }
        let rows = all.filter { $0 != .blank }
        return rows.count <= height ? rows : folded(composer, height: height)
    }

    /// Equal layers on one line, and settings at their defaults on the last; what the cursor is on stays open. Where
    /// there is room for more lines, the layers are opened, then the first of the settings.
    private static func folded(_ composer: ComposerState, height: Int) -> [ComposerLine] {
        let rows = composer.rows
        let settings = rows.indices.filter { rows[$0].isSetting }
        let defaults = settings.filter { index in
            guard case .setting(let key) = rows[index] else { return false }
            return !main.contains(key) && isDefault(key, in: composer.spec.training)
        }
        let others = rows.indices.filter { !rows[$0].isSetting }.map(ComposerLine.row)
        var layers = foldedLayers(composer)
        let least = settings.count - defaults.count + 1
        if others.count + least <= height { layers = others }
        let opened = max(0, height - layers.count - least)
        let hidden = defaults.dropFirst(opened)
        guard hidden.count >= leastFolded, !hidden.contains(composer.cursor) else {
            return layers + settings.map(ComposerLine.row)
        }
        return layers + settings.filter { !hidden.contains($0) }.map(ComposerLine.row) + [.defaults(Array(hidden))]
    }

    /// What is above the settings, equal layers on one line.
    private static func foldedLayers(_ composer: ComposerState) -> [ComposerLine] {
        let rows = composer.rows
        let hidden = composer.spec.network.hidden
        var lines: [ComposerLine] = []
        var group: [Int] = []
        func end() {
            let before = group.filter { $0 < composer.cursor }
            let behind = group.filter { $0 > composer.cursor }
            let at = group.contains(composer.cursor) ? [ComposerLine.row(composer.cursor)] : []
            lines += equal(before) + at + equal(behind)
            group = []
        }
        for (index, row) in rows.enumerated() where !row.isSetting {
            guard case .layer(let layer) = row else {
                end()
                lines.append(.row(index))
                continue
            }
            if layer > 0, hidden[layer] != hidden[layer - 1] { end() }
            group.append(index)
        }
        end()
        return lines
    }

    private static func equal(_ layers: [Int]) -> [ComposerLine] {
        layers.count > 1 ? [.equalLayers(layers)] : layers.map(ComposerLine.row)
    }

    private static func isDefault(_ key: SpecKey, in training: TrainingConfiguration) -> Bool {
        training.hasDefault(of: SpecSetting.of(key))
    }
}

extension ComposerRow {
    var isSetting: Bool { if case .setting = self { true } else { false } }
}
